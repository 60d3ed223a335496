"""When an answer goes out: what the composer offers, and what a form chose."""

from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.promises import Promise

from ..conversations.clock import clock_for, zone_of_customer
from ..handling.snoozes import Zones, plan_times, written_time
from .quiet import planned_note


def planning_context(conversation: Conversation, agent: Agent, promise: Promise | None) -> dict[str, Any]:
    """Return the times offered, and the city whose clock a typed time follows: the customer's, if known."""
    clock = clock_for(conversation)
    zones = Zones(agent.time_zone, clock.zone if clock else "")
    return {
        "plans": plan_times(timezone.now(), zones),
        "plan_city": clock.city if clock else "",
        "clock": clock,
        "quiet_at": planned_note(conversation, clock, lambda: promise),
    }


def planned_for(form: QueryDict, conversation: Conversation, agent: Agent) -> datetime | None:
    """Return the instant a form plans an answer for, None where it goes out at once; raises Refusal `no_time`."""
    code = form.get("plan", "")
    if not code:
        return None
    theirs = zone_of_customer(conversation)
    usual = {known: at for known, _words, at in plan_times(timezone.now(), Zones(agent.time_zone, theirs))}
    return usual[code] if code in usual else written_time(form.get("plan_at", ""), theirs or agent.time_zone)
