"""Magento read and acted in, against a strict server that was written from its pages by another hand."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from dragoman.ground.providers.shops.magento import Magento as Connector
from dragoman.ground.providers.shops.oauth1 import Keys, header_of
from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    CancelWish,
    Hook,
    NotSent,
    RefundWish,
)
from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.magento import Magento, magento_shop

CONNECTOR = Connector()


@pytest.fixture(scope="module")
def far() -> Iterator[Magento]:
    with magento_shop() as found:
        yield found


@pytest.fixture
def shop(far: Magento) -> Magento:
    """The one shop, emptied."""
    for kept in (far.orders, far.invoices, far.creditmemos, far.shipments, far.faults, far.written):
        kept.clear()
    return far


def _account(shop: Magento, **secrets: str) -> Account:
    return Account(shop.address, {"access_token": shop.token, "hook_secret": "whisper", **secrets})


def _refund(amount: int, **told: Any) -> RefundWish:
    return RefundWish(
        **{"key": "k1", "order": "11", "currency": "PLN", "reason": "broken", "amount": amount, **told}
    )


def _cancel(**told: Any) -> CancelWish:
    return CancelWish(**{"key": "c1", "order": "11", "currency": "PLN", "reason": "changed my mind", **told})


def _sent(shop: Magento) -> Any:
    return json.loads(shop.written[-1].body)


def test_an_order_is_read_in_the_customers_money_and_the_shops(shop: Magento) -> None:
    shop.add()
    order = CONNECTOR.order(_account(shop), "11")
    assert order is not None
    assert (order.number, order.currency, order.status) == ("000000011", "PLN", OrderStatus.OPEN)
    assert (order.store_currency, order.store_total, str(order.rate)) == ("EUR", 5700, "0.23529412")
    lamp, bulb = order.lines
    assert (lamp.title, lamp.variant, lamp.quantity) == ("Desk lamp", "Desk lamp red", 2)
    assert (lamp.unit_price, lamp.discount, lamp.tax) == (10200, 850, 3400)
    sums = order.totals
    assert (sums.discount, sums.shipping, sums.tax, sums.total) == (850, 2125, 3825, 24225)
    goods = sum(one.unit_price * one.quantity - one.discount for one in (lamp, bulb))
    assert goods + 2125 == sums.total
    (paid,) = order.payments or ()
    assert (paid.amount, paid.status, paid.external_id, paid.said) == (
        24225,
        MoneyStatus.DONE,
        "pi_9",
        "•••• 4242",
    )
    assert (order.person.email, order.person.name, order.country) == (
        "zofia@example.pl",
        "Zofia Nowak",
        "PL",
    )
    assert order.placed_at == datetime(2026, 11, 20, 9, 12, 41, tzinfo=UTC)
    assert CONNECTOR.check(_account(shop)) == "Lampy"
    assert CONNECTOR.order(_account(shop), "999") is None


@pytest.mark.parametrize(
    ("currency", "price", "minor"), [("JPY", 5400, 5400), ("KWD", 12.34, 12340), ("JPY", 5400.0, 5400)]
)
def test_yen_and_dinars_keep_their_decimals_there_and_back(
    shop: Magento, currency: str, price: float, minor: int
) -> None:
    item = {
        **shop.add()["items"][2],
        "price": price,
        "price_incl_tax": price,
        "base_row_total_incl_tax": price,
    }
    item |= {"row_total": price, "row_total_incl_tax": price, "tax_amount": 0}
    zero = dict.fromkeys(("shipping_amount", "base_shipping_amount", "tax_amount", "discount_amount"), 0)
    money = dict.fromkeys(("base_currency_code", "order_currency_code"), currency) | {"base_to_order_rate": 1}
    sums = dict.fromkeys(("grand_total", "base_grand_total", "base_total_paid", "total_paid"), price)
    shop.invoices.clear()
    shop.add(items=[item], **zero, **money, **sums)
    order = CONNECTOR.order(_account(shop), "11")
    assert order is not None and (order.totals.total, order.lines[0].unit_price) == (minor, minor)
    done = CONNECTOR.do(_account(shop), _refund(minor, currency=currency, lines=[("103", 1, minor)]))
    (back,) = (done.order and done.order.refunds) or ()
    assert (back.amount, back.items, done.left) == (minor, [("103", 1, minor)], "")


def test_pages_miss_nothing_where_many_changed_in_one_second(shop: Magento) -> None:
    for number in range(1, 8):
        shop.add(number, updated_at=f"2026-11-21 10:00:0{number // 5}")
    shop.add(8, updated_at="2026-11-20 10:00:00")
    seen: list[str] = []
    cursor, since = "", datetime(2026, 11, 21, 10, tzinfo=UTC)
    while True:
        page = CONNECTOR.page(_account(shop), since=since, cursor=cursor, limit=2)
        seen += [one.external_id for one in page.orders]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == [str(one) for one in range(1, 8)]
    assert CONNECTOR.page(_account(shop), since=None, cursor="", limit=50).total == 8


def test_a_refund_of_a_line_is_asked_at_the_invoice_and_ends_in_the_right_sum(shop: Magento) -> None:
    shop.add()
    done = CONNECTOR.do(_account(shop), _refund(9775, lines=[("101", 1, 9775)], restock=True))
    assert shop.written[-1].path.endswith("/invoice/711/refund") and _sent(shop)["isOnline"] is True
    back = {"return_to_stock_items": [101]}
    assert _sent(shop)["arguments"] == {"shipping_amount": 0, "extension_attributes": back}
    assert done.order is not None and done.left == ""
    (refund,) = done.order.refunds or ()
    assert (refund.amount, refund.reason, refund.items, refund.payment) == (
        9775,
        "broken",
        [("101", 1, 9775)],
        "pi_9",
    )
    assert done.order.lines[0].refunded == 1


def test_a_sum_and_all_the_sending_need_no_line(shop: Magento) -> None:
    shop.add()
    done = CONNECTOR.do(_account(shop), _refund(2125 + 425, shipping=2125))
    assert _sent(shop)["items"] == [{"order_item_id": 101, "qty": 0}]
    assert _sent(shop)["arguments"] == {"adjustment_positive": 1.0}
    assert done.order is not None and [one.amount for one in done.order.refunds or ()] == [2550]
    less = CONNECTOR.do(_account(shop), _refund(9350, key="k2", lines=[("101", 1, 9350)]))
    assert _sent(shop)["arguments"] == {"shipping_amount": 0, "adjustment_negative": 1.0}
    assert less.left == ""


def test_a_sum_the_shop_cannot_make_in_its_own_money_is_refused_before(shop: Magento) -> None:
    shop.add()
    with pytest.raises(Rejected, match="hundredths of EUR"):
        CONNECTOR.do(_account(shop), _refund(1))
    assert not shop.written


def test_more_than_is_left_is_refused_in_the_shops_words(shop: Magento) -> None:
    shop.add()
    account = _account(shop)
    with pytest.raises(Rejected, match="line by line"):
        CONNECTOR.do(account, _refund(24650))
    with pytest.raises(Rejected, match="Fewer pieces"):
        CONNECTOR.do(account, _refund(100, lines=[("101", 3, 100)]))
    with pytest.raises(Rejected, match="no such line"):
        CONNECTOR.do(account, _refund(100, lines=[("102", 1, 100)]))
    with pytest.raises(Rejected, match="another currency"):
        CONNECTOR.do(account, _refund(100, currency="EUR"))
    with pytest.raises(Rejected, match="no such order"):
        CONNECTOR.do(account, _refund(100, order="9"))
    shop.faults.append("gateway")
    with pytest.raises(Rejected, match="invalid transaction"):
        CONNECTOR.do(account, _refund(425))
    shop.orders[11]["base_total_refunded"] = 56.0
    with pytest.raises(Rejected, match=r"The most money available to refund is 1\.00"):
        CONNECTOR.do(account, _refund(850))
    assert not shop.creditmemos


def test_a_refund_whose_answer_was_lost_is_found_and_not_done_twice(shop: Magento) -> None:
    shop.add()
    account = _account(shop)
    assert CONNECTOR.find(account, _refund(425)) is None
    shop.faults.append("lost")
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, _refund(425))
    found = CONNECTOR.find(account, _refund(425))
    assert found is not None and found.external_id == "900"
    assert CONNECTOR.do(account, _refund(425)).external_id == "900"
    assert len(shop.creditmemos) == 1
    assert CONNECTOR.do(account, _refund(425, key="k2")).external_id == "901"


def test_a_busy_shop_did_nothing_and_a_broken_one_nobody_knows(shop: Magento) -> None:
    shop.add()
    shop.faults.extend(["busy", "broken"])
    with pytest.raises(NotSent) as caught:
        CONNECTOR.do(_account(shop), _refund(425))
    assert isinstance(caught.value.__cause__, Unavailable) and caught.value.__cause__.retry_after == 9
    with pytest.raises(Unavailable, match="Report ID"):
        CONNECTOR.do(_account(shop), _refund(425))


def test_money_that_came_outside_of_the_shop_has_to_go_back_by_hand(shop: Magento) -> None:
    shop.add(online=False)
    done = CONNECTOR.do(_account(shop), _refund(425))
    assert shop.written[-1].path.endswith("/order/11/refund") and "by hand" in done.left
    found = CONNECTOR.find(_account(shop), _refund(425))
    assert found is not None and "by hand" in found.left
    shop.add(12, invoiced=False)
    with pytest.raises(Rejected, match="not paid yet"):
        CONNECTOR.do(_account(shop), _refund(425, order="12"))


def test_a_paid_order_is_cancelled_with_its_money_and_says_so(shop: Magento) -> None:
    shop.add()
    account = _account(shop)
    with pytest.raises(Rejected, match="only by giving"):
        CONNECTOR.do(account, _cancel(refund=False))
    done = CONNECTOR.do(account, _cancel())
    assert done.order is not None and done.left == ""
    assert (done.order.status, [one.amount for one in done.order.refunds or ()]) == (
        OrderStatus.CANCELLED,
        [24225],
    )
    assert CONNECTOR.find(account, _cancel()) is not None
    assert CONNECTOR.do(account, _cancel()).external_id == "11" and len(shop.creditmemos) == 1
    assert CONNECTOR.find(account, _cancel(key="c2")) is None


def test_an_unpaid_order_is_cancelled_and_a_sent_one_is_not(shop: Magento) -> None:
    shop.add(invoiced=False)
    account = _account(shop)
    shop.faults.extend(["", "lost"])
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, _cancel())
    found = CONNECTOR.find(account, _cancel())
    assert found is not None and found.order is not None and found.order.status == OrderStatus.CANCELLED
    shop.add(12, invoiced=False)["state"] = "payment_review"
    with pytest.raises(Rejected, match="does not let"):
        CONNECTOR.do(account, _cancel(order="12"))
    assert CONNECTOR.find(account, _cancel(order="12")) is None
    shop.add(13)["items"][0]["qty_shipped"] = 1
    with pytest.raises(Rejected, match="was sent"):
        CONNECTOR.do(account, _cancel(order="13"))
    with pytest.raises(Rejected, match="whole orders"):
        CONNECTOR.do(account, _cancel(order="12", lines=[("101", 1)]))
    with pytest.raises(Rejected, match="cannot"):
        CONNECTOR.do(account, AddressWish(key="a", order="12", currency="PLN", address={}))


def test_parcels_come_with_their_numbers(shop: Magento) -> None:
    shop.add()
    tracks = [
        {"track_number": "JD1", "title": "DHL Paket", "carrier_code": "custom"},
        {"track_number": "1Z", "title": "UPS", "carrier_code": "ups"},
    ]
    items = [{"order_item_id": 101, "qty": 2}, {"order_item_id": 102, "qty": 2}]
    when = {"created_at": "2026-11-21 08:00:00", "updated_at": "2026-11-21 08:00:00"}
    shop.shipments.append({"entity_id": 5, "order_id": 11, "items": items, "tracks": tracks, **when})
    order = CONNECTOR.order(_account(shop), "11")
    first, second = (order and order.shipments) or ()
    assert (first.carrier, first.tracking_number, first.lines) == ("DHL Paket", "JD1", [("101", 2)])
    assert (second.carrier, second.external_id, second.lines) == ("ups", "5-1", [])


def test_a_bundle_is_its_parts_where_these_have_prices(shop: Magento) -> None:
    order = shop.add()
    order["items"][1] |= {"row_total": 170.0, "price": 85.0, "price_incl_tax": 102.0, "tax_amount": 34.0}
    found = CONNECTOR.order(_account(shop), "11")
    assert found is not None and [one.external_id for one in found.lines] == ["102", "103"]


def test_calls_name_an_order_and_forged_ones_are_refused(shop: Magento) -> None:
    key = {"x-dragoman-key": "whisper"}
    told = CONNECTOR.told(_account(shop), Hook(key, b'{"order": {"entity_id": "11"}}'))
    assert list(told.changed) == ["11"]
    for headers in ({}, {"x-dragoman-key": "é"}):
        with pytest.raises(Forged):
            CONNECTOR.told(_account(shop), Hook(headers, b'{"order_id": 11}'))
    with pytest.raises(Forged):
        CONNECTOR.told(_account(shop, hook_secret=""), Hook({"x-dragoman-key": ""}, b'{"order_id": 11}'))
    for raw in (b"[]", b"{}", b'{"order_id": "x"}', b"\xff"):
        with pytest.raises(Rejected):
            CONNECTOR.told(_account(shop), Hook(key, raw))


def test_a_wrong_token_is_told_with_what_it_may_not(shop: Magento) -> None:
    with pytest.raises(Rejected, match="Magento_Sales::actions_view"):
        CONNECTOR.check(_account(shop, access_token="no"))
    with pytest.raises(Rejected, match="https"):
        CONNECTOR.check(Account("http://shop.example.com", {"access_token": "t"}))
    with pytest.raises(Rejected, match="needs all"):
        CONNECTOR.check(_account(shop, consumer_key="ck"))
    with pytest.raises(Rejected, match="isn't authorized"):
        words = {"consumer_key": "a", "consumer_secret": "b", "access_token_secret": "c"}
        CONNECTOR.check(_account(shop, **words))  # this shop takes tokens alone


def test_a_call_is_signed_as_another_library_signs_it() -> None:
    """The signature is what oauthlib 3.3 made of the same words, once."""
    keys = Keys("9djdj82h48djs9d2", "j49sk3j29djd", "kkk9d7dh3k39sjv7", "dh893hdasih9")
    query: dict[str, str | int] = {"searchCriteria[pageSize]": 1, "b 5": "=%3D+"}
    address = "http://EXAMPLE.COM:80/rest/V1/orders"
    said = header_of(keys, "get", address, query, nonce="7d8f3e4a", now=137131201)
    assert 'oauth_signature="ZfrzEft5E%2BkVwghk7ZKb1qbTDbN9gUECqe8z2Tb17sM%3D"' in said
    assert 'oauth_signature_method="HMAC-SHA256"' in said and 'oauth_token="kkk9d7dh3k39sjv7"' in said
    assert "j49sk3j29djd" not in repr(keys)


def test_an_order_that_is_none_is_told(shop: Magento) -> None:
    shop.add(grand_total="much")
    with pytest.raises(Unavailable):
        CONNECTOR.order(_account(shop), "11")
