"""Whose word stands last in the conversations of a list: ours, and whether it reached the customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject, Left

from dragoman.ground.database.compiled import compiled

from .models import Conversation, Delivery, Direction, Message
from .shapes import Row

# of the text, enough to know the preview by
LOOKED_AT = 480


@dataclass(frozen=True)
class LastAnswer:
    """An answer after which nobody wrote: whether the row's preview is of it, and whether it could not be delivered."""

    previewed: bool
    failed: bool


def last_answers(workspace_id: int, rows: Sequence[Row]) -> dict[int, LastAnswer]:
    """Return the answer that stands last in each of the rows' conversations, by conversation; one query for all."""
    ids = [row.id for row in rows]
    if not ids:
        return {}
    previews = {row.id: row.preview for row in rows}
    return {
        pk: LastAnswer(
            previewed=bool(previews[pk]) and " ".join(last["text"].split()).startswith(previews[pk]),
            failed=last["delivery"] == Delivery.FAILED,
        )
        for pk, last in _last(workspace_id, ids)
        if last and last["direction"] == Direction.OUT
    }


@compiled
def _last(
    workspace_id: Any, conversation_ids: Any
) -> QuerySet[Conversation, tuple[int, dict[str, str] | None]]:
    # what waits for its time has not been said yet
    said = Message.objects.filter(
        workspace_id=workspace_id,
        conversation_id=OuterRef("pk"),
        direction__in=[Direction.IN, Direction.OUT],
    ).exclude(delivery=Delivery.SCHEDULED)
    talks = Conversation.objects.filter(workspace_id=workspace_id, pk__among=conversation_ids)
    newest = said.order_by("-pk").values(
        last=JSONObject(direction="direction", delivery="delivery", text=Left("text", LOOKED_AT))
    )
    # one for each row beside it, not joined: the planner would walk all messages for a page of conversations
    return talks.values_list("pk", Subquery(newest[:1]))
