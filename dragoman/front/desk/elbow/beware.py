"""What a writer should know before sending: at most two quiet lines, which hold nothing up."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from babel.core import get_global
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.preferences import contact_hours_of
from dragoman.core.playbooks.queries import fact_for
from dragoman.ground.design.functions import format_list, market_name, zone_of
from dragoman.ground.markets.facts import QuietHours, Withdrawal

from .. import market_words as say
from ..conversations.clock import Clock
from ..market_lines import lines
from .market import Market

MOST: Final = 2
# by night, where a market's own quiet hours are not known
_NIGHT: Final = (datetime.time(22), datetime.time(7))
_RETURNS: Final = frozenset({"return_request", "exchange", "cancel_order", "refund_status"})


@dataclass(frozen=True)
class Beware:
    """One line of a kind (`hour`, `returns`, `day`) with its icon."""

    kind: str
    icon: str
    text: str


def warnings_for(
    conversation: Conversation, agent: Agent, market: Market | None, clock: Clock | None
) -> list[Beware]:
    """Return what to mind before this reply goes out, the most pressing first."""
    if conversation.side_of_id is not None:
        return []
    found = [*_hour(conversation, market, clock), *_returns(conversation, agent, market), *_day(market)]
    return found[:MOST]


def _hour(conversation: Conversation, market: Market | None, clock: Clock | None) -> Iterator[Beware]:
    if clock is None:
        return
    there = time_there(clock.zone)
    named = {"time": clock.time, "city": clock.city}
    wanted = contact_hours_of(conversation.customer)
    if wanted and not any(_within(there, span) for span in wanted):
        hours = format_list(f"{say.clock(start)}–{say.clock(end)}" for start, end in wanted)
        yield Beware(
            "hour",
            "clock",
            _("It is %(time)s in %(city)s; the customer wants to be reached %(hours)s.")
            % {**named, "hours": hours},
        )
    elif not wanted and _within(there, _night(market)):
        yield Beware("hour", "snooze", _("It is %(time)s in %(city)s.") % named)


def time_there(zone: str) -> datetime.time:
    """Return the time of day in a zone."""
    return datetime.datetime.now(zone_of(zone)).time()


def _night(market: Market | None) -> tuple[datetime.time, datetime.time]:
    fact = market.holds("quiet_hours") if market else None
    return (fact.value.start, fact.value.end) if fact and isinstance(fact.value, QuietHours) else _NIGHT


def _within(at: datetime.time, span: tuple[datetime.time, datetime.time]) -> bool:
    start, end = span
    return start <= at < end if start < end else at >= start or at < end


def _day(market: Market | None) -> Iterator[Beware]:
    for one in market.holidays(market.today)[:1] if market else ():
        text = _("%(holiday)s today: a public holiday in %(country)s.") if one.public else _(
            "%(holiday)s today in %(country)s: kept, not a day off."
        )  # fmt: skip
        country = market_name(market.country if market else "")
        yield Beware("day", "lantern", text % {"holiday": one.name, "country": country})


def _returns(conversation: Conversation, agent: Agent, market: Market | None) -> Iterator[Beware]:
    """Returns are usually otherwise at home: the days there are not those here."""
    home = str(get_global("zone_territories").get(agent.time_zone, ""))
    if market is None or conversation.intent not in _RETURNS or home in ("", market.country):
        return
    fact = market.holds("withdrawal")
    ours = fact_for(conversation.workspace_id, None, home, "withdrawal", on=market.today)
    if fact is None or ours is None or not isinstance(fact.value, Withdrawal) or fact.value.days is None:
        return
    if _rule(fact.value) != _rule(ours.value):
        right = lines(fact.value)[0].text
        yield Beware(
            "returns",
            "undo",
            _("In %(country)s: %(right)s.") % {"country": market_name(market.country), "right": right},
        )


def _rule(value: object) -> tuple[object, ...]:
    if not isinstance(value, Withdrawal):
        return ()
    return value.right, value.days, value.day_type, value.starts
