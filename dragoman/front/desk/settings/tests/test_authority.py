"""Limits are seen by all, set by leads, tried before they are met."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import AuthorityLimit, Role, StandIn, Workspace
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/settings/authority"


@pytest.fixture
def house():
    return a_house()


def seat(house, name, role=Role.AGENT):
    with house.acting():
        return add_agent(house.workspace.pk, email=f"{name}@kaisla.example", name=name.title(), role=role)


def client_of(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def test_a_lead_sets_a_limit_tries_it_and_takes_it_away(house):
    mika, client = seat(house, "mika"), client_of(seat(house, "lena", Role.LEAD))
    page = client.get(AT).content.decode()
    assert "<bdi>Owners</bdi> · Every action" in page
    assert "As delivered." in page
    assert 'value="50.00"' in client.get(f"{AT}/new?role=agent&kind=").content.decode()
    body = {"who": str(mika.pk), "kind": "refund", "market": "TH", "decision": "allow", "per_day": "5",
            "currency": ["thb", ""], "one": ["4000", ""], "month": ["", ""], "customer": ["", ""]}  # fmt: skip
    assert client.post(f"{AT}/new", body).status_code == 302
    with house.acting():
        made = AuthorityLimit.objects.get()
        assert made.sums == {"THB": {"one": 400000}}
    tried = {"agent": mika.pk, "kind": "refund", "market": "TH", "currency": "THB"}
    said = client.get(AT, tried).content.decode()
    assert "Up to THB" in said or "Up to ฿" in said
    assert "By the limit: Mika, Refund · Thailand." in said
    assert "Within the authority of Mika." in said and "Within your authority" not in said
    twice = client.post(f"{AT}/new", body)
    assert (twice.status_code, "Change that one" in twice.content.decode()) == (422, True)
    wrong = client.post(f"{AT}/{made.pk}", {**body, "currency": ["JPY", ""], "one": ["1.5", ""]})
    assert (wrong.status_code, 'value="1.5"' in wrong.content.decode()) == (422, True)
    less = client.post(f"{AT}/{made.pk}", {**body, "month": ["100", ""]})
    assert (less.status_code, "a sum of a month is below that of one action" in less.content.decode()) == (
        422,
        True,
    )
    assert client.post(f"{AT}/{made.pk}", {**body, "month": ["9000", ""]}).status_code == 302
    listed = client.get(AT).content.decode()
    assert "9,000\u2069 a month." in listed and "4,000\u2069 each." in listed
    above = client.post(f"{AT}/new", {"who": "owner", "decision": "allow"})
    assert (above.status_code, "Only owners" in above.content.decode()) == (422, True)
    client.post(f"{AT}/{made.pk}/remove")
    with house.acting():
        assert not AuthorityLimit.objects.exists()


def test_an_agent_sees_their_own_and_names_a_stand_in(house):
    mika, lauri = seat(house, "mika"), seat(house, "lauri")
    client = client_of(mika)
    page = client.get(AT).content.decode()
    assert "<bdi>Agents</bdi> · Every action" in page
    assert "<bdi>Owners" not in page
    assert client.get(f"{AT}/new").status_code == 403
    days = {"deputy": lauri.pk, "starts": "2026-12-01", "ends": "2026-12-24"}
    client.post(f"{AT}/stand-in", days)
    with house.acting():
        assert StandIn.objects.get().deputy_id == lauri.pk
    refused = client.post(f"{AT}/stand-in", {**days, "ends": "2026-11-01"})
    assert refused.status_code == 422 and 'value="2026-11-01"' in refused.content.decode()
    client.post(f"{AT}/stand-in", {"deputy": "99999", "starts": "x", "ends": "y"})
    with house.acting():
        assert StandIn.objects.get().ends_at.day == 25
    client.post(f"{AT}/stand-in", {"deputy": ""})
    with house.acting():
        assert not StandIn.objects.exists()


def test_times_are_bounded_and_mallory_finds_nothing(house):
    client = client_of(house.greta)
    client.post(f"{AT}/times", {"undo_order_action": "61", "approval_hours": "1"})
    client.post(f"{AT}/times", {"undo_order_action": "30", "approval_hours": "48"})
    with house.acting():
        kept = Workspace.objects.get(pk=house.workspace.pk)
        assert (kept.undo_order_action, kept.approval_hours) == (30, 48)
    client.post(f"{AT}/new", {"who": "agent", "decision": "ask"})
    with house.acting():
        made = AuthorityLimit.objects.get()
    mallory = client_of(a_house("mallory", owner="mallory").greta)
    assert mallory.get(f"{AT}/{made.pk}").status_code == 404
    assert mallory.post(f"{AT}/{made.pk}/remove").status_code == 404
