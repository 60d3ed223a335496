"""Two real shops of different shapes: what a customer, a warehouse and our desk do, as the connector tells it.

Runs where `MEDUSA_URL` or `VENDURE_URL` names one (docs/contributing.md says how to start them).
"""

import os
from datetime import UTC, datetime, timedelta

import pytest

from dragoman.ground.providers.shops.medusa import Medusa
from dragoman.ground.providers.shops.ports import AddressWish, CancelWish, NotSent, RefundWish, ReturnWish
from dragoman.ground.providers.shops.vendure import Vendure
from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, ShipmentStatus
from dragoman.kit.errors import Rejected

from .real_medusa import MedusaFloor
from .real_vendure import VendureFloor

MEDUSA, VENDURE = os.environ.get("MEDUSA_URL", ""), os.environ.get("VENDURE_URL", "")
needs_medusa = pytest.mark.skipif(not MEDUSA, reason="MEDUSA_URL names no real Medusa shop")
needs_vendure = pytest.mark.skipif(not VENDURE, reason="VENDURE_URL names no real Vendure shop")


@pytest.fixture(scope="module")
def medusa() -> MedusaFloor:
    return MedusaFloor(MEDUSA)


@pytest.fixture(scope="module")
def vendure() -> VendureFloor:
    return VendureFloor(VENDURE)


def _key(name: str) -> str:
    return f"{name}-{datetime.now(UTC).timestamp():.0f}"


@needs_medusa
@pytest.mark.slow
def test_an_order_of_medusa_is_told_through_return_and_refund(medusa: MedusaFloor) -> None:
    shop, account = Medusa(), medusa.account
    placed = medusa.place("eur", "de", 49.9, 5)

    fresh = shop.order(account, placed.id)
    assert fresh is not None
    assert (fresh.currency, fresh.totals.total, fresh.lines[0].unit_price) == ("EUR", 10480, 4990)
    assert [one.status for one in fresh.payments or ()] == [MoneyStatus.AUTHORISED]

    placed.capture()
    placed.send(2, "JD014600001")
    placed.deliver()
    sent = shop.order(account, placed.id)
    assert sent is not None and sent.shipments and sent.payments
    assert sent.payments[0].status == MoneyStatus.DONE
    assert (sent.shipments[0].status, sent.shipments[0].tracking_number) == (
        ShipmentStatus.DELIVERED,
        "JD014600001",
    )
    line = sent.lines[0].external_id

    wish = ReturnWish(
        key=_key("return"), order=placed.id, currency="EUR", lines=[(line, 1)], reason="too small"
    )
    announced = shop.do(account, wish)
    found = shop.find(account, wish)
    assert found is not None and found.external_id == announced.external_id != ""
    placed.receive(announced.external_id, 1)
    back = shop.order(account, placed.id)
    assert back is not None and back.lines[0].returned == 1
    assert back.totals.total == 10480  # what the customer was charged stays, whatever came back

    refund = RefundWish(key=_key("refund"), order=placed.id, currency="EUR", amount=4690, reason="returned")
    assert shop.find(account, refund) is None
    done = shop.do(account, refund)
    assert done.order is not None and [one.amount for one in done.order.refunds or ()] == [4690]
    assert done.order.refunds and done.order.refunds[0].reason == "returned"
    assert done.order.version > back.version
    again = shop.find(account, refund)
    assert again is not None and again.external_id == done.external_id != ""


@needs_medusa
@pytest.mark.slow
@pytest.mark.parametrize(
    ("currency", "country", "price", "postage", "total", "part"),
    [("jpy", "jp", 5400, 600, 11400, 5401), ("kwd", "kw", 12.345, 1.5, 26190, 1999)],
)
def test_medusa_gives_back_yen_and_dinars_exactly_and_no_more_than_there_is(
    medusa: MedusaFloor, currency: str, country: str, price: float, postage: float, total: int, part: int
) -> None:
    shop, account = Medusa(), medusa.account
    placed = medusa.place(currency, country, price, postage)
    placed.capture()
    order = shop.order(account, placed.id)
    assert order is not None and order.totals.total == total

    key, name = _key("part"), currency.upper()
    done = shop.do(account, RefundWish(key=key, order=placed.id, currency=name, amount=part))
    assert done.order is not None and [one.amount for one in done.order.refunds or ()] == [part]

    for more, words in ((2, "not allowed to refund more"), (1, "more than what is left")):
        wish = RefundWish(key=f"{key}-{more}", order=placed.id, currency=name, amount=total - part + more)
        with pytest.raises(Rejected, match=words):
            shop.do(account, wish)
    rest = shop.do(account, RefundWish(key=f"{key}-3", order=placed.id, currency=name, amount=total - part))
    assert rest.order is not None and sum(one.amount for one in rest.order.refunds or ()) == total


