"""How many conversations stand in each saved view: at most 99 counted, in bounded time, kept for some seconds."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from psycopg.errors import QueryCanceled

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.asked import asked
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.narrow import narrowed
from dragoman.core.conversations.queries import active, filters_of_view, reader_of
from dragoman.core.conversations.shapes import Filters

from .models import SavedView
from .queries import filters_of

# more than these are not told apart
COUNTED = 99
# newest conversations of a status in which a view counts: whatever it is narrowed to, counting costs the same
WALKED = 5000
# milliseconds for all views at once; where that is too little, for one of them, and seconds for the whole round
ALL, EACH, ROUND = 400, 150, 1.0
# seconds in which nobody counts again, and in which what was counted is better than nothing
FRESH, KEPT = 5.0, 600.0


@dataclass(frozen=True)
class Counts:
    """What was counted: by view, None where it took too long; at most COUNTED + 1. `at` in seconds since 1970."""

    of: dict[int, int | None] = field(default_factory=dict)
    at: float = 0.0

    def wait(self, views: Sequence[SavedView]) -> float | None:
        """Return after how many seconds these views should be counted anew; None where there are none."""
        if not views:
            return None
        if any(view.pk not in self.of for view in views):
            return 0.0
        return max(0.0, round(self.at + FRESH - time.time(), 1))


def _key(agent: Agent) -> str:
    return f"segments:counts:{agent.workspace_id}:{agent.pk}"


def known_counts(agent: Agent) -> Counts:
    """Return what was counted last for this agent, without counting."""
    return cache.get(_key(agent)) or Counts()


def counts_of(agent: Agent, views: Sequence[SavedView]) -> Counts:
    """Count what stands in each view now, unless that was done within FRESH seconds."""
    known = known_counts(agent)
    if known.wait(views) != 0.0:
        return known
    counted = _together(agent, views)
    if counted is None:
        counted = _each(agent, views, known)
    found = Counts(counted, time.time())
    cache.set(_key(agent), found, KEPT)
    return found


def _walked(agent: Agent, view: SavedView) -> QuerySet[Conversation]:
    """Return some conversations of a view, found among the newest WALKED of its status and assignee."""
    wanted = asked(agent.workspace_id, view.q, reader_of(agent))
    filters = filters_of_view(agent, view.view, filters_of(view))
    everything = conversations_of(agent.workspace_id)
    found = narrowed(everything, filters, wanted)
    if wanted.in_messages:
        hits = RawSQL(
            "SELECT of_group FROM search_messages_from(%s::tsquery, NULL, %s, false)",
            [wanted.dated_query, COUNTED + 1],
        )
        return found.filter(pk__in=hits).order_by()[: COUNTED + 1]
    scope = Filters(
        status=filters.status, assignee=filters.assignee, unassigned=filters.unassigned, junk=filters.junk
    )
    recent = narrowed(everything, scope, asked(agent.workspace_id, ""))
    newest = recent.order_by("-last_message_at", "-id").values("pk")[:WALKED]
    return active(found, wanted).filter(pk__in=newest).order_by()[: COUNTED + 1]


def _together(agent: Agent, views: Sequence[SavedView]) -> dict[int, int | None] | None:
    """Count all views in one round trip; None where that took too long."""
    parts: list[str] = []
    values: list[Any] = []
    counted: list[int] = []
    for view in views:
        try:
            sql, given = _walked(agent, view).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) v{view.pk})")
        values += given
        counted.append(view.pk)
    none: dict[int, int | None] = dict.fromkeys((view.pk for view in views), 0)
    if not parts:
        return none
    found = within(ALL, f"SELECT {', '.join(parts)}", values)
    return None if found is None else {**none, **dict(zip(counted, found, strict=True))}


def _each(agent: Agent, views: Sequence[SavedView], known: Counts) -> dict[int, int | None]:
    """Count one view after another; one that takes too long, or for which no time is left, keeps its last number."""
    started = time.monotonic()
    counts: dict[int, int | None] = {}
    # those that were not counted the last time are first now
    for view in sorted(views, key=lambda view: known.of.get(view.pk) is not None):
        counts[view.pk] = known.of.get(view.pk)
        if time.monotonic() - started < ROUND:
            try:
                sql, given = _walked(agent, view).values("pk").query.sql_with_params()
            except EmptyResultSet:
                counts[view.pk] = 0
                continue
            found = within(EACH, f"SELECT count(*) FROM ({sql}) v", given)
            counts[view.pk] = counts[view.pk] if found is None else found[0]
    return counts


def within(patience: int, sql: str, values: Sequence[Any]) -> tuple[int, ...] | None:
    """Return the first row of a statement, None where `patience` milliseconds do not suffice."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{patience}ms"])
            cursor.execute(sql, values)
            row: tuple[int, ...] = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
            return row
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        return None
