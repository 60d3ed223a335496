"""`/metrics/today`: how the day goes."""

from typing import Annotated, Any
from zoneinfo import available_timezones

from django.http import HttpRequest
from ninja import Query, Router, Schema

from dragoman.core.conversations.today import today_of
from dragoman.kit.errors import Refusal

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import Moment

router = Router(tags=["metrics"])


class WaitingOut(Schema):
    """Open conversations of one market and language."""

    market: str
    language: str
    open: int
    unassigned: int
    since: Moment


class TodayOut(Schema):
    """The six numbers; times in seconds, null where there is nothing to measure."""

    day_begins: Moment
    open: int
    unassigned: int
    longest_wait: dict[str, Any] | None
    came_in: int
    came_in_by_hour: list[int]
    answered: int
    first_response_median: float | None
    first_response_usual: float | None
    failed: list[str]
    waiting: list[WaitingOut]


@router.get("/metrics/today", response={200: TodayOut, **ERRORS}, summary="How the day goes")
def get_today(request: HttpRequest, time_zone: Annotated[str, Query(max_length=64)] = "UTC") -> Any:
    """Return the six numbers of the Today page for the day of a clock."""
    if time_zone not in available_timezones():
        raise Refusal("Give a time zone such as “Asia/Bangkok”.", code="bad_time_zone", status=422)
    found = today_of(workspace_of(request), zone=time_zone)
    longest = (
        {"conversation": str(found.longest_id), "since": found.longest_since} if found.longest_id else None
    )
    return {
        "day_begins": found.day_begins,
        "open": found.open,
        "unassigned": found.unassigned,
        "longest_wait": longest,
        "came_in": found.came,
        "came_in_by_hour": list(found.by_hour),
        "answered": found.answered,
        "first_response_median": found.first_response,
        "first_response_usual": found.first_response_usual,
        "failed": [str(pk) for pk in found.failed],
        "waiting": [one.__dict__ for one in found.waiting],
    }
