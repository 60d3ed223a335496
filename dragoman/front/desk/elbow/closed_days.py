"""Days that a draft names and on which nobody works, here or at the customer's."""

import datetime
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.days_said import DaySaid, days_said
from dragoman.core.playbooks.hours import Service, service_for
from dragoman.ground.design.functions import (
    format_date,
    format_time,
    market_name,
    ui_language,
    zone_city,
    zone_of,
)
from dragoman.ground.markets.errors import NoMarket, NoRegion
from dragoman.ground.markets.opening import usual_calendar

from ..conversations.clock import Clock, now_there
from .market import Market

MOST: Final = 3  # days of a draft that are looked at


def closed_days(
    conversation: Conversation,
    agent: Agent,
    market: Market | None,
    clock: Clock | None,
    preview: Preview | None,
) -> Iterator[str]:
    """Say of each day a draft names that it is a holiday or closed, here or there, or its hour outside the hours."""
    if preview is None:
        return
    zone = clock.zone if clock else agent.time_zone
    today = now_there(zone).date()
    said = days_said(preview.source_text, preview.source_language, today=today)[:MOST]
    if not said:
        return
    service = service_for(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        market=conversation.market or conversation.customer.market,
        team_id=conversation.team_id,
        channel=conversation.channel,
    )
    for one in said:
        text = _there(one, market) or _here(one, service) or _hour(one, service, clock)
        if text:
            yield text


def _day(one: DaySaid) -> str:
    return f"“{one.words}” ({format_date(one.day)})"


def _there(one: DaySaid, market: Market | None) -> str:
    """Say that it is a public holiday at the customer's, or a day off there as usual."""
    if market is None:
        return ""
    facts = {"day": _day(one), "country": market_name(market.country)}
    holiday = next((found.name for found in market.holidays(one.day) if found.public), "")
    if holiday:
        return _("%(day)s is a public holiday in %(country)s: %(holiday)s.") % {**facts, "holiday": holiday}
    try:
        usual = usual_calendar(market.country, region=market.region, on=market.today)
    except (NoMarket, NoRegion):
        return ""
    closed = usual is not None and not usual.spans_of(one.day)
    return _("%(day)s is a day off in %(country)s.") % facts if closed else ""


def _here(one: DaySaid, service: Service | None) -> str:
    """Say that we are closed on it, where the workspace set its hours."""
    if service is None or service.hours is None or service.calendar.spans_of(one.day):
        return ""
    why = service.why(one.day, ui_language())
    if why:
        return _("We are closed on %(day)s: %(why)s.") % {"day": _day(one), "why": why}
    return _("We are closed on %(day)s.") % {"day": _day(one)}


def _hour(one: DaySaid, service: Service | None, clock: Clock | None) -> str:
    """Say that an hour, by the customer's clock, is none of ours."""
    if one.hour is None or service is None or service.hours is None or clock is None:
        return ""
    at = datetime.datetime.combine(one.day, one.hour, zone_of(clock.zone))
    if service.calendar.is_open(at):
        return ""
    return _("%(day)s, %(time)s in %(city)s: outside our hours, it is %(ours)s here then.") % {
        "day": _day(one),
        "time": format_time(at, clock.zone),
        "city": zone_city(clock.zone),
        "ours": format_time(at, service.calendar.zone.key),
    }
