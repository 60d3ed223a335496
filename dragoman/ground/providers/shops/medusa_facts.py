"""What a Medusa 2 shop says of an order, as facts: decimal major units become minor units here, exactly."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, ShipmentStatus

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

FIELDS: Final = ",".join(
    (
        "id,display_id,status,email,currency_code,locale,created_at,updated_at,canceled_at,is_draft_order",
        "total,item_total,shipping_total,discount_total,tax_total,metadata,summary",
        "*items,*items.variant,*items.tax_lines,*items.adjustments",
        "*shipping_methods,*shipping_address,*billing_address,*customer,*promotions",
        "*payment_collections.payments,*payment_collections.payments.captures",
        "*payment_collections.payments.refunds,*payment_collections.payments.refunds.refund_reason",
        "*fulfillments,*fulfillments.labels,*fulfillments.items,*returns",
    )
)
_AFTER: Final = timedelta(seconds=5)  # all lines that are bought are made at once
_STATUSES: Final = {
    "completed": OrderStatus.COMPLETED,
    "archived": OrderStatus.COMPLETED,
    "canceled": OrderStatus.CANCELLED,
}


def is_placed(order: Mapping[str, Any]) -> bool:
    """Say whether it is an order and not a draft of one."""
    return order.get("status") != "draft" and not order.get("is_draft_order")


def facts_of(order: Mapping[str, Any], *, base: str = "") -> OrderFacts:
    """Return an order of the Admin API; raises KeyError or ValueError where it is none."""
    currency = str(order["currency_code"]).upper()
    # lines of a claim say nothing of it: what was sent once is sent again
    sent = {one.get("variant_id") for one in order["items"] if one.get("requires_shipping")}
    if _exchanges(order):
        # nor do those of an exchange, and they are something else
        sent |= {one.get("variant_id") for one in order["items"] if _is_added(one, order)}
    lines = [_line(one, currency, sent) for one in order["items"]]
    payments = payments_of(order)
    address = _address(order.get("shipping_address"))
    return OrderFacts(
        number=str(order["display_id"]),
        external_id=order["id"],
        placed_at=moment_of(order["created_at"]),
        version=version_of(max(_moments(order))),
        currency=currency,
        lines=lines,
        person=_person(order),
        country=str(address.get("country", "")),
        status=_STATUSES.get(order["status"]),
        cancelled_at=_at(order.get("canceled_at")),
        totals=_totals(order, lines, currency),
        discount_codes=[one["code"] for one in order.get("promotions") or () if one and one.get("code")],
        shipping_address=address,
        billing_address=_address(order.get("billing_address")),
        admin_url=f"{base}/app/orders/{order['id']}" if base else "",
        shipments=[one for parcel in order.get("fulfillments") or () for one in _parcels(parcel)],
        payments=[_payment(one, currency) for one in payments],
        refunds=[_refund(one, back, currency) for one in payments for back in one.get("refunds") or ()],
        returns_called_off=called_off(order),
    )


def payments_of(order: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all payments of an order."""
    return [one for kept in order.get("payment_collections") or () for one in kept.get("payments") or ()]


def called_off(order: Mapping[str, Any]) -> list[str]:
    """Return the ids of the returns of an order that the shop awaits no more."""
    returns = order.get("returns") or ()
    off = (one for one in returns if one.get("canceled_at") or one.get("status") == "canceled")
    return sorted(str(one["id"]) for one in off)


def _exchanges(order: Mapping[str, Any]) -> bool:
    returns = order.get("returns") or ()
    return any(one.get("exchange_id") and not one.get("canceled_at") for one in returns)


def _is_added(item: Mapping[str, Any], order: Mapping[str, Any]) -> bool:
    """Say whether a line came into the order after it was placed."""
    made = item.get("created_at")
    return bool(made) and moment_of(str(made)) - moment_of(order["created_at"]) > _AFTER


def _at(text: str | None) -> datetime | None:
    return moment_of(text) if text else None


def _moments(order: Mapping[str, Any]) -> Iterator[datetime]:
    """Yield when it and its parts changed: a refund leaves the order's own time as it was."""
    yield moment_of(order["updated_at"])
    parts = [*(order.get("fulfillments") or ()), *(order.get("returns") or ())]
    for paid in payments_of(order):
        parts += [paid, *(paid.get("refunds") or ()), *(paid.get("captures") or ())]
    for part in parts:
        if part.get("updated_at"):
            yield moment_of(part["updated_at"])


def _person(order: Mapping[str, Any]) -> PersonFacts:
    who, place = order.get("customer") or {}, order.get("shipping_address") or {}
    return PersonFacts(
        email=order.get("email") or who.get("email") or "",
        phone=who.get("phone") or place.get("phone") or "",
        name=_name(who) or _name(place),
        language=order.get("locale") or "",
    )


def _name(who: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (who.get("first_name"), who.get("last_name"))))


def _address(place: Mapping[str, Any] | None) -> dict[str, Any]:
    if not place:
        return {}
    told = {
        "name": _name(place),
        "company": place.get("company"),
        "lines": [one for one in (place.get("address_1"), place.get("address_2")) if one],
        "city": place.get("city"),
        "region": place.get("province"),
        "postcode": place.get("postal_code"),
        "country": (place.get("country_code") or "").upper(),
        "phone": place.get("phone"),
    }
    return {name: value for name, value in told.items() if value}


