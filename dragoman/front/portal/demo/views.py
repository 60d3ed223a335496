"""The demo's shop page: the widget in its natural place, and mail as a customer sends and gets it."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.front.portal.demo.people import Persona, find_mailbox_address, personas
from dragoman.front.portal.demo.post import can_send, mailbox_of, send_as_customer
from dragoman.front.portal.demo.shops import Shop, find_shop
from dragoman.kit.errors import Unavailable
from dragoman.kit.workspace import acting_in

# Two names of this machine are two origins to a browser.
OTHER_NAME = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


@dataclass(frozen=True)
class Visit:
    """One look at a shop: as whom, in which language, and where its mail goes."""

    shop: Shop
    brand: Brand
    people: list[Persona]
    me: Persona
    mailbox: str


# No cookie belongs on the shop's page, so no CSRF token; another site's form is told by Sec-Fetch-Site.
@csrf_exempt
@require_http_methods(["GET", "POST"])
def shop(request: HttpRequest, brand: str) -> HttpResponse:
    """Show the shop page; POST sends the e-mail form as the chosen customer."""
    found = find_brand(brand) if settings.DEMO else None
    page = find_shop(brand, request.GET.get("lang") or request.headers.get("Accept-Language", "")[:5])
    if found is None or page is None:
        raise Http404
    with acting_in(found.workspace_id):
        visit = _visit(request, page, found)
        if request.method == "POST":
            return _write(request, visit)
        if "mailbox" in request.GET:
            return render(request, "portal/demo/_mailbox.html", _facts(request, visit))
        return _with_policy(render(request, "portal/demo/shop.html", _facts(request, visit)), request)


def _visit(request: HttpRequest, page: Shop, brand: Brand) -> Visit:
    people = personas(brand, page.language)
    wanted = request.POST.get("who") or request.GET.get("who")
    me = next((one for one in people if one.address == wanted), people[0])
    return Visit(page, brand, people, me, find_mailbox_address(brand))


def _facts(request: HttpRequest, visit: Visit) -> dict[str, object]:
    return {
        "shop": visit.shop,
        "t": visit.shop.words,
        "people": visit.people,
        "me": visit.me,
        "can_mail": bool(visit.mailbox) and can_send(),
        "arrived": mailbox_of(visit.me.address),
        "outcome": request.GET.get("mail", ""),
        "origin": _widget_origin(request),
        "here": f"?{urlencode({'lang': visit.shop.language, 'who': visit.me.address})}",
    }


def _write(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return HttpResponse(status=403)
    text = request.POST.get("text", "").strip()
    outcome = "empty"
    if text and visit.mailbox:
        try:
            send_as_customer(
                visit.me.name,
                visit.me.address,
                to=visit.mailbox,
                subject=request.POST.get("subject", ""),
                text=text,
            )
            outcome = "sent"
        except Unavailable:
            outcome = "failed"
    query = urlencode({"lang": visit.shop.language, "who": visit.me.address, "mail": outcome})
    return HttpResponseRedirect(f"?{query}#mail")


def _widget_origin(request: HttpRequest) -> str:
    """Return where the widget comes from: another origin than the page's if possible, as in real shops."""
    if settings.BASE_URL:
        parts = urlsplit(settings.BASE_URL)
        return f"{parts.scheme}://{parts.netloc}"
    host = request.get_host()
    name, colon, port = host.partition(":")
    return f"{request.scheme}://{OTHER_NAME.get(name, name)}{colon}{port}"


def _with_policy(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Give the page the strictest policy a shop can have: our one origin for scripts and connections."""
    origin = _widget_origin(request)
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' {origin}",
        "connect-src": f"'self' {origin}",
        "style-src": "'self'",
        "img-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    response["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in rules.items())
    return response
