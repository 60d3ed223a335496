"""Coming in: which brand, in which language, and by whom an order may be seen, which a signed cookie tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.core.commerce.models import Order
from dragoman.front.portal.chat.limits import Pace
from dragoman.front.portal.languages import language_asked, portal_languages
from dragoman.kit import tags
from dragoman.kit.errors import NotFound
from dragoman.kit.workspace import acting_in
from dragoman.service.returns.entry import entered_order, portal_of
from dragoman.service.returns.models import ReturnPortal

LOOKS_PER_ADDRESS: Final = Pace("returns-ip", 30, 600)
LOOKS_PER_NUMBER: Final = Pace("returns-number", 10, 3600)
CODES_PER_ADDRESS: Final = Pace("returns-code", 40, 600)
DECLARED_PER_ADDRESS: Final = Pace("returns-declared", 20, 3600)
DECLARED_PER_MAILBOX: Final = Pace("returns-declared-to", 10, 3600)
# drawing photos anew is work
PHOTOS_PER_ADDRESS: Final = Pace("returns-photos", 30, 600)
_ENTRY_SALT: Final = "dragoman.portal.returns.entry"
_LINK_SALT: Final = "dragoman.portal.returns.link"
_GIFT: Final = "gift"
PASS_SECONDS: Final = 2 * 3600
LINK_SECONDS: Final = 120 * 24 * 3600
_Rest = ParamSpec("_Rest")


@dataclass(frozen=True)
class Visit:
    """A request at a brand's portal."""

    request: HttpRequest
    brand: Brand
    portal: ReturnPortal

    @property
    def address(self) -> str:
        """Return the IP address it came from."""
        return str(self.request.META.get("REMOTE_ADDR", ""))

    @property
    def country(self) -> str:
        """Return the country that the address names, "" for none."""
        said = self.request.GET.get("country", "").strip().upper()
        return said if tags.is_market(said) else ""

    @property
    def keep(self) -> str:
        """Return the part of an address by which the language, once chosen, goes along."""
        asked = self.request.GET
        wanted = {"locale": asked.get("locale") or asked.get("lang"), "country": asked.get("country")}
        said = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(said)}" if said else ""

    def to(self, name: str, *args: object) -> str:
        """Return an address of this brand's portal."""
        return reverse(f"returns_{name}", args=[self.brand.slug, *args]) + self.keep

    def posted(self, name: str, most: int) -> str:
        """Return a field of the form, at most so long."""
        return self.request.POST.get(name, "").strip()[:most]


def at_portal(
    view: Callable[Concatenate[Visit, _Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Find the brand, act in its workspace, speak the reader's language; 404 for a brand there is none of."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, brand: str, *args: _Rest.args, **kwargs: _Rest.kwargs
    ) -> HttpResponseBase:
        found = find_brand(brand)
        with translation.override(_language(request)):
            if found is None:
                return gone(request)
            with acting_in(found.workspace_id):
                visit = Visit(request, found, portal_of(found))
                try:
                    return view(visit, *args, **kwargs)
                except NotFound:
                    return page(visit, "gone.html", status=404)

    return answer


def gone(request: HttpRequest) -> HttpResponse:
    """Say in the reader's language that there is no such shop."""
    return render(request, "portal/no_shop.html", {"languages": portal_languages()}, status=404)


def _language(request: HttpRequest) -> str:
    """Return the reader's language; `lang` is what shops write into their links."""
    asked = request.GET.get("lang", "")
    return (tags.match(asked, tags.LANGUAGES) if asked else None) or language_asked(request)


def page(
    visit: Visit, template: str, *, status: int = 200, cached: bool = False, **facts: Any
) -> HttpResponse:
    """Render a page of the portal; nobody else keeps a copy of it, unless it says the same to everybody."""
    shared: Mapping[str, Any] = {"visit": visit, "brand": visit.brand, "languages": portal_languages()}
    made = render(visit.request, f"portal/returns/{template}", {**shared, **facts}, status=status)
    made["Cache-Control"] = "public, max-age=300" if cached else "no-store"
    made["Referrer-Policy"] = "same-origin"
    made["Vary"] = "Accept-Language, Cookie"
    return made


def let_in(visit: Visit, order_id: int, *, to: str, gift: bool = False) -> HttpResponse:
    """Send the browser on with a pass to one order, which it keeps for two hours; `gift`: without its prices."""
    answer = redirect(to)
    answer.set_cookie(
        _cookie(visit),
        signing.dumps([visit.brand.slug, order_id, *([_GIFT] if gift else [])], salt=_ENTRY_SALT),
        max_age=PASS_SECONDS,
        path=f"/returns/{visit.brand.slug}/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    answer["Cache-Control"] = "no-store"
    return answer


def ask_again(visit: Visit) -> HttpResponse:
    """Send whoever has no pass, or one that is over, to where they get one, and say so there."""
    address = visit.to("start")
    return redirect(f"{address}{'&' if '?' in address else '?'}over=1")


def let_out(visit: Visit) -> HttpResponse:
    """Take the pass away."""
    answer = redirect(visit.to("start"))
    answer.delete_cookie(_cookie(visit), path=f"/returns/{visit.brand.slug}/")
    return answer


@dataclass(frozen=True)
class Pass:
    """What a browser may see: an order; `gift`: as whoever was given its goods, who learns no price and no name."""

    order: Order
    gift: bool = False


def pass_of(visit: Visit) -> Pass | None:
    """Return what the browser's pass opens, the order with its parts; None without a good one."""
    try:
        slug, order_id, *more = signing.loads(
            visit.request.COOKIES.get(_cookie(visit), ""), salt=_ENTRY_SALT, max_age=PASS_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = entered_order(visit.brand, int(order_id)) if slug == visit.brand.slug else None
    return Pass(found, gift=_GIFT in more) if found else None


def passed(visit: Visit) -> Order | None:
    """Return the order that the browser's pass opens to its buyer; None for everybody else."""
    found = pass_of(visit)
    return found.order if found and not found.gift else None


def sign_link(brand: Brand, kind: str, row_id: int) -> str:
    """Return the token of a link in a mail: the right to see one return (`return`, `gift`) or receipt (`receipt`)."""
    return signing.dumps([brand.slug, kind, row_id], salt=_LINK_SALT)


def read_link(brand: Brand, kind: str, token: str) -> int:
    """Return the id that a link leads to; raises NotFound for a foreign, changed or old one."""
    try:
        slug, said, row_id = signing.loads(token, salt=_LINK_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound from None
    if (slug, said) != (brand.slug, kind):
        raise NotFound
    return int(row_id)


def _cookie(visit: Visit) -> str:
    return f"returns-{visit.brand.slug}"
