"""Taking an answer in: once, changeable for a day, told and shown to agents."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from dragoman.core.conversations.access import locked_conversation
from dragoman.core.conversations.actions.status import leave_line
from dragoman.core.conversations.models import Conversation, Direction, Message
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.tags import normalise

from .asking import find_survey, is_changeable
from .errors import AnswerStands, BadScore
from .events import SurveyAnswered
from .models import BEST, WORST, Survey

LONGEST = 2000
LINE = "rated"


@dataclass(frozen=True)
class Answer:
    """What a customer says: 1 to 5, a comment and its language (BCP 47), and how it came."""

    score: int
    comment: str = ""
    language: str = ""
    channel: str = "chat"


def answer_survey(conversation: Conversation, answer: Answer) -> Survey:
    """Keep the answer, or change the one there is; raises BadScore, and AnswerStands a day after the first."""
    if not WORST <= answer.score <= BEST:
        raise BadScore
    comment = clean(answer.comment).strip()[:LONGEST]
    language = normalise(answer.language) or conversation.language
    with transaction.atomic():
        # one at a time: two tabs would else both be the first
        talk = locked_conversation(conversation.workspace_id, conversation.pk)
        survey = find_survey(talk)
        if survey is None:
            survey = _first(talk, answer)
        elif not is_changeable(survey):
            raise AnswerStands
        elif (survey.score, survey.comment) == (answer.score, comment):
            return survey
        if survey.comment != comment:
            survey.translated = survey.translated_to = ""
        survey.score, survey.comment, survey.language = answer.score, comment, language
        survey.changed_at = timezone.now()
        survey.save()
        _tell(talk, survey)
        publish(SurveyAnswered(conversation_id=talk.pk, survey_id=survey.pk))
    return survey


def _first(talk: Conversation, answer: Answer) -> Survey:
    return Survey(
        workspace_id=talk.workspace_id,
        brand_id=talk.brand_id,
        conversation_id=talk.pk,
        agent_id=talk.assignee_id,
        channel=answer.channel,
        market=talk.market,
        answered_at=timezone.now(),
    )


def note_translation(survey: Survey, *, text: str, language: str) -> None:
    """Keep the comment in the team's language, unless it was changed meanwhile."""
    with transaction.atomic():
        mine = Survey.objects.select_for_update().filter(workspace_id=survey.workspace_id, pk=survey.pk)
        found = mine.filter(comment=survey.comment).first()
        if found is None:
            return
        found.translated, found.translated_to = text, language
        found.save(update_fields=["translated", "translated_to"])
        _tell(found.conversation, found)


def _tell(talk: Conversation, survey: Survey) -> None:
    """Leave one line in the thread, and write it anew when the answer changes."""
    said = {
        "kind": LINE,
        "score": survey.score,
        "comment": survey.comment,
        "language": survey.language,
        "translated": survey.translated,
    }
    lines = Message.objects.filter(
        workspace_id=talk.workspace_id, conversation_id=talk.pk, direction=Direction.EVENT
    )
    if not lines.filter(event__kind=LINE).update(event=said):
        leave_line(talk, None, said)
