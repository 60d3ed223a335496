"""Whether a thing is in motion, so that a page just drawn asks again once its stream is open."""

from datetime import datetime, timedelta

from django.utils import timezone

JUST_NOW = timedelta(minutes=2)


def is_moving(last: datetime | None) -> bool:
    """Say whether something happened here within the last two minutes."""
    return last is not None and timezone.now() - last < JUST_NOW
