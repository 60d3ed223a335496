"""Coming in: which brand, in which language and market, and what every page of the help centre needs."""

import gzip
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from dragoman.core.accounts.help import HelpSettings, help_settings
from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.core.knowledge.addresses import help_path, parted_place, place_of
from dragoman.core.knowledge.published import places_spoken
from dragoman.core.knowledge.queries import reader_of
from dragoman.core.texts.chain import Reader
from dragoman.front.portal.chat.limits import TooFast
from dragoman.front.portal.languages import language_asked, portal_language
from dragoman.front.portal.returns.door import gone
from dragoman.ground.design.functions import language_name
from dragoman.kit import tags
from dragoman.kit.errors import NotFound
from dragoman.kit.memo import Memo
from dragoman.kit.workspace import acting_in
from dragoman.service.returns.entry import portal_of

from .json_ld import as_script
from .theme import theme_name

COOKIE: Final = "help_visit"
_ROBOTS: Final = ("bot", "crawl", "spider", "slurp", "preview", "monitor", "curl", "python", "headless")
_NUMBER_LENGTH: Final = 22
# smaller answers grow by being packed
_WORTH_PACKING: Final = 800
_spoken: Memo[int, tuple[tuple[str, str], ...]] = Memo(seconds=20)
_Rest = ParamSpec("_Rest")


@dataclass(frozen=True)
class Tongue:
    """A language, in a market where it has words of its own, that the reader may change to."""

    place: str
    language: str
    name: str
    dir: str
    path: str
    current: bool


@dataclass
class Visit:
    """A request at a brand's help centre; `key` names the article or path that a change of language stays on."""

    request: HttpRequest
    brand: Brand
    language: str
    market: str

    @property
    def address(self) -> str:
        """Return the IP address it came from."""
        return str(self.request.META.get("REMOTE_ADDR", ""))

    @cached_property
    def settings(self) -> HelpSettings:
        """Return what the brand decided about its help centre."""
        return help_settings(self.brand)

    @cached_property
    def reader(self) -> Reader:
        """Return for whom texts are looked for."""
        return reader_of(self.brand, self.language, self.market)

    @property
    def place(self) -> str:
        """Return the language part of its addresses, such as de-AT."""
        return place_of(self.language, self.market)

    @property
    def locale(self) -> str:
        """Return the language of the words around: one of those the portal speaks."""
        return portal_language(self.language)

    @property
    def base(self) -> str:
        """Return scheme and host that addresses begin with outside of a page."""
        return base_of(self.request, self.brand)

    @cached_property
    def has_returns(self) -> bool:
        """Say whether customers of this brand return by themselves."""
        return portal_of(self.brand).is_open

    def to(self, key: str = "") -> str:
        """Return the path of an article, or of the first page."""
        return help_path(self.brand.slug, self.language, key, market=self.market)

    def shelf(self, key: str) -> str:
        """Return the path of a category."""
        return f"{self.to()}topics/{key}/"

    @cached_property
    def is_counted(self) -> bool:
        """Say whether this visit may be counted: the brand counts, the reader did not object, no robot looks."""
        ask = self.request.headers
        objects = ask.get("DNT") == "1" or ask.get("Sec-GPC") == "1"
        return self.settings.measure and not objects and not self.is_robot

    @cached_property
    def is_robot(self) -> bool:
        """Say whether a program says of itself that it is one."""
        said = self.request.headers.get("User-Agent", "").lower()
        return any(word in said for word in _ROBOTS)

    @cached_property
    def number(self) -> str:
        """Return the random number of this browser session, a new one for a new session; "" where none is kept."""
        if not self.is_counted:
            return ""
        kept = self.request.COOKIES.get(COOKIE, "")
        return kept if len(kept) == _NUMBER_LENGTH and kept.isascii() else secrets.token_urlsafe(16)

    def tongues(self, path: str = "") -> list[Tongue]:
        """Return the languages of the help centre, each leading to this same page in it."""
        spoken = [*spoken_at(self.brand), (self.brand.language, "")]
        here = (self.language, self.market)
        places = dict.fromkeys(place_of(*one) for one in (here, *spoken))
        by_place = {place_of(*one): one for one in (*spoken, here)}
        order = {tag: at for at, tag in enumerate(tags.LANGUAGES)}
        known = sorted(places, key=lambda one: (order.get(by_place[one][0], 99), one))
        return [self._tongue(place, by_place[place][0], path) for place in known]

    def _tongue(self, place: str, language: str, path: str) -> Tongue:
        return Tongue(
            place=place,
            language=language,
            name=own_name(place),
            dir=tags.direction(language),
            path=f"/help/{self.brand.slug}/{place}/{path}",
            current=place == self.place,
        )


