"""The open places of a phrase: what may stand in them, and how dates and amounts are written elsewhere."""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import (
    NumberFormatError,
    format_currency,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
    get_group_symbol,
    parse_decimal,
)

from dragoman.kit.tags import base, normalise
from dragoman.kit.text import fold

# Patterns over folded text. Order numbers carry a digit; free words (names, products) are judged afterwards.
PATTERNS = {
    "order": r"(?:[a-z]{2,6}[ ])?#?(?=[a-z/_-]*[0-9])[a-z0-9](?:[a-z0-9/_-]{0,38}[a-z0-9])?",
    "tracking": r"(?=[a-z0-9 -]*[0-9]{2})[a-z0-9](?:[a-z0-9 -]{4,38})[a-z0-9]",
    "url": r"(?:https?://|www\.)[^\s<>\"']{1,300}[^\s<>\"'.,;:!?)\]]",
    "days": r"[0-9]{1,3}(?:[.,][0-9])?(?: ?[-–] ?[0-9]{1,3})?",
    "hours": r"[0-9]{1,3}(?:[.,][0-9])?(?: ?[-–] ?[0-9]{1,3})?",
    "count": r"[0-9]{1,4}(?:[.,][0-9])?",
    "time": r"[0-9]{1,2}(?:[.:h][0-9]{2})?(?: ?[ap]\.?m\.?)?",
    "percent": r"%?[0-9]{1,3}(?:[.,][0-9]{1,2})?\s?%?",
    "code": r"[a-z0-9](?:[a-z0-9_-]{1,38}[a-z0-9])",
    "email": r"[a-z0-9.+_%-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}",
    "phone": r"\+?[0-9(][0-9 ()/.-]{4,22}[0-9]",
    "carrier": r"[^\n!?,;:()]{2,40}?",
    "date": r"[^\n!?]{3,44}?",
    "amount": r"[^\n!?]{1,24}?",
    "name": r"[^\n,;:!?0-9]{1,40}?",
    "product": r"[^\n!?]{1,60}?",
}

# What a plural is chosen by, the first of them that a phrase has.
NUMBERS = ("count", "days", "hours")

# Locales in whose manner a language is also written: English dates come in two orders.
_MANNERS = {"en": ("en", "en_GB"), "es": ("es", "es_MX"), "pt": ("pt_BR", "pt_PT"), "de": ("de", "de_AT")}
# Month names would need a case ending here that the sentence cannot give.
_NUMERIC_DATES = {"et": ("dd.MM.y", "d.M.")}
_REACH = 400  # days to either side of today
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[.:h](?P<minute>\d{2}))?\s?(?:(?P<half>[ap])\.?m\.?)?")
_SHARE = re.compile(r"%\s?(?P<before>\d{1,3}(?:[.,]\d{1,2})?)|(?P<after>\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b")
_BLANK = re.compile(r"[\s\u200e\u200f]+")
_MONEY = tomllib.loads(
    (importlib.resources.files("dragoman.core.language") / "data" / "money.toml").read_text("utf-8")
)
_SYMBOLS = {sign.lower(): currency for currency, signs in _MONEY["signs"].items() for sign in signs}
# Several currencies share these, so that the sign is carried over as it stands.
_SHARED = {"$": "USD", "¥": "JPY", "kr": "SEK"}
_AMOUNT = re.compile(r"(?P<before>[^\d\s.,+-]*)\s*(?P<number>\d[\d.,'\s\u2019]*?)\s*(?P<after>[^\d\s]*)")
_MARKS = re.compile("[\u200e\u200f\u061c]")
# Where the halves of the day would be words of their own, or end a sentence twice: `9:30 π.μ..`
_DAY_CLOCK = frozenset({"ar", "el", "ko"})
_GREEK_FIRST = re.compile(r"στις 1 (?=[Α-Ω])")
_GREEK_FIRST_SAID = re.compile(r"την 1η (?=[Α-Ω])")
_GREEK_ONE = re.compile(r"στις 1:")
_PARTICLES = frozenset(
    {"de", "da", "do", "dos", "van", "von", "der", "den", "bin", "al", "el", "la", "le", "af", "av"}
)


