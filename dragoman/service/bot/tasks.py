"""What the bot does later: gives what customers write to a team, answers it, and after a while what nobody answered."""

import time
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from dragoman.core.conversations.events import MessageUnderstood
from dragoman.ground.events.registry import every, on, task
from dragoman.kit import workspace

from .actions.answering import answer_message
from .actions.triage import give_to_teams
from .models import Bot, Turn
from .wording import is_wanted, worded_for

_SWEEP: Final = 8.0  # seconds that one sweep may wait for models


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
    if not is_wanted(workspace_id):
        for event in events:
            answer_message(workspace_id, event.message_id)
        return
    # a model is waited for in a job of its own; those of one conversation go one after another, as they were written
    for event in events:
        lock = f"{__name__}.answer_in_words:{workspace_id}:{event.conversation_id}"
        answer_in_words.configure(lock=lock).defer(workspace_id=workspace_id, message_id=event.message_id)


@task
def answer_in_words(workspace_id: int, message_id: int) -> None:
    """Answer one message, in a model's words where they hold."""
    answer_message(workspace_id, message_id, worded=worded_for(workspace_id, message_id))


@every(seconds=20)
def answer_what_nobody_did() -> None:
    """Answer what waited long enough for a person."""
    with workspace.everywhere(reason="find what nobody answered"):
        due = list(Turn.objects.filter(due_at__lte=timezone.now()).order_by("due_at")[:100])
    end = time.monotonic() + _SWEEP
    for turn in due:
        with workspace.acting_in(turn.workspace_id):
            worded = None
            if time.monotonic() < end and is_wanted(turn.workspace_id):
                worded = worded_for(turn.workspace_id, turn.message_id, late=True)
            answer_message(turn.workspace_id, turn.message_id, late=True, worded=worded)
