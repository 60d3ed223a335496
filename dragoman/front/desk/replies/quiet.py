"""Quiet hours at the customer's: said beside an answer that is planned into them, never in the way of it."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from dragoman.core.conversations.countries import country_of
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.promises import Promise
from dragoman.core.playbooks.quiet import quiet_hours
from dragoman.ground.design.functions import format_moment, format_time, zone_city, zone_of

from ..conversations.clock import Clock


def planned_note(
    conversation: Conversation, clock: Clock | None, promise: Callable[[], Promise | None]
) -> Callable[[datetime], str]:
    """Return what says of an instant why an answer had better not go out then: promised earlier, or quiet there.

    `promise` is asked for each instant, and by none where nothing is planned.
    """

    def note(at: datetime) -> str:
        told = promise()
        is_late = told is not None and told.answered_at is None and at > told.by
        late = _("Later than promised.") if is_late else ""
        return " ".join(one for one in (late, quiet_note(conversation, clock, at)) if one)

    return note


def quiet_note(conversation: Conversation, clock: Clock | None, at: datetime) -> str:
    """Say that an instant falls into a customer's quiet hours, who sets them and when they end; else empty.

    It only warns: a customer who waits for an answer may have it at any hour.
    """
    if clock is None:
        return ""
    here, country = zone_of(clock.zone), country_of(conversation)
    local = at.astimezone(here)
    quiet = quiet_hours(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        country=country.code if country else "",
        on=local.date(),
    )
    allowed = quiet.allowed(here)
    if allowed.is_open(at):
        return ""
    facts = {"time": format_time(at, clock.zone), "city": zone_city(clock.zone)}
    opens = allowed.next_open(at)
    said = [_("%(time)s in %(city)s: quiet hours there.") % facts]
    if opens:
        said.append(_("They end %(when)s.") % {"when": format_moment(opens, clock.zone)})
    if clock.guessed:
        said.append(f"({clock.basis})")
    if quiet.is_ours:
        said.append(_("No law is known; this is our own habit."))
    return " ".join(said)
