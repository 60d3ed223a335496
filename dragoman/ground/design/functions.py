"""Template functions: times, numbers, names of languages and people, said in the reader's own way.

`GLOBALS` and `FILTERS` are installed in the Jinja2 environment; the reader's language is the active one.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError, dates, numbers
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from dragoman.kit import tags
from dragoman.kit.money import Money, written
from dragoman.kit.text import isolated

THEMES = ("light", "dark")
CHANNEL_ICONS = {
    "email": "mail",
    "chat": "chat",
    "api": "link",
    "phone": "phone",
    "whatsapp": "whats",
    "line": "line",
}


@lru_cache(maxsize=128)
def locale_of(tag: str) -> Locale:
    """Find the CLDR locale for a BCP 47 tag, its base language where the variant is unknown, else English."""
    for candidate in (tag, tag.split("-", maxsplit=1)[0], "en"):
        try:
            return Locale.parse(candidate, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    raise AssertionError("CLDR always has English")


def calendar_locale() -> Locale:
    """Return the locale of dates and hours: plain `en` is Europe's, with 24 hours and the day first."""
    tag = ui_language()
    return locale_of("en-150" if tag == "en" else tag)


def ui_language() -> str:
    """Return the reader's language as a BCP 47 tag, `en` when none is active."""
    return translation.to_locale(translation.get_language() or "en").replace("_", "-")


def direction(tag: str | None = None) -> str:
    """Say `rtl` or `ltr` for a language tag, or for the reader's language without one."""
    return tags.direction(tag or ui_language())


@lru_cache(maxsize=64)
def zone_of(name: str) -> Any:
    """Return the time zone of that IANA name, UTC for an unknown or empty one."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def format_time(value: datetime, zone: str = "") -> str:
    """Write the hour and minute of `value` in a zone, as the reader's locale does."""
    return dates.format_time(value.astimezone(zone_of(zone)), "short", locale=calendar_locale())


def format_date(value: date | datetime, zone: str = "", *, form: str = "medium") -> str:
    """Write a date (of that zone, if it is an instant) in CLDR's `short`, `medium`, `long` or `full` form."""
    day = value.astimezone(zone_of(zone)).date() if isinstance(value, datetime) else value
    locale = calendar_locale()
    return _thai_date(day, form, locale) if locale.language == "th" else dates.format_date(day, form, locale)


def _thai_date(day: date, form: str, locale: Locale) -> str:
    """Write a date with the year of the Buddhist era, as Thais do; Babel knows the Gregorian calendar alone."""
    year = day.year + 543
    pattern = str(locale.date_formats[form].pattern).replace("G", "'พ.ศ.'")
    short = "yy" in pattern
    pattern = pattern.replace("yy" if short else "y", f"'{year % 100:02d}'" if short else f"'{year}'")
    return str(dates.parse_pattern(pattern).apply(day, locale))


def format_moment(value: datetime, zone: str = "", *, now: datetime | None = None) -> str:
    """Write an instant as short as it stays clear: today's hour, a weekday within six days, else a date."""
    where = zone_of(zone)
    local, today = value.astimezone(where), (now or datetime.now(UTC)).astimezone(where)
    days = (today.date() - local.date()).days
    locale = calendar_locale()
    if days == 0:
        return format_time(value, zone)
    if -7 < days < 7:
        return f"{dates.format_date(local, 'ccc', locale=locale)} {format_time(value, zone)}"
    pattern = "MMMd" if local.year == today.year else "yMMMd"
    return dates.format_skeleton(pattern, local, locale=locale)


def field_moment(value: datetime | None, zone: str = "") -> str:
    """Write an instant as a `datetime-local` field holds it, by the clock of a zone; empty for none."""
    return value.astimezone(zone_of(zone)).strftime("%Y-%m-%dT%H:%M") if value else ""


