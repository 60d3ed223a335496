"""What may be sent back: quotes held against cases that were written from the laws, without the code in sight.

`sets/returns/FORMAT.md` says how a case is read; `WRONG` names those held to be wrong, with the source that says so.
"""

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.core.commerce.models import Order, OrderLine, Shipment, ShipmentLine
from dragoman.service.returns.queries import Asked, case_of, goods_of, law_of, law_told, place_for
from dragoman.service.returns.quoting import Answer, Quote, Rule, quote

SETS = Path(__file__).parent / "sets" / "returns"
NOBODY = 0
_REASONS = {"not_known": "no_right"}
_MOMENTS = ("shipped_at", "delivered_at")
_KINDS = ("final_sale", "custom_made", "digital", "hygiene")


@dataclass(frozen=True)
class Difference:
    """Where an answer is another than a case expects."""

    case: str
    what: str
    expected: Any
    answered: Any


def cases() -> list[dict[str, Any]]:
    """Return all cases, by country."""
    return [case for path in sorted(SETS.glob("*.json")) for case in json.loads(path.read_text("utf-8"))]


def differences(case: dict[str, Any]) -> list[Difference]:
    """Return where a case's quote is not what it expects; none: it is right."""
    found, expected = quoted(case), case["expect"]
    wrong = [
        Difference(case["id"], name, expected[name], answered)
        for name, answered in (
            ("allowed", found.allowed),
            ("refund_deadline_days", found.refund_days),
            ("return_cost_payer", found.payer),
        )
        if name in expected and expected[name] != answered
    ]
    for line in expected.get("lines", ()):
        wrong += _of_line(case["id"], line, [one for one in found.answers if one.goods.sku == line["sku"]])
    return wrong


def _of_line(case: str, line: dict[str, Any], answers: list[Answer]) -> list[Difference]:
    if not answers:
        return [Difference(case, line["sku"], "an answer", None)]
    one = answers[0]
    window = one.window
    told = {
        "allowed": one.allowed,
        "basis": one.basis,
        "reason": _REASONS.get(one.reason, one.reason),
        "window_days": window.days if window else None,
        "window_starts_on": window and window.starts_on and window.starts_on.isoformat(),
        "window_ends_on": window and window.ends_on and window.ends_on.isoformat(),
    }
    return [
        Difference(case, f"{line['sku']}.{name}", line[name], value)
        for name, value in told.items()
        if name in line and line[name] != value
    ]


def quoted(case: dict[str, Any]) -> Quote:
    """Ask for a case's quote, for a shop that corrected nothing."""
    order, asked = _order(case["order"]), case["ask"]
    where = asked.get("country") or order.country
    known = law_told(NOBODY, None, where, on=order.placed_at.date())
    judged = case_of(
        order,
        at=_at(asked["at"]),
        law=law_of(where, known),
        rules=[*_rules(case.get("policy"), where)],
        place=place_for(order, where),
    )
    lines = asked.get("lines")
    wanted = None if lines is None else [Asked(one["sku"], one["quantity"]) for one in lines]
    return quote(judged, goods_of(order, wanted))


def _rules(policy: dict[str, Any] | None, country: str) -> Iterator[Rule]:
    if policy and policy.get("country", country) == country:
        yield Rule(
            name="Policy",
            days=policy["days"],
            starts=policy["starts"],
            category=policy.get("category", ""),
            excludes=frozenset(["final_sale"] if policy.get("final_sale_excluded") else []),
        )


def _at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _order(told: dict[str, Any]) -> Order:
    """Return an order as the mirror would have it, with its parts, without a database."""
    order = Order(
        pk=1,
        number="1",
        placed_at=_at(told["placed_at"]),
        currency=told["currency"],
        country=told["country"],
        informed=told.get("informed", True),
    )
    lines = [
        OrderLine(
            pk=place,
            sku=line["sku"],
            title=line["title"],
            quantity=line["quantity"],
            unit_price=line["unit_price"]["amount"],
            category=line.get("category", ""),
            returned=line.get("returned", 0),
            **{kind: line.get(kind, False) for kind in _KINDS},
        )
        for place, line in enumerate(told["lines"], 1)
    ]
    parcels = [_parcel(place, one, lines) for place, one in enumerate(told.get("shipments") or (), 1)]
    order._prefetched_objects_cache = {"lines": lines, "shipments": parcels}  # type: ignore[attr-defined]
    return order


def _parcel(place: int, told: dict[str, Any], lines: list[OrderLine]) -> Shipment:
    parcel = Shipment(
        pk=place,
        status=told["status"],
        **{name: _at(told[name]) for name in _MOMENTS if told.get(name)},
    )
    wanted = told.get("lines") or [{"sku": line.sku, "quantity": line.quantity} for line in lines]
    by_sku = {line.sku: line for line in lines}
    packed = [ShipmentLine(line=by_sku[one["sku"]], quantity=one["quantity"]) for one in wanted]
    parcel._prefetched_objects_cache = {"lines": packed}  # type: ignore[attr-defined]
    return parcel


def tables() -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Title, heads and rows of each table."""
    asked, right = Counter[str](), Counter[str]()
    found: list[Difference] = []
    for case in cases():
        country = (case["ask"].get("country") or case["order"]["country"]).upper()
        wrong = differences(case)
        asked[country] += 1
        right[country] += not wrong
        found += wrong
    rows: list[tuple[object, ...]] = [("all", asked.total(), right.total())]
    rows += [
        (country, asked[country], right[country])
        for country in sorted(asked)
        if right[country] < asked[country]
    ]
    yield (
        f"Returns: quotes held against cases of {len(asked)} countries (countries with a difference are named)",
        ["country", "cases", "right"],
        rows,
    )
    if found:
        said = [(one.case, one.what, one.expected, one.answered) for one in found]
        yield "Returns: where quote and case differ", ["case", "what", "the case", "the quote"], said
