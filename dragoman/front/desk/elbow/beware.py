"""What a writer should know before sending: a few quiet lines, which hold nothing up."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from babel.core import get_global
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.promises import Promise
from dragoman.core.customers.preferences import contact_hours_of
from dragoman.core.playbooks.queries import fact_for
from dragoman.core.playbooks.quiet import is_quiet
from dragoman.ground.design.functions import format_list, market_name, zone_city
from dragoman.ground.markets.facts import Withdrawal

from .. import market_words as say
from ..conversations.clock import Clock, both, now_there
from ..market_lines import lines
from ..today.views import duration
from .closed_days import closed_days
from .market import Market

MOST: Final = 2  # of each sort: what was or is being promised, and what it is like there
_SOON: Final = datetime.timedelta(hours=1)
_RETURNS: Final = frozenset({"return_request", "exchange", "cancel_order", "refund_status"})


@dataclass(frozen=True)
class Beware:
    """One line of a kind (`promise`, `promised_day`, `hour`, `returns`, `day`) with its icon; `warns`: it is urgent."""

    kind: str
    icon: str
    text: str
    warns: bool = False


def warnings_for(
    conversation: Conversation,
    agent: Agent,
    market: Market | None,
    clock: Clock | None,
    promise: Promise | None,
    preview: Preview | None = None,
) -> list[Beware]:
    """Return what to mind before this reply goes out, the most pressing first."""
    if conversation.side_of_id is not None:
        return []
    days = closed_days(conversation, agent, market, clock, preview)
    promised = [
        *_promise(promise, agent, clock),
        *(Beware("promised_day", "lantern", text, warns=True) for text in days),
    ]
    found = [*_hour(conversation, market, clock), *_returns(conversation, agent, market), *_day(market)]
    return [*promised[:MOST], *found[:MOST]]


def _promise(promise: Promise | None, agent: Agent, clock: Clock | None) -> Iterator[Beware]:
    """Say that the answer is late already, or has to go out within the hour."""
    if promise is None or promise.answered_at is not None:
        return
    when, left = both(promise.by, agent.time_zone, clock), promise.by - timezone.now()
    if promise.state == "late":
        text = _("Late: the customer was promised an answer by %(when)s.") % {"when": when}
        yield Beware("promise", "clock", text, warns=True)
    elif left < _SOON:
        text = _("An answer is promised by %(when)s: %(left)s left.")
        facts = {"when": when, "left": duration(left.total_seconds())}
        yield Beware("promise", "clock", text % facts, warns=True)


def _hour(conversation: Conversation, market: Market | None, clock: Clock | None) -> Iterator[Beware]:
    if clock is None:
        return
    there = now_there(clock.zone)
    # "probably" belongs to a sentence of its own, not to the name of the city
    named = {"time": clock.time, "city": zone_city(clock.zone)}
    wanted = contact_hours_of(conversation.customer)
    if wanted and not any(_within(there.time(), span) for span in wanted):
        hours = format_list(f"{say.clock(start)}–{say.clock(end)}" for start, end in wanted)
        said = _("It is %(time)s in %(city)s; the customer wants to be reached %(hours)s.") % {
            **named,
            "hours": hours,
        }
        yield Beware("hour", "clock", said)
    elif not wanted and _is_quiet(conversation, market, clock, there):
        said = _("It is probably %(time)s there.") if clock.guessed else _("It is %(time)s in %(city)s.")
        yield Beware("hour", "snooze", said % named)


def _is_quiet(
    conversation: Conversation, market: Market | None, clock: Clock, there: datetime.datetime
) -> bool:
    """Say whether nobody is written to unasked there by now, on the days off of the strip's quiet hours too."""
    return is_quiet(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        country=market.country if market else "",
        time_zone=clock.zone,
        at=there,
    )


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
    if (
        market is None
        or market.presumed
        or conversation.intent not in _RETURNS
        or home in ("", market.country)
    ):
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
