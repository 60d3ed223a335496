"""What the bot does later: gives what customers write to a team, answers it, and after a while what nobody answered."""

from collections.abc import Sequence

from django.utils import timezone

from dragoman.core.conversations.events import MessageUnderstood
from dragoman.ground.events.registry import every, on
from dragoman.kit import workspace

from .actions.answering import answer_message
from .actions.triage import give_to_teams
from .models import Bot, Turn


@on(MessageUnderstood, many=True)
def triage(events: Sequence[MessageUnderstood]) -> None:
    """Give what is new to its team."""
    give_to_teams(workspace.get_current_id(), list({event.conversation_id for event in events}))


@on(MessageUnderstood, many=True)
def answer(events: Sequence[MessageUnderstood]) -> None:
    """Answer what a bot may, each message once."""
    workspace_id = workspace.get_current_id()
    if not Bot.objects.filter(workspace_id=workspace_id, is_on=True).exists():
        return
    for event in events:
        answer_message(workspace_id, event.message_id)


@every(seconds=20)
def answer_what_nobody_did() -> None:
    """Answer what waited long enough for a person."""
    with workspace.everywhere(reason="find what nobody answered"):
        due = list(Turn.objects.filter(due_at__lte=timezone.now()).order_by("due_at")[:100])
    for turn in due:
        with workspace.acting_in(turn.workspace_id):
            answer_message(turn.workspace_id, turn.message_id, late=True)
