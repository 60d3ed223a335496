"""`/returns/<brand>/`: an order's number and an address or phone, then a code by mail; no order looks alike."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.numbers import number_key
from dragoman.core.playbooks.queries import markets_of
from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.front.portal.chat.post import can_mail
from dragoman.kit.errors import NotFound
from dragoman.service.returns.actions.entry import ask_code, use_code
from dragoman.service.returns.errors import CodeOver, WrongCode
from dragoman.service.returns.finding import get_return
from dragoman.service.returns.gifts import read_gift_token, takes_gifts

from .door import (
    CODES_PER_ADDRESS,
    LOOKS_PER_ADDRESS,
    LOOKS_PER_NUMBER,
    Visit,
    at_portal,
    let_in,
    let_out,
    page,
    pass_of,
    read_link,
)
from .law_words import ARREPENTIMIENTO, EUROPE, withdraw_words
from .words import CODE_OVER, WRONG_CODE


# nothing is changed for whoever has a cookie: another site's form can only ask for a mail, which is paced
@csrf_exempt
@require_http_methods(["GET", "POST"])
@at_portal
def start(visit: Visit) -> HttpResponse:
    """Ask whose order it is; send a code where there is one, and say so in any case."""
    if visit.request.method == "GET" or not visit.portal.is_open:
        return _start(visit)
    number, contact = visit.posted("number", 80), visit.posted("contact", 254)
    problems = {}
    if not number_key(number):
        problems["number"] = _("Give the number of your order. It stands in the mail that confirmed it.")
    if len(contact) < 3:
        problems["contact"] = _("Give the e-mail address or the phone number of your order.")
    if problems:
        return _start(visit, status=422, problems=problems)
    try:
        count(
            (LOOKS_PER_ADDRESS, visit.address), (LOOKS_PER_NUMBER, f"{visit.brand.pk}:{number_key(number)}")
        )
    except TooFast as fast:
        return _start(visit, status=429, problem=str(fast))
    asked = ask_code(visit.brand, number=number, contact=contact, language=get_language() or "en")
    return page(visit, "code.html", handle=asked.handle, number=number, contact=contact)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@at_portal
def code(visit: Visit) -> HttpResponse:
    """Take the code, and open the order; a reader who only reloads begins anew."""
    if visit.request.method == "GET":
        return redirect(visit.to("start"))
    handle, said = visit.posted("handle", 64), visit.posted("code", 40)
    try:
        count((CODES_PER_ADDRESS, visit.address))
        order_id = use_code(visit.brand, handle=handle, code=said)
    except WrongCode as wrong:
        return page(
            visit,
            "code.html",
            status=wrong.status,
            handle=handle,
            problem=WRONG_CODE,
            number=visit.posted("number", 80),
            contact=visit.posted("contact", 254),
        )
    except CodeOver as over:
        return _start(visit, status=over.status, problem=CODE_OVER)
    except TooFast as fast:
        return _start(visit, status=fast.status, problem=str(fast))
    return let_in(visit, order_id, to=visit.to("order"))


@require_http_methods(["GET"])
@at_portal
def link(visit: Visit, token: str) -> HttpResponse:
    """Open the return whose mail holds the link: the mail went to the order's own address."""
    made = get_return(visit.brand.workspace_id, read_link(visit.brand, "return", token))
    return let_in(visit, made.order_id, to=visit.to("status", made.pk), gift=made.gift)


@require_http_methods(["GET"])
@at_portal
def gift(visit: Visit, token: str) -> HttpResponse:
    """Open an order to whoever was given its goods, while the brand takes gifts back."""
    order_id = read_gift_token(visit.brand, token)
    if order_id is None or not takes_gifts(visit.portal):
        raise NotFound
    return let_in(visit, order_id, to=visit.to("order"), gift=True)


@require_POST
@at_portal
def leave(visit: Visit) -> HttpResponse:
    """Forget the order in this browser."""
    return let_out(visit)


def _start(
    visit: Visit, *, status: int = 200, problem: str = "", problems: dict[str, str] | None = None
) -> HttpResponse:
    seen = pass_of(visit)
    return page(
        visit,
        "start.html",
        status=status,
        problem=problem,
        problems=problems or {},
        number=visit.posted("number", 80) or visit.request.GET.get("number", "").strip()[:80],
        contact=visit.posted("contact", 254),
        order=seen.order if seen else None,
        is_over="over" in visit.request.GET,
        is_open=visit.portal.is_open,
        can_mail=can_mail(visit.brand),
        **buttons(visit),
    )


def buttons(visit: Visit, order: Order | None = None) -> dict[str, Any]:
    """Return which buttons of withdrawal stand there, by the order's country or the one the link names, else by the
    brand's markets.

    A brand that chose no market may sell anywhere: its European customers must find theirs.
    """
    country = (order.country if order else "") or visit.country
    countries = {country} - {""} or {
        one.country for one in markets_of(visit.brand.workspace_id, visit.brand.pk)
    }
    in_argentina = "AR" in countries
    in_europe = not countries or bool(countries & EUROPE)
    return {
        "withdraw_words": withdraw_words() if in_europe else "",
        "arrepentimiento": ARREPENTIMIENTO if in_argentina else "",
    }