@lru_cache(maxsize=64)
def locale_of(tag: str) -> Locale:
    """Return Babel's locale of a BCP 47 tag, of its base language, or English."""
    for form in (normalise(tag), base(tag)):
        try:
            return Locale.parse(form, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def _manners(tag: str) -> list[Locale]:
    return [Locale.parse(name) for name in _MANNERS.get(base(tag), ())] or [locale_of(tag)]


def _squeezed(text: str) -> str:
    return fold(_BLANK.sub("", text)).replace(",", "").rstrip(".")


def _spellings(day: date, locale: Locale) -> Iterator[tuple[str, bool]]:
    """Yield (spelling, has a year) of a date in a locale."""
    for style in ("full", "long", "medium", "short"):
        yield format_date(day, style, locale=locale), True
    pattern = locale.date_formats["short"].pattern
    order = "M/d/y" if pattern.startswith("M") else "d.M.y" if "." in pattern else "d/M/y"
    yield format_date(day, order, locale=locale), True
    yield format_date(day, order.replace("d", "dd").replace("M", "MM"), locale=locale), True
    if locale.language == "th":  # two calendars are in daily use
        for year in (day.year, day.year + 543):
            yield format_date(day, f"d MMMM '{year}'", locale=locale), True
    for skeleton in ("MMMMd", "MMMd"):
        yield format_skeleton(skeleton, day, locale=locale), False


@lru_cache(maxsize=512)
def _read_date(text: str, language: str, today: date) -> tuple[date, bool] | None:
    text = _ORDINAL.sub("", text.strip())
    try:
        return date.fromisoformat(text), True
    except ValueError:
        pass
    wanted = _squeezed(text)
    # the day stands apart only before blanks and commas are gone: `December 3, 2026`
    numbers = {
        int(number) for number in re.findall(r"(?<!\d)\d{1,2}(?!\d)", unicodedata.normalize("NFKC", text))
    }
    if not numbers or len(wanted) > 40:
        return None
    found: dict[tuple[int, int, int | None], tuple[date, bool]] = {}
    for offset in sorted(range(-_REACH, _REACH + 1), key=abs):
        day = today + timedelta(days=offset)
        if day.day not in numbers:
            continue
        for locale in _manners(language):
            for spelling, has_year in _spellings(day, locale):
                if _squeezed(spelling) == wanted:
                    found.setdefault((day.month, day.day, day.year if has_year else None), (day, has_year))
    # 5/6/2026 is two dates in English: then nothing is safe to say.
    return next(iter(found.values())) if len(found) == 1 else None


def read_date(text: str, *, language: str) -> tuple[date, bool] | None:
    """Return (date, whether a year was written) of a date as a locale writes it or in ISO form, else None."""
    return _read_date(text, language, datetime.now(UTC).date())


def write_date(day: date, *, language: str, has_year: bool = True) -> str:
    """Return a date as it stands inside a sentence of that language."""
    numeric = _NUMERIC_DATES.get(base(language))
    locale = locale_of(language)
    if numeric:
        return format_date(day, numeric[0 if has_year else 1], locale=locale)
    return (
        format_date(day, "long", locale=locale) if has_year else format_skeleton("MMMMd", day, locale=locale)
    )


def read_amount(text: str, *, language: str) -> tuple[Decimal, str, str] | None:
    """Return (value, ISO 4217 currency, the sign to keep or "") of an amount, else None."""
    found = _AMOUNT.fullmatch(_MARKS.sub("", text).strip())
    if not found or bool(found["before"]) == bool(found["after"]):
        return None
    sign = found["before"] or found["after"]
    currency = _SYMBOLS.get(sign.lower()) or _SHARED.get(sign) or _local_signs(language).get(sign)
    if not currency and sign.isascii() and sign.isalpha() and len(sign) == 3 and sign.isupper():
        currency = sign
    if not currency:
        return None
    locale = locale_of(language)
    group = get_group_symbol(locale)
    number = _BLANK.sub(group, found["number"]) if group.isspace() else found["number"]
    try:
        value = parse_decimal(number, locale=locale, strict=True)
    except NumberFormatError:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > get_currency_precision(currency):
        return None
    return value, currency, sign if sign in _SHARED else ""


@lru_cache(maxsize=64)
def _local_signs(language: str) -> dict[str, str]:
    """Return {sign: currency} as a locale writes the currencies we know by name: `$US` in French."""
    return {
        get_currency_symbol(currency, locale=locale_of(language)): currency
        for currency in sorted({*_SYMBOLS.values()})
    }


def write_amount(value: Decimal, currency: str, *, language: str, sign: str = "") -> str:
    """Return an amount as a locale writes it, with `sign` in the place of the currency's own where given."""
    locale = locale_of(language)
    written = format_currency(value, currency, locale=locale)
    return written.replace(get_currency_symbol(currency, locale=locale), sign) if sign else written


def joined(text: str, *, language: str) -> str:
    """Return a sentence with what a slot's value asks of the word before it: Greek says `στις 2` but `την 1η`."""
    if not language.startswith("el"):
        return text
    return _GREEK_ONE.sub("στη 1:", _GREEK_FIRST.sub("την 1η ", text))


def parted(text: str, *, language: str) -> str:
    """Undo what `joined` did, so that the sentence is the phrase's again."""
    return _GREEK_FIRST_SAID.sub("στις 1 ", text) if language.startswith("el") else text


def plural_of(number: str, *, language: str) -> str:
    """Return the CLDR plural category of a number as people write it; of a span, that of its end."""
    last = re.split(r"[-–]", number)[-1].strip().replace(",", ".")
    try:
        return locale_of(language).plural_form(Decimal(last))
    except InvalidOperation:
        return "other"


def read_time(text: str) -> time | None:
    """Return a time of the day as people write it (`9:30`, `9.30`, `9 am`), else None."""
    found = _TIME.fullmatch(text.strip().lower())
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_share(text: str) -> Decimal | None:
    """Return a share written with its sign (`10 %`, `%10`) as a fraction of one, else None."""
    found = _SHARE.fullmatch(text.strip())
    number = found and (found["before"] or found["after"])
    return Decimal(number.replace(",", ".")) / 100 if number else None


def is_plausible(kind: str, value: str, *, language: str, alone: bool) -> bool:
    """Tell whether a slot's value may be carried over, or is language that would stay untranslated.

    `alone` says that only spaces or the sentence's ends stand around the slot.
    """
    if kind == "date":
        return read_date(value, language=language) is not None
    if kind == "amount":
        return read_amount(value, language=language) is not None
    if kind == "time":
        return read_time(value) is not None
    if kind == "percent":
        return read_share(value) is not None
    if kind == "carrier":
        return _is_name(value, most=4, alone=False)
    if kind == "name":
        return _is_name(value, most=3, alone=alone)
    if kind == "product":
        return _is_quoted(value) or _is_name(value, most=6, alone=False)
    return True


def _is_quoted(value: str) -> bool:
    return len(value) > 2 and (value[0], value[-1]) in {
        ('"', '"'),
        ("“", "”"),
        ("„", "“"),
        ("«", "»"),
        ("「", "」"),
    }


def _is_name(value: str, *, most: int, alone: bool) -> bool:
    """Tell a proper name: capitals where the script has them, else one word, or several beside a title."""
    words = value.split()
    if not words or len(words) > most or (value.isupper() and len(words) > 1):
        return False
    if any(word.lower() != word.upper() for word in words):
        cased = [word for word in words if word not in _PARTICLES]
        return all(word[0].isupper() or word[0].isdigit() for word in cased) and bool(cased)
    return len(words) == 1 or not alone


def carried(kind: str, value: str, *, source: str, target: str) -> str:
    """Return a slot's value for another language: dates and amounts rewritten, the rest unchanged."""
    if kind == "date":
        read = read_date(value, language=source)
        return write_date(read[0], language=target, has_year=read[1]) if read else value
    if kind == "amount":
        money = read_amount(value, language=source)
        return write_amount(money[0], money[1], language=target, sign=money[2]) if money else value
    if kind == "time":
        at = read_time(value)
        form = "H:mm" if base(target) in _DAY_CLOCK else "short"
        return format_time(at, form, locale=locale_of(target)) if at else value
    if kind == "percent":
        share = read_share(value)
        return format_percent(share, locale=locale_of(target), decimal_quantization=False) if share else value
    return value
