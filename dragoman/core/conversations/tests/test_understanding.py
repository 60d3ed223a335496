"""What cannot wait is marked, anger builds up, and what a person says of a conversation stands."""

import pytest

from dragoman.core.accounts.actions import change_workspace
from dragoman.core.conversations.access import conversation_in
from dragoman.core.conversations.actions.learn import relearn
from dragoman.core.conversations.actions.meaning import learn_mood, set_intent, set_mood
from dragoman.core.conversations.actions.status import set_priority, set_status
from dragoman.core.conversations.learned import is_due, layers_of
from dragoman.core.conversations.models import Conversation, Learned, Lesson, Message
from dragoman.core.conversations.queries import conversation_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.language.layer import FEWEST
from dragoman.core.language.understand import understand
from dragoman.kit.errors import Refusal
from dragoman.kit.memo import forget_all
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db
WEDDING = "Where is order 4711? The wedding is on Saturday and the dress is still not here."
ANGRY = "Where is my refund? I sent the boots back weeks ago. This is awful, I am so angry with you."


@pytest.fixture
def house() -> House:
    return a_house()


def _said(house: House, *texts: str, who: str = "somchai@example.com") -> Conversation:
    for text in texts:
        made = write(house, text, who=who)
        settle()
    return conversation_in(house.workspace.pk, made.conversation_id)


def _lines(conversation: Conversation) -> list[dict[str, object]]:
    found = Message.objects.filter(conversation_id=conversation.pk, direction="event").order_by("pk")
    return [line.event or {} for line in found]


def test_what_cannot_wait_is_marked_with_its_reason(house: House) -> None:
    with house.acting():
        waiting = _said(house, WEDDING)
        calm = _said(house, "Do you have the lamp in green?", who="aino@example.com")
        burning = _said(house, "Your charger caught fire last night!", who="pim@example.com")
        assert [one.priority for one in (waiting, calm, burning)] == ["high", "normal", "urgent"]
        assert _lines(waiting) == [{"kind": "marked", "priority": "high", "why": "occasion"}]
        assert _lines(calm) == []


def test_a_priority_that_somebody_set_is_left_alone(house: House) -> None:
    with house.acting():
        found = _said(house, "Do you have the lamp in green?")
        set_priority(found, agent=house.greta, priority="low")
        assert _said(house, WEDDING).priority == "low"


def test_a_workspace_may_want_the_word_alone_and_gets_it_once(house: House) -> None:
    with house.acting():
        change_workspace(house.workspace, changes={"raise_priority": False})
        found = _said(house, WEDDING, WEDDING)
        assert found.priority == "normal"
        assert _lines(found) == [{"kind": "looks_urgent", "priority": "high", "why": "occasion"}]


def test_anger_builds_up_and_thanks_take_it_away(house: House) -> None:
    with house.acting():
        assert _said(house, "Hello, when will order 4711 come?").mood == "neutral"
        assert _said(house, "This is really annoying, the parcel is late again.").mood == "tense"
        upset = _said(house, "THIRD TIME I WRITE. Nobody answers!! Terrible service, I am furious.")
        assert upset.mood == "upset"
        page = conversation_page(house.workspace.pk, filters=Filters(mood="upset"))
        assert [row.id for row in page.items] == [upset.pk]
        by_word = conversation_page(house.workspace.pk, filters=Filters(q="mood:upset"))
        assert [row.id for row in by_word.items] == [upset.pk]
        assert not conversation_page(house.workspace.pk, filters=Filters(mood="tense")).items
        assert _said(house, "It came just now, thank you so much, I love it!").mood == "calm"


def test_a_correction_stands_until_the_customer_comes_back_with_something_new(house: House) -> None:
    with house.acting():
        found = _said(house, "I want to return the boots, they are too small.")
        set_intent(found, agent=house.greta, intent="exchange")
        set_mood(found, agent=house.greta, mood="calm")
        again = _said(house, ANGRY)
        assert (again.intent, again.mood) == ("exchange", "calm")
        set_status(again, agent=house.greta, status="resolved")
        new = _said(house, ANGRY)
        assert (new.intent, new.sentiment, new.by_hand) == ("refund_status", "negative", [])


def test_a_correction_is_told_and_kept_as_a_lesson(house: House) -> None:
    with house.acting():
        found = _said(house, "I want to return the boots, they are too small.")
        set_intent(found, agent=house.greta, intent="exchange")
        set_intent(found, agent=house.greta, intent="warranty_claim")
        lesson = Lesson.objects.get(question="intent")
        assert (lesson.guessed, lesson.meant, lesson.source) == (found.intent, "warranty_claim", "agent")
        assert {"kind": "intent", "intent": "exchange"} in _lines(found)
        last = Message.objects.filter(conversation_id=found.pk, direction="in").latest("pk")
        learn_mood(house.workspace.pk, last, "negative")
        assert Lesson.objects.get(question="sentiment").source == "survey"


def test_what_is_no_purpose_or_mood_is_refused(house: House) -> None:
    with house.acting():
        found = _said(house, "Hello")
        with pytest.raises(Refusal):
            set_intent(found, agent=house.greta, intent="refund everything")
        with pytest.raises(Refusal):
            set_mood(found, agent=house.greta, mood="negative")


_COLOURS = ("red", "green", "blue", "white", "black", "grey")
_GOODS = ("lamp", "kettle", "sofa", "rug", "chair", "mug")


def _lessons(house: House, meant: str) -> None:
    """Let a shop teach that questions for colours are what it says they are."""
    for colour in _COLOURS:
        for goods in _GOODS:
            made = write(house, f"Do you have the {goods} in {colour}?", who=f"{colour}.{goods}@example.com")
            Lesson.objects.create(
                workspace=house.workspace,
                message_id=made.message_id,
                question="intent",
                meant=meant,
                source="agent",
            )
    settle()


def test_a_workspace_is_understood_as_it_taught(house: House) -> None:
    text = "Do you have the vase in pink?"
    with house.acting():
        assert understand(text).intent == "product_availability"
        _lessons(house, "exchange")
        assert is_due(house.workspace.pk, "intent")
        made = relearn(house.workspace.pk, "intent")
        assert made and made.active and made.right_after > made.right_before
        assert not is_due(house.workspace.pk, "intent")
        forget_all()
        layers = layers_of(house.workspace.pk)
        assert understand(text, layers=layers).intent == "exchange"
        assert understand("I forgot my password.", layers=layers).intent == "account_access"
        assert _said(house, text, who="new@example.com").intent == "exchange"
    other = a_house("other", owner="mallory")
    with other.acting():
        assert layers_of(other.workspace.pk) == {}
        assert understand(text, layers=layers_of(other.workspace.pk)).intent == "product_availability"


def test_lessons_that_add_nothing_are_not_used(house: House) -> None:
    with house.acting():
        _lessons(house, "product_availability")
        made = relearn(house.workspace.pk, "intent")
        assert made and not made.active and not made.weights
        forget_all()
        assert layers_of(house.workspace.pk) == {}
        Lesson.objects.filter(pk__in=list(Lesson.objects.values_list("pk", flat=True)[: FEWEST + 1])).delete()
        assert relearn(house.workspace.pk, "intent") is None and not Learned.objects.exists()
