"""What a Vendure 3 shop says of an order, as facts: prices with tax, integers with as many figures behind the point
as the shop is set to, whatever the currency (its own pages and its payment plugins read 540000 as 5400 yen).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from dragoman.ground.providers.statuses import MoneyStatus, OrderStatus, ShipmentStatus
from dragoman.kit.money import to_major

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

ORDER: Final = """
  id code state active createdAt updatedAt orderPlacedAt currencyCode couponCodes
  totalWithTax shippingWithTax
  discounts { amountWithTax }
  taxSummary { taxTotal }
  customer { firstName lastName emailAddress phoneNumber }
  shippingAddress { ...place } billingAddress { ...place }
  lines {
    id quantity orderPlacedQuantity unitPriceWithTax proratedUnitPriceWithTax proratedUnitPrice
    featuredAsset { preview } productVariant { sku name product { name } }
  }
  payments {
    id method amount state transactionId createdAt updatedAt
    refunds { id total state reason method createdAt updatedAt lines { orderLineId quantity } }
  }
  fulfillments { id state method trackingCode createdAt updatedAt lines { orderLineId quantity } }
"""
# how many figures of an amount are behind the point: the same for every currency of a shop (yen have two, too)
FIGURES: Final = "globalSettings { serverConfig { moneyStrategyPrecision } }"
PLACE: Final = """
fragment place on OrderAddress {
  fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber
}
"""
_PAYMENTS: Final = {
    "Authorized": MoneyStatus.AUTHORISED,
    "Settled": MoneyStatus.DONE,
    "Declined": MoneyStatus.FAILED,
    "Error": MoneyStatus.FAILED,
    "Cancelled": MoneyStatus.VOIDED,
}
_REFUNDS: Final = {"Settled": MoneyStatus.DONE, "Failed": MoneyStatus.FAILED}
_USUAL: Final = 2
_AMOUNTS: Final = frozenset(
    {
        *("totalWithTax", "shippingWithTax", "amountWithTax", "taxTotal", "amount", "total"),
        *("unitPriceWithTax", "proratedUnitPriceWithTax", "proratedUnitPrice"),
    }
)
_PARCELS: Final = {
    "Shipped": ShipmentStatus.IN_TRANSIT,
    "Delivered": ShipmentStatus.DELIVERED,
    "Cancelled": ShipmentStatus.CANCELLED,
}


def is_placed(order: Mapping[str, Any]) -> bool:
    """Say whether it is an order and not a basket."""
    return bool(order.get("orderPlacedAt"))


def figures_of(said: Mapping[str, Any]) -> int:
    """Return how many figures behind the point an answer's amounts have; 2 where the shop does not say."""
    told = (said.get("globalSettings") or {}).get("serverConfig") or {}
    return int(told.get("moneyStrategyPrecision", _USUAL))


def theirs(amount: int, currency: str, figures: int) -> int:
    """Return minor units as the shop counts them; raises ValueError for an amount that it cannot write."""
    exact = to_major(amount, currency).scaleb(figures)
    if exact != exact.to_integral_value():
        raise ValueError("finer than the shop counts")
    return int(exact)


def _ours(told: Any, currency: str, figures: int) -> Any:
    """Return parts of an order with their amounts in minor units of the currency."""
    if isinstance(told, list):
        return [_ours(one, currency, figures) for one in told]
    if not isinstance(told, dict):
        return told
    return {
        name: nearly(Decimal(value).scaleb(-figures), currency)
        if name in _AMOUNTS and isinstance(value, int)
        else _ours(value, currency, figures)
        for name, value in told.items()
    }


def facts_of(told: Mapping[str, Any], *, figures: int = _USUAL) -> OrderFacts:
    """Return an order of the Admin API; raises KeyError or ValueError where it is none."""
    order = _ours(told, told["currencyCode"], figures)
    refunds = [(paid, back) for paid in order["payments"] or () for back in paid["refunds"]]
    lines = [_line(one, refunds) for one in order["lines"]]
    cancelled = order["state"] == "Cancelled"
    changed = moment_of(order["updatedAt"])
    address = _address(order.get("shippingAddress"))
    return OrderFacts(
        number=order["code"],
        external_id=str(order["id"]),
        placed_at=moment_of(order["orderPlacedAt"] or order["createdAt"]),
        version=version_of(max([changed, *_moments(order)])),
        currency=order["currencyCode"],
        lines=lines,
        person=_person(order),
        country=str(address.get("country", "")),
        status=OrderStatus.CANCELLED if cancelled else None,
        cancelled_at=changed if cancelled else None,
        totals=_totals(order, lines),
        discount_codes=order["couponCodes"],
        shipping_address=address,
        billing_address=_address(order.get("billingAddress")),
        shipments=[_parcel(one) for one in order.get("fulfillments") or () if one["state"] != "Created"],
        payments=[_payment(one) for one in order["payments"] or ()],
        refunds=[_refund(paid, back, order["lines"]) for paid, back in refunds],
    )


