"""What a sentence looks like without what differs each time: by that it is remembered and found again.

Numbers, codes, addresses, dates and names become slots (`{1}`, `{name}`), so that "order 1234" is found for "order
9876" and nothing personal is kept. What is near is found by MinHash (A. Broder, 1997): sentences that share many runs
of three letters share some of their bands.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dragoman.core.language.protect import spans
from dragoman.core.language.redact import redacted
from dragoman.core.language.slots import read_date, write_date
from dragoman.kit.tags import base, normalise
from dragoman.kit.text import fold
from dragoman.kit.tokens import SPACELESS

LONGEST = 2_000  # characters of a sentence that is remembered
NAME = "{name}"
_BLANKS = re.compile(r"\s+")
_SLOT = re.compile(r"\{(\d{1,2}|name)\}")
# with these somebody may be known: they are a slot on both sides, or the sentence is not remembered
_PERSONAL = re.compile(r"@|://|www\.|\d{4}|\d[\d ()/.-]{5,}\d|(?=\S*\d)(?=\S*[A-Za-z])\S{5,}")
_SUSPECT = re.compile(r"\d{3}|[@=_]|\S{16}")
# what is masked for its own sake and never remembered
_SECRET = frozenset(("card", "iban", "national_id", "password", "token"))
_BANDS, _ROWS = 32, 3
_PRIME = (1 << 31) - 1


@dataclass(frozen=True)
class Shape:
    """A sentence with its slots, and what stands in `{1}`, `{2}` ...; `name` is what `{name}` stands for."""

    text: str
    values: tuple[str, ...] = ()
    name: str = ""


def pair_of(source: str, target: str) -> str:
    """Return how a pair of languages (BCP 47) is stored: variants share theirs, the two written Chinese do not."""
    return f"{_written(source)}>{_written(target)}"


def _written(tag: str) -> str:
    plain = normalise(tag)
    if plain.startswith("zh"):
        return "zh-Hant" if "Hant" in plain else "zh-Hans"
    return base(plain)


def key_of(shape: str) -> str:
    """Return by what a shape is found again: without case, accents and kinds of blanks."""
    return hashlib.sha256(plain(shape).encode()).hexdigest()[:40]


def plain(shape: str) -> str:
    """Return a shape for comparing."""
    return _BLANKS.sub(" ", fold(shape)).strip()


def _named(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    for name in sorted({one.strip() for one in names if len(one.strip()) > 1}, key=len, reverse=True):
        edge = rf"(?:(?<=[{SPACELESS}])|(?<!\w))", rf"(?:(?=[{SPACELESS}])|(?!\w))"
        for found in re.finditer(rf"{edge[0]}{re.escape(name)}{edge[1]}", text, re.IGNORECASE):
            yield found.span()


def _pieces(text: str, language: str, names: Sequence[str]) -> list[tuple[int, int, bool]]:
    """Return (start, end, whether it is a name) of what differs each time, in order."""
    called = [(start, end, True) for start, end in _named(text, names)]
    slots = [(found.start(), found.end(), found[0] == NAME) for found in _SLOT.finditer(text)]
    found = [*called, *slots]
    for start, end in spans(text, language=language):
        if not any(start < other[1] and other[0] < end for other in found):
            found.append((start, end, False))
    kept: list[tuple[int, int, bool]] = []
    for piece in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or piece[0] >= kept[-1][1]:
            kept.append(piece)
    return kept


def shapes_of(text: str, language: str, names: Sequence[str] = ()) -> list[Shape]:
    """Return the shapes under which a sentence may have been remembered, the most general first."""
    pieces = _pieces(text, language, names)
    several = [_shaped(text, pieces)]
    only = [piece for piece in pieces if piece[2] or _PERSONAL.search(text[piece[0] : piece[1]])]
    if len(only) < len(pieces):
        several.append(_shaped(text, only))
    return several


def _shaped(text: str, pieces: Sequence[tuple[int, int, bool]]) -> Shape:
    values: list[str] = []
    parts, at, name = [], 0, ""
    for start, end, is_name in pieces:
        value = text[start:end]
        if is_name:
            slot, name = NAME, value
        else:
            if value not in values:
                values.append(value)
            slot = f"{{{values.index(value) + 1}}}"
        parts += [text[at:start], slot]
        at = end
    return Shape("".join(parts) + text[at:], tuple(values), name)


def filled(target: str, shape: Shape, *, source_language: str, target_language: str) -> str | None:
    """Return a remembered target with the values of the sentence at hand; None where one is missing."""
    missing = False

    def put(slot: "re.Match[str]") -> str:
        nonlocal missing
        if slot[1] == "name":
            missing |= not shape.name
            return shape.name
        number = int(slot[1])
        if not 0 < number <= len(shape.values):
            missing = True
            return ""
        return said_of(shape.values[number - 1], source_language, target_language)

    said = _SLOT.sub(put, target)
    return None if missing else said


@lru_cache(maxsize=2048)
def said_of(value: str, source: str, target: str) -> str:
    """Return a value as the other language writes it: a day with its month in letters is said, all else stays."""
    read = read_date(value, language=source) if re.search(r"[^\d\s.,:/TZ-]{3}|年|月", value) else None
    return write_date(read[0], language=target, has_year=read[1]) if read else value


def remembered_as(
    source: str,
    said: str,
    *,
    source_language: str,
    target_language: str,
    names: Sequence[str] = (),
    told: bool = True,
) -> tuple[str, str] | None:
    """Return both texts with slots for what differs each time; None where something personal would be kept.

    `told` says that they were said to somebody: then even a password in plain words is looked for, which takes time.
    """
    for text in (source, said):
        if (told or _SUSPECT.search(text)) and any(one.type in _SECRET for one in redacted(text)):
            return None
    kept: list[tuple[int, int, bool]] = []
    other = said
    values: list[str] = []
    for start, end, is_name in _pieces(source, source_language, names):
        value = source[start:end]
        spoken = value if is_name else said_of(value, source_language, target_language)
        slot = NAME if is_name else f"{{{values.index(value) + 1 if value in values else len(values) + 1}}}"
        changed = _swapped(other, (spoken, value), slot)
        if changed is None and not (value in values or (is_name and NAME in other)):
            if is_name or _PERSONAL.search(value):
                return None
            continue
        other = changed if changed is not None else other
        kept.append((start, end, is_name))
        if not is_name and value not in values:
            values.append(value)
    left = [other[start:end] for start, end, _name in _pieces(other, target_language, names)]
    if any(not _SLOT.fullmatch(piece) and _PERSONAL.search(piece) for piece in left):
        return None
    if any(True for _span in _named(other, names)):
        return None
    return _shaped(source, kept).text, other


def _swapped(text: str, wordings: Sequence[str], slot: str) -> str | None:
    for wording in dict.fromkeys(wordings):
        pattern = rf"(?:(?<=[{SPACELESS}])|(?<![^\W_])){re.escape(wording)}(?:(?=[{SPACELESS}])|(?![^\W_]))"
        changed, times = re.subn(pattern, slot.replace("\\", ""), text, flags=re.IGNORECASE)
        if times:
            return changed
    return None


@lru_cache(maxsize=1)
def _turns() -> tuple["np.ndarray", "np.ndarray"]:
    random = np.random.default_rng(20261127)
    size = _BANDS * _ROWS
    return random.integers(1, _PRIME, size, dtype=np.uint64), random.integers(
        0, _PRIME, size, dtype=np.uint64
    )


def bands_of(shape: str, *, workspace_id: int, pair: str) -> list[int]:
    """Return the numbers that a sentence shares some of with sentences near it, in this workspace and pair."""
    text = f" {plain(shape)} "
    runs = {text[at : at + 3] for at in range(max(1, len(text) - 2))}
    hashes = np.fromiter((zlib.crc32(run.encode()) & 0x7FFFFFFF for run in runs), dtype=np.uint64)
    by, plus = _turns()
    least = ((hashes[:, None] * by[None, :] + plus[None, :]) % _PRIME).min(axis=0).astype(np.uint32)
    salt = zlib.crc32(f"{workspace_id} {pair}".encode())
    rows = least.reshape(_BANDS, _ROWS)
    return [int(np.int32(np.uint32(zlib.crc32(row.tobytes(), salt ^ band)))) for band, row in enumerate(rows)]
