"""`/hours`: when customers are answered, by scope, and the calendars of days off."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.hours.actions import (
    DayWritten,
    HoursWritten,
    add_feed,
    remove_feed,
    remove_hours,
    save_hours,
)
from dragoman.core.accounts.hours.queries import feeds_of, get_feed, get_hours, rows_of
from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.accounts.models import HolidayFeed, ServiceHours
from dragoman.core.accounts.queries import get_brand, teams_of
from dragoman.core.playbooks.hours import Service, service_for
from dragoman.ground.markets.opening import opening
from dragoman.kit.errors import Refusal

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Market, Moment

router = Router(tags=["hours"])
Clock = Annotated[str, StringConstraints(max_length=5)]
Spans = Annotated[list[tuple[Clock, Clock]], Field(max_length=12)]
ChannelName = Annotated[str, StringConstraints(max_length=30, pattern=r"^[a-z]*$")]


class OneOffIn(In):
    """A day that is closed (no `spans`) or has other hours."""

    day: date
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    spans: Spans = []


class HoursIn(In):
    """Service hours; what is left out of brand, market, team and channel is not named."""

    brand: Annotated[str, StringConstraints(min_length=1, max_length=63)] | None = None
    market: Market = ""
    team: str | None = None
    channel: ChannelName = ""
    time_zone: Annotated[str, StringConstraints(max_length=64)]
    week: Annotated[list[Spans], Field(min_length=7, max_length=7)]
    country: Market = ""
    region: Annotated[str, StringConstraints(max_length=40)] = ""
    days: Annotated[list[OneOffIn], Field(max_length=500)] = []
    targets: dict[ChannelName, int] = {}


class OneOffOut(Schema):
    """A one-off day."""

    day: date
    name: str
    spans: list[tuple[str, str]]


class HoursOut(Schema):
    """Service hours; `week` has seven days, Monday first; `targets` are minutes of open time by channel."""

    id: str
    brand: str | None
    market: str | None
    team: str | None
    channel: str | None
    time_zone: str
    week: list[list[tuple[str, str]]]
    country: str | None
    region: str | None
    days: list[OneOffOut]
    targets: dict[str, int]


class NowOut(Schema):
    """What holds at an instant: `hours` is null where the market's usual hours stand in; times are UTC."""

    open: bool
    hours: str | None
    local_time: datetime
    time_zone: str
    holiday: str | None
    next_open: datetime | None
    next_close: datetime | None


class FeedIn(In):
    """A calendar (iCalendar) of days off, for all hours or for those named."""

    url: Annotated[str, StringConstraints(max_length=2000)]
    name: Annotated[str, StringConstraints(max_length=80)] = ""
    hours: str | None = None


class FeedOut(Schema):
    """A calendar of days off; `error` says in a word why its last answer was bad, `days` are the last good."""

    id: str
    name: str
    url: str
    hours: str | None
    error: str | None
    asked_at: datetime | None
    good_at: datetime | None
    days: list[dict[str, str]]


def _shown(row: ServiceHours) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "brand": row.brand.slug if row.brand else None,
        "market": row.market or None,
        "team": str(row.team_id) if row.team_id else None,
        "channel": row.channel or None,
        "time_zone": row.time_zone,
        "week": row.week,
        "country": row.country or None,
        "region": row.region or None,
        "days": row.days,
        "targets": row.targets,
    }


def _shown_feed(feed: HolidayFeed) -> dict[str, Any]:
    return {
        "id": str(feed.pk),
        "name": feed.name,
        "url": feed.url,
        "hours": str(feed.hours_id) if feed.hours_id else None,
        "error": feed.error or None,
        "asked_at": feed.asked_at,
        "good_at": feed.good_at,
        "days": feed.days,
    }


def _scope(request: HttpRequest, *, brand: str | None, market: str, team: str | None, channel: str) -> Scope:
    workspace_id = workspace_of(request)
    found = teams_of(workspace_id).filter(pk=number_of(team or "")).first()
    if team and found is None:
        raise Refusal("There is no such team.", code="unknown_team", status=422)
    return Scope(
        brand_id=get_brand(workspace_id, brand).pk if brand else None,
        market=market.upper(),
        team_id=found.pk if found else None,
        channel=channel,
    )


def _written(request: HttpRequest, data: HoursIn) -> HoursWritten:
    return HoursWritten(
        time_zone=data.time_zone,
        week=data.week,
        scope=_scope(request, brand=data.brand, market=data.market, team=data.team, channel=data.channel),
        country=data.country.upper(),
        region=data.region,
        days=[DayWritten(one.day, one.name, one.spans) for one in data.days],
        targets=data.targets,
    )


