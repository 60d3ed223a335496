"""How complete the translations are, how well short sentences are told apart, how large the files are."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

from dragoman.core.language import phrasebook
from dragoman.core.language.detect import detect

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "dragoman" / "locale"
PORTAL_LOCALE = ROOT / "dragoman" / "front" / "portal" / "locale"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print one table, numbers to the right."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}")
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def translations(folder: Path = LOCALE) -> list[tuple[str, int, int, int]]:
    """Language, strings, translated, unsure (fuzzy) of every catalogue of a folder."""
    found = []
    for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            messages = [message for message in read_po(file) if message.id]
        done = sum(1 for message in messages if _is_whole(message.string) and not message.fuzzy)
        found.append((path.parts[-3], len(messages), done, sum(1 for message in messages if message.fuzzy)))
    return found


def _is_whole(text: str | Sequence[str] | None) -> bool:
    return bool(text) if isinstance(text, str) or text is None else all(text)


def told_apart() -> Iterator[tuple[str, int, int, int]]:
    """Language, its phrases, found among all languages, and found wrongly while sure of it."""
    tags = phrasebook.languages()
    for tag in tags:
        phrases = [
            phrase.text
            for phrase in phrasebook.search("", reader_language=tag, target_language=tag, limit=500)
        ]
        seen = [detect(text) for text in phrases]
        right = sum(1 for one in seen if one.language.split("-")[0] == tag.split("-")[0])
        wrong = sum(1 for one in seen if one.certain and one.language.split("-")[0] != tag.split("-")[0])
        yield tag, len(phrases), right, wrong


def largest(count: int = 12) -> list[tuple[int, str]]:
    """The longest source files, in lines."""
    sizes = [
        (len(path.read_text().splitlines()), str(path.relative_to(ROOT)))
        for path in ROOT.glob("dragoman/**/*.py")
    ]
    return sorted(sizes, reverse=True)[:count]
