"""A person's correction of what a conversation is about and how its customer feels; the workspace learns from it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.language.understand import INTENTS
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..events import MeaningTaught
from ..models import Conversation, Direction, Lesson, Message, Question
from ..moods import CHOSEN
from .status import change


@transaction.atomic
def set_intent(conversation: Conversation, *, agent: Agent | None, intent: str) -> Conversation:
    """Correct the customer's purpose; it stands until the customer comes back with something new."""
    if intent not in INTENTS:
        raise Refusal(_("Unknown purpose."), code="bad_intent", status=422)
    guessed = conversation.intent
    found = change(
        conversation,
        agent=agent,
        field="intent",
        values={"intent": intent},
        line={"kind": "intent", "intent": intent},
        by_hand=True,
    )
    if guessed != intent:
        _teach(found, agent, Question.INTENT, guessed=guessed, meant=intent)
    return found


@transaction.atomic
def set_mood(conversation: Conversation, *, agent: Agent | None, mood: str) -> Conversation:
    """Correct how the customer feels (one of `moods.MOODS`); it stands until they come back with something new."""
    if mood not in CHOSEN:
        raise Refusal(_("Unknown mood."), code="bad_sentiment", status=422)
    guessed = conversation.sentiment
    sentiment, tension = CHOSEN[mood]
    found = change(
        conversation,
        agent=agent,
        field="sentiment",
        values={"sentiment": sentiment, "tension": tension},
        line={"kind": "mood", "mood": mood},
        by_hand=True,
    )
    if guessed != sentiment:
        _teach(found, agent, Question.SENTIMENT, guessed=guessed, meant=sentiment)
    return found


def learn_mood(workspace_id: int, message: Message, label: str) -> None:
    """Note what a customer themselves said of their mood (negative, neutral, positive), such as in a survey."""
    if label not in {sentiment for sentiment, _tension in CHOSEN.values()}:
        raise Refusal(_("Unknown mood."), code="bad_sentiment", status=422)
    with transaction.atomic():
        _note(workspace_id, message.pk, Question.SENTIMENT, meant=label, source=Lesson.Source.SURVEY)
        publish(MeaningTaught(conversation_id=message.conversation_id, message_id=message.pk))


def _teach(
    conversation: Conversation, agent: Agent | None, question: Question, *, guessed: str, meant: str
) -> None:
    """Keep a correction as a lesson on the customer's last message, which is what people judge by."""
    theirs = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        direction=Direction.IN,
    )
    last = theirs.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return
    source = Lesson.Source.AGENT if agent else Lesson.Source.API
    _note(conversation.workspace_id, last, question, meant=meant, source=source, guessed=guessed, agent=agent)
    publish(MeaningTaught(conversation_id=conversation.pk, message_id=last))


def _note(
    workspace_id: int,
    message_id: int,
    question: Question,
    *,
    meant: str,
    source: str,
    guessed: str | None = None,
    agent: Agent | None = None,
) -> None:
    facts = {"meant": meant, "source": source, "agent": agent}
    Lesson.objects.update_or_create(
        workspace_id=workspace_id,
        message_id=message_id,
        question=question,
        defaults=facts,
        # what was understood at first, not the correction before this one
        create_defaults={**facts, "guessed": guessed or ""},
    )
