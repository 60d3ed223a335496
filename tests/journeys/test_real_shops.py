"""The whole way of an order in a real shop, through our card and back by webhook; and the shop killed in mid-refund.

Runs where `MEDUSA_URL` or `VENDURE_URL` names one (docs/contributing.md says how to start them).
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent, Role
from dragoman.core.commerce.actions.executing import wish_of
from dragoman.core.commerce.models import Order, OrderAction, Shop
from dragoman.core.commerce.queries import order_by_id
from dragoman.ground.providers.shops.medusa import Medusa
from dragoman.ground.providers.shops.tests.real_medusa import MedusaFloor
from dragoman.ground.providers.shops.tests.real_vendure import VendureFloor
from tests.people import House, a_house

from .real_shops import Counter, Premises, a_wire, an_ear, premises

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
needs_medusa = pytest.mark.skipif(
    not os.environ.get("MEDUSA_URL"), reason="MEDUSA_URL names no real Medusa shop"
)
needs_vendure = pytest.mark.skipif(
    not os.environ.get("VENDURE_URL"), reason="VENDURE_URL names no real Vendure shop"
)


@pytest.fixture(scope="module")
def medusa_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    with premises("MEDUSA", tmp_path_factory.mktemp("shop")) as made:
        yield made


@pytest.fixture(scope="module")
def vendure_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    with premises("VENDURE", tmp_path_factory.mktemp("shop")) as made:
        yield made


@pytest.fixture(scope="module")
def medusa(medusa_house: Premises) -> MedusaFloor:
    return MedusaFloor(os.environ["MEDUSA_URL"])


@pytest.fixture(scope="module")
def vendure(vendure_house: Premises) -> VendureFloor:
    return VendureFloor(os.environ["VENDURE_URL"])


@pytest.fixture
def house() -> House:
    return a_house()


def client_of(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent.user)
    return client


def seat(house: House, name: str) -> Client:
    with house.acting():
        made = add_agent(
            house.workspace.pk, email=f"{name}@kaisla.example", name=name.title(), role=Role.AGENT
        )
    return client_of(made)


@pytest.fixture
def connect(house: House, settings: Any) -> Iterator[Callable[..., Counter]]:
    """Connect a shop on the page of the settings, as a lead does, with our ear where it sends its webhooks."""
    settings.SHOPS_OURS = "127.0.0.1"
    ears = []

    def made(kind: str, account: Any, *, address: str = "") -> Counter:
        lead = client_of(house.greta)
        form = {"title": "Shop", "brand": house.brand.pk, "address": address or account.address}
        given = {**account.secrets, **account.settings}
        answer = lead.post(f"/settings/shops/new/{kind}", {**form, **given})
        assert answer.status_code == 302, answer.content.decode()
        with house.acting():
            shop = Shop.objects.select_related("account").get()
        assert "It works." in lead.post(f"/settings/shops/{shop.pk}/test", follow=True).content.decode()
        ear = an_ear(os.environ.get(f"{kind.upper()}_HOOKS", "http://127.0.0.1:8340"))
        ears.append(ear)
        return Counter(house, lead, shop, ear.__enter__())

    yield made
    for ear in ears:
        ear.__exit__(None, None, None)


def line_of(house: House, order: Order) -> str:
    with house.acting():
        return f"qty-{order.lines.get().pk}"


@needs_medusa
def test_an_order_of_medusa_goes_its_whole_way_over_our_card(
    house: House, medusa: MedusaFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("medusa", medusa.account)
    mika = seat(house, "mika")
    placed = medusa.place("eur", "de", 49.9, 5)
    order = counter.order(placed.id)
    counter.sees(order, "€104.80", "Jörg Müller", "Authorised")
    placed.capture()
    counter.sees(order, "Paid")
    placed.send(2, "JD014600003828")
    counter.sees(order, "On its way", "JD014600003828")
    placed.deliver()
    page = counter.sees(order, "Delivered")
    assert "/act/refund" in page
    assert "/act/cancel" not in page  # it is sent

    # the goods of one come back: announced and received in the shop, seen here
    back = placed.returns(1)
    placed.receive(back, 1)
    counter.sees(order, "1 returned")

    # part of it goes back from our card: looked at, asked with its key, twice tapped, once done
    body = {line_of(house, order): "1", "reason": "different"}
    looked = counter.look(order, "refund", body)
    assert "€49.90" in looked and "€54.90" in looked  # what goes, and what is left after it
    action = counter.go_on(counter.ask(order, "refund", body, mika))
    assert (action.state, action.amount, action.failure) == ("done", 4990, "")
    assert placed.refunds() == ["49.9"]
    counter.sees(order, "Partly refunded", "-€49.90")

    # more than is left is refused by us, in figures
    more = counter.client.post(f"/orders/{order.pk}/act/refund", {"amount": "54.91"})
    assert more.status_code == 422
    assert "more than is left" in more.content.decode()

    # the shop gives 50 back by itself and its webhook is lost: what we think is left, it refuses in its words
    placed.refund(50)
    counter.forget()
    refused = counter.go_on(counter.ask(order, "refund", {"amount": "54.90"}))
    assert refused.state == "failed"
    assert "refund more than" in refused.failure
    counter.sees(order, refused.failure)
    assert placed.refunds() == ["49.9", "50"]

    # what is given back in the shop's own pages is seen here
    placed.refund(4.9)
    counter.sees(order, "-€50.00", "-€4.90", "Refunded")
    with house.acting():
        order.refresh_from_db()
        assert (order.refunded_total, order.total) == (10480, 10480)
        assert OrderAction.objects.count() == 2


@needs_medusa
def test_what_was_lost_is_sent_again_by_medusa_at_no_cost(
    house: House, medusa: MedusaFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("medusa", medusa.account)
    placed = medusa.place("eur", "de", 20, 5)
    placed.capture()
    placed.send(2, "JD014600003828")
    order = counter.order(placed.id)
    counter.sees(order, "On its way", "/act/reship")
    mika = seat(house, "mika")
    body = {line_of(house, order): "1", "reason": "lost"}
    assert "€20.00" in counter.look(order, "reship", body)
    action = counter.go_on(counter.ask(order, "reship", body, mika))
    assert (action.state, action.failure) == ("done", "")
    assert [(one["quantity"], one["unit_price"]) for one in placed.now()["items"]] == [(2, 20), (1, 0)]
    assert (placed.now()["total"], placed.refunds()) == (45, [])
    counter.sees(order, "Partly sent", "€0.00")
    # asked what became of it, as after an answer that never came: it knows this one, and no other
    with house.acting():
        wish = wish_of(action, order_by_id(house.workspace.pk, order.pk))
        found = Medusa().find(medusa.account, wish)
        assert found is not None and found.external_id == action.external_id
        assert Medusa().find(medusa.account, replace(wish, key="another")) is None


@needs_medusa
def test_what_is_not_sent_goes_elsewhere_and_is_cancelled_in_medusa(
    house: House, medusa: MedusaFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("medusa", medusa.account)
    placed = medusa.place("eur", "de", 20, 5)
    placed.capture()
    order = counter.order(placed.id)
    there = {
        "lines": "Marienplatz 1\n2. Stock",
        "to-name": "Ana Silva",
        "to-city": "München",
        "to-postcode": "80331",
    }
    assert counter.go_on(counter.ask(order, "address", there)).state == "done"
    counter.sees(order, "Marienplatz 1", "80331", "München")
    gone = counter.go_on(counter.ask(order, "cancel", {"reason": "withdrawn"}))
    assert (gone.state, gone.amount) == ("done", 4500)
    assert placed.refunds() == ["45"]
    counter.sees(order, "Cancelled", "-€45.00")


@needs_medusa
@pytest.mark.parametrize(
    ("currency", "country", "price", "postage", "typed", "amount", "shown"),
    [
        ("jpy", "jp", 5400, 600, "5401", 5401, "¥5,401"),
        ("kwd", "kw", 12.345, 1.5, "1,999", 1999, "KWD\N{NO-BREAK SPACE}1.999"),
    ],
)
def test_yen_and_dinars_go_back_to_the_last_figure_and_no_further(
    house: House,
    medusa: MedusaFloor,
    connect: Callable[..., Counter],
    currency: str,
    country: str,
    price: float,
    postage: float,
    typed: str,
    amount: int,
    shown: str,
) -> None:
    counter = connect("medusa", medusa.account)
    placed = medusa.place(currency, country, price, postage)
    placed.capture()
    order = counter.order(placed.id)
    counter.sees(order, "Paid")
    action = counter.go_on(counter.ask(order, "refund", {"amount": typed}))
    assert (action.state, action.amount) == ("done", amount)
    counter.sees(order, f"-{shown}")
    with house.acting():
        order.refresh_from_db()
    left = order.total - amount
    digits = {"jpy": 0, "kwd": 3}[currency]
    above = f"{(left + 1) / 10**digits:.{digits}f}"
    assert counter.client.post(f"/orders/{order.pk}/act/refund", {"amount": above}).status_code == 422
    rest = f"{left / 10**digits:.{digits}f}"
    assert counter.go_on(counter.ask(order, "refund", {"amount": rest})).state == "done"
    counter.sees(order, "Refunded")
    assert sum(float(one) for one in placed.refunds()) == pytest.approx(order.total / 10**digits, abs=1e-9)


def _dies_in_a_refund(
    counter: Counter, wire: Any, shop: Premises, order: Order, *, how: str, refunds: Callable[[], list[str]]
) -> None:
    """Kill the shop in the middle of a refund, have it asked when it is up again, and count what it gave back."""
    wire.cut = lambda path, body: (
        how
        if b"efund" in body + path.encode()
        and path.startswith("POST")
        and ("/refund" in path or b"refundOrder(" in body)
        else ""
    )
    action = counter.go_on(counter.ask(order, "refund", {"amount": "7.50", "reason": "late"}))
    assert wire.cuts == [how]
    assert action.state == "unconfirmed"
    assert "we ask again; nothing is done twice" in counter.sees(order, "Unconfirmed")
    assert counter.go_on(action).state == "unconfirmed"  # nobody is there to be asked
    second = counter.ask(order, "refund", {"amount": "1.00"})
    assert counter.go_on(second).state == "queued"  # one at a time
    shop.open()
    wire.cut = lambda _path, _body: ""
    for _time in range(3):
        action = counter.go_on(action)
    done = refunds()
    assert action.state == ("done" if done else "failed"), action.failure
    if how != "during":
        assert len(done) == (1 if how == "after" else 0)
    counter.sees(order, "Done" if done else "The shop did not do it")
    assert counter.go_on(second).state == "done"
    assert len(refunds()) == len(done) + 1


@needs_medusa
@pytest.mark.parametrize("how", ["before", "during", "after"])
def test_medusa_killed_in_mid_refund_gives_back_once_or_not_at_all(
    house: House, medusa: MedusaFloor, medusa_house: Premises, connect: Callable[..., Counter], how: str
) -> None:
    if not medusa_house.command:
        pytest.skip("MEDUSA_START does not say how to start it again")
    placed = medusa.place("eur", "de", 20, 5)
    placed.capture()
    with a_wire(medusa.url, medusa_house.kill) as wire:
        counter = connect("medusa", medusa.account, address=wire.address)
        counter.read()
        with house.acting():
            order = Order.objects.get(external_id=placed.id)
        _dies_in_a_refund(counter, wire, medusa_house, order, how=how, refunds=placed.refunds)


@needs_vendure
def test_an_order_of_vendure_goes_its_whole_way_over_our_card(
    house: House, vendure: VendureFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("vendure", vendure.account)
    placed = vendure.place()
    order = counter.order(placed.id)
    placed.capture()
    counter.sees(order, "Paid", "Yuki Tanaka")
    placed.send(1, "JD0002")
    counter.sees(order, "Partly sent", "JD0002")
    placed.deliver()
    counter.sees(order, "Delivered")
    with house.acting():
        line = order.lines.get()
    body = {f"qty-{line.pk}": "1", "restock": "1", "reason": "damaged"}
    assert "Left after that" in counter.look(order, "refund", body)
    action = counter.go_on(counter.ask(order, "refund", body))
    assert (action.state, action.left) == ("done", "")
    assert placed.refunds() == [action.amount]
    placed.settle_refunds()
    counter.sees(order, "1 refunded")

    with house.acting():
        order.refresh_from_db()
    left = order.total - action.amount
    more = counter.client.post(f"/orders/{order.pk}/act/refund", {"amount": f"{(left + 1) / 100:.2f}"})
    assert more.status_code == 422 and "more than is left" in more.content.decode()
    placed.refund(100)
    counter.forget()
    refused = counter.go_on(counter.ask(order, "refund", {"amount": f"{left / 100:.2f}"}))
    assert refused.state == "failed" and "exceeds the refundable amount" in refused.failure
    counter.sees(order, refused.failure)
    placed.refund(200)
    page = counter.sees(order, "Partly refunded")
    assert placed.refunds() == [action.amount, 100, 200]
    assert page


@needs_vendure
def test_what_is_not_sent_goes_elsewhere_and_is_cancelled_in_vendure(
    house: House, vendure: VendureFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("vendure", vendure.account)
    placed = vendure.place()
    placed.capture()
    order = counter.order(placed.id)
    there = {"lines": "Rua 2\nFlat 3", "to-name": "Ana Silva", "to-city": "London", "to-postcode": "N1"}
    assert counter.go_on(counter.ask(order, "address", there)).state == "done"
    counter.sees(order, "Rua 2", "Ana Silva")
    part = counter.go_on(counter.ask(order, "cancel", {line_of(house, order): "1", "reason": "withdrawn"}))
    assert part.state == "done"
    counter.sees(order, "1 cancelled")
    rest = counter.go_on(counter.ask(order, "cancel", {"reason": "withdrawn"}))
    assert rest.state == "done"
    counter.sees(order, "Cancelled")
    with house.acting():
        order.refresh_from_db()
        assert order.status == "cancelled"
    assert sum(placed.refunds()) == order.total


@needs_vendure
@pytest.mark.parametrize(("currency", "figures", "digits"), [("JPY", 540000, 0), ("KWD", 1230, 3)])
def test_vendure_counts_yen_and_dinars_in_its_own_way(
    house: House,
    vendure: VendureFloor,
    connect: Callable[..., Counter],
    currency: str,
    figures: int,
    digits: int,
) -> None:
    counter = connect("vendure", vendure.account)
    placed = vendure.place(currency=currency, price=figures)
    placed.capture()
    order = counter.order(placed.id)
    counter.sees(order, "Paid")
    with house.acting():
        order.refresh_from_db()
        line = order.lines.get()
    # two figures behind the point, whatever the currency; 20 % tax on top
    assert (order.currency, line.unit_price) == (currency, round(figures * 1.2) * 10**digits // 100)
    action = counter.go_on(counter.ask(order, "refund", {f"qty-{line.pk}": "1"}))
    assert (action.state, action.amount) == ("done", line.unit_price)
    assert placed.refunds() == [round(figures * 1.2)]
    if currency == "KWD":
        small = counter.go_on(counter.ask(order, "refund", {"amount": "0.001"}))
        assert (small.state, "round the amount" in small.failure) == ("failed", True)


@needs_vendure
@pytest.mark.parametrize("how", ["before", "during", "after"])
def test_vendure_killed_in_mid_refund_gives_back_once_or_not_at_all(
    house: House, vendure: VendureFloor, vendure_house: Premises, connect: Callable[..., Counter], how: str
) -> None:
    if not vendure_house.command:
        pytest.skip("VENDURE_START does not say how to start it again")
    placed = vendure.place()
    placed.capture()
    with a_wire(vendure.account.address, vendure_house.kill) as wire:
        counter = connect("vendure", vendure.account, address=wire.address)
        counter.read()
        with house.acting():
            order = Order.objects.get(external_id=placed.id)
        _dies_in_a_refund(
            counter,
            wire,
            vendure_house,
            order,
            how=how,
            refunds=lambda: [str(one) for one in placed.refunds()],
        )
