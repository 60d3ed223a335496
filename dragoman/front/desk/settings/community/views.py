"""Community: whether a brand has one, what waits for a person there, its spaces."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.routes import sending_mailbox
from dragoman.ground.design.functions import language_name
from dragoman.kit import tags
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.community.actions.places import SpaceWish, remove_space, set_community, set_space
from dragoman.service.community.models import Community, Space
from dragoman.service.community.queries import community_of, spaces_of

from ...request import AgentRequest, number_in
from ..house.views import get_brand_of
from ..places import leads_only, show


@dataclass(frozen=True)
class Row:
    """A brand with its community as the page shows it."""

    brand: Brand
    community: Community
    spaces: list[tuple[Space, str]]
    can_mail: bool

    @property
    def path(self) -> str:
        """Return where it is read."""
        return f"/community/{self.brand.slug}/"


@require_GET
@leads_only
def community(request: AgentRequest) -> HttpResponse:
    """Show each brand's community and its spaces."""
    rows = [
        Row(
            brand,
            community_of(brand),
            [(one, _name(one, brand.language)) for one in spaces_of(brand)],
            bool(settings.MAIL_URL) or sending_mailbox(brand.workspace_id, brand.pk) is not None,
        )
        for brand in brands_of(request.agent.workspace_id)
    ]
    return show(request, "community.html", place="community", rows=rows)


def _name(space: Space, language: str) -> str:
    names: dict[str, str] = space.names
    return names.get(language) or next(iter(names.values()), space.key)


@require_POST
@leads_only
def keep(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Open or close a brand's community, and say what waits for a person."""
    brand = get_brand_of(request, brand_id)
    try:
        set_community(
            request.agent.workspace_id,
            agent=request.agent,
            brand_id=brand.pk,
            is_on="is_on" in request.POST,
            first_posts=number_in(request, "first_posts"),
            stop_words=request.POST.get("stop_words", "")[:20_000].splitlines(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The community is set."))
    return redirect("settings_community")


@require_http_methods(["GET", "POST"])
@leads_only
def space(request: AgentRequest, brand_id: int, space_id: int = 0) -> HttpResponse:
    """Make or change a space."""
    brand = get_brand_of(request, brand_id)
    known = next((one for one in spaces_of(brand) if one.pk == space_id), None)
    if space_id and known is None:
        raise NotFound
    problem = ""
    if request.method == "POST":
        wish = _wish(request)
        try:
            set_space(
                request.agent.workspace_id,
                agent=request.agent,
                brand_id=brand.pk,
                wish=wish,
                space_id=space_id,
            )
            messages.success(request, _("The space is saved."))
            return redirect("settings_community")
        except Refusal as refusal:
            problem = str(refusal)
    else:
        wish = _as_wish(known) if known else SpaceWish("", {}, {})
    return show(
        request,
        "community_space.html",
        place="community",
        status=422 if problem else 200,
        up="/settings/community",
        brand=brand,
        known=known,
        wish=wish,
        problem=problem,
        tongues=[(one, language_name(one)) for one in _languages(brand)],
        others=[(one, language_name(one)) for one in tags.LANGUAGES],
    )


def _languages(brand: Brand) -> list[str]:
    """Return the languages a space is named in: the brand's first."""
    first = tags.match(brand.language, tags.LANGUAGES) or "en"
    return [first, *(one for one in tags.LANGUAGES if one != first)]


def _wish(request: AgentRequest) -> SpaceWish:
    given = request.POST
    return SpaceWish(
        key=given.get("key", "").strip()[:80],
        names={one: given.get(f"name-{one}", "") for one in tags.LANGUAGES if given.get(f"name-{one}")},
        abouts={one: given.get(f"about-{one}", "") for one in tags.LANGUAGES if given.get(f"about-{one}")},
        language=given.get("language", ""),
        position=min(number_in(request, "position"), 10_000),
        is_open="is_open" in given,
    )


def _as_wish(space: Space) -> SpaceWish:
    return SpaceWish(space.key, space.names, space.abouts, space.language, space.position, space.is_open)


@require_POST
@leads_only
def remove(request: AgentRequest, space_id: int) -> HttpResponse:
    """Remove an empty space."""
    try:
        remove_space(request.agent.workspace_id, space_id, agent=request.agent)
        messages.success(request, _("The space is removed."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("settings_community")
