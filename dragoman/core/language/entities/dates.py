"""Dates as each language writes them; the names of months are the library's (CLDR)."""

import importlib.resources
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from babel import Locale

from dragoman.core.language.entities.found import Entity
from dragoman.core.language.entities.shapes import UNITS
from dragoman.core.language.slots import locale_of
from dragoman.kit.tags import base
from dragoman.kit.text import fold, in_small_letters

# Hebrew joins "on" and "from" to the figures with a hyphen
_BEGIN = r"(?:(?<![0-9A-Za-z.,/-])|(?<=[\u05d0-\u05ea]-))"
_ISO = re.compile(
    r"(?:(?<![0-9A-Za-z.-])|(?<=[\u05d0-\u05ea]-))(\d{4})([-./])\s?(\d{1,2})\2\s?(\d{1,2})(?![0-9A-Za-z]|[.-]\d)"
)
# `3.12.2026`, `3/12`, and as the North writes it `3/12-26`
_NUMERIC = re.compile(
    _BEGIN + r"(\d{1,2})([./-])\s?(\d{1,2})"
    r"(?:(?:\2\s?|(?<=/\d)[\s-]|(?<=/\d\d)[\s-])(\d{4}|(?<!\s)\d{2}))?(\.?)(?![0-9A-Za-z/]|[.,-]\d)"
)
_DASH = "[-\u2013\u2014~\u301c\uff5e]"
# `3.-5.12.`, `3.12.-5.12.2026`, `3/12-5/12`
_SPAN = re.compile(
    rf"{_BEGIN}(?P<first>(?P<day>\d{{1,2}})(?:(?P<mark>[./])(?:(?P<month>\d{{1,2}})(?:(?<!/\d)(?<!/\d\d)\.)?)?))\s?{_DASH}\s?"
    r"(?P<last>(?P<to>\d{1,2})(?P=mark)(?P<end>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2})?)?)(?![0-9A-Za-z/]|[.,-]\d)"
)
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FIGURES = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_EAST = re.compile(
    rf"(?:(?:令和|平成)?(?P<era>\d{{1,2}}|\d{{4}}|元)\s?[年년]\s?)?(?P<month>{_FIGURES})\s?[月월]\s?(?P<day>{_FIGURES})\s?[日号號일]"
    rf"(?:\s?(?:から|至|到|부터|か|または|と|{_DASH})\s?(?P<to>{_FIGURES})\s?[日号號일])?"
)
_VIETNAMESE = re.compile(
    r"(?P<day>\d{1,2})\s+th(?:á|a)ng\s+(?P<month>\d{1,2})(?:(?:,)?\s+n(?:ă|a)m\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_THAI = re.compile(
    r"(?<=วันที่)\s*(?P<day>\d{1,2})\s*เดือน\s*(?P<month>\d{1,2})(?!\s*วัน)(?:\s*ปี\s*(?P<year>\d{4}))?"
)
# `3 XII 2026`: the month in Roman figures, of more than one letter
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN = re.compile(
    r"(?<![\w.,/-])(?P<day>\d{1,2})[. ]\s?(?P<month>VIII|VII|VI|IV|IX|XII|XI|III|II)(?:[. ]\s?(?P<year>\d{4}))?(?![\w])"
)
_READ_ROMANS = frozenset({"pl", "hu"})
# languages that write the year, and so the month, first in figures
_YEAR_FIRST = frozenset({"hu", "ja", "zh", "ko"})
_MONTH_FIRST = frozenset({"en"})
# `3.12` is a date where numbers take a comma
_DOTTED = frozenset({"pl", "cs", "ru", "uk", "de", "fi", "et", "nb", "da", "tr", "ro"})
_VERSION = re.compile(
    r"(?:\bv|\bver|version|versio|wersja|verze|android|ios|usb|bluetooth|windows)\.?\s?$", re.IGNORECASE
)
# `Długa 12/4` is where somebody lives
_LIVED_IN = frozenset({"pl", "cs", "hu", "ru", "uk"})
# how far back is looked, so that the time it takes grows with the text and not with its square
_LONGEST_NAME, _LONGEST_WORD = 60, 14
_NAME = re.compile(r"(?<=\s)[^\W\d_a-zà-öø-ÿа-я][^\W\d_]+\.?\s$")
_ORDINAL = r"(?:st|nd|rd|th|er|[ºª°oae]|ης|ησ|η|:[ae]|-?(?:го|ого|е|ое)|\.)?"
_FIRST = "premier|primeiro|primero|primo"
_LINK = (
    r"(?:\s*(?:de|del|of|di|da|do|e|la|al|من|числа|päivä|päivänä|paiva|paivana|,)\s+"
    "|\\s*[\u05d1\u05dc]-?|\\s*)"
)
# what stands between the ends of a span, and the article of its end
_TO = (
    rf"\s*{_DASH}\s*|\s+(?:to|and|or|till|until|bis|und|oder|au|et|ou|y|o|al|a|hasta|e|ate|até|til|till|og|och|eller|tot|en|of"
    r"|t/m|do|i|lub|az|až|nebo|si|și|sau|pana la|până la|es|és|vagy|ve|ile|veya|или|и|по|до|та|й|або|και|εως|έως"
    r"|ως|μεχρι|μέχρι|η|ή|الى|إلى|و|حتى|او|أو|עד|או|ถึง|หรือ|กับ|va|và|den|đến|hoac|hoặc|से|और|या|ja|tai|kuni|voi|või)\s+"
    r"|(?<=\d)ถึง|\s+(?:و|ו-?)"
)
_ARTICLE = r"(?:(?:the|den|dem|der|le|el|il|la|em|de)\s+)?"
_SHORT = 4  # letters of a short form, which takes no ending
_WHOLE = frozenset({"mai"})


