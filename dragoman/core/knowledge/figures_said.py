"""Whether each figure of a sentence means what it means in another: its unit, its limit, and what it is told of."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.kit.stems import stems_of_lowered
from dragoman.kit.text import in_ascii_digits
from dragoman.kit.tokens import pieces_of

from .seen import gram_tokens
from .weighty import is_written_without_spaces, plain, weights

_FIGURE: Final = re.compile(r"\d+(?:[.,:'\u00a0\u202f/-]\d+)*")
_NEAR: Final = 28  # characters on either side
_STOPS: Final = re.compile(r"[,;:.!?()\u3001\u3002\uff0c\uff01\u060c\u061b]\s|[\u3001\u3002\uff0c\uff01]|\d")
_SPANS: Final = frozenset({"least", "most", "before", "after", "until", "from", "within"})
_PERCENT: Final = re.compile(r"\s?[%\u066a\uff05]")
_SIGNS: Final = 2  # of a unit in a script without spaces


@dataclass(frozen=True)
class _Said:
    """A figure, what limits it, of what it counts something, and the n-grams of the words since the figure before."""

    digits: str
    spans: frozenset[str]
    unit: frozenset[str]
    about: frozenset[str]


def figures_fit(text: str, cited: str, language: str) -> bool:
    """Say whether each figure stands among the cited ones with the same limit and unit, told of the same thing."""
    theirs = _figures(cited, language)
    return all(any(_fits(mine, one, theirs) for one in theirs) for mine in _figures(text, language))


def _fits(mine: _Said, other: _Said, all_of_them: Sequence[_Said]) -> bool:
    same = mine.digits == other.digits and mine.spans == other.spans
    if not same or not (mine.unit == other.unit or mine.unit & other.unit):
        return False
    # `returns take 5 days, refunds 14`: no figure changes places with another
    near = len(mine.about & other.about)
    return all(len(mine.about & one.about) <= near for one in all_of_them)


def _figures(text: str, language: str) -> list[_Said]:
    flat = in_ascii_digits(plain(text))
    found, end = [], 0
    for one in _FIGURE.finditer(flat):
        before = _up_to_stop(flat[max(0, one.start() - _NEAR) : one.start()][::-1])
        after = _up_to_stop(flat[one.end() : one.end() + _NEAR])
        low, high = one.start() - len(before), one.end() + len(after)
        spans = frozenset(
            hit.label
            for hit in weights(flat, language)
            if hit.label in _SPANS and low <= hit.start and hit.end <= high
        )
        about = frozenset(gram for word in pieces_of(flat[end : one.start()]) for gram in gram_tokens(word))
        found.append(_Said(one.group(), spans, _unit(before[::-1], after, language), about))
        end = one.end()
    return found


def _up_to_stop(text: str) -> str:
    stop = _STOPS.search(text)
    return text[: stop.start()] if stop else text


def _unit(before: str, after: str, language: str) -> frozenset[str]:
    """Return the sign of percent or of a currency, else the word behind a figure, else the one before it."""
    if _PERCENT.match(after):
        return frozenset({"%"})
    for sign in (after.lstrip()[:1], before.rstrip()[-1:]):
        if sign and unicodedata.category(sign) == "Sc":
            return frozenset({sign})
    runs = is_written_without_spaces(language)
    for words in (pieces_of(after)[:1], pieces_of(before)[-1:]):
        for word in words:
            if word.is_run and runs:
                return frozenset({word.text[:_SIGNS], word.text[:1]})
            return frozenset({word.text, *stems_of_lowered(word.plain, language)})
    return frozenset()
