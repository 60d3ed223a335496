"""Own fields and preferences of customers over the API: defined, set, refused by name, withdrawn."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    answer = Client().generic(
        method,
        f"/api/v1{path}",
        b"" if body is None else json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}"},
    )
    return answer.status_code, answer.json() if answer.content else None


def test_fields_are_defined_set_cleared_and_removed(house):
    size = {"key": "size", "label": "Size", "kind": "choice", "choices": ["S", "M", "L"]}
    assert call(house, "POST", "/customer-fields", size) == (201, size)
    value = {"key": "lifetime_value", "label": "Lifetime value", "kind": "number"}
    assert call(house, "POST", "/customer-fields", value)[0] == 201
    status, made = call(house, "POST", "/customers", {"name": "สมชาย", "fields": {"size": "m"}})
    assert (status, made["fields"]) == (201, {"size": "M"})
    path = f"/customers/{made['id']}"
    status, told = call(house, "PATCH", path, {"market": "TH", "fields": {"lifetime_value": 1250.5}})
    assert (status, told["fields"], told["market"]) == (200, {"size": "M", "lifetime_value": 1250.5}, "TH")
    status, told = call(house, "PATCH", path, {"market": "FI", "fields": {"lifetime_value": "a lot"}})
    assert (status, told["code"], told["field"]) == (422, "bad_field", "fields.lifetime_value")
    assert "Lifetime value" in told["title"] and call(house, "GET", path)[1]["market"] == "TH"
    assert call(house, "PATCH", path, {"fields": {"shoe": 1}})[1]["code"] == "unknown_field"
    assert call(house, "PATCH", path, {"fields": {"size": None}})[1]["fields"] == {"lifetime_value": 1250.5}
    assert call(house, "PATCH", "/customer-fields/size", {"choices": ["XL"]})[1]["choices"] == ["XL"]
    assert call(house, "POST", "/customer-fields", value)[0] == 409
    assert call(house, "DELETE", "/customer-fields/lifetime_value")[0] == 204
    settle()
    assert call(house, "GET", "/customers")[1]["items"][0]["fields"] == {}
    assert [one["key"] for one in call(house, "GET", "/customer-fields")[1]["items"]] == ["size"]
    assert call(house, "DELETE", "/customer-fields/lifetime_value")[0] == 404


@pytest.mark.parametrize(
    "method, path",
    [
        ("GET", "/texts/signature.1.%00"),
        ("PATCH", "/customer-fields/size%00"),
        ("DELETE", "/customer-fields/%00size"),
        ("DELETE", "/customers/1/preferences/%00"),
        ("GET", "/customers/%00"),
    ],
)
def test_nothing_is_called_by_what_no_database_holds(house, method, path):
    call(house, "POST", "/customer-fields", {"key": "size", "label": "Size"})
    status, told = call(house, method, path, {} if method == "PATCH" else None)
    assert (status, told["code"]) == (404, "not_found")
    assert [one["key"] for one in call(house, "GET", "/customer-fields")[1]["items"]] == ["size"]


@pytest.mark.parametrize(
    "query", ["/texts?brand=%00", "/conversations?q=a%00b", "/customers?q=%00&cursor=%00"]
)
def test_a_query_is_asked_without_what_no_database_holds(house, query):
    assert call(house, "GET", query)[0] < 500


def test_a_refused_field_makes_no_customer(house):
    call(house, "POST", "/customer-fields", {"key": "size", "label": "Size", "kind": "number"})
    body = {
        "name": "Aino",
        "identities": [{"kind": "email", "value": "aino@example.fi"}],
        "fields": {"size": "M"},
    }
    assert call(house, "POST", "/customers", body)[0] == 422
    assert call(house, "GET", "/customers")[1]["items"] == []


def test_preferences_are_kept_with_consent_and_withdrawn(house):
    made = call(house, "POST", "/customers", {"name": "Aino"})[1]["id"]
    path = f"/customers/{made}/preferences"
    body = {"value": "vegan", "consent": {"how": "form"}}
    assert call(house, "PUT", f"{path}/diet", body)[1]["code"] == "preference_off"
    assert call(house, "PATCH", "/preference-kinds/diet", {"kept": True})[1]["kept"]
    status, told = call(house, "PUT", f"{path}/diet", body)
    assert (status, told["code"], told["field"]) == (422, "consent_needed", "consent.explicit")
    assert call(house, "PUT", f"{path}/diet", {"value": "vegan"})[0] == 422
    body["consent"] |= {"explicit": True, "given_at": "2026-03-01T10:00:00Z"}
    assert call(house, "PUT", f"{path}/diet", body)[0] == 200
    status, listed = call(house, "GET", path)
    assert listed["items"] == [
        {
            "kind": "diet",
            "label": "Diet",
            "value": "vegan",
            "special": True,
            "consent": {
                "how": "form",
                "given_by": "",
                "given_at": "2026-03-01T10:00:00Z",
                "explicit": True,
                "recorded_by": None,
            },
        }
    ]
    assert call(house, "PATCH", "/preference-kinds/diet", {"kept": False})[1]["code"] == "preference_in_use"
    assert call(house, "DELETE", f"{path}/diet")[0] == 204
    assert call(house, "GET", path)[1]["items"] == []
    assert call(house, "DELETE", f"{path}/diet")[0] == 404
    pillow = {"key": "pillow", "label": "Pillow"}
    assert call(house, "POST", "/preference-kinds", pillow)[1]["built_in"] is False
    assert call(house, "DELETE", "/preference-kinds/pillow")[0] == 204


def test_mallory_reaches_nothing_of_another_workspace(house):
    call(house, "POST", "/customer-fields", {"key": "size", "label": "Size"})
    made = call(house, "POST", "/customers", {"name": "Aino"})[1]["id"]
    mallory = a_house("other", owner="mallory")
    body = {"value": "x", "consent": {"how": "form"}}
    for method, path, sent in (
        ("GET", f"/customers/{made}/preferences", None),
        ("PUT", f"/customers/{made}/preferences/pronouns", body),
        ("DELETE", f"/customers/{made}/preferences/pronouns", None),
        ("PATCH", "/customer-fields/size", {"label": "Mine"}),
        ("DELETE", "/customer-fields/size", None),
        ("PATCH", f"/customers/{made}", {"fields": {"size": "x"}}),
    ):
        assert call(mallory, method, path, sent)[0] == 404, path
    assert call(mallory, "GET", "/customer-fields")[1]["items"] == []