@lru_cache(maxsize=1)
def _spoken() -> dict[str, dict[str, list[str]]]:
    place = importlib.resources.files("dragoman.core.language") / "data" / "months.toml"
    return tomllib.loads(place.read_text("utf-8"))


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, int]:
    """Return the folded names of the months, long and short, inside a date and alone."""
    names: dict[str, int] = {}
    for locale in {locale_of(language), Locale("en")} if base(language) != "en" else {Locale("en")}:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[context][width].items():
                    _add(names, name, number)
    # the short forms that people use beside the locale's own
    for name, number in list(names.items()):
        if len(name) > 5 and name.isalpha() and base(language) not in {"th", "ar", "hi", "he"}:
            names.setdefault(name[:3], number)
            names.setdefault(name[:4], number)
    for month, more in _spoken().get(base(language), {}).items():
        for name in more if month != "none" else ():
            _add(names, name, int(month))
    for name in _spoken().get(base(language), {}).get("none", ()):
        names.pop(name, None)
    return names


def _add(names: dict[str, int], name: str, number: int) -> None:
    for plain in (fold(name).strip(" ."), name.lower().strip(" .")):
        if not plain.isdigit() and len(plain) > 1:
            names.setdefault(plain, number)


_ENDINGS = {
    "fi": "ta|na|n|a|sta|lla|lle|ksi|ssa|hun",
    "et": "il|ist|iks|is|ini|isse|ile|i|l|st|ks|ni|t",
    "hu": "ig|ban|ben|re|ra|en|i|tol|tól|től",
    "tr": "ta|da|te|de|a|e|i|in",
}


