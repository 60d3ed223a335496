"""Time zones by country, and whether a name is one, as the tz database says (`tzdata`)."""

import datetime
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from .errors import NoTimeZone, ZoneElsewhere


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return ({country: zones}, {retired name: today's})."""
    there = files("tzdata.zoneinfo")
    of: dict[str, list[str]] = {}
    for line in there.joinpath("zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _place, name, *_note = line.split("\t")
            of.setdefault(country, []).append(name)
    current = {name for names in of.values() for name in names}
    links = {}
    for line in there.joinpath("tzdata.zi").read_text("utf-8").splitlines():
        if line.startswith("L "):
            _sign, target, name = line.split()
            if name not in current and not name.startswith("Etc/") and name != "UTC":
                links[name] = target
    return {country: tuple(names) for country, names in of.items()}, links


def zones_of(country: str) -> tuple[str, ...]:
    """Return a country's zones, as the tz database lists them."""
    return _table()[0].get(country, ())


@lru_cache(maxsize=1)
def places_with_clocks() -> tuple[str, ...]:
    """Return the zones of all countries by name (Europe/Helsinki): no retired names, no bare offsets such as EST."""
    return tuple(sorted({name for names in _table()[0].values() for name in names}))


def zone_today(name: str) -> str:
    """Return a zone's name of today, also for a retired one; "" for what is none."""
    try:
        return zone(name).key
    except NoTimeZone as refusal:
        return str(refusal.details.get("today") or "")


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return a zone by its name of today; raises NoTimeZone, with today's name where one was retired."""
    today = _table()[1].get(name)
    if today:
        raise NoTimeZone(name, today)
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise NoTimeZone(name) from None


def zone_in(country: str, name: str) -> ZoneInfo:
    """Return a zone of a country by its name of today; raises NoTimeZone, and ZoneElsewhere for another country's."""
    found, there = zone(name), zones_in(country)
    if there and found.key not in there:
        raise ZoneElsewhere(name, there)
    return found


@lru_cache(maxsize=1)
def region_zones() -> Mapping[tuple[str, str], str]:
    """Return {(country, region): zone} of all countries whose regions do not all live by one clock."""
    told = tomllib.loads(files(__package__).joinpath("region_zones.toml").read_text("utf-8"))
    return {
        (country, region): name
        for country, of in told.items()
        for name, regions in of.items()
        for region in regions
    }


def zone_of_region(country: str, region: str) -> str:
    """Return the zone of a region, the main one too; "" for no region of the country, or where all have one clock."""
    return region_zones().get((country, region), "")


@lru_cache(maxsize=256)
def zones_in(country: str) -> tuple[str, ...]:
    """Return a country's zones with those of its regions that have a country code of their own (Guam, Réunion)."""
    theirs = (name for (of, _region), name in region_zones().items() if of == country)
    return tuple(dict.fromkeys((*zones_of(country), *theirs)))


@lru_cache(maxsize=512)
def differ(names: tuple[str, ...]) -> bool:
    """Say whether the clocks of zones ever show different hours this year."""
    year = datetime.date.today().year
    days = [datetime.datetime(year, month, 15, tzinfo=datetime.UTC) for month in (1, 3, 7, 10)]
    return len({tuple(day.astimezone(zone(name)).utcoffset() for day in days) for name in names}) > 1
