"""`/returns/{id}/way` and `/papers`: where a return goes, when it is fetched, what customs hear, what is printed."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import ConfigDict, Field, StrictInt, StringConstraints

from dragoman.service.returns.actions import arranging
from dragoman.service.returns.finding import get_return
from dragoman.service.returns.models import Return
from dragoman.service.returns.paper_pdf import paper_pdf
from dragoman.service.returns.paper_words import MISSING, STANDINGS
from dragoman.service.returns.papers import Papers, Party, papers_of
from dragoman.service.returns.slip import to_print
from dragoman.service.returns.ways import way_of

from .commerce import MoneyOut
from .conversations import number_of, workspace_of
from .problems import ERRORS
from .return_places import PlaceOut, place_json
from .return_steps import PROGRAM
from .returns import Sku
from .schemas import In

router = Router(tags=["returns"])


class HubOut(Schema):
    """A hub goods may go to; amounts are null where nobody knows. `border`: none, tax, customs or not_known."""

    place: PlaceOut
    chosen: bool
    border: str
    freight: MoneyOut | None
    duty: MoneyOut | None
    cost: MoneyOut | None
    reason: str


class WayOut(Schema):
    """How a return comes back: its place, the hubs by cost (the best first), what is near on foot, when it is fetched.

    `fetch_days` are the next days on which both sides work, of a return that is picked up.
    """

    method: str
    place: PlaceOut | None
    hubs: list[HubOut]
    near: list[PlaceOut]
    fetch_days: list[datetime.date]
    fetch_from: datetime.date | None
    fetch_until: datetime.date | None
    fetch_note: str


class SendToIn(In):
    """The id of a place of the brand."""

    place: Annotated[str, StringConstraints(max_length=20)]


class FetchIn(In):
    """The first and the last day, of `fetch_days`; `note` is for whoever rings the bell."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"first": "2026-12-01", "last": "2026-12-03", "note": "Ring twice"}]},
    )

    first: datetime.date
    last: datetime.date
    note: Annotated[str, StringConstraints(max_length=200)] = ""


class ToldIn(In):
    """What customs are told of a SKU; what is left out stays as the shop says. `weight` is grams of one."""

    sku: Sku
    text: Annotated[str, StringConstraints(max_length=200)] = ""
    hs_code: Annotated[str, StringConstraints(max_length=20)] = ""
    origin: Annotated[str, StringConstraints(max_length=2)] = ""
    weight: StrictInt | None = None


class CustomsIn(In):
    """Lines to fill in."""

    lines: Annotated[list[ToldIn], Field(min_length=1, max_length=500)]


class PartyOut(Schema):
    """Who sends or gets: lines of an envelope, and the country."""

    lines: list[str]
    country: str
    phone: str
    email: str
    reference: str


class DeclaredOut(Schema):
    """A line of the declaration; empty or null is not known, `missing` names it."""

    sku: str
    text: str
    quantity: int
    value: MoneyOut
    net_weight: int | None
    hs_code: str
    origin: str
    missing: list[str]


class ReliefOut(Schema):
    """The relief for returned goods where they arrive: `standing` is claimable, elsewhere, no_rule, not_known or
    none_due, `text` its sentence. `until`: the last day of it."""

    standing: str
    text: str
    law: str
    claim: str
    years: int | None
    until: datetime.date | None
    conditions: list[str]
    proofs: list[str]


class MissingOut(Schema):
    """What somebody has to fill in before the parcel leaves."""

    code: str
    sku: str
    text: str


class PapersOut(Schema):
    """What the customs papers say. `needed` false: no border, no papers. Weights are grams."""

    needed: bool
    border: str
    number: str
    order: str
    category: Literal["returned_goods"]
    sender: PartyOut
    addressee: PartyOut | None
    lines: list[DeclaredOut]
    value: MoneyOut
    net_weight: int | None
    sent_on: datetime.date | None
    relief: ReliefOut
    missing: list[MissingOut]
    documents: list[str]


def _get(request: HttpRequest, return_id: str) -> Return:
    return get_return(workspace_of(request), number_of(return_id))


def _way(request: HttpRequest, return_id: str) -> dict[str, Any]:
    made = _get(request, return_id)
    way = way_of(made, now=timezone.now())

    def money(amount: int | None) -> dict[str, Any] | None:
        return None if amount is None else {"amount": amount, "currency": made.currency}

    return {
        "method": made.method,
        "place": place_json(made.place) if made.place else None,
        "hubs": [
            {
                "place": place_json(one.place), "chosen": one.place.pk == made.place_id, "border": one.border,
                "freight": money(one.freight), "duty": money(one.duty), "cost": money(one.cost),
                "reason": one.reason,
            }
            for one in way.hubs
        ],
        "near": [place_json(one) for one in way.near],
        "fetch_days": way.fetch_days,
        "fetch_from": made.fetch_from, "fetch_until": made.fetch_until, "fetch_note": made.fetch_note,
    }  # fmt: skip