def format_full(value: datetime, zone: str = "") -> str:
    """Write an instant with its date, its minute and the city of the zone, for paper and tool tips."""
    locale = calendar_locale()
    # CLDR's own zone names are offsets in most languages ("-0300"), and its long hours of a Thai are a sentence
    said = str(dates.get_datetime_format("long", locale=locale)).replace("'", "")
    said = said.replace("{1}", format_date(value, zone, form="long")).replace("{0}", format_time(value, zone))
    return f"{said} {zone_city(zone)}"


def relative_time(value: datetime, *, now: datetime | None = None) -> str:
    """Say how long ago or ahead `value` is, in one unit, for example "4 min"; "now" under a minute."""
    delta = (now or datetime.now(UTC)) - value
    if abs(delta.total_seconds()) < 60:
        return _("now")
    return dates.format_timedelta(abs(delta), format="short", threshold=1, locale=locale_of(ui_language()))


def format_number(value: float, *, digits: int | None = None) -> str:
    """Write a number with the reader's separators; `digits` fixes the decimals."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=locale_of(ui_language()))


def format_money(minor: int, currency: str, *, whole: bool = False) -> str:
    """Write an amount of minor units in the reader's language; `whole` leaves out decimals that are all zero."""
    return written(Money(minor, currency), locale_of(ui_language()), whole=whole)


def format_percent(value: float) -> str:
    """Write a share of 1 as whole percents, the sign where the reader's locale has it."""
    said = numbers.format_percent(value, locale=locale_of(ui_language()))
    # within a sentence from right to left the sign would else jump to the other side; a mark instead of the
    # isolate would turn a whole sentence that begins with the share
    return isolated(said) if direction() == "rtl" else said


def exact_percent(value: Decimal) -> str:
    """Write a share of 1 as percents with all its decimals: a rate of tax is not rounded."""
    locale = locale_of(ui_language())
    said = numbers.format_percent(value.normalize(), locale=locale, decimal_quantization=False)
    return isolated(said) if direction() == "rtl" else said


# what stands between the things of a row where it is no comma (CLDR, list pattern unit, middle); Babel lacks some
_SEPARATORS = {"ar": "، ", "fa": "، ", "ur": "، ", "ja": "、", "zh": "、"}


def format_list(items: Iterable[object]) -> str:
    """Write a row of things with the reader's separator, without an "and"."""
    return _SEPARATORS.get(locale_of(ui_language()).language, ", ").join(str(item) for item in items)


def format_bytes(size: int) -> str:
    """Write a file size in kB or MB (powers of ten)."""
    if size >= 1_000_000:
        return _("%(size)s MB") % {"size": format_number(size / 1_000_000, digits=1)}
    return _("%(size)s kB") % {"size": format_number(max(1, round(size / 1000)))}


@lru_cache(maxsize=2048)
def _language_name(tag: str, reader: str) -> str:
    wanted = locale_of(tag)
    if wanted.language != tag.split("-", maxsplit=1)[0].lower():
        return tag
    named = wanted.get_display_name(locale_of(reader)) or tag
    return named[:1].upper() + named[1:] if reader.startswith("en") else named


def language_name(tag: str | None, reader: str | None = None) -> str:
    """Name a language in the reader's language, for example `th` as "Thai"; unknown tags stay tags."""
    return _language_name(tag, reader or ui_language()) if tag else _("unknown language")


def market_name(code: str | None) -> str:
    """Name a country in the reader's language; unknown codes stay codes."""
    return str(locale_of(ui_language()).territories.get((code or "").upper(), code or ""))


def zone_city(zone: str) -> str:
    """Name a time zone by its city in the reader's language."""
    named = dates.get_timezone_location(zone_of(zone), locale=locale_of(ui_language()), return_city=True)
    # CLDR knows no city of zones such as America/Argentina/Buenos_Aires, and Babel then gives their path
    return str(named).rpartition("/")[2]


def _without_article(word: str) -> str:
    return word.removeprefix("ال") if len(word) > 4 else word