@needs_medusa
@pytest.mark.slow
def test_medusa_sends_elsewhere_and_cancels(medusa: MedusaFloor) -> None:
    shop, account = Medusa(), medusa.account
    placed = medusa.place("eur", "de", 20, 5)
    placed.capture()
    there = {
        "name": "Ana Maria Silva",
        "lines": ["Rua 2", "2. Stock"],
        "city": "München",
        "postcode": "80331",
    }
    wish = AddressWish(key=_key("address"), order=placed.id, currency="EUR", address=there)
    assert shop.find(account, wish) is None
    moved = shop.do(account, wish).order
    assert moved is not None
    assert moved.shipping_address == {**there, "lines": ["Rua 2", "2. Stock"], "country": "DE"}
    assert shop.find(account, wish) is not None

    cancel = CancelWish(key=_key("cancel"), order=placed.id, currency="EUR", reason="changed mind")
    assert shop.find(account, cancel) is None
    gone = shop.do(account, cancel).order
    assert gone is not None and gone.status == OrderStatus.CANCELLED and gone.cancelled_at is not None
    assert sum(one.amount for one in gone.refunds or ()) == gone.totals.total == 4500
    assert shop.find(account, cancel) is not None


@needs_medusa
@pytest.mark.slow
def test_medusa_tells_what_changed_since_and_its_pages_meet(medusa: MedusaFloor) -> None:
    shop, account = Medusa(), medusa.account
    before = datetime.now(UTC) - timedelta(seconds=5)
    made = [medusa.place("eur", "de", 10, 5).id for _ in range(3)]
    seen, cursor = [], ""
    while True:
        page = shop.page(account, since=before, cursor=cursor, limit=2)
        seen += [one.external_id for one in page.orders]
        cursor = page.cursor
        if not cursor:
            break
    assert [one for one in seen if one in made] == made
    assert len(seen) == len(set(seen))


@needs_vendure
@pytest.mark.slow
def test_an_order_of_vendure_is_told_through_return_and_refund(vendure: VendureFloor) -> None:
    shop, account = Vendure(), vendure.account
    placed = vendure.place()
    placed.capture()
    placed.send(1, "JD0002")
    placed.deliver()
    sent = shop.order(account, placed.id)
    assert sent is not None and sent.shipments and sent.payments
    assert (sent.shipments[0].status, sent.shipments[0].tracking_number) == (
        ShipmentStatus.DELIVERED,
        "JD0002",
    )
    assert sent.payments[0].amount == sent.totals.total
    line, each = sent.lines[0].external_id, sent.lines[0].unit_price

    wish = RefundWish(
        key=_key("refund"),
        order=placed.id,
        currency=sent.currency,
        amount=each - 7,
        lines=[(line, 1, each - 7)],
        restock=True,
        reason="returned",
    )
    assert shop.find(account, wish) is None
    done = shop.do(account, wish)
    assert done.left == "" and done.order is not None and done.order.refunds
    assert [(one.amount, one.reason) for one in done.order.refunds] == [(each - 7, "returned")]
    assert (done.order.lines[0].cancelled, done.order.lines[0].refunded) == (1, 1)
    assert done.order.totals.total == sent.totals.total
    found = shop.find(account, wish)
    assert found is not None and found.external_id == done.external_id

    placed.settle_refunds()
    settled = shop.order(account, placed.id)
    assert settled is not None and [one.status for one in settled.refunds or ()] == [MoneyStatus.DONE]
    assert settled.version >= done.order.version

    left = (sent.totals.total or 0) - (each - 7)
    with pytest.raises(Rejected, match="exceeds the refundable amount"):
        shop.do(
            account, RefundWish(key=_key("more"), order=placed.id, currency=sent.currency, amount=left + 1)
        )


@needs_vendure
@pytest.mark.slow
def test_vendure_sends_elsewhere_and_cancels(vendure: VendureFloor) -> None:
    shop, account = Vendure(), vendure.account
    placed = vendure.place()
    placed.capture()
    there = {"name": "Ana Silva", "lines": ["Rua 2", "Flat 3"], "city": "London", "postcode": "N1"}
    wish = AddressWish(key=_key("address"), order=placed.id, currency="USD", address=there)
    assert shop.find(account, wish) is None
    moved = shop.do(account, wish).order
    assert moved is not None and moved.shipping_address == {**there, "country": "GB"}
    assert placed.now()["state"] == "PaymentSettled"
    assert shop.find(account, wish) is not None

    line = moved.lines[0].external_id
    part = CancelWish(
        key=_key("part"), order=placed.id, currency="USD", lines=[(line, 1)], reason="one is enough"
    )
    some = shop.do(account, part).order
    assert some is not None and some.lines[0].cancelled == 1 and not some.refunds
    assert shop.find(account, part) is not None

    cancel = CancelWish(key=_key("cancel"), order=placed.id, currency="USD", reason="changed mind")
    assert shop.find(account, cancel) is None
    gone = shop.do(account, cancel).order
    assert gone is not None and gone.status == OrderStatus.CANCELLED
    assert sum(one.amount for one in gone.refunds or ()) == gone.totals.total
    assert shop.find(account, cancel) is not None


@needs_vendure
def test_a_shop_that_is_not_there_was_sent_nothing(vendure: VendureFloor) -> None:
    away = type(vendure.account)("http://127.0.0.1:9", vendure.account.secrets, vendure.account.settings)
    with pytest.raises(NotSent):
        Vendure().do(away, RefundWish(key="k", order="1", currency="USD", amount=1))
