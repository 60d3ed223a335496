"""Filling a workspace with orders: one comes in by the API, whole; the others are copies of its rows, made in SQL.

Three orders a customer on average, two years of them; one in thirty-three is under way, one in ten was given money back.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from tests.bench import raw
from tests.bench.browser import House
from tests.bench.filling import copies, drop_indexes, seed_of, take_ids
from tests.bench.load import run
from tests.serving import Desk

LINES, EVENTS, EACH = 3, 2, 3  # lines and events of an order, orders of a customer
TALKS = 300  # customers who have a conversation beside which the card stands
TABLES = (
    "customers_customer",
    "customers_identity",
    "commerce_order",
    "commerce_orderline",
    "commerce_shipment",
    "commerce_shipmentline",
    "commerce_shipmentevent",
    "commerce_payment",
    "commerce_refund",
)
_SPREAD = 2 * 365 * 86400
_PLACED = f"now() - (n::bigint * 7919 % {_SPREAD}) * interval '1 second'"
_DELIVERED = "CASE WHEN n % 33 = 0 THEN 'in_transit' ELSE 'delivered' END"
_SEED = {
    "placed_at": "2026-10-01T10:00:00Z",
    "currency": "EUR",
    "country": "DE",
    "customer": {"email": "seed@example.com", "name": "Maija", "language": "de"},
    "lines": [
        {"sku": f"LAMP-{n}", "title": f"Lampe {n}", "quantity": 1 + n, "unit_price": 4990, "fulfilled": 1 + n}
        for n in range(LINES)
    ],
    "shipments": [
        {"carrier": "DHL", "tracking_number": "00340434161094042557", "status": "delivered", "external_id": "p1"}
    ],
    "payments": [{"method": "card", "amount": 29940, "said": "Visa •••• 4242", "external_id": "pay1"}],
    "refunds": [{"amount": 4990, "method": "card", "reason": "Zu klein", "payment": "pay1", "external_id": "r1"}],
    "shipping_address": {"name": "Maija", "lines": ["Hauptstraße 1"], "city": "Köln", "postcode": "50667"},
}  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """A workspace with `number` orders: the n-th has the id `orders` + n and the number KSL-n."""

    house: House
    number: int
    orders: int
    talks: int
    talking: int

    def spread(self, count: int, *, start: int = 0) -> list[int]:
        """Return places of orders all over the table, none of them twice."""
        step = max(1, self.number // count)
        return [1 + (start + at * step) % self.number for at in range(count)]

    def talk_of(self, place: int) -> int:
        """Return one of the conversations, others for other places of orders."""
        return self.talks + 1 + place * self.talking // (self.number + 1)


def fill_orders(desk: Desk, house: House, *, number: int) -> Filled:
    """Store `number` orders of a third as many customers, and conversations of some of these."""
    body = {**_SEED, "brand": house.slug}
    put = house.post("/api/v1/orders/SEED", body).replace(b"POST", b"PUT", 1)
    answers = run(desk.port, lambda _n: iter([put]), senders=1, seconds=60)
    assert answers.statuses == {201: 1}, answers.statuses
    talk = seed_of(desk, house)
    with psycopg.connect(raw.address(desk, user="postgres"), autocommit=True) as connection:
        connection.execute(
            "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET session_replication_role = replica"
        )
        dropped = drop_indexes(connection, TABLES)
        seed = _rows_of_the_seed(connection, house)
        people = take_ids(connection, "customers_customer", number // EACH)
        orders = take_ids(connection, "commerce_order", number)
        _people(connection, seed, people, number // EACH)
        _orders(connection, seed, number=number, people=people, orders=orders)
        talks = _talks(connection, talk, people=people, customers=number // EACH)
        for statement in dropped:
            connection.execute(statement)
        for table in TABLES:
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
    return Filled(house, number, orders, talks, _talking(number // EACH))


def _rows_of_the_seed(connection: psycopg.Connection, house: House) -> dict[str, list[int]]:
    """Return the ids of what the first order is made of, by table; its parcel is told of twice."""
    told = {"w": house.workspace}
    connection.execute(
        """INSERT INTO commerce_shipmentevent (workspace_id, shipment_id, key, at, status, detail, text, place, country)
           SELECT workspace_id, id, 'seed' || n, now(), 'in_transit', '', 'Das Paket ist unterwegs', 'Köln', 'DE'
           FROM commerce_shipment, generate_series(1, %(events)s) n WHERE workspace_id = %(w)s""",
        {**told, "events": EVENTS},
    )
    found: dict[str, list[int]] = {}
    for table in TABLES:
        asked = sql.SQL("SELECT id FROM {} WHERE workspace_id = %(w)s ORDER BY id").format(
            sql.Identifier(table)
        )
        found[table] = [one for (one,) in connection.execute(asked, told)]
    ((customer, identity),) = connection.execute(
        "SELECT customer_id, id FROM customers_identity WHERE workspace_id = %(w)s AND value = 'seed@example.com'",
        told,
    )
    return {**found, "customers_customer": [customer], "customers_identity": [identity]}


def _series(number: int) -> sql.Composable:
    return sql.SQL("generate_series(1, {}) AS n").format(number)


def _people(connection: psycopg.Connection, seed: dict[str, list[int]], people: int, number: int) -> None:
    named = {"id": f"{people} + n", "name": "'Customer ' || n"}
    copies(connection, "customers_customer", seed["customers_customer"][0], _series(number), named)
    ids = take_ids(connection, "customers_identity", number)
    address = {
        "id": f"{ids} + n",
        "customer_id": f"{people} + n",
        "value": "'c' || n || '@orders.example'",
    }
    copies(connection, "customers_identity", seed["customers_identity"][0], _series(number), address)


def _orders(
    connection: psycopg.Connection, seed: dict[str, list[int]], *, number: int, people: int, orders: int
) -> None:
    every, order = _series(number), f"{orders} + n"
    changed = {
        "id": order,
        "customer_id": f"{people} + 1 + n % {number // EACH}",
        "number": "'KSL-' || n",
        "number_key": "'KSL' || n",
        "email": f"'c' || (1 + n % {number // EACH}) || '@orders.example'",
        "placed_at": _PLACED,
    }
    copies(connection, "commerce_order", seed["commerce_order"][0], every, changed)
    first = 0
    for row in seed["commerce_orderline"]:
        lines = take_ids(connection, "commerce_orderline", number)
        copies(connection, "commerce_orderline", row, every, {"id": f"{lines} + n", "order_id": order})
        first = first or lines
    parcels = take_ids(connection, "commerce_shipment", number)
    sent = {
        "id": f"{parcels} + n",
        "order_id": order,
        "status": _DELIVERED,
        "tracking_number": "'JJD' || n",
        "tracking_key": "'JJD' || n",
    }
    copies(connection, "commerce_shipment", seed["commerce_shipment"][0], every, sent)
    held = take_ids(connection, "commerce_shipmentline", number)
    packed = {"id": f"{held} + n", "shipment_id": f"{parcels} + n", "line_id": f"{first} + n"}
    copies(connection, "commerce_shipmentline", seed["commerce_shipmentline"][0], every, packed)
    for row in seed["commerce_shipmentevent"]:
        ids = take_ids(connection, "commerce_shipmentevent", number)
        told = {"id": f"{ids} + n", "shipment_id": f"{parcels} + n", "at": _PLACED}
        copies(connection, "commerce_shipmentevent", row, every, told)
    paid = take_ids(connection, "commerce_payment", number)
    copies(
        connection,
        "commerce_payment",
        seed["commerce_payment"][0],
        every,
        {"id": f"{paid} + n", "order_id": order, "external_id": "'pay' || n"},
    )
    back = take_ids(connection, "commerce_refund", number // 10)
    refunded = {"id": f"{back} + n", "order_id": f"{orders} + 10 * n", "payment_id": f"{paid} + 10 * n"}
    copies(connection, "commerce_refund", seed["commerce_refund"][0], _series(number // 10), refunded)


def _talking(customers: int) -> int:
    return min(TALKS, customers)


def _talks(connection: psycopg.Connection, seed: dict[str, int], *, people: int, customers: int) -> int:
    """Let customers all over the table write; return the id before their first conversation."""
    number = _talking(customers)
    talks = take_ids(connection, "conversations_conversation", number)
    messages = take_ids(connection, "conversations_message", number)
    talk = {
        "id": f"{talks} + n",
        "customer_id": f"{people} + n * {customers // number}",
        "previous_id": "NULL",
    }
    copies(connection, "conversations_conversation", seed["conversation"], _series(number), talk)
    message = {
        "id": f"{messages} + n",
        "conversation_id": f"{talks} + n",
        "external_id": "'orders-' || n",
        "envelope_id": "NULL",
    }
    copies(connection, "conversations_message", seed["message"], _series(number), message)
    for table in ("conversations_conversation", "conversations_message"):
        connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))
    return talks
