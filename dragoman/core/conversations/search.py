"""Finding conversations by what was written in them, newest first, from any place back to the first message."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.errors import QueryCanceled

from dragoman.kit.errors import Refusal

from .access import conversations_of
from .asked import Asked, asked
from .links import followed
from .models import Conversation

PATIENCE = "2s"
# seconds after which a page is shown with what was found, and the rest is asked for by its cursor
BUDGET = 0.8
# conversations that filters may leave for each of them to be looked into
FEW = 1000
_CHUNKS = (60, 240, 1000)
_SPAN = "coalesce(m.sent_at, m.created_at)"


@dataclass(frozen=True)
class Hit:
    """A conversation found, and the message that was found in it."""

    conversation_id: int
    message_id: int


@dataclass(frozen=True)
class Hits:
    """One page; `next` is the message id the following page starts beyond, `partial` that there was no time for all."""

    items: list[Hit]
    next: int | None = None
    partial: bool = False


@dataclass(frozen=True)
class Search:
    """One search: among these conversations (`narrowed` says that they are not all), from the message `beyond` on.

    Newest match first, with `up` the oldest.
    """

    workspace_id: int
    asked: Asked
    among: QuerySet[Conversation]
    narrowed: bool = False
    beyond: int | None = None
    up: bool = False


def find(search: Search, *, limit: int = 25) -> Hits:
    """Return conversations by their newest matching message (with `up` the oldest) beyond a place.

    A page costs the same wherever it starts. Raises Refusal `search_too_broad` where even that takes too long.
    """
    try:
        with transaction.atomic():
            _set_patience(PATIENCE)
            hits = _find(search, limit)
            _set_patience("0")
        return hits
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise Refusal(
            _("This search takes too long: add a word, or search for a number or an address."),
            code="search_too_broad",
            status=422,
        ) from None


def matching_conversations(workspace_id: int, query: str, *, most: int = 200) -> dict[int, int]:
    """Return {conversation id: its newest matching message} of the newest matches, for other queries to look at."""
    wanted = asked(workspace_id, query)
    if not wanted.in_messages:
        return {}
    hits = find(Search(workspace_id, wanted, conversations_of(workspace_id)), limit=most)
    return {hit.conversation_id: hit.message_id for hit in hits.items}


def _set_patience(span: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [span])


def _find(search: Search, limit: int) -> Hits:
    started = time.monotonic()
    found: list[Hit] = []
    place, first = search.beyond, True
    while True:
        size = _CHUNKS[0] if first else _CHUNKS[-1] if len(found) * 8 < limit else _CHUNKS[1]
        chunk = _walk(search, place, size)
        found += _kept(search, chunk, found)
        if len(found) > limit:
            return Hits(found[:limit], found[limit - 1].message_id)
        if len(chunk) < size:
            return Hits(found)
        place = chunk[-1].message_id
        if first and search.narrowed:
            few = list(search.among.order_by().values_list("pk", flat=True)[: FEW + 1])
            if len(few) <= FEW:
                return _look_into(search, few, limit)
        if time.monotonic() - started > BUDGET:
            return Hits(found, place, partial=True)
        first = False


def _walk(search: Search, beyond: int | None, most: int) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT of_group, found FROM search_messages_from(%s::tsquery, %s::bigint, %s, %s)",
            [search.asked.dated_query, beyond, most, search.up],
        )
        hits = [Hit(*row) for row in cursor.fetchall()]
    # what was found in a merged conversation stands for the one it leads to
    leads = followed(search.workspace_id, {hit.conversation_id for hit in hits})
    return [replace(hit, conversation_id=leads.get(hit.conversation_id, hit.conversation_id)) for hit in hits]


def _kept(search: Search, chunk: Sequence[Hit], before: Sequence[Hit]) -> list[Hit]:
    """Leave out what was shown already, what filters do not let through, what lies outside the span of time."""
    seen = {hit.conversation_id for hit in before}
    if search.asked.since or search.asked.until:
        inside = _inside(search, [hit.message_id for hit in chunk])
        chunk = [hit for hit in chunk if hit.message_id in inside]
    newest: dict[int, Hit] = {}
    for hit in chunk:
        if hit.conversation_id not in seen:
            newest.setdefault(hit.conversation_id, hit)
    wanted = set(newest)
    if wanted:
        wanted &= set(search.among.filter(pk__in=wanted).order_by().values_list("pk", flat=True))
    if wanted and search.beyond is not None:
        wanted -= _shown_before(search, sorted(wanted))
    return [hit for hit in newest.values() if hit.conversation_id in wanted]


def _dates(search: Search) -> tuple[str, list[datetime]]:
    """Return the condition on a message's time, and its values."""
    sql, values = "", list[datetime]()
    if search.asked.since:
        sql, values = f" AND {_SPAN} >= %s", [search.asked.since]
    if search.asked.until:
        sql, values = f"{sql} AND {_SPAN} < %s", [*values, search.asked.until]
    return sql, values


def _inside(search: Search, message_ids: Sequence[int]) -> set[int]:
    sql, values = _dates(search)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM conversations_message m WHERE workspace_id = %s AND id = ANY(%s){sql}",
            [search.workspace_id, list(message_ids), *values],
        )
        return {pk for (pk,) in cursor.fetchall()}


def _shown_before(search: Search, conversation_ids: Sequence[int]) -> set[int]:
    """Return those that stood on an earlier page: they match on the nearer side of the place, too."""
    return {hit.conversation_id for hit in _nearest(search, conversation_ids, before=True)}


def _nearest(search: Search, conversation_ids: Sequence[int], *, before: bool) -> list[Hit]:
    """Return the newest (with `up` oldest) match of each conversation; `before`: of those up to the place."""
    sql, values = _dates(search)
    edge, order = ("<=", "") if search.up else (">=", "DESC")
    near = f" AND m.id {edge} %s" if before else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT c.id, h.id FROM unnest(%s::bigint[]) AS c(id) CROSS JOIN LATERAL (
                  SELECT m.id FROM conversations_message m WHERE m.workspace_id = %s
                  AND m.conversation_id = ANY(ARRAY(SELECT c.id UNION ALL SELECT p.id FROM conversations_conversation p
                    WHERE p.workspace_id = %s AND p.merged_into_id = c.id))
                  AND m.tsv @@ %s::tsquery{near}{sql} ORDER BY m.id {order} LIMIT 1) h""",
            [
                list(conversation_ids),
                search.workspace_id,
                search.workspace_id,
                search.asked.query,
                *([search.beyond] if before else []),
                *values,
            ],
        )
        return [Hit(*row) for row in cursor.fetchall()]


def _look_into(search: Search, conversation_ids: Sequence[int], limit: int) -> Hits:
    """Look into each of a few conversations: filters that leave few make a common word cheap."""
    hits = _nearest(search, conversation_ids, before=False)
    if search.beyond is not None:
        place = search.beyond
        hits = [hit for hit in hits if (hit.message_id > place if search.up else hit.message_id < place)]
    hits.sort(key=lambda hit: hit.message_id, reverse=not search.up)
    return Hits(hits[:limit], hits[limit - 1].message_id if len(hits) > limit else None)
