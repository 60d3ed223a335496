"""Talks: answered once, proven before anything personal, handed over with a summary, silent beside people."""

from typing import Any

import pytest

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Conversation, Direction, Message, Status
from dragoman.core.conversations.summary import summary_of
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.service.bot.actions.answering import answer_message
from dragoman.service.bot.actions.proof import new_code
from dragoman.service.bot.actions.settings import BotWish, give_back, set_bot
from dragoman.service.bot.errors import NotALead
from dragoman.service.bot.models import ProofCode, Talk, Turn
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    made = a_house()
    with made.acting():
        switched_on(made)
    return made


def switched_on(house: House, **more: Any) -> None:
    wish = {"is_on": True, "name": "Mira", "channels": ["api", "chat", "email"], **more}
    set_bot(house.brand, BotWish(**wish), agent=house.greta)


def says(house: House, text: str, *, language: str = "en", **more: Any) -> tuple[Conversation, str]:
    """Let Somchai write, and return the conversation with what the bot answered ("" for nothing)."""
    came = write(house, text, language=language, **{"market": "FI", **more})
    settle()
    with house.acting():
        turn = Turn.objects.filter(message_id=came.message_id).first()
        answer = Message.objects.filter(pk=turn.answer_id).first() if turn and turn.answer_id else None
        return Conversation.objects.get(pk=came.conversation_id), answer.text if answer else ""


def the_code() -> str:
    row = ProofCode.objects.order_by("-pk").first()
    assert row is not None
    made = new_code(row.workspace_id, row.pk)
    assert made is not None
    return made[1]


def test_it_says_first_that_it_is_a_bot_and_answers_each_message_once(house):
    conversation, answer = says(house, "hello")
    assert answer.startswith("Mira is a bot, not a person.") and conversation.status == Status.PENDING
    with house.acting():
        message = Message.objects.get(direction=Direction.IN)
        assert answer_message(house.workspace.pk, message.pk) is not None
        bots = Message.objects.filter(direction=Direction.OUT)
        assert bots.count() == 1 and bots.get().extras["bot"] and bots.get().author == "Mira"
        assert {one["value"] for one in bots.get().extras["choices"]} >= {"flow:order_status", "human"}
    assert "is a bot" not in says(house, "What are your opening hours?")[1]


def test_an_order_is_told_only_after_the_code_from_its_own_mailbox(house, tmp_path, settings):
    settings.MAIL_URL = "smtp://mail.example"
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json", number="KSL-20411")
        order = Order.objects.get(pk=trial.order.pk)
    _conversation, asked = says(house, f"Where is my order {order.number}?")
    assert "e-mail address" in asked and order.number not in asked
    _conversation, asked = says(house, "mallory@example.com")
    wrong = asked
    with house.acting():
        assert ProofCode.objects.get().order is None
    assert "does not fit" in says(house, "123456")[1]
    says(house, "I would like to talk to a person please")
    other, asked = says(house, f"Where is my order {order.number}?", who="else@example.com", thread_key="2")
    _conversation, asked = says(house, order.email, who="else@example.com", thread_key="2")
    assert asked == wrong
    with house.acting():
        code = the_code()
    _conversation, told = says(house, code, who="else@example.com", thread_key="2")
    assert order.number in told
    with house.acting():
        card = Message.objects.filter(conversation=other, direction=Direction.OUT).last().extras["card"]
    assert card["number"] == order.number


def test_who_wants_a_person_gets_one_with_a_summary_and_the_bot_goes_quiet_once_they_write(house):
    conversation, answer = says(house, "I want to talk to a human being, please", language="en")
    assert "person" in answer and conversation.status == Status.OPEN
    with house.acting():
        note = Message.objects.get(direction=Direction.NOTE)
        assert "wants a person" in note.text and "human being" in note.text and note.author == "Mira"
        assert Talk.objects.get().state == Talk.State.HANDED_OVER
    assert says(house, "asdf qwer zxcv uiop")[1] == ""
    assert says(house, "What are your opening hours?")[1] != ""
    with house.acting():
        send_reply(conversation, agent=house.greta, draft=Draft("Hello, Greta here.", send_as="original"))
    assert says(house, "What are your opening hours?")[1] == ""
    with house.acting():
        give_back(conversation, agent=house.greta)
    assert says(house, "What are your opening hours?")[1] != ""


