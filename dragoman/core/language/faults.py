"""What can be seen to be wrong with an engine's answer without knowing either language."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.core.language.detect import detect
from dragoman.core.language.numerals import number_faults
from dragoman.core.language.protect import Protected
from dragoman.kit.tags import base, same

# Told, but no reason to ask another engine: languages put things in another order.
HINTS = frozenset({"order"})
# With one of these an answer is worth little, with others it may be mended by hand.
WORTHLESS = frozenset({"unchanged", "wrong_language", "empty", "html", "rubbish", "repeated"})
_SENTENCE = 20  # letters from which the language of an answer can be told
_TAG = re.compile(r"</?[a-z][^<>\n]{0,200}>|&(?:[a-z]{2,8}|#\d{2,5});", re.IGNORECASE)
_MARKS = re.compile(r"\?{3,}|\ufffd|[\ue000-\uf8ff]")
_LOOP = re.compile(r"(?<!\w)(\w[^\n]{1,60}?)(?:[\s,.;:!?。、！？]+\1){3,}(?!\w)")
_LOOP_OF_SIGNS = re.compile(r"([^\W\d_]{1,12}?)\1{5,}")
_BLANK = re.compile(r"\s+")
# Languages so near to one another that a few words do not tell them apart.
_NEAR = (
    {"da", "nb", "nn", "no", "sv"},
    {"cs", "sk"},
    {"es", "pt", "gl", "ca"},
    {"ru", "uk", "be", "bg"},
    {"et", "fi"},
    {"hr", "sr", "bs", "sl"},
    {"de", "nl"},
    {"hi", "mr", "ne"},
    {"ja", "zh"},
)


def faults_of(text: str, said: str, *, source: str, target: str) -> Iterator[str]:
    """Yield what is wrong with a whole answer.

    `empty`, `unchanged`, `wrong_language`, `length`, `html`, `repeated` (twice or again and again) or `rubbish`.
    """
    if not said.strip():
        if text.strip():
            yield "empty"
        return
    if said.strip() == text.strip() and len(text.split()) > 2:
        yield "unchanged"
    elif _is_in_another_language(said, source, target):
        yield "wrong_language"
    if len(said) > 6 * len(text) + 40 or len(said) * 8 + 40 < len(text):
        yield "length"
    if set(_TAG.findall(said)) - set(_TAG.findall(text)):
        yield "html"
    if _is_repeated(said) and not _is_repeated(text):
        yield "repeated"
    if _is_rubbish(said) and not _is_rubbish(text):
        yield "rubbish"


def _is_in_another_language(said: str, source: str, target: str) -> bool:
    if sum(map(str.isalpha, said)) < _SENTENCE:
        return False
    # a third language is told as well, where it is plain
    seen = detect(said, [source, target])
    return (
        seen.certain
        and not same(seen.language, target)
        and (same(seen.language, source) or not _is_near(seen.language, target))
    )


def _is_near(seen: str, target: str) -> bool:
    one, other = base(seen), base(target)
    return one == other or any(one in group and other in group for group in _NEAR)


def _is_repeated(text: str) -> bool:
    """Say whether a text stands there twice, or a part of it again and again."""
    flat = _BLANK.sub(" ", text).strip()
    half = len(flat) // 2
    if len(flat) >= 12:
        for cut in (half, half + 1):
            if flat[:cut].strip() == flat[cut:].strip():
                return True
    return bool(_LOOP.search(text[:4_000]) or _LOOP_OF_SIGNS.search(text[:4_000]))


def _is_rubbish(text: str) -> bool:
    controls = sum(unicodedata.category(one) in {"Cc", "Cs", "Cn"} and one not in "\n\r\t" for one in text)
    return bool(_MARKS.search(text)) or controls > 0


def piece_faults(shielded: Protected, answer: str, *, source: str, target: str) -> Iterator[str]:
    """Yield what became of what was masked, and of the numbers that were not.

    `lost:<piece>` for a piece that did not come back exactly once, `order:<piece>` for pieces of one kind that changed
    places; numbers as in `numerals.number_faults`.
    """
    seen = shielded.seen(answer)
    for number, piece in enumerate(shielded.pieces, 1):
        if seen.count(number) != 1:
            yield f"lost:{piece}"
    if any(not 1 <= number <= len(shielded.pieces) for number in seen):
        yield "rubbish"
    for kind in dict.fromkeys(shielded.kinds):
        mine = [number for number in seen if _kind(shielded, number) == kind]
        moved = next((one for one, other in pairwise(mine) if one > other), None)
        if moved is not None and len({*map(shielded.pieces.__getitem__, (one - 1 for one in mine))}) > 1:
            yield f"order:{shielded.pieces[moved - 1]}"
    # what is left of a broken mask is its number: told already
    broken = {f"added:{number}" for number in range(1, len(shielded.pieces) + 1) if seen.count(number) != 1}
    for fault in number_faults(
        shielded.bare(shielded.masked), shielded.bare(answer), source=source, target=target
    ):
        if fault not in broken:
            yield fault


def _kind(shielded: Protected, number: int) -> str:
    return shielded.kinds[number - 1] if 1 <= number <= len(shielded.kinds) else ""


def kind_of(fault: str) -> str:
    """Return the word of a fault without its piece."""
    return fault.partition(":")[0]


def is_sound(faults: Sequence[str]) -> bool:
    """Say whether another engine need not be asked."""
    return all(kind_of(fault) in HINTS for fault in faults)


def weight(faults: Sequence[str]) -> int:
    """Say how bad an answer is: of two the lighter one is kept."""
    return sum(100 if kind_of(one) in WORTHLESS else 1 if kind_of(one) in HINTS else 10 for one in faults)
