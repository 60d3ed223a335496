"""The whole way of an order in a real Vendure, through our card and back by webhook; and it killed in mid-refund.

Runs where `VENDURE_URL` names one (docs/contributing.md says how to start it).
"""

import os
from collections.abc import Callable, Iterator

import pytest

from dragoman.core.commerce.models import Order
from dragoman.ground.providers.shops.tests.real_vendure import VendureFloor
from tests.people import House

from .connecting import a_connected_shop, a_house_here  # noqa: F401  # fixtures
from .real_shops import Counter, Premises, a_wire, dies_in_a_refund, line_of, premises

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("VENDURE_URL"), reason="VENDURE_URL names no real Vendure shop"),
]


@pytest.fixture(scope="module")
def vendure_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Premises]:
    with premises("VENDURE", tmp_path_factory.mktemp("shop")) as made:
        yield made


@pytest.fixture(scope="module")
def vendure(vendure_house: Premises) -> VendureFloor:
    return VendureFloor(os.environ["VENDURE_URL"])


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
    more = counter.client.post(
        f"/orders/{order.pk}/act/refund", {"amount": f"{(left + 1) / 100:.2f}", "reason": "late"}
    )
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
        dies_in_a_refund(
            counter,
            wire,
            vendure_house,
            order,
            how=how,
            refunds=lambda: [str(one) for one in placed.refunds()],
        )
