"""Glossaries and memories as files: TMX 1.4b, TBX (ISO 30042: both editions read, TBX-Basic written), CSV.

Reading never touches the database: a file becomes entries or pairs, and problems that name their line. XML is read
without entities, definitions and network; the limits are `MOST_BYTES` and `MOST_ROWS`. `exchange_files.py` reads
whichever it is and knows the XML, `exchange_tables.py` the tables.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from dragoman.core.language.actions.glossary import WrittenEntry
from dragoman.core.language.actions.memory import Pair
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES, base, is_market, normalise, settle

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_PROBLEMS = 100
EVERY = "mul"  # ISO 639-2: several languages; how a word that nobody translates is written
SPEECH = {"noun": "noun", "verb": "verb", "adjective": "adjective", "adverb": "adverb", "propernoun": "properNoun",
    "proper noun": "properNoun"}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong, and in which line of the file (0: in all of it)."""

    line: int
    said: str


@dataclass
class ReadEntry:
    """An entry as a file has it; `brand` is a brand's slug, `line` where it begins."""

    line: int
    written: WrittenEntry
    brand: str = ""


@dataclass
class ReadPair:
    """A pair as a file has it."""

    line: int
    pair: Pair
    brand: str = ""


@dataclass
class Read:
    """What a file holds."""

    entries: list[ReadEntry] = field(default_factory=list)
    pairs: list[ReadPair] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more: int = 0  # problems beyond those named

    def wrong(self, line: int, said: str) -> None:
        """Note a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, said))
        else:
            self.more += 1


def check_size(raw: bytes) -> None:
    """Refuse what is too large, with the limit."""
    if len(raw) > MOST_BYTES:
        raise Refusal(
            _("The file is too large: at most 10 MB."),
            code="too_large",
            status=413,
            details={"limit": MOST_BYTES},
        )
    if not raw.strip():
        raise Refusal(_("The file is empty."), code="empty", status=422)


def is_xml(raw: bytes) -> bool:
    """Say whether a file is XML, in UTF-8 or UTF-16."""
    head = raw[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").replace(b"\x00", b"")
    return head.startswith(b"<")


def placed(tag: str) -> tuple[str, str]:
    """Return (language, market) of a tag: `de-AT` is German for Austria, `pt-BR` a language of ours."""
    plain = normalise(tag)
    if not plain or plain in LANGUAGES:
        return plain, ""
    region = next((part for part in plain.split("-")[1:] if len(part) == 2), "")
    bare = plain.removesuffix(f"-{region}") if region else plain
    known = settle(bare, LANGUAGES)
    if known.endswith(f"-{region}"):
        return known, ""
    return known, region if is_market(region) else ""


def tag_of(language: str, market: str) -> str:
    """Return language and market as one tag."""
    return f"{base(language)}-{market}" if market and language else language or EVERY
