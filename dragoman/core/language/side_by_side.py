"""A text and its translation side by side: cut into sentences, aligned, compared, and joined again letter by letter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dragoman.core.language.protect import spans
from dragoman.kit.tags import base

# where a sentence ends: marks with the blanks behind them, or the marks of scripts that need no blank
_END = re.compile(r"(?<=[.!?…؟])[\"'”’»)\]]*[ \t\u00a0]+|(?<=[。！？।])[」』）]*|\n+")
_ORDINAL = re.compile(r"(?:^|[\s(])(?:\d{1,3}|[^\W\d_])\.$")
_SPACELESS = frozenset({"ja", "zh", "th"})
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# a number or a Latin word is one piece also where letters stand alone
_LETTERS = re.compile(r"[0-9A-Za-z]+|.", re.DOTALL)
MOST = 400  # sentences; longer texts are shown line by line


@dataclass(frozen=True)
class Piece:
    """A sentence and what stands behind it: joined again, pieces are the text they came from."""

    text: str
    gap: str = ""


@dataclass(frozen=True)
class Pair:
    """Sentences that belong together; either side may be empty. `gap` stands behind the translation."""

    source: str
    target: str
    gap: str = ""


def pieces(text: str, language: str) -> list[Piece]:
    """Cut a text into sentences."""
    found: list[Piece] = []
    start = 0
    for end in _END.finditer(text):
        closing = end.group().rstrip()
        sentence, gap = text[start : end.start()] + closing, end.group()[len(closing) :]
        if "\n" not in gap and not _ends_here(sentence, text[end.end() :]):
            continue
        found.append(Piece(sentence, gap))
        start = end.end()
    if text[start:]:
        found.append(Piece(text[start:]))
    return _with_words(found)


def _ends_here(sentence: str, rest: str) -> bool:
    """Tell the end of a sentence from a dot after `3.` or `z.`, and from what goes on in lower case."""
    return bool(rest) and not _ORDINAL.search(sentence) and not rest[:1].islower()


def _with_words(found: Sequence[Piece]) -> list[Piece]:
    """Let what holds no letter or figure belong to the sentence before it."""
    kept: list[Piece] = []
    for piece in found:
        if kept and not any(letter.isalnum() for letter in piece.text):
            last = kept.pop()
            piece = Piece(last.text + last.gap + piece.text, piece.gap)
        kept.append(piece)
    return kept


def side_by_side(source: str, target: str, *, source_language: str, target_language: str) -> list[Pair]:
    """Return the sentences of a text beside those of its translation; the targets with their gaps are the translation.

    By line where both have as many, within them by length (a sentence may have become two, or two one).
    """
    one, other = pieces(source, source_language), pieces(target, target_language)
    if len(one) == len(other):
        return [Pair(a.text, b.text, b.gap) for a, b in zip(one, other, strict=True)]
    if len(one) > MOST or len(other) > MOST:
        return [Pair(source, target)]
    here, there = _lines(one), _lines(other)
    if len(here) == len(there):
        return [pair for a, b in zip(here, there, strict=True) for pair in _aligned(a, b)]
    return _aligned(one, other)


def _lines(found: Sequence[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in found:
        lines[-1].append(piece)
        if "\n" in piece.gap:
            lines.append([])
    return [line for line in lines if line]


_STEPS = ((1, 1, 0.0), (1, 2, 0.3), (2, 1, 0.3), (1, 0, 1.2), (0, 1, 1.2), (2, 2, 0.5))


def _aligned(one: Sequence[Piece], other: Sequence[Piece]) -> list[Pair]:
    """Align by length: the cheapest way through both, where unlike lengths and unpaired sentences cost."""
    ratio = sum(len(p.text) for p in other) / max(1, sum(len(p.text) for p in one)) or 1.0
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if (i, j) not in best:
                continue
            cost = best[(i, j)][0]
            for a, b, price in _STEPS:
                if i + a > len(one) or j + b > len(other):
                    continue
                long = sum(len(p.text) for p in one[i : i + a]) * ratio
                said = sum(len(p.text) for p in other[j : j + b])
                step = cost + price + (abs(long - said) / max(long, said, 1) if a and b else 0)
                at = (i + a, j + b)
                if at not in best or step < best[at][0]:
                    best[at] = (step, (a, b))
    pairs: list[Pair] = []
    i, j = len(one), len(other)
    while i or j:
        a, b = best[(i, j)][1]
        pairs.append(_pair(one[i - a : i], other[j - b : j]))
        i, j = i - a, j - b
    return pairs[::-1]


def _pair(one: Sequence[Piece], other: Sequence[Piece]) -> Pair:
    source = "".join(piece.text + piece.gap for piece in one).rstrip()
    target = "".join(piece.text + piece.gap for piece in other[:-1]) + (other[-1].text if other else "")
    return Pair(source, target, other[-1].gap if other else "")


def joined(pairs: Sequence[Pair], said: Sequence[str]) -> str:
    """Put a translation together again from its sentences as they are now."""
    return "".join(text + pair.gap for pair, text in zip(pairs, said, strict=True)).strip()


def differences(before: str, after: str, language: str) -> list[tuple[str, str]]:
    """Return what was done to a text as (`same`, `del` or `ins`, the piece): by word, or by letter where no blank
    parts words."""
    by_letter = base(language) in _SPACELESS
    one, other = ((_LETTERS if by_letter else _TOKEN).findall(text) for text in (before, after))
    found: list[tuple[str, str]] = []
    gone = come = ""
    for step, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        here, there = "".join(one[a:b]), "".join(other[c:d])
        # one letter that happens to be the same among changed ones tells nobody anything
        is_chance = by_letter and len(here) < 2 and bool(gone or come) and b < len(one)
        if step == "equal" and not is_chance:
            found += [("del", gone), ("ins", come), ("same", here)]
            gone = come = ""
        else:
            gone, come = gone + here, come + there
    return [(done, text) for done, text in [*found, ("del", gone), ("ins", come)] if text]


def highlighted(
    text: str, *, language: str, terms: Sequence[str] = (), also: Sequence[tuple[int, int]] = ()
) -> list[tuple[bool, str]]:
    """Return a text in pieces with whether each is to be looked at: numbers, codes, links, the workspace's words, and
    what stands at the places `also`."""
    found: list[tuple[bool, str]] = []
    end = 0
    for start, stop in sorted([*spans(text, language=language, terms=terms), *also]):
        if start < end:
            continue
        if start > end:
            found.append((False, text[end:start]))
        found.append((True, text[start:stop]))
        end = stop
    if text[end:]:
        found.append((False, text[end:]))
    return found
