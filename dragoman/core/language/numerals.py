"""Numbers that no mask protects: the same ones, in figures or in words, must stand in a text and in its translation."""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from babel.numbers import get_decimal_symbol, get_group_symbol

from dragoman.core.language.slots import locale_of
from dragoman.kit.tags import base, match

_NUMBER = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f\u066b\u066c\uff0c\uff0e]*\d)?|\d")
_SIGNS = str.maketrans({"\u066b": ".", "\u066c": ",", "\uff0c": ",", "\uff0e": "."})
_GROUPS = re.compile(r"['\u2019\u00a0\u202f]")
# Scripts without spaces between words: a numeral is found anywhere.
_SPACELESS = frozenset({"th", "ja", "zh", "ko"})
_FRACTION = 3  # digits after a sign that may be the end of a thousand


@dataclass(frozen=True)
class Figure:
    """A number as it stands in a text, and what it may mean there; with no value it means nothing in its language."""

    written: str
    values: frozenset[Decimal]


def figures(text: str, language: str) -> list[Figure]:
    """Return the numbers written in figures, of whatever script, in order."""
    return [_figure(found.group(), language) for found in _NUMBER.finditer(text)]


def _figure(written: str, language: str) -> Figure:
    digits = "".join(str(unicodedata.digit(one, one)) for one in written).translate(_SIGNS)
    plain = _GROUPS.sub("", digits)
    signs = [one for one in plain if one in ".,"]
    if not signs:
        return Figure(plain, frozenset({Decimal(plain)}))
    return Figure(plain, frozenset(_values(plain, signs, language)))


def _values(plain: str, signs: Sequence[str], language: str) -> Iterator[Decimal]:
    last = max(plain.rfind("."), plain.rfind(","))
    whole = Decimal(re.sub(r"[.,]", "", plain))
    fraction = Decimal(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
    if len(set(signs)) == 2:
        yield fraction
        return
    if len(signs) > 1:
        yield whole
        return
    decimal, group = _locale_signs(language)
    in_thousands = len(plain) - last - 1 == _FRACTION and last <= _FRACTION
    if signs[0] == decimal:
        yield fraction
    elif signs[0] == group:
        if in_thousands:
            yield whole
    else:
        yield fraction
        if in_thousands:
            yield whole


@lru_cache(maxsize=128)
def _locale_signs(language: str) -> tuple[str, str]:
    locale = locale_of(language)
    return get_decimal_symbol(locale), get_group_symbol(locale)


def _same(one: Figure, other: Figure) -> bool:
    """Say whether two figures mean the same, each in its language."""
    if one.values & other.values:
        return True
    # `USB 2.0` stays as it is in German; `1.500` does not, for there it is another number
    return one.written == other.written and not (one.values and other.values and _is_thousand(one.written))


def _is_thousand(written: str) -> bool:
    head, _, tail = written.replace(",", ".").rpartition(".")
    return len(tail) == _FRACTION and bool(head)


def number_faults(text: str, said: str, *, source: str, target: str) -> tuple[str, ...]:
    """Return what became of them: `number:<n>` not said, `added:<n>` not there before, `order:<n>` in another place.

    Both texts are given without what was masked.
    """
    wanted, found = figures(text, source), figures(said, target)
    left = list(range(len(found)))
    places: list[int] = []
    missing: list[Figure] = []
    for figure in wanted:
        place = next((index for index in left if _same(figure, found[index])), None)
        if place is None:
            missing.append(figure)
        else:
            left.remove(place)
            places.append(place)
    faults = [f"number:{one.written}" for one in missing if not _in_words(one, said, target)]
    faults += [f"added:{found[index].written}" for index in left if not _in_words(found[index], text, source)]
    moved = next((one for one, other in pairwise(places) if one > other), None)
    if moved is not None:
        faults.append(f"order:{found[moved].written}")
    return tuple(faults)


def _in_words(figure: Figure, text: str, language: str) -> bool:
    """Say whether a text names a number from one to twelve in words."""
    return any(
        pattern.search(text) is not None
        for value in figure.values
        if value == value.to_integral_value() and (pattern := _words(language, int(value))) is not None
    )


def numbers_in_words(text: str, language: str) -> set[int]:
    """Return the numbers from two to twelve that a text names in words; one is an article in many languages."""
    patterns = {number: _words(language, number) for number in range(2, 13)}
    return {number for number, pattern in patterns.items() if pattern is not None and pattern.search(text)}


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str]]]:
    place = importlib.resources.files("dragoman.core.language") / "data" / "numerals.toml"
    return tomllib.loads(place.read_text("utf-8"))


@lru_cache(maxsize=512)
def _words(language: str, number: int) -> re.Pattern[str] | None:
    tag = match(language, _data())
    words = _data()[tag].get(str(number)) if tag else None
    if not words:
        return None
    if base(language) in _SPACELESS:
        return re.compile("|".join(map(re.escape, words)))
    parts = [re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    # Arabic and Hebrew write "and", "in", "the" onto the word
    before = r"(?<!\w)(?:[وفبلכבלוהש]{0,3})" if base(language) in {"ar", "he"} else r"(?<!\w)"
    return re.compile(rf"{before}(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
