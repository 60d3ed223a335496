"""What the heart does later for its agents: tells whom it concerns, lets them follow, forgets drafts that were sent."""

from collections.abc import Sequence

from dragoman.core.commerce.events import RefundChanged
from dragoman.core.notifications.actions import forget_topic
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions import drafts, notices, refunds, review_notices
from .events import (
    ConversationChanged,
    ConversationDeleted,
    DeliveryChanged,
    MessageUnderstood,
    NoteAdded,
    ReplyStored,
    ReviewAsked,
    ReviewDecided,
    ReviewOverdue,
)
from .models import Delivery


@on(MessageUnderstood, many=True)
def tell_of_answers(events: Sequence[MessageUnderstood]) -> None:
    """Tell who holds or follows a conversation that its customer wrote; one statement where that is nobody."""
    notices.tell_of_answers(workspace.get_current_id(), [event.message_id for event in events])


@on(NoteAdded, many=True)
def tell_of_notes(events: Sequence[NoteAdded]) -> None:
    """Tell who is mentioned, and who follows."""
    notices.tell_of_notes(workspace.get_current_id(), [event.message_id for event in events])


@on(ConversationChanged, many=True)
def tell_of_changes(events: Sequence[ConversationChanged]) -> None:
    """Tell who was given something, and whose snooze is over."""
    changed = [(event.conversation_id, event.field) for event in events]
    notices.tell_of_changes(workspace.get_current_id(), changed)


@on(RefundChanged)
def note_refund(event: RefundChanged) -> None:
    """Let the conversation that speaks of an order say that its money went back."""
    refunds.note_refund(workspace.get_current_id(), event.refund_id)


@on(ConversationDeleted)
def forget_notices(event: ConversationDeleted) -> None:
    """Forget what was told of a conversation that is gone, its customer's name with it."""
    forget_topic(workspace.get_current_id(), notices.topic_of(event.conversation_id))


@on(DeliveryChanged, many=True)
def tell_of_failures(events: Sequence[DeliveryChanged]) -> None:
    """Tell the author of what could not be delivered."""
    failed = [event.message_id for event in events if event.state in {Delivery.FAILED, Delivery.UNCONFIRMED}]
    if failed:
        notices.tell_of_failures(workspace.get_current_id(), failed)


@on(ReplyStored, many=True)
def follow_answered(events: Sequence[ReplyStored]) -> None:
    """Let those who answered follow the conversation, if they wish so."""
    notices.follow_answered(workspace.get_current_id(), [event.message_id for event in events])


@on(ReplyStored, many=True)
def forget_reply_drafts(events: Sequence[ReplyStored]) -> None:
    """Remove the drafts that were sent."""
    drafts.forget_sent(workspace.get_current_id(), [event.message_id for event in events], kind="reply")


@on(NoteAdded, many=True)
def forget_note_drafts(events: Sequence[NoteAdded]) -> None:
    """Remove the drafts that became notes."""
    drafts.forget_sent(workspace.get_current_id(), [event.message_id for event in events], kind="note")


@on(ReviewAsked, many=True)
def tell_reviewers(events: Sequence[ReviewAsked]) -> None:
    """Tell who reviews these languages that an answer is held."""
    review_notices.tell_reviewers(workspace.get_current_id(), [event.item_id for event in events])


@on(ReviewDecided)
def tell_of_decision(event: ReviewDecided) -> None:
    """Tell the author what a reviewer changed or sent back."""
    review_notices.tell_of_decision(workspace.get_current_id(), event.item_id)


@on(ReviewOverdue)
def tell_leads(event: ReviewOverdue) -> None:
    """Tell the leads that nobody reviewed in time."""
    review_notices.tell_leads(workspace.get_current_id(), event.item_id)
