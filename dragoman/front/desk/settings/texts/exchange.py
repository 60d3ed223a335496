"""Texts as files for translators: a table for spreadsheets, XLIFF for their programs; read back with what would change.

A source that comes back as it once was tells from which version a translation was made; one that never was is a change.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.exchange import MOST_ROWS, is_xml, tag_of
from dragoman.core.language.exchange import placed as placed_tag
from dragoman.core.language.xliff import Back, Unit
from dragoman.core.language.xliff import read as read_xliff
from dragoman.core.language.xliff import written as write_xliff
from dragoman.core.texts.actions.variants import Wording, checked_words, kept_words, placed, write_many
from dragoman.core.texts.errors import NoText
from dragoman.core.texts.localised import Entry, entries_of, version_with
from dragoman.kit.errors import Refusal
from dragoman.kit.tables import read_table, safe_cell
from dragoman.kit.tags import normalise
from dragoman.kit.variants import EVERY, key_of, parted

_FILE = "texts-"  # how the ids of our files begin
_FACTS = ("ref", "kind", "brand", "title", "source")
MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file (0: in all of it).

    `unless_same` names a text: where the file leaves it as it is, this is nothing that anybody did.
    """

    line: int
    said: str
    unless_same: str = ""


@dataclass(frozen=True)
class Row:
    """A text as a file has it: the words of its variants by name, and those of the source in its language."""

    line: int
    ref: str
    texts: Mapping[str, str]
    source: str = ""


@dataclass
class Read:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    """One variant as it would become; `before` is empty for a new one."""

    entry: Entry
    name: str
    before: str
    wording: Wording


@dataclass
class Plan:
    """What a file would change."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Say whether it can be brought in."""
        return not self.problems

    @property
    def more(self) -> int:
        """Return how many problems are not named."""
        return max(0, len(self.problems) - MOST_PROBLEMS)


def table_of(entries: Sequence[Entry], languages: Sequence[str]) -> str:
    """Return a CSV with one line a text and one column a variant; `languages` have one even with nothing written."""
    written = sorted({one.name for entry in entries for one in entry.variants})
    names = list(dict.fromkeys([*languages, *written]))
    out = io.StringIO()
    # spreadsheets read UTF-8 where a mark stands in front of it
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([*_FACTS, *names])
    for entry in entries:
        brand = entry.brand.slug if entry.brand else ""
        source = entry.text.source if entry.text else ""
        texts = entry.texts
        cells = [entry.ref, entry.kind, brand, entry.title, source, *(texts.get(name, "") for name in names)]
        table.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def xliff_of(entries: Sequence[Entry], *, source: str, target: str) -> bytes:
    """Return the texts whose source is in one language as XLIFF 2.1 for another; `target` may be `de@AT`."""
    units = []
    for entry in entries:
        known = entry.source
        if known is None or known.name != source:
            continue
        said = entry.texts.get(target, "")
        brand = entry.brand.name if entry.brand else ""
        title = " · ".join(part for part in (str(entry.of.label), brand, entry.title) if part)
        units.append(Unit(entry.ref, title, known.words, said, state="translated" if said else "initial"))
    return write_xliff(
        units,
        # `pt-BR` is the tag of two variants: the file's id tells which
        file_id=f"{_FILE}{'.'.join(parted(target))}",
        title="texts",
        source=source,
        target=tag_of(*parted(target)),
    )


def read_file(raw: bytes) -> Read:
    """Read whichever it is; raises Refusal `bad_file`, `bad_xliff` for what is neither."""
    return _read_xliff(raw) if is_xml(raw) else _read_table(raw)


def _read_xliff(raw: bytes) -> Read:
    back = read_xliff(raw)
    name = _variant_of(back)
    rows = [Row(unit.line, unit.id, {name: unit.text}, unit.source) for unit in back.units]
    problems = [
        Problem(one.line, one.text, unless_same=one.unit if one.of_slots else "")
        for one in back.problems
        if not one.warning
    ]
    return Read(rows, problems)


def _variant_of(back: Back) -> str:
    """Return the variant a file is for: as its id says where we wrote it, else as its language says."""
    language, dot, market = back.file_id.removeprefix(_FILE).partition(".")
    if back.file_id.startswith(_FILE) and dot and normalise(tag_of(language, market)) == back.target:
        with suppress(Refusal):
            return key_of(*placed(language, market))
    return key_of(*placed_tag(back.target))


