"""Macros: written on their page, put into a draft in the customer's language, done along when sent."""

import re

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.core.texts.models import Macro
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def form(**more):
    return {
        "name": "Shipped",
        "shortcut": "ship",
        "for_all": "on",
        "language": ["en", "th", ""],
        "market": ["", "", ""],
        "text": ["It was shipped, {customer.name|dear customer}.", "จัดส่งแล้วค่ะ คุณ{customer.name}", ""],
        "tags": "parcel, shipped",
        "then": "resolved",
        **more,
    }


def macro_of(house) -> Macro:
    with house.acting():
        return Macro.objects.prefetch_related("localised__variants").get()


def test_slots_that_nobody_fills_in_are_named_when_it_is_saved(house):
    texts = ["Dear {customer.name|friend}, {unsinn} of {Bestellung}, {today}", "{unsinn}", ""]
    page = agent(house).post("/settings/macros/new", form(text=texts), follow=True).content.decode()
    assert "Nothing fills in {unsinn}, {Bestellung}: whoever sends" in page
    assert macro_of(house).texts["en"] == texts[0]
    page = agent(house).post("/settings/macros/new", form(name="Other"), follow=True).content.decode()
    assert "The macro is saved." in page and "Nothing fills in" not in page


def test_a_macro_is_written_tried_and_listed(house):
    client = agent(house)
    tried = client.post("/settings/macros/new", form(try_language="th", try_market="TH", **{"try": "1"}))
    assert tried.status_code == 200 and "จัดส่งแล้วค่ะ คุณSomchai" in tried.content.decode()
    with house.acting():
        assert not Macro.objects.exists()
    assert client.post("/settings/macros/new", form())["Location"] == "/settings/macros"
    page = client.get("/settings/macros").content.decode()
    assert "Shipped" in page and "/ship" in page and "Thai" in page
    again = client.post("/settings/macros/new", form())
    assert again.status_code == 422 and "Another macro has this name" in again.content.decode()
    assert "จัดส่งแล้วค่ะ" in again.content.decode()


def test_the_customers_text_goes_into_the_draft_and_its_work_is_done_when_it_is_sent(house):
    with house.acting():
        save_macro(
            house.workspace.pk,
            agent=house.greta,
            written=Written(
                "Shipped",
                {"en": "Shipped!", "th": "จัดส่งแล้วค่ะ คุณ{customer.name}"},
                tags=["parcel"],
                then="resolved",
            ),
        )
    came = write(house, "พัสดุอยู่ไหนคะ", language="th")
    settle()
    client, key = agent(house), f"macro:{macro_of(house).pk}"
    at = f"/desk/conversations/{came.conversation_id}"
    offered = client.get(f"{at}/phrases?phrase_q=ship").content.decode()
    assert 'data-insert="จัดส่งแล้วค่ะ คุณSomchai"' in offered and "Shipped!" in offered
    shown = client.post(f"{at}/preview", {"text": "", "channel": "api", "phrase": key}).content.decode()
    text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", shown).group(1)
    assert text == "จัดส่งแล้วค่ะ คุณSomchai"
    client.post(f"{at}/send", {"text": text, "channel": "api", "macro": key})
    with house.acting():
        message = Message.objects.get(direction="out")
        conversation = Conversation.objects.get(pk=came.conversation_id)
    assert message.text == text and message.engine == ""
    assert conversation.status == "resolved" and conversation.tags == ["parcel"]
    assert macro_of(house).used == 1


def test_an_open_slot_stops_the_sending(house):
    came = write(house, "Hello", language="en")
    settle()
    at = f"/desk/conversations/{came.conversation_id}"
    answer = agent(house).post(f"{at}/send", {"text": "Parcel {tracking.number}", "channel": "api"})
    assert answer.status_code == 409 and "{tracking.number}" in answer.content.decode()
    with house.acting():
        assert not Message.objects.filter(direction="out").exists()


def test_mallory_sees_and_removes_none(house):
    agent(house).post("/settings/macros/new", form())
    number, mallory = macro_of(house).pk, agent(a_house("mallory-shop", owner="mallory"))
    assert mallory.get(f"/settings/macros/{number}").status_code == 404
    assert mallory.post(f"/settings/macros/{number}/remove").status_code == 404
    assert macro_of(house).pk == number


def test_a_macro_is_removed_after_a_question(house):
    client = agent(house)
    client.post("/settings/macros/new", form())
    number = macro_of(house).pk
    assert "What was sent with it stays" in client.get(f"/settings/macros/{number}/remove").content.decode()
    client.post(f"/settings/macros/{number}/remove")
    with house.acting():
        assert not Macro.objects.exists()
