"""What is masked where it comes in, read and set by the API: scoped, all or nothing, with a line of who did it."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import create_token
from dragoman.core.accounts.masking import maskings
from dragoman.ground.events.models import StoredEvent
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/privacy/masking"


@pytest.fixture
def house() -> House:
    maskings.forget()
    return a_house()


def call(house: House, method: str, body: Any = None, *, token: str = "") -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{PATH}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or house.token}"},
    )
    return answer.status_code, json.loads(answer.content or "null")


def test_it_is_read_and_set_and_holds_for_what_comes_in(house):
    status, before = call(house, "GET")
    assert status == 200 and "card" in before["masks"] and "email" not in before["masks"]
    assert before["brands"] == [{"brand": "kaisla", "masks": None}]
    status, after = call(house, "PATCH", {"masks": ["email"], "envelope_masked_days": 7})
    assert (status, after["masks"], after["envelope_masked_days"]) == (200, ["email"], 7)
    came = write(house, "Call me at anna@example.com, my card is 4111 1111 1111 1111")
    settle()
    text = "Call me at [email], my card is 4111 1111 1111 1111"
    seen = Client().get(
        f"/api/v1/conversations/{came.conversation_id}", headers={"Authorization": f"Bearer {house.token}"}
    )
    assert seen.json()["messages"][0]["text"] == text
    own = call(house, "PATCH", {"brands": [{"brand": "kaisla", "masks": ["card"]}]})[1]
    assert own["masks"] == ["email"] and own["brands"] == [{"brand": "kaisla", "masks": ["card"]}]
    with house.acting():
        facts = StoredEvent.objects.filter(name__endswith="MaskingChanged").order_by("pk")
        lines = [line.facts for line in facts.filter(workspace_id=house.workspace.pk)]
    assert [line["brand_id"] for line in lines] == [0, house.brand.pk]
    assert all(line["token_id"] and not line["agent_id"] for line in lines)


@pytest.mark.parametrize(
    "body",
    [
        {"masks": ["shoe"]},
        {"envelope_masked_days": 0},
        {"envelopes_for_owners": True},
        {"masks": [], "brands": [{"brand": "nobody", "masks": []}]},
    ],
)
def test_what_is_odd_is_refused_and_nothing_is_changed(house, body):
    before = call(house, "GET")[1]
    assert call(house, "PATCH", body)[0] == 422
    assert call(house, "GET")[1] == before


def test_mallory_and_a_token_without_the_scope_change_nothing(house):
    mallory = a_house("other", owner="mallory")
    body = {"brands": [{"brand": "kaisla", "masks": []}]}
    assert call(mallory, "PATCH", body)[0] == 422
    assert [one["brand"] for one in call(mallory, "GET")[1]["brands"]] == ["other"]
    with house.acting():
        narrow = create_token(house.workspace.pk, name="narrow", scopes=["messages"])
    assert call(house, "GET", token=narrow)[0] == 403
    assert call(house, "PATCH", {"masks": []}, token=narrow)[0] == 403
    assert call(house, "GET")[1]["brands"] == [{"brand": "kaisla", "masks": None}]
