"""Saying when customers are answered: hours by scope, one-off days, calendars of days off."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish
from dragoman.ground.markets.errors import NoRegion
from dragoman.ground.markets.public_holidays import regions
from dragoman.ground.markets.zones import zone
from dragoman.kit.address import clean

from ..events import HoursChanged
from ..models import Agent, HolidayFeed, ServiceHours
from .errors import FeedTaken, HoursTaken, NotYours, WrongFeed, WrongHours
from .queries import get_feed, get_hours, known
from .rows import Scope, read_time, spans_of

MOST_SPANS = 12
MOST_DAYS = 500
MOST_MINUTES = 60 * 24 * 30
WEB = ("http", "https", "webcal")


@dataclass(frozen=True)
class DayWritten:
    """A one-off day as somebody wrote it; no spans: closed."""

    day: datetime.date
    name: str
    spans: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class HoursWritten:
    """Hours as somebody wrote them: times of day as 09:00, `week` seven days, Monday first."""

    time_zone: str
    week: Sequence[Sequence[tuple[str, str]]]
    scope: Scope = field(default_factory=Scope)
    country: str = ""
    region: str = ""
    days: Sequence[DayWritten] = ()
    targets: Mapping[str, int] = field(default_factory=dict)


def save_hours(
    workspace_id: int, *, agent: Agent | None, written: HoursWritten, hours_id: int | None = None
) -> ServiceHours:
    """Store hours, new ones without an id.

    Raises NotYours, NoHours, HoursTaken, WrongHours, NoTimeZone, NoMarket, NoRegion. Brand and team of the scope are
    the caller's to find in the workspace; the database keeps foreign ones out.
    """
    check_may_set(agent)
    row = get_hours(workspace_id, hours_id) if hours_id else ServiceHours(workspace_id=workspace_id)
    values = checked(written)
    scope = written.scope
    for name, value in {
        **values,
        "brand_id": scope.brand_id,
        "market": scope.market,
        "team_id": scope.team_id,
        "channel": scope.channel,
        "changed_at": timezone.now(),
    }.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            # Django's own `save` of one row, insert or update
            row.save(force_insert=not hours_id, force_update=bool(hours_id))
            _changed(workspace_id, row.pk)
    except IntegrityError as fault:
        if "hours_once" not in str(fault):
            raise
        raise HoursTaken from None
    return row


def remove_hours(workspace_id: int, *, agent: Agent | None, hours_id: int) -> None:
    """Remove hours; their own calendars of days off go along. Raises NotYours, NoHours."""
    check_may_set(agent)
    row = get_hours(workspace_id, hours_id)
    with transaction.atomic():
        row.delete()
        _changed(workspace_id, hours_id)


def add_feed(
    workspace_id: int, *, agent: Agent | None, name: str, url: str, hours_id: int | None = None
) -> HolidayFeed:
    """Add a calendar of days off, fetched within a minute; raises NotYours, NoHours, WrongFeed, FeedTaken."""
    check_may_set(agent)
    address = checked_address(url)
    if hours_id:
        get_hours(workspace_id, hours_id)
    called = (clean(name).strip() or urlsplit(address).hostname or "")[:80]
    if HolidayFeed.objects.filter(workspace_id=workspace_id, url=address, hours_id=hours_id).exists():
        raise FeedTaken
    with transaction.atomic():
        feed = HolidayFeed.objects.create(
            workspace_id=workspace_id, name=called, url=address, hours_id=hours_id
        )
        _changed(workspace_id, hours_id or 0)
    return feed


def remove_feed(workspace_id: int, *, agent: Agent | None, feed_id: int) -> None:
    """Remove a calendar and the days off it brought; raises NotYours, NoFeed."""
    check_may_set(agent)
    feed = get_feed(workspace_id, feed_id)
    with transaction.atomic():
        feed.delete()
        _changed(workspace_id, feed.hours_id or 0)


def ask_again(workspace_id: int, *, agent: Agent | None, feed_id: int) -> None:
    """Let a calendar be fetched within a minute; raises NotYours, NoFeed."""
    check_may_set(agent)
    feed = get_feed(workspace_id, feed_id)
    HolidayFeed.objects.filter(workspace_id=workspace_id, pk=feed.pk).update(asked_at=None)


def note_answer(feed: HolidayFeed, *, days: list[dict[str, str]] | None, error: str) -> None:
    """Store what a calendar answered; without days (it failed) the last good ones are kept."""
    now = timezone.now()
    mine = HolidayFeed.objects.filter(workspace_id=feed.workspace_id, pk=feed.pk)
    with transaction.atomic():
        if days is None:
            mine.update(asked_at=now, error=error)
            return
        mine.update(asked_at=now, good_at=now, error="", days=days)
        if days != feed.days:
            _changed(feed.workspace_id, feed.hours_id or 0)


def check_may_set(agent: Agent | None) -> None:
    """Refuse others than leads; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise NotYours


