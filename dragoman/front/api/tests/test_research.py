"""`/markets/{country}/research`: the figures of a market, and whatever may be asked wrongly."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.conversations.models import Conversation
from dragoman.service.surveys.actions import Answer, answer_survey
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def ask(house: House, query: str = "", *, country: str = "DE") -> tuple[int, Any]:
    answer = Client().get(
        f"/api/v1/markets/{country}/research{query}", headers={"Authorization": f"Bearer {house.token}"}
    )
    return answer.status_code, json.loads(answer.content)


def test_a_market_is_told_with_what_is_expected_and_measured(house):
    for number in range(6):
        came = write(house, text="Hallo", who=f"a{number}@example.com", market="DE", channel="email")
        with house.acting():
            answer_survey(Conversation.objects.get(pk=came.conversation_id), Answer(5 if number else 2))
    write(house, text="Hallo", who="fi@example.com", market="FI")
    status, told = ask(house, "?brand=kaisla", country="de")
    assert status == 200
    assert (told["country"], told["brand"], told["time_zone"]) == ("DE", "kaisla", "Europe/Berlin")
    assert (told["conversations"], told["customers"], told["too_few"]) == (6, 6, False)
    assert told["channels"]["expected"]
    (used,) = [one for one in told["channels"]["measured"] if one["channel"] == "email"]
    assert (used["share"], used["rank"]) == (1.0, 1)
    assert sum(map(sum, told["hours"]["by_weekday"].values())) == 6
    assert told["satisfaction"]["csat"] == 4.5 and told["returns_stored"] is False
    assert told["first_answers"][0]["channel"] is None
    assert "example.com" not in json.dumps(told) and "Hallo" not in json.dumps(told)


def test_a_workspace_without_conversations_has_expectations_alone(house):
    status, told = ask(house, country="JP")
    assert status == 200 and told["too_few"] and told["conversations"] == 0
    assert told["channels"]["expected"] and told["hours"]["by_weekday"] is None and not told["differences"]


@pytest.mark.parametrize(
    "country, query, status, code",
    [
        ("XX", "", 404, "no_such_market"),
        ("Germany", "", 404, "no_such_market"),
        ("DE", "?from=2026-02-02&to=2026-02-01", 422, "bad_span"),
        ("DE", "?from=2001-01-01&to=2026-02-01", 422, "bad_span"),
        ("DE", "?from=9999-12-31", 422, "invalid"),
        ("DE", "?to=0001-01-01", 422, "invalid"),
        ("DE", "?from=yesterday", 422, "invalid"),
        ("DE", "?from=2026-02-30", 422, "invalid"),
        ("DE", "?from=1764201600", 422, "invalid"),
        ("DE", "?brand=nobody", 422, "unknown_brand"),
        ("DE", "?days=3", 422, "invalid"),
    ],
)
def test_what_cannot_be_asked_is_told(house, country, query, status, code):
    answered, told = ask(house, query, country=country)
    assert (answered, told["code"]) == (status, code)


def test_mallory_sees_neither_brand_nor_customers_of_another_workspace(house):
    mallory = a_house("mallory", owner="mallory")
    for number in range(6):
        write(house, text="Hallo", who=f"a{number}@example.com", market="DE")
    assert ask(mallory)[1]["conversations"] == 0
    status, told = ask(mallory, "?brand=kaisla")
    assert (status, told["code"]) == (422, "unknown_brand")
