"""The figures of translations: who made them, what people changed, how long they waited, who came back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.actions import review
from dragoman.core.conversations.actions.reply import Draft, amend_preview, preview_reply, send_reply
from dragoman.core.conversations.actions.review import Decision
from dragoman.core.conversations.models import Conversation, Message, ReviewItem
from dragoman.core.conversations.quality import quality_of
from dragoman.core.language.actions.review import RuleWritten, set_rules
from dragoman.core.language.review import When
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    return a_house()


def asked(house, who, language="th") -> Conversation:
    came = write(house, "พัสดุของฉันอยู่ที่ไหน", language=language, who=f"{who}@example.com")
    settle()
    with house.acting():
        return Conversation.objects.select_related("customer", "brand").get(pk=came.conversation_id)


def answer(house, who, text="Your parcel left today.", said="", **more) -> Message:
    conversation = asked(house, who)
    with house.acting():
        token = ""
        if said:
            shown = preview_reply(conversation, agent=house.greta, text=text)
            token = amend_preview(conversation, text=text, token=shown.token, said=said).token
        draft = Draft(text=text, preview_token=token, **more)
        message = send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    return message


def figures(house, **more):
    with house.acting():
        return quality_of(house.workspace.pk, team="en", **more)


def test_shares_and_distances_follow_what_people_did(house):
    answer(house, "a")
    changed = answer(house, "b", said="[th] Ýöûŕ þáŕçéļ léfŧ")
    assert changed.meta["amended_from"]
    answer(house, "c", "สวัสดีค่ะ", language="th", send_as="original")
    answer(house, "d", "Hello", language="en", send_as="original")
    [pair] = figures(house).pairs
    assert (pair.source, pair.target) == ("en", "th")
    assert pair.made == {"machine": 2, "person": 1} and pair.machine == 2
    assert pair.edited == 0.5 and 0 < pair.distance < 1
    assert pair.engines == [("fake", 2, 0.5)] and pair.untouched is None and pair.waited is None


def test_reviews_are_counted_once_and_timed(house):
    with house.acting():
        rule = RuleWritten(When(pairs=(("", "th"),), made=()), "hold")
        set_rules(house.workspace.pk, agent=house.greta, rules=[rule])
        ploy = add_agent(
            house.workspace.pk, email="ploy@kaisla.example", name="Ploy", role="lead", password="x" * 12
        )
    for number, (who, decision) in enumerate(
        [("a", Decision()), ("b", Decision(text="อื่น")), ("c", Decision(comment="No"))]
    ):
        message = answer(house, who, text=f"{who.upper()} parcel left our house today.")
        with house.acting():
            item = ReviewItem.objects.get(message_id=message.pk)
            (review.reject if decision.comment else review.accept)(item, agent=ploy, decision=decision)
            at = timezone.now() - timedelta(minutes=10 * (number + 1))
            ReviewItem.objects.filter(pk=item.pk).update(created_at=at)
    [pair] = figures(house).pairs
    assert pair.answers == 2 and pair.reviewed == 3 and pair.rejected == 1
    assert pair.untouched == pytest.approx(1 / 3) and 1190 < pair.waited < 1300
    # one was untouched (0), one changed: one distance each
    assert pair.distance == pytest.approx(0.5, abs=0.15) and pair.edited == 0.5


def test_a_customer_who_came_back_counts_for_a_week(house):
    first = answer(house, "a", then="resolved")
    answer(house, "b", then="resolved")
    answer(house, "c")
    asked(house, "a")
    # an answer in a running conversation is none
    asked(house, "c")
    [pair] = figures(house).pairs
    assert pair.reopened == pytest.approx(1 / 3)
    with house.acting():
        Message.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert figures(house).pairs[0].reopened == 0


def test_other_workspaces_and_other_days_do_not_count(house):
    answer(house, "a")
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        assert quality_of(mallory.workspace.pk, team="en").pairs == []
    assert figures(house, until=timezone.now() - timedelta(days=40)).pairs == []