def _moments(order: Mapping[str, Any]) -> list[datetime]:
    """Return when its parts changed: a settled refund leaves the order's own time as it was."""
    parts = [*(order["payments"] or ()), *(order.get("fulfillments") or ())]
    parts += [back for paid in order["payments"] or () for back in paid["refunds"]]
    return [moment_of(one["updatedAt"]) for one in parts]


def _person(order: Mapping[str, Any]) -> PersonFacts:
    who = order.get("customer") or {}
    name = " ".join(filter(None, (who.get("firstName"), who.get("lastName"))))
    return PersonFacts(
        email=who.get("emailAddress") or "",
        phone=who.get("phoneNumber") or (order.get("shippingAddress") or {}).get("phoneNumber") or "",
        name=name or (order.get("shippingAddress") or {}).get("fullName") or "",
    )


def _address(place: Mapping[str, Any] | None) -> dict[str, Any]:
    if not place:
        return {}
    told = {
        "name": place.get("fullName"),
        "company": place.get("company"),
        "lines": [one for one in (place.get("streetLine1"), place.get("streetLine2")) if one],
        "city": place.get("city"),
        "region": place.get("province"),
        "postcode": place.get("postalCode"),
        "country": place.get("countryCode"),
        "phone": place.get("phoneNumber"),
    }
    return {name: value for name, value in told.items() if value}


def _line(line: Mapping[str, Any], refunds: Sequence[tuple[Any, Any]]) -> LineFacts:
    """Return a line as it was bought: what was cancelled since is cancelled, not gone."""
    bought = max(line["orderPlacedQuantity"] or 0, line["quantity"])
    variant = line["productVariant"]
    product = variant["product"]["name"]
    refunded = sum(
        one["quantity"]
        for _paid, back in refunds
        if back["state"] != "Failed"
        for one in back["lines"]
        if str(one["orderLineId"]) == str(line["id"])
    )
    name = variant["name"]
    return LineFacts(
        external_id=str(line["id"]),
        title=product,
        variant="" if name == product else name.removeprefix(product).strip(),
        sku=variant["sku"] or "",
        quantity=bought,
        unit_price=line["unitPriceWithTax"],
        discount=(line["unitPriceWithTax"] - line["proratedUnitPriceWithTax"]) * bought,
        tax=(line["proratedUnitPriceWithTax"] - line["proratedUnitPrice"]) * bought,
        image_url=(line.get("featuredAsset") or {}).get("preview") or "",
        cancelled=bought - line["quantity"],
        refunded=min(refunded, bought),
    )


def _totals(order: Mapping[str, Any], lines: Sequence[LineFacts]) -> TotalFacts:
    """Return the sums; once something was cancelled the shop tells what is left, so money that came in is the total."""
    paid = sum(one["amount"] for one in order["payments"] or () if one["state"] in ("Settled", "Authorized"))
    is_cut = any(one.cancelled for one in lines) or order["state"] == "Cancelled"
    return TotalFacts(
        discount=None if is_cut else -sum(one["amountWithTax"] for one in order["discounts"]),
        shipping=order["shippingWithTax"],
        tax=None if is_cut else sum(one["taxTotal"] for one in order["taxSummary"]),
        total=paid if is_cut and paid else order["totalWithTax"],
    )


def _parcel(parcel: Mapping[str, Any]) -> ShipmentFacts:
    state, changed = parcel["state"], moment_of(parcel["updatedAt"])
    return ShipmentFacts(
        status=_PARCELS.get(state, ShipmentStatus.PENDING),
        external_id=str(parcel["id"]),
        carrier=parcel["method"] or "",
        tracking_number=parcel["trackingCode"] or "",
        status_at=changed,
        shipped_at=moment_of(parcel["createdAt"]) if state in ("Shipped", "Delivered") else None,
        delivered_at=changed if state == "Delivered" else None,
        lines=[(str(one["orderLineId"]), one["quantity"]) for one in parcel["lines"]],
    )


def _payment(paid: Mapping[str, Any]) -> PaymentFacts:
    status = _PAYMENTS.get(paid["state"], MoneyStatus.PENDING)
    return PaymentFacts(
        method=paid["method"],
        amount=paid["amount"],
        status=status,
        external_id=str(paid["id"]),
        gateway=paid["method"],
        paid_at=moment_of(paid["updatedAt"]) if status == MoneyStatus.DONE else None,
    )


def _refund(
    paid: Mapping[str, Any], back: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]
) -> RefundFacts:
    each = {str(one["id"]): one["proratedUnitPriceWithTax"] for one in lines}
    return RefundFacts(
        amount=back["total"],
        status=_REFUNDS.get(back["state"], MoneyStatus.PENDING),
        external_id=str(back["id"]),
        method=back["method"] or "",
        reason=without_key(back["reason"] or ""),
        refunded_at=moment_of(back["updatedAt"]) if back["state"] == "Settled" else None,
        items=[
            (
                str(one["orderLineId"]),
                one["quantity"],
                each.get(str(one["orderLineId"]), 0) * one["quantity"],
            )
            for one in back["lines"]
        ],
        payment=str(paid["id"]),
    )
