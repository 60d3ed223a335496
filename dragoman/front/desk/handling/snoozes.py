"""Times to put a conversation aside until, in the agent's own day."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import zone_of
from dragoman.kit.errors import Refusal

from ..words import SNOOZES

MORNING = 9


def snooze_times(now: datetime, zone: str) -> list[tuple[str, str, datetime]]:
    """Return (code, words, instant) of each usual time."""
    local = now.astimezone(zone_of(zone))
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    at = {
        "later": now + timedelta(hours=3),
        "tomorrow": morning + timedelta(days=1),
        "monday": morning + timedelta(days=7 - local.weekday()),
        "week": now + timedelta(days=7),
    }
    return [(code, str(words), at[code]) for code, words in SNOOZES.items()]


def chosen_time(code: str, written: str, *, now: datetime, zone: str) -> datetime:
    """Return the instant for a usual time's code, or for a local time as a form writes it; raises Refusal."""
    for known, _words, at in snooze_times(now, zone):
        if known == code:
            return at
    try:
        return datetime.fromisoformat(written).replace(tzinfo=zone_of(zone))
    except ValueError:
        raise Refusal(_("Choose until when to put this aside."), code="no_time", status=422) from None
