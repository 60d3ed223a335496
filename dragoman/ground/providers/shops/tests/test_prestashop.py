"""PrestaShop read and acted in, against a strict server that was written from its pages by another hand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    CancelWish,
    Hook,
    RefundWish,
)
from dragoman.ground.providers.shops.prestashop import PrestaShop as Connector
from dragoman.ground.providers.statuses import FulfilmentStatus, MoneyStatus, OrderStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.prestashop import PrestaShop, prestashop_shop, shape

CONNECTOR = Connector()


@pytest.fixture(scope="module")
def far() -> Iterator[PrestaShop]:
    with prestashop_shop() as found:
        yield found


@pytest.fixture
def shop(far: PrestaShop) -> PrestaShop:
    """The one shop, as it was at first."""
    far.rows = shape()
    for kept in (far.barred, far.faults, far.written):
        kept.clear()
    return far


def _account(shop: PrestaShop, **secrets: str) -> Account:
    return Account(shop.address, {"webservice_key": shop.key, **secrets})


def _refund(amount: int = 2400, **told: Any) -> RefundWish:
    lines = [("10", 1, amount)] if amount else []
    return RefundWish(
        **{"key": "k1", "order": "5", "currency": "EUR", "lines": lines, "amount": amount, **told}
    )


def _slip(shop: PrestaShop) -> dict[str, str]:
    thing = ElementTree.fromstring(shop.written[-1].body)[0]
    return {one.tag: one.text or "" for one in thing.iter()}


def test_an_order_is_read_from_its_tables(shop: PrestaShop) -> None:
    order = CONNECTOR.order(_account(shop), "5")
    assert order is not None
    assert (order.number, order.currency, order.status) == ("KHWLILZLL", "EUR", OrderStatus.OPEN)
    assert order.placed_at == datetime(2026, 11, 20, 9, 12, 41, tzinfo=UTC)
    assert (order.store_currency, order.store_total, str(order.rate)) == ("USD", 6706, "1.17647059")
    lamp, bulb = order.lines
    assert (lamp.title, lamp.sku, lamp.quantity) == ("Desk lamp (Colour: red)", "LAMP-RED", 2)
    assert (lamp.unit_price, lamp.tax, bulb.unit_price) == (2400, 800, 600)
    sums = order.totals
    assert (sums.discount, sums.shipping, sums.tax, sums.total) == (200, 500, 950, 5700)
    (paid,) = order.payments or ()
    assert (paid.amount, paid.external_id, paid.said, paid.status) == (
        5700,
        "TX9",
        "Bank wire VISA",
        MoneyStatus.DONE,
    )
    assert "4111" not in repr(order)
    person = order.person
    assert (person.email, person.name, person.language) == ("pierre@example.fr", "Pierre Dubois", "en-US")
    assert order.shipping_address["lines"] == ["16, Main street", "2nd floor"] and order.country == "FR"
    assert order.shipments == [] and order.fulfilment_status is None
    assert CONNECTOR.order(_account(shop), "999") is None and CONNECTOR.order(_account(shop), "x") is None


@pytest.mark.parametrize(
    ("currency", "price", "minor"), [("JPY", "5400.000000", 5400), ("KWD", "12.345000", 12345)]
)
def test_yen_and_dinars_keep_their_decimals_there_and_back(
    shop: PrestaShop, currency: str, price: str, minor: int
) -> None:
    shop.rows["currencies"][1]["iso_code"] = currency
    order, line = shop.rows["orders"][0], shop.rows["order_details"][0]
    order |= dict.fromkeys(("total_paid_tax_incl", "total_paid_tax_excl", "total_paid_real"), price)
    line |= {"product_quantity": "1", "unit_price_tax_incl": price}
    line |= dict.fromkeys(("total_price_tax_incl", "total_price_tax_excl"), price)
    del shop.rows["order_details"][1]
    found = CONNECTOR.order(_account(shop), "5")
    assert found is not None and (found.totals.total, found.lines[0].unit_price) == (minor, minor)
    done = CONNECTOR.do(_account(shop), _refund(minor, currency=currency))
    assert _slip(shop)["total_products_tax_incl"] == price
    (back,) = (done.order and done.order.refunds) or ()
    assert (back.amount, back.items) == (minor, [("10", 1, minor)])


def test_pages_miss_nothing_where_many_changed_in_one_second(shop: PrestaShop) -> None:
    for number in range(6, 12):
        shop.add(number, date_upd=f"2026-11-21 11:00:0{number // 9}")
    seen: list[str] = []
    cursor, since = "", datetime(2026, 11, 21, 10, tzinfo=UTC)
    while True:
        page = CONNECTOR.page(_account(shop), since=since, cursor=cursor, limit=2)
        seen += [one.external_id for one in page.orders]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == [str(one) for one in range(6, 12)]
    whole = CONNECTOR.page(_account(shop), since=None, cursor="", limit=50)
    assert len(whole.orders) == 7 and not whole.cursor


def test_a_new_credit_slip_brings_its_order_though_that_did_not_change(shop: PrestaShop) -> None:
    CONNECTOR.do(_account(shop), _refund())
    shop.rows["order_slips"][0] |= dict.fromkeys(("date_add", "date_upd"), "2026-11-25 11:00:00")
    page = CONNECTOR.page(_account(shop), since=datetime(2026, 11, 25, tzinfo=UTC), cursor="", limit=9)
    (order,) = page.orders
    assert [one.amount for one in order.refunds or ()] == [2400]
    before = shop.rows["orders"][0]["date_upd"]
    assert order.version > int(datetime.fromisoformat(before + "+00:00").timestamp()) * 1_000_000


def test_the_hour_that_comes_twice_is_read_twice(shop: PrestaShop) -> None:
    """On 25 October clocks in Paris go back at 01:00 UTC: 02:30 was there at 00:30 and at 01:30 UTC."""
    shop.rows["orders"][0]["date_upd"] = "2026-10-25 02:10:00"
    since = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    assert not CONNECTOR.page(_account(shop), since=since, cursor="", limit=9).orders
    later = since.replace(hour=1, minute=30)
    assert CONNECTOR.page(_account(shop), since=later, cursor="", limit=9).orders


def test_a_refund_is_a_slip_and_says_that_the_money_has_to_be_sent(shop: PrestaShop) -> None:
    wish = _refund(lines=[("10", 1, 2400)], shipping=300, amount=2700, restock=True)
    done = CONNECTOR.do(_account(shop), wish)
    told = _slip(shop)
    assert (told["total_products_tax_incl"], told["total_products_tax_excl"]) == ("24.000000", "20.000000")
    assert (told["total_shipping_tax_incl"], told["total_shipping_tax_excl"]) == ("3.000000", "2.502000")
    assert (told["id_order_detail"], told["product_quantity"], told["conversion_rate"]) == (
        "10",
        "1",
        "0.850000",
    )
    assert "by hand" in done.left and "stock was not changed" in done.left
    assert done.order is not None and done.external_id == "1"
    (back,) = done.order.refunds or ()
    assert (back.amount, back.items, done.order.lines[0].refunded) == (2700, [("10", 1, 2400)], 1)


def test_more_than_is_left_is_refused_here_since_the_shop_takes_any_slip(shop: PrestaShop) -> None:
    account = _account(shop)
    for wish, words in (
        (_refund(7200, lines=[("10", 3, 7200)]), "Fewer pieces"),
        (_refund(5800, lines=[("10", 2, 5800)]), "Less than this"),
        (_refund(100, lines=[("99", 1, 100)]), "no such line"),
        (_refund(100, lines=[]), "no sums"),
        (_refund(100, currency="USD"), "another currency"),
        (_refund(100, order="9"), "no such order"),
    ):
        with pytest.raises(Rejected, match=words):
            CONNECTOR.do(account, wish)
    assert not shop.rows["order_slips"]
    CONNECTOR.do(account, _refund(4800, lines=[("10", 2, 4800)]))
    with pytest.raises(Rejected, match="Fewer pieces"):
        CONNECTOR.do(account, _refund(2400, before=4800))


def test_a_refund_whose_answer_was_lost_is_found_and_not_done_twice(shop: PrestaShop) -> None:
    account = _account(shop)
    assert CONNECTOR.find(account, _refund()) is None
    shop.faults.append("lost")
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, _refund())
    found = CONNECTOR.find(account, _refund())
    assert found is not None and found.external_id == "1" and "by hand" in found.left
    assert CONNECTOR.do(account, _refund()).external_id == "1"
    assert len(shop.rows["order_slips"]) == 1
    second = _refund(key="k2", before=2400)
    assert CONNECTOR.find(account, second) is None
    assert CONNECTOR.do(account, second).external_id == "2"
    assert CONNECTOR.find(account, _refund(key="k3", before=4800)) is None


def test_a_slip_that_somebody_made_in_between_hides_ours_not(shop: PrestaShop) -> None:
    CONNECTOR.do(_account(shop), _refund(600, lines=[("11", 1, 600)]))
    CONNECTOR.do(_account(shop), _refund(before=600))
    assert [one["id"] for one in shop.rows["order_slips"]] == [1, 2]
    found = CONNECTOR.find(_account(shop), _refund(before=0))
    assert found is not None and found.external_id == "2"


def test_a_broken_shop_is_unknown_and_a_barred_table_is_named(shop: PrestaShop) -> None:
    shop.faults.extend(["broken", "busy"])
    with pytest.raises(Unavailable, match="Fatal"):
        CONNECTOR.do(_account(shop), _refund())
    with pytest.raises(Unavailable) as caught:
        CONNECTOR.do(_account(shop), _refund())
    assert caught.value.retry_after == 9
    assert CONNECTOR.check(_account(shop)) == "Lampes"
    shop.barred.add("order_slip")
    with pytest.raises(Rejected, match="order_slip"):
        CONNECTOR.check(_account(shop))
    with pytest.raises(Rejected, match="Invalid authentication"):
        CONNECTOR.check(_account(shop, webservice_key="no"))
    with pytest.raises(Rejected, match="https"):
        CONNECTOR.check(Account("http://shop.example.com", {"webservice_key": "k"}))


def test_an_order_is_cancelled_by_its_state_and_found(shop: PrestaShop) -> None:
    account = _account(shop)
    wish = CancelWish(key="c", order="5", currency="EUR", notify=True)
    assert CONNECTOR.find(account, wish) is None
    shop.faults.append("lost")
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, wish)
    assert shop.written[-1].query["sendemail"] == "1"
    found = CONNECTOR.find(account, wish)
    assert found is not None and found.order is not None and "not given back" in found.left
    assert found.order.status == OrderStatus.CANCELLED and found.order.cancelled_at is not None
    assert CONNECTOR.do(account, wish).external_id == "5" and len(shop.rows["order_histories"]) == 1
    shop.add(6, current_state="4")
    with pytest.raises(Rejected, match="sent already"):
        CONNECTOR.do(account, CancelWish(key="d", order="6", currency="EUR"))
    with pytest.raises(Rejected, match="whole orders"):
        CONNECTOR.do(account, CancelWish(key="d", order="6", currency="EUR", lines=[("10", 1)]))
    with pytest.raises(Rejected, match="cannot"):
        CONNECTOR.do(account, AddressWish(key="a", order="5", currency="EUR", address={}))


def test_a_sent_order_tells_its_number_and_orders_of_one_cart_are_told_apart(shop: PrestaShop) -> None:
    shop.rows["orders"][0]["current_state"] = "4"
    shop.rows["order_carriers"][0]["tracking_number"] = "JD1"
    order = CONNECTOR.order(_account(shop), "5")
    assert order is not None and order.fulfilment_status == FulfilmentStatus.SENT
    (parcel,) = order.shipments or ()
    assert (parcel.carrier, parcel.tracking_number, parcel.tracking_url) == (
        "My carrier",
        "JD1",
        "http://example.org/?n=JD1",
    )
    shop.add(6, reference="KHWLILZLL")
    numbers = [one.number for one in CONNECTOR.page(_account(shop), since=None, cursor="", limit=9).orders]
    assert numbers == ["KHWLILZLL#1", "KHWLILZLL#2"]


def test_it_calls_nobody_and_an_order_that_is_none_is_told(shop: PrestaShop) -> None:
    with pytest.raises(Forged):
        CONNECTOR.told(_account(shop), Hook({}, b'{"id": 5}'))
    shop.rows["orders"][0]["total_paid_tax_incl"] = "much"
    with pytest.raises(Unavailable):
        CONNECTOR.order(_account(shop), "5")
    shop.rows["configurations"] = []
    with pytest.raises(Rejected, match="time zone"):
        CONNECTOR.order(_account(shop), "5")
