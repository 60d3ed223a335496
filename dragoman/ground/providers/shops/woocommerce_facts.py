"""What a WooCommerce shop says of an order, as facts: decimal texts, lines without tax and their tax beside them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from dragoman.ground.providers.statuses import (
    FulfilmentStatus,
    MoneyStatus,
    OrderStatus,
    ShipmentStatus,
)

from .amounts import minor, nearly
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

CANCELLED_BY: Final = "_dragoman_cancelled"
_NO_ORDER: Final = frozenset({"auto-draft", "checkout-draft", "draft", "trash"})
_STATUSES: Final = {
    "pending": OrderStatus.OPEN,
    "on-hold": OrderStatus.OPEN,
    "processing": OrderStatus.OPEN,
    "completed": OrderStatus.COMPLETED,
    "refunded": OrderStatus.COMPLETED,
    "cancelled": OrderStatus.CANCELLED,
    "failed": OrderStatus.CANCELLED,
}
_UNPAID: Final = {"failed": MoneyStatus.FAILED, "cancelled": MoneyStatus.VOIDED}


def is_placed(order: Mapping[str, Any]) -> bool:
    """Say whether it is an order and not a draft or rubbish."""
    return order.get("status") not in _NO_ORDER


def facts_of(order: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]], *, base: str = "") -> OrderFacts:
    """Return an order of the REST API with its refunds; raises KeyError or ValueError where it is none."""
    currency = str(order["currency"]).upper()
    status = _STATUSES.get(order["status"])
    if meta_of(order, CANCELLED_BY):
        # giving all the money back makes a cancelled order `refunded`
        status = OrderStatus.CANCELLED
    changed = moment_of(order["date_modified_gmt"] or order["date_created_gmt"])
    address = _address(order.get("shipping")) or _address(order.get("billing"))
    return OrderFacts(
        number=str(order["number"]),
        external_id=str(order["id"]),
        placed_at=moment_of(order["date_created_gmt"]),
        version=version_of(max([changed, *(moment_of(one["date_created_gmt"]) for one in refunds)])),
        currency=currency,
        lines=list(_lines(order, refunds, currency)),
        person=_person(order),
        country=str(address.get("country", "")),
        status=status,
        fulfilment_status=FulfilmentStatus.SENT if order["status"] == "completed" else None,
        cancelled_at=changed if order["status"] == "cancelled" else None,
        totals=_totals(order, currency),
        discount_codes=[str(one["code"]) for one in order.get("coupon_lines") or ()],
        shipping_address=address,
        billing_address=_address(order.get("billing")),
        note=order.get("customer_note") or "",
        admin_url=f"{base}/wp-admin/post.php?post={order['id']}&action=edit" if base else "",
        shipments=_parcels(order),
        payments=_payments(order, currency),
        refunds=[_refund(one, currency) for one in refunds],
    )


def payment_id_of(order: Mapping[str, Any]) -> str:
    """Return the id of the one payment an order has here."""
    return str(order.get("transaction_id") or "") or f"payment-{order['id']}"


def meta_of(thing: Mapping[str, Any], name: str) -> Any:
    """Return what is kept under a name beside an order or a line."""
    return next((one.get("value") for one in thing.get("meta_data") or () if one.get("key") == name), None)


def with_tax(item: Mapping[str, Any], currency: str, name: str = "total") -> int:
    """Return what a line, a fee or a way of sending costs with its tax."""
    return nearly(Decimal(item[name] or 0) + Decimal(item.get(f"{name}_tax") or 0), currency)


def _lines(
    order: Mapping[str, Any], refunds: Sequence[Mapping[str, Any]], currency: str
) -> Iterator[LineFacts]:
    """Yield what was bought, and fees as lines of their own; fees below nothing are discounts."""
    gross = bool(order.get("prices_include_tax"))
    for item in order["line_items"]:
        number = int(item["quantity"])
        before = Decimal(item["subtotal"]) + (Decimal(item["subtotal_tax"] or 0) if gross else 0)
        after = Decimal(item["total"]) + (Decimal(item["total_tax"] or 0) if gross else 0)
        refunded = sum(
            abs(int(one["quantity"]))
            for back in refunds
            for one in back.get("line_items") or ()
            if _refunded_id(one) == str(item["id"])
        )
        yield LineFacts(
            external_id=str(item["id"]),
            title=item.get("parent_name") or item["name"],
            variant=_variant(item),
            sku=item.get("sku") or "",
            quantity=number,
            unit_price=nearly(before / number, currency) if number else 0,
            discount=max(0, nearly(before - after, currency)),
            tax=nearly(item["total_tax"], currency),
            image_url=(item.get("image") or {}).get("src") or "",
            refunded=min(refunded, number),
        )
    for fee in order.get("fee_lines") or ():
        price = with_tax(fee, currency) if gross else nearly(fee["total"], currency)
        if price > 0:
            yield LineFacts(
                external_id=str(fee["id"]),
                title=fee["name"] or "Fee",
                quantity=1,
                unit_price=price,
                tax=nearly(fee["total_tax"], currency),
                digital=True,
            )


def _variant(item: Mapping[str, Any]) -> str:
    told = [one for one in item.get("meta_data") or () if not str(one.get("key", "_")).startswith("_")]
    return ", ".join(str(one.get("display_value") or one.get("value")) for one in told)[:200]


def _refunded_id(item: Mapping[str, Any]) -> str:
    return str(meta_of(item, "_refunded_item_id") or "")


def _totals(order: Mapping[str, Any], currency: str) -> TotalFacts:
    gross = bool(order.get("prices_include_tax"))
    below = sum(
        min(0, with_tax(one, currency) if gross else nearly(one["total"], currency))
        for one in order.get("fee_lines") or ()
    )
    off = Decimal(order["discount_total"]) + (Decimal(order["discount_tax"] or 0) if gross else 0)
    sent = Decimal(order["shipping_total"]) + (Decimal(order["shipping_tax"] or 0) if gross else 0)
    return TotalFacts(
        discount=nearly(off, currency) - below,
        shipping=nearly(sent, currency),
        tax=nearly(order["total_tax"], currency),
        tax_included=gross,
        total=nearly(order["total"], currency),
    )


def _person(order: Mapping[str, Any]) -> PersonFacts:
    bill, ship = order.get("billing") or {}, order.get("shipping") or {}
    return PersonFacts(
        email=bill.get("email") or "",
        phone=bill.get("phone") or ship.get("phone") or "",
        name=_name(bill) or _name(ship),
    )


def _name(place: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (place.get("first_name"), place.get("last_name"))))


def _address(place: Mapping[str, Any] | None) -> dict[str, Any]:
    place = place or {}
    told = {
        "name": _name(place),
        "company": place.get("company"),
        "lines": [one for one in (place.get("address_1"), place.get("address_2")) if one],
        "city": place.get("city"),
        "region": place.get("state"),
        "postcode": place.get("postcode"),
        "country": place.get("country"),
        "phone": place.get("phone"),
    }
    return {name: value for name, value in told.items() if value}


def _parcels(order: Mapping[str, Any]) -> list[ShipmentFacts] | None:
    """Return what the extension Shipment Tracking keeps; the shop itself knows no parcels, so None without it."""
    told = meta_of(order, "_wc_shipment_tracking_items")
    if not isinstance(told, list):
        return None
    found = []
    for place, one in enumerate(told):
        stamp = str(one.get("date_shipped") or "")
        at = datetime.fromtimestamp(int(stamp), UTC) if stamp.isdigit() else None
        found.append(
            ShipmentFacts(
                status=ShipmentStatus.IN_TRANSIT,
                external_id=str(one.get("tracking_id") or f"{order['id']}-{place}"),
                carrier=one.get("tracking_provider") or one.get("custom_tracking_provider") or "",
                tracking_number=one.get("tracking_number") or "",
                tracking_url=one.get("custom_tracking_link") or "",
                shipped_at=at,
                status_at=at,
            )
        )
    return found


def _payments(order: Mapping[str, Any], currency: str) -> list[PaymentFacts]:
    amount = nearly(order["total"], currency)
    if not amount:
        return []
    paid = order.get("date_paid_gmt")
    status = MoneyStatus.DONE if paid else _UNPAID.get(order["status"], MoneyStatus.PENDING)
    return [
        PaymentFacts(
            method=order.get("payment_method") or "",
            amount=amount,
            status=status,
            external_id=payment_id_of(order),
            gateway=order.get("payment_method") or "",
            said=order.get("payment_method_title") or "",
            paid_at=moment_of(paid) if paid else None,
        )
    ]


def _refund(back: Mapping[str, Any], currency: str) -> RefundFacts:
    items = [
        (_refunded_id(one), abs(int(one["quantity"])), abs(with_tax(one, currency)))
        for one in back.get("line_items") or ()
        if _refunded_id(one)
    ]
    return RefundFacts(
        amount=minor(back["amount"], currency),
        external_id=str(back["id"]),
        reason=without_key(back.get("reason") or ""),
        refunded_at=moment_of(back["date_created_gmt"]),
        items=items,
    )
