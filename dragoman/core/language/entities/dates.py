"""Dates as each language writes them; the names of months are the library's (CLDR)."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from babel import Locale

from dragoman.core.language.entities.found import Entity
from dragoman.core.language.slots import locale_of
from dragoman.kit.tags import base
from dragoman.kit.text import fold

_ISO = re.compile(r"(?<![0-9A-Za-z.-])(\d{4})([-./])\s?(\d{1,2})\2\s?(\d{1,2})(?![0-9A-Za-z]|[.-]\d)")
_NUMERIC = re.compile(
    r"(?<![0-9A-Za-z.,/-])(\d{1,2})([./-])\s?(\d{1,2})(?:(?:\2\s?|(?<=/\d)\s|(?<=/\d\d)\s)(\d{4}|(?<!\s)\d{2}))?(\.?)(?![0-9A-Za-z/]|[.,-]\d)"
)
_EAST = re.compile(
    r"(?:(?:令和|平成)?(?P<era>\d{1,2}|\d{4}|元)\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
)
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_HAN_DATE = re.compile(r"([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号號]")
_VIETNAMESE = re.compile(
    r"(?P<day>\d{1,2})\s+th(?:á|a)ng\s+(?P<month>\d{1,2})(?:(?:,)?\s+n(?:ă|a)m\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
# languages that write the month first when they write in figures
_YEAR_FIRST = frozenset({"hu", "ja", "zh", "ko"})
_MONTH_FIRST = frozenset({"en"})
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|e|:?a|-?го|-?е|\.)?"
_FIRST = "premier|primeiro|primero|primo"
_LINK = r"(?:\s*(?:de|del|of|di|da|do|e|la|al|,)\s+|\s*)"


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Return the folded names of the months, long and short, inside a date and alone."""
    names: dict[str, int] = {}
    for locale in {locale_of(language), Locale("en")} if base(language) != "en" else {Locale("en")}:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    for plain in (fold(name).strip(" ."), name.lower().strip(" .")):
                        if not plain.isdigit() and len(plain) > 1:
                            names.setdefault(plain, number)
    # the short forms that people use beside the locale's own
    for name, number in list(names.items()):
        if len(name) > 5 and name.isalpha() and base(language) not in {"th", "ar", "hi", "he"}:
            names.setdefault(name[:3], number)
            names.setdefault(name[:4], number)
    return names


@lru_cache(maxsize=64)
def _named(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = "|".join(re.escape(name) for name in sorted(_months(language), key=len, reverse=True))
    month = rf"(?P<month>{letters})(?![^\W\d_])\.?"
    endings = r"(?:ta|na|n|a|sta|s|l|ig|ban|ben|re|ra|en|i)?"
    month = (
        rf"(?P<month>{letters})(?:{endings}(?![^\W\d_]))\.?"
        if base(language) in {"fi", "hu", "et", "tr"}
        else month
    )
    before = r"(?:(?P<early>\d{4})\.?\s+)?"
    year = r"(?:\s*,?\s*(?:(?:de|del|of|din|พ\.ศ\.|ค\.ศ\.|r\.)\s*)?(?P<year>\d{4}|(?<= )\d{2}(?!\d))(?!\w*[:.]\d))?"
    day_first = re.compile(
        rf"(?<![\w.,])(?P<day>\d{{1,2}}|{_FIRST}){_ORDINAL}{_LINK}{month}{year}", re.IGNORECASE
    )
    month_first = re.compile(
        rf"(?<![^\W\d_]){before}{month}\s+(?P<day>\d{{1,2}}){_ORDINAL}(?![^\W_]|:|[.,]\d){year}",
        re.IGNORECASE,
    )
    return day_first, month_first


def _year(text: str | None, language: str) -> int | None:
    if not text:
        return None
    year = int(text)
    if year < 100:
        # two figures of a Buddhist year stand higher than today's
        year += 2500 if base(language) == "th" and year > 50 else 2000
    return year - 543 if year > 2400 else year


def _made(text: str, span: tuple[int, int], day: int, month: int, year: int | None) -> Entity | None:
    try:
        date(year or 2024, month, day)
    except ValueError:
        return None
    value = f"{year:04}-{month:02}-{day:02}" if year else f"--{month:02}-{day:02}"
    return Entity("date", *span, text[slice(*span)], value)


def dates(text: str, language: str) -> Iterator[Entity]:
    """Yield the dates of a text; the year where one is written."""
    found: list[Entity | None] = []
    for match in _ISO.finditer(text):
        found.append(_made(text, match.span(), int(match[4]), int(match[3]), _year(match[1], language)))
    for match in _EAST.finditer(text):
        era = match["era"]
        year = None
        if era:
            year = 1 if era == "元" else int(era)
            if match.group().startswith("令和"):
                year += 2018
            elif match.group().startswith("平成"):
                year += 1988
            elif year < 100:
                year += 2000
        found.append(_made(text, match.span(), int(match["day"]), int(match["month"]), year))
    for match in _HAN_DATE.finditer(text):
        found.append(_made(text, match.span(), _han(match[2]), _han(match[1]), None))
    for match in _VIETNAMESE.finditer(text):
        found.append(
            _made(text, match.span(), int(match["day"]), int(match["month"]), _year(match["year"], language))
        )
    # places count in the text: where folding changes its length (Thai's sara am) only case is set aside
    folded = fold(text)
    plain = folded if len(folded) == len(text) else text.lower()
    if len(plain) == len(text):
        for pattern in _named(language):
            for match in pattern.finditer(plain):
                day = int(match["day"]) if match["day"].isdigit() else 1
                month = _months(language).get(match["month"].rstrip("."), 0)
                found.append(
                    _made(
                        text,
                        _bare(text, match.span()),
                        day,
                        month,
                        _year(match["year"], language),
                    )
                )
    found += _numeric(text, language)
    yield from (one for one in found if one)


def _bare(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while text[end - 1] in " ,":
        end -= 1
    return start, end


def _numeric(text: str, language: str) -> Iterator[Entity | None]:
    month_first = base(language) in _MONTH_FIRST
    for match in _NUMERIC.finditer(text):
        first, mark, second, year, point = match.groups()
        if mark == "-" and not year:
            continue
        # a month before the day, as Hungarian, Korean, Japanese and Chinese have it
        if base(language) in _YEAR_FIRST and not year:
            first, second = second, first
        # `3.5` is a number; `3.12.` and `03.12` in a language that writes dates with points are dates
        if mark == "." and not year and not point and not (len(first) == len(second) == 2):
            continue
        day, month = (int(second), int(first)) if month_first and mark == "/" else (int(first), int(second))
        end = match.end() - (len(point) if year or mark != "." else 0)
        yield _made(text, (match.start(), end), day, month, _year(year, language))


def _han(text: str) -> int:
    head, ten, tail = text.partition("十")
    if not ten:
        return _HAN[text] if len(text) == 1 else 0
    return (_HAN[head] if head else 1) * 10 + (_HAN.get(tail, 0) if tail else 0)
