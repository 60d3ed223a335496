"""The customer strip: how to address them, where they like to talk, how long they wait, and what day it is there."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from babel import dates
from django.utils.translation import gettext as _

from dragoman.core.conversations.actions.translation import manner_in
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.shapes import MessageView
from dragoman.core.playbooks.quiet import is_quiet, quiet_hours
from dragoman.ground.design.functions import (
    calendar_locale,
    format_list,
    language_name,
    market_name,
)
from dragoman.ground.markets.facts import Names, PreferredChannels, Register, ResponseTimes

from .. import market_codes as codes
from .. import market_words as say
from ..conversations.clock import Clock, now_there
from ..words import Say
from .addressed import addressed
from .market import Market

V = TypeVar("V")

SOON: Final = 3  # days ahead that a holiday is told
MOST_DAYS: Final = 2
# what the forms of address are called among the registers of a market
_FORMS: Final = {"casual": "informal", "honorific": "formal"}
_NO_CHANNEL: Final = frozenset({"api", "note", ""})


@dataclass(frozen=True)
class Day:
    """A holiday there, today or soon, in a sentence; `local_name` is what they call it."""

    head: str
    text: str
    local_name: str
    is_today: bool
    is_public: bool


@dataclass(frozen=True)
class Strip:
    """What stands under the customer's name; "" where it is not known.

    `form` is how they are addressed by the market's manner, with their own name where it is known; `order` says which
    name is the surname.
    `presumed` is the code of a country that nobody told; `quiet` are the hours nobody is written to unasked.
    """

    spoken: str
    language: str
    form: str = ""
    order: str = ""
    channels: str = ""
    patience: str = ""
    country: str = ""
    days: tuple[Day, ...] = ()
    presumed: str = ""
    quiet: str = ""
    is_quiet: bool = False


def strip_of(
    conversation: Conversation, market: Market | None, messages: Sequence[MessageView], clock: Clock | None
) -> Strip:
    """Return the strip of a conversation's customer."""
    tag = conversation.language
    if market is None:
        return Strip(language_name(tag) if tag else "", tag)
    country = market_name(market.country)
    level = _level(conversation, market)
    last = next((one.channel for one in reversed(messages) if one.direction == "in"), "")
    names = _value(market, "names", Names)
    quiet, quiet_now = _quiet(conversation, market, clock)
    form = (names.informal if level == "informal" else names.formal) or names.formal if names else ""
    own = addressed(conversation.customer.name, form, names, market.country) if names else ""
    return Strip(
        spoken=format_list([language_name(tag), *_register(level)]) if tag else "",
        language=tag,
        form=own or (say.name_pattern(form) if form else ""),
        order=say.word(codes.ORDERS, names.order) if names else "",
        channels=_channels(market, last),
        patience=_patience(market, last),
        country=_("probably %(country)s") % {"country": country} if market.presumed else country,
        days=days_there(market),
        presumed=market.country if market.presumed else "",
        quiet=quiet,
        is_quiet=quiet_now,
    )


def _quiet(conversation: Conversation, market: Market, clock: Clock | None) -> tuple[str, bool]:
    """Return the quiet hours there, and whether they are now."""
    workspace_id, brand_id = conversation.workspace_id, conversation.brand_id
    found = quiet_hours(workspace_id, brand_id=brand_id, country=market.country, on=market.today)
    hours = f"{say.clock(found.hours.start)}–{say.clock(found.hours.end)}"
    now = clock is not None and is_quiet(
        workspace_id,
        brand_id=brand_id,
        country=market.country,
        time_zone=clock.zone,
        at=now_there(clock.zone),
    )
    return (_("%(hours)s (our own habit)") % {"hours": hours} if found.is_ours else hours), now


def _value(market: Market, kind: str, model: type[V]) -> V | None:
    found = market.holds(kind)
    return found.value if found and isinstance(found.value, model) else None


def _level(conversation: Conversation, market: Market) -> str:
    """Return the register this customer is written in: their wish or the brand's choice, else the market's."""
    form = manner_in(conversation, None).form or conversation.customer.register
    register = _value(market, "register", Register)
    return _FORMS.get(form, form) or (register.level if register else "")


def _register(level: str) -> list[str]:
    word = str(codes.REGISTERS.get(level, ""))
    return [word[:1].lower() + word[1:]] if word else []


def _channels(market: Market, last: str) -> str:
    """Return the channel the customer wrote by last, then the one most liked there."""
    liked = _value(market, "channels", PreferredChannels)
    known = [] if last in _NO_CHANNEL else [Say.channel(last)]
    ranked = [say.channel(code) for code in liked.root if code != last] if liked else []
    first, *then = [*known, *ranked][:2] or [""]
    return _("%(first)s, then %(second)s") % {"first": first, "second": then[0]} if then else first


def _patience(market: Market, last: str) -> str:
    times = _value(market, "response_times", ResponseTimes)
    minutes = times.root.get(last) if times else None
    return _("an answer within %(time)s") % {"time": say.duration(minutes)} if minutes else ""


def days_there(market: Market) -> tuple[Day, ...]:
    """Return today's holidays there, else those of the next days."""
    today = [_day(one.name, one.local_name, one.public) for one in market.holidays(market.today)]
    if today:
        return tuple(today[:MOST_DAYS])
    ahead = (market.today + datetime.timedelta(days=step) for step in range(1, SOON + 1))
    soon = [(day, one) for day in ahead for one in market.holidays(day)]
    return tuple(_day(one.name, one.local_name, one.public, day) for day, one in soon[:MOST_DAYS])


def _day(name: str, local_name: str, public: bool, day: datetime.date | None = None) -> Day:
    if day is None:
        head = _("%(holiday)s today.") % {"holiday": name}
    else:
        written = dates.format_skeleton("MMMEd", day, locale=calendar_locale())
        head = _("%(holiday)s on %(day)s.") % {"holiday": name, "day": written}
    text = _("A public holiday: shops and offices are closed.") if public else _("Kept, not a day off.")
    return Day(head, text, local_name if local_name != name else "", day is None, public)
