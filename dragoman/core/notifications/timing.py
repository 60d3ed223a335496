"""When a notification leaves the house: presence, digests and quiet hours in the agent's own zone. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

AWAY = timedelta(minutes=5)
# an open page has this long to show it and mark it read
GLANCE = timedelta(seconds=4)
# what follows within this time goes into the same mail
GATHER = timedelta(seconds=20)
MORNING = 8


@dataclass(frozen=True)
class Wishes:
    """What of an agent's settings decides about time."""

    zone: ZoneInfo
    mail_when: str = "away"
    quiet_from: time | None = None
    quiet_to: time | None = None
    seen_at: datetime | None = None


def quiet_until(at: datetime, wishes: Wishes) -> datetime:
    """Return `at`, or the end of the quiet hours it falls into."""
    start, end = wishes.quiet_from, wishes.quiet_to
    if start is None or end is None or start == end:
        return at
    local = at.astimezone(wishes.zone)
    clock = local.time()
    overnight = start > end
    inside = (clock >= start or clock < end) if overnight else start <= clock < end
    if not inside:
        return at
    day = local.date() + timedelta(days=1 if overnight and clock >= start else 0)
    return datetime.combine(day, end, tzinfo=wishes.zone)


def push_time(now: datetime, wishes: Wishes) -> datetime:
    """Return when a push is due."""
    return quiet_until(now + GLANCE, wishes)


def is_away(now: datetime, wishes: Wishes) -> bool:
    """Say whether the agent has not been at the console for five minutes."""
    return wishes.seen_at is None or now - wishes.seen_at >= AWAY


def mail_time(now: datetime, wishes: Wishes) -> datetime:
    """Return when a mail is due."""
    local = now.astimezone(wishes.zone)
    if wishes.mail_when == "hourly":
        due = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    elif wishes.mail_when == "daily":
        due = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
        due = due if due > local else due + timedelta(days=1)
    else:
        due = now + GATHER if is_away(now, wishes) else now + AWAY
    return quiet_until(due, wishes)


def postponed(now: datetime, wishes: Wishes) -> datetime | None:
    """Return until when a due mail waits because the agent is at the console, None where it may go."""
    if wishes.mail_when != "away" or wishes.seen_at is None or is_away(now, wishes):
        held = quiet_until(now, wishes)
        return held if held > now else None
    return quiet_until(wishes.seen_at + AWAY, wishes)