def now_json(service: Service, at: datetime, *, language: str = "en") -> dict[str, Any]:
    """Return what a service says at an instant, as `/hours/now` and the markets tell it."""
    said = opening(service.calendar, at)
    return {
        "open": said.open,
        "hours": str(service.hours.id) if service.hours else None,
        "local_time": said.local_time,
        "time_zone": service.calendar.zone.key,
        "holiday": service.why(said.local_time.date(), language) or None,
        "next_open": said.next_open,
        "next_close": said.next_close,
    }


@router.get("/hours", response={200: Listed[HoursOut], **ERRORS}, summary="List service hours")
def list_hours(request: HttpRequest) -> Any:
    """List all service hours."""
    return {"items": [_shown(row) for row in rows_of(workspace_of(request))], "next": None}


@router.post("/hours", response={201: HoursOut, **ERRORS}, summary="Add service hours")
def post_hours(request: HttpRequest, data: HoursIn) -> Any:
    """Say when customers are answered, for a scope that has no hours yet."""
    workspace_id = workspace_of(request)
    row = save_hours(workspace_id, agent=None, written=_written(request, data))
    return Status(201, _shown(get_hours(workspace_id, row.pk)))


@router.get("/hours/now", response={200: NowOut, **ERRORS}, summary="Which hours hold, and what they say")
def get_now(
    request: HttpRequest,
    brand: Annotated[str | None, Query(min_length=1, max_length=63)] = None,
    market: Market = "",
    team: Annotated[str | None, Query(max_length=20)] = None,
    channel: Annotated[str, Query(max_length=30)] = "",
    at: Moment | None = None,
) -> Any:
    """Tell whether customers are answered now (or `at`), and when they are next: the hours that name most of what is
    asked, else the market's usual ones.
    """
    scope = _scope(request, brand=brand, market=market, team=team, channel=channel)
    found = service_for(
        workspace_of(request),
        brand_id=scope.brand_id,
        market=scope.market,
        team_id=scope.team_id,
        channel=scope.channel,
    )
    if found is None:
        raise Refusal(
            "No hours are set, and none are usual: add some, or name a market.", code="no_hours", status=404
        )
    return now_json(found, at or datetime.now(UTC))


@router.get("/hours/feeds", response={200: Listed[FeedOut], **ERRORS}, summary="List calendars of days off")
def list_feeds(request: HttpRequest) -> Any:
    """List the calendars of days off with the days they brought."""
    return {"items": [_shown_feed(one) for one in feeds_of(workspace_of(request))], "next": None}


@router.post("/hours/feeds", response={201: FeedOut, **ERRORS}, summary="Add a calendar of days off")
def post_feed(request: HttpRequest, data: FeedIn) -> Any:
    """Add a calendar; it is fetched within a minute and daily from then on."""
    workspace_id = workspace_of(request)
    hours = get_hours(workspace_id, number_of(data.hours)).pk if data.hours else None
    made = add_feed(workspace_id, agent=None, name=data.name, url=data.url, hours_id=hours)
    return Status(201, _shown_feed(get_feed(workspace_id, made.pk)))


@router.delete("/hours/feeds/{feed}", response={204: None, **ERRORS}, summary="Remove a calendar of days off")
def delete_feed(request: HttpRequest, feed: str) -> Any:
    """Remove a calendar and the days off it brought."""
    remove_feed(workspace_of(request), agent=None, feed_id=number_of(feed))
    return Status(204, None)


@router.get("/hours/{hours}", response={200: HoursOut, **ERRORS}, summary="Service hours")
def get_one(request: HttpRequest, hours: str) -> Any:
    """Return service hours."""
    return _shown(get_hours(workspace_of(request), number_of(hours)))


@router.put("/hours/{hours}", response={200: HoursOut, **ERRORS}, summary="Change service hours")
def put_hours(request: HttpRequest, hours: str, data: HoursIn) -> Any:
    """Let service hours be these: the whole of them anew."""
    workspace_id, pk = workspace_of(request), number_of(hours)
    get_hours(workspace_id, pk)
    save_hours(workspace_id, agent=None, written=_written(request, data), hours_id=pk)
    return _shown(get_hours(workspace_id, pk))


@router.delete("/hours/{hours}", response={204: None, **ERRORS}, summary="Remove service hours")
def delete_hours(request: HttpRequest, hours: str) -> Any:
    """Remove service hours and their own calendars of days off."""
    remove_hours(workspace_of(request), agent=None, hours_id=number_of(hours))
    return Status(204, None)
