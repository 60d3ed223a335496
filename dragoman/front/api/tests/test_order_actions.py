"""Shops are asked over the API: previewed, once a key, within the scope and the limits."""

import pytest

from dragoman.core.accounts.actions import add_agent, create_token
from dragoman.core.accounts.models import Role
from dragoman.core.commerce.tests.acting import a_trial
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json")


def call(client, house, path, body=None, *, token="", key=""):
    headers = {"Authorization": f"Bearer {token or house.token}"}
    if key:
        headers["Idempotency-Key"] = key
    if body is None:
        return client.get(f"/api/v1{path}", headers=headers)
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_a_refund_is_previewed_asked_once_listed_and_taken_back(client, house, trial):
    body = {"lines": [{"line": str(trial.line("Lamp")), "quantity": 1}], "reason": "damaged"}
    seen = call(client, house, "/orders/ksl 1/refund", {**body, "preview": True}).json()
    assert (seen["amount"], seen["left"]["amount"]) == ({"amount": 3000, "currency": "EUR"}, 8500)
    assert seen["authority"]["outcome"] == "allowed"
    first = call(client, house, "/orders/KSL-1/refund", body, key="r1")
    again = call(client, house, "/orders/KSL-1/refund", body, key="r1")
    other = call(client, house, "/orders/KSL-1/refund", {**body, "shipping": 1}, key="r1")
    assert (first.status_code, first.json()["state"], again.json()) == (201, "queued", first.json())
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    pk = first.json()["id"]
    assert [one["id"] for one in call(client, house, "/orders/KSL-1/actions").json()["items"]] == [pk]
    back = call(client, house, f"/orders/KSL-1/actions/{pk}/undo", {})
    assert back.json()["state"] == "undone"
    assert call(client, house, "/orders/KSL-1/actions/99999/undo", {}).status_code == 404


def test_other_actions_and_what_cannot_be(client, house, trial):
    line = [{"line": str(trial.line("Lamp")), "quantity": 1}]
    to = {"lines": ["Katu 1"], "city": "Turku", "country": "FI"}
    for path, body in (
        ("cancel", {}),
        ("address", {"address": to}),
        ("reship", {"lines": line}),
        ("discount", {"percent": 10}),
        ("discount", {"amount": 500, "store_credit": True}),
    ):
        answer = call(client, house, f"/orders/KSL-1/{path}", {**body, "preview": True})
        assert answer.status_code == 200, answer.content
    more = call(client, house, "/orders/KSL-1/refund", {"amount": 8501})
    assert (more.status_code, more.json()["code"], more.json()["left"]["amount"]) == (
        409,
        "more_than_left",
        8500,
    )
    wrong = call(client, house, "/orders/KSL-1/refund", {"lines": [{"line": "nothing", "quantity": 1}]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_wish")
    assert call(client, house, "/orders/KSL-1/refund", {"agent": "999", "amount": 1}).status_code == 422
    assert call(client, house, "/orders/NONE/refund", {"amount": 1}).status_code == 404


def test_orders_may_be_sent_without_the_right_to_act_on_them(client, house, trial):
    with house.acting():
        narrow = create_token(house.workspace.pk, scopes=["orders"])
        wide = create_token(house.workspace.pk, scopes=["orders", "order_actions"])
    refused = call(client, house, "/orders/KSL-1/refund", {"amount": 1}, token=narrow)
    assert (refused.status_code, refused.json()["code"]) == (403, "out_of_scope")
    assert call(client, house, "/orders/KSL-1/refund", {"amount": 1}, token=wide).status_code == 201
    mallory = a_house("mallory", owner="mallory")
    assert call(client, mallory, "/orders/KSL-1/refund", {"amount": 1}).status_code == 404


def test_an_agents_limits_hold_over_the_api_and_others_approve(client, house, trial):
    with house.acting():
        mika = add_agent(house.workspace.pk, email="mika@kaisla.example", name="Mika", role=Role.AGENT)
    asked = call(client, house, "/orders/KSL-1/refund", {"amount": 6000, "agent": str(mika.pk)}).json()
    assert asked["state"] == "waiting_approval"
    [waiting] = call(client, house, "/approvals?state=waiting").json()["items"]
    assert (waiting["id"], waiting["order"], waiting["requester"]) == (
        asked["approval"],
        "KSL-1",
        str(mika.pk),
    )
    path = f"/approvals/{waiting['id']}"
    own = call(client, house, f"{path}/approve", {"agent": str(mika.pk)})
    assert (own.status_code, own.json()["code"]) == (403, "own_request")
    yes = call(client, house, f"{path}/approve", {"agent": str(house.greta.pk)})
    assert yes.json()["state"] == "approved"
    late = call(client, house, f"{path}/decline", {"agent": str(house.greta.pk)})
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")
