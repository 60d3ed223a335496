"""`dragoman import articles`: the help centre from files, as the desk's page takes them."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.core.accounts.queries import brands_of, get_workspace
from dragoman.core.knowledge.actions.bringing import How, bring_articles
from dragoman.core.knowledge.files.opening import read_files
from dragoman.core.knowledge.files.tongues import tongue_of
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal


def add(parser: argparse.ArgumentParser) -> None:
    """What may be said of files of articles."""
    parser.add_argument("--language", default="", help="articles: the language of files that name none")
    parser.add_argument("--drafts", action="store_true", help="articles: publish none of them")
    parser.add_argument(
        "--look", action="store_true", help="articles: say what would come of it, keep nothing"
    )


def run(options: argparse.Namespace) -> int:
    """Bring files in, name each that was refused; 1 where there is one."""
    if not options.workspace:
        raise Refusal("Say with --workspace whose articles they are.")
    if options.language and tongue_of(options.language) is None:
        raise Refusal(f"{options.language} is no language: write it as fi or pt-BR.")
    found = get_workspace(options.workspace)
    missing = next((path for path in options.files if not path.exists()), None)
    if missing:
        raise Refusal(f"There is no file {missing}.")
    pile = read_files(_contents(options.files), language=options.language)
    with workspace.acting_in(found.pk):
        brands = {one.slug: one.pk for one in brands_of(found.pk)}
        if options.brand and options.brand not in brands:
            raise Refusal(f"There is no brand {options.brand}: leave --brand out for all of them.")
        how = How(brands.get(options.brand), publish=not options.drafts, only_look=options.look)
        brought = bring_articles(found.pk, pile, how=how, agent=None)
    for one in brought.faults:
        print(
            f"{one.file}: line {one.line}: {one.said}" if one.line else f"{one.file}: {one.said}",
            file=sys.stderr,
        )
    if brought.more:
        print(f"and {brought.more} more", file=sys.stderr)
    print(f"{brought.new} texts are new, {brought.changed} changed, {brought.same} as they were.")
    return 1 if brought.faults else 0


def _contents(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            yield from ((str(one.relative_to(path)), one.read_bytes()) for one in inside)
        else:
            yield str(path), path.read_bytes()
