"""Orders for tests, as a shop would tell them."""

from datetime import UTC, datetime
from typing import Any

from dragoman.ground.providers.shops.facts import LineFacts, OrderFacts, PersonFacts

PLACED = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)


def line(**more: Any) -> LineFacts:
    return LineFacts(
        **{"sku": "LAMP-1", "title": "Loimu table lamp", "quantity": 1, "unit_price": 395000, **more}
    )


def order(number: str = "KSL-20418", **more: Any) -> OrderFacts:
    facts = {
        "number": number,
        "placed_at": PLACED,
        "currency": "THB",
        "country": "TH",
        "person": PersonFacts(email="somchai@example.com", name="Somchai"),
        "lines": [line(), line(sku="BLANKET", title="Saimi linen blanket", quantity=2, unit_price=214500)],
    }
    return OrderFacts(**{**facts, **more})