def _line(item: Mapping[str, Any], currency: str, sent: Collection[str | None]) -> LineFacts:
    detail, variant = item.get("detail") or {}, item.get("variant") or {}
    quantity = int(item["quantity"])
    back = int(detail.get("return_received_quantity") or 0)
    gone = back + int(detail.get("written_off_quantity") or 0)
    product = item.get("product_title") or item["title"]
    said = item.get("variant_title") or ""
    return LineFacts(
        external_id=item["id"],
        title=product,
        variant="" if said == "Default variant" else said,
        sku=item.get("variant_sku") or "",
        quantity=quantity,
        unit_price=nearly(item["unit_price"], currency),
        discount=nearly(_of_all(item, "discount_total", quantity, gone), currency),
        tax=nearly(_of_all(item, "tax_total", quantity, gone), currency),
        digital=item.get("requires_shipping") is False and item.get("variant_id") not in sent,
        category=item.get("product_type") or "",
        hs_code=variant.get("hs_code") or "",
        origin=(variant.get("origin_country") or "").upper(),
        weight=int(variant["weight"]) if variant.get("weight") else None,
        image_url=item.get("thumbnail") or "",
        returned=back,
    )


def _of_all(item: Mapping[str, Any], name: str, quantity: int, gone: int) -> Decimal:
    """Return a sum of a line as it was bought: once some came back, the shop tells that of the rest."""
    told = Decimal(item.get(name) or 0)
    if not gone:
        return told
    if quantity > gone:
        return told * quantity / (quantity - gone)
    off = sum((Decimal(one["amount"]) for one in item.get("adjustments") or ()), Decimal(0))
    if name == "discount_total":
        return off
    rate = sum((Decimal(one["rate"]) for one in item.get("tax_lines") or ()), Decimal(0))
    price = Decimal(item["unit_price"]) * quantity - off
    return price * rate / (100 + rate) if item.get("is_tax_inclusive") else price * rate / 100


def _totals(order: Mapping[str, Any], lines: Sequence[LineFacts], currency: str) -> TotalFacts:
    """Return the sums. Once goods or money went back the shop tells what is left: then what came in is the total."""
    included = any(one.get("is_tax_inclusive") for one in order["items"])
    payments = payments_of(order)
    refunded = any(one.get("refunds") for one in payments)
    is_cut = refunded or bool(order.get("canceled_at")) or any(one.returned for one in lines)
    ways = [one for one in order.get("shipping_methods") or () if not _is_later(one.get("detail") or {})]
    shipping = sum(nearly(one.get("total" if included else "subtotal"), currency) for one in ways)
    paid = sum(nearly(one["amount"], currency) for one in payments if not one.get("canceled_at"))
    whole = (paid or None) if is_cut else nearly(order.get("total"), currency)
    if _exchanges(order):
        # what comes back is in the shop's total until it is there: what came in, and what is asked for besides
        due = nearly((order.get("summary") or {}).get("pending_difference") or 0, currency)
        whole = paid + max(0, due)
    return TotalFacts(
        shipping=shipping,
        tax=None if is_cut else nearly(order.get("tax_total"), currency),
        tax_included=included,
        total=whole,
    )


def _is_later(detail: Mapping[str, Any]) -> bool:
    return any(detail.get(name) for name in ("return_id", "claim_id", "exchange_id"))


def _parcels(parcel: Mapping[str, Any]) -> Iterator[ShipmentFacts]:
    """Yield a parcel for each label; what is in it stands with the first."""
    shipped, delivered = _at(parcel.get("shipped_at")), _at(parcel.get("delivered_at"))
    cancelled = _at(parcel.get("canceled_at"))
    status = ShipmentStatus.PENDING
    if cancelled:
        status = ShipmentStatus.CANCELLED
    elif delivered:
        status = ShipmentStatus.DELIVERED
    elif shipped:
        status = ShipmentStatus.IN_TRANSIT
    provider = (parcel.get("provider_id") or "").rpartition("_")[2]
    held = [(one["line_item_id"], int(one["quantity"])) for one in parcel.get("items") or ()]
    for place, label in enumerate(parcel.get("labels") or [{}]):
        yield ShipmentFacts(
            status=status,
            external_id=parcel["id"] if not place else f"{parcel['id']}:{label.get('id', place)}",
            carrier="" if provider == "manual" else provider,
            tracking_number=label.get("tracking_number") or "",
            tracking_url=label.get("tracking_url") or "",
            status_at=cancelled or delivered or shipped or _at(parcel.get("packed_at")),
            shipped_at=shipped,
            delivered_at=delivered,
            lines=[] if place else held,
        )


def _payment(paid: Mapping[str, Any], currency: str) -> PaymentFacts:
    captured = sum(minor(one["amount"], currency) for one in paid.get("captures") or ())
    status = MoneyStatus.DONE if captured else MoneyStatus.AUTHORISED
    if paid.get("canceled_at"):
        status = MoneyStatus.VOIDED
    provider = paid.get("provider_id") or ""
    return PaymentFacts(
        method=provider.removeprefix("pp_"),
        amount=captured or minor(paid["amount"], currency),
        status=status,
        external_id=paid["id"],
        gateway=provider,
        paid_at=_at(paid.get("captured_at")),
    )


def _refund(paid: Mapping[str, Any], back: Mapping[str, Any], currency: str) -> RefundFacts:
    said = [(back.get("refund_reason") or {}).get("label"), without_key(back.get("note") or "")]
    return RefundFacts(
        amount=minor(back["amount"], currency),
        external_id=back["id"],
        reason=": ".join(filter(None, said)),
        refunded_at=_at(back.get("created_at")),
        payment=paid["id"],
    )
