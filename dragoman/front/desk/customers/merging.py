"""Merging customers: who may be the same person and why, both sides before, and the way back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.access import check_may_reply
from dragoman.core.conversations.actions.people import (
    colliding,
    conversation_counts,
    merge_customers,
    undo_customer_merge,
)
from dragoman.core.conversations.duplicates import likely_same
from dragoman.core.customers.merging import choices_of, find_merge, merges_into, warnings_of
from dragoman.core.customers.models import Customer
from dragoman.core.customers.queries import customer_page, customers_of, get_customer
from dragoman.kit.errors import Refusal

from ..conversations.clock import clock_of_customer
from ..frame import frame
from ..merging.views import fields_in
from ..merging.words import FIELDS, REASONS, WARNINGS
from ..request import AgentRequest, number_in
from ..words import Say

MOST = 12


@require_GET
def likely(request: AgentRequest, customer_id: int) -> HttpResponse:
    """List who may be the same person, with the reason."""
    found = get_customer(request.agent.workspace_id, customer_id)
    matter = {
        "customer": found,
        "likely": [(one.customer, REASONS[one.reason], one.shown) for one in likely_same(found)],
        "merges": merges_into(request.agent.workspace_id, found.pk),
        "words": Say,
        "zone": request.agent.time_zone,
        "may_reply": request.agent.can_reply,
    }
    return render(request, "desk/customers/_likely.html", matter)


def _pair(request: AgentRequest, one: Customer, other: Customer) -> tuple[Customer, Customer]:
    keep = number_in(request, "keep")
    return (one, other) if keep == other.pk else (other, one)


def _found(here: Customer, q: str) -> list[Customer]:
    """Return other customers whom a search fits: by name, address, or number (which is looked up first)."""
    if not q:
        return []
    others = list(customer_page(here.workspace_id, q=q, limit=MOST).items)
    number = q.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 19:
        others = [*customers_of(here.workspace_id).filter(pk=int(number)), *others]
    return [one for pk, one in {one.pk: one for one in others}.items() if pk != here.pk]


@require_GET
def merge(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Choose the other customer, then see both sides and what will be."""
    check_may_reply(request.agent)
    workspace_id = request.agent.workspace_id
    here = get_customer(workspace_id, customer_id)
    wanted = number_in(request, "with")
    q = request.GET.get("q", "").strip()[:200]
    matter: dict[str, object] = {
        "here": here,
        "wanted": wanted or "",
        "q": q,
        "found": _found(here, q),
        "title": _("Merge customers"),
        "clock_of_customer": clock_of_customer,
    }
    if wanted:
        try:
            gone, stays = _pair(request, here, get_customer(workspace_id, wanted))
            if gone.pk == stays.pk:
                raise Refusal(_("These are one customer already."))
            matter |= {
                "gone": gone,
                "stays": stays,
                "sides": [(side, conversation_counts(workspace_id, side.pk)) for side in (stays, gone)],
                "choices": choices_of(gone, stays, fields_in(request, stays=stays.pk)),
                "warnings": [WARNINGS[code] for code in warnings_of(gone, stays)],
                "running": colliding(workspace_id, gone.pk, stays.pk),
                "field_words": FIELDS,
            }
        except Refusal as refusal:
            matter["problem"] = str(refusal)
    return render(request, "desk/customers/merge.html", frame(request, section="customers", **matter))


@require_POST
def do_merge(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Merge as previewed and show the customer who stays."""
    workspace_id = request.agent.workspace_id
    other = get_customer(workspace_id, number_in(request, "with"))
    gone, stays = _pair(request, get_customer(workspace_id, customer_id), other)
    merge_customers(gone, stays, agent=request.agent, fields=fields_in(request, stays=stays.pk))
    return redirect(f"/customers/{stays.pk}")


@require_POST
def do_unmerge(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Part a merged customer again and show them."""
    link = find_merge(request.agent.workspace_id, customer_id)
    undo_customer_merge(request.agent.workspace_id, customer_id, agent=request.agent)
    where = f"/customers/{link.survivor_id if link else customer_id}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