def test_it_leaves_machines_other_channels_and_other_languages_alone_and_waits_where_told(house):
    assert says(house, "hello", marks=["auto_reply"])[1] == ""
    with house.acting():
        switched_on(house, languages=["fi"])
    assert says(house, "hello there, my good friends", who="a@example.com")[1] == ""
    with house.acting():
        switched_on(house, channels=["chat"])
    assert says(house, "hello", who="b@example.com")[1] == ""
    with house.acting():
        switched_on(house, hours="unanswered")
    assert says(house, "hello", who="c@example.com")[1] == ""
    with house.acting():
        turn = Turn.objects.get(outcome=Turn.Outcome.WAITING)
        late = answer_message(house.workspace.pk, turn.message_id, late=True)
        assert late is not None and late.outcome == Turn.Outcome.ASKED


def test_only_leads_decide_what_it_does_and_mallory_nothing(house):
    mallory = a_house("mallory-shop", owner="mallory")
    with house.acting():
        agent = add_agent(house.workspace.pk, email="maija@kaisla.example", name="Maija", role=Role.AGENT)
        with pytest.raises(NotALead):
            set_bot(house.brand, BotWish(is_on=False, name="X", channels=[]), agent=agent)
    with mallory.acting():
        assert not Turn.objects.exists() and not Talk.objects.exists()


def test_what_the_help_centre_knows_is_answered_word_for_word_with_its_source(house):
    with house.acting():
        wish = ArticleWish(
            key="gift-cards",
            language="en",
            title="Gift cards",
            body="Gift cards are valid for two years from the day you buy them.",
            questions=("How long is a gift card valid?",),
            status="published",
        )
        write_text(house.workspace.pk, wish, agent=house.greta)
    conversation, answer = says(house, "How long is a gift card valid?")
    assert "Gift cards are valid for two years from the day you buy them." in answer
    with house.acting():
        message = Message.objects.get(conversation=conversation, direction=Direction.OUT)
        assert message.extras["sources"][0]["title"] == "Gift cards"
        assert Turn.objects.get().outcome == Turn.Outcome.ANSWERED


def test_a_question_is_answered_before_a_return_is_opened_and_while_an_order_is_asked_for(house):
    with house.acting():
        for key, title, body in (
            ("strings", "Opened strings", "An opened packet of strings cannot be sent back."),
            ("humidity", "Humidity", "Keep a guitar at 45 to 55 % humidity."),
        ):
            wish = ArticleWish(key=key, language="en", title=title, body=body, status="published")
            write_text(house.workspace.pk, wish, agent=house.greta)
    conversation, answer = says(house, "I opened a packet of strings, can I send it back?")
    assert "An opened packet of strings cannot be sent back." in answer
    with house.acting():
        offered = Message.objects.filter(conversation=conversation, direction=Direction.OUT).last()
    assert offered.extras["choices"][0]["value"] == "flow:start_return"
    assert "Which order is it about?" in says(house, "1")[1]
    _conversation, answer = says(house, "what humidity is good for a guitar?")
    assert answer.startswith("Keep a guitar at 45 to 55 % humidity.\n\nWhich order is it about?")
    assert "Which order is it about?" in says(house, "no idea what you mean by that, sorry")[1]
    assert "e-mail address" in says(house, "KSL-20411")[1]


def test_what_a_code_proved_is_theirs_at_the_desk_and_the_code_is_in_no_note(
    house, tmp_path, settings, client
):
    settings.MAIL_URL = "smtp://mail.example"
    other = {"who": "else@example.com", "thread_key": "2"}
    with house.acting():
        order = Order.objects.get(pk=a_trial(house, tmp_path / "shop.json", number="KSL-20411").order.pk)
    conversation, _asked = says(house, f"Where is my order {order.number}?", **other)
    client.force_login(house.greta.user)
    card = f"/desk/conversations/{conversation.pk}/orders"
    assert "This conversation names an order" in client.get(card).content.decode()
    says(house, order.email, **other)
    with house.acting():
        code = the_code()
    assert order.number in says(house, code, **other)[1]
    shown = client.get(card).content.decode()
    assert "This conversation names an order" not in shown and f'id="order-{order.pk}"' in shown
    says(house, "I want to talk to a person", **other)
    with house.acting():
        note = Message.objects.filter(conversation=conversation, direction=Direction.NOTE).last()
        assert code not in note.text and "shown to be theirs" in note.text and "Order status" in note.text
        assert summary_of(conversation, language="en").orders == (order.number,)
