"""How a brand addresses its customers: a form for each language, and for a market where that differs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language import phrasebook
from dragoman.core.language.manners import POLITE, forms_of
from dragoman.core.language.own_phrases import own_of
from dragoman.ground.design.functions import language_name
from dragoman.kit.variants import key_of, parted

from ...request import AgentRequest
from ..languages import language_choices
from ..places import leads_only, show
from ..texts.forms import MARKETS, market_choices
from .views import get_brand_of

SAMPLES = ("ask_photo", "anything_else", "thanks_for_contacting")
MOST = 200


@dataclass(frozen=True)
class Row:
    """One language and market: the forms it offers, the chosen one, and a sentence in it."""

    language: str
    market: str
    forms: Mapping[str, str]
    chosen: str
    sample: str


@dataclass(frozen=True)
class Other:
    """A form for one country as it was chosen: the country, and language and form as `de:casual`."""

    market: str = ""
    form: str = ""

    @property
    def entry(self) -> dict[str, str]:
        """Return it as a brand keeps it; nothing where it is not whole."""
        language, _colon, form = self.form.partition(":")
        return {key_of(language, self.market): form} if self.market and form else {}

    @property
    def problem(self) -> str:
        """Say what is missing."""
        if self.market and not self.form:
            return _("Choose the form of address for this country, too.")
        return _("Choose the country it holds in, too.") if self.form and not self.market else ""


@require_http_methods(["GET", "POST"])
@leads_only
def manners(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show and store a brand's forms of address."""
    known = get_brand_of(request, brand_id)
    registers, other = known.registers, Other()
    if request.method == "POST":
        registers, other = registers_in(request.POST), other_in(request.POST)
        if not other.problem:
            change_brand(known, changes={"registers": {**registers, **other.entry}})
            messages.success(request, _("The forms of address are saved."))
            return redirect("settings_brand_manners", known.pk)
    offering = [tag for tag in workspace_facts(known.workspace_id).languages if forms_of(tag)]
    return show(
        request,
        "brand_manners.html",
        place="brands",
        status=422 if other.problem else 200,
        up=f"/settings/brands/{known.pk}",
        known=known,
        rows=_rows(known, registers, offering),
        other=other,
        languages=language_choices(offering),
        markets=market_choices(),
        forms=[(tag, form, name) for tag in offering for form, name in forms_of(tag).items()],
    )


def registers_in(posted: QueryDict) -> dict[str, str]:
    """Return the forms that a form chose; the polite one needs no entry but where it differs from the language's."""
    columns = [posted.getlist(name) for name in ("language", "market", "register")]
    found: dict[str, str] = {}
    for language, market, form in list(zip(*columns, strict=False))[:MOST]:
        if form not in forms_of(language) or (market and market not in MARKETS):
            continue
        if form != POLITE or market:
            found[key_of(language, market)] = form
    return found


def other_in(posted: QueryDict) -> Other:
    """Return what was chosen for one country; what is no choice counts as none."""
    market, chosen = posted.get("other_market", ""), posted.get("other_form", "")
    language, _colon, form = chosen.partition(":")
    return Other(market if market in MARKETS else "", chosen if form in forms_of(language) else "")


def _rows(known: Brand, registers: Mapping[str, str], offering: list[str]) -> list[Row]:
    places = [(tag, "") for tag in sorted(offering, key=lambda tag: language_name(tag).casefold())]
    places += [parted(key) for key in sorted(registers) if parted(key)[1]]
    return [_row(known, registers, language, market) for language, market in places]


def _row(known: Brand, registers: Mapping[str, str], language: str, market: str) -> Row:
    forms = forms_of(language)
    chosen = registers.get(key_of(language, market), POLITE)
    register = "" if chosen == POLITE else chosen
    own = own_of(known.workspace_id, known.pk)
    key = next(
        (one for one in SAMPLES if not register or register in phrasebook.ours(one, language)), SAMPLES[0]
    )
    said = phrasebook.wording(key, language, register=register, own=own)
    return Row(language, market, forms, chosen, said[1]["other"] if said else "")
