"""Shopify read and acted in, against a strict server that was written from shopify.dev."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    CallOffWish,
    CancelWish,
    DiscountWish,
    DuplicateWish,
    ExchangeWish,
    Hook,
    NotSent,
    RefundWish,
    ReturnWish,
)
from dragoman.ground.providers.shops.shopify import Shopify as Connector
from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, PaymentStatus, ShipmentStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.shopify import Shopify, shopify_shop

CONNECTOR = Connector()
ORDER = "gid://shopify/Order/4501"
LINE = "gid://shopify/LineItem/1"


@pytest.fixture
def shop() -> Iterator[Shopify]:
    with shopify_shop() as found:
        yield found


def _account(shop: Shopify, **secrets: str) -> Account:
    return Account(shop.address, {"access_token": shop.token, "hook_secret": shop.hook_secret, **secrets})


def _refund(amount: int, **told: Any) -> RefundWish:
    return RefundWish(
        **{"key": "k1", "order": ORDER, "currency": "JPY", "reason": "broken", "amount": amount, **told}
    )


def test_an_order_is_read_in_what_the_customer_paid_and_what_it_was_to_the_shop(shop: Shopify) -> None:
    shop.add()
    order = CONNECTOR.order(_account(shop), ORDER)
    assert order is not None
    assert (order.number, order.currency, order.totals.total, order.totals.shipping) == (
        "#1042",
        "JPY",
        10300,
        500,
    )
    assert (order.store_currency, order.store_total, order.rate) == ("EUR", 6283, Decimal("0.00610000"))
    (line,) = order.lines
    assert (line.quantity, line.unit_price, line.discount, line.tax) == (2, 5400, 1000, 891)
    (paid,) = order.payments or ()
    assert (paid.amount, paid.status, paid.external_id) == (
        10300,
        MoneyStatus.DONE,
        "gid://shopify/OrderTransaction/2",
    )
    (parcel,) = order.shipments or ()
    assert (parcel.status, parcel.tracking_number, parcel.lines) == (
        ShipmentStatus.IN_TRANSIT,
        "4001",
        [(LINE, 2)],
    )
    assert (order.person.name, order.person.language, order.country) == ("佐藤 花子", "ja", "JP")
    assert (order.payment_status, order.status) == (PaymentStatus.PAID, None)
    assert CONNECTOR.check(_account(shop)) == "Lampen"
    assert CONNECTOR.order(_account(shop), "gid://shopify/Order/1") is None


def test_dinars_keep_their_three_decimals(shop: Shopify) -> None:
    text = json.dumps(shop.add()).replace('"10300.0"', '"12.345"').replace("JPY", "KWD")
    text = text.replace('"5400.0"', '"12.345"').replace('00.0"', '0.0"').replace('"891.0"', '"0.1"')
    shop.orders[ORDER] = json.loads(text)
    order = CONNECTOR.order(_account(shop), ORDER)
    assert order is not None and (order.totals.total, order.lines[0].unit_price) == (12345, 12345)
    CONNECTOR.do(_account(shop), _refund(2005, currency="KWD"))
    assert shop.written[-1]["input"]["transactions"][0]["amount"] == "2.005"


def test_pages_go_by_when_orders_changed(shop: Shopify) -> None:
    for number in range(1, 6):
        shop.add(number, updatedAt=f"2026-11-21T10:00:0{number // 2}Z")
    seen: list[str] = []
    cursor, since = "", datetime(2026, 11, 21, 10, 0, 1, tzinfo=UTC)
    while True:
        page = CONNECTOR.page(_account(shop), since=since, cursor=cursor, limit=2)
        seen += [one.external_id.rpartition("/")[2] for one in page.orders]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == ["2", "3", "4", "5"]
    assert len(CONNECTOR.page(_account(shop), since=None, cursor="", limit=9).orders) == 5


def test_a_refund_goes_back_to_where_the_money_came_from(shop: Shopify) -> None:
    shop.add()
    wish = _refund(5400, lines=[(LINE, 1, 4900)], shipping=500, restock=True, notify=True)
    done = CONNECTOR.do(_account(shop), wish)
    given = shop.written[-1]["input"]
    assert (given["currency"], given["shipping"], given["notify"]) == ("JPY", {"amount": "500"}, True)
    (move,) = given["transactions"]
    assert (move["amount"], move["kind"], move["parentId"]) == (
        "5400",
        "REFUND",
        "gid://shopify/OrderTransaction/2",
    )
    (line,) = given["refundLineItems"]
    assert (line["restockType"], line["locationId"]) == ("RETURN", "gid://L/1")
    assert done.order is not None
    (back,) = done.order.refunds or ()
    assert (back.amount, back.reason, back.status, back.items[0][:2]) == (
        5400,
        "broken",
        MoneyStatus.DONE,
        (LINE, 1),
    )
    assert done.order.lines[0].refunded == 1


def test_more_than_is_left_is_refused(shop: Shopify) -> None:
    order = shop.add()
    with pytest.raises(Rejected, match="more than what is left"):
        CONNECTOR.do(_account(shop), _refund(10301))
    with pytest.raises(Rejected, match="another currency"):
        CONNECTOR.do(_account(shop), _refund(1, currency="EUR"))
    with pytest.raises(Rejected, match="more than what is left"):
        CONNECTOR.do(_account(shop), _refund(1, payment="gid://shopify/OrderTransaction/8"))
    assert not order["refunds"]


def test_what_shopify_refuses_inside_200_is_told_in_its_words(shop: Shopify) -> None:
    shop.add(cancelledAt="2026-11-22T00:00:00Z")
    with pytest.raises(Rejected, match="already been canceled"):
        CONNECTOR.do(_account(shop), CancelWish(key="c", order=ORDER, currency="JPY"))


def test_a_refund_whose_answer_was_lost_is_found_and_not_done_twice(shop: Shopify) -> None:
    order, account = shop.add(), _account(shop)
    assert CONNECTOR.find(account, _refund(500)) is None
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, _refund(500))
    found = CONNECTOR.find(account, _refund(500))
    assert found is not None and found.external_id == "gid://shopify/Refund/1"
    assert CONNECTOR.do(account, _refund(500)).external_id == "gid://shopify/Refund/1"
    assert len(order["refunds"]) == 1 and len(shop.written) == 1
    CONNECTOR.do(account, _refund(500, key="k2"))
    assert len(order["refunds"]) == 2 and shop.written[0]["key"] != shop.written[1]["key"]


def test_a_throttled_call_did_nothing_and_names_when_to_come_back(shop: Shopify) -> None:
    order = shop.add()
    shop.faults = ["busy", "broken"]
    with pytest.raises(NotSent) as caught:
        CONNECTOR.do(_account(shop), _refund(1))
    assert isinstance(caught.value.__cause__, Unavailable) and caught.value.__cause__.retry_after == 5
    with pytest.raises(Unavailable, match="Internal error"):
        CONNECTOR.do(_account(shop), _refund(1))
    assert not order["refunds"]


def test_a_cancellation_is_waited_for_and_found(shop: Shopify) -> None:
    shop.add()
    wish = CancelWish(key="c1", order=ORDER, currency="JPY", reason="changed my mind", restock=False)
    shop.faults = ["slow"]
    with pytest.raises(Unavailable, match="still cancelling"):
        CONNECTOR.do(_account(shop), wish)
    assert CONNECTOR.find(_account(shop), wish) is None
    done = CONNECTOR.do(_account(shop), wish)
    assert done.order is not None and done.order.status == OrderStatus.CANCELLED
    assert (shop.written[-1]["restock"], shop.written[-1]["refund"]) == (
        False,
        {"originalPaymentMethodsRefund": True},
    )
    assert CONNECTOR.find(_account(shop), wish) is not None
    assert CONNECTOR.find(_account(shop), CancelWish(key="c2", order=ORDER, currency="JPY")) is None
    with pytest.raises(Rejected, match="whole orders"):
        CONNECTOR.do(_account(shop), CancelWish(key="c", order=ORDER, currency="JPY", lines=[(LINE, 1)]))


def test_an_address_keeps_what_was_not_told(shop: Shopify) -> None:
    shop.add()
    wish = AddressWish(key="a", order=ORDER, currency="JPY", address={"lines": ["2-2 Ginza"], "city": "Chuo"})
    assert CONNECTOR.find(_account(shop), wish) is None
    done = CONNECTOR.do(_account(shop), wish)
    assert done.order is not None
    place = done.order.shipping_address
    assert (place["lines"], place["city"], place["postcode"], place["country"], place["name"]) == (
        ["2-2 Ginza"],
        "Chuo",
        "100-0005",
        "JP",
        "花子 佐藤",
    )
    assert CONNECTOR.find(_account(shop), wish) is not None


def test_a_return_is_announced_once_of_what_was_sent(shop: Shopify) -> None:
    shop.add()
    wish = ReturnWish(key="r1", order=ORDER, currency="JPY", lines=[(LINE, 2)], reason="x" * 400)
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(_account(shop), wish)
    found = CONNECTOR.find(_account(shop), wish)
    assert found is not None and found.external_id == "gid://shopify/Return/1"
    with pytest.raises(Rejected, match="only what was sent"):
        CONNECTOR.do(_account(shop), ReturnWish(key="r2", order=ORDER, currency="JPY", lines=[(LINE, 3)]))


def test_a_code_is_made_once_and_found_again(shop: Shopify) -> None:
    shop.add()
    wish = DiscountWish(key="d", order=ORDER, currency="EUR", amount=500, customer="hanako@example.jp")
    assert CONNECTOR.find(_account(shop), wish) is None
    done = CONNECTOR.do(_account(shop), wish)
    made = shop.codes[done.code]
    assert made["customerGets"]["value"]["discountAmount"]["amount"] == "5.00"
    assert made["context"] == {"customers": {"add": ["gid://shopify/Customer/77"]}}
    found = CONNECTOR.find(_account(shop), wish)
    assert found is not None and found.code == done.code
    with pytest.raises(Rejected, match="unique"):
        CONNECTOR.do(_account(shop), wish)
    with pytest.raises(Rejected, match="in EUR"):
        CONNECTOR.do(_account(shop), DiscountWish(key="e", order=ORDER, currency="JPY", amount=500))
    some = CONNECTOR.do(_account(shop), DiscountWish(key="f", order="", currency="EUR", percent=15))
    assert shop.codes[some.code]["customerGets"]["value"] == {"percentage": 0.15}


def test_store_credit_is_given_and_never_guessed_about(shop: Shopify) -> None:
    shop.add()
    wish = DiscountWish(key="s", order=ORDER, currency="JPY", amount=500, store_credit=True)
    CONNECTOR.do(_account(shop), wish)
    assert shop.credits[0]["id"] == "gid://shopify/Customer/77"
    assert shop.credits[0]["input"]["creditAmount"] == {"amount": "500", "currencyCode": "JPY"}
    with pytest.raises(Unavailable, match="Look in Shopify"):
        CONNECTOR.find(_account(shop), wish)
    shop.add(customer=None)
    with pytest.raises(Rejected, match="no customer"):
        CONNECTOR.do(_account(shop), wish)


def test_an_exchange_awaits_what_comes_back_and_sends_what_the_shop_sells(shop: Shopify) -> None:
    order, account = shop.add(), _account(shop)
    price = {"price": {"amount": "4200", "currencyCode": "JPY"}}
    shop.variants = [
        {"id": "gid://V/9", "sku": "NORA-B", "displayName": "Lampe Nora - Blue", "contextualPricing": price}
    ]
    found = CONNECTOR.variant(account, "nora-b", currency="JPY", country="JP")
    assert found is not None and (found.id, found.price) == ("gid://V/9", 4200)
    other = CONNECTOR.variant(account, "NORA-B", currency="EUR", country="DE")
    assert other is not None and other.price is None
    assert CONNECTOR.variant(account, "NORA", currency="JPY", country="JP") is None
    told: dict[str, Any] = {"order": ORDER, "currency": "JPY", "lines": [(LINE, 1)]}
    wish = ExchangeWish(key="x1", **told, sends=[(found.id, 2)])
    done = CONNECTOR.do(account, wish)
    assert order["returns"]["nodes"][0]["sent"] == [{"variantId": "gid://V/9", "quantity": 2}]
    again = CONNECTOR.find(account, wish)
    assert again is not None and again.external_id == done.external_id
    with pytest.raises(Rejected, match="Exchange line item"):
        CONNECTOR.do(account, ExchangeWish(key="x2", **told, sends=[("gid://V/404", 1)]))


def test_an_announced_return_is_called_off_once_and_makes_way_for_an_exchange(shop: Shopify) -> None:
    order = shop.add()
    shop.variants = [{"id": "gid://shopify/ProductVariant/7", "sku": "RED", "displayName": "Red"}]
    told: Any = {"order": order["id"], "currency": "JPY", "lines": [(LINE, 1)]}
    announced = CONNECTOR.do(_account(shop), ReturnWish(key="a", **told)).external_id
    off = CallOffWish(key="b", order=order["id"], currency="JPY", returned=announced)
    assert CONNECTOR.find(_account(shop), off) is None
    done = CONNECTOR.do(_account(shop), off)
    assert done.order is not None and done.order.returns_called_off == [announced]
    # again, it is off already: nothing is asked of the shop
    written = len(shop.written)
    CONNECTOR.do(_account(shop), off)
    found = CONNECTOR.find(_account(shop), off)
    assert found is not None and len(shop.written) == written
    second = CONNECTOR.do(_account(shop), ReturnWish(key="c", **told)).external_id
    sends = [("gid://shopify/ProductVariant/7", 1)]
    wish = ExchangeWish(key="d", **told, sends=sends, prices=[3500], worth=3000, instead=second)
    CONNECTOR.do(_account(shop), wish)
    assert [one["status"] for one in order["returns"]["nodes"]] == ["CANCELED", "CANCELED", "OPEN"]


def test_the_same_order_again_is_drafted_once_and_its_invoice_sent(shop: Shopify) -> None:
    order = shop.add()
    order["email"] = "hanako@example.jp"
    order["lineItems"]["nodes"][0]["variant"] = {"id": "gid://shopify/ProductVariant/9"}
    wish = DuplicateWish(key="dragoman-1-7", order=ORDER, currency="JPY", lines=[(LINE, 2)], notify=True)
    account = _account(shop)
    done = CONNECTOR.do(account, wish)
    assert shop.drafts[0]["lineItems"] == [{"variantId": "gid://shopify/ProductVariant/9", "quantity": 2}]
    assert shop.drafts[0]["purchasingEntity"] == {"customerId": "gid://shopify/Customer/77"}
    assert "#D1" in done.left and shop.invoiced == [done.external_id]
    assert CONNECTOR.do(account, wish).external_id == done.external_id and len(shop.drafts) == 1
    found = CONNECTOR.find(account, wish)
    assert found is not None and found.external_id == done.external_id
    order["lineItems"]["nodes"][0]["variant"] = None
    with pytest.raises(Rejected, match="Lampe Nora"):
        CONNECTOR.do(account, DuplicateWish(key="k8", order=ORDER, currency="JPY", lines=[(LINE, 1)]))
    assert CONNECTOR.find(account, DuplicateWish(key="k8", order=ORDER, currency="JPY", lines=())) is None


def test_webhooks_name_the_order_and_forged_ones_are_refused(shop: Shopify) -> None:
    account = _account(shop)
    bodies = {
        "orders/updated": {"id": 4501, "admin_graphql_api_id": ORDER},
        "refunds/create": {"id": 1, "order_id": 4501},
        "returns/request": {"id": 2, "order": {"id": 4501}},
    }
    for topic, told in bodies.items():
        body = json.dumps(told).encode()
        found = CONNECTOR.told(account, Hook(shop.signed(body, topic), body))
        assert (list(found.changed), found.key) == ([ORDER], "b54557e4")
    body = json.dumps(bodies["orders/updated"]).encode()
    for headers in (shop.signed(b"other"), {}, {**shop.signed(body), "x-shopify-hmac-sha256": "é"}):
        with pytest.raises(Forged):
            CONNECTOR.told(account, Hook(headers, body))
    with pytest.raises(Forged):
        CONNECTOR.told(_account(shop, hook_secret=""), Hook(shop.signed(body), body))
    for raw in (b"[]", b"{}", b'{"id": true}', b"\xff", b'{"id": "1 OR 2"}'):
        with pytest.raises(Rejected):
            CONNECTOR.told(account, Hook(shop.signed(raw), raw))
    assert not CONNECTOR.told(account, Hook(shop.signed(body, "customers/redact"), body)).changed


def test_a_token_does_not_travel_in_the_open(shop: Shopify) -> None:
    with pytest.raises(Rejected, match="https"):
        CONNECTOR.check(Account("http://my-shop.myshopify.com", {"access_token": "t"}))
    with pytest.raises(Rejected, match="Invalid API key"):
        CONNECTOR.check(_account(shop, access_token="wrong"))
