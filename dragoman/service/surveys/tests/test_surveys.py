"""A customer says how it was: once, for a day to be changed, told to agents in the team's language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.status import set_status
from dragoman.core.conversations.models import Conversation, Direction, Message
from dragoman.core.customers.ports import erasers
from dragoman.service.surveys.actions import Answer, answer_survey, note_translation
from dragoman.service.surveys.asking import asked_in, read_survey, sign_survey
from dragoman.service.surveys.errors import AnswerStands, BadScore, NoSurvey
from dragoman.service.surveys.models import Survey
from dragoman.service.surveys.queries import answers_of, mean_of, means_of
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def resolved(house: House, *, answered: bool = True) -> Conversation:
    """A conversation at its end; to be used inside `house.acting()`."""
    talk = Conversation.objects.get(pk=write(house).conversation_id)
    if answered:
        send_reply(talk, agent=house.greta, draft=Draft(text="On its way", send_as="original"))
    return set_status(talk, agent=house.greta, status="resolved")


def lines(talk: Conversation) -> list[dict[str, object]]:
    found = Message.objects.filter(conversation=talk, direction=Direction.EVENT, event__kind="rated")
    return [one.event for one in found if one.event]


def test_who_was_answered_is_asked_once_and_may_change_the_answer_for_a_day(house: House) -> None:
    with house.acting():
        unanswered = resolved(house, answered=False)
        assert asked_in(unanswered) is None, "that a message arrived is no answer"
        set_status(unanswered, agent=house.greta, status="closed")
        talk = resolved(house)
        asked = asked_in(talk)
        assert asked is not None and (asked.score, asked.open) == (0, True)
        survey = answer_survey(talk, Answer(2, "ช้ามาก", "th"))
        note_translation(survey, text="Very slow", language="en")
        assert lines(talk)[0]["translated"] == "Very slow"
        answer_survey(talk, Answer(4, "ดีขึ้นแล้ว", "th"))
        note_translation(survey, text="Very slow", language="en")
        assert [(one["score"], one["comment"], one["translated"]) for one in lines(talk)] == [
            (4, "ดีขึ้นแล้ว", "")
        ], "one line, and no translation of what was said before"
        Survey.objects.update(answered_at=timezone.now() - timedelta(hours=25))
        with pytest.raises(AnswerStands):
            answer_survey(talk, Answer(1))
        asked = asked_in(talk)
        assert asked is not None and (asked.score, asked.open) == (4, False)
        assert Survey.objects.get().comment == "ดีขึ้นแล้ว"
        erasers["surveys"].part(house.workspace.pk, talk.customer_id, [])
        assert (Survey.objects.get().comment, Survey.objects.get().score) == ("", 4)


def test_what_is_no_answer_is_refused_and_an_old_conversation_is_not_asked_about(house: House) -> None:
    with house.acting():
        talk = resolved(house)
        for score in (0, 6, -1):
            with pytest.raises(BadScore):
                answer_survey(talk, Answer(score))
        talk.resolved_at = timezone.now() - timedelta(days=8)
        assert asked_in(talk) is None
        assert not Survey.objects.exists() and lines(talk) == []


def test_a_link_names_one_conversation_and_cannot_be_made_up(house: House) -> None:
    with house.acting():
        talk = resolved(house)
        token = sign_survey(talk)
        assert read_survey(token) == (house.workspace.pk, talk.pk)
    for wrong in ("", "x", token[:-1], token + "x", token.replace(":", ".")):
        with pytest.raises(NoSurvey):
            read_survey(wrong)


def test_answers_come_to_a_mean_and_mallory_sees_none(house: House) -> None:
    with house.acting():
        talk = resolved(house)
        answer_survey(talk, Answer(5))
        found = answers_of(house.workspace.pk)
        assert mean_of(found) == 5
        told = means_of(found, by="language")
        assert [(one.value, one.count, one.mean, one.good) for one in told] == [(talk.language, 1, 5.0, 1)]
        assert mean_of(answers_of(house.workspace.pk, since=timezone.now())) is None
    mallory = a_house("mallory")
    with mallory.acting():
        assert not Survey.objects.exists() and not answers_of(mallory.workspace.pk)
