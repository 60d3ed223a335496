"""Texts over the API: listed with how they stand, written beside their source, resolved for a customer."""

import json
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import create_token
from dragoman.core.texts.actions.macros import Written, save_macro
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or house.token}"},
    )
    return answer.status_code, json.loads(answer.content or "null")


def put(house: House, name: str, text: str, **more: Any) -> tuple[int, Any]:
    at = f"/texts/greeting.{house.brand.pk}.greeting/variants/{name}"
    return call(house, "PUT", at, {"text": text, **more})


def test_a_text_is_written_goes_stale_and_is_confirmed(house):
    status, made = put(house, "en", "Welcome to {brand.name}", version=0)
    assert status == 201 and made["source"] == "en" and made["variants"][0]["version"] == 1
    assert put(house, "th", "ยินดีต้อนรับ", source_version=1)[0] == 201
    put(house, "de@AT", "Grüß Gott", made="machine")
    status, changed = put(house, "en", "Hello from {brand.name}", version=1)
    assert status == 200
    assert {one["language"] + one["market"]: one["state"] for one in changed["variants"]} == {
        "en": "source",
        "th": "stale",
        "deAT": "stale",
    }
    listed = call(house, "GET", "/texts?language=th&state=stale")[1]["items"]
    assert [one["id"] for one in listed] == [made["id"]]
    at = f"/texts/{made['id']}/variants/th/confirm"
    assert call(house, "POST", at, {"source_version": 1})[1]["code"] == "changed_meanwhile"
    status, right = call(house, "POST", at, {"source_version": 2})
    assert status == 200 and {"language": "th", "state": "right"} in right["coverage"]


def test_what_a_customer_gets_is_told_with_the_places_looked_at(house):
    put(house, "de", "Willkommen bei {brand.name}")
    put(house, "en", "Welcome")
    at = f"/texts/greeting.{house.brand.pk}.greeting/resolved"
    status, got = call(house, "GET", f"{at}?language=de&market=AT")
    assert status == 200 and got["text"] == "Willkommen bei {brand.name}" and got["slots"] == ["brand.name"]
    assert [(one["market"], one["found"]) for one in got["looked"]] == [("AT", None), ("", "de")]
    ours = call(house, "GET", f"{at}?language=th")[1]
    assert ours["variant"] is None and ours["language"] == "th" and ours["looked"][-1]["whose"] == "ours"


def test_macros_are_texts_and_stay_what_they_are(house):
    with house.acting():
        macro = save_macro(
            house.workspace.pk, agent=None, written=Written("Shipped", {"en": "It was shipped"})
        )
    at = f"/texts/macro.0.{macro.pk}"
    assert call(house, "PUT", f"{at}/variants/fi", {"text": "Se on lähetetty"})[0] == 201
    assert call(house, "GET", f"/macros/{macro.pk}")[1]["texts"] == {
        "en": "It was shipped",
        "fi": "Se on lähetetty",
    }
    call(house, "PATCH", f"/macros/{macro.pk}", {"texts": {"en": "On its way", "fi": "Se on lähetetty"}})
    assert [one["state"] for one in call(house, "GET", at)[1]["variants"]] == ["source", "stale"]
    for slot in ("{custmer}", "{answer_by}", "{customer.size}"):
        status, refused = call(house, "PUT", f"{at}/variants/th@TH", {"text": f"x {slot}"})
        assert (status, refused["code"], refused["slots"]) == (422, "unknown_slot", [slot])
    listed = call(house, "GET", "/texts?kind=macro")[1]["items"]
    assert [(one["title"], one["brand"]) for one in listed] == [("Shipped", None)]


@pytest.mark.parametrize(
    "name, body, status, code",
    [
        ("en", {"text": "Hi {custmer.name}"}, 422, "unknown_slot"),
        ("en", {"text": "  "}, 422, "empty"),
        ("xx", {"text": "Hi"}, 422, "bad_language"),
        ("de@ZZ", {"text": "Hi"}, 422, "bad_market"),
        ("en", {"text": "Hi", "version": 7}, 409, "changed_meanwhile"),
        ("en", {"text": "Hi", "nonsense": 1}, 422, "invalid"),
        ("en", {"text": "x" * 501}, 422, "too_long"),
    ],
)
def test_bad_input_is_refused_with_its_name(house, name, body, status, code):
    answer = call(house, "PUT", f"/texts/greeting.{house.brand.pk}.greeting/variants/{name}", body)
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert call(house, "GET", "/texts?kind=greeting")[1]["items"][0]["variants"] == []


def test_a_snippet_begins_with_its_first_words_and_a_text_nobody_has_a_place_for_does_not(house):
    at = f"/texts/snippet.{house.brand.pk}.shop-address"
    assert call(house, "PUT", f"{at}/variants/en", {"text": "High Street 1"})[0] == 201
    assert call(house, "GET", at)[1]["variants"][0]["text"] == "High Street 1"
    for ref in (
        "greeting.{}.shop-address",
        "snippet.{}.two words",
        "snippet.0.shop-address",
        "snippet.999999.x",
    ):
        path = f"/texts/{ref.format(house.brand.pk)}/variants/en".replace(" ", "%20")
        assert call(house, "PUT", path, {"text": "Hi"})[0] == 404


def test_the_source_is_removed_last(house):
    put(house, "en", "Hi")
    put(house, "fi", "Hei")
    at = f"/texts/greeting.{house.brand.pk}.greeting/variants"
    assert call(house, "DELETE", f"{at}/en")[1]["code"] == "is_source"
    assert call(house, "DELETE", f"{at}/fi?version=9")[1]["code"] == "changed_meanwhile"
    assert [call(house, "DELETE", f"{at}/{name}")[0] for name in ("fi", "en", "en")] == [204, 204, 404]


def test_mallory_and_a_token_for_something_else_reach_nothing(house):
    put(house, "en", "Hi")
    mallory = a_house("mallory-shop", owner="mallory")
    at = f"/texts/greeting.{house.brand.pk}.greeting"
    tries = [
        ("GET", at, None),
        ("GET", f"{at}/resolved?language=en", None),
        ("PUT", f"{at}/variants/en", {"text": "Bye"}),
        ("POST", f"{at}/variants/en/confirm", {}),
        ("DELETE", f"{at}/variants/en", None),
    ]
    assert {call(mallory, *one)[0] for one in tries} == {404}
    with house.acting():
        narrow = create_token(house.workspace.pk, scopes=["macros"])
    assert call(house, "GET", at, token=narrow)[0] == 403
    assert call(house, "GET", at)[1]["variants"][0]["text"] == "Hi"
