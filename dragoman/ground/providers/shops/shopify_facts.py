"""What a Shopify shop says of an order, as facts: what the customer was charged, and what it was to the shop."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, PaymentStatus, ShipmentStatus

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

_MONEY: Final = "{ presentmentMoney { amount } }"
LINES: Final = f"""nodes {{ id title variantTitle sku quantity currentQuantity requiresShipping image {{ url }}
    originalUnitPriceSet {_MONEY} discountAllocations {{ allocatedAmountSet {_MONEY} }}
    taxLines {{ priceSet {_MONEY} }} }} pageInfo {{ hasNextPage endCursor }}"""
ORDER: Final = f"""
  id name createdAt processedAt updatedAt cancelledAt cancelReason closed taxesIncluded note email phone
  customerLocale currencyCode presentmentCurrencyCode displayFinancialStatus discountCodes
  totalPriceSet {{ presentmentMoney {{ amount }} shopMoney {{ amount }} }}
  totalShippingPriceSet {_MONEY} totalTaxSet {_MONEY} totalDiscountsSet {_MONEY}
  customer {{ id displayName }}
  shippingAddress {{ ...place }} billingAddress {{ ...place }}
  lineItems(first: 25) {{ {LINES} }}
  transactions(first: 25) {{ id kind status gateway formattedGateway processedAt amountSet {_MONEY}
    parentTransaction {{ id }} }}
  refunds(first: 20) {{ id note createdAt totalRefundedSet {_MONEY}
    transactions(first: 5) {{ nodes {{ status amountSet {_MONEY} parentTransaction {{ id }} }} }} }}
  returns(first: 20) {{ nodes {{ id status }} }}
  fulfillments(first: 10) {{ id status displayStatus createdAt updatedAt estimatedDeliveryAt inTransitAt deliveredAt
    trackingInfo(first: 5) {{ company number url }}
    fulfillmentLineItems(first: 20) {{ nodes {{ quantity lineItem {{ id }} }} }} }}
