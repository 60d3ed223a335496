"""Returns at the desk: the list, the section of an order, steps by buttons, and policies that keep to the law."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.commerce.models import Order, OrderAction, OrderLine, Shipment
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.service.returns.actions.announcing import announce_return
from dragoman.service.returns.actions.policies import PolicyFacts, set_return_policy
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.actions.steps import approve_return
from dragoman.service.returns.models import Return, ReturnPolicy, ReturnPortal
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
BODY = {
    "placed_at": "2026-11-20T08:30:00Z",
    "currency": "EUR",
    "country": "BR",
    "customer": {"email": "somchai@example.com"},
    "lines": [{"sku": "SHOE-42", "title": "Trail shoe", "quantity": 2, "unit_price": 8900}],
}


@pytest.fixture
def house() -> House:
    made = a_house()
    client = Client(headers={"Authorization": f"Bearer {made.token}"})
    client.generic("PUT", "/api/v1/orders/KSL-1", json.dumps(BODY), content_type="application/json")
    return made


def client_of(agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def order_of(house: House) -> tuple[int, int]:
    with house.acting():
        return Order.objects.get().pk, OrderLine.objects.get().pk


def test_an_agent_opens_a_return_and_takes_it_to_its_refund(house):
    greta = client_of(house.greta)
    order, line = order_of(house)
    assert "<title>Returns · Dragoman</title>" in greta.get("/returns-desk").content.decode()
    page = greta.get(f"/orders/{order}").content.decode()
    assert "<title>KSL-1 · Dragoman</title>" in page
    assert "returnable" in page and "Open a return" in page and "CDC" in page
    assert (
        greta.post(f"/returns-desk/orders/{order}", {f"line-{line}": "1", "reason": "size"}).status_code
        == 302
    )
    with house.acting():
        made = Return.objects.get()
    for step in ("approved", "received"):
        shown = greta.post(f"/returns-desk/{made.pk}", {"step": step}, headers={"HX-Request": "true"})
        assert shown.status_code == 200
    refused = greta.post(f"/returns-desk/{made.pk}", {"step": "refunded"}, headers={"HX-Request": "true"})
    assert "give its reference" in refused.content.decode()
    shown = greta.post(
        f"/returns-desk/{made.pk}", {"step": "refunded", "said": "shop-77"}, headers={"HX-Request": "true"}
    )
    assert "Refunded" in shown.content.decode()
    listed = greta.get("/returns-desk?state=refunded").content.decode()
    assert "R1-KSL-1" in listed and "within 24 hours" in listed
    assert greta.post(f"/returns-desk/{made.pk}", {"step": "nonsense"}).status_code == 409


def test_an_empty_list_says_how_returns_come(house):
    assert "No returns here" in client_of(house.greta).get("/returns-desk?state=nonsense").content.decode()


def test_a_policy_stands_beside_the_law_and_never_below_it(house):
    greta, brand = client_of(house.greta), house.brand.pk
    fresh = f"/settings/returns/{brand}/new"
    assert "Choose markets" in greta.get(fresh).content.decode()
    with house.acting():
        choose_market(house.workspace.pk, agent=house.greta, brand_id=brand, country="DE")
    page = greta.get("/settings/returns").content.decode()
    assert "No policy of your own" in page and "BGB" in page
    body = {
        "name": "Ten",
        "days": "10",
        "starts": "delivery",
        "country": "DE",
        "payer": "customer",
        "methods": ["in_store"],
    }
    less = greta.post(f"/settings/returns/{brand}/new", body)
    assert less.status_code == 422 and "BGB" in less.content.decode()
    assert greta.post(f"/settings/returns/{brand}/new", {**body, "days": "x"}).status_code == 422
    assert greta.post(f"/settings/returns/{brand}/new", {**body, "days": "60"}).status_code == 302
    with house.acting():
        row = ReturnPolicy.objects.get()
    assert greta.get(f"/settings/returns/{brand}/{row.pk}").status_code == 200
    assert "Ten" in greta.get("/settings/returns").content.decode()
    wide = greta.post(f"/settings/returns/{brand}/new", {**body, "name": "All", "country": ""}, follow=True)
    assert wide.content.decode().count("the law gives more, and holds instead: Germany.") == 2
    assert greta.post(f"/settings/returns/{row.pk}/remove").status_code == 302


def test_who_may_not_is_refused(house):
    with house.acting():
        pekka = client_of(
            add_agent(
                house.workspace.pk, email="pekka@kaisla.example", name="Pekka", role=Role.AGENT, password=None
            )
        )
    mallory = client_of(a_house("other", owner="mallory").greta)
    order, line = order_of(house)
    assert pekka.get("/settings/returns").status_code == 403
    assert pekka.get("/returns-desk").status_code == 200
    assert mallory.get(f"/returns-desk/orders/{order}/section").status_code == 404
    assert mallory.post(f"/returns-desk/orders/{order}", {f"line-{line}": "1"}).status_code == 404


def test_a_lead_opens_and_closes_the_portal_and_copies_its_lines(house):
    greta, brand = client_of(house.greta), house.brand.pk
    page = greta.get("/settings/returns").content.decode()
    # whose words stand on the buttons is said: a translation is never shown as the law's
    assert "Ångra avtalet här" in page and "Angre" not in page.partition("Our translation")[0]
    assert "/returns/kaisla/withdraw" in page and "policy/block?country=DE" in page
    assert "No mail can be sent for this brand" in page
    assert greta.post(f"/settings/returns/{brand}/portal", {"offers_credit": "on"}).status_code == 302
    with house.acting():
        row = ReturnPortal.objects.get()
        assert (row.is_open, row.offers_exchange, row.offers_credit) == (False, False, True)
        pekka = add_agent(house.workspace.pk, email="p@kaisla.example", name="P", role=Role.AGENT)
    assert client_of(pekka).post(f"/settings/returns/{brand}/portal", {"is_open": "on"}).status_code == 403
    mallory = client_of(a_house("mallory").greta)
    assert mallory.post(f"/settings/returns/{brand}/portal", {"is_open": "on"}).status_code == 404
    with house.acting():
        assert not ReturnPortal.objects.get().is_open


def test_what_a_customer_wished_and_said_stands_at_the_return(house):
    order, _line = order_of(house)
    with house.acting():
        asked = Request(lines=[AskedLine(sku="SHOE-42", quantity=1)], wish="exchange", words="One size up")
        request_return(house.workspace.pk, order_id=order, request=asked, by=By("customer"))
    page = client_of(house.greta).get(f"/orders/{order}").content.decode()
    assert "Law that protects the buyer: Brazil" in page
    assert "The customer would like: Exchange" in page and "One size up" in page


def test_a_shop_that_refused_a_return_says_why_and_other_goods_are_sent_by_number(house, tmp_path):
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json", sent=True)
        line = AskedLine(sku="l1", quantity=1, instead="RED")
        asked = Request(lines=[line], guarantee=True, wish="exchange")
        made = request_return(house.workspace.pk, order_id=trial.order.pk, request=asked, by=By("customer"))
        approve_return(house.workspace.pk, made.pk, by=By("agent", house.greta))
        announce_return(house.workspace.pk, made.pk, agent_id=house.greta.pk)
        trial.set(says="This order is <too> old.")
        trial.go_on(OrderAction.objects.get())
        trial.set()
        pekka = add_agent(house.workspace.pk, email="p@kaisla.example", name="P", role=Role.LIGHT)
    greta, at = client_of(house.greta), f"/returns-desk/{made.pk}"
    page = greta.get(at).content.decode()
    assert "The shop was not told of this return:" in page and "This order is &lt;too&gt; old." in page
    assert "Would like instead:" in page and 'name="sku-1"' in page and 'value="RED"' in page
    mallory = client_of(a_house("other", owner="mallory").greta)
    for client, status in ((mallory, 404), (client_of(pekka), 422)):
        assert client.post(f"{at}/steps", {"step": "tell"}).status_code == status
    assert greta.post(f"{at}/steps", {"step": "tell"}).status_code == 302
    assert "Return told to the shop · Held for a moment" in greta.get(at).content.decode()
    unknown = greta.post(f"{at}/steps", {"step": "exchanged", "sku-1": "BLUE"})
    assert unknown.status_code == 422 and "BLUE" in unknown.content.decode()
    assert greta.post(f"{at}/steps", {"step": "exchanged", "sku-1": "RED", "count-1": "1"}).status_code == 302
    page = greta.get(at).content.decode()
    assert "Exchange · Held for a moment" in page and "The new goods cost €5.00 more." in page
    with house.acting():
        assert OrderAction.objects.get(kind="exchange").wanted["sends"][0]["sku"] == "RED"


def test_whose_day_it_is_is_said_and_an_unknown_law_is_no_refusal(house):
    order, _line = order_of(house)
    greta, brand = client_of(house.greta), house.brand.pk
    with house.acting():
        Order.objects.update(country="KW")
    unknown = greta.get(f"/orders/{order}").content.decode()
    assert "not known: ask a lead" in unknown and "not returnable" not in unknown
    assert "Law that protects the buyer" not in unknown
    with house.acting():
        Order.objects.update(country="PL", placed_at=timezone.now() - timedelta(days=4))
        there = timezone.now() - timedelta(days=3)
        Shipment.objects.create(
            workspace_id=house.workspace.pk, order_id=order, status="delivered", delivered_at=there
        )
        facts = PolicyFacts(name="Forty-five", days=45)
        set_return_policy(house.workspace.pk, agent=house.greta, brand_id=brand, facts=facts)
    page = greta.get(f"/orders/{order}").content.decode()
    assert "By law until" in page and "longer by your policy: Forty-five" in page