def checked(written: HoursWritten) -> dict[str, Any]:
    """Return hours as they are kept; raises WrongHours, NoTimeZone, NoMarket, NoRegion."""
    zone(written.time_zone)
    if written.scope.channel:
        _check_channel(written.scope.channel, "channel")
    there = regions(written.country) if written.country else ()
    if written.region and written.region not in there:
        raise NoRegion
    if len(written.week) != 7:
        raise WrongHours(_("A week has seven days, Monday first."), place="week")
    if len(written.days) > MOST_DAYS:
        raise WrongHours(_("At most %(most)d one-off days.") % {"most": MOST_DAYS}, place="days")
    twice = {one.day for one in written.days}
    if len(twice) != len(written.days):
        raise WrongHours(_("A one-off day is named twice."), place="days")
    return {
        "time_zone": written.time_zone,
        "week": [_checked_day(day, f"week.{number}") for number, day in enumerate(written.week)],
        "country": written.country,
        "region": written.region,
        "days": [
            {
                "day": one.day.isoformat(),
                "name": clean(one.name).strip()[:80],
                "spans": _checked_day(one.spans, f"days.{one.day.isoformat()}"),
            }
            for one in sorted(written.days, key=lambda one: one.day)
        ],
        "targets": {channel: _checked_target(channel, target) for channel, target in written.targets.items()},
    }


def _checked_day(spans: Sequence[tuple[str, str]], place: str) -> list[list[str]]:
    if len(spans) > MOST_SPANS:
        raise WrongHours(_("At most %(most)d times a day.") % {"most": MOST_SPANS}, place=place)
    plain = []
    for start, end in spans:
        try:
            plain.append([f"{read_time(one):%H:%M}" for one in (start, end)])
        except ValueError:
            said = _("“%(start)s–%(end)s” is no time: write it as 09:00–17:00.")
            raise WrongHours(said % {"start": start[:20], "end": end[:20]}, place=place) from None
    plain.sort()
    found = spans_of(plain)
    for earlier, later in pairwise(found):
        if later.start < earlier.end:
            raise WrongHours(_("Two times of the same day overlap: make them one."), place=place)
    return plain


def _check_channel(name: str, place: str) -> None:
    if name not in channels:
        said = _("There is no channel “%(name)s” here. Channels: %(known)s.")
        raise WrongHours(said % {"name": name[:30], "known": ", ".join(sorted(channels))}, place=place)


def _checked_target(channel: str, minutes: int) -> int:
    _check_channel(channel, f"targets.{channel}")
    if not 0 < minutes <= MOST_MINUTES:
        raise WrongHours(_("Answer within 1 minute to 30 days."), place=f"targets.{channel}")
    return minutes


def checked_address(url: str) -> str:
    """Return the address a calendar is fetched from, `webcal` as https; raises WrongFeed."""
    address = clean(url).strip()
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise WrongFeed from None
    if parts.scheme.lower() not in WEB or not parts.hostname or parts.username or len(address) > 2000:
        raise WrongFeed
    if port not in (None, 80, 443):
        raise WrongFeed
    return parts._replace(scheme="https").geturl() if parts.scheme.lower() == "webcal" else address


def _changed(workspace_id: int, hours_id: int) -> None:
    publish(HoursChanged(workspace_id=workspace_id, hours_id=hours_id))
    transaction.on_commit(known.forget)
