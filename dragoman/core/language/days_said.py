"""The coming days that a text names, and the hour beside them: a date, a weekday, "tomorrow"; pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Final

from dragoman.core.language.entities.dates import dates
from dragoman.core.language.slots import locale_of
from dragoman.kit.tags import base
from dragoman.kit.text import in_small_letters

AHEAD: Final = 120  # days; what is named beyond is no appointment
LONGEST: Final = 20_000  # characters that are looked at
# Hindi has one word for yesterday and tomorrow
_TOMORROW: Final = {
    "ar": "غد[اًا]{1,2}", "cs": "zítra", "da": "i morgen", "de": "(?<!guten )morgen", "el": "αύριο",
    "en": "tomorrow", "es": "(?<!la )mañana", "et": "homme", "fi": "huomenna", "fr": "demain", "he": "מחר",
    "hu": "holnap", "it": "domani", "ja": "明日", "ko": "내일", "nb": "i morgen", "nl": "morgen", "pl": "jutro",
    "pt": "amanhã", "ro": "mâine", "ru": "завтра", "sv": "i ?morgon", "th": "พรุ่งนี้", "tr": "yarın",
    "uk": "завтра", "vi": "ngày mai", "zh": "明天",
}  # fmt: skip
_WITHOUT_SPACES: Final = frozenset({"th", "ja", "zh", "ko", "ar", "he", "hi"})
# where the names of weekdays change their last vowel in a sentence
_BENDING: Final = frozenset({"ru", "uk", "pl", "cs", "el"})
_ENDING: Final = {"en": 1, "ru": 2, "uk": 2, "vi": 0}
_SENTENCE: Final = re.compile(r"(?:[^.!?…。！？\n]|(?<=\d)\.(?=\d)|\.(?=\s?[a-z0-9]))+")
_HOUR: Final = re.compile(
    r"(?<![\d:.,/-])(?:(?P<h>[01]?\d|2[0-3])[:.](?P<m>[0-5]\d)(?![\d:/-]|\.\d)|(?P<h12>1[0-2]|[1-9]))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DaySaid:
    """A day that a text names by `words`, with an hour where its sentence has one."""

    words: str
    day: date
    hour: time | None = None


def days_said(text: str, language: str, *, today: date) -> list[DaySaid]:
    """Return the coming days a text names, each once, in its order; `today` is the reader's."""
    found: dict[date, DaySaid] = {}
    for sentence in _SENTENCE.finditer(text[:LONGEST]):
        said = sentence.group()
        named = sorted(_named(said, language, today), key=lambda one: one[0])
        taken = [(start, end) for start, end, _day in named]
        for start, end, day in named:
            if today < day <= today + timedelta(days=AHEAD):
                found.setdefault(day, DaySaid(said[start:end], day, _hour(said, taken)))
    return list(found.values())


def _named(text: str, language: str, today: date) -> Iterator[tuple[int, int, date]]:
    for one in dates(text, language):
        day = _coming(one.value, today)
        if day:
            yield one.start, one.end, day
    weekdays, tomorrow = _words(base(language) if language else "")
    small = in_small_letters(text)
    if tomorrow:
        yield from ((*hit.span(), today + timedelta(days=1)) for hit in tomorrow.finditer(small))
    if weekdays:
        for hit in weekdays[0].finditer(small):
            ahead = (weekdays[1][hit["day"]] - today.weekday() - 1) % 7 + 1
            yield *hit.span(), today + timedelta(days=ahead)


def _coming(value: str, today: date) -> date | None:
    """Read a date; one without a year is the next such day."""
    try:
        if not value.startswith("--"):
            return date.fromisoformat(value)
        day = date.fromisoformat(f"{today.year}{value[1:]}")
        return day if day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _words(language: str) -> tuple[tuple[re.Pattern[str], dict[str, int]] | None, re.Pattern[str] | None]:
    """Return the patterns of weekdays (with the number of each name, Monday 0) and of "tomorrow"."""
    before, after = ("", "") if language in _WITHOUT_SPACES else (r"(?<!\w)", r"(?!\w)")
    said = _TOMORROW.get(language)
    tomorrow = re.compile(f"{before}{said}{after}") if said else None
    names: dict[str, int] = {}
    widths = ("wide", "abbreviated") if language == "zh" else ("wide",)
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in locale_of(language).days[context][width].items():
                name = name.lower()
                stem = (
                    name[:-1]
                    if language in _BENDING and len(name) > 4 and name[-1] in "аяaęeiyοαηή"
                    else name
                )
                names.setdefault(stem, number)
    ending = rf"\w{{0,{_ENDING.get(language, 3)}}}" if before else ""
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    weekdays = re.compile(f"{before}(?P<day>{either}){ending}{after}") if language and names else None
    return (weekdays, names) if weekdays else None, tomorrow


def _hour(sentence: str, taken: list[tuple[int, int]]) -> time | None:
    """Return the hour a sentence names outside its days; a bare figure is one only with am or pm."""
    for one in _HOUR.finditer(sentence):
        if any(one.start() < end and start < one.end() for start, end in taken):
            continue
        half = (one["half"] or "").lower()
        if one["h12"] and not half:
            continue
        hour = int(one["h"] or one["h12"])
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        return time(hour, int(one["m"] or 0))
    return None
