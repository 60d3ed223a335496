"""The ways to reach people: whether somebody is there now, today's hours by the reader's clock, how long it takes."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from babel import dates
from django.utils.translation import gettext as _

from dragoman.core.accounts.hours.queries import hours_for, target_for
from dragoman.core.accounts.hours.rows import Hours, Scope
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import connections_of
from dragoman.core.playbooks.queries import chosen_markets
from dragoman.ground.design.functions import (
    format_list,
    format_moment,
    format_time,
    locale_of,
    ui_language,
    zone_city,
)
from dragoman.ground.markets.calendar import Calendar
from dragoman.ground.markets.zones import zones_of
from dragoman.kit.memo import Memo

from .door import Visit

_addresses: Memo[int, str] = Memo(seconds=60)


@dataclass(frozen=True)
class Way:
    """A way to reach people; `open` is None where nobody set hours."""

    kind: str
    name: str
    href: str
    open: bool | None
    lines: tuple[str, ...]


def ways_of(visit: Visit) -> list[Way]:
    """Return the ways that the brand offers, the quickest first."""
    settings = visit.settings
    found = []
    if settings.chat:
        found.append(_way(visit, "chat", _("Chat"), "#chat"))
    if settings.phone:
        dialled = "".join(letter for letter in settings.phone if letter.isdigit() or letter == "+")
        found.append(_way(visit, "phone", settings.phone, f"tel:{dialled}"))
    address = settings.email or _mailbox(visit)
    if address:
        found.append(_way(visit, "email", _("E-mail"), f"mailto:{address}"))
    return found


def _mailbox(visit: Visit) -> str:
    brand = visit.brand

    def load() -> str:
        boxes = connections_of(brand.workspace_id).exclude(state=Connection.State.OFF)
        found = boxes.filter(brand_id=brand.pk).first()
        return found.address if found else ""

    return _addresses.get(brand.pk, load) or ""


def _way(visit: Visit, channel: str, name: str, href: str) -> Way:
    now = datetime.datetime.now(datetime.UTC)
    brand, market = visit.brand, _market_of(visit)
    # what is usual in a market is no promise of this shop: only hours that it set are told
    hours = hours_for(brand.workspace_id, brand_id=brand.pk, market=market, channel=channel)
    target = target_for(brand.workspace_id, Scope(brand.pk, market, None, channel))
    waiting = [_("Usual time to an answer: %(time)s") % {"time": _long(target)}] if target else []
    if hours is None:
        return Way(channel, name, href, None, tuple(waiting))
    is_open = hours.calendar.is_open(now)
    when = [] if channel == "email" and waiting else [_today(hours, market, now, is_open=is_open)]
    return Way(channel, name, href, None if channel == "email" else is_open, tuple(when + waiting))


def _market_of(visit: Visit) -> str:
    """Return the reader's market: of the address, else the brand's where it has one alone."""
    if visit.market:
        return visit.market
    mine = chosen_markets(visit.brand.workspace_id, visit.brand.pk)
    return mine[0] if len(mine) == 1 else ""


def _today(hours: Hours, market: str, now: datetime.datetime, *, is_open: bool) -> str:
    """Say today's hours, or when it opens again, by the clock of the reader's market where that has one clock."""
    calendar = hours.calendar
    theirs = zones_of(market) if market else ()
    zone = theirs[0] if len(theirs) == 1 else calendar.zone.key
    if is_open:
        return _("Today %(hours)s (%(city)s)") % {
            "hours": format_list(_spans(calendar, now.astimezone(calendar.zone).date(), zone)),
            "city": zone_city(zone),
        }
    opens = calendar.next_open(now)
    if opens is None:
        return _("Closed until further notice")
    return _("Open again %(when)s (%(city)s)") % {"when": format_moment(opens, zone), "city": zone_city(zone)}


def _spans(calendar: Calendar, day: datetime.date, zone: str) -> list[str]:
    """Return the hours of a day; yesterday's where they run on past midnight and none of today's have begun."""
    spans = calendar.spans_of(day) or calendar.spans_of(day - datetime.timedelta(days=1))
    return [
        f"{_clock(day, span.start, calendar.zone, zone)}–{_clock(day, span.end, calendar.zone, zone)}"
        for span in spans
    ]


def _clock(day: datetime.date, minutes: int, here: ZoneInfo, theirs: str) -> str:
    # by the wall's clock: the day may be an hour longer or shorter
    at = datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(minutes=minutes)
    return format_time(at.replace(tzinfo=here), theirs)


def _long(minutes: int) -> str:
    return dates.format_timedelta(
        datetime.timedelta(minutes=minutes), threshold=1, format="long", locale=locale_of(ui_language())
    )
