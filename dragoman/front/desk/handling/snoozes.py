"""Times to put a conversation aside until, or to send an answer at: in the agent's day, or in the customer's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import zone_of
from dragoman.kit.errors import Refusal

from ..words import SNOOZES

MORNING = 9


@dataclass(frozen=True)
class Zones:
    """Two clocks: the agent's, and the customer's (empty where it is not known), as IANA names."""

    agent: str
    customer: str = ""


def next_morning(now: datetime, zone: str) -> datetime:
    """Return the next nine o'clock of a zone."""
    local = now.astimezone(zone_of(zone))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    return morning if local < morning else morning + timedelta(days=1)


def _usual(now: datetime, zones: Zones) -> dict[str, datetime]:
    local = now.astimezone(zone_of(zones.agent))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    theirs = {"theirs": next_morning(now, zones.customer)} if zones.customer else {}
    return {
        "later": now + timedelta(hours=3),
        **theirs,
        **({"today": morning} if local < morning else {}),
        "tomorrow": morning + timedelta(days=1),
        "monday": morning + timedelta(days=7 - local.weekday()),
        "week": now + timedelta(days=7),
    }


def snooze_times(now: datetime, zones: Zones) -> list[tuple[str, str, datetime]]:
    """Return (code, words, instant) of each usual time."""
    return [(code, str(SNOOZES[code]), at) for code, at in _usual(now, zones).items()]


def plan_times(now: datetime, zones: Zones) -> list[tuple[str, str, datetime]]:
    """Return the times an answer is usually planned for, each once; the customer's morning first, if it is known."""
    wanted = ("theirs", "today", "tomorrow", "monday")
    at = _usual(now, zones)
    firsts = {at[code]: code for code in reversed(wanted) if code in at}
    return [(code, str(SNOOZES[code]), at[code]) for code in wanted if code in firsts.values()]


def chosen_time(code: str, written: str, *, now: datetime, zones: Zones) -> datetime:
    """Return the instant for a usual time's code, or for an agent's local time as a form writes it; raises Refusal."""
    usual = _usual(now, zones)
    return usual[code] if code in usual else written_time(written, zones.agent)


def written_time(written: str, zone: str) -> datetime:
    """Return the instant of a local time as a form writes it; raises Refusal `no_time`."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=zone_of(zone))
    except ValueError:
        raise Refusal(_("Choose a day and an hour."), code="no_time", status=422) from None
