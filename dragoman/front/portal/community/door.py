"""Coming in: which brand's community, in which language, and which member by a signed cookie of ours alone."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.front.portal.chat.limits import Pace
from dragoman.front.portal.languages import language_asked, portal_languages
from dragoman.front.portal.returns.door import gone
from dragoman.kit import tags
from dragoman.kit.errors import NotFound
from dragoman.kit.workspace import acting_in
from dragoman.service.community.addresses import community_path
from dragoman.service.community.models import Community, Member
from dragoman.service.community.queries import community_of, find_member

CODES_PER_ADDRESS: Final = Pace("community-code", 15, 600)
TRIES_PER_ADDRESS: Final = Pace("community-try", 40, 600)
POSTS_PER_ADDRESS: Final = Pace("community-post-ip", 20, 3600)
POSTS_PER_MEMBER: Final = Pace("community-post", 8, 600)
CLICKS_PER_MEMBER: Final = Pace("community-click", 60, 600)
REPORTS_PER_ADDRESS: Final = Pace("community-report", 10, 3600)
TRANSLATIONS_PER_ADDRESS: Final = Pace("community-translate", 30, 600)
SEARCHES_PER_ADDRESS: Final = Pace("community-search", 60, 60)
_MEMBER_SALT: Final = "dragoman.portal.community.member"
_LINK_SALT: Final = "dragoman.portal.community.link"
PASS_SECONDS: Final = 30 * 24 * 3600
LINK_SECONDS: Final = 400 * 24 * 3600
_Rest = ParamSpec("_Rest")


@dataclass
class Visit:
    """A request at a brand's community, read in `language`."""

    request: HttpRequest
    brand: Brand
    community: Community
    language: str

    @property
    def address(self) -> str:
        """Return the IP address it came from."""
        return str(self.request.META.get("REMOTE_ADDR", ""))

    @cached_property
    def member(self) -> Member | None:
        """Return who reads, None for everybody who is not signed in."""
        return member_in(self.request, self.brand)

    @property
    def base(self) -> str:
        """Return scheme and host that addresses begin with outside of a page."""
        return settings.BASE_URL or f"{self.request.scheme}://{self.request.get_host()}"

    def to(self, rest: str = "") -> str:
        """Return the path of a page of this community in this language."""
        return community_path(self.brand.slug, self.language, rest)

    def posted(self, name: str, most: int) -> str:
        """Return a field of the form, at most so long."""
        return self.request.POST.get(name, "").strip()[:most]

    def tongues(self, rest: str = "") -> list[dict[str, Any]]:
        """Return the languages of the pages, each leading to this same page in it."""
        return [
            {**one, "path": community_path(self.brand.slug, one["tag"], rest), "current": one["tag"] == self.language}
            for one in portal_languages()
        ]  # fmt: skip


def at_community(
    view: Callable[Concatenate[Visit, _Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Find the brand and its community, act in its workspace, speak the address's language; else 404."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, brand: str, language: str, *args: _Rest.args, **kwargs: _Rest.kwargs
    ) -> HttpResponseBase:
        tag = tags.match(language, tags.LANGUAGES)
        found = find_brand(brand)
        with translation.override(tag or language_asked(request)):
            if found is None or tag is None:
                return gone(request)
            with acting_in(found.workspace_id):
                visit = Visit(request, found, community_of(found), tag)
                if not visit.community.is_on:
                    return page(visit, "closed.html", status=404)
                if tag != language and request.method == "GET":
                    return redirect(request.get_full_path().replace(f"/{language}/", f"/{tag}/", 1))
                try:
                    return view(visit, *args, **kwargs)
                except NotFound:
                    return page(visit, "gone.html", status=404)

    return answer


def start(request: HttpRequest, brand: str) -> HttpResponse:
    """Lead to the community in the reader's language."""
    made = redirect("community_home", brand, language_asked(request))
    patch_vary_headers(made, ["Accept-Language"])
    made["Cache-Control"] = "no-cache"
    return made


def page(visit: Visit, template: str, *, status: int = 200, rest: str = "", **facts: Any) -> HttpResponse:
    """Render a page; `rest` is its path behind the language, on which a change of language stays."""
    shared = {"visit": visit, "brand": visit.brand, "member": visit.member, "tongues": visit.tongues(rest)}
    made = render(visit.request, f"portal/community/{template}", {**shared, **facts}, status=status)
    made["Cache-Control"] = "no-store" if visit.member else "no-cache"
    made["Referrer-Policy"] = "same-origin"
    patch_vary_headers(made, ["Cookie"])
    return made


def members_only(
    view: Callable[Concatenate[Visit, Member, _Rest], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Send whoever is not signed in to where that is done, and then back."""

    @at_community
    @wraps(view)
    def guarded(visit: Visit, /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> HttpResponseBase:
        if visit.member is None:
            return to_join(visit)
        return view(visit, visit.member, *args, **kwargs)

    return guarded


def to_join(visit: Visit) -> HttpResponse:
    """Lead to signing in, and from there back."""
    request = visit.request
    back = request.get_full_path() if request.method == "GET" else visit.posted("back", 300)
    return redirect(f"{visit.to('join')}?{urlencode({'next': own_path(visit, back)})}")


def own_path(visit: Visit, said: str) -> str:
    """Return a path if it is one of this brand's community, else the first page."""
    mine = f"/community/{visit.brand.slug}/"
    return said if said.startswith(mine) and "//" not in said and "\\" not in said else visit.to()


def sign_in(visit: Visit, member: Member, *, to: str) -> HttpResponse:
    """Send the browser on with a pass that it keeps for thirty days."""
    answer = redirect(to)
    answer.set_cookie(
        cookie_of(visit.brand),
        signing.dumps([visit.brand.slug, member.pk, member.passes], salt=_MEMBER_SALT),
        max_age=PASS_SECONDS,
        path=f"/community/{visit.brand.slug}/",
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )
    answer["Cache-Control"] = "no-store"
    return answer


def sign_out(visit: Visit) -> HttpResponse:
    """Take the pass away."""
    answer = redirect(visit.to())
    answer.delete_cookie(cookie_of(visit.brand), path=f"/community/{visit.brand.slug}/")
    return answer


def member_in(request: HttpRequest, brand: Brand) -> Member | None:
    """Return the member whose pass a browser has; None for none, a changed, an old or a taken one."""
    try:
        slug, member_id, passes = signing.loads(
            request.COOKIES.get(cookie_of(brand), ""), salt=_MEMBER_SALT, max_age=PASS_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = find_member(brand, int(member_id)) if slug == brand.slug else None
    return found if found and found.passes == passes else None


def cookie_of(brand: Brand) -> str:
    """Return the name of the cookie that holds a member's pass."""
    return f"community-{brand.slug}"


def sign_link(brand: Brand, kind: str, row_id: int) -> str:
    """Return the token of a link in a mail: to stop mails (`stop`) or to a decision (`writer`, `reporter`)."""
    return signing.dumps([brand.slug, kind, row_id], salt=_LINK_SALT)


def read_link(brand: Brand, kinds: tuple[str, ...], token: str) -> tuple[str, int]:
    """Return (kind, id) of a link; raises NotFound for a foreign, changed or old one."""
    try:
        slug, said, row_id = signing.loads(token, salt=_LINK_SALT, max_age=LINK_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound from None
    if slug != brand.slug or said not in kinds:
        raise NotFound
    return str(said), int(row_id)


def link_to(brand: Brand, language: str, rest: str) -> str:
    """Return an address for a mail; without the address of the installation only its path."""
    return f"{settings.BASE_URL or ''}{reverse('community_home', args=[brand.slug, language])}{rest}"
