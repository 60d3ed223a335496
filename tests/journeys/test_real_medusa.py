"""The whole way of an order in a real Medusa, through our card and back by webhook; and it killed in mid-refund.

Runs where `MEDUSA_URL` names one (docs/contributing.md says how to start it).
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from dragoman.core.commerce.actions.executing import wish_of
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.models import Order, OrderAction
from dragoman.core.commerce.queries import order_by_id
from dragoman.ground.providers.shops.medusa import Medusa
from dragoman.ground.providers.shops.tests.real_medusa import MedusaFloor
from dragoman.service.returns.models import Return
from tests.people import House, settle

from .connecting import a_connected_shop, a_house_here  # noqa: F401  # fixtures
from .real_shops import Counter, Premises, a_wire, dies_in_a_refund, line_of, premises, seat

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("MEDUSA_URL"), reason="MEDUSA_URL names no real Medusa shop"),
]


@pytest.fixture(scope="module")
def medusa_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    with premises("MEDUSA", tmp_path_factory.mktemp("shop")) as made:
        yield made


@pytest.fixture(scope="module")
def medusa(medusa_house: Premises) -> MedusaFloor:
    return MedusaFloor(os.environ["MEDUSA_URL"])


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
    more = counter.client.post(f"/orders/{order.pk}/act/refund", {"amount": "54.91", "reason": "late"})
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
    assert (
        counter.client.post(f"/orders/{order.pk}/act/refund", {"amount": above, "reason": "late"}).status_code
        == 422
    )
    rest = f"{left / 10**digits:.{digits}f}"
    assert counter.go_on(counter.ask(order, "refund", {"amount": rest})).state == "done"
    counter.sees(order, "Refunded")
    assert sum(float(one) for one in placed.refunds()) == pytest.approx(order.total / 10**digits, abs=1e-9)


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
        dies_in_a_refund(counter, wire, medusa_house, order, how=how, refunds=placed.refunds)


def _returned(house: House) -> Return:
    settle()
    with house.acting():
        return Return.objects.latest("pk")


def test_an_exchange_goes_out_by_medusa_and_what_comes_back_is_awaited_at_both(
    house: House, medusa: MedusaFloor, connect: Callable[..., Counter]
) -> None:
    counter = connect("medusa", medusa.account)
    other = medusa.place("eur", "de", 59.9, 5, 1)
    sku = str(other.now()["items"][0]["variant_sku"])
    placed = medusa.place("eur", "de", 49.9, 5)
    placed.capture()
    placed.send(2, "JD014600003828")
    placed.deliver()
    order = counter.order(placed.id)
    counter.sees(order, "Delivered", "/act/exchange")
    body = {line_of(house, order): "1", "reason": "different", "sku-1": sku}
    assert "€10.00 more" in counter.look(order, "exchange", body)
    action = counter.go_on(counter.ask(order, "exchange", body))
    assert (action.state, action.failure) == ("done", "")
    now = placed.now()
    assert [(one["quantity"], one["unit_price"]) for one in now["items"]] == [(2, 49.9), (1, 59.9)]
    assert [one["status"] for one in now["returns"]] == ["requested"]
    assert now["summary"]["pending_difference"] == 10
    counter.sees(order, "€114.80")  # what came in, and what is asked for besides
    made = _returned(house)
    assert (made.state, made.difference, made.exchange_id) == ("approved", 1000, action.pk)
    # asked what became of it, as after an answer that never came: it knows this one, and no other
    with house.acting():
        wish = wish_of(action, order_by_id(house.workspace.pk, order.pk))
        found = Medusa().find(medusa.account, wish)
        assert found is not None and found.external_id == action.external_id
        assert Medusa().find(medusa.account, replace(wish, key="another")) is None
    placed.receive(now["returns"][0]["id"], 1)
    counter.sees(order, "1 returned")


@pytest.mark.parametrize("how", ["before", "during", "after"])
def test_a_return_opened_here_is_told_to_medusa_once_and_ends_in_an_exchange(
    house: House, medusa: MedusaFloor, medusa_house: Premises, connect: Callable[..., Counter], how: str
) -> None:
    if not medusa_house.command:
        pytest.skip("MEDUSA_START does not say how to start it again")
    other = medusa.place("eur", "de", 29.9, 5, 1)
    sku = str(other.now()["items"][0]["variant_sku"])
    placed = medusa.place("eur", "de", 49.9, 5)
    placed.capture()
    placed.send(2, "JD014600003828")
    placed.deliver()
    with a_wire(medusa.url, medusa_house.kill) as wire:
        counter = connect("medusa", medusa.account, address=wire.address)
        counter.read()
        with house.acting():
            order = Order.objects.get(external_id=placed.id)
        opens = {line_of(house, order).replace("qty", "line"): "1", "reason": "size", "guarantee": "1"}
        assert counter.client.post(f"/returns-desk/orders/{order.pk}", opens).status_code == 302
        at = f"/returns-desk/{_returned(house).pk}"
        assert counter.client.post(f"{at}/steps", {"step": "approved"}).status_code == 302
        settle()
        with house.acting():
            told = OrderAction.objects.get()
        # the shop dies as its return is asked for whole
        wire.cut = lambda path, _body: how if path.endswith("/request") else ""
        told = counter.go_on(told)
        assert (told.state, wire.cuts) == ("unconfirmed", [how])
        medusa_house.open()
        wire.cut = lambda _path, _body: ""
        for _time in range(3):
            told = counter.go_on(told)
        standing = [one for one in placed.now()["returns"] if one["status"] == "requested"]
        assert len(standing) == (1 if told.state == "done" else 0), told.failure
        if told.state == "failed":
            assert "The shop was not told of this return:" in counter.client.get(at).content.decode()
            assert counter.client.post(f"{at}/steps", {"step": "tell"}).status_code == 302
            with house.acting():
                told = OrderAction.objects.latest("pk")
            assert counter.go_on(told).state == "done"
        made = _returned(house)
        assert [one["id"] for one in placed.now()["returns"] if one["status"] == "requested"] == [
            made.shop_return
        ]
        if how == "before":
            # the shop calls it off in its own pages, tells of it by no event, and is read again
            medusa.post(f"/admin/returns/{made.shop_return}/cancel")
            facts = Medusa().order(medusa.account, placed.id)
            assert facts is not None
            with house.acting():
                mirror_order(counter.shop, facts=facts)
            assert _returned(house).state == "cancelled"
            return
        ends = {"step": "exchanged", "sku-1": sku, "count-1": "1"}
        assert counter.client.post(f"{at}/steps", ends).status_code == 302
        with house.acting():
            action = OrderAction.objects.get(kind="exchange")
        action = counter.go_on(action)
        assert (action.state, action.failure) == ("done", "")
        ended = _returned(house)
        assert (ended.state, ended.difference) == ("exchanged", -2000)
        assert sorted(one["status"] for one in placed.now()["returns"]) == ["canceled", "requested"]
