"""Returns: what each brand takes back of its own will, beside the law of each market it sells to."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.routes import sending_mailbox
from dragoman.core.playbooks.queries import markets_of, told
from dragoman.ground.design.functions import format_list, language_name, market_name
from dragoman.kit import tags
from dragoman.kit.errors import Refusal
from dragoman.service.returns.actions.policies import remove_return_policy, set_return_policy
from dragoman.service.returns.actions.portal import set_portal
from dragoman.service.returns.below_the_law import laws_of_markets, markets_above
from dragoman.service.returns.entry import portal_of
from dragoman.service.returns.law_words import Buttons, buttons_in
from dragoman.service.returns.models import Method, Payer, ReturnPlace, ReturnPolicy, ReturnPortal, Starts
from dragoman.service.returns.places import places_of
from dragoman.service.returns.queries import policies_of

from ...market_lines import lines
from ...market_words import Line
from ...request import AgentRequest
from ..house.views import get_brand_of
from ..places import leads_only, show
from .forms import PolicyForm

_KINDS = ("withdrawal", "refund_deadline", "return_cost")


@dataclass(frozen=True)
class Beside:
    """A market's law in lines, with its article and whether somebody read it."""

    country: str
    lines: list[Line]
    law: str
    verified: bool


@dataclass(frozen=True)
class Portal:
    """A brand's return portal: what was decided, where it is, whether codes and receipts can be mailed."""

    chosen: ReturnPortal
    page: str
    can_mail: bool
    language: str

    @property
    def link(self) -> str:
        """Return HTML that leads customers to it."""
        return f'<a href="{self.page}">{_("Return something")}</a>'

    @property
    def button(self) -> str:
        """Return HTML of the button that European law asks for, in the brand's language."""
        words = buttons_in(self.language).withdraw
        return f'<a href="{self.page}withdraw?locale={self.language}">{words}</a>'

    @property
    def block(self) -> str:
        """Return the address of the policy as a piece of HTML, for one country and language."""
        return f"{self.page}policy/block?country=DE&lang=de"


@require_http_methods(["GET"])
@leads_only
def returns(request: AgentRequest) -> HttpResponse:
    """Show every brand's policies, and the law of its markets beside them."""
    brands = [
        (brand, _rows(brand), _laws(brand), _portal(request, brand), list(_places(brand)))
        for brand in brands_of(request.agent.workspace_id)
    ]
    return show(request, "returns.html", place="returns", brands=brands, labels=_labels())


@require_POST
@leads_only
def portal(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Open or close a brand's return portal, and say what customers may wish for."""
    set_portal(
        request.agent.workspace_id,
        agent=request.agent,
        brand_id=get_brand_of(request, brand_id).pk,
        is_open="is_open" in request.POST,
        offers_exchange="offers_exchange" in request.POST,
        offers_credit="offers_credit" in request.POST,
    )
    messages.success(request, _("The return portal is set."))
    return redirect("settings_returns")


@require_http_methods(["GET", "POST"])
@leads_only
def policy(request: AgentRequest, brand_id: int, policy_id: int = 0) -> HttpResponse:
    """Add or change a policy of a brand; one below the law is refused with the article."""
    brand = get_brand_of(request, brand_id)
    known = policies_of(brand.workspace_id, brand_id=brand.pk).filter(pk=policy_id).first()
    initial = (
        _initial(known) if known else {"days": 30, "methods": [Method.OWN_CARRIER], "starts": Starts.DELIVERY}
    )
    form = PolicyForm(request.POST or None, initial=initial, brand=brand)
    if request.method == "POST" and form.is_valid():
        try:
            made = set_return_policy(
                brand.workspace_id,
                agent=request.agent,
                brand_id=brand.pk,
                facts=form.facts(),
                policy_id=policy_id or None,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The return policy is saved. It holds for what is asked from now on.")
            )
            above = markets_above(made, laws_of_markets(brand.workspace_id, brand.pk))
            if above:
                messages.warning(request, law_gives_more(above))
            return redirect("settings_returns")
    return show(
        request,
        "return_policy.html",
        place="returns",
        status=422 if form.errors else 200,
        form=form,
        known=known,
        brand=brand,
        up="/settings/returns",
    )


@require_POST
@leads_only
def remove(request: AgentRequest, policy_id: int) -> HttpResponse:
    """Take a policy away."""
    remove_return_policy(request.agent.workspace_id, agent=request.agent, policy_id=policy_id)
    messages.success(request, _("The return policy is removed. What the law gives stays."))
    return redirect("settings_returns")


def _labels() -> list[tuple[str, str, Buttons]]:
    """Return (language, its name, the words on the two buttons), the law's own first."""
    known = [(one, language_name(one), buttons_in(one)) for one in tags.LANGUAGES]
    return sorted(known, key=lambda row: (row[2].source is None, row[1]))


def _portal(request: AgentRequest, brand: Brand) -> Portal:
    base = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    page = base + reverse("returns_start", args=[brand.slug])
    language = tags.match(brand.language, tags.LANGUAGES) or "en"
    return Portal(portal_of(brand), page, _can_mail(brand), language)


def _can_mail(brand: Brand) -> bool:
    return bool(settings.MAIL_URL) or sending_mailbox(brand.workspace_id, brand.pk) is not None


def _places(brand: Brand) -> QuerySet[ReturnPlace]:
    return places_of(brand.workspace_id, brand_id=brand.pk)


def law_gives_more(markets: list[str]) -> str:
    """Say where the law holds in the place of a policy that gives less."""
    named = format_list(market_name(one) for one in markets)
    return _("In these markets the law gives more, and holds instead: %(markets)s.") % {"markets": named}


def _rows(brand: Brand) -> list[tuple[ReturnPolicy, str]]:
    """Return a brand's policies, each with where the law gives more."""
    laws = laws_of_markets(brand.workspace_id, brand.pk)
    rows = [(row, markets_above(row, laws)) for row in policies_of(brand.workspace_id, brand_id=brand.pk)]
    return [(row, law_gives_more(above) if above else "") for row, above in rows]


def _laws(brand: Brand) -> list[Beside]:
    today = timezone.now().date()
    found = []
    for market in markets_of(brand.workspace_id, brand.pk):
        known = told(brand.workspace_id, brand.pk, market.country, on=today)
        facts = [fact for kind in _KINDS if (fact := known[kind].fact)]
        told_lines = [line for fact in facts for line in lines(fact.value)]
        first = known["withdrawal"].fact
        found.append(
            Beside(
                market.country, told_lines, first.law if first else "", all(fact.verified for fact in facts)
            )
        )
    return found


def _initial(row: ReturnPolicy) -> dict[str, object]:
    plain = ("name", "days", "starts", "country", "category", "payer", "methods", "excludes", "refund_days")
    return {
        **{name: getattr(row, name) for name in plain},
        "segment": row.segment_id or "",
        "payer": Payer(row.payer),
    }