def initials(name: str) -> str:
    """Return at most two letters for an avatar: of first and last word, one where a script has no spaces."""
    words = [_without_article(word) for word in name.split() if word[:1].isalnum()]
    if not words:
        return name[:1].upper() or "?"
    if any("\u2e80" <= letter <= "\uffdc" for letter in words[0]):
        return words[0][0]
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()


def _storage() -> int:
    """Return which storage hashes addresses: they are remembered as long as it is the same."""
    return id(getattr(staticfiles_storage, "_wrapped", None))


@lru_cache(maxsize=512)
def _icon(name: str, classes: str, sprite: str) -> Markup:
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        classes, sprite, name
    )


def icon(name: str, *, size: str = "", flip: bool = False) -> Markup:
    """Draw an icon of the sprite; `size` is "" (16 px), "s" (14) or "l" (20), `flip` mirrors it in RTL."""
    classes = " ".join(part for part in ("i", size, "flip" if flip else "") if part)
    return _icon(name, classes, address_of("design/icons.svg"))


def channel_icon(channel: str, *, size: str = "") -> Markup:
    """Draw the icon of a channel, a speech bubble for one without its own."""
    return icon(CHANNEL_ICONS.get(channel, "chat"), size=size)


def theme_of(request: HttpRequest | None) -> str:
    """Return `light` or `dark` if the reader chose one (cookie `theme`), else an empty string."""
    chosen = request.COOKIES.get("theme", "") if request is not None else ""
    return chosen if chosen in THEMES else ""


def import_map() -> Markup:
    """Map each module's plain address to its hashed one, so that relative imports need no rewriting."""
    return _import_map(_storage())


@lru_cache(maxsize=2)
def _import_map(_storage: int) -> Markup:
    hashed: Mapping[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    ours = (path for path in hashed if path.endswith(".js") and path.startswith(("desk/", "design/")))
    imports = {f"{settings.STATIC_URL}{path}": static(path) for path in sorted(ours)}
    return Markup(json.dumps({"imports": imports}).replace("<", "\\u003c"))  # noqa: S704 (our own file names)


def as_json(value: Any) -> Markup:
    """Write a value as JSON that is safe inside a data attribute."""
    return escape(json.dumps(value, ensure_ascii=False))


@lru_cache(maxsize=512)
def _address(path: str, _storage: int) -> str:
    return static(path)


def address_of(path: str) -> str:
    """Return the hashed address of a static file."""
    return _address(path, _storage())


# KSL-20418, 2026-11-28, INV-7-A: short, with a figure, and no part of a longer word or address
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9/._-])((?=[A-Z0-9-]{4,24}(?![A-Za-z0-9/_-]))(?=[A-Z-]*[0-9])[A-Z0-9]+(?:-[A-Z0-9]+){1,3})"
)
_WHOLE = Markup('<span class="nowrap">{}</span>')


def keep_numbers(text: str) -> Markup:
    """Return a text in which no order number, date or the like is broken at its hyphen when a line ends."""
    parts = _NUMBER.split(text)
    return Markup("").join(_WHOLE.format(part) if at % 2 else part for at, part in enumerate(parts))


GLOBALS: dict[str, Callable[..., Any]] = {
    "as_json": as_json,
    "channel_icon": channel_icon,
    "direction": direction,
    "icon": icon,
    "import_map": import_map,
    "initials": initials,
    "language_name": language_name,
    "market_name": market_name,
    "theme_of": theme_of,
    "ui_language": ui_language,
    "zone_city": zone_city,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "bytes": format_bytes,
    "listed": format_list,
    "date": format_date,
    "full": format_full,
    "language": language_name,
    "keep_numbers": keep_numbers,
    "moment": format_moment,
    "money": format_money,
    "field_moment": field_moment,
    "number": format_number,
    "percent": format_percent,
    "rate": exact_percent,
    "relative": relative_time,
    "time": format_time,
}
