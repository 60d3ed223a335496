"""Disputes over the API and on the desk: listed by deadline, answered by leads; Mallory of elsewhere reaches none."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.commerce.actions.disputes import note_dispute
from dragoman.core.commerce.actions.payments import Given, connect_payments
from dragoman.ground.providers.payments.ports import Disputed
from tests.people import a_house

pytestmark = pytest.mark.django_db


def call(client, house, path, body=None):
    headers = {"Authorization": f"Bearer {house.token}"}
    if body is None:
        return client.get(f"/api/v1{path}", headers=headers)
    return client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def test_disputes_are_listed_read_and_answered_by_a_lead_and_never_by_mallory(client):
    house, other = a_house(), a_house("other", owner="mallory")
    with house.acting():
        row = connect_payments(house.greta, vendor="stripe", given=Given("Stripe", {"api_key": "sk_1"}))
        mika = add_agent(house.workspace.pk, email="mika@kaisla.example", name="Mika", role=Role.AGENT)
        for number, days in (("du_2", 9), ("du_1", 2)):
            told = Disputed(
                external_id=number, payment="pi_1", amount=4990, currency="EUR", reason="fraudulent",
                status="needs_response", due_by=timezone.now() + timedelta(days=days),
            )  # fmt: skip
            note_dispute(row, told)
    items = call(client, house, "/disputes?state=open").json()["items"]
    assert [one["number"] for one in items] == ["du_1", "du_2"]
    path = f"/disputes/{items[0]['id']}"
    assert call(client, house, path).json()["evidence"][0]["title"] == "The dispute"
    assert call(client, house, f"{path}/evidence", {"agent": str(mika.pk), "send": True}).status_code == 403
    kept = call(
        client, house, f"{path}/evidence", {"agent": str(house.greta.pk), "statement": "It arrived."}
    ).json()
    assert (kept["statement"], kept["answer"]) == ("It arrived.", "")
    sent = call(client, house, f"{path}/evidence", {"agent": str(house.greta.pk), "send": True}).json()
    assert (sent["answer"], sent["answered_by"]) == ("queued", str(house.greta.pk))
    again = call(client, house, f"{path}/evidence", {"agent": str(house.greta.pk), "send": True})
    assert (again.status_code, again.json()["code"]) == (409, "dispute_over")

    assert call(client, other, path).status_code == 404
    assert call(client, other, "/disputes").json()["items"] == []
    foreign = call(client, other, f"{path}/evidence", {"agent": str(house.greta.pk), "send": True})
    assert (foreign.status_code, foreign.json()["code"]) == (422, "unknown_agent")
    mine = {"agent": str(other.greta.pk), "send": True}
    assert call(client, other, f"{path}/evidence", mine).status_code == 404
