"""`/language/orders`: translations ordered from people, as XLIFF; `/metrics/translations`: how good they are."""

import base64
import binascii
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.quality import quality_of
from dragoman.core.language.actions.orders import Wanted, change_order, make_order, take_back
from dragoman.core.language.models import TranslationOrder
from dragoman.core.language.orders import file_name, file_of, get_order, orders_of, texts_of
from dragoman.kit.errors import NotFound, Refusal

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Moment, Tag

router = Router(tags=["orders"])

Cost = Annotated[int, Field(ge=0, lt=10**13)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class CostIn(In):
    """Money in minor units."""

    amount: Cost
    currency: Currency


class OrderIn(In):
    """An order; `texts` are `macro:<id>`."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    source: Tag
    targets: Annotated[list[Tag], Field(min_length=1, max_length=40)]
    texts: Annotated[
        list[Annotated[str, StringConstraints(max_length=80)]], Field(min_length=1, max_length=500)
    ]
    vendor: Annotated[str, StringConstraints(max_length=2000)] = ""
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
    cost: CostIn | None = None
    due_on: date | None = None


class OrderPatch(In):
    """What may be changed of an order; what is absent stays."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    state: Literal["draft", "sent", "in_work", "done", "cancelled"] | None = None
    vendor: Annotated[str, StringConstraints(max_length=2000)] | None = None
    note: Annotated[str, StringConstraints(max_length=2000)] | None = None
    cost: CostIn | None = None
    due_on: date | None = None


class OrderTextOut(Schema):
    """One text in one language; `review` is its id in `/language/reviews` once it came back."""

    text: str
    title: str
    target: str
    state: str
    review: str | None
    reason: str


class OrderOut(Schema):
    """An order."""

    id: str
    title: str
    state: str
    source: str
    targets: list[str]
    vendor: str
    note: str
    cost: CostIn | None
    due_on: date | None
    created_at: datetime
    texts: list[OrderTextOut]


class FileIn(In):
    """A file that came back: `data` is base64. `partial` takes what is there where texts are missing."""

    data: str
    partial: bool = False


class ProblemOut(Schema):
    """Something about the file; `line` 0 is the whole of it, a warning hinders nothing."""

    line: int
    unit: str
    text: str
    warning: bool


class ImportOut(Schema):
    """What became of a file: all of it was taken, or nothing."""

    taken: int
    target: str
    problems: list[ProblemOut]


class PairOut(Schema):
    """The figures of a pair of languages; shares from 0 to 1, null where there is nothing to measure."""

    source: str
    target: str
    answers: int
    made: dict[str, int]
    edited: float | None
    reviewed: int
    untouched: float | None
    rejected: int
    distance: float | None
    waited: float | None
    reopened: float | None
    engines: list[dict[str, Any]]


class TranslationsOut(Schema):
    """The quality of translations in a span."""

    since: datetime
    until: datetime
    made: dict[str, int]
    pairs: list[PairOut]


def _json(order: TranslationOrder) -> dict[str, Any]:
    cost = {"amount": order.cost, "currency": order.currency} if order.cost is not None else None
    return {
        **{name: getattr(order, name) for name in OrderOut.model_fields if hasattr(order, name)},
        "id": str(order.pk),
        "cost": cost,
        "texts": [
            {
                "text": f"{text.kind}:{text.ref}",
                "title": text.title,
                "target": text.target,
                "state": text.state,
                "review": str(text.pk) if text.state != "open" else None,
                "reason": text.reason,
            }
            for text in texts_of(order)
        ],
    }


def _order(request: HttpRequest, opaque: str) -> TranslationOrder:
    return get_order(workspace_of(request), number_of(opaque))


@router.get("/language/orders", response={200: Listed[OrderOut], **ERRORS}, summary="List orders")
def list_orders(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=100)] = 25) -> Any:
    """List orders of translations, the newest first."""
    return {"items": [_json(order) for order in orders_of(workspace_of(request))[:limit]], "next": None}


@router.post("/language/orders", response={201: OrderOut, **ERRORS}, summary="Order translations")
def post_order(request: HttpRequest, data: OrderIn) -> Any:
    """Write an order for texts as they are now."""
    cost = data.cost
    wanted = Wanted(
        **data.model_dump(exclude={"cost"}),
        cost=cost.amount if cost else None,
        currency=cost.currency if cost else "",
    )
    return Status(201, _json(make_order(workspace_of(request), agent=None, wanted=wanted)))


@router.get("/language/orders/{order}", response={200: OrderOut, **ERRORS}, summary="One order")
def get_one(request: HttpRequest, order: str) -> Any:
    """Return an order with its texts."""
    return _json(_order(request, order))


@router.patch("/language/orders/{order}", response={200: OrderOut, **ERRORS}, summary="Change an order")
def patch_order(request: HttpRequest, order: str, data: OrderPatch) -> Any:
    """Change what is named; an order comes to `returned` and `checked` by itself."""
    values = data.model_dump(exclude_unset=True, exclude={"cost"})
    if "cost" in data.model_fields_set:
        values |= {
            "cost": data.cost.amount if data.cost else None,
            "currency": data.cost.currency if data.cost else "",
        }
    kept = {name: value for name, value in values.items() if value is not None or name in ("cost", "due_on")}
    return _json(change_order(_order(request, order), agent=None, values=kept))


@router.get(
    "/language/orders/{order}/file", summary="The file of one language", response={200: None, **ERRORS}
)
def get_file(request: HttpRequest, order: str, target: Annotated[str, Query(max_length=35)]) -> Any:
    """Return the XLIFF 2.1 for one of the order's languages."""
    found = _order(request, order)
    if target not in found.targets:
        raise NotFound
    answer = HttpResponse(file_of(found, target), content_type="application/xliff+xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, target)}"'
    return answer


@router.post("/language/orders/{order}/file", response={200: ImportOut, **ERRORS}, summary="Bring it back")
def post_file(request: HttpRequest, order: str, data: FileIn) -> Any:
    """Take a translated file: `taken` is 0 where `problems` hinder it, and nothing is changed then."""
    try:
        content = base64.b64decode(data.data, validate=True)
    except (binascii.Error, ValueError):
        raise Refusal("Give the file in base64.", code="bad_data", status=422) from None
    came = take_back(_order(request, order), agent=None, content=content, partial=data.partial)
    return {**came.__dict__, "problems": [one.__dict__ for one in came.problems]}


@router.get(
    "/metrics/translations", response={200: TranslationsOut, **ERRORS}, summary="Quality of translations"
)
def get_quality(request: HttpRequest, since: Moment | None = None, until: Moment | None = None) -> Any:
    """Return how translations were made, how much people changed, and who came back; the last 30 days by default."""
    end = until or timezone.now()
    begin = since or end - timedelta(days=30)
    workspace_id = workspace_of(request)
    found = quality_of(workspace_id, team=workspace_facts(workspace_id).language, since=begin, until=end)
    pairs = [
        {**pair.__dict__, "engines": [{"engine": n, "answers": c, "edited": e} for n, c, e in pair.engines]}
        for pair in found.pairs
    ]
    return {"since": begin, "until": end, "made": found.made, "pairs": pairs}
