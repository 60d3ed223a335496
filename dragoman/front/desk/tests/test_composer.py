"""The composer's ways out: copies, taking back, planning, holding once, asking outsiders. All without a script."""

import io
import json
import re

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.models import Customer
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db

MAIL = """From: Maija <maija@example.com>
To: help@kaisla.example
Cc: Seppo <seppo@example.com>
Message-ID: <m1@example.com>
Subject: Lasku

Tarvitsen laskun tilauksesta KSL-20424, kiitos.
"""


@pytest.fixture
def house(settings, tmp_path):
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    house = a_house()
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example")
        envelope = envelopes.store_envelope("email", f"email:{box.pk}", io.BytesIO(MAIL.encode()))
        envelopes.open_envelope(envelope)
    settle()
    return house


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def conversation_of(house) -> Conversation:
    with house.acting():
        return Conversation.objects.order_by("pk").first()


def send(house, *, follow=True, **fields):
    number = conversation_of(house).pk
    body = {"text": "Hei", "channel": "email", "send_as": "original", **fields}
    return agent(house).post(f"/desk/conversations/{number}/send", body, follow=follow)


def sent(house) -> Message:
    with house.acting():
        return Message.objects.filter(direction="out").order_by("-pk").first()


def test_the_mails_own_people_get_the_answer_with_one_tick(house):
    send(house, mail_all="1", mail_bcc="boss@group.example")
    message = sent(house)
    assert message.meta["cc"] == ["seppo@example.com"] and message.meta["bcc"] == ["boss@group.example"]
    assert message.delivery == "scheduled"


@pytest.mark.parametrize(("field", "typed"), [("mail_bcc", "boss"), ("mail_to", "help@kaisla.example")])
def test_a_refused_recipient_is_told_where_it_stands(house, field, typed):
    page = send(house, **{field: typed}).content.decode()
    assert f'name="{field}" aria-invalid="true" aria-describedby="people-wrong"' in page
    assert page.count('aria-describedby="people-wrong"') == 1
    number = conversation_of(house).pk
    body = {"text": "Hei", "channel": "email", "send_as": "original", field: typed}
    scripted = {"HX-Request": "true"}
    answer = agent(house).post(f"/desk/conversations/{number}/send", body, headers=scripted)
    assert answer.status_code == 409 and sent(house) is None
    assert json.loads(answer["HX-Trigger"])["people-refused"]["field"] == field


def test_a_copy_to_what_is_no_address_is_refused_and_the_text_stays(house):
    answer = send(house, mail_cc="seppo at example", text="Pitkä vastaus")
    page = answer.content.decode()
    assert answer.status_code == 409 and sent(house) is None
    assert (
        "is not an e-mail address" in page and "Pitkä vastaus" in page and 'value="seppo at example"' in page
    )


def test_what_is_taken_back_stands_in_the_composer_again_with_its_copies(house):
    send(house, mail_cc="Otto <otto@firma.example>", text="Hups")
    page = agent(house).post(f"/desk/messages/{sent(house).pk}/withdraw").content.decode()
    assert re.search(r"<textarea[^>]*>Hups</textarea>", page) and "Otto &lt;otto@firma.example&gt;" in page
    assert sent(house) is None


def test_what_went_to_all_comes_back_with_its_tick_and_the_others_typed(house):
    send(house, mail_all="1", mail_cc="Otto <otto@firma.example>", text="Hups")
    page = agent(house).post(f"/desk/messages/{sent(house).pk}/withdraw").content.decode()
    assert re.search(r'name="mail_all" value="1" checked', page)
    assert 'name="mail_cc" value="Otto &lt;otto@firma.example&gt;"' in page
    send(house, text="Hups")
    page = agent(house).post(f"/desk/messages/{sent(house).pk}/withdraw").content.decode()
    assert 'name="mail_all" value="1" data-do' in page and "seppo@example.com" in page


def test_an_answer_is_planned_by_the_customers_clock(house):
    with house.acting():
        Conversation.objects.update(market="JP")
    send(house, plan="at", plan_at="2027-03-01T09:00")
    assert sent(house).due_at.isoformat() == "2027-03-01T00:00:00+00:00"
    refused = send(house, plan="at", plan_at="soon")
    assert refused.status_code == 409 and "Choose a day and an hour" in refused.content.decode()


def test_the_time_an_answer_is_planned_for_stands_in_its_field(house):
    with house.acting():
        Conversation.objects.update(market="JP")
    page = send(house, plan="at", plan_at="2027-03-01T09:00").content.decode()
    assert 'name="plan_at" value="2027-03-01T09:00" required' in page


def test_the_menus_say_where_the_customers_clock_is_not_known(house):
    number, unknown = conversation_of(house).pk, "time zone is not known"
    for market, language, times in (("", "", 2), ("", "fi", 0), ("JP", "fi", 0)):
        with house.acting():
            Conversation.objects.update(market=market, language=language)
            Customer.objects.update(market="", language=language)
        page = agent(house).get(f"/conversations/{number}").content.decode()
        assert page.count(unknown) == times and ("9 o&#39;clock" in page) is (not times)
        # a country that only the language points at is called probable wherever its clock is read
        assert ("probably Helsinki" in page) is (market == "" and language == "fi")


