"""Answers by the API: in the manner due to the customer, and never with a gap in the text."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


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
