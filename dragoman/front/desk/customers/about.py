"""What is kept about one customer: own fields, preferences with their consent, the segments they are in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.actions.fields import check_may_keep, set_fields
from dragoman.core.customers.actions.preferences import Consent, keep_preference, withdraw_preference
from dragoman.core.customers.errors import NoPreference
from dragoman.core.customers.fields import Known, known_of
from dragoman.core.customers.models import Customer, CustomerPreference
from dragoman.core.customers.preferences import Kind, giver, kinds_of, preferences_of, said_how
from dragoman.core.customers.queries import get_customer
from dragoman.core.segments.membership import segments_of
from dragoman.core.segments.segments import segments_for
from dragoman.ground.design.functions import format_date, format_number
from dragoman.kit.errors import Refusal

from ..frame import frame
from ..request import AgentRequest
from ..words import Say


@dataclass(frozen=True)
class Field:
    """A field as a form shows it: what stands in it, what that is in words, and what stood there when it was opened."""

    known: Known
    typed: str
    said: str
    was: str
    problem: str = ""


@dataclass(frozen=True)
class Wish:
    """A preference as a screen shows it."""

    kind: Kind
    row: CustomerPreference
    how: str
    giver: str


def shown_value(known: Known) -> str:
    """Return a value in the reader's language, "" where there is none."""
    value, kind = known.value, known.field.kind
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int | float):
        return format_number(value, digits=2 if isinstance(value, float) else None)
    return format_date(date.fromisoformat(value)) if kind == "date" else value


def _typed(value: Any) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def about(agent: Agent, customer: Customer) -> dict[str, Any]:
    """Return what is kept about a customer, for their page and for the panel beside a conversation."""
    kinds = [kind for kind in kinds_of(customer.workspace_id) if kind.kept]
    wishes = [
        Wish(kind, row, said_how(row), giver(row)) for kind, row in preferences_of(customer, reader=agent)
    ]
    known = {wish.kind.key for wish in wishes}
    return {
        "fields": [
            Field(one, there := _typed(one.value), shown_value(one), there) for one in known_of(customer)
        ],
        "wishes": wishes,
        "kinds": [kind for kind in kinds if kind.key not in known] if agent.can_reply else [],
        "segments": segments_of(customer, segments_for(agent)),
    }


@require_GET
def panel(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Show beside a conversation what is known of its customer."""
    found = get_customer(request.agent.workspace_id, customer_id)
    context = {"customer": found, "zone": request.agent.time_zone, **about(request.agent, found)}
    return render(request, "desk/customers/_panel.html", context)


@require_http_methods(["GET", "POST"])
def fields(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Fill in the workspace's own fields; what is refused stays in the form."""
    check_may_keep(request.agent)
    found = get_customer(request.agent.workspace_id, customer_id)
    shown = about(request.agent, found)["fields"]
    status = 200
    if request.method == "POST":
        shown = [_filled(one, request.POST) for one in shown]
        # what somebody left as they found it stays as it is by now
        changed = {one.known.field.key: one.typed for one in shown if one.typed != one.was}
        try:
            if changed:
                set_fields(found, values=changed, agent=request.agent)
        except Refusal as refusal:
            wrong = str(refusal.details.get("field", "")).removeprefix("fields.")
            shown = [
                replace(one, problem=str(refusal) if one.known.field.key == wrong else "") for one in shown
            ]
            status = 422
        else:
            messages.success(request, _("Saved."))
            return redirect("customer", found.pk)
    context = {"customer": found, "fields": shown, "title": Say.customer(found)}
    return render(
        request, "desk/customers/fields.html", frame(request, section="customers", **context), status=status
    )


def _filled(one: Field, given: Mapping[str, str]) -> Field:
    """Return a field as a form gives it back."""
    key = one.known.field.key
    was = given.get(f"was-{key}", one.was)
    return replace(one, typed=given.get(f"own-{key}", was), was=was)


@require_http_methods(["GET", "POST"])
def preference(request: AgentRequest, customer_id: int, key: str = "") -> HttpResponse:
    """Write a preference down, with who agreed, how and when."""
    check_may_keep(request.agent)
    found = get_customer(request.agent.workspace_id, customer_id)
    kinds = [kind for kind in kinds_of(found.workspace_id) if kind.kept]
    wanted = request.POST.get("kind", "") or key or request.GET.get("kind", "")
    kind = next((one for one in kinds if one.key == wanted), None)
    if kind is None:
        raise NoPreference
    known = {one.key: row for one, row in preferences_of(found)}.get(kind.key)
    typed = {"value": known.value if known else "", "given_by": "", "how": "", "given_on": "", "explicit": ""}
    problem, wrong, status = "", "", 200
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in typed}
        try:
            keep_preference(
                found, kind=kind.key, value=typed["value"], consent=_consent(typed), agent=request.agent
            )
        except Refusal as refusal:
            problem, status = str(refusal), 422
            wrong = str(refusal.details.get("field", "")).rpartition(".")[2]
        else:
            messages.success(request, _("Saved."))
            return redirect("customer", found.pk)
    context = {
        "customer": found,
        "kind": kind,
        "typed": typed,
        "problem": problem,
        "wrong": wrong,
        "ways": CustomerPreference.How.choices,
        "today": timezone.localdate().isoformat(),
        "title": Say.customer(found),
    }
    return render(
        request,
        "desk/customers/preference.html",
        frame(request, section="customers", **context),
        status=status,
    )


def _consent(typed: dict[str, str]) -> Consent:
    """Read a consent; a day is its noon, today is now."""
    given_at, today = None, timezone.localdate()
    if typed["given_on"] and typed["given_on"] != today.isoformat():
        try:
            day = date.fromisoformat(typed["given_on"])
        except ValueError:
            raise Refusal(
                _("Give the day as 2026-03-01."), status=422, details={"field": "given_on"}
            ) from None
        given_at = timezone.make_aware(datetime.combine(day, time(12)))
    return Consent(typed["how"], typed["given_by"], given_at, bool(typed["explicit"]))


@require_POST
def withdraw(request: AgentRequest, customer_id: int, key: str) -> HttpResponse:
    """Delete a preference whose consent was withdrawn."""
    found = get_customer(request.agent.workspace_id, customer_id)
    withdraw_preference(found, kind=key, agent=request.agent)
    messages.success(request, _("Consent is withdrawn, and what was kept is deleted."))
    return redirect("customer", found.pk)
