"""`/markets`: what holds in a country, law and a brand's policy side by side, and when it is open there."""

import datetime
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.playbooks.models import BrandMarket
from dragoman.core.playbooks.opening import opening_in
from dragoman.core.playbooks.places import place_in
from dragoman.core.playbooks.queries import (
    Told,
    brands_selling,
    find_market,
    told,
)
from dragoman.ground.design.functions import locale_of
from dragoman.ground.markets import library
from dragoman.ground.markets.facts import Hours
from dragoman.ground.markets.opening import main_zone
from dragoman.ground.markets.playbook import Fact, countries, playbook
from dragoman.ground.markets.public_holidays import coming_holidays, regions
from dragoman.ground.markets.zones import zones_in
from dragoman.kit.tags import is_known, normalise

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import Day, Listed, Moment, Tag

router = Router(tags=["markets"])

HOLIDAYS = 8
# a plus sign that was not escaped in a query arrives as a space
_PLUS_LOST = re.compile(r"^(.+[Tt].+) (\d\d:?\d\d)$")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d.*")


Address = Annotated[str, StringConstraints(max_length=500)]


def _instant(written: object) -> object:
    if not isinstance(written, str):
        return written
    mended = _PLUS_LOST.sub(r"\1+\2", written)
    if not _RFC_3339.fullmatch(mended):
        raise ValueError("give a time as 2026-11-27T09:30:00Z")
    return mended


At = Annotated[Moment, BeforeValidator(_instant)]


class MarketOut(Schema):
    """A country there is a playbook for; `languages` the most usual first, `brands` are slugs."""

    country: str
    name: str
    languages: list[str]
    currency: str | None
    time_zone: str
    brands: list[str]


class SourceOut(Schema):
    """Where a fact stands; `read` is the day somebody read it, null: only named from general knowledge."""

    title: str
    url: str | None
    read: datetime.date | None


class PolicyOut(Schema):
    """What a brand does; never below the law."""

    value: Any
    reason: str
    since: datetime.date


class FactOut(Schema):
    """One kind of fact. `value` is the playbook's or the brand's correction of it, null: nobody has read a source.

    `holds` is what customers are told: the brand's policy, else `value`. `playbook` is the playbook's own where the
    brand corrected it. `verified`: a source was read for the playbook; a correction's is the brand's own word.
    `below_playbook`: the least that was read of the law, where the correction says less; else empty. `remarks` say
    what is easily overlooked in what holds. `stale`: last looked up over a year before `on`.
    """

    kind: str
    value: Any
    holds: Any
    policy: PolicyOut | None
    corrected: bool
    playbook: Any
    below_playbook: str
    remarks: list[str]
    legal: bool
    sources: list[SourceOut]
    checked: datetime.date | None
    verified: bool
    stale: bool
    law: str
    note: str
    valid_from: datetime.date | None
    valid_to: datetime.date | None


class SpokenOut(Schema):
    """A language and how many know it, in percent of the people."""

    language: str
    percent: float
    official: bool


class HolidayOut(Schema):
    """A public holiday: named in the language asked for where that is known, and as it is called there."""

    day: datetime.date
    name: str
    local_name: str


class PlaceOut(Schema):
    """Where in a country a brand sells: the region whose holidays count, and the zone; empty: the usual."""

    country: str
    region: str
    time_zone: str


class BookOut(Schema):
    """All that is known of a country on a day, for a brand or for nobody."""

    country: str
    name: str
    brand: str | None
    market: PlaceOut | None
    on: datetime.date
    facts: dict[str, FactOut]
    languages: list[SpokenOut]
    currencies: list[str]
    time_zone: str
    time_zones: list[str]
    first_weekday: str
    weekend: list[str]
    calling_code: int
    address_lines: list[str]
    address_required: list[str]
    regions: list[str]
    holidays: list[HolidayOut]


class HoursOut(Schema):
    """Whether it is open; null where no hours are known. `next_open` and `next_close` come later than `at`.

    `holiday` is the name of today's public holiday there, `observances` are days that are only kept. `basis` says
    whose hours these are: the brand's own (`brand`), what the playbook calls usual (`usual`), or none (`unknown`).
    """

    open: bool | None
    local_time: datetime.datetime
    time_zone: str
    holiday: str | None
    next_open: datetime.datetime | None
    next_close: datetime.datetime | None
    observances: list[str]
    basis: Literal["brand", "usual", "unknown"]


def _name(country: str, language: str) -> str:
    return str(locale_of(language).territories.get(country, country))


def _reader(request: HttpRequest, language: str | None) -> str:
    """Return the language names are told in: the one asked for, else the first of Accept-Language there is."""
    if language:
        return normalise(language)
    wished = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((normalise(tag) for tag, _weight in wished if is_known(tag)), "en")


@router.get("/markets", response={200: Listed[MarketOut], **ERRORS}, summary="List the markets")
def list_markets(request: HttpRequest, language: Tag | None = None) -> Any:
    """List every country there is a playbook for, by code, named in `language` or that of Accept-Language."""
    selling, today = brands_selling(workspace_of(request)), datetime.datetime.now(datetime.UTC).date()
    reader = _reader(request, language)
    return {
        "items": [
            {
                "country": code,
                "name": _name(code, reader),
                "languages": _languages(code, today),
                "currency": next(iter(_currencies(code, today)), None),
                "time_zone": main_zone(code),
                "brands": selling.get(code, []),
            }
            for code in countries()
        ],
        "next": None,
    }


