"""Macros: listed, written in every language, tried for a customer of any market."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.texts.actions.macros import LONGEST, Written, remove_macro, save_macro, stamp_of
from dragoman.core.texts.errors import ChangedMeanwhile
from dragoman.core.texts.localised import MACRO, Entry
from dragoman.core.texts.models import Macro
from dragoman.core.texts.queries import any_of, get_macro, macros_of
from dragoman.core.texts.slots import OFFERED, filled, slots_in, unknown_slots
from dragoman.ground.design.functions import format_date, language_name
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.variants import parted

from ...request import AgentRequest
from ..languages import language_choices
from ..places import show
from ..texts.forms import Row, market_choices, rows_in, rows_of, texts_of
from .forms import MacroForm
from .variables import Example, example_of, variable_groups


@require_GET
def macros(request: AgentRequest) -> HttpResponse:
    """List the macros this agent may use, with the languages of each."""
    found = list(macros_of(request.agent))
    spoken = {
        macro.pk: list(dict.fromkeys(language_name(parted(key)[0]) for key in macro.texts)) for macro in found
    }
    return show(request, "macros.html", place="macros", macros=found, spoken=spoken)


def _may_change(request: AgentRequest, macro: Macro | None) -> bool:
    agent = request.agent
    return agent.can_reply and (macro is None or macro.owner_id == agent.pk or agent.can_lead)


@require_http_methods(["GET", "POST"])
def macro(request: AgentRequest, macro_id: int | None = None) -> HttpResponse:
    """Make a macro, or change one; `try` shows what a customer would get and stores nothing."""
    agent = request.agent
    known = None if macro_id is None else get_macro(agent, macro_id)
    if known is None and not agent.can_reply:
        raise NotFound(_("There is no such macro."))
    form = MacroForm(request.POST or None, initial=_initial(request, known))
    there = dict(known.texts) if known else {}
    seen = stamp_of(known) if known else ""
    rows, status, conflict = rows_of(there), 200, {}
    if request.method == "POST":
        rows, status = rows_in(request.POST, longest=LONGEST), 422
        # what was seen stays what was seen, until somebody is shown what stands there now
        now, seen = seen, request.POST.get("seen", "")
        if form.is_valid():
            if "try" in request.POST:
                status = 200
            elif not (refused := _save(request, form, rows, known)):
                messages.success(request, _("The macro is saved."))
                _warn(request, rows)
                return redirect("settings_macros")
            elif refused == ChangedMeanwhile.code:
                status, seen, conflict = 409, now, there
    return _page(request, form=form, rows=rows, status=status, known=known, seen=seen, conflict=conflict)


def _initial(request: AgentRequest, known: Macro | None) -> dict[str, Any]:
    team = request.agent.workspace.language
    if known is None:
        return {"for_all": request.agent.can_lead, "try_language": team}
    return {
        "name": known.name,
        "shortcut": known.shortcut,
        "for_all": known.owner_id is None,
        "tags": ", ".join(known.tags),
        "then": known.then,
        "try_language": team,
    }


def _save(request: AgentRequest, form: MacroForm, rows: Sequence[Row], known: Macro | None) -> str:
    """Store it and return nothing, or the code of what stood in the way."""
    facts, agent = form.cleaned_data, request.agent
    written = Written(
        name=facts["name"],
        texts=texts_of(rows),
        shortcut=facts["shortcut"],
        tags=facts["tags"].split(","),
        then=facts["then"],
        seen=request.POST.get("seen", "") if known else None,
    )
    owner = None if facts["for_all"] and agent.can_lead else agent
    try:
        save_macro(agent.workspace_id, agent=agent, written=written, owner=owner, macro=known)
    except Refusal as refusal:
        form.add_error("name" if refusal.code == "name_taken" else None, str(refusal))
        return refusal.code
    return ""


def _warn(request: AgentRequest, rows: Sequence[Row]) -> None:
    """Name what nobody fills in: it may be a slip, or meant for the agent who sends it."""
    if unknown := unknown_slots(texts_of(rows).values()):
        messages.warning(
            request,
            _("Nothing fills in %(slots)s: whoever sends the macro has to.")
            % {"slots": ", ".join(unknown[:10])},
        )


def _page(
    request: AgentRequest,
    *,
    form: MacroForm,
    rows: Sequence[Row],
    known: Macro | None,
    status: int,
    seen: str,
    conflict: Mapping[str, str],
) -> HttpResponse:
    data: Mapping[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    language = data.get("try_language") or request.agent.workspace.language
    example = example_of(request, str(data.get("try_order") or ""), language)
    shown = _tried(request, rows, language, data.get("try_market") or "", example)
    return show(
        request,
        "macro.html",
        place="macros",
        status=status,
        up="/settings/macros",
        form=form,
        rows=[*rows, Row(language="" if rows else request.agent.workspace.language)],
        known=known,
        seen=seen,
        conflict=rows_of(conflict),
        text=Entry(MACRO, str(known.pk)).ref if known and known.owner_id is None else "",
        may_change=_may_change(request, known),
        languages=language_choices(),
        markets=market_choices(),
        longest=LONGEST,
        slots=OFFERED,
        shown=shown,
        example=example,
        variable_groups=variable_groups(example),
    )


def _tried(request: AgentRequest, rows: Sequence[Row], language: str, market: str, example: Example) -> Any:
    texts = texts_of(rows)
    if not texts:
        return None
    team = request.agent.workspace.language
    found = any_of(texts, language=language, market=market, also=(team,))
    values = {
        "customer.name": _("Somchai"),
        "name": _("Somchai"),
        "agent.name": request.agent.name,
        "order": example.number or "KSL-20418",
        "number": "1204",
        "today": format_date(timezone.now(), request.agent.time_zone),
    }
    told = example.told(slots_in(found.text), found.language)
    values |= {name: one.text for name, one in told.items() if one.known}
    return {
        "text": filled(found.text, values),
        "language": found.language,
        "wanted": language,
        "unknown": [str(one.fact.label) for one in told.values() if not one.known],
    }


@require_http_methods(["GET", "POST"])
def remove(request: AgentRequest, macro_id: int) -> HttpResponse:
    """Ask, then remove a macro; what was sent with it stays."""
    known = get_macro(request.agent, macro_id)
    if request.method == "POST":
        remove_macro(known, agent=request.agent)
        messages.success(request, _("The macro is removed."))
        return redirect("settings_macros")
    return show(request, "macro_remove.html", place="macros", macro=known, up=f"/settings/macros/{known.pk}")