"""
PLACE: Final = """
fragment place on MailingAddress { name company address1 address2 city provinceCode zip countryCodeV2 phone }
"""
REFUND_LINES: Final = f"""refunds(first: 20) {{ id refundLineItems(first: 10) {{ nodes {{
  quantity subtotalSet {_MONEY} totalTaxSet {_MONEY} lineItem {{ id }} }} }} }}"""
_FINANCIAL: Final = {
    "PENDING": PaymentStatus.PENDING,
    "AUTHORIZED": PaymentStatus.AUTHORISED,
    "PARTIALLY_PAID": PaymentStatus.PARTLY_PAID,
    "PAID": PaymentStatus.PAID,
    "PARTIALLY_REFUNDED": PaymentStatus.PARTLY_REFUNDED,
    "REFUNDED": PaymentStatus.REFUNDED,
    "VOIDED": PaymentStatus.VOIDED,
    "EXPIRED": PaymentStatus.VOIDED,
}
_MONEY_STATES: Final = {
    "SUCCESS": MoneyStatus.DONE,
    "FAILURE": MoneyStatus.FAILED,
    "ERROR": MoneyStatus.FAILED,
}
_PARCELS: Final = {
    "SUBMITTED": ShipmentStatus.PENDING,
    "CONFIRMED": ShipmentStatus.INFO_RECEIVED,
    "LABEL_PURCHASED": ShipmentStatus.INFO_RECEIVED,
    "LABEL_PRINTED": ShipmentStatus.INFO_RECEIVED,
    "OUT_FOR_DELIVERY": ShipmentStatus.OUT_FOR_DELIVERY,
    "ATTEMPTED_DELIVERY": ShipmentStatus.ATTEMPT_FAILED,
    "READY_FOR_PICKUP": ShipmentStatus.READY_TO_COLLECT,
    "DELIVERED": ShipmentStatus.DELIVERED,
    "PICKED_UP": ShipmentStatus.DELIVERED,
    "FAILURE": ShipmentStatus.EXCEPTION,
    "NOT_DELIVERED": ShipmentStatus.EXCEPTION,
    "CANCELED": ShipmentStatus.CANCELLED,
    "LABEL_VOIDED": ShipmentStatus.CANCELLED,
}


def charged(bag: Mapping[str, Any], currency: str) -> int:
    """Return what the customer paid or got back, in their currency."""
    return minor(bag["presentmentMoney"]["amount"], currency)


def facts_of(order: Mapping[str, Any], *, base: str = "") -> OrderFacts:
    """Return an order of the Admin API; raises KeyError or ValueError where it is none."""
    currency, own = order["presentmentCurrencyCode"], order["currencyCode"]
    whole = order["totalPriceSet"]
    said, kept = Decimal(whole["presentmentMoney"]["amount"]), Decimal(whole["shopMoney"]["amount"])
    cancelled = _at(order.get("cancelledAt"))
    address = _address(order.get("shippingAddress"))
    parcels = [one for parcel in order.get("fulfillments") or () for one in _parcels(parcel)]
    return OrderFacts(
        number=order["name"],
        external_id=order["id"],
        placed_at=moment_of(order.get("processedAt") or order["createdAt"]),
        version=version_of(moment_of(order["updatedAt"])),
        currency=currency,
        lines=[_line(one, order, currency) for one in order["lineItems"]["nodes"]],
        person=_person(order),
        country=str(address.get("country", "")),
        status=_status(order),
        payment_status=_FINANCIAL.get(order.get("displayFinancialStatus") or ""),
        cancelled_at=cancelled,
        cancel_reason=(order.get("cancelReason") or "").lower(),
        totals=_totals(order, currency),
        store_currency=own,
        store_total=nearly(kept, own),
        rate=(kept / said).quantize(Decimal("1e-8")) if said and own != currency else None,
        discount_codes=order.get("discountCodes") or (),
        shipping_address=address,
        billing_address=_address(order.get("billingAddress")),
        note=order.get("note") or "",
        admin_url=f"{base}/admin/orders/{order['id'].rpartition('/')[2]}" if base else "",
        shipments=parcels,
        payments=_payments(order.get("transactions") or (), currency),
        refunds=[_refund(one, currency) for one in order.get("refunds") or ()],
        returns_called_off=called_off(order),
    )


def called_off(order: Mapping[str, Any]) -> list[str]:
    """Return the ids of the returns of an order that the shop awaits no more."""
    nodes = (order.get("returns") or {}).get("nodes") or ()
    return sorted(str(one["id"]) for one in nodes if one["status"] in {"CANCELED", "DECLINED"})


def _at(text: str | None) -> datetime | None:
    return moment_of(text) if text else None


def _status(order: Mapping[str, Any]) -> OrderStatus | None:
    if order.get("cancelledAt"):
        return OrderStatus.CANCELLED
    return OrderStatus.COMPLETED if order.get("closed") else None


def _person(order: Mapping[str, Any]) -> PersonFacts:
    place = order.get("shippingAddress") or {}
    return PersonFacts(
        email=order.get("email") or "",
        phone=order.get("phone") or place.get("phone") or "",
        name=(order.get("customer") or {}).get("displayName") or place.get("name") or "",
        language=order.get("customerLocale") or "",
    )


def _address(place: Mapping[str, Any] | None) -> dict[str, Any]:
    place = place or {}
    told = {
        "name": place.get("name"),
        "company": place.get("company"),
        "lines": [one for one in (place.get("address1"), place.get("address2")) if one],
        "city": place.get("city"),
        "region": place.get("provinceCode"),
        "postcode": place.get("zip"),
        "country": place.get("countryCodeV2"),
        "phone": place.get("phone"),
    }
    return {name: value for name, value in told.items() if value}


def _line(item: Mapping[str, Any], order: Mapping[str, Any], currency: str) -> LineFacts:
    """Return a line; units that are no longer in the order were cancelled, or went back with a refund."""
    backs = [
        one
        for back in order.get("refunds") or ()
        for one in (back.get("refundLineItems") or {}).get("nodes", ())
        if one["lineItem"]["id"] == item["id"]
    ]
    refunded = min(item["quantity"], sum(one["quantity"] for one in backs))
    gone = item["quantity"] - item.get("currentQuantity", item["quantity"])
    return LineFacts(
        external_id=item["id"],
        title=item["title"],
        variant=item.get("variantTitle") or "",
        sku=item.get("sku") or "",
        quantity=item["quantity"],
        unit_price=charged(item["originalUnitPriceSet"], currency),
        discount=sum(charged(one["allocatedAmountSet"], currency) for one in item["discountAllocations"]),
        tax=sum(charged(one["priceSet"], currency) for one in item["taxLines"]),
        digital=item.get("requiresShipping") is False,
        image_url=(item.get("image") or {}).get("url") or "",
        refunded=refunded,
        cancelled=max(0, gone - refunded),
    )


def _totals(order: Mapping[str, Any], currency: str) -> TotalFacts:
    return TotalFacts(
        discount=charged(order["totalDiscountsSet"], currency),
        shipping=charged(order["totalShippingPriceSet"], currency),
        tax=charged(order["totalTaxSet"], currency) if order.get("totalTaxSet") else None,
        tax_included=bool(order["taxesIncluded"]),
        total=charged(order["totalPriceSet"], currency),
    )


def _payments(transactions: Sequence[Mapping[str, Any]], currency: str) -> list[PaymentFacts]:
    """Return what came in; an authorisation that was captured is told by its capture alone."""
    followed = {
        (one.get("parentTransaction") or {}).get("id"): one["kind"]
        for one in transactions
        if one["kind"] in {"CAPTURE", "VOID"} and one["status"] == "SUCCESS"
    }
    found = []
    for one in transactions:
        kind = one["kind"]
        if kind not in {"SALE", "CAPTURE", "AUTHORIZATION"} or followed.get(one["id"]) == "CAPTURE":
            continue
        status = _MONEY_STATES.get(one["status"], MoneyStatus.PENDING)
        if kind == "AUTHORIZATION" and status == MoneyStatus.DONE:
            status = MoneyStatus.VOIDED if followed.get(one["id"]) else MoneyStatus.AUTHORISED
        found.append(
            PaymentFacts(
                method=one.get("gateway") or "",
                amount=charged(one["amountSet"], currency),
                status=status,
                external_id=one["id"],
                gateway=one.get("gateway") or "",
                said=one.get("formattedGateway") or "",
                paid_at=_at(one.get("processedAt")) if status == MoneyStatus.DONE else None,
            )
        )
    return found


def _refund(back: Mapping[str, Any], currency: str) -> RefundFacts:
    """Return a refund; one that waits for the bank counts nothing in its total, so its transactions are added up."""
    moves = back["transactions"]["nodes"]
    states = {_MONEY_STATES.get(one["status"], MoneyStatus.PENDING) for one in moves}
    alive = [one for one in moves if _MONEY_STATES.get(one["status"]) != MoneyStatus.FAILED]
    status = MoneyStatus.DONE
    if MoneyStatus.PENDING in states:
        status = MoneyStatus.PENDING
    elif states == {MoneyStatus.FAILED}:
        status = MoneyStatus.FAILED
    told = alive or moves
    amount = sum(charged(one["amountSet"], currency) for one in told)
    parents = {(one.get("parentTransaction") or {}).get("id") for one in told} - {None}
    return RefundFacts(
        amount=amount if told else charged(back["totalRefundedSet"], currency),
        status=status,
        external_id=back["id"],
        reason=without_key(back.get("note") or ""),
        refunded_at=_at(back.get("createdAt")),
        items=[
            (
                one["lineItem"]["id"],
                one["quantity"],
                charged(one["subtotalSet"], currency),
            )
            for one in (back.get("refundLineItems") or {}).get("nodes", ())
        ],
        payment=str(parents.pop()) if len(parents) == 1 else "",
    )


def _parcels(parcel: Mapping[str, Any]) -> list[ShipmentFacts]:
    """Return a parcel for each tracking number; what is in it stands with the first."""
    shown = parcel.get("displayStatus") or parcel["status"]
    status = _PARCELS.get(shown, ShipmentStatus.IN_TRANSIT)
    if parcel["status"] == "CANCELLED":
        status = ShipmentStatus.CANCELLED
    held = [(one["lineItem"]["id"], one["quantity"]) for one in parcel["fulfillmentLineItems"]["nodes"]]
    return [
        ShipmentFacts(
            status=status,
            external_id=parcel["id"] if not place else f"{parcel['id']}:{place}",
            carrier=label.get("company") or "",
            tracking_number=label.get("number") or "",
            tracking_url=label.get("url") or "",
            status_at=moment_of(parcel["updatedAt"]),
            shipped_at=_at(parcel.get("inTransitAt") or parcel["createdAt"]),
            estimated_at=_at(parcel.get("estimatedDeliveryAt")),
            delivered_at=_at(parcel.get("deliveredAt")),
            lines=[] if place else held,
        )
        for place, label in enumerate(parcel.get("trackingInfo") or [{}])
    ]
