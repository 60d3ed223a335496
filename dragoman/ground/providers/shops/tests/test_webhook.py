"""Any system posts orders: signed as the standard says, in our shape or through a mapping of its own JSON."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from dragoman.ground.providers.shops.mapping import mapped, read_json, rules_of
from dragoman.ground.providers.shops.ports import Account, Hook
from dragoman.ground.providers.shops.webhook import AnySystem, Unreadable, orders_in
from dragoman.kit.errors import Forged, Refusal, Stale

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ORDER = {
    "number": "K-1",
    "placed_at": "2026-11-16T08:30:00Z",
    "currency": "KWD",
    "lines": [{"sku": "LAMP", "title": "Lamp", "quantity": 1, "unit_price": 1999}],
}
OTHERS = {
    "type": "sale",
    "sale": {
        "no": 1042,
        "at": "2026-11-16T08:30:00Z",
        "cur": "JPY",
        "state": "Shipped",
        "buyer": {"mail": "aiko@example.com"},
        "articles": [
            {"id": "A", "text": "茶碗", "n": "2", "each": "3980"},
            {"id": "B", "text": "急須", "n": 1, "each": 12000},
        ],
        "parcels": [{"no": "123456789012", "packed": [{"id": "A", "n": 2}]}],
    },
}
MAPPING = """
# orders of the old till
number = sale.no
placed_at = sale.at
currency = sale.cur
customer.email = sale.buyer.mail
customer.phone = sale.buyer.phone
fulfilment_status = sale.state | words shipped=sent, *=unfulfilled
lines[].sku = sale.articles[].id
lines[].title = sale.articles[].text
lines[].quantity = sale.articles[].n
lines[].unit_price = sale.articles[].each | minor
shipments[].tracking_number = sale.parcels[].no
shipments[].status = sale.parcels[].state
shipments[].lines[].sku = sale.parcels[].packed[].id
shipments[].lines[].quantity = sale.parcels[].packed[].n
country = "JP"
"""


def signed(body: bytes, *, at: datetime | None = None, name: str = "msg_1", secret: str = SECRET) -> Hook:
    at = at or datetime.now(UTC)
    signature = Webhook(secret).sign(name, at, body.decode())
    stamp = str(int(at.timestamp()))
    return Hook(
        {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": f"v1,bm90aGluZw== {signature}"},
        body,
    )


def told(hook: Hook, **settings: str) -> Any:
    return AnySystem().told(Account("", {"hook_secret": SECRET}, settings), hook)


def test_what_is_signed_is_id_time_and_body_with_the_key_in_base64() -> None:
    body, at = json.dumps(ORDER).encode(), datetime.now(UTC).replace(microsecond=0)
    hook = signed(body, at=at)
    words = f"msg_1.{int(at.timestamp())}.".encode() + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    made = base64.b64encode(hmac.new(key, words, hashlib.sha256).digest()).decode()
    assert hook.headers["webhook-signature"].split(" ")[1] == f"v1,{made}"


def test_an_order_in_our_shape_is_read_bare_and_as_the_data_of_an_event() -> None:
    body = json.dumps(ORDER).encode()
    found = told(signed(body))
    assert (found.key, found.orders[0].number, found.orders[0].lines[0].unit_price) == ("msg_1", "K-1", 1999)
    event = json.dumps({"type": "order.updated", "timestamp": "2026-11-16T08:30:00Z", "data": ORDER}).encode()
    assert told(signed(event)).orders == found.orders


@pytest.mark.parametrize(
    "spoil",
    [
        lambda hook: Hook(hook.headers, hook.body + b" "),
        lambda hook: Hook({**hook.headers, "webhook-id": "msg_2"}, hook.body),
        lambda hook: Hook({**hook.headers, "webhook-timestamp": "1614265330"}, hook.body),
        lambda hook: Hook({**hook.headers, "webhook-timestamp": "nan"}, hook.body),
        lambda hook: Hook({**hook.headers, "webhook-signature": "v1"}, hook.body),
        lambda hook: Hook({**hook.headers, "webhook-signature": "v1,ä"}, hook.body),
        lambda hook: Hook({**hook.headers, "webhook-signature": ""}, hook.body),
        lambda hook: Hook({}, hook.body),
        lambda hook: Hook(hook.headers, b"\xff\xfe"),
        lambda hook: signed(hook.body, secret="whsec_" + "A" * 40),
        lambda hook: signed(hook.body, at=datetime.now(UTC) - timedelta(minutes=6)),
        lambda hook: signed(hook.body, at=datetime.now(UTC) + timedelta(minutes=6)),
    ],
)
def test_what_is_forged_or_old_is_refused(spoil: Any) -> None:
    with pytest.raises(Forged):
        told(spoil(signed(json.dumps(ORDER).encode())))


def test_what_is_too_old_says_so() -> None:
    with pytest.raises(Stale, match="older than five minutes"):
        told(signed(json.dumps(ORDER).encode(), at=datetime.now(UTC) - timedelta(minutes=6)))


def test_a_json_of_its_own_becomes_an_order_by_a_mapping() -> None:
    whole = {**OTHERS, "sale": {**OTHERS["sale"], "parcels": []}}  # type: ignore[dict-item]
    order = told(signed(json.dumps(whole).encode()), mapping=MAPPING).orders[0]
    assert (order.number, order.currency, order.country) == ("1042", "JPY", "JP")
    assert [(one.sku, one.quantity, one.unit_price) for one in order.lines] == [
        ("A", 2, 3980),
        ("B", 1, 12000),
    ]
    assert (order.person.email, order.person.phone, order.fulfilment_status) == (
        "aiko@example.com",
        "",
        "sent",
    )
    made = mapped(rules_of(MAPPING), OTHERS)
    assert made["shipments"] == [{"tracking_number": "123456789012", "lines": [{"sku": "A", "quantity": 2}]}]


def test_amounts_are_made_minor_units_exactly() -> None:
    rules = rules_of('currency = "KWD"\nlines[].unit_price = i[].p | minor\ntotals.total = t | minor')
    made = mapped(rules, read_json(b'{"i": [{"p": 1.999}, {"p": "0.1"}], "t": 2.099}'))
    assert made["lines"] == [{"unit_price": 1999}, {"unit_price": 100}]
    assert made["totals"] == {"total": 2099}
    with pytest.raises(Refusal, match="decimals"):
        mapped(rules, read_json(b'{"t": 2.0991}'))


@pytest.mark.parametrize(
    "line",
    ["number", "= a", "number = ", "lines[].sku = a.b", "a = b | sum", "a = b | words x", 'a = "b', "a[0] = b",
     "number = a..b", "lines[].a[].b = c[].d"],
)  # fmt: skip
def test_a_line_of_a_mapping_that_says_nothing_is_named(line: str) -> None:
    with pytest.raises(Refusal, match="Line 2 of the mapping"):
        rules_of(f"placed_at = at\n{line}")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\x00", "This is no JSON"),
        (b"[" * 100_000, "This is no JSON"),
        (b"[]", "at most 100"),
        (b"3", "no fields with names"),
        (json.dumps({**ORDER, "colour": "red"}).encode(), "colour"),
        (json.dumps({**ORDER, "number": ""}).encode(), "number"),
        (json.dumps({**ORDER, "lines": [{**ORDER["lines"][0], "unit_price": 49.0}]}).encode(), "minor units"),  # type: ignore[dict-item]
    ],
)
def test_what_is_no_order_says_why(body: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        orders_in(body)


def test_a_mapping_that_makes_one_thing_two_is_refused() -> None:
    with pytest.raises(Unreadable, match="two things"):
        orders_in(b'{"a": "x"}', "customer = a\ncustomer.email = a")


@pytest.mark.parametrize("size", [24, 25, 32])
def test_a_secret_as_openssl_makes_it_is_one(size: int) -> None:
    made = base64.b64encode(bytes(range(size))).decode()
    assert not AnySystem().faults({"hook_secret": f"whsec_{made}"})
    assert "hook_secret" in AnySystem().faults({"hook_secret": made[:20]})
