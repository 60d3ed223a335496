"""Orders: the card beside a conversation, the list with its search, one order's page."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dragoman.core.commerce.queries import card_of, order_by_id, order_page, shops_of
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.cursors import decode, encode
from dragoman.core.conversations.slot_values import values_in
from dragoman.core.customers.queries import customers_of, get_customer
from dragoman.core.shipping.landed import landed_for_order
from dragoman.core.shipping.promise import promise_for_order
from dragoman.core.shipping.queries import terms_of
from dragoman.service.bot.queries import proven_in
from dragoman.service.returns.finding import declared_orders

from ..conversations.clock import clock_for, clock_of_customer
from ..frame import frame
from ..request import AgentRequest, number_in
from ..returns.panel import panel_of
from ..words import Say
from .acting import acts
from .border import Border
from .promised import Promised
from .shown import Shown

MOST = 50


@require_GET
def card(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show the newest orders of a conversation's customer, those it speaks of first."""
    conversation = get_conversation(request.agent, conversation_id)
    said = values_in(conversation, language=conversation.language or "en")
    declared = declared_orders(
        conversation.workspace_id, conversation.pk, customer_id=conversation.customer_id or 0
    )
    numbers = [*declared, *said.get("order", [])]
    proven = proven_in(conversation.workspace_id, conversation.pk)
    found = card_of(
        conversation.workspace_id, customer_id=conversation.customer_id, numbers=numbers, proven=proven
    )
    context = _around(request, conversation.customer_id, found.more, clock_for(conversation))
    shown = [
        Shown(one, one.pk in found.spoken, {**acts(request, one), "conversation": str(conversation.pk)})
        for one in found.orders
    ]
    return render(request, "desk/orders/_card.html", {**context, "orders": shown, "others": found.others})


@require_GET
def of_customer(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Show the newest orders of a customer on their page."""
    customer = get_customer(request.agent.workspace_id, customer_id)
    found = card_of(customer.workspace_id, customer_id=customer.pk, numbers=[])
    context = _around(request, customer.pk, found.more, clock_of_customer(customer))
    return render(
        request,
        "desk/orders/_card.html",
        {**context, "orders": [Shown(one, acts=acts(request, one)) for one in found.orders], "others": []},
    )


def _around(request: AgentRequest, customer_id: int, more: bool, clock: Any) -> dict[str, Any]:
    return {
        "customer_id": customer_id,
        "more": more,
        "clock": clock,
        "zone": request.agent.time_zone,
        "may_connect": request.agent.can_lead,
        "words": Say,
    }


@require_GET
def orders(request: AgentRequest) -> HttpResponse:
    """List orders, the newest first; `customer` narrows them to one's, `q` to what a search found."""
    workspace_id = request.agent.workspace_id
    q, cursor = request.GET.get("q", "").strip()[:200], request.GET.get("cursor", "")[:200]
    number = number_in(request, "customer")
    customer = get_customer(workspace_id, number) if number else None
    place = decode(cursor, (datetime, int)) if cursor else None
    page = order_page(
        workspace_id,
        customer_id=customer.pk if customer else None,
        q=q,
        after=(place[0], place[1]) if place else None,
        limit=MOST,
        whole=False,
    )
    known = customers_of(workspace_id).in_bulk([one.customer_id for one in page.items if one.customer_id])
    following = encode([page.next[0].isoformat(), page.next[1]]) if page.next else ""
    context = {
        "rows": [(Shown(one), known.get(one.customer_id or 0)) for one in page.items],
        "next": following,
        "q": q,
        "customer": customer,
        "has_shops": bool(page.items) or shops_of(workspace_id).exists(),
        "may_connect": request.agent.can_lead,
    }
    return render(request, "desk/orders/list.html", frame(request, section="orders", **context))


@require_GET
def order(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show one order whole."""
    found = order_by_id(request.agent.workspace_id, order_id)
    customer = (
        customers_of(found.workspace_id).filter(pk=found.customer_id).first() if found.customer_id else None
    )
    clock = clock_of_customer(customer) if customer else None
    context = {
        "one": Shown(found, acts=acts(request, found)),
        "panel": panel_of(found),
        "customer": customer,
        "clock": clock,
        "title": found.number,
    }
    return render(request, "desk/orders/page.html", frame(request, section="orders", **context))


@require_GET
def border(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show what is due at an order's border: who pays what, when and to whom."""
    found = order_by_id(request.agent.workspace_id, order_id)
    told = landed_for_order(found)
    context = {
        "border": Border(told) if told else None,
        "sends_from": terms_of(found.workspace_id, found.brand_id).sends_from,
        "may_lead": request.agent.can_lead,
    }
    return render(request, "desk/orders/_border.html", context)


@require_GET
def promise(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show between which days an order is with its customer, and by what that is said."""
    found = promise_for_order(order_by_id(request.agent.workspace_id, order_id))
    context = {"promised": Promised(found) if found else None, "may_lead": request.agent.can_lead}
    return render(request, "desk/orders/_promise.html", context)
