"""Asking about conversations: lists, one thread, counts. Permission is in the query."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from django.db import connection
from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.queries import addresses_of
from dragoman.ground.database.compiled import compiled
from dragoman.kit import workspace

from . import search
from .access import conversations_of, get_conversation
from .asked import Asked, Reader, asked
from .cursors import after_id, after_place, decode, encode
from .models import Conversation, Direction, Message, Status
from .narrow import narrowed, narrows
from .passages import passages
from .ports import groups
from .shapes import Filters, Page, Row

__all__ = ["conversation_page", "get_conversation", "inbox_page", "rail_of"]

LIVE = (Status.OPEN.value, Status.PENDING.value, Status.SNOOZED.value)
VIEWS: dict[str, str] = {
    "mine": "open",
    "unassigned": "open",
    "open": "open",
    "pending": "pending",
    "snoozed": "snoozed",
    "resolved": "resolved",
    "closed": "closed",
    "drafts": "",
    "all": "",
    "junk": "",
}
_COLUMNS = [
    "id",
    "subject",
    "preview",
    "preview_translated",
    "status",
    "priority",
    "channel",
    "language",
    "market",
    "intent",
    "sentiment",
    "tension",
    "unread",
    "tags",
    "junk",
    "last_message_at",
    "snoozed_until",
    "customer_id",
    "customer__name",
    "assignee_id",
    "assignee__name",
    "team_id",
    "brand__slug",
    "brand__name",
]


# the orders a list may have; by `id` a program that reads along neither misses nor repeats a conversation
Sort = Literal["-last_message_at", "last_message_at", "-id", "id"]
SORTS: dict[Sort, tuple[str, ...]] = {
    "-last_message_at": ("-last_message_at", "-id"),
    "last_message_at": ("last_message_at", "id"),
    "-id": ("-id",),
    "id": ("id",),
}


Found = QuerySet[Conversation, tuple[Any, ...]]


def _columns(found: QuerySet[Conversation], *, limit: int, sort: Sort = "-last_message_at") -> Found:
    # first which ones, then their names: joined before the limit, the planner takes the few brands for a filter that
    # leaves few conversations, and sorts all of a workspace with some thousand
    page = found.order_by(*SORTS[sort]).values("pk")[:limit]
    return Conversation.objects.filter(pk__in=page).order_by(*SORTS[sort]).values_list(*_COLUMNS)


def _rows(found: Iterable[tuple[Any, ...]]) -> list[Row]:
    rows = [_named(values) for values in found]
    nameless = [row["customer_id"] for row in rows if not row["customer_name"]]
    if nameless:
        called = addresses_of(workspace.get_current_id(), nameless)
        for row in rows:
            row["customer_name"] = row["customer_name"] or called.get(row["customer_id"], "")
    return [Row(**row) for row in rows]


# what a row calls a column that the tables call otherwise
_NAMES = {
    "preview_translated": "translated_preview",
    "customer__name": "customer_name",
    "assignee__name": "assignee_name",
    "brand__slug": "brand_slug",
    "brand__name": "brand_name",
}


def _named(values: tuple[Any, ...]) -> dict[str, Any]:
    named = {_NAMES.get(column, column): value for column, value in zip(_COLUMNS, values, strict=True)}
    named["assignee_name"] = named["assignee_name"] or ""
    return named


def conversation_page(
    workspace_id: int,
    *,
    filters: Filters,
    sort: Sort = "-last_message_at",
    cursor: str | None = None,
    limit: int = 25,
    reader: Reader | None = None,
) -> Page[Row]:
    """List a workspace's conversations in one of SORTS; what `q` looks for in messages comes newest match first.

    `reader` tells what dates and `me` in `q` mean. With `sort` ascending a search begins at the oldest match.
    """
    if _is_usual(filters) and not cursor:
        shape = replace(filters, status=tuple(filters.status))
        return _page(_rows(_usual(workspace_id, filters=shape, sort=sort, limit=limit + 1)), sort, limit)
    wanted = asked(workspace_id, filters.q, reader) if filters.q.strip() else Asked()
    found = narrowed(conversations_of(workspace_id), filters, wanted)
    if wanted.in_messages:
        beyond = decode(cursor, (int,))[0] if cursor else None
        up = not sort.startswith("-")
        return _found_page(
            search.Search(workspace_id, wanted, found, narrows(filters, wanted), beyond, up), limit=limit
        )
    if wanted.since or wanted.until:
        found = active(found, wanted)
    after = after_id if sort.endswith("id") else after_place
    rest = after(found, cursor, ascending=not sort.startswith("-"))
    return _page(_rows(_columns(rest, limit=limit + 1, sort=sort)), sort, limit, wanted.hints)


def _page(rows: list[Row], sort: Sort, limit: int, hints: Sequence[str] = ()) -> Page[Row]:
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, _place(rows[-1], sort) if more and rows else None, hints)


def _is_usual(filters: Filters) -> bool:
    """Say whether a list is one of the few shapes that are asked for all day: a view, narrowed from the menus."""
    special = filters.customer is not None or filters.drafted_by is not None or filters.segment
    return not filters.q.strip() and not special


@compiled
def _usual(workspace_id: Any, *, filters: Filters, sort: Sort, limit: int) -> Found:
    return _columns(narrowed(conversations_of(workspace_id), filters, Asked()), limit=limit, sort=sort)


def active(found: QuerySet[Conversation], wanted: Asked) -> QuerySet[Conversation]:
    """Narrow to conversations whose last message lies in the span of time."""
    if wanted.since:
        found = found.filter(last_message_at__gte=wanted.since)
    return found.filter(last_message_at__lt=wanted.until) if wanted.until else found


def _found_page(wanted: search.Search, *, limit: int) -> Page[Row]:
    hits = search.find(wanted, limit=limit)
    places = {hit.conversation_id: hit.message_id for hit in hits.items}
    rows = {
        row.id: row
        for row in _rows(_columns(conversations_of(wanted.workspace_id).filter(pk__in=places), limit=limit))
    }
    shown = passages(wanted.workspace_id, wanted.asked.line, places)
    items = [
        replace(rows[pk], passage=found.text, passage_language=found.language, found_in=found.where)
        for pk in places
        if pk in rows and (found := shown.get(pk))
    ]
    return Page(items, encode([hits.next]) if hits.next else None, wanted.asked.hints, hits.partial)


def _place(row: Row, sort: Sort) -> str:
    return encode([row.id] if sort.endswith("id") else [row.last_message_at.isoformat(), row.id])


def filters_of_view(agent: Agent, view: str, filters: Filters) -> Filters:
    """Lay a view's meaning over filters somebody chose."""
    status = (VIEWS[view],) if VIEWS.get(view) else filters.status
    changes: dict[str, Any] = {"status": filters.status or status}
    if view == "mine":
        changes["assignee"] = filters.assignee or str(agent.pk)
    if view == "unassigned":
        changes["unassigned"] = True
    if view == "drafts":
        changes["drafted_by"] = agent.pk
    if filters.q.strip():
        # a search looks everywhere, whatever view it was typed in
        changes = {"status": filters.status}
    if filters.segment and not groups["segment"].sees(agent, filters.segment):
        # of what an agent does not see nobody is found
        changes["segment"] = "0"
    changes["junk"] = view == "junk"
    return Filters(**{**filters.__dict__, **changes})


