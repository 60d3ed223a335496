"""Returning by oneself: which goods, by which way, a look at all of it, and done."""

import secrets
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from dragoman.core.commerce.models import Order
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions.requests import By, request_return
from dragoman.service.returns.entry import find_request
from dragoman.service.returns.finding import return_page
from dragoman.service.returns.gifts import gift_token, takes_gifts
from dragoman.service.returns.models import Return
from dragoman.service.returns.queries import duties_for, quote_for
from dragoman.service.returns.quoting import OWN_CARRIER, SELLER, Quote

from .choice import FAULTS, Choice, read_choice, wishes_of
from .door import Visit, ask_again, at_portal, page, pass_of
from .photos import AT_ONCE, keep_photos
from .shown import money_words, payer_words, rows_of, sums_of, ways_of
from .start import buttons
from .status import show
from .words import NO_MORE, REASONS, STATES, WHY, WISHES


@csrf_protect
@require_http_methods(["GET", "POST"])
@at_portal
def order(visit: Visit) -> HttpResponse:
    """Show a step of the return of the order that this browser may see; without a pass, begin anew."""
    seen = pass_of(visit)
    if seen is None or not visit.portal.is_open:
        return ask_again(visit) if visit.portal.is_open else redirect(visit.to("start"))
    found = seen.order
    whole = quote_for(found, at=timezone.now())
    left = {one.goods.line_id: one.goods.left for one in whole.answers}
    if visit.request.method == "GET":
        wish = wishes_of(visit.portal, gift=seen.gift)[0]
        fault = "fault" in visit.request.GET and not seen.gift
        begun = Choice(fault=fault, gift=seen.gift, wish=wish, key=secrets.token_urlsafe(24))
        return _items(visit, found, whole, begun)
    choice = read_choice(found, visit.request.POST, left=left, portal=visit.portal, gift=seen.gift)
    step = visit.posted("step", 10)
    before = find_request(found, choice.key) if step == "done" else None
    if before is not None:
        return redirect(visit.to("status", before.pk))
    if step == "items":
        return _items(visit, found, whole, choice)
    return _on(visit, found, whole, choice, step)


def _on(visit: Visit, order: Order, whole: Quote, choice: Choice, step: str) -> HttpResponse:
    """Go as far as the choice allows: what does not fit stands beside its field, on the step where it is."""
    if not choice.taken:
        choice.problems["take"] = _("Choose at least one thing to send back.")
    if choice.problems:
        return _items(visit, order, whole, choice)
    try:
        quote = quote_for(order, at=timezone.now(), asked=choice.asked)
    except Refusal as refusal:
        choice.problems["take"] = _told(refusal)
        return _items(visit, order, whole, choice)
    refused = [row for row in rows_of(order, quote, fault=choice.fault) if not row.open]
    if refused and step != "done":
        choice.problems.update({f"take-{row.line.pk}": row.reason for row in refused})
        return _items(visit, order, whole, choice)
    methods = _methods(quote, choice)
    if step == "done":
        return _done(visit, order, quote, choice)
    if step != "review" or choice.method not in methods:
        if step == "review":
            choice.problems["method"] = _("Choose how you send it back.")
        return _way(visit, order, quote, replace(choice, method=choice.method or methods[0]))
    return _review(visit, order, quote, choice)


def _methods(quote: Quote, choice: Choice) -> list[str]:
    found = [*quote.methods, *([OWN_CARRIER] if choice.fault else [])]
    return list(dict.fromkeys(found)) or [OWN_CARRIER]


def _items(visit: Visit, order: Order, whole: Quote, choice: Choice) -> HttpResponse:
    duties = None if choice.gift else duties_for(order, at=timezone.now())
    rows = rows_of(order, whole, fault=choice.fault)
    return page(
        visit,
        "items.html",
        status=422 if choice.problems else 200,
        order=order,
        rows=rows,
        is_open=any(row.open for row in rows),
        choice=choice,
        reasons=[(code, said) for code, said in WHY.items() if not choice.fault or code in FAULTS],
        wishes=[(code, WISHES[code]) for code in wishes_of(visit.portal, gift=choice.gift)],
        payer=payer_words(SELLER if choice.fault else whole.payer),
        money=[] if choice.gift else money_words(order, whole),
        law=whole.law,
        gift_link=_gift_link(visit, order, choice),
        duties=None if duties is None or duties.is_over(whole.day) else duties,
        returns=[(one, STATES[one.state]) for one in _returns(order) if one.gift == choice.gift],
        **({} if choice.gift else buttons(visit, order)),
    )


def _gift_link(visit: Visit, order: Order, choice: Choice) -> str:
    """Return the address a buyer hands on to whoever got the goods; "" where gifts do not come back."""
    if choice.gift or choice.fault or not takes_gifts(visit.portal):
        return ""
    token = gift_token(order, visit.brand, visit.portal)
    return visit.request.build_absolute_uri(reverse("returns_gift", args=[visit.brand.slug, token]))


def _way(visit: Visit, order: Order, quote: Quote, choice: Choice) -> HttpResponse:
    return page(
        visit,
        "way.html",
        status=422 if choice.problems else 200,
        order=order,
        choice=choice,
        ways=ways_of(_methods(quote, choice)),
        **_sum_facts(order, quote, choice),
    )


def _review(visit: Visit, order: Order, quote: Quote, choice: Choice, *, problem: str = "") -> HttpResponse:
    return page(
        visit,
        "review.html",
        status=409 if problem else 200,
        order=order,
        choice=choice,
        problem=problem,
        way=next(iter(ways_of([choice.method])), None),
        why={one.line.pk: WHY[one.why] for one in choice.taken if one.why in WHY},
        wish=WISHES[choice.wish],
        at_once=AT_ONCE,
        **_sum_facts(order, quote, choice),
    )


def _done(visit: Visit, order: Order, quote: Quote, choice: Choice) -> HttpResponse:
    """Open the return: the same form sent twice opens one."""
    try:
        made = request_return(
            order.workspace_id, order_id=order.pk, request=choice.request(), by=By("customer")
        )
    except Refusal as refusal:
        return _review(visit, order, quote, choice, problem=_told(refusal))
    problems = keep_photos(visit, made)
    return show(visit, made, problems=problems) if problems else redirect(visit.to("status", made.pk))


def _told(refusal: Refusal) -> str:
    """Say to a customer why it was refused."""
    reasons = [str(one["reason"]) for one in refusal.details.get("lines", ()) if one["reason"] in REASONS]
    return str(REASONS[reasons[0]] if reasons else NO_MORE)


def _sum_facts(order: Order, quote: Quote, choice: Choice) -> dict[str, Any]:
    return {
        "sums": sums_of(order, quote, choice),
        "values": {one.goods.line_id: one.goods.value for one in quote.answers},
        "payer": payer_words(SELLER if choice.fault else quote.payer),
        "money": [] if choice.gift else money_words(order, quote),
        "law": quote.law,
    }


def _returns(order: Order) -> list[Return]:
    return return_page(order.workspace_id, order_id=order.pk).items
