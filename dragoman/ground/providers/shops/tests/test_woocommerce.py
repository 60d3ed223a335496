"""WooCommerce read and acted in, against a strict server that was written from its reference page."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dragoman.ground.providers.shops.ports import (
    Account,
    AddressWish,
    CancelWish,
    DiscountWish,
    DuplicateWish,
    ExchangeWish,
    Hook,
    NotSent,
    RefundWish,
    ReturnWish,
)
from dragoman.ground.providers.shops.woocommerce import WooCommerce
from dragoman.ground.providers.statuses import FulfilmentStatus, MoneyStatus, OrderStatus, ShipmentStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.woocommerce import Woo, woo_shop

CONNECTOR = WooCommerce()


@pytest.fixture
def shop() -> Iterator[Woo]:
    with woo_shop() as found:
        yield found


def _account(shop: Woo, **secrets: str) -> Account:
    told = {"consumer_key": shop.key, "consumer_secret": shop.secret, "hook_secret": shop.hook_secret}
    return Account(shop.address, {**told, **secrets})


def _refund(amount: int, **told: Any) -> RefundWish:
    return RefundWish(
        **{"key": "k1", "order": "731", "currency": "EUR", "reason": "broken", "amount": amount, **told}
    )


def test_an_order_is_read_exactly(shop: Woo) -> None:
    shop.add()
    order = CONNECTOR.order(_account(shop), "731")
    assert order is not None
    assert (order.number, order.currency, order.status) == ("731", "EUR", OrderStatus.OPEN)
    (line,) = order.lines
    assert (line.title, line.variant, line.sku) == ("Lampe Nora", "Rot", "NORA-R")
    assert (line.quantity, line.unit_price, line.discount, line.tax) == (2, 4760, 952, 1368)
    sums = order.totals
    assert (sums.discount, sums.shipping, sums.tax, sums.total, sums.tax_included) == (
        952,
        500,
        1448,
        9068,
        True,
    )
    assert (order.person.email, order.person.name, order.country) == ("kunde@example.de", "Jörg Müller", "DE")
    (paid,) = order.payments or ()
    assert (paid.amount, paid.status, paid.external_id, paid.said) == (
        9068,
        MoneyStatus.DONE,
        "ch_91",
        "Karte",
    )
    assert (order.discount_codes, order.note, order.shipments) == (["herbst10"], "Bitte klingeln", None)
    assert order.placed_at == datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
    assert CONNECTOR.check(_account(shop)) == "Lampenladen"


@pytest.mark.parametrize(
    ("currency", "price", "minor"),
    [("JPY", "5400", 5400), ("KWD", "12.345", 12345), ("JPY", "5400.00", 5400)],
)
def test_yen_and_dinars_keep_their_decimals_there_and_back(
    shop: Woo, currency: str, price: str, minor: int
) -> None:
    line = shop.add()["line_items"][0]
    item = {**line, "quantity": 1, "subtotal": price, "subtotal_tax": "0", "total": price, "total_tax": "0"}
    item["taxes"] = []
    sums = dict.fromkeys(
        ("discount_total", "discount_tax", "shipping_total", "shipping_tax", "total_tax"), "0"
    )
    shop.add(currency=currency, total=price, line_items=[item], shipping_lines=[], **sums)
    order = CONNECTOR.order(_account(shop), "731")
    assert order is not None and (order.totals.total, order.lines[0].unit_price) == (minor, minor)
    wish = _refund(minor, currency=currency, lines=[("315", 1, minor)])
    done = CONNECTOR.do(_account(shop), wish)
    (back,) = (done.order and done.order.refunds) or ()
    assert (back.amount, back.items) == (minor, [("315", 1, minor)])
    assert json.loads(shop.written[-1].body)["amount"] == price.removesuffix(".00")


def test_pages_miss_nothing_where_many_changed_in_one_second(shop: Woo) -> None:
    for number in range(1, 8):
        shop.add(number, date_modified_gmt=f"2026-11-21T10:00:0{number // 4}")
    shop.add(8, status="checkout-draft")
    seen: list[str] = []
    cursor, since = "", datetime(2026, 11, 21, 10, tzinfo=UTC)
    while True:
        page = CONNECTOR.page(_account(shop), since=since, cursor=cursor, limit=2)
        seen += [one.external_id for one in page.orders]
        cursor = page.cursor
        if not cursor:
            break
    assert seen == ["1", "2", "3", "4", "5", "6", "7"]
    later = CONNECTOR.page(
        _account(shop), since=datetime(2026, 11, 21, 10, 0, 1, tzinfo=UTC), cursor="", limit=2
    )
    assert ([one.external_id for one in later.orders], later.total) == (["4", "5"], 5)


def test_a_refund_of_a_line_and_of_sending_names_its_taxes(shop: Woo) -> None:
    shop.add()
    wish = _refund(4534, lines=[("315", 1, 4284)], shipping=250, restock=True)
    done = CONNECTOR.do(_account(shop), wish)
    body = json.loads(shop.written[-1].body)
    assert (body["amount"], body["api_refund"], body["api_restock"]) == ("45.34", True, True)
    line, sending = body["line_items"]
    assert (line["id"], line["quantity"], line["refund_total"], line["refund_tax"][0]) == (
        315,
        1,
        36.0,
        {"id": "75", "refund_total": 6.84},
    )
    assert (sending["id"], sending["refund_total"], sending["refund_tax"][0]["refund_total"]) == (
        317,
        2.1,
        0.4,
    )
    assert done.external_id == "900" and done.order is not None
    (back,) = done.order.refunds or ()
    assert (back.amount, back.reason, back.items) == (4534, "broken", [("315", 1, 4284)])
    assert done.order.lines[0].refunded == 1


def test_more_than_is_left_is_refused_in_the_shops_words(shop: Woo) -> None:
    shop.add()
    with pytest.raises(Rejected, match="Invalid refund amount"):
        CONNECTOR.do(_account(shop), _refund(9069))
    shop.faults = ["gateway"]
    with pytest.raises(Rejected, match="card was closed"):
        CONNECTOR.do(_account(shop), _refund(100))
    with pytest.raises(Rejected, match="no such line"):
        CONNECTOR.do(_account(shop), _refund(100, lines=[("999", 1, 100)]))
    with pytest.raises(Rejected, match="another currency"):
        CONNECTOR.do(_account(shop), _refund(100, currency="USD"))
    assert not shop.refunds.get(731)


def test_a_refund_whose_answer_was_lost_is_found_and_not_done_twice(shop: Woo) -> None:
    shop.add()
    account = _account(shop)
    assert CONNECTOR.find(account, _refund(500)) is None
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, _refund(500))
    found = CONNECTOR.find(account, _refund(500))
    assert found is not None and found.external_id == "900"
    assert CONNECTOR.do(account, _refund(500)).external_id == "900"
    assert len(shop.refunds[731]) == 1
    assert CONNECTOR.do(account, _refund(500, key="k2")).external_id == "901"


def test_a_refund_the_bank_has_not_answered_is_not_taken_for_done(shop: Woo) -> None:
    shop.add()
    CONNECTOR.do(_account(shop), _refund(500))
    shop.refunds[731][0]["refunded_payment"] = False
    with pytest.raises(Unavailable, match="not heard from the bank"):
        CONNECTOR.find(_account(shop), _refund(500))


def test_a_busy_shop_did_nothing_and_a_broken_one_nobody_knows(shop: Woo) -> None:
    shop.add()
    shop.faults = ["busy", "broken"]
    with pytest.raises(NotSent) as caught:
        CONNECTOR.do(_account(shop), _refund(1))
    assert isinstance(caught.value.__cause__, Unavailable) and caught.value.__cause__.retry_after == 9
    with pytest.raises(Unavailable, match="critical error"):
        CONNECTOR.do(_account(shop), _refund(1))


def test_a_cancelled_order_stays_cancelled_when_its_money_went_back(shop: Woo) -> None:
    shop.add()
    wish = CancelWish(key="c1", order="731", currency="EUR", reason="changed my mind")
    done = CONNECTOR.do(_account(shop), wish)
    assert done.order is not None and done.left == ""
    assert (done.order.status, [one.amount for one in done.order.refunds or ()]) == (
        OrderStatus.CANCELLED,
        [9068],
    )
    assert CONNECTOR.find(_account(shop), wish) is not None
    other = CancelWish(key="c2", order="731", currency="EUR")
    assert CONNECTOR.find(_account(shop), other) is None


def test_a_cancellation_that_broke_off_says_that_the_money_stayed(shop: Woo) -> None:
    shop.add()
    wish = CancelWish(key="c1", order="731", currency="EUR")
    shop.faults = ["", "gateway"]
    assert "card was closed" in CONNECTOR.do(_account(shop), wish).left
    found = CONNECTOR.find(_account(shop), wish)
    assert found is not None and "not given back" in found.left


def test_an_address_is_changed_in_parts_and_found(shop: Woo) -> None:
    shop.add()
    place = {"name": "Anna Lena Kraus", "lines": ["Ring 2", "c/o Ost"], "city": "Bonn", "postcode": "53111"}
    wish = AddressWish(key="a", order="731", currency="EUR", address=place)
    assert CONNECTOR.find(_account(shop), wish) is None
    done = CONNECTOR.do(_account(shop), wish)
    assert done.order is not None
    assert done.order.shipping_address == {**place, "region": "DE-NW", "country": "DE"}
    assert CONNECTOR.find(_account(shop), wish) is not None


def test_a_code_is_made_once_and_found_again(shop: Woo) -> None:
    until = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)
    wish = DiscountWish(
        key="d", order="731", currency="EUR", amount=500, customer="a@example.com", expires_at=until
    )
    assert CONNECTOR.find(_account(shop), wish) is None
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(_account(shop), wish)
    found = CONNECTOR.find(_account(shop), wish)
    assert found is not None and len(found.code) == 10
    (made,) = shop.coupons
    assert (made["amount"], made["discount_type"], made["usage_limit"]) == ("5.00", "fixed_cart", 1)
    assert (made["email_restrictions"], made["date_expires"]) == (["a@example.com"], "2026-12-31T22:00:00Z")
    with pytest.raises(Rejected, match="already exists"):
        CONNECTOR.do(_account(shop), wish)
    with pytest.raises(Rejected, match="in EUR"):
        CONNECTOR.do(_account(shop), DiscountWish(key="e", order="", currency="USD", amount=5))
    with pytest.raises(Rejected, match="store credit"):
        CONNECTOR.do(
            _account(shop), DiscountWish(key="f", order="", currency="EUR", amount=5, store_credit=True)
        )


def test_what_it_cannot_do_it_says(shop: Woo) -> None:
    shop.add()
    with pytest.raises(Rejected, match="cannot"):
        CONNECTOR.do(_account(shop), ReturnWish(key="r", order="731", currency="EUR", lines=[("315", 1)]))
    with pytest.raises(Rejected, match="whole orders"):
        CONNECTOR.do(_account(shop), CancelWish(key="c", order="731", currency="EUR", lines=[("315", 1)]))
    with pytest.raises(Rejected, match="no such order"):
        CONNECTOR.do(_account(shop), _refund(1, order="5"))


def test_a_sent_order_tells_its_parcels_where_the_extension_keeps_them(shop: Woo) -> None:
    kept = {
        "tracking_id": "t1",
        "tracking_provider": "dhl",
        "tracking_number": "JD1",
        "date_shipped": "1795000000",
    }
    shop.add(status="completed", meta_data=[{"id": 1, "key": "_wc_shipment_tracking_items", "value": [kept]}])
    order = CONNECTOR.order(_account(shop), "731")
    assert order is not None and order.fulfilment_status == FulfilmentStatus.SENT
    (parcel,) = order.shipments or ()
    assert (parcel.tracking_number, parcel.carrier, parcel.status) == (
        "JD1",
        "dhl",
        ShipmentStatus.IN_TRANSIT,
    )


def test_the_same_order_again_waits_to_be_paid_and_is_made_once(shop: Woo) -> None:
    shop.add()
    wish = DuplicateWish(key="dragoman-1-7", order="731", currency="EUR", lines=[("315", 1)])
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(_account(shop), wish)
    found = CONNECTOR.find(_account(shop), wish)
    assert found is not None and found.external_id == "732" and "732" in found.left
    made = shop.written[-1].json()
    assert made["line_items"] == [{"product_id": 93, "quantity": 1, "variation_id": 94}]
    assert (made["status"], made["customer_id"]) == ("pending", 12)
    assert CONNECTOR.do(_account(shop), wish).external_id == "732" and len(shop.orders) == 2
    other = DuplicateWish(key="k8", order="731", currency="EUR", lines=[("999", 1)])
    with pytest.raises(Rejected, match="any more"):
        CONNECTOR.do(_account(shop), other)


def test_an_exchange_is_a_new_order_on_which_only_the_difference_is_paid(shop: Woo) -> None:
    shop.add()
    shop.products = [
        {"id": 95, "parent_id": 93, "type": "variation", "sku": "NORA-B", "name": "Nora, blue", "price": "52.36"},
        {"id": 96, "parent_id": 0, "type": "simple", "sku": "OLD", "name": "Old", "price": "1"},
    ]  # fmt: skip
    shop.products = [
        {**one, "status": "publish" if one["sku"] != "OLD" else "private"} for one in shop.products
    ]
    account = _account(shop)
    sold = CONNECTOR.variant(account, "NORA-B", currency="EUR", country="DE")
    assert sold is not None and (sold.id, sold.title, sold.price) == ("93:95", "Nora, blue", 5236)
    assert CONNECTOR.variant(account, "OLD", currency="EUR", country="DE") is None
    dear = CONNECTOR.variant(account, "NORA-B", currency="USD", country="US")
    assert dear is not None and dear.price is None

    # one lamp of 42.84 comes back, one of 52.36 goes out: 9.52 with tax are 8.00 without
    wish = ExchangeWish(key="dragoman-1-9", order="731", currency="EUR", lines=[("315", 1)], sends=[("93:95", 1)], worth=4284, prices=[5236])  # fmt: skip
    shop.faults = ["lost"]
    with pytest.raises(Unavailable):
        CONNECTOR.do(account, wish)
    found = CONNECTOR.find(account, wish)
    assert found is not None and found.external_id == "732" and "9.52 EUR" in found.left
    made = shop.written[-1].json()
    assert made["line_items"] == [{"product_id": 93, "quantity": 1, "total": "8.00", "variation_id": 95}]
    assert (made["status"], [one["total"] for one in made["shipping_lines"]]) == ("pending", ["0"])
    assert CONNECTOR.do(account, wish).external_id == "732" and len(shop.orders) == 2

    # what goes out is worth less: nothing is to be paid, and it is sent
    cheap = replace(wish, key="dragoman-1-10", prices=[2000])
    done = CONNECTOR.do(account, cheap)
    made = shop.written[-1].json()
    assert (made["status"], made["line_items"][0]["total"]) == ("processing", "0.00")
    assert "733" in done.left and "waits" not in done.left
    with pytest.raises(Rejected, match="no such line"):
        CONNECTOR.do(account, replace(cheap, key="k", lines=[("999", 1)]))


def test_webhooks_name_the_order_and_forged_ones_are_refused(shop: Woo) -> None:
    body = json.dumps({"id": 731, "status": "processing"}).encode()
    account = _account(shop)
    told = CONNECTOR.told(account, Hook(shop.signed(body), body))
    assert (list(told.changed), told.key) == (["731"], "36e520eb")
    for headers, raw in (
        (shop.signed(b"other"), body),
        ({}, body),
        ({**shop.signed(body), "x-wc-webhook-signature": "é"}, body),
    ):
        with pytest.raises(Forged):
            CONNECTOR.told(account, Hook(headers, raw))
    with pytest.raises(Forged):
        CONNECTOR.told(_account(shop, hook_secret=""), Hook(shop.signed(body), body))
    for raw in (b"[]", b"{}", b'{"id": true}', b"\xff"):
        with pytest.raises(Rejected):
            CONNECTOR.told(account, Hook(shop.signed(raw), raw))
    other = shop.signed(body, "product.updated")
    assert not CONNECTOR.told(account, Hook(other, body)).changed
    assert not CONNECTOR.told(account, Hook({}, b"webhook_id=7")).changed
    with pytest.raises(Forged):
        CONNECTOR.told(account, Hook({}, b"webhook_id=7&id=731"))


def test_a_key_does_not_travel_in_the_open(shop: Woo) -> None:
    with pytest.raises(Rejected, match="https"):
        CONNECTOR.check(Account("http://shop.example.com", {"consumer_key": "k"}))
    with pytest.raises(Rejected, match="let us in"):
        CONNECTOR.check(_account(shop, consumer_secret="wrong"))


def test_an_order_that_is_none_is_told(shop: Woo) -> None:
    shop.add(total="much")
    with pytest.raises(Unavailable):
        CONNECTOR.order(_account(shop), "731")
    assert CONNECTOR.order(_account(shop), "9") is None
