"""Answers as the review queue knows them: one kind among others."""

from collections.abc import Sequence
from dataclasses import replace

from dragoman.core.accounts.models import Agent
from dragoman.core.language.ports import Later, Opened, Said, Waiting
from dragoman.core.language.review import bench_of

from .actions.review import Decision, accept, refusal_for, reject
from .actions.translation import scope_to
from .countries import whereabouts_of
from .models import Direction, Message, ReviewItem
from .review import MOST, count_waiting, get_item, newest_of_customer, waiting_for, waiting_of

SHORT = 120


class ReplyReviews:
    """The port `review_kinds` for answers to customers."""

    def waiting(self, workspace_id: int, agent: Agent | None) -> Sequence[Waiting]:
        """Return the answers that wait, held ones first."""
        found = waiting_for(agent) if agent is not None else list(waiting_of(workspace_id)[:MOST])
        return [
            Waiting(
                kind="reply",
                pk=item.pk,
                source=item.source,
                target=item.target,
                title=_title(item),
                reason=item.reason,
                at=item.created_at,
                confidence=item.confidence,
                due_at=item.message.due_at if item.message and item.mode == "hold" else None,
                held=item.mode == ReviewItem.Mode.HOLD,
            )
            for item in found
        ]

    def count(self, agent: Agent) -> int:
        """Count the answers that wait for an agent."""
        return count_waiting(agent)

    def opened(self, workspace_id: int, agent: Agent | None, pk: int) -> Opened:
        """Return one answer with what its reviewer needs; raises NotFound."""
        item = get_item(workspace_id, pk)
        conversation = item.conversation
        newer = newest_of_customer(item) if item.mode == "hold" and item.state == "waiting" else None
        why_not = ""
        if agent is not None and not bench_of(workspace_id).may_decide(
            agent, item.source, item.target, author_id=item.author_id
        ):
            why_not = str(refusal_for(agent, item))
        return Opened(
            kind="reply",
            pk=item.pk,
            title=_title(item),
            source=item.source,
            target=item.target,
            text=item.text,
            said=item.said,
            state=item.state,
            reason=item.reason,
            at=item.created_at,
            machine=item.machine,
            kept=item.kept,
            made=item.made,
            engine=item.engine,
            confidence=item.confidence,
            faults=item.faults,
            held=item.mode == ReviewItem.Mode.HOLD,
            author=item.author.name if item.author else "",
            reviewer=item.reviewer.name if item.reviewer else "",
            decided_at=item.decided_at,
            comment=item.comment,
            place=f"/conversations/{conversation.pk}",
            seen=newer.pk if newer else 0,
            later=Later(newer.text, newer.language, newer.created_at) if newer else None,
            asked=_asked(item),
            why_not=why_not,
            scope=replace(scope_to(conversation, None), purpose="reply"),
            zone=there.zone if (there := whereabouts_of(conversation)) else "",
        )

    def accept(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Let an answer out; raises as actions.review.accept does."""
        accept(get_item(workspace_id, pk), agent=agent, decision=Decision(**said.__dict__))

    def reject(self, workspace_id: int, agent: Agent | None, pk: int, said: Said) -> None:
        """Give an answer back to who wrote it; raises as actions.review.reject does."""
        reject(get_item(workspace_id, pk), agent=agent, decision=Decision(**said.__dict__))


def _asked(item: ReviewItem) -> Later | None:
    """Return the customer's newest message before the answer."""
    before = Message.objects.filter(
        workspace_id=item.workspace_id, conversation_id__in=item.conversation.parts, direction=Direction.IN
    )
    if item.message_id is not None:
        before = before.filter(pk__lt=item.message_id)
    found = before.order_by("-pk").defer("tsv", "html").first()
    return Later(found.text, found.language, found.created_at) if found else None


def _title(item: ReviewItem) -> str:
    conversation = item.conversation
    return (
        conversation.subject
        or " ".join(item.text.split())[:SHORT]
        or conversation.customer.name
        or f"#{conversation.pk}"
    )
