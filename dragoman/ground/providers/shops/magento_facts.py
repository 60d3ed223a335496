"""What a Magento shop says of an order, as facts: amounts without tax and their tax beside them, parts below wholes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, ShipmentStatus

from .amounts import nearly
from .facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    PersonFacts,
    RefundFacts,
    ShipmentFacts,
    TotalFacts,
    version_of,
)
from .keys import without_key
from .paging import moment_of

_STATUSES: Final = {
    "new": OrderStatus.OPEN,
    "pending_payment": OrderStatus.OPEN,
    "payment_review": OrderStatus.OPEN,
    "processing": OrderStatus.OPEN,
    "holded": OrderStatus.OPEN,
    "complete": OrderStatus.COMPLETED,
    "closed": OrderStatus.COMPLETED,
    "canceled": OrderStatus.CANCELLED,
}
_INVOICE_PAID: Final = 2
_MEMO: Final = {1: MoneyStatus.PENDING, 2: MoneyStatus.DONE, 3: MoneyStatus.VOIDED}
_DIGITAL: Final = frozenset({"virtual", "downloadable", "giftcard"})


@dataclass
class Papers:
    """What was written about an order besides it: credit memos, shipments and invoices."""

    memos: list[Mapping[str, Any]] = field(default_factory=list)
    shipments: list[Mapping[str, Any]] = field(default_factory=list)
    invoices: list[Mapping[str, Any]] = field(default_factory=list)


def facts_of(order: Mapping[str, Any], papers: Papers) -> OrderFacts:
    """Return an order of the REST API with its papers; raises KeyError or ValueError where it is none."""
    currency, own = order["order_currency_code"].upper(), order["base_currency_code"].upper()
    status, changed = _STATUSES.get(order["state"]), moment_of(order["updated_at"])
    if order["state"] == "closed" and was_cancelled_here(order):
        status = OrderStatus.CANCELLED
    billing, shipping = _address(order.get("billing_address")), _address(_shipping_of(order))
    said, kept = Decimal(order["grand_total"]), Decimal(order["base_grand_total"])
    written = [*papers.memos, *papers.shipments, *papers.invoices]
    seen = [moment_of(one.get("updated_at") or one["created_at"]) for one in written]
    return OrderFacts(
        number=str(order["increment_id"]),
        external_id=str(order["entity_id"]),
        placed_at=moment_of(order["created_at"]),
        version=version_of(max([changed, *seen])),
        currency=currency,
        lines=[_line(one, order, currency) for one in lines_of(order)],
        person=PersonFacts(
            email=order.get("customer_email") or "",
            phone=str(billing.get("phone") or ""),
            name=_name(order, "customer_") or str(billing.get("name") or ""),
        ),
        country=str(shipping.get("country") or billing.get("country") or ""),
        status=status,
        cancelled_at=changed if status == OrderStatus.CANCELLED else None,
        totals=_totals(order, currency),
        store_currency=own,
        store_total=nearly(kept, own),
        rate=(kept / said).quantize(Decimal("1e-8")) if said and own != currency else None,
        discount_codes=[order["coupon_code"]] if order.get("coupon_code") else (),
        shipping_address=shipping or billing,
        billing_address=billing,
        note=order.get("customer_note") or "",
        shipments=[one for paper in papers.shipments for one in _parcels(paper, order)],
        payments=list(_payments(order, papers.invoices, currency)),
        refunds=[_refund(one, order, papers.invoices, currency) for one in papers.memos],
    )


def lines_of(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the items that cost something by themselves.

    A configurable product has its simple one below it, which costs nothing; a bundle whose parts have prices of their
    own is only the sum of them.
    """
    items: Sequence[Mapping[str, Any]] = order["items"]
    priced = {one["parent_item_id"] for one in items if one.get("parent_item_id") and _paid_row(one)}
    return [
        one
        for one in items
        if (one["parent_item_id"] in priced if one.get("parent_item_id") else one["item_id"] not in priced)
    ]


