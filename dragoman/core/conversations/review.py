"""Asking about reviews: what becomes of an answer, what waits for whom, how it reads in pieces."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.core.language.review import Bench, Facts, Made, Verdict, bench_of, verdict_on
from dragoman.kit.errors import NotFound

from .models import Conversation, Direction, Message, ReviewItem

# more than anybody reviews in a day
MOST = 500


def facts_of(conversation: Conversation, shown: Any, *, channel: str) -> Facts:
    """Return a previewed answer as rules see it."""
    return Facts(
        text=shown.source_text,
        source=shown.source_language,
        target=shown.target_language,
        brand_id=conversation.brand_id,
        channel=channel,
        intent=conversation.intent,
        engine=shown.engine,
        confidence=shown.confidence,
        made=made_by(shown),
        faults=tuple(shown.faults),
    )


def made_by(shown: Any) -> Made:
    """Say who made a previewed text: a machine, the phrasebook, the memory, an agent over a machine's, a person."""
    if getattr(shown, "amended_from", ""):
        return "amended"
    if shown.engine in ("phrasebook", "memory"):
        return "phrasebook" if shown.engine == "phrasebook" else "memory"
    return "machine" if shown.machine else "person"


def verdict_of(conversation: Conversation, shown: Any, *, channel: str) -> Verdict | None:
    """Say what becomes of a previewed answer; None where there is nothing to read, or it goes to an outsider."""
    ready = shown.reason in ("translated", "same_language") and shown.source_text
    if not ready or conversation.side_of_id is not None:
        return None
    return verdict_on(conversation.workspace_id, facts_of(conversation, shown, channel=channel))


def waiting_of(workspace_id: int) -> QuerySet[ReviewItem]:
    """All that waits in a workspace: what is held first, then what went out, each the oldest first."""
    found = ReviewItem.objects.filter(workspace_id=workspace_id, state=ReviewItem.State.WAITING)
    found = found.filter(conversation__junk=False)
    return found.select_related("conversation", "conversation__customer", "author", "message").order_by(
        "-mode", "pk"
    )


def waiting_for(agent: Agent, *, bench: Bench | None = None) -> list[ReviewItem]:
    """Return what waits and this agent may decide, in the order of the queue."""
    bench = bench or bench_of(agent.workspace_id)
    if not agent.can_reply:
        return []
    found = waiting_of(agent.workspace_id)[:MOST]
    return [
        item for item in found if bench.may_decide(agent, item.source, item.target, author_id=item.author_id)
    ]


def count_waiting(agent: Agent) -> int:
    """Count what waits for this agent, at most MOST."""
    if not agent.can_reply:
        return 0
    rows = ReviewItem.objects.filter(workspace_id=agent.workspace_id, state=ReviewItem.State.WAITING)
    pairs = list(rows.values_list("source", "target", "author_id")[:MOST])
    if not pairs:
        return 0
    bench = bench_of(agent.workspace_id)
    return sum(bench.may_decide(agent, source, target, author_id=author) for source, target, author in pairs)


def get_item(workspace_id: int, item_id: int) -> ReviewItem:
    """Return one item; raises NotFound."""
    found = ReviewItem.objects.filter(workspace_id=workspace_id, pk=item_id)
    item = found.select_related(
        "conversation", "conversation__customer", "conversation__brand", "author", "reviewer", "message"
    ).first()
    if item is None:
        raise NotFound
    return item


def items_of_messages(workspace_id: int, message_ids: Sequence[int]) -> dict[int, ReviewItem]:
    """Return the items of these messages, by message."""
    found = ReviewItem.objects.filter(workspace_id=workspace_id, message_id__in=list(message_ids))
    return {item.message_id or 0: item for item in found.select_related("reviewer")}


def newest_of_customer(item: ReviewItem) -> Message | None:
    """Return the customer's newest message where it came after the answer was written; None where none did."""
    if item.message_id is None:
        return None
    later = Message.objects.filter(
        workspace_id=item.workspace_id,
        conversation_id__in=item.conversation.parts,
        direction=Direction.IN,
        pk__gt=item.message_id,
    )
    return later.order_by("-pk").defer("tsv", "html").first()