@router.get("/returns/{return_id}/way", response={200: WayOut, **ERRORS}, summary="How a return comes back")
def way(request: HttpRequest, return_id: str) -> Any:
    """Return where it goes and why, what is near, and on which days it may be fetched."""
    return _way(request, return_id)


@router.post(
    "/returns/{return_id}/place", response={200: WayOut, **ERRORS}, summary="Send a return elsewhere"
)
def send_to(request: HttpRequest, return_id: str, data: SendToIn) -> Any:
    """Choose another open place of the brand, while the goods are still to come."""
    arranging.send_to(workspace_of(request), number_of(return_id), by=PROGRAM, place_id=number_of(data.place))
    return _way(request, return_id)


@router.post("/returns/{return_id}/pick-up", response={200: WayOut, **ERRORS}, summary="Ask for a pick-up")
def pick_up(request: HttpRequest, return_id: str, data: FetchIn) -> Any:
    """Ask that it is fetched between two days; others than `fetch_days` are 422 `bad_fetch`, with those there are."""
    arranging.ask_to_fetch(
        workspace_of(request),
        number_of(return_id),
        by=PROGRAM,
        first=data.first,
        last=data.last,
        note=data.note,
    )
    return _way(request, return_id)


@router.get(
    "/returns/{return_id}/papers", response={200: PapersOut, **ERRORS}, summary="Customs papers of a return"
)
def papers(request: HttpRequest, return_id: str) -> Any:
    """Return what CN 23, invoice and the note for customs say, and what is missing."""
    return _papers_json(papers_of(_get(request, return_id)))


@router.post(
    "/returns/{return_id}/customs", response={200: PapersOut, **ERRORS}, summary="Tell customs of goods"
)
def tell_customs(request: HttpRequest, return_id: str, data: CustomsIn) -> Any:
    """Fill in what the shop does not tell; 422 `bad_customs` names what cannot be."""
    made = _get(request, return_id)
    ids = {row.line.sku: row.line_id for row in made.lines.all()}
    told = {
        ids[one.sku]: arranging.Told(**one.model_dump(exclude={"sku"}))
        for one in data.lines
        if one.sku in ids
    }
    arranging.tell_customs(made.workspace_id, made.pk, by=PROGRAM, lines=told)
    return _papers_json(papers_of(_get(request, return_id)))


@router.get(
    "/returns/{return_id}/papers/{paper}", response={200: str, **ERRORS}, summary="A customs paper as PDF"
)
def paper(
    request: HttpRequest, return_id: str, paper: Literal["cn23", "invoice", "relief", "all"]
) -> HttpResponse:
    """Return one of them, or all; 409 `no_papers` where the return crosses no border."""
    pdf = paper_pdf(papers_of(_get(request, return_id)), "" if paper == "all" else paper)
    return HttpResponse(pdf, content_type="application/pdf")


@router.get(
    "/returns/{return_id}/to-print", response={200: str, **ERRORS}, summary="What the customer prints"
)
def print_it(request: HttpRequest, return_id: str) -> HttpResponse:
    """Return the carrier's label where one was added, else our slip."""
    made, found = _get(request, return_id), to_print(_get(request, return_id))
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'inline; filename="return-{made.pk}.{found.ending}"'
    return response


def _papers_json(found: Papers) -> dict[str, Any]:
    made, relief = found.made, found.relief

    def money(amount: int) -> dict[str, Any]:
        return {"amount": amount, "currency": made.currency}

    skus = {one.line_id: one.sku for one in found.goods}
    return {
        "needed": found.are_needed, "border": found.border, "number": made.number,
        "order": found.order.number, "category": "returned_goods", "sender": _party(found.sender),
        "addressee": _party(found.addressee) if found.addressee else None,
        "lines": [
            {
                "sku": one.sku, "text": one.text, "quantity": one.quantity, "value": money(one.value),
                "net_weight": one.net, "hs_code": one.hs_code, "origin": one.origin, "missing": one.missing,
            }
            for one in found.goods
        ],
        "value": money(found.value), "net_weight": found.net, "sent_on": found.sent_on,
        "relief": {
            "standing": found.standing, "text": str(STANDINGS[found.standing]),
            "law": relief.law if relief else "", "claim": relief.claim if relief else "",
            "years": relief.years if relief else None, "until": found.until,
            "conditions": relief.conditions if relief else [], "proofs": relief.proofs if relief else [],
        },
        "missing": [
            {"code": one.code, "sku": skus.get(one.line_id or 0, ""), "text": str(MISSING[one.code])}
            for one in found.missing
        ],
        "documents": ["cn23", "invoice", "relief"] if found.are_needed else [],
    }  # fmt: skip


def _party(party: Party) -> dict[str, Any]:
    plain = ("country", "phone", "email", "reference")
    return {"lines": list(party.lines), **{name: getattr(party, name) for name in plain}}