def pieces_of(item: Mapping[str, Any]) -> tuple[int, Decimal]:
    """Return how many pieces an item is, and how much of the shop's quantity each is: 1.5 metres are one piece."""
    ordered = Decimal(item["qty_ordered"])
    return (int(ordered), Decimal(1)) if ordered == int(ordered) and ordered else (1, ordered or Decimal(1))


def gross_of(item: Mapping[str, Any]) -> Decimal:
    """Return what a row of an order or of a credit memo comes to, with its tax and without its discount."""
    parts = (item.get(name) or 0 for name in ("row_total", "tax_amount", "discount_tax_compensation_amount"))
    return Decimal(sum(map(Decimal, parts))) - abs(Decimal(item.get("discount_amount") or 0))


def payment_id_of(invoice: Mapping[str, Any]) -> str:
    """Return the id of the payment that an invoice stands for."""
    return str(invoice.get("transaction_id") or f"invoice-{invoice['entity_id']}")


def paid_invoices(papers: Papers) -> list[Mapping[str, Any]]:
    """Return the invoices that were paid."""
    return [one for one in papers.invoices if int(one.get("state") or 0) == _INVOICE_PAID]


def was_cancelled_here(order: Mapping[str, Any]) -> bool:
    """Say whether we noted that we cancel it: giving all the money back makes an order `closed`."""
    return any("[dragoman " in (one.get("comment") or "") for one in order.get("status_histories") or ())


def words_of(memo: Mapping[str, Any]) -> list[str]:
    """Return what was written beside a credit memo."""
    return [one.get("comment") or "" for one in memo.get("comments") or ()]


def _paid_row(item: Mapping[str, Any]) -> bool:
    return bool(Decimal(item.get("row_total") or 0))


def _whole(item: Mapping[str, Any], name: str) -> int:
    count, size = pieces_of(item)
    return min(count, int(Decimal(item.get(name) or 0) / size))


def _line(item: Mapping[str, Any], order: Mapping[str, Any], currency: str) -> LineFacts:
    count, size = pieces_of(item)
    price = Decimal(item.get("price_incl_tax") or item.get("price") or 0) * size
    unit = nearly(price, currency)
    below = [one for one in order["items"] if one.get("parent_item_id") == item["item_id"]]
    names = [one["name"] for one in below if one.get("name") and one["name"] != item["name"]]
    kind = item.get("product_type") or ""
    return LineFacts(
        external_id=str(item["item_id"]),
        title=item["name"],
        variant=", ".join(names)[:200],
        sku=item.get("sku") or "",
        quantity=count,
        unit_price=unit,
        discount=max(0, unit * count - nearly(gross_of(item), currency)),
        tax=nearly(item.get("tax_amount"), currency),
        digital=kind in _DIGITAL,
        fulfilled=_whole(item, "qty_shipped"),
        refunded=_whole(item, "qty_refunded"),
        cancelled=_whole(item, "qty_canceled"),
    )


def _totals(order: Mapping[str, Any], currency: str) -> TotalFacts:
    """Return the sums with tax: what is off is what the lines are short of their prices."""
    lines = [_line(one, order, currency) for one in lines_of(order)]
    return TotalFacts(
        discount=sum(one.discount for one in lines),
        shipping=nearly(shipping_of(order), currency),
        tax=nearly(order.get("tax_amount"), currency),
        tax_included=True,
        total=nearly(order["grand_total"], currency),
    )


def shipping_of(order: Mapping[str, Any]) -> Decimal:
    """Return what sending cost with its tax and without its discount."""
    parts = (
        order.get(name) or 0
        for name in (
            "shipping_amount",
            "shipping_tax_amount",
            "shipping_discount_tax_compensation_amount",
        )
    )
    return Decimal(sum(map(Decimal, parts))) - abs(Decimal(order.get("shipping_discount_amount") or 0))


def _shipping_of(order: Mapping[str, Any]) -> Mapping[str, Any] | None:
    ways = (order.get("extension_attributes") or {}).get("shipping_assignments") or ()
    return next(
        (one["shipping"]["address"] for one in ways if (one.get("shipping") or {}).get("address")), None
    )


def _name(thing: Mapping[str, Any], before: str = "") -> str:
    parts = (thing.get(f"{before}{name}") for name in ("firstname", "middlename", "lastname"))
    return " ".join(str(one) for one in parts if one)