def inbox_page(
    agent: Agent,
    *,
    view: str = "open",
    filters: Filters | None = None,
    sort: Sort = "-last_message_at",
    cursor: str | None = None,
    limit: int = 25,
) -> Page[Row]:
    """List one of the agent's views."""
    chosen = filters_of_view(agent, view, filters or Filters())
    reader = reader_of(agent)
    return conversation_page(
        agent.workspace_id, filters=chosen, sort=sort, cursor=cursor, limit=limit, reader=reader
    )


def reader_of(agent: Agent) -> Reader:
    """Return how this agent's dates and `me` are meant."""
    return Reader(agent.time_zone, agent.ui_language, agent)


COUNTED = 1000

# one round trip for the whole rail; each count walks at most COUNTED entries of an index
_COUNTS = """
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE workspace_id = %(workspace)s
    AND assignee_id = %(agent)s AND status = 'open' AND side_of_id IS NULL AND NOT junk LIMIT %(most)s) a),
  (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE workspace_id = %(workspace)s
    AND assignee_id IS NULL AND status = 'open' AND side_of_id IS NULL AND NOT junk LIMIT %(most)s) b),
  (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE workspace_id = %(workspace)s
    AND status = 'open' AND side_of_id IS NULL AND NOT junk LIMIT %(most)s) c),
  (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE workspace_id = %(workspace)s
    AND status = 'pending' AND side_of_id IS NULL AND NOT junk LIMIT %(most)s) d),
  (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE workspace_id = %(workspace)s
    AND status = 'snoozed' AND side_of_id IS NULL AND NOT junk LIMIT %(most)s) e),
  (SELECT jsonb_agg(jsonb_build_array(language, times)) FROM
    (SELECT language, count(*) AS times FROM
      (SELECT language FROM conversations_conversation WHERE workspace_id = %(workspace)s
        AND assignee_id IS NULL AND status = 'open' AND side_of_id IS NULL AND NOT junk
        ORDER BY last_message_at DESC, id DESC LIMIT %(most)s) f
      WHERE language <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(languages)s) g)
"""


