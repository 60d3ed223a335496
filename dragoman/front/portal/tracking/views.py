"""`/track/<brand>/`: where a customer's parcels are, for who knows the order and its mail address or postcode."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.core.commerce.models import Order, Shipment
from dragoman.core.shipping.promise import Promise, promise_for_order
from dragoman.front.portal.languages import language_asked, portal_languages
from dragoman.ground.markets.zones import zones_of
from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus
from dragoman.kit.errors import Refusal
from dragoman.kit.workspace import acting_in

from ..returns.door import gone
from .looking import look, passed_order
from .words import advice


@dataclass(frozen=True)
class Step:
    """What happened; `zone` is the clock it is told by, "" for UTC."""

    at: object
    said: str
    text: str
    place: str
    country: str
    zone: str


@dataclass(frozen=True)
class Tracked:
    """A parcel as its receiver sees it."""

    row: Shipment
    said: str
    zone: str
    goods: Sequence[str] = ()

    @property
    def advice(self) -> str:
        """Return what its receiver does, or waits for."""
        return advice(self.row.status, self.row.detail)

    @property
    def is_silent(self) -> bool:
        """Say whether the carrier has yet to tell the first thing."""
        return self.row.status in (ShipmentStatus.PENDING, ShipmentStatus.INFO_RECEIVED)

    def steps(self) -> Iterator[Step]:
        """Yield what happened, the newest first."""
        for one in self.row.events.all():
            zones = zones_of(one.country)
            zone = zones[0] if len(zones) == 1 else self.zone
            yield Step(one.at, said_of(one.status, one.detail), one.text, one.place, one.country, zone)


# nothing is changed here, and no cookie is read: another site's form can find out nothing
@csrf_exempt
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest, brand: str) -> HttpResponse:
    """Ask for a number and a proof; show the parcels of the order they fit."""
    found = find_brand(brand)
    with translation.override(language_asked(request)):
        if found is None:
            return gone(request)
        with acting_in(found.workspace_id):
            return _answer(request, found)


def _answer(request: HttpRequest, brand: Brand) -> HttpResponse:
    number = request.POST.get("number", request.GET.get("number", "")).strip()[:80]
    proof = request.POST.get("proof", "").strip()[:254]
    order, problem, status = None, "", 200
    if request.method == "POST":
        order, problem, status = _look(request, brand, number, proof)
    elif token := request.GET.get("pass", "")[:500]:
        order = passed_order(brand, token)
    parcels = list(_parcels(order)) if order else []
    facts = {
        "brand": brand,
        "number": number,
        "proof": proof,
        "problem": problem,
        "order": order,
        "parcels": parcels,
        "promise": promised(order) if order else None,
    }
    page = render(
        request, "portal/tracking/track.html", {**facts, "languages": portal_languages()}, status=status
    )
    page["Cache-Control"] = "no-store"
    page["Referrer-Policy"] = "same-origin"
    page["Vary"] = "Accept-Language"
    return page


def _look(request: HttpRequest, brand: Brand, number: str, proof: str) -> tuple[Order | None, str, int]:
    """Return the order, or what to say and the status: the same for a wrong number as for a wrong proof."""
    try:
        return look(brand, number, proof, address=request.META.get("REMOTE_ADDR", "")), "", 200
    except Refusal as refused:
        return None, str(refused), refused.status


def promised(order: Order) -> Promise | None:
    """Return between which days it is there, where that is known; a customer is told no reason why it is not."""
    found = promise_for_order(order)
    return found if found is not None and found.is_known else None


def _parcels(order: Order) -> Iterator[Tracked]:
    titles = {one.pk: one.title for one in order.lines.all()}
    for row in order.shipments.all():
        # what comes back is shown with its return
        if row.inward:
            continue
        zones = zones_of(row.destination or order.country)
        goods = [titles[one.line_id] for one in row.lines.all() if one.line_id in titles]
        yield Tracked(row, said_of(row.status, row.detail), zones[0] if len(zones) == 1 else "", goods)


def said_of(status: str, detail: str) -> str:
    return str(
        ShipmentDetail(detail).label if detail in ShipmentDetail.values else ShipmentStatus(status).label
    )
