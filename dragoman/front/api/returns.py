"""`/returns`: what may be sent back, by law and by the brand's word."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StrictInt, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import get_order
from dragoman.service.returns.queries import Asked, quote_for
from dragoman.service.returns.quoting import Answer, Quote
from dragoman.service.returns.windows import Window
from dragoman.service.returns.words import CONDITIONS, REASONS, REMARKS

from .conversations import workspace_of
from .markets import At
from .problems import ERRORS
from .schemas import In, Market

router = Router(tags=["returns"])
Sku = Annotated[str, StringConstraints(min_length=1, max_length=120)]
_QUOTE: Final[Any] = {
    "allowed": True,
    "order": "KSL-20418",
    "country": "DE",
    "at": "2026-11-20T09:00:00Z",
    "lines": [
        {
            "sku": "SHOE-42", "line": "17", "title": "Trail shoe", "quantity": 1, "left": 1, "allowed": True,
            "basis": "law", "window_days": 14, "window_starts_on": "2026-11-17", "window_ends_on": "2026-11-30",
            "reason": "in_time", "reason_text": "It can be sent back: the time is not over.",
            "source": "BGB §§ 312g, 355, 356, 356a", "source_url": "https://example.org/bgb/355",
            "conditions": [], "until": "2026-12-16", "until_by": "policy",
            "law": {"days": 14, "starts_on": "2026-11-17", "ends_on": "2026-11-30"},
            "policy": {"days": 30, "starts_on": "2026-11-17", "ends_on": "2026-12-16", "name": "Thirty days"},
        }
    ],
    "refund_deadline_days": 14, "refund_deadline_day_type": "calendar", "refund_starts": "notice",
    "refund_may_wait_for_goods": True, "return_cost_payer": "customer", "methods": ["prepaid_label"],
    "law_known": True, "law_verified": True, "law_source": "official", "remarks": [],
}  # fmt: skip


class AskedIn(In):
    """How many of a SKU; `opened`: the customer broke the seal, or had the download begin."""

    sku: Sku
    quantity: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1
    opened: bool = False


class QuoteIn(In):
    """Which order, by its number in any spelling; without `lines` all of it.

    `country` asks for another country's law than the order's, `business` says that a company bought.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"order": "KSL-20418", "lines": [{"sku": "SHOE-42", "quantity": 1}]}]
        },
    )

    order: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    brand: Annotated[str, StringConstraints(max_length=63)] = ""
    lines: Annotated[list[AskedIn], Field(min_length=1, max_length=500)] | None = None
    country: Market = ""
    at: At | None = None
    business: bool = False


class WindowOut(Schema):
    """A time to send back: the figure, and its first and last day in the buyer's country; null: not begun."""

    days: int
    starts_on: datetime.date | None
    ends_on: datetime.date | None


class PolicyWindowOut(WindowOut):
    """The same by a policy of the brand, named."""

    name: str


class QuotedLineOut(Schema):
    """What holds for a line. `window_*` and `source` are of the basis (null: neither says anything of it);
    `law` and `policy` show both beside.

    `reason` is a code, `reason_text` its sentence in the reader's language; `until` is the last day by either, and
    `until_by` says by which: `window_ends_on` with the basis `law` is the law's own last day, also where the policy
    goes on longer.
    """

    sku: str
    line: str
    title: str
    quantity: int
    left: int
    allowed: bool
    basis: Literal["law", "policy"] | None
    window_days: int | None
    window_starts_on: datetime.date | None
    window_ends_on: datetime.date | None
    reason: str
    reason_text: str
    source: str
    source_url: str
    conditions: list[str]
    until: datetime.date | None
    until_by: Literal["law", "policy"] | None
    law: WindowOut | None
    policy: PolicyWindowOut | None


class QuoteOut(Schema):
    """What may go back of an order at a moment.

    `refund_deadline_days` (null: none is known; 0: at once, as in Brazil) are counted in `refund_deadline_day_type`
    (`calendar`, `business`) and begin with `refund_starts`: `notice` (the customer withdrew) or `goods_back`.
    `law_known` false: nobody read the country's law, and only the policy is told; `law_verified` false: it is named
    from general knowledge. `law_source`: `official` was read with a state, a court or an official journal,
    `second_hand` elsewhere, `none` not at all.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_QUOTE]})

    order: str
    country: str
    at: datetime.datetime
    allowed: bool
    lines: list[QuotedLineOut]
    refund_deadline_days: int | None
    refund_deadline_day_type: str
    refund_starts: str
    refund_may_wait_for_goods: bool | None
    return_cost_payer: Literal["customer", "seller"] | None
    methods: list[str]
    law_known: bool
    law_verified: bool
    law_source: Literal["official", "second_hand", "none"]
    remarks: list[str]


@router.post("/returns/quote", response={200: QuoteOut, **ERRORS}, summary="What may be sent back")
def quote_return(request: HttpRequest, data: QuoteIn) -> Any:
    """Say what the law of the customer's country and the brand's policy allow of an order at a moment.

    404 for an order there is none of, 422 naming a line that the order does not have or has fewer of.
    """
    order = order_named(request, data.order, data.brand)
    at = data.at or timezone.now()
    found = quote_for(order, at=at, asked=asked_of(data.lines), country=data.country, business=data.business)
    return quote_json(order, found, at)


def order_named(request: HttpRequest, number: str, brand: str) -> Order:
    """Return the order of a number in the caller's workspace; raises NoOrder, ManyOrders."""
    workspace_id = workspace_of(request)
    return get_order(workspace_id, number, brand_id=get_brand(workspace_id, brand).pk if brand else None)


def asked_of(lines: Sequence[AskedIn] | None) -> list[Asked] | None:
    """Return asked lines as the room takes them."""
    return None if lines is None else [Asked(one.sku, one.quantity, one.opened) for one in lines]


def quote_json(order: Order, found: Quote, at: datetime.datetime) -> dict[str, Any]:
    """Return a quote as the contract shows it."""
    return {
        "order": order.number,
        "country": found.country,
        "at": at,
        "allowed": found.allowed,
        "lines": [_line(one) for one in found.answers],
        "refund_deadline_days": found.refund_days,
        "refund_deadline_day_type": found.refund_day_type,
        "refund_starts": found.refund_starts,
        "refund_may_wait_for_goods": found.refund_waits,
        "return_cost_payer": found.payer,
        "methods": list(found.methods),
        "law_known": found.law.known,
        "law_verified": found.law.verified,
        "law_source": found.law.source,
        "remarks": [str(REMARKS[one]) for one in found.remarks],
    }


def _window(window: Window | None) -> dict[str, Any] | None:
    if window is None:
        return None
    return {"days": window.days, "starts_on": window.starts_on, "ends_on": window.ends_on}


def _line(answer: Answer) -> dict[str, Any]:
    goods, window, policy = answer.goods, answer.window, _window(answer.policy)
    return {
        "sku": goods.sku,
        "line": str(goods.line_id),
        "title": goods.title,
        "quantity": goods.asked,
        "left": goods.left,
        "allowed": answer.allowed,
        "basis": answer.basis,
        "window_days": window.days if window else None,
        "window_starts_on": window.starts_on if window else None,
        "window_ends_on": window.ends_on if window else None,
        "reason": answer.reason,
        "reason_text": str(REASONS[answer.reason]),
        "source": answer.source,
        "source_url": answer.source_url,
        "conditions": [str(CONDITIONS[one]) for one in answer.conditions],
        "until": answer.until,
        "until_by": answer.until_by,
        "law": _window(answer.law),
        "policy": {**policy, "name": answer.rule.name if answer.rule else ""} if policy else None,
    }
