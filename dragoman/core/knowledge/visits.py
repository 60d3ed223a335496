"""Telling one visit from another without knowing whose it is: a keyed hash of a number the browser made up."""

import hashlib
import hmac
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_LENGTH = 32


def visit_of(workspace_id: int, number: str, *, on: date | None = None) -> str:
    """Return what a visit is kept under on a day: the next day the same number is another visit.

    Of neither the number nor the person anything can be read from it; "" for no number.
    """
    if not number:
        return ""
    day = on or timezone.now().date()
    key = f"help:{workspace_id}:{day.isoformat()}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def visits_of(workspace_id: int, number: str, *, at: datetime | None = None) -> tuple[str, ...]:
    """Return what a visit is kept under today and was yesterday, for a browser that stayed open over midnight."""
    today = (at or timezone.now()).date()
    if not number:
        return ()
    return tuple(visit_of(workspace_id, number, on=today - timedelta(days=back)) for back in (0, 1))
