"""A workspace's accounts at vendors of translation: added, changed, tested, switched, removed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.connections.spending import UsedUp
from dragoman.core.connections.vendor_accounts import get_account
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.actions.engines import (
    add_engine,
    change_engine,
    remove_engine,
    switch_engine,
)
from dragoman.core.language.line_up import policy_of
from dragoman.core.language.trial import try_engine
from dragoman.core.language.vendors import FAMILY, VENDORS
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import EngineForm, facts_of


def _account(request: AgentRequest, account_id: int) -> VendorAccount:
    return get_account(request.agent.workspace_id, account_id, family=FAMILY)


def _page(
    request: AgentRequest,
    form: EngineForm,
    *,
    account: VendorAccount | None = None,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "engine.html",
        place="translation",
        up="/settings/translation",
        status=status,
        form=form,
        kind=VENDORS[form.vendor],
        account=account,
        currency=form.currency,
        facts=facts_of(account) if account else [],
    )


def _refuse(form: EngineForm, refusal: Refusal) -> None:
    """Put a refusal beside the field that it is about."""
    field = "name" if refusal.code == "name_taken" else str(refusal.details.get("field", ""))
    form.add_error(field if field in form.fields else None, str(refusal))


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest, vendor: str) -> HttpResponse:
    """Add an account at a vendor."""
    if vendor not in VENDORS:
        raise NotFound(_("There is no such engine."))
    workspace_id = request.agent.workspace_id
    currency = policy_of(workspace_id).currency
    form = EngineForm(vendor, currency, request.POST or None, initial={"name": VENDORS[vendor].label})
    if request.method == "GET":
        return _page(request, form)
    if form.is_valid():
        try:
            account = add_engine(workspace_id, vendor=vendor, given=form.given(), terms=form.terms())
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The engine is saved. Test it now."))
            return redirect("settings_engine", account.pk)
    return _page(request, form, status=422)


@require_http_methods(["GET", "POST"])
@leads_only
def engine(request: AgentRequest, account_id: int) -> HttpResponse:
    """Show an account and store other terms or a new key."""
    account = _account(request, account_id)
    currency = policy_of(account.workspace_id).currency
    form = EngineForm(
        account.vendor,
        currency,
        request.POST or None,
        initial=EngineForm.shown(account, currency),
        is_new=False,
    )
    if request.method == "GET":
        return _page(request, form, account=account)
    if form.is_valid():
        try:
            change_engine(account, terms=form.terms(), secrets=form.secrets())
        except Refusal as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("The engine is saved."))
            return redirect("settings_engine", account.pk)
    return _page(request, form, account=account, status=422)


@require_POST
@leads_only
def test(request: AgentRequest, account_id: int) -> HttpResponse:
    """Let the engine translate one sentence, and say what came of it."""
    account = _account(request, account_id)
    try:
        tried = try_engine(account)
    except (OutsideError, ValueError) as error:
        messages.error(request, _("It does not work: %(why)s") % {"why": error})
    except UsedUp:
        messages.warning(request, _("Its budget of this month is used up."))
    else:
        words = {"text": tried.text, "said": tried.said, "seconds": f"{tried.seconds:.1f}"}
        messages.success(request, _("“%(text)s” became “%(said)s” in %(seconds)s s.") % words)
    if request.POST.get("back") == "list":
        return redirect("settings_translation")
    return redirect("settings_engine", account.pk)


@require_POST
@leads_only
def switch(request: AgentRequest, account_id: int) -> HttpResponse:
    """Ask an engine no more, or again."""
    account = _account(request, account_id)
    is_on = account.state == VendorAccount.State.OFF
    switch_engine(account, is_on=is_on)
    messages.success(request, _("The engine is switched on.") if is_on else _("The engine is switched off."))
    return redirect("settings_engine", account.pk)


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, account_id: int) -> HttpResponse:
    """Say what goes with an engine, then take it away."""
    account = _account(request, account_id)
    if request.method == "POST":
        remove_engine(account.workspace_id, account.pk)
        messages.success(request, _("The engine is gone, and its key with it."))
        return redirect("settings_translation")
    return show(
        request, "engine_remove.html", place="translation", up="/settings/translation", account=account
    )
