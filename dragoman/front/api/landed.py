"""`/landed-cost`: what a parcel costs when it has come over a border, part by part, with who pays it."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.commerce.queries import get_order
from dragoman.core.shipping.landed import Asked, Told, landed_for, landed_for_order
from dragoman.core.shipping.places import checked_country
from dragoman.ground.markets.landed.parts import Goods, Part
from dragoman.kit.errors import Refusal
from dragoman.kit.money import MOST, is_currency

from .conversations import workspace_of
from .markets import At, SourceOut
from .problems import ERRORS
from .schemas import In

router = Router(tags=["landed cost"])

MOST_LINES = 200


def _currency(code: str) -> str:
    if not is_currency(code):
        raise ValueError("give a currency such as EUR")
    return code


class AmountIn(In):
    """Money in minor units."""

    amount: Annotated[int, Field(ge=0, lt=MOST)]
    currency: Annotated[str, AfterValidator(_currency)]


class LandedLineIn(In):
    """Goods: `unit_price` without the tax of the destination, `weight` grams of one, `origin` where it was made."""

    title: Annotated[str, StringConstraints(max_length=300)] = ""
    hs_code: Annotated[str, StringConstraints(pattern=r"^[\d. ]{0,18}$")] = ""
    origin: Annotated[str, StringConstraints(pattern=r"^([A-Za-z]{2})?$")] = ""
    quantity: Annotated[int, Field(ge=1, le=100_000)]
    unit_price: AmountIn
    weight: Annotated[int, Field(ge=0, le=10**8)] | None = None


class LandedIn(In):
    """A parcel. `shipping` is what the customer pays for sending; without it the brand's table is asked.

    `terms`: DDP, the shop pays what is due at the border; DAP, the customer does. Without them the brand's own hold.
    """

    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    from_: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$"), Field(alias="from")]
    to: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]
    lines: Annotated[list[LandedLineIn], Field(min_length=1, max_length=MOST_LINES)]
    service: Annotated[str, StringConstraints(max_length=60)] = ""
    shipping: AmountIn | None = None
    at: At | None = None
    terms: Literal["DDP", "DAP"] | None = None


class AmountOut(Schema):
    """An amount in minor units (ISO 4217)."""

    amount: int
    currency: str


class PartOut(Schema):
    """One part: `amount` null is not known (`reason` says why), and `at_least` what it comes to at least.

    `payer` is customer or shop, `when` checkout, import (by the shop, at the border) or delivery, `to` shop, carrier or
    customs; null where nothing is due. `legal_amount` is the amount in the currency the law names.
    """

    kind: Literal["goods", "freight", "duty", "tax", "fee", "handling"]
    name: str
    amount: AmountOut | None
    at_least: AmountOut
    legal_amount: AmountOut | None
    reason: str
    estimate: bool
    payer: Literal["customer", "shop"] | None
    when: Literal["checkout", "import", "delivery"] | None
    to: Literal["shop", "carrier", "customs"] | None
    law: str
    note: str
    sources: list[SourceOut]


class ServiceOut(Schema):
    """What a service of the brand's table takes on that lane."""

    service: str
    price: AmountOut


class RatesOut(Schema):
    """The public table of rates of exchange that amounts were turned by."""

    day: datetime.date
    source: str


class LandedOut(Schema):
    """The whole. `at_least`: a part is not known, `total` is the rest; `estimate`: customs may come to another sum."""

    from_: str = Field(alias="from")
    to: str
    on: datetime.date
    terms: Literal["DDP", "DAP"]
    parts: list[PartOut]
    total: AmountOut
    at_least: bool
    estimate: bool
    due_at_the_door: AmountOut
    service: str | None
    services: list[ServiceOut]
    rates: RatesOut | None


def _money(amount: int | None, currency: str) -> dict[str, Any] | None:
    return None if amount is None else {"amount": amount, "currency": currency}


def _part(part: Part, currency: str) -> dict[str, Any]:
    fact, native = part.fact, part.native
    return {
        "kind": part.kind,
        "name": part.name,
        "amount": _money(part.amount, currency),
        "at_least": _money(part.floor, currency),
        "legal_amount": _money(native.minor, native.currency) if native else None,
        "reason": part.why,
        "estimate": part.estimate,
        "payer": part.payer or None,
        "when": part.when or None,
        "to": part.to or None,
        "law": fact.law if fact else "",
        "note": fact.note if fact else "",
        "sources": [source.model_dump() for source in fact.sources] if fact else [],
    }


def landed_json(told: Told) -> dict[str, Any]:
    """Return an answer as the API shows it."""
    parcel, landed, table = told.parcel, told.landed, told.table
    services = [{"service": one.service, "price": _money(one.price, one.currency)} for one in told.quotes]
    return {
        "from": parcel.origin,
        "to": parcel.destination,
        "on": parcel.on,
        "terms": "DDP" if parcel.ddp else "DAP",
        "parts": [_part(one, parcel.currency) for one in landed.parts],
        "total": _money(landed.total, parcel.currency),
        "at_least": landed.at_least,
        "estimate": landed.estimate,
        "due_at_the_door": _money(landed.at_the_door, parcel.currency),
        "service": told.quote.service if told.quote else None,
        "services": services,
        "rates": {"day": table.day, "source": table.source} if table else None,
    }


@router.post(
    "/landed-cost/quote",
    response={200: LandedOut, **ERRORS},
    by_alias=True,
    summary="What a parcel costs landed",
)
def post_quote(request: HttpRequest, data: LandedIn) -> Any:
    """Say what goods cost at their destination: freight, duty, tax and fees, who pays each, when and to whom.

    What is not known (a code, a rate, a rule) is null with a reason, never a guess.
    """
    workspace_id = workspace_of(request)
    brand = get_brand(workspace_id, data.brand or "")
    currencies = {one.unit_price.currency for one in data.lines}
    currencies |= {data.shipping.currency} if data.shipping else set()
    if len(currencies) > 1:
        raise Refusal("Give all prices of a parcel in one currency.", code="mixed_currencies", status=422)
    weights = [one.weight * one.quantity if one.weight is not None else None for one in data.lines]
    goods = [
        Goods(
            one.quantity,
            one.unit_price.amount,
            title=one.title,
            hs_code="".join(filter(str.isdigit, one.hs_code))[:10],
            origin=one.origin.upper(),
        )
        for one in data.lines
    ]
    asked = Asked(
        origin=checked_country(data.from_),
        destination=checked_country(data.to),
        currency=currencies.pop(),
        goods=goods,
        on=(data.at or datetime.datetime.now(datetime.UTC)).date(),
        weight=sum(one or 0 for one in weights) if all(one is not None for one in weights) else None,
        freight=data.shipping.amount if data.shipping else None,
        service=data.service,
        ddp=None if data.terms is None else data.terms == "DDP",
    )
    return landed_json(landed_for(workspace_id, brand.pk, asked))


@router.get(
    "/landed-cost", response={200: LandedOut, **ERRORS}, by_alias=True, summary="What an order costs landed"
)
def get_landed(
    request: HttpRequest,
    order: Annotated[str, Query(max_length=80)],
    brand: Annotated[str, Query(max_length=63)] = "",
) -> Any:
    """Say what an order costs at its border; 409 `no_border` where it crosses none or nobody said where it starts."""
    workspace_id = workspace_of(request)
    named = get_brand(workspace_id, brand).pk if brand else None
    told = landed_for_order(get_order(workspace_id, order, brand_id=named))
    if told is None:
        raise Refusal(
            "This order crosses no border that is known: say under Shipping and duty where parcels start.",
            code="no_border",
            status=409,
        )
    return landed_json(told)
