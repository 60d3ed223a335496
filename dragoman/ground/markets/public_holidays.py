"""Holidays of a country or region, as the `holidays` library knows them, named in the reader's language."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import holidays
from holidays.constants import PUBLIC, SCHOOL

from dragoman.kit.tags import match, normalise

from .errors import NoMarket, NoRegion

# days that concern nobody who waits for an answer
_SILENT = frozenset([SCHOOL, "armed_forces"])


@dataclass(frozen=True)
class Holiday:
    """A day with a name. On a public one shops' offices are closed; others are only kept."""

    day: datetime.date
    name: str
    local_name: str
    public: bool


@lru_cache(maxsize=300)
def _library(country: str) -> holidays.HolidayBase:
    """Return what the library knows of a country by its two letters, to be read only; raises NoMarket."""
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise NoMarket
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        raise NoMarket from None


# all countries for a few years, in two languages, public and not
@lru_cache(maxsize=4096)
def _days(country: str, region: str, year: int, language: str, public: bool) -> Mapping[datetime.date, str]:
    known = _library(country)
    categories = (PUBLIC,) if public else tuple(sorted(set(known.supported_categories) - _SILENT - {PUBLIC}))
    if not categories or PUBLIC not in known.supported_categories:
        return {}
    try:
        return dict(
            holidays.country_holidays(
                country,
                subdiv=region or None,
                years=year,
                language=language or known.default_language,
                categories=categories,
            ).items()
        )
    except NotImplementedError:
        raise NoRegion from None


@lru_cache(maxsize=512)
def _tongue(country: str, language: str) -> str:
    """Return the library's name of a language it knows a country's holidays in: the reader's, else English."""
    known = {normalise(one): one for one in _library(country).supported_languages}
    for wanted in (language, "en"):
        found = match(wanted, known) if wanted else None
        if found is not None:
            return known[found]
    return ""


def regions(country: str) -> tuple[str, ...]:
    """Return the regions with holidays of their own, by the codes of ISO 3166-2 without the country."""
    return tuple(_library(country).subdivisions)


def is_public_holiday(country: str, day: datetime.date, *, region: str = "") -> bool:
    """Say whether a day is a public holiday there; raises NoMarket, NoRegion."""
    return day in _days(country, region, day.year, "", True)


def holidays_on(
    country: str, day: datetime.date, *, region: str = "", language: str = "en"
) -> tuple[Holiday, ...]:
    """Return a day's holidays, public first, named in `language` if that is known; raises NoMarket, NoRegion."""
    tongue = _tongue(country, language)
    found: list[Holiday] = []
    for public in (True, False):
        local = _days(country, region, day.year, "", public).get(day)
        if local and not any(local == other.local_name for other in found):
            name = _days(country, region, day.year, tongue, public).get(day, local)
            found.append(Holiday(day, name, local, public))
    return tuple(found)


def public_holidays(
    country: str, year: int, *, region: str = "", language: str = "en"
) -> tuple[Holiday, ...]:
    """Return a year's public holidays in order; raises NoMarket, NoRegion."""
    local = _days(country, region, year, "", True)
    named = _days(country, region, year, _tongue(country, language), True)
    return tuple(Holiday(day, named.get(day, name), name, True) for day, name in sorted(local.items()))


def coming_holidays(
    country: str, after: datetime.date, *, region: str = "", language: str = "en", most: int
) -> list[Holiday]:
    """Return the next public holidays from a day on, that day included, within two years; raises NoMarket, NoRegion."""
    found = [
        one
        for year in (after.year, after.year + 1)
        for one in public_holidays(country, year, region=region, language=language)
        if one.day >= after
    ]
    return found[:most]
