"""What a PrestaShop says of an order, as facts: one thing a table, decimal texts, times of the shop's own zone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from dragoman.ground.providers.statuses import FulfilmentStatus, MoneyStatus, OrderStatus, ShipmentStatus

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

Row = Mapping[str, Any]
_NOTHING: Final = frozenset({None, "", "0", 0})


@dataclass
class House:
    """What the shop is set up with: its zone, its own currency, and which states mean what."""

    zone: ZoneInfo
    currency: str = ""
    cancelled: str = ""
    failed: str = ""
    refunded: str = ""
    delivered: str = ""


@dataclass
class Tables:
    """What stands about orders in other tables: rows by id, and lists by the order's id or reference."""

    house: House
    states: dict[str, Row] = field(default_factory=dict)
    currencies: dict[str, Row] = field(default_factory=dict)
    customers: dict[str, Row] = field(default_factory=dict)
    languages: dict[str, Row] = field(default_factory=dict)
    addresses: dict[str, Row] = field(default_factory=dict)
    countries: dict[str, Row] = field(default_factory=dict)
    regions: dict[str, Row] = field(default_factory=dict)
    carriers: dict[str, Row] = field(default_factory=dict)
    details: dict[str, list[Row]] = field(default_factory=dict)
    parcels: dict[str, list[Row]] = field(default_factory=dict)
    slips: dict[str, list[Row]] = field(default_factory=dict)
    payments: dict[str, list[Row]] = field(default_factory=dict)
    siblings: dict[str, list[Row]] = field(default_factory=dict)


def facts_of(order: Row, tables: Tables, *, base: str = "") -> OrderFacts:
    """Return an order with what stands about it elsewhere; raises KeyError or ValueError where it is none."""
    house, number = tables.house, str(order["id"])
    currency = currency_of(order, tables)
    slips = tables.slips.get(number, [])
    changed = moment_in(house, order["date_upd"])
    seen = [moment_in(house, one["date_add"]) for one in slips]
    bought = tables.customers.get(str(order["id_customer"]), {})
    shipping = _address(tables, order.get("id_address_delivery"))
    billing = _address(tables, order.get("id_address_invoice"))
    status = _status(order, tables)
    lines = [_line(one, slips, currency) for one in tables.details.get(number, [])]
    wrapping = nearly(order.get("total_wrapping_tax_incl"), currency)
    if wrapping:
        lines.append(_wrapping(order, wrapping, currency))
    kept, own = _in_own(order, house, currency)
    return OrderFacts(
        number=number_of(order, tables),
        external_id=number,
        placed_at=moment_in(house, order["date_add"]),
        version=version_of(max([changed, *seen])),
        currency=currency,
        lines=lines,
        person=PersonFacts(
            email=str(bought.get("email") or ""),
            phone=str(billing.get("phone") or shipping.get("phone") or ""),
            name=_name(bought) or str(billing.get("name") or ""),
            language=_language(tables, order.get("id_lang")),
        ),
        country=str(shipping.get("country") or billing.get("country") or ""),
        status=status,
        fulfilment_status=_fulfilment(order, tables),
        cancelled_at=changed if status == OrderStatus.CANCELLED else None,
        totals=_totals(order, lines, currency),
        store_currency=own,
        store_total=kept,
        rate=_rate(order) if own and own != currency else None,
        shipping_address=shipping,
        billing_address=billing,
        note=text_of(order.get("note")),
        admin_url="",
        shipments=list(_parcels(order, tables)),
        payments=list(_payments(order, tables, currency)),
        refunds=[_refund(one, house, currency) for one in slips],
    )