def own_name(place: str) -> str:
    """Return what a language, of a market where the place names one, is called in itself."""
    name = language_name(place, place)
    return name[:1].upper() + name[1:]


def base_of(request: HttpRequest, brand: Brand) -> str:
    """Return scheme and host of a brand's help centre as the outside knows it: its own, else the installation's."""
    if domain := help_settings(brand).domain:
        return f"https://{domain}"
    return settings.BASE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def spoken_at(brand: Brand) -> tuple[tuple[str, str], ...]:
    """Return (language, market) of everything that readers may see, at most 20 s old."""
    return _spoken.get(brand.pk, lambda: tuple(places_spoken(brand))) or ()


View = Callable[Concatenate[Visit, _Rest], HttpResponseBase]


def at_help(view: View[_Rest]) -> Callable[..., HttpResponseBase]:
    """Find the brand, act in its workspace, speak the language of the address; an address said otherwise moves on."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, brand: str, place: str, *args: _Rest.args, **kwargs: _Rest.kwargs
    ) -> HttpResponseBase:
        found = find_brand(brand)
        if found is None:
            with translation.override(language_asked(request)):
                return gone(request)
        with acting_in(found.workspace_id):
            spoken = tuple(language for language, _market in spoken_at(found))
            language, market = parted_place(place, (*tags.LANGUAGES, *spoken))
            if not language:
                visit = Visit(request, found, language_asked(request), "")
                with translation.override(visit.locale):
                    return missing(visit)
            visit = Visit(request, found, language, _market_asked(request) or market)
            if visit.place != place and request.method in ("GET", "HEAD"):
                return _moved(visit, place)
            with translation.override(visit.locale):
                try:
                    return view(visit, *args, **kwargs)
                except NotFound:
                    return missing(visit)
                except TooFast as fast:
                    return page(visit, "slow.html", status=429, problem=str(fast), noindex=True)

    return answer


def _market_asked(request: HttpRequest) -> str:
    said = request.GET.get("market", "").strip().upper()
    return said if tags.is_market(said) else ""


def _moved(visit: Visit, place: str) -> HttpResponse:
    """Lead to the one address of a language and market; the market goes from the question into the path."""
    request = visit.request
    start = f"/help/{visit.brand.slug}/"
    rest = request.path.removeprefix(f"{start}{place}/")
    asked = request.GET.copy()
    asked.pop("market", None)
    query = f"?{asked.urlencode()}" if asked else ""
    # made of our own brand and language; the rest is the path that was asked for on this host
    return redirect(f"{start}{visit.place}/{rest}{query}", permanent="market" not in request.GET)


def page(visit: Visit, template: str, *, path: str = "", status: int = 200, **facts: Any) -> HttpResponse:
    """Render a page of the help centre; `path` is what a change of language keeps of the address."""
    shared = {
        "visit": visit,
        "brand": visit.brand,
        "tongues": visit.tongues(path),
        "theme": theme_name(visit.brand.colour),
        "path": path,
        "words": "",
        "as_script": as_script,
    }
    made = render(visit.request, f"portal/help/{template}", {**shared, **facts}, status=status)
    made["Content-Language"] = visit.place
    made["Cache-Control"] = "private, no-cache"
    made["Referrer-Policy"] = "same-origin"
    return packed(visit.request, made)


def keep_number(visit: Visit, response: HttpResponse) -> HttpResponse:
    """Let the browser keep the number of its session until it closes, where something of it is counted."""
    if visit.number and visit.request.COOKIES.get(COOKIE) != visit.number:
        response.set_cookie(
            COOKIE,
            visit.number,
            path=f"/help/{visit.brand.slug}/",
            secure=visit.request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress an answer for who takes it: nothing secret stands in these pages that its length could tell."""
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", "") and len(response.content) > _WORTH_PACKING:
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response


def missing(visit: Visit) -> HttpResponse:
    """Say that there is nothing at an address, with a search that may find it."""
    return page(visit, "missing.html", status=404)