def _languages(country: str, on: datetime.date) -> Sequence[str]:
    fact = playbook(country).fact("languages", on=on)
    known = [one.language for one in library.country(country).languages if one.official]
    return fact.plain if fact else known


def _currencies(country: str, on: datetime.date) -> Sequence[str]:
    fact = playbook(country).fact("currency", on=on)
    return [str(fact.plain)] if fact else library.country(country).currencies


@router.get("/markets/{country}", response={200: BookOut, **ERRORS}, summary="One market")
def get_one(
    request: HttpRequest,
    country: str,
    brand: Annotated[str | None, Query(min_length=1, max_length=63)] = None,
    on: Day | None = None,
    language: Tag | None = None,
) -> Any:
    """Return all that is known of a country on a day (today), with a brand's policies beside the law."""
    workspace_id, code = workspace_of(request), country.upper()
    ours = get_brand(workspace_id, brand) if brand else None
    today = on or datetime.datetime.now(datetime.UTC).date()
    facts = told(workspace_id, ours.pk if ours else None, code, on=today)
    chosen = find_market(workspace_id, ours.pk, code) if ours else None
    place = place_in(workspace_id, ours.pk if ours else None, code, chosen)
    known, reader = library.country(code), _reader(request, language)
    return {
        "country": code,
        "name": _name(code, reader),
        "brand": ours.slug if ours else None,
        "market": place_json(chosen) if chosen else None,
        "on": today,
        "facts": {kind: fact_json(one, today) for kind, one in facts.items()},
        "languages": [vars(one) for one in known.languages],
        "currencies": _currencies(code, today),
        "time_zone": place.zone,
        "time_zones": zones_in(code),
        "first_weekday": known.first_weekday,
        "weekend": known.weekend,
        "calling_code": known.calling_code,
        "address_lines": known.address_lines,
        "address_required": known.address_required,
        "regions": regions(code),
        "holidays": [
            {"day": one.day, "name": one.name, "local_name": one.local_name}
            for one in coming_holidays(code, today, region=place.region, language=reader, most=HOLIDAYS)
        ],
    }


def _remarks(fact: Fact | None) -> list[str]:
    if fact is None or not isinstance(fact.value, Hours):
        return []
    late = [one for one in fact.value.root if one.end <= one.start]
    return [
        _("%(start)s to %(end)s ends on the next day.")
        % {"start": one.start.strftime("%H:%M"), "end": one.end.strftime("%H:%M")}
        for one in late
    ]


def fact_json(one: Told, today: datetime.date) -> dict[str, Any]:
    """Return a kind of fact as the API shows it."""
    fact: Fact | None = one.fact
    return {
        "kind": one.kind,
        "value": fact.plain if fact else None,
        "holds": one.holds.plain if one.holds else None,
        "policy": {
            "value": one.policy.plain,
            "reason": one.policy_reason,
            "since": one.policy.checked,
        }
        if one.policy
        else None,
        "corrected": one.is_corrected,
        "playbook": one.written.plain if one.is_corrected and one.written else None,
        "below_playbook": one.lowers,
        "remarks": _remarks(one.holds),
        "legal": one.is_legal,
        "sources": [source.model_dump() for source in fact.sources] if fact else [],
        "checked": fact.checked if fact else None,
        "verified": bool(fact and fact.verified),
        "stale": bool(fact and fact.is_stale(today)),
        "law": fact.law if fact else "",
        "note": fact.note if fact else "",
        "valid_from": fact.valid_from if fact else None,
        "valid_to": fact.valid_to if fact else None,
    }


@router.get("/markets/{country}/hours", response={200: HoursOut, **ERRORS}, summary="Is it open there?")
def get_hours(
    request: HttpRequest,
    country: str,
    at: At | None = None,
    brand: Annotated[str | None, Query(min_length=1, max_length=63)] = None,
    region: Annotated[str, Query(max_length=40)] = "",
    time_zone: Annotated[str, Query(max_length=64)] = "",
    language: Tag | None = None,
) -> Any:
    """Say whether shops there answer at an instant (now): the brand's hours, else the playbook's usual ones.

    Public holidays of the country, and of the region if one is named, are closed.
    """
    workspace_id, code = workspace_of(request), playbook(country.upper()).country
    found = opening_in(
        workspace_id,
        brand_id=get_brand(workspace_id, brand).pk if brand else None,
        country=code,
        at=at or datetime.datetime.now(datetime.UTC),
        region=region_of(code, region),
        time_zone=time_zone,
        language=_reader(request, language),
    )
    return {
        "open": found.open,
        "local_time": found.local_time,
        "time_zone": found.time_zone,
        "holiday": found.holiday,
        "next_open": found.next_open,
        "next_close": found.next_close,
        "observances": found.observances,
        "basis": found.basis,
    }


def region_of(country: str, written: str) -> str:
    """Return a region as the country lists it, whatever its case; one it does not list as it is written."""
    return next((one for one in regions(country) if one.casefold() == written.casefold()), written)


def place_json(market: BrandMarket) -> dict[str, Any]:
    """Return where a brand sells, as the API shows it."""
    return {"country": market.country, "region": market.region, "time_zone": market.time_zone}