def moment_in(house: House, text: str) -> datetime:
    """Read a time as the shop writes it: its own zone's, without saying so."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=house.zone)


def currency_of(order: Row, tables: Tables) -> str:
    """Return the currency of an order."""
    return str(tables.currencies[str(order["id_currency"])]["iso_code"]).upper()


def number_of(order: Row, tables: Tables) -> str:
    """Return the reference of an order; orders from one cart share it, and are told apart as the shop does, by `#2`."""
    number, reference = str(order["id"]), str(order.get("reference") or "")
    shared = sorted(int(one["id"]) for one in tables.siblings.get(reference, []))
    if len(shared) < 2:
        return reference or number
    return f"{reference}#{shared.index(int(number)) + 1}"


def text_of(value: Any) -> str:
    """Return a text; of one in several languages the first that has something."""
    if isinstance(value, list):
        return next((str(one["value"]) for one in value if one.get("value")), "")
    return str(value or "")


def rows_in(thing: Row, name: str) -> list[Row]:
    """Return what is associated with a thing; the shop writes nothing as an empty text, or leaves it out."""
    found = (
        (thing.get("associations") or {}).get(name) if isinstance(thing.get("associations"), dict) else None
    )
    return list(found) if isinstance(found, list) else []


def slip_sum(slip: Row, currency: str) -> int:
    """Return what a credit slip comes to, with tax."""
    parts = ("total_products_tax_incl", "total_shipping_tax_incl")
    whole = sum(Decimal(slip.get(name) or 0) for name in parts)
    if not whole:  # slips of 1.5 and before have these two only
        whole = sum(Decimal(slip.get(name) or 0) for name in ("amount", "shipping_cost_amount"))
    return nearly(whole, currency)


def slip_lines(slip: Row, currency: str) -> list[tuple[str, int, int]]:
    """Return [(line, quantity, amount with tax)] of a credit slip."""
    return [
        (
            str(one["id_order_detail"]),
            int(one["product_quantity"]),
            nearly(one.get("amount_tax_incl") or 0, currency),
        )
        for one in rows_in(slip, "order_slip_details")
    ]


def is_flagged(order: Row, tables: Tables, flag: str) -> bool:
    """Say whether the state of an order has a flag, such as `shipped`."""
    return str(tables.states.get(str(order["current_state"]), {}).get(flag)) == "1"


def refunded_pieces(detail: Row, slips: Sequence[Row], currency: str) -> int:
    """Return how many pieces of a line went back: a slip that came by the webservice is not counted at the line."""
    noted = sum(
        pieces
        for slip in slips
        for line, pieces, _sum in slip_lines(slip, currency)
        if line == str(detail["id"])
    )
    return min(int(detail["product_quantity"]), max(int(detail.get("product_quantity_refunded") or 0), noted))


def _status(order: Row, tables: Tables) -> OrderStatus:
    state, house = str(order["current_state"]), tables.house
    if state in {house.cancelled, house.failed} - {""}:
        return OrderStatus.CANCELLED
    return OrderStatus.COMPLETED if state in {house.delivered, house.refunded} - {""} else OrderStatus.OPEN


def _fulfilment(order: Row, tables: Tables) -> FulfilmentStatus | None:
    if tables.house.delivered and str(order["current_state"]) == tables.house.delivered:
        return FulfilmentStatus.DELIVERED
    return FulfilmentStatus.SENT if is_flagged(order, tables, "shipped") else None


def _rate(order: Row) -> Decimal | None:
    rate = Decimal(order.get("conversion_rate") or 0)
    return (1 / rate).quantize(Decimal("1e-8")) if rate else None


def _in_own(order: Row, house: House, currency: str) -> tuple[int | None, str]:
    rate = Decimal(order.get("conversion_rate") or 0)
    if not house.currency or not rate:
        return None, ""
    whole = Decimal(order["total_paid_tax_incl"])
    return nearly(whole if house.currency == currency else whole / rate, house.currency), house.currency


def _line(detail: Row, slips: Sequence[Row], currency: str) -> LineFacts:
    count = int(detail["product_quantity"])
    unit = nearly(detail["unit_price_tax_incl"], currency)
    whole, net = Decimal(detail["total_price_tax_incl"]), Decimal(detail["total_price_tax_excl"])
    return LineFacts(
        external_id=str(detail["id"]),
        title=text_of(detail["product_name"]),
        sku=str(detail.get("product_reference") or ""),
        quantity=count,
        unit_price=unit,
        discount=max(0, unit * count - nearly(whole, currency)),
        tax=nearly(whole - net, currency),
        digital=bool(detail.get("download_hash")),
        returned=min(count, int(detail.get("product_quantity_return") or 0)),
        refunded=refunded_pieces(detail, slips, currency),
    )


def _wrapping(order: Row, price: int, currency: str) -> LineFacts:
    net = nearly(order.get("total_wrapping_tax_excl"), currency)
    return LineFacts(
        external_id="wrapping",
        title="Gift wrapping",
        quantity=1,
        unit_price=price,
        tax=price - net,
        digital=True,
    )


def _totals(order: Row, lines: Sequence[LineFacts], currency: str) -> TotalFacts:
    whole, net = Decimal(order["total_paid_tax_incl"]), Decimal(order["total_paid_tax_excl"])
    off = nearly(order.get("total_discounts_tax_incl"), currency)
    return TotalFacts(
        discount=off + sum(one.discount for one in lines),
        shipping=nearly(order.get("total_shipping_tax_incl"), currency),
        tax=nearly(whole - net, currency),
        tax_included=True,
        total=nearly(whole, currency),
    )


def _name(thing: Row) -> str:
    return " ".join(str(thing[name]) for name in ("firstname", "lastname") if thing.get(name))


def _language(tables: Tables, number: Any) -> str:
    row = tables.languages.get(str(number), {})
    return str(row.get("locale") or row.get("language_code") or row.get("iso_code") or "")


def _address(tables: Tables, number: Any) -> dict[str, Any]:
    place = tables.addresses.get(str(number), {})
    told = {
        "name": _name(place),
        "company": place.get("company"),
        "lines": [one for one in (place.get("address1"), place.get("address2")) if one],
        "city": place.get("city"),
        "region": tables.regions.get(str(place.get("id_state")), {}).get("iso_code"),
        "postcode": place.get("postcode"),
        "country": tables.countries.get(str(place.get("id_country")), {}).get("iso_code"),
        "phone": place.get("phone_mobile") or place.get("phone"),
    }
    return {name: value for name, value in told.items() if value}


def _parcels(order: Row, tables: Tables) -> Iterator[ShipmentFacts]:
    """Yield the parcels that have a number or have left; the shop keeps no time of their leaving."""
    how = _fulfilment(order, tables)
    for one in tables.parcels.get(str(order["id"]), []):
        number = str(one.get("tracking_number") or "")
        if not number and how is None:
            continue
        carrier = tables.carriers.get(str(one["id_carrier"]), {})
        url = str(carrier.get("url") or "")
        status = ShipmentStatus.DELIVERED if how == FulfilmentStatus.DELIVERED else ShipmentStatus.IN_TRANSIT
        yield ShipmentFacts(
            status=status if how else ShipmentStatus.INFO_RECEIVED,
            external_id=str(one["id"]),
            carrier=str(carrier.get("name") or ""),
            tracking_number=number,
            tracking_url=url.replace("@", number) if number and "@" in url else "",
        )


def _payments(order: Row, tables: Tables, currency: str) -> Iterator[PaymentFacts]:
    """Yield what was paid; payments belong to a reference, and where orders share it each has one sum of its own."""
    paid = nearly(order.get("total_paid_real"), currency)
    rows = tables.payments.get(str(order.get("reference")), [])
    whole = sum(nearly(one["amount"], currency) for one in rows)
    method = str(order.get("module") or "")
    if not rows or whole > max(paid, nearly(order["total_paid_tax_incl"], currency)):
        amount = paid or nearly(order["total_paid_tax_incl"], currency)
        status = MoneyStatus.DONE if paid else MoneyStatus.PENDING
        if not paid and _status(order, tables) == OrderStatus.CANCELLED:
            status = MoneyStatus.VOIDED
        if amount:
            said = str(order.get("payment") or "")
            number = f"order-{order['id']}"
            yield PaymentFacts(
                method=method, amount=amount, status=status, external_id=number, gateway=method, said=said
            )
        return
    for one in rows:
        amount = nearly(one["amount"], currency)
        if amount > 0:
            words = (str(one.get("payment_method") or ""), str(one.get("card_brand") or ""))
            yield PaymentFacts(
                method=method,
                amount=amount,
                external_id=str(one.get("transaction_id") or f"payment-{one['id']}"),
                gateway=method,
                said=" ".join(filter(None, words)),
                paid_at=moment_in(tables.house, one["date_add"]),
            )


def _refund(slip: Row, house: House, currency: str) -> RefundFacts:
    return RefundFacts(
        amount=slip_sum(slip, currency),
        external_id=str(slip["id"]),
        refunded_at=moment_in(house, slip["date_add"]),
        items=slip_lines(slip, currency),
    )
