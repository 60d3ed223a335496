"""Time zones by country, and whether a name is one, as the tz database says (`tzdata`)."""

import datetime
import tomllib
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
    found, there = zone(name), zones_of(country)
    if there and found.key not in there:
        raise ZoneElsewhere(name, there)
    return found


@lru_cache(maxsize=1)
def _of_regions() -> dict[tuple[str, str], str]:
    told = tomllib.loads(files(__package__).joinpath("region_zones.toml").read_text("utf-8"))
    return {
        (country, region): name
        for country, of in told.items()
        for name, regions in of.items()
        for region in regions
    }


def zone_of_region(country: str, region: str) -> str:
    """Return the zone of a region whose clock is not the one most people of its country live by; else ""."""
    return _of_regions().get((country, region), "")


@lru_cache(maxsize=512)
def differ(names: tuple[str, ...]) -> bool:
    """Say whether the clocks of zones ever show different hours this year."""
    year = datetime.date.today().year
    days = [datetime.datetime(year, month, 15, tzinfo=datetime.UTC) for month in (1, 3, 7, 10)]
    return len({tuple(day.astimezone(zone(name)).utcoffset() for day in days) for name in names}) > 1
