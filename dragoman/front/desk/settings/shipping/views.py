"""Shipping and duty: a brand's tables and terms, and the public rates of exchange."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.exchange.actions.rates import keep_rates
from dragoman.core.exchange.queries import rates_of as exchange_rates_of
from dragoman.core.shipping.actions.tables import (
    replace_duties,
    replace_rates,
    save_dispatch,
    save_terms,
)
from dragoman.core.shipping.files import Problem, read_duties, read_shipping, write_duties, write_shipping
from dragoman.core.shipping.queries import duties_of, rates_of, terms_of
from dragoman.ground.providers.rates.ecb import read_rates
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..exchange import taken_out
from ..places import leads_only, show
from .forms import DispatchForm, TermsForm, places_in

SHOWN: Final = 100
Answer = tuple[str, list[Problem]]


def _brand(request: AgentRequest) -> tuple[Brand, list[Brand]]:
    """Return the brand that is looked at, and all of them; one of another workspace is none."""
    brands = list(brands_of(request.agent.workspace_id))
    said = request.GET.get("brand", "")
    found = next((one for one in brands if str(one.pk) == said), brands[0] if not said and brands else None)
    if found is None:
        raise Http404
    return found, brands


def _rates(agent: Agent, brand: Brand, raw: bytes, _name: str) -> Answer:
    read = read_shipping(raw)
    if read.problems:
        return "", read.problems
    count = replace_rates(agent.workspace_id, agent=agent, brand_id=brand.pk, read=read)
    return ngettext("%(num)s rate was brought in.", "%(num)s rates were brought in.", count) % {
        "num": count
    }, []


def _duties(agent: Agent, brand: Brand, raw: bytes, _name: str) -> Answer:
    read = read_duties(raw)
    if read.problems:
        return "", read.problems
    count = replace_duties(agent.workspace_id, agent=agent, brand_id=brand.pk, read=read)
    return ngettext("%(num)s rate was brought in.", "%(num)s rates were brought in.", count) % {
        "num": count
    }, []


def _exchange(agent: Agent, _brand: Brand, raw: bytes, name: str) -> Answer:
    count = keep_rates(agent.workspace_id, agent=agent, rates=read_rates(raw), source=name or _("a file"))
    return ngettext("%(num)s rate is new.", "%(num)s rates are new.", count) % {"num": count}, []


_FILES: Final[dict[str, Callable[[Agent, Brand, bytes, str], Answer]]] = {
    "rates": _rates,
    "duty": _duties,
    "exchange": _exchange,
}


@require_http_methods(["GET", "POST"])
@leads_only
def shipping(request: AgentRequest) -> HttpResponse:
    """Show a brand's tables and terms, save the terms, or take a file in."""
    brand, brands = _brand(request)
    workspace_id = request.agent.workspace_id
    do, problems, problem, status = request.POST.get("do", ""), list[Problem](), "", 200
    terms = terms_of(workspace_id, brand.pk)
    form = TermsForm(request.POST if do == "terms" else None, terms=terms)
    dispatch = DispatchForm(request.POST if do == "dispatch" else None, terms=terms)
    if request.method == "POST":
        status = 422
        try:
            said, problems = _posted(request, do, brand, dispatch if do == "dispatch" else form)
        except Refusal as refusal:
            said, problem, status = "", str(refusal), refusal.status
        if said:
            messages.success(request, said)
            return redirect(f"{request.path}?brand={brand.pk}")
        if do == "terms" and problem:
            form.add_error(None, problem)
    rates, duties = rates_of(workspace_id, brand.pk), duties_of(workspace_id, brand.pk)
    context: dict[str, Any] = {
        "brand": brand,
        "brands": brands,
        "form": form,
        "dispatch": dispatch,
        "do": do,
        "problem": problem,
        "problems": problems,
        "rates": list(rates[:SHOWN]),
        "rate_count": rates.count(),
        "duties": list(duties[:SHOWN]),
        "duty_count": duties.count(),
        "newest": exchange_rates_of(workspace_id).first(),
    }
    return show(request, "shipping.html", place="shipping", status=status, **context)


def _posted(request: AgentRequest, do: str, brand: Brand, form: TermsForm | DispatchForm) -> Answer:
    agent = request.agent
    if do in ("terms", "dispatch"):
        if not form.is_valid():
            return "", []
        given = form.cleaned_data
    if do == "dispatch":
        save_dispatch(agent.workspace_id, agent=agent, brand_id=brand.pk, **given)
        return _("Saved."), []
    if do == "terms":
        save_terms(
            agent.workspace_id,
            agent=agent,
            brand_id=brand.pk,
            sends_from=given["sends_from"],
            ddp=places_in(given["ddp"]),
            registered=places_in(given["registered"]),
        )
        return _("Saved."), []
    file, take = request.FILES.get("file"), _FILES.get(do)
    if take is None:
        raise Http404
    raw = file.read() if file else b""
    if not raw.strip():
        raise Refusal(_("The file is empty."), code="empty", status=422)
    return take(agent, brand, raw, (file.name or "") if file else "")


@require_GET
@leads_only
def take_out(request: AgentRequest, table: str) -> HttpResponse:
    """Return a table as the file it is read from; an empty one has the names of the columns."""
    brand, _brands = _brand(request)
    workspace_id = request.agent.workspace_id
    if table == "shipping":
        body = write_shipping(rates_of(workspace_id, brand.pk))
    elif table == "duty":
        body = write_duties(duties_of(workspace_id, brand.pk))
    else:
        raise Http404
    return taken_out(body, content_type="text/csv", name=f"{table}.csv")
