"""Customers: the list, and one person with their addresses and conversations."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from dragoman.core.conversations.countries import country_of_customer
from dragoman.core.conversations.queries import conversation_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.queries import customer_page, get_customer

from ..conversations.clock import clock_of_customer
from ..elbow.market import day_in
from ..elbow.strip import days_there
from ..frame import frame
from ..request import AgentRequest
from .about import about

MOST = 50


@require_GET
def customers(request: AgentRequest) -> HttpResponse:
    """List customers, newest first, or those a search found."""
    q = request.GET.get("q", "").strip()[:200]
    below = request.GET.get("cursor", "")
    start = int(below) if below.isascii() and below.isdigit() and len(below) < 19 else None
    page = customer_page(request.agent.workspace_id, q=q, below=start, limit=MOST)
    context = frame(request, section="customers", items=page.items, next=page.next, near=page.near, q=q)
    return render(request, "desk/customers.html", context)


@require_GET
def customer(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Show one customer."""
    found = get_customer(request.agent.workspace_id, customer_id)
    if found.pk != customer_id:
        return redirect(f"/customers/{found.pk}")
    theirs = conversation_page(request.agent.workspace_id, filters=Filters(customer=found.pk), limit=MOST)
    context = {
        "customer": found,
        "identities": list(found.identities.all()),
        "conversations": theirs.items,
        "clock": (clock := clock_of_customer(found)),
        "country": (country := country_of_customer(found)),
        "days": days_there(day_in(country.code, clock)) if country else (),
        "title": found.name,
        **about(request.agent, found),
    }
    return render(request, "desk/customer.html", frame(request, section="customers", **context))