@lru_cache(maxsize=64)
def _named(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = sorted(_months(language), key=len, reverse=True)
    letters = "|".join(re.escape(name) for name in names)
    month = rf"(?P<month>{letters})(?![^\W\d_])\.?"
    endings = _ENDINGS.get(base(language))
    if endings:
        long = "|".join(re.escape(name) for name in names if len(name) > _SHORT or name in _WHOLE)
        month = rf"(?:(?P<month>{long})(?:{endings})?|(?P<short>{letters}))(?![^\W\d_])\.?"
    elif base(language) == "th":
        # the next word stands right beside it
        long = "|".join(re.escape(name) for name in names if len(name) > _SHORT or name in _WHOLE)
        month = rf"(?:(?P<month>{long})|(?P<short>{letters})(?![^\W\d_]))\.?"
    before = r"(?:(?P<early>\d{4})\.?\s+)?"
    year = (
        r"(?:\s*,?\s*(?:(?:de|del|of|din|พ\.ศ\.|ค\.ศ\.|ปี|r\.)\s*)?"
        r"(?:['\u2019](?=\d\d\b))?(?P<year>\d{4}|(?<=[ '\u2019])\d{2}(?!\d))(?!\w*[:.]\d))?"
    )
    # Hebrew writes "on" and "from" onto the figure
    torn = r"(?:(?<![\w.,])|(?<=\b[\u05d1\u05dc\u05de]))"
    day_first = re.compile(
        rf"{torn}(?:(?P<from>\d{{1,2}}){_ORDINAL}(?:{_TO}){_ARTICLE})?"
        rf"(?P<day>\d{{1,2}}|{_FIRST}){_ORDINAL}{_LINK}{month}{year}",
        re.IGNORECASE,
    )
    month_first = re.compile(
        rf"(?<![^\W\d_]){before}{month}\s+(?P<day>\d{{1,2}}){_ORDINAL}"
        rf"(?:(?:{_DASH}|\s+(?:to|until|till|through|{_DASH})\s+(?:the\s+)?)(?P<to>\d{{1,2}}){_ORDINAL})?(?![^\W_]|:|[.,]\d){year}",
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
    found += _eastern(text)
    for pattern, tags in ((_VIETNAMESE, "vi"), (_THAI, "th")):
        for match in pattern.finditer(text) if base(language) == tags else ():
            year = _year(match["year"], language)
            found.append(_made(text, match.span(), int(match["day"]), int(match["month"]), year))
    for match in _ROMAN.finditer(text) if base(language) in _READ_ROMANS else ():
        month = _ROMANS.index(match["month"]) + 1
        found.append(_made(text, match.span(), int(match["day"]), month, _year(match["year"], language)))
    # places count in the text: where folding changes its length (Thai's sara am) only case is set aside
    folded = fold(text)
    plain = folded if len(folded) == len(text) else in_small_letters(text)
    for pattern in _named(language):
        for match in pattern.finditer(plain):
            found += _in_words(text, match, language)
    found += _spans(text, language)
    found += _numeric(text, language)
    yield from (one for one in found if one)


def _in_words(text: str, match: re.Match[str], language: str) -> Iterator[Entity | None]:
    """Yield the date of a match of `_named`, and the other end of its span."""
    groups = match.groupdict()
    name = groups["month"] or groups["short"] or ""
    month = _months(language).get(name.rstrip("."), 0)
    year = _year(groups["year"] or groups.get("early"), language)
    start, end = match.span()
    if groups.get("from"):
        yield _made(text, match.span("from"), int(groups["from"]), month, year)
        start = match.start("day")
    if groups.get("to"):
        yield _made(text, match.span("to"), int(groups["to"]), month, year)
        end = match.end("day")
    day = int(groups["day"]) if groups["day"].isdigit() else 1
    yield _made(text, _bare(text, (start, end)), day, month, year)


def _eastern(text: str) -> Iterator[Entity | None]:
    for match in _EAST.finditer(text):
        era, end = match["era"], match.end()
        year = None
        if era:
            year = 1 if era == "元" else int(era)
            if match.group().startswith("令和"):
                year += 2018
            elif match.group().startswith("平成"):
                year += 1988
            elif year < 100:
                year += 2000
        month = _number(match["month"])
        if match["to"]:
            end = match.end("day") + 1
            yield _made(text, (match.start("to"), match.end()), _number(match["to"]), month, year)
        yield _made(text, (match.start(), end), _number(match["day"]), month, year)


def _bare(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while text[end - 1] in " ,":
        end -= 1
    return start, end


def _spans(text: str, language: str) -> Iterator[Entity | None]:
    """Yield both ends of `3.-5.12.` and `3/12-5/12`."""
    for match in _SPAN.finditer(text):
        if not match["month"] and match["mark"] == "/":
            continue
        year = _year(match["year"], language)
        ends = [(match.span("first"), match["day"], match["month"] or match["end"])]
        ends.append((match.span("last"), match["to"], match["end"]))
        for span, day, month in ends:
            if base(language) in _YEAR_FIRST or (base(language) in _MONTH_FIRST and match["mark"] == "/"):
                day, month = month, day
            yield _made(text, span, int(day), int(month), year)


def _numeric(text: str, language: str) -> Iterator[Entity | None]:
    month_first = base(language) in _MONTH_FIRST
    for match in _NUMERIC.finditer(text):
        first, mark, second, year, point = match.groups()
        if mark == "-" and not year:
            continue
        # a month before the day, as Hungarian, Korean, Japanese and Chinese have it
        if base(language) in _YEAR_FIRST and not year:
            first, second = second, first
        if not year and not _is_short_date(text, match, language):
            continue
        day, month = (int(second), int(first)) if month_first and mark == "/" else (int(first), int(second))
        end = match.end() - (len(point) if year or mark != "." else 0)
        yield _made(text, (match.start(), end), day, month, _year(year, language))


def _is_short_date(text: str, match: re.Match[str], language: str) -> bool:
    """Tell a date without a year from a number (`3.5`), a version and the number of a flat."""
    first, mark, second, _none, point = match.groups()
    if mark == "/":
        return base(language) not in _LIVED_IN or not _NAME.search(
            text, max(0, match.start() - _LONGEST_NAME), match.start()
        )
    if point or len(first) == len(second) == 2:
        return True
    return (
        base(language) in _DOTTED
        and len(second) == 2
        and not UNITS.match(text, match.end())
        and not _VERSION.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _han(text)


def _han(text: str) -> int:
    head, ten, tail = text.partition("十")
    if not ten:
        return _HAN[text] if len(text) == 1 else 0
    return (_HAN[head] if head else 1) * 10 + (_HAN.get(tail, 0) if tail else 0)