def _read_table(raw: bytes) -> Read:
    lines = read_table(raw)
    read = Read()
    if not lines or "ref" not in (head := [cell.strip() for cell in lines[0][1]]):
        raise Refusal(
            _("The first line must name the columns; one of them is “ref”."), code="bad_file", status=422
        )
    if len(lines) > MOST_ROWS:
        raise Refusal(_("A file has at most 20,000 lines."), code="too_large", status=413)
    names: dict[int, str] = {}
    for place, cell in enumerate(head):
        if not cell or cell in _FACTS:
            continue
        try:
            names[place] = key_of(*placed(*parted(cell)))
        except Refusal:
            said = _("“%(name)s” is no language such as “fi” or “de@AT”.") % {"name": cell[:40]}
            read.problems.append(Problem(lines[0][0], said))
    at = head.index("ref")
    for line, cells in lines[1:]:
        texts = {
            name: cells[place] for place, name in names.items() if place < len(cells) and cells[place].strip()
        }
        read.rows.append(Row(line, cells[at].strip() if at < len(cells) else "", texts))
    return read


def plan_of(workspace_id: int, read: Read) -> Plan:
    """Say what would become of a file: cells that are empty or the same change nothing."""
    entries = {entry.ref: entry for entry in entries_of(workspace_id)}
    same = {row.ref for row in read.rows if (known := entries.get(row.ref)) and _is_same(known, row)}
    plan = Plan(problems=[one for one in read.problems if one.unless_same not in same])
    for row in read.rows:
        entry = entries.get(row.ref)
        if entry is None:
            plan.problems.append(Problem(row.line, _("There is no text “%(ref)s”.") % {"ref": row.ref[:60]}))
            continue
        _plan_row(plan, entry, row)
    if not read.rows and not plan.problems:
        plan.problems.append(Problem(0, _("There is no text in the file.")))
    return plan


def _is_same(entry: Entry, row: Row) -> bool:
    return all(kept_words(text) == entry.texts.get(name) for name, text in row.texts.items())


def _plan_row(plan: Plan, entry: Entry, row: Row) -> None:
    source, seen = entry.source, None
    said = row.source or (row.texts.get(source.name, "") if source else "")
    if source is not None and said:
        seen = version_with(source, said)
    first = source.name if source else entry.brand.language if entry.brand else ""
    for name, text in sorted(row.texts.items(), key=lambda pair: pair[0] != first):
        language, market = parted(name)
        before = entry.texts.get(name, "")
        if kept_words(text) == before:
            plan.same += 1
            continue
        try:
            words = checked_words(entry, text, name, source=row.texts.get(source.name, "") if source else "")
        except Refusal as refusal:
            plan.problems.append(Problem(row.line, f"{name}: {refusal}"))
            continue
        is_older = source is not None and name == source.name and seen is not None
        if is_older:
            plan.same += 1
            continue
        known = entry.find(language, market)
        wording = Wording(words, language, market, seen=known.version if known else 0, source_seen=seen)
        plan.changes.append(Change(entry, name, before, wording))


def bring_in(agent: Agent, read: Read) -> int:
    """Bring a file in, all of it or nothing, and return how many texts changed; raises Refusal `bad_file`."""
    plan = plan_of(agent.workspace_id, read)
    if not plan.is_whole:
        raise Refusal(_("Nothing was brought in: the file has faults."), code="bad_file", status=422)
    write_many(agent.workspace_id, [(change.entry, change.wording) for change in plan.changes], agent=agent)
    return len(plan.changes)


def sources_of(entries: Sequence[Entry]) -> list[str]:
    """Return the variants that texts are written from, the most used first."""
    named = (entry.source.name for entry in entries if entry.source and entry.source.language != EVERY)
    return [name for name, _count in Counter(named).most_common()]


def source_for(entries: Sequence[Entry], asked: str) -> str:
    """Return the source that was asked for, without one the most used; raises NoText where nothing has that one."""
    known = sources_of(entries)
    if asked and asked not in known:
        raise NoText(_("No text is written in that language first: choose another to translate from."))
    if not known:
        raise NoText(_("Nothing is written yet that could be translated."))
    return asked or known[0]