def _address(place: Mapping[str, Any] | None) -> dict[str, Any]:
    place = place or {}
    told = {
        "name": _name(place),
        "company": place.get("company"),
        "lines": [one for one in place.get("street") or () if one],
        "city": place.get("city"),
        "region": place.get("region_code") or place.get("region"),
        "postcode": place.get("postcode"),
        "country": place.get("country_id"),
        "phone": place.get("telephone"),
    }
    return {name: value for name, value in told.items() if value}


def _parcels(shipment: Mapping[str, Any], order: Mapping[str, Any]) -> Iterator[ShipmentFacts]:
    """Yield a shipment's parcels, one for each number; the shop does not say what is in which: all in the first."""
    sold = {str(one["item_id"]): one for one in lines_of(order)}
    inside = [
        (line, max(1, int(Decimal(one["qty"]) / pieces_of(sold[line])[1])))
        for one in shipment.get("items") or ()
        if (line := str(one["order_item_id"])) in sold and Decimal(one.get("qty") or 0)
    ]
    at = moment_of(shipment["created_at"])
    for place, track in enumerate(shipment.get("tracks") or [{}]):
        yield ShipmentFacts(
            status=ShipmentStatus.IN_TRANSIT,
            external_id=f"{shipment['entity_id']}-{place}" if place else str(shipment["entity_id"]),
            carrier=_carrier(track),
            tracking_number=str(track.get("track_number") or ""),
            shipped_at=at,
            status_at=at,
            lines=[] if place else inside,
        )


def _carrier(track: Mapping[str, Any]) -> str:
    code = track.get("carrier_code") or ""
    return str(track.get("title") or "") if code in {"", "custom"} else str(code)


def _payments(
    order: Mapping[str, Any], invoices: Sequence[Mapping[str, Any]], currency: str
) -> Iterator[PaymentFacts]:
    paper = order.get("payment") or {}
    method = paper.get("method") or ""
    figures = str(paper.get("cc_last4") or "")
    said = " ".join(filter(None, (paper.get("cc_type"), f"•••• {figures[-4:]}" if figures else "")))
    for one in invoices:
        done = int(one.get("state") or 0) == _INVOICE_PAID
        yield PaymentFacts(
            method=method,
            amount=nearly(one["grand_total"], currency),
            status=MoneyStatus.DONE if done else MoneyStatus.PENDING,
            external_id=payment_id_of(one),
            gateway=method,
            said=said,
            paid_at=moment_of(one["created_at"]) if done else None,
        )
    rest = nearly(order["grand_total"], currency)
    if invoices or not rest or order["state"] == "canceled":
        return
    held = Decimal(paper.get("amount_authorized") or 0)
    yield PaymentFacts(
        method=method,
        amount=rest,
        status=MoneyStatus.AUTHORISED if held else MoneyStatus.PENDING,
        external_id=str(paper.get("last_trans_id") or f"order-{order['entity_id']}"),
        gateway=method,
        said=said,
    )


def _refund(
    memo: Mapping[str, Any], order: Mapping[str, Any], invoices: Sequence[Mapping[str, Any]], currency: str
) -> RefundFacts:
    sold = {str(one["item_id"]): one for one in lines_of(order)}
    items = [
        (line, max(1, int(Decimal(one["qty"]) / pieces_of(sold[line])[1])), nearly(gross_of(one), currency))
        for one in memo.get("items") or ()
        if (line := str(one["order_item_id"])) in sold and Decimal(one.get("qty") or 0)
    ]
    paid = next((one for one in invoices if one["entity_id"] == memo.get("invoice_id")), None)
    words = words_of(memo)
    return RefundFacts(
        amount=nearly(memo["grand_total"], currency),
        status=_MEMO.get(int(memo.get("state") or 2), MoneyStatus.DONE),
        external_id=str(memo["entity_id"]),
        reason=without_key(words[0]) if words else "",
        refunded_at=moment_of(memo["created_at"]),
        items=items,
        payment=payment_id_of(paid) if paid else "",
    )
