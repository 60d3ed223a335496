"""When a conversation may be asked about, and how a link says which one."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.utils import timezone

from dragoman.core.conversations.marks import AUTOMATIC
from dragoman.core.conversations.models import Conversation, Direction, Message, Status

from .errors import NoSurvey
from .models import Survey

SALT = "dragoman.survey"
LINK_SECONDS = 30 * 24 * 3600
# in a chat it is asked while the shopper may still be about
ASKED_FOR = timedelta(days=7)
CHANGED_FOR = timedelta(hours=24)
OVER = (Status.RESOLVED, Status.CLOSED)


@dataclass(frozen=True)
class Asked:
    """A question as its customer sees it: what they answered, if they did, and whether they may change it."""

    score: int = 0
    comment: str = ""
    open: bool = True


def asked_in(conversation: Conversation, *, kind: str = Survey.Kind.CSAT) -> Asked | None:
    """Return the question at the end of a conversation; None where there is nothing to ask about.

    Somebody must have answered, a person or a bot; that a message arrived is no answer.
    """
    answered = find_survey(conversation, kind=kind)
    if answered is not None:
        return Asked(answered.score, answered.comment, is_changeable(answered))
    if conversation.status not in OVER or conversation.junk or conversation.side_of_id is not None:
        return None
    since = conversation.resolved_at or conversation.last_message_at
    return Asked() if since > timezone.now() - ASKED_FOR and _was_answered(conversation) else None


def _was_answered(conversation: Conversation) -> bool:
    mine = Message.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    answers = mine.filter(direction=Direction.OUT)
    return answers.exclude(meta__has_key=AUTOMATIC, extras={}).exists()


def find_survey(conversation: Conversation, *, kind: str = Survey.Kind.CSAT) -> Survey | None:
    """Return what was answered about a conversation."""
    here = Survey.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    return here.filter(kind=kind).first()


def is_changeable(survey: Survey) -> bool:
    """Say whether the customer may still change their answer: for a day."""
    return survey.answered_at > timezone.now() - CHANGED_FOR


def sign_survey(conversation: Conversation) -> str:
    """Return the token of a link by which whoever holds it answers about one conversation, for thirty days."""
    return signing.dumps([conversation.workspace_id, conversation.pk], salt=SALT)


def read_survey(token: str) -> tuple[int, int]:
    """Return (workspace id, conversation id) of a token; raises NoSurvey for a foreign, changed or old one."""
    try:
        workspace_id, conversation_id = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
        return int(workspace_id), int(conversation_id)
    except (signing.BadSignature, ValueError, TypeError):
        raise NoSurvey from None


def get_conversation(workspace_id: int, conversation_id: int) -> Conversation:
    """Return the conversation of a link; raises NoSurvey where it is gone."""
    here = Conversation.objects.filter(workspace_id=workspace_id, pk=conversation_id, junk=False)
    found = here.select_related("brand", "customer").first()
    if found is None:
        raise NoSurvey
    return found
