"""What a workspace keeps about its customers: fields of its own, and which kinds of preferences."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.customers.actions.bringing import bring_values
from dragoman.core.customers.actions.fields import Definition, change_field, define_field, remove_field
from dragoman.core.customers.actions.preferences import add_kind, change_kind, remove_kind
from dragoman.core.customers.bringing import Brought, read_values
from dragoman.core.customers.errors import NoPreference
from dragoman.core.customers.fields import fields_of, get_field, holders_of
from dragoman.core.customers.models import CustomerField
from dragoman.core.customers.preferences import find_kind, kinds_of
from dragoman.core.customers.preferences import holders_of as holders_of_kind
from dragoman.core.segments.criteria import OWN, stored_clauses
from dragoman.core.segments.segments import all_segments
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import FieldForm, KindForm


@require_GET
@leads_only
def fields(request: AgentRequest) -> HttpResponse:
    """List the workspace's own fields."""
    return show(request, "fields.html", place="fields", fields=list(fields_of(request.agent.workspace_id)))


@require_http_methods(["GET", "POST"])
@leads_only
def field(request: AgentRequest, key: str = "") -> HttpResponse:
    """Define a field, or change one."""
    known = get_field(request.agent.workspace_id, key) if key else None
    form = FieldForm(request.POST or None, initial=_initial(known))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _saved(request, form, known):
            messages.success(request, _("The field is saved."))
            return redirect("settings_fields")
        status = 422
    return show(
        request, "field.html", place="fields", up="/settings/fields", status=status, form=form, known=known
    )


def _initial(known: CustomerField | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {"label": known.label, "key": known.key, "kind": known.kind, "choices": "\n".join(known.choices)}


def _saved(request: AgentRequest, form: FieldForm, known: CustomerField | None) -> bool:
    facts, agent = form.cleaned_data, request.agent
    choices = [line.strip() for line in facts["choices"].splitlines() if line.strip()]
    try:
        if known is not None:
            change_field(known, agent=agent, label=facts["label"], choices=choices or None)
        else:
            wish = Definition(facts["key"], facts["label"], facts["kind"] or "text", choices)
            define_field(agent.workspace_id, agent=agent, wish=wish)
    except Refusal as refusal:
        place = str(refusal.details.get("field", ""))
        form.add_error(place if place in form.fields else None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
@leads_only
def remove_one(request: AgentRequest, key: str) -> HttpResponse:
    """Say how many customers have a value and which segments ask for it, then remove the field."""
    known = get_field(request.agent.workspace_id, key)
    if request.method == "POST":
        remove_field(known, agent=request.agent)
        messages.success(request, _("The field is removed. Its values go now, in the background."))
        return redirect("settings_fields")
    asking = [one for one in all_segments(known.workspace_id) if _asks(one.clauses, f"{OWN}{known.key}")]
    return show(
        request,
        "field_remove.html",
        place="fields",
        up=f"/settings/fields/of/{known.key}",
        field=known,
        held=holders_of(known),
        asking=asking,
    )


def _asks(clauses: Any, name: str) -> bool:
    return any(one.fact == name for clause in stored_clauses(clauses) for one in clause)


@require_http_methods(["GET", "POST"])
@leads_only
def bring_in(request: AgentRequest) -> HttpResponse:
    """Bring all values of a file in, or none where a line is wrong; the file itself, full of addresses, is not kept."""
    problem, brought, status = "", None, 200
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            brought = read_values(request.agent.workspace_id, file.read() if file else b"")
        except Refusal as refusal:
            problem, status = str(refusal), refusal.status
        else:
            if not brought.problems:
                _brought(request, brought)
                return redirect("settings_fields")
            status = 422
    return show(
        request,
        "fields_import.html",
        place="fields",
        up="/settings/fields",
        status=status,
        problem=problem,
        problems=brought.problems if brought else [],
    )


def _brought(request: AgentRequest, brought: Brought) -> None:
    count = bring_values(request.agent.workspace_id, brought, agent=request.agent)
    said = ngettext("%(num)s customer was changed.", "%(num)s customers were changed.", count) % {
        "num": count
    }
    messages.success(request, said)
    if brought.strangers:
        left = ngettext(
            "%(num)s line was left out: nobody is known by its address.",
            "%(num)s lines were left out: nobody is known by their addresses.",
            brought.strangers,
        )
        messages.warning(request, left % {"num": brought.strangers})


@require_http_methods(["GET", "POST"])
@leads_only
def preferences(request: AgentRequest) -> HttpResponse:
    """List the kinds of preferences, and add one of the workspace's own."""
    workspace_id, status = request.agent.workspace_id, 200
    form = KindForm(request.POST or None)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            facts = form.cleaned_data
            try:
                add_kind(workspace_id, agent=request.agent, **facts)
            except Refusal as refusal:
                place = str(refusal.details.get("field", ""))
                form.add_error(place if place in form.fields else None, str(refusal))
            else:
                messages.success(request, _("The preference is added."))
                return redirect("settings_preferences")
    kinds = kinds_of(workspace_id)
    return show(request, "preferences.html", place="preferences", status=status, kinds=kinds, form=form)


@require_POST
@leads_only
def switch(request: AgentRequest, key: str) -> HttpResponse:
    """Switch a kind on, or off where nothing of it is kept; else ask first."""
    workspace_id, kept = request.agent.workspace_id, request.POST.get("kept") == "1"
    if not kept and holders_of_kind(workspace_id, key):
        return redirect("settings_empty_preference", key)
    kind = change_kind(workspace_id, key, agent=request.agent, kept=kept)
    messages.success(
        request, _("%(label)s is kept from now on.") % {"label": kind.label} if kept else _("Switched off.")
    )
    return redirect("settings_preferences")


@require_http_methods(["GET", "POST"])
@leads_only
def empty(request: AgentRequest, key: str) -> HttpResponse:
    """Say of how many customers a kind is kept, then delete that and switch it off, or remove one's own."""
    workspace_id = request.agent.workspace_id
    kind = find_kind(workspace_id, key)
    if kind is None:
        raise NoPreference
    if request.method == "POST":
        if request.POST.get("remove") == "1":
            remove_kind(workspace_id, key, agent=request.agent, delete_values=True)
            messages.success(request, _("The preference is removed."))
        else:
            change_kind(workspace_id, key, agent=request.agent, kept=False, delete_values=True)
            messages.success(request, _("Switched off."))
        return redirect("settings_preferences")
    return show(
        request,
        "preference_empty.html",
        place="preferences",
        up="/settings/preferences",
        kind=kind,
        held=holders_of_kind(workspace_id, key),
    )
