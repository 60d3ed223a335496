"""Answers by the API: in the manner due to the customer, and never with a gap in the text."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.conversations.actions.reply import Draft, amend_preview, preview_reply, send_reply
from dragoman.core.conversations.actions.translation import translate_message
from dragoman.core.conversations.models import Conversation, Message
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def messages(house: House, conversation: int) -> list[dict[str, Any]]:
    return call(house, "GET", f"/conversations/{conversation}")[1]["messages"]


def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}"},
    )
    return answer.status_code, json.loads(answer.content or "null")


def test_a_customers_form_of_address_is_kept_and_spoken_and_a_strange_one_refused(house):
    came = write(house, "Wo ist mein Paket?", language="de")
    settle()
    path = f"/customers/{came.customer_id}"
    status, customer = call(house, "PATCH", path, {"form_of_address": "casual", "gender": "woman"})
    assert (status, customer["form_of_address"], customer["gender"]) == (200, "casual", "woman")
    assert call(house, "PATCH", path, {"form_of_address": "rude"})[0] == 422
    answer = f"/conversations/{came.conversation_id}/replies"
    text = "Is there anything else we can help you with?"
    status, reply = call(house, "POST", answer, {"text": text, "language": "en"})
    assert status == 201 and "dir" in reply["text"]
    assert call(a_house("mallory-shop", owner="mallory"), "PATCH", path, {"gender": "man"})[0] == 404


@pytest.mark.parametrize("translate", [True, False])
def test_an_answer_with_an_open_slot_is_refused_with_its_name_and_nothing_is_sent(house, translate):
    came = write(house, "Where is it?", language="en")
    settle()
    path = f"/conversations/{came.conversation_id}"
    body = {"text": "Your order {order} was shipped on {date}.", "translate": translate}
    status, refused = call(house, "POST", f"{path}/replies", body)
    assert status == 422 and refused["code"] == "open_slots" and refused["slots"] == ["order", "date"]
    assert "{order}" in refused["title"]
    assert all(one["direction"] != "out" for one in call(house, "GET", path)[1]["messages"])
    assert call(house, "POST", f"{path}/replies", {"text": "A brace { is none", "translate": False})[0] == 201


def test_translations_tell_whether_a_person_looked_at_them(house, settings):
    settings.TRANSLATOR_URL = "fake://"
    came = write(house, "พัสดุของฉันอยู่ที่ไหน", language="th")
    settle()
    path = f"/conversations/{came.conversation_id}/replies"
    call(house, "POST", path, {"text": "Your parcel left the warehouse by the sea.", "language": "en"})
    asked = call(house, "POST", path, {"text": "The lamp will shine again soon.", "review": True})[1]
    settle()
    theirs, plain, waits = messages(house, came.conversation_id)
    assert theirs["translations"]["en"]["reviewed"] is False
    assert plain["translations"]["en"]["text"] == "Your parcel left the warehouse by the sea."
    assert (
        plain["translations"]["en"]["reviewed"] is False and plain["translations"]["en"]["engine"] == "fake"
    )
    assert waits["translations"]["en"]["reviewed"] is False
    [line] = call(house, "GET", "/language/reviews")[1]["items"]
    assert call(house, "POST", f"/language/reviews/{line['id']}/accept", {})[0] == 200
    [done] = [one for one in messages(house, came.conversation_id) if one["id"] == asked["id"]]
    assert done["translations"]["en"]["reviewed"] is True


def test_a_translation_that_an_agent_changed_counts_as_looked_at(house, settings):
    settings.TRANSLATOR_URL = "fake://"
    came = write(house, "พัสดุของฉันอยู่ที่ไหน", language="th")
    settle()
    text = "Your parcel left the warehouse by the sea."
    with house.acting():
        found = Conversation.objects.select_related("customer", "brand").get(pk=came.conversation_id)
        shown = preview_reply(found, agent=house.greta, text=text)
        amended = amend_preview(found, text=text, token=shown.token, said="พัสดุออกจากคลังแล้วค่ะ")
        send_reply(found, agent=house.greta, draft=Draft(text=text, preview_token=amended.token))
    sent = messages(house, came.conversation_id)[-1]
    assert sent["text"] == "พัสดุออกจากคลังแล้วค่ะ" and sent["translations"]["en"]["reviewed"] is True


def test_what_a_machine_lost_of_a_customers_message_is_told_to_programs_and_people(house, settings):
    settings.TRANSLATOR_URL = "fake://?lose=1"
    came = write(house, "สวัสดีค่ะ อยากทราบว่าพัสดุหมายเลข KSL-20418 อยู่ที่ไหน", language="th")
    settle()
    with house.acting():
        found = Message.objects.select_related("conversation__customer", "conversation__brand")
        assert translate_message(found.get(pk=came.message_id))
    [theirs] = messages(house, came.conversation_id)
    assert any("KSL-20418" in fault for fault in theirs["translations"]["en"]["faults"])
    client = Client()
    client.force_login(house.greta.user)
    page = client.get(f"/conversations/{came.conversation_id}").content.decode()
    assert "Something may be missing (KSL-20418): read the original." in page
