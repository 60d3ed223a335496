"""How the day goes: six numbers of one workspace, each from an index and with a limit, so that a page may live on them.

A day is one of the reader's clock. What is junk does not count, nor what a machine of ours sent by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from dragoman.kit.memo import Memo

# nobody decides by whether 5,000 or 5,010 wait
MOST = 5000
NEWEST = 20_000
WEEKS = 4
ROWS = 50
_usual: Memo[tuple[int, datetime], float] = Memo(seconds=600)

_OPEN = """
SELECT count(*), count(*) FILTER (WHERE assignee_id IS NULL) FROM (SELECT assignee_id FROM conversations_conversation
  WHERE workspace_id = %(workspace)s AND status = 'open' AND side_of_id IS NULL AND NOT junk
  ORDER BY last_message_at LIMIT %(most)s) o
"""
_LONGEST = """
SELECT id, last_message_at FROM conversations_conversation WHERE workspace_id = %(workspace)s AND status = 'open'
  AND side_of_id IS NULL AND NOT junk ORDER BY last_message_at, id LIMIT 1
"""
_BY_MARKET = """
SELECT market, language, count(*), count(*) FILTER (WHERE assignee_id IS NULL), min(last_message_at) FROM
  (SELECT market, language, assignee_id, last_message_at FROM conversations_conversation
   WHERE workspace_id = %(workspace)s AND status = 'open' AND side_of_id IS NULL AND NOT junk
   ORDER BY last_message_at LIMIT %(most)s) o
GROUP BY 1, 2 ORDER BY 5
"""
# by id from the newest on: ids follow time closely enough, and the index on (workspace, id) is there anyway
_CAME = """
SELECT created_at FROM (SELECT created_at, direction FROM conversations_message WHERE workspace_id = %(workspace)s
  ORDER BY id DESC LIMIT %(newest)s) m WHERE direction = 'in' AND created_at >= %(since)s
"""
# `agent_id` alone would leave out programs: what counts is that it did not go out by itself
_ANSWERED = """
FROM conversations_message m WHERE workspace_id = %(workspace)s AND direction = 'out' AND created_at >= %(since)s
  AND created_at < %(until)s AND NOT coalesce((meta->>'automatic')::bool, false)
"""
_COUNT_ANSWERED = f"SELECT count(*) FROM (SELECT 1 {_ANSWERED} LIMIT %(most)s) a"
# how long a conversation's first answer took, for the first answers that fall into the span
_FIRST = f"""
SELECT extract(epoch FROM a.created_at - asked.created_at) FROM
  (SELECT conversation_id, min(id) AS id, min(created_at) AS created_at FROM
    (SELECT m.conversation_id, m.id, m.created_at {_ANSWERED} ORDER BY created_at LIMIT %(most)s) o
   GROUP BY conversation_id) a
CROSS JOIN LATERAL (SELECT created_at FROM conversations_message q WHERE q.workspace_id = %(workspace)s
  AND q.conversation_id = a.conversation_id AND q.direction = 'in' ORDER BY q.id LIMIT 1) asked
WHERE NOT EXISTS (SELECT 1 FROM conversations_message e WHERE e.workspace_id = %(workspace)s
  AND e.conversation_id = a.conversation_id AND e.id < a.id AND e.direction = 'out'
  AND NOT coalesce((e.meta->>'automatic')::bool, false))
"""
_FAILED = """
SELECT DISTINCT conversation_id FROM (SELECT conversation_id FROM conversations_message
  WHERE workspace_id = %(workspace)s AND direction = 'out' AND created_at >= %(since)s
  AND delivery IN ('failed', 'unconfirmed') ORDER BY created_at DESC LIMIT 100) f ORDER BY 1 DESC LIMIT 10
"""


@dataclass(frozen=True)
class Waiting:
    """Open conversations of one market and language; `since` is the oldest one's last message."""

    market: str
    language: str
    open: int
    unassigned: int
    since: datetime


@dataclass(frozen=True)
class Today:
    """The six numbers and what stands behind them; seconds and UTC, None where there is nothing to measure."""

    day_begins: datetime
    open: int
    unassigned: int
    longest_id: int | None
    longest_since: datetime | None
    came: int
    by_hour: Sequence[int]
    answered: int
    first_response: float | None
    first_response_usual: float | None
    failed: Sequence[int] = field(default_factory=tuple)
    waiting: Sequence[Waiting] = field(default_factory=tuple)
    waiting_more: int = 0
    """Open conversations of the markets and languages that are not among `waiting`."""


def today_of(workspace_id: int, *, zone: str, now: datetime | None = None) -> Today:
    """Return how the day of a clock goes (IANA zone; an unknown one counts as UTC)."""
    now = now or timezone.now()
    begins = _midnight(now, zone)
    common: dict[str, object] = {"workspace": workspace_id, "most": MOST, "newest": NEWEST}
    values = {**common, "since": begins, "until": now + timedelta(days=1)}
    ((count, unassigned),) = _rows(_OPEN, values)
    longest = _rows(_LONGEST, values)
    came = [at for (at,) in _rows(_CAME, values)]
    hours = [0] * 24
    for at in came:
        hours[at.astimezone(begins.tzinfo).hour] += 1
    firsts = [float(seconds) for (seconds,) in _rows(_FIRST, values)]
    waiting = [Waiting(*row) for row in _rows(_BY_MARKET, values)]
    return Today(
        day_begins=begins,
        open=count,
        unassigned=unassigned,
        longest_id=longest[0][0] if longest else None,
        longest_since=longest[0][1] if longest else None,
        came=len(came),
        by_hour=hours,
        answered=_rows(_COUNT_ANSWERED, values)[0][0],
        first_response=median(firsts) if firsts else None,
        first_response_usual=_usual_response(common, begins),
        failed=[pk for (pk,) in _rows(_FAILED, {**values, "since": now - timedelta(days=7)})],
        waiting=waiting[:ROWS],
        waiting_more=sum(one.open for one in waiting[ROWS:]),
    )


def _midnight(now: datetime, zone: str) -> datetime:
    try:
        clock = ZoneInfo(zone or "UTC")
    except (KeyError, ValueError, OSError):
        clock = ZoneInfo("UTC")
    return now.astimezone(clock).replace(hour=0, minute=0, second=0, microsecond=0)


def _usual_response(common: Mapping[str, object], begins: datetime) -> float | None:
    """Return the median first response on this weekday over the last four weeks, ten minutes old at most."""

    def load() -> float:
        firsts: list[float] = []
        for week in range(1, WEEKS + 1):
            since = begins - timedelta(weeks=week)
            span = {**common, "since": since, "until": since + timedelta(days=1)}
            firsts += [float(seconds) for (seconds,) in _rows(_FIRST, span)]
        return median(firsts) if firsts else -1.0

    found = _usual.get((int(str(common["workspace"])), begins), load)
    return found if found is not None and found >= 0 else None


def _rows(statement: str, values: Mapping[str, Any]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(values))
        return list(cursor.fetchall())
