"""How long something may still wait."""

from datetime import datetime

from django.utils import timezone


def left_of(due_at: datetime | None) -> int | None:
    """Return the seconds until a moment, 0 where it has passed; None where there is none."""
    return None if due_at is None else max(0, int((due_at - timezone.now()).total_seconds()))


def is_late(due_at: datetime | None) -> str:
    """Return the class of what is left: `bad` from 5 minutes, `warn` from 30."""
    left = left_of(due_at)
    if left is None or left > 1800:
        return ""
    return "bad" if left <= 300 else "warn"