@dataclass(frozen=True)
class Rail:
    """The numbers beside an agent's views, and the languages of unassigned open conversations, most first."""

    views: dict[str, int]
    languages: list[tuple[str, int]]


def rail_of(agent: Agent, *, languages: int = 8) -> Rail:
    """Count what stands in each view, at most COUNTED each: nobody needs to know whether it is 5,000 or 5,010."""
    values = {"workspace": agent.workspace_id, "agent": agent.pk, "most": COUNTED, "languages": languages}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        *counts, spoken = cursor.fetchone()
    views = dict(zip(("mine", "unassigned", "open", "pending", "snoozed"), counts, strict=True))
    found = json.loads(spoken) if isinstance(spoken, str) else spoken or []
    return Rail(views, [(str(language), int(times)) for language, times in found])


def others_of(agent: Agent, conversation: Conversation, *, most: int = 5) -> Sequence[Row]:
    """Return the customer's other conversations, newest first."""
    return _rows(_others(agent.workspace_id, conversation.customer_id, conversation.pk, most=most))


@compiled
def _others(workspace_id: Any, customer_id: Any, conversation_id: Any, *, most: int) -> Found:
    theirs = conversations_of(workspace_id).filter(customer_id=customer_id, junk=False)
    return _columns(theirs.exclude(pk=conversation_id), limit=most)


def newest_public(conversation: Conversation) -> int:
    """Return the id of the newest message that came or went, 0 where there is none."""
    found = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        direction__in=[Direction.IN, Direction.OUT],
    )
    return found.order_by("-pk").values_list("pk", flat=True).first() or 0


def side_threads_of(conversation: Conversation) -> list[Conversation]:
    """Return the side threads started from a conversation, oldest first, with the outsider of each."""
    return _sides(conversation.workspace_id, conversation.parts)


@compiled
def _sides(workspace_id: Any, parts: Any) -> QuerySet[Conversation]:
    found = conversations_of(workspace_id).filter(side_of_id__among=parts)
    return found.select_related("customer").order_by("pk")


def tags_in_use(agent: Agent, *, most: int = 50) -> list[str]:
    """Return tags of recent conversations, for suggestions."""
    recent = conversations_of(agent.workspace_id).exclude(tags=[]).order_by("-last_message_at", "-id")
    seen: dict[str, None] = {}
    for tags in recent.values_list("tags", flat=True)[:300]:
        seen.update(dict.fromkeys(tags))
    return list(seen)[:most]
