"""Texts that go out by themselves, in every language: signatures and the automatic answer. Trying stores nothing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_agent, change_brand
from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import brands_of, get_brand
from dragoman.core.accounts.signatures import SLOTS, signature_for
from dragoman.core.conversations.actions.acknowledge import Words, words_for
from dragoman.kit.errors import NotFound

from ...request import AgentRequest
from ..languages import language_choices
from ..places import leads_only, show
from .forms import AcknowledgeForm, Row, SignatureForm, TryForm, market_choices, rows_in, rows_of, texts_of

EMPTY_ROWS = 1
SLOTS_OF_ANSWER = ("name", "number", "brand")


def _brand(request: AgentRequest, brand_id: int) -> Brand:
    found = brands_of(request.agent.workspace_id).filter(pk=brand_id).first()
    if found is None:
        raise NotFound(_("There is no such brand."))
    return found


def _page(
    request: AgentRequest, template: str, *, form: TryForm, rows: Sequence[Row], **matter: object
) -> HttpResponse:
    return show(
        request,
        template,
        form=form,
        rows=[*rows, *(Row() for _row in range(EMPTY_ROWS))],
        languages=language_choices(),
        markets=market_choices(),
        **matter,  # type: ignore[arg-type]
    )


@require_http_methods(["GET", "POST"])
@leads_only
def brand_signatures(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show, try and store a brand's signatures."""
    known = _brand(request, brand_id)
    first = {"signature": known.signature, "try_language": known.language}
    form, rows = SignatureForm(request.POST or None, initial=first), rows_of(known.signatures)
    status, shown = 200, signature_for(known, request.agent, known.language)
    tried = known.language
    if request.method == "POST":
        rows = rows_in(request.POST)
        if form.is_valid():
            changes = {"signature": form.cleaned_data["signature"], "signatures": texts_of(rows)}
            if "try" not in request.POST:
                change_brand(known, changes=changes)
                messages.success(request, _("The signatures are saved."))
                return redirect("settings_brand_signatures", known.pk)
            tried = form.cleaned_data["try_language"]
            shown = signature_for(_with(known, changes), request.agent, tried)
        else:
            status = 422
    return _page(
        request,
        "signatures.html",
        form=form,
        rows=rows,
        status=status,
        place="brands",
        up=f"/settings/brands/{known.pk}",
        known=known,
        shown=shown,
        tried=tried,
        slots=SLOTS,
    )


def _with(known: Brand, changes: dict[str, object]) -> Brand:
    """Return the brand as it would be; nothing of it is stored."""
    for name, value in changes.items():
        setattr(known, name, value)
    return known


@require_http_methods(["GET", "POST"])
def my_signatures(request: AgentRequest) -> HttpResponse:
    """Show, try and store an agent's own signatures."""
    agent = request.agent
    team = agent.workspace.language
    form, rows, tried = TryForm(request.POST or None, initial={"try_language": team}), [], team
    rows = rows_of(agent.signatures)
    if request.method == "POST":
        rows = rows_in(request.POST)
        if "try" not in request.POST:
            change_agent(agent, changes={"signatures": texts_of(rows)})
            messages.success(request, _("Your signatures are saved."))
            return redirect("settings_signatures")
        tried = form.cleaned_data["try_language"] if form.is_valid() else team
    shown = _signed(agent, rows, tried)
    return _page(
        request, "my_signatures.html", form=form, rows=rows, place="signatures", shown=shown, tried=tried
    )


def _signed(agent: Agent, rows: Sequence[Row], language: str) -> str:
    as_if = Agent(name=agent.name, signatures=texts_of(rows))
    return signature_for(get_brand(agent.workspace_id), as_if, language)


@require_http_methods(["GET", "POST"])
@leads_only
def brand_acknowledgement(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Show, try and store what a first message is answered with."""
    known = _brand(request, brand_id)
    first = {"acknowledge": known.acknowledge, "try_language": known.language}
    form, rows = AcknowledgeForm(request.POST or None, initial=first), rows_of(known.acknowledgements)
    status, market, tried = 200, "", known.language
    if request.method == "POST":
        rows, status = rows_in(request.POST), 422
        if form.is_valid():
            status = 200
            changes = {"acknowledge": form.cleaned_data["acknowledge"], "acknowledgements": texts_of(rows)}
            if "try" not in request.POST:
                change_brand(known, changes=changes)
                messages.success(request, _("The automatic answer is saved."))
                return redirect("settings_brand_acknowledgement", known.pk)
            tried, market = form.cleaned_data["try_language"], form.cleaned_data["try_market"]
            known = _with(known, changes)
    return _page(
        request,
        "acknowledgement.html",
        form=form,
        rows=rows,
        status=status,
        place="brands",
        up=f"/settings/brands/{known.pk}",
        known=known,
        shown=_as_told(known, tried, market),
        slots=SLOTS_OF_ANSWER,
    )


def _as_told(brand: Brand, language: str, market: str) -> Words:
    slots = {"name": _("Somchai"), "number": "1204", "brand": brand.name}
    return words_for(brand, language=language, market=market, slots=slots)
