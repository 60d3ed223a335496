"""What connectors make of recorded answers, of refusals and of silence; no shop runs here."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dragoman.ground.providers.shops.http import exact_json
from dragoman.ground.providers.shops.medusa import Medusa
from dragoman.ground.providers.shops.ports import Account, Hook, NotSent, RefundWish
from dragoman.ground.providers.shops.vendure import Vendure
from dragoman.ground.providers.statuses import MoneyStatus, ShipmentStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable

from .far_shop import FarShop, far_shop, recorded

ORDER = "order_01M8G1G79PS9SD5G889EHE38W7"
PAYMENT = "pay_01M8G1G7RZ1JNX98EHCAQ6ARMZ"


@pytest.fixture
def shop() -> Iterator[FarShop]:
    with far_shop() as found:
        yield found


def _medusa(shop: FarShop, **settings: str) -> Account:
    return Account(shop.address, {"api_key": "sk_1", "hook_secret": "s3"}, settings)


def _vendure(shop: FarShop, password: str = "p") -> Account:
    shop.asked.clear()
    return Account(shop.address, {"password": password, "hook_secret": "s3"}, {"username": "greta"})


def _graph(**answers: Any) -> Any:
    """Answer a GraphQL call by what stands in its query; `login` is always understood."""

    def answer(asked: Any) -> Any:
        query = json.loads(asked.body)["query"]
        if "login(" in query:
            return {"data": {"login": {"__typename": "CurrentUser"}}}
        name = next(name for name in answers if f"{name}(" in query or f"{name} " in query)
        return answers[name]

    return answer


def test_medusa_is_read_exactly(shop: FarShop) -> None:
    shop.says("GET", "/admin/orders", recorded("medusa_orders.json"))
    since = datetime(2026, 11, 1, tzinfo=UTC)
    page = Medusa().page(_medusa(shop), since=since, cursor="", limit=1)
    (order,) = page.orders
    assert (order.number, order.external_id, order.currency) == ("1", ORDER, "EUR")
    assert (order.totals.total, order.totals.shipping) == (10480, 500)
    assert [(one.quantity, one.unit_price, one.returned) for one in order.lines] == [(2, 4990, 1)]
    assert [(one.amount, one.reason) for one in order.refunds or ()] == [(4690, "return")]
    assert [(one.status, one.tracking_number) for one in order.shipments or ()] == [
        (ShipmentStatus.DELIVERED, "JD1")
    ]
    assert (order.person.email, order.person.name, order.country) == ("kunde@example.de", "Jörg Müller", "DE")
    assert page.cursor == "1@2026-11-28T02:59:46.889Z"
    assert "updated_at%5B%24gte%5D=2026-11-01T00%3A00%3A00.000Z" in shop.asked[0].path
    assert shop.asked[0].headers["authorization"] == "Basic c2tfMTo="


def test_vendure_is_read_exactly(shop: FarShop) -> None:
    told = {"data": json.loads(recorded("vendure_orders.json"))}
    shop.says("POST", "/admin-api", _graph(orders=told), vendure_auth_token="t0")
    (order,) = Vendure().page(_vendure(shop, "read"), since=None, cursor="", limit=50).orders
    assert (order.number, order.currency, order.totals.total) == ("SYX56ZG63PTP7NNC", "USD", 312260)
    (line,) = order.lines
    assert (line.quantity, line.cancelled, line.refunded, line.unit_price) == (2, 1, 1, 155880)
    assert (line.title, line.variant, line.sku, line.tax) == ("Laptop", "13 inch 8GB", "L2201308", 51960)
    assert [(one.status, one.items) for one in order.refunds or ()] == [
        (MoneyStatus.DONE, [("1", 1, 155880)])
    ]
    assert shop.asked[-1].headers["authorization"] == "Bearer t0"


@pytest.mark.parametrize(
    ("currency", "figures", "minor"),
    [("JPY", 2, 1559), ("KWD", 2, 1558800), ("KWD", 3, 155880), ("EUR", 2, 155880)],
)
def test_vendure_counts_with_as_many_figures_as_it_says_whatever_the_currency(
    shop: FarShop, currency: str, figures: int, minor: int
) -> None:
    text = recorded("vendure_orders.json").replace(b'"USD"', f'"{currency}"'.encode())
    settings = {"globalSettings": {"serverConfig": {"moneyStrategyPrecision": figures}}}
    told = {"data": {**json.loads(text), **settings}}
    shop.says("POST", "/admin-api", _graph(orders=told), vendure_auth_token="t0")
    (order,) = Vendure().page(_vendure(shop, "read"), since=None, cursor="", limit=50).orders
    assert order.lines[0].unit_price == minor


def test_an_order_of_yen_or_dinars_keeps_its_decimals(shop: FarShop) -> None:
    for currency, price, minor in (("jpy", b"5400", 5400), ("kwd", b"12.345", 12345), ("eur", b"0.1", 10)):
        text = recorded("medusa_orders.json").replace(b'"eur"', f'"{currency}"'.encode())
        for amount in (b"49.9", b"104.8", b"46.9", b"57.9", b"99.8"):
            text = text.replace(b": " + amount + b",", b": " + price + b",")
            text = text.replace(b": " + amount + b"\n", b": " + price + b"\n")
        shop.says("GET", "/admin/orders", text)
        (order,) = Medusa().page(_medusa(shop), since=None, cursor="", limit=1).orders
        assert (order.currency, order.lines[0].unit_price) == (currency.upper(), minor)


def test_amounts_leave_as_numbers_with_exactly_their_figures() -> None:
    body = {"amount": Decimal("1.999"), "note": 'a "0.1" \x01', "more": [Decimal("49.90")]}
    assert b'{"amount": 1.999,' in exact_json(body)
    assert b'"more": [49.90]' in exact_json(body)


def _refund(amount: int = 100) -> RefundWish:
    return RefundWish(key="k1", order=ORDER, currency="EUR", amount=amount, payment=PAYMENT)


def _one_medusa_order(shop: FarShop) -> None:
    found = json.loads(recorded("medusa_orders.json"))["orders"][0]
    shop.says("GET", f"/admin/orders/{ORDER}", {"order": found})


def test_what_medusa_refuses_is_told_in_its_words(shop: FarShop) -> None:
    _one_medusa_order(shop)
    words = {"type": "invalid_data", "message": "You are not allowed to refund more than the captured amount"}
    shop.says("POST", f"/admin/payments/{PAYMENT}/refund", words, 400)
    with pytest.raises(Rejected, match="not allowed to refund more"):
        Medusa().do(_medusa(shop), _refund(999999))
    assert b'"amount": 9999.99' in shop.asked[-1].body


def test_what_vendure_refuses_inside_200_is_told_in_its_words(shop: FarShop) -> None:
    paid = {"id": "7", "state": "Settled", "amount": 500, "refunds": []}
    order = {"id": "1", "state": "Delivered", "nextStates": [], "lines": [], "payments": [paid]}
    refused = {
        "__typename": "RefundAmountError",
        "errorCode": "REFUND_AMOUNT_ERROR",
        "message": "The amount specified exceeds the refundable amount for this payment",
    }
    told = _graph(refundOrder={"data": {"refundOrder": refused}}, order={"data": {"order": order}})
    shop.says("POST", "/admin-api", told, vendure_auth_token="t1")
    with pytest.raises(Rejected, match="exceeds the refundable amount"):
        Vendure().do(_vendure(shop, "x"), RefundWish(key="k", order="1", currency="USD", amount=501))


def test_an_error_inside_vendure_leaves_unknown_what_was_done(shop: FarShop) -> None:
    paid = {"id": "7", "state": "Settled", "amount": 500, "refunds": []}
    order = {"id": "1", "state": "Delivered", "nextStates": [], "lines": [], "payments": [paid]}
    broken = {"errors": [{"message": "SqliteError: disk full"}], "data": None}
    shop.says(
        "POST",
        "/admin-api",
        _graph(refundOrder=broken, order={"data": {"order": order}}),
        vendure_auth_token="t2",
    )
    with pytest.raises(Unavailable, match="disk full"):
        Vendure().do(_vendure(shop, "y"), RefundWish(key="k", order="1", currency="USD", amount=1))


def test_a_busy_shop_did_nothing_and_names_when_to_come_back(shop: FarShop) -> None:
    _one_medusa_order(shop)
    shop.says("POST", f"/admin/payments/{PAYMENT}/refund", {}, 429, retry_after="7")
    with pytest.raises(NotSent) as caught:
        Medusa().do(_medusa(shop), _refund())
    assert isinstance(caught.value.__cause__, Unavailable) and caught.value.__cause__.retry_after == 7


def test_a_shop_that_breaks_in_the_middle_leaves_it_unknown(shop: FarShop) -> None:
    _one_medusa_order(shop)
    shop.says("POST", f"/admin/payments/{PAYMENT}/refund", {}, 502)
    with pytest.raises(Unavailable):
        Medusa().do(_medusa(shop), _refund())


def test_a_shop_that_is_silent_is_waited_for_no_longer_than_set(shop: FarShop) -> None:
    _one_medusa_order(shop)
    asked = threading.Event()

    def silent(_asked: Any) -> Any:
        asked.wait(3)
        return {}

    shop.says("POST", f"/admin/payments/{PAYMENT}/refund", silent)
    with pytest.raises(Unavailable, match="in time"):
        Medusa().do(_medusa(shop, timeout="1"), _refund())
    asked.set()


def test_nobody_there_means_that_nothing_was_done() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        account = Account(f"http://127.0.0.1:{nobody.getsockname()[1]}", {"api_key": "k"})
        with pytest.raises(NotSent):
            Medusa().do(account, _refund())
        with pytest.raises(Unavailable, match="Nothing answers"):
            Medusa().order(account, ORDER)


def test_a_wrong_key_says_so(shop: FarShop) -> None:
    shop.says("GET", "/admin/stores", {"message": "Unauthorized"}, 401)
    with pytest.raises(Rejected, match="Unauthorized"):
        Medusa().check(_medusa(shop))


@pytest.mark.parametrize("body", [b"<html>no shop</html>", b"[]", b'{"orders": null}'])
def test_what_is_no_shop_is_told(shop: FarShop, body: bytes) -> None:
    shop.says("GET", "/admin/orders", body)
    with pytest.raises(Unavailable):
        Medusa().page(_medusa(shop), since=None, cursor="", limit=5)


def _signed(body: bytes, secret: bytes = b"s3") -> Hook:
    return Hook({"x-dragoman-hook": hmac.new(secret, body, hashlib.sha256).hexdigest()}, body)


def test_webhooks_name_what_to_ask_for(shop: FarShop) -> None:
    account = _medusa(shop)
    told = {
        b'{"name":"order.placed","data":{"id":"order_1"}}': "order_1",
        b'{"name":"order.return_received","data":{"order_id":"order_2","return_id":"r"}}': "order_2",
        b'{"name":"payment.refunded","data":{"id":"pay_3"}}': "pay_3",
    }
    for body, wanted in told.items():
        assert list(Medusa().told(account, _signed(body)).changed) == [wanted]
    assert list(Vendure().told(account, _signed(b'{"event":"x","order":"7"}')).changed) == ["7"]


@pytest.mark.parametrize("shop_kind", [Medusa, Vendure])
def test_a_forged_webhook_is_refused(shop: FarShop, shop_kind: type[Medusa]) -> None:
    body = b'{"name":"order.placed","data":{"id":"order_1"},"order":"1"}'
    with pytest.raises(Forged):
        shop_kind().told(_medusa(shop), _signed(body, b"other"))
    with pytest.raises(Forged):
        shop_kind().told(_medusa(shop), Hook({}, body))
    with pytest.raises(Forged):
        shop_kind().told(Account(shop.address), _signed(body, b""))
    with pytest.raises(Rejected):
        shop_kind().told(_medusa(shop), _signed(b"[1]"))