def test_a_phrase_is_shown_once_to_who_reads_as_the_agent_does(house):
    number = conversation_of(house).pk
    for language, times in (("en", 1), ("fi", 2)):
        with house.acting():
            Conversation.objects.update(language=language)
        shown = agent(house).get(f"/desk/conversations/{number}/phrases").content.decode()
        first = re.search(r'<span class="both">(.*?)</button>', shown).group(1)
        assert first.count('dir="auto"') == times


def test_a_row_marks_our_word_and_says_what_did_not_arrive(house):
    number = conversation_of(house).pk
    row = re.compile(rf'id="row-{number}".*?</a>', re.DOTALL)

    def shown() -> tuple[bool, bool]:
        found = row.search(agent(house).get("/?view=all").content.decode()).group()
        return "Our answer:" in found, "Not delivered" in found

    send(house, text="Tässä lasku")
    assert shown() == (False, False), "what can still be taken back has not been said"
    agent(house).post(f"/desk/messages/{sent(house).pk}/now")
    assert shown() == (True, False)
    with house.acting():
        Message.objects.filter(pk=sent(house).pk).update(delivery="failed", failure="550 unknown user")
    assert shown() == (True, True)
    write(house, "Odota!", who="maija@example.com")
    with house.acting():
        Message.objects.filter(text="Odota!").update(conversation_id=number)
    assert shown() == (False, False), "the customer has the last word"


def test_an_answer_written_while_the_customer_wrote_is_shown_first(house):
    seen = 0
    with house.acting():
        seen = Message.objects.filter(direction="in").first().pk
        Message.objects.create(
            workspace=house.workspace,
            conversation=conversation_of(house),
            direction="in",
            channel="email",
            text="Odota!",
        )
    held = send(house, seen=str(seen))
    page = held.content.decode()
    assert held.status_code == 409 and "Somebody wrote here since you began" in page and sent(house) is None
    newest = re.search(r'name="seen" id="seen" value="(\d+)"', page).group(1)
    assert int(newest) > seen
    send(house, seen=newest)
    assert sent(house) is not None


def test_send_and_next_leads_to_the_next_of_the_list(house):
    other = write(house, "Hello", who="b@example.com", language="en")
    settle()
    number = conversation_of(house).pk
    body = {"text": "Hei", "channel": "email", "send_as": "original", "then": "next"}
    answer = agent(house).post(f"/desk/conversations/{number}/send?view=open", body)
    assert answer["Location"] == f"/conversations/{other.conversation_id}?view=open"


def test_an_outsider_is_asked_in_two_steps(house):
    number = conversation_of(house).pk
    client, at = agent(house), f"/desk/conversations/{number}/ask"
    with house.acting():
        message = Message.objects.filter(direction="in").first()
    page = client.get(f"{at}?message={message.pk}").content.decode()
    assert f'value="{message.pk}" checked' in page
    body = {
        "to": "desk@carrier.example",
        "language": "en",
        "text": "Where is the parcel?",
        "forward": str(message.pk),
    }
    shown = client.post(at, body).content.decode()
    token = re.search(r'name="preview_token" value="([^"]+)"', shown).group(1)
    answer = client.post(at, {**body, "preview_token": token})
    with house.acting():
        side = Conversation.objects.get(side_of_id=number)
        mail = Message.objects.get(conversation=side, direction="out")
    assert answer["Location"] == f"/conversations/{side.pk}"
    assert mail.text == "Where is the parcel?" and "> Tarvitsen laskun" in mail.quoted
    assert "The customer sees nothing of it" in client.get(f"/conversations/{side.pk}").content.decode()
    refused = client.post(at, {**body, "to": ""})
    assert refused.status_code == 422 and "Where is the parcel?" in refused.content.decode()


def test_mallory_takes_nothing_back_and_asks_nobody(house):
    send(house)
    mallory = agent(a_house("mallory-shop", owner="mallory"))
    number, message = conversation_of(house).pk, sent(house)
    for path in (
        f"/desk/messages/{message.pk}/withdraw",
        f"/desk/messages/{message.pk}/now",
        f"/desk/messages/{message.pk}/plan",
    ):
        assert mallory.post(path, {"plan_at": "2027-01-01T09:00"}).status_code == 404
    assert mallory.get(f"/desk/conversations/{number}/ask").status_code == 404
    assert sent(house).delivery == "scheduled" and sent(house).due_at > timezone.now()


def test_a_conversation_is_put_aside_until_the_customer_answers(house):
    number = conversation_of(house).pk
    agent(house).post(f"/desk/conversations/{number}/snooze", {"until": "answer"})
    found = conversation_of(house)
    assert found.status == "snoozed" and found.snoozed_until is None
    page = agent(house).get(f"/conversations/{number}").content.decode()
    assert "until an answer" in page
