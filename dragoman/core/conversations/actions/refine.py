"""Letting a language model have a second look at a message whose meaning is unsure; what people set stands."""

from django.db import transaction

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.actions.engines import note_departure
from dragoman.core.language.refine import Refined, refined, refiner_for
from dragoman.core.language.understand import OUTSIDE, SURE, chances_of
from dragoman.core.language.urgency import Urgency
from dragoman.ground.events.actions import publish

from ..access import locked_conversation
from ..events import ConversationChanged
from ..learned import layers_of
from ..marks import OTHER_SENDER
from ..models import Direction, Message
from ..moods import corrected_tension
from .mark import RAISED, mark_urgent

_FEWEST = 12  # characters of a message that is worth a question
_MOOD_SURE = 0.5


def is_unsure(message: Message) -> bool:
    """Say whether a message's purpose or mood was hardly more than a guess."""
    if len(message.text) < _FEWEST or OTHER_SENDER in message.marks or message.meta.get("old"):
        return False
    told = chances_of(message.text, message.language, layers=layers_of(message.workspace_id))
    purpose = max(told["intent"], key=told["intent"].__getitem__)
    return (
        told["intent"][purpose] < SURE or purpose == OUTSIDE or max(told["sentiment"].values()) < _MOOD_SURE
    )


def refine_message(message: Message) -> None:
    """Ask the model about a conversation's newest message, outside any transaction, and take over what it says.

    Nothing changes where the switch is off, the model is slow, down or answers anything but words of the lists, where a
    person said otherwise, or where the customer has written again meanwhile.
    """
    workspace_id = message.workspace_id
    if not workspace_facts(workspace_id).refine_meaning:
        return
    refiner = refiner_for(workspace_id)
    if refiner is None or not is_unsure(message):
        return
    with transaction.atomic():
        note_departure(
            workspace_id,
            engine="llm",
            vendor="llm",
            host=refiner.host,
            source=message.language,
            target="",
            texts=1,
            characters=len(message.text),
            purpose="understand",
            conversation_id=message.conversation_id,
        )
    said = refined(message.text, refiner.ask)
    if said is not None:
        _take_over(message, said)


@transaction.atomic
def _take_over(message: Message, said: Refined) -> None:
    found = locked_conversation(message.workspace_id, message.conversation_id)
    later = Message.objects.filter(
        workspace_id=message.workspace_id,
        conversation_id__in=found.parts,
        direction=Direction.IN,
        pk__gt=message.pk,
    )
    if found.junk or later.exists():
        return
    before = (found.intent, found.sentiment)
    if "intent" not in found.by_hand:
        found.intent = said.intent
    if "sentiment" not in found.by_hand and said.sentiment != found.sentiment:
        found.sentiment = said.sentiment
        found.tension = corrected_tension(found.tension, said.sentiment)
    if before != (found.intent, found.sentiment):
        found.save(update_fields=["intent", "sentiment", "tension"])
        publish(ConversationChanged(conversation_id=found.pk, field="intent"))
    if said.urgency in RAISED:
        mark_urgent(message.workspace_id, found.pk, Urgency(said.urgency, "model"))
