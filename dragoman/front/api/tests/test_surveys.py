"""Programs ask by a link, answer for a customer, and read what answers come to."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db(transaction=True)


def call(house: House, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {house.token}"}
    address = f"/api/v1{path}"
    if body is None:
        answer = Client(headers=headers).get(address)
    else:
        answer = Client(headers=headers).post(address, json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


def test_a_link_is_made_answered_and_counted_and_mallory_cannot_use_it() -> None:
    house, mallory = a_house(), a_house("mallory")
    number = str(write(house).conversation_id)
    assert call(mallory, "/surveys", {"conversation": number})[0] == 404
    status, link = call(house, "/surveys", {"conversation": number})
    assert status == 201 and link["url"].endswith(f"/s/{link['token']}")
    answers = f"/surveys/{link['token']}/responses"
    assert call(mallory, answers, {"score": 1})[0] == 404
    assert call(house, answers, {"score": 6})[0] == 422
    assert call(house, answers[:-12] + "x/responses", {"score": 5})[1]["code"] == "no_survey"
    status, said = call(house, answers, {"score": 4, "comment": "Kiitos", "language": "fi"})
    assert (status, said["score"], said["language"], said["open"]) == (200, 4, "fi", True)
    assert [one["id"] for one in call(house, "/surveys")[1]["items"]] == [said["id"]]
    assert call(house, "/surveys/means?by=brand")[1]["items"] == [
        {"value": "kaisla", "count": 1, "mean": 4.0, "good": 1}
    ]
    assert call(mallory, "/surveys")[1]["items"] == call(mallory, "/surveys/means")[1]["items"] == []
