"""Authority: limits and who sets them, a trial of them, running use, stand-ins."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.actions import change_workspace
from dragoman.core.accounts.authority.actions.limits import (
    get_limit,
    remove_limit,
    save_limit,
    set_stand_in,
)
from dragoman.core.accounts.authority.errors import WrongStandIn
from dragoman.core.accounts.authority.queries import Running, running_use, stand_in_of
from dragoman.core.accounts.authority.verdicts import Ask, may, rules_of
from dragoman.core.accounts.authority_models import (
    ActionKind,
    ActionReason,
    AuthorityLimit,
    Holder,
    StandIn,
)
from dragoman.core.accounts.models import Agent, Role, Workspace
from dragoman.core.accounts.queries import agents_of, workspace_facts
from dragoman.ground.design.functions import format_money, zone_of
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.money import is_currency

from ...orders.saying import left_words, verdict_on, verdict_words
from ...request import AgentRequest
from ..hours.forms import market_choices
from ..places import leads_only, show
from . import words

MOST_AGENTS = 50


@require_GET
def authority(request: AgentRequest) -> HttpResponse:
    """Show limits and use: an agent their own, a lead all."""
    return _page(request)


def _page(request: AgentRequest, *, wrong: str = "", problem: str = "") -> HttpResponse:
    """Show the page; `wrong` names the form that was refused, `problem` says why: what was typed stays in it."""
    agent = request.agent
    rules = rules_of(agent.workspace_id)
    mine = [
        one for one in rules if one.agent_id == agent.pk or (one.agent_id is None and one.role == agent.role)
    ]
    colleagues = [one for one in agents_of(agent.workspace_id) if one.is_active and one.role != Role.LIGHT]
    users: list[Agent | None] = [*colleagues[:MOST_AGENTS], None] if agent.can_lead else [agent]
    facts = workspace_facts(agent.workspace_id)
    return show(
        request,
        "authority.html",
        place="authority",
        status=422 if problem else 200,
        wrong=wrong,
        problem=problem,
        sent=request.POST,
        lines=[
            (one, words.who(one), words.scope(one), words.says(one))
            for one in (rules if agent.can_lead else mine)
        ],
        used=[(one, _sums(one)) for one in (running_use(agent.workspace_id, user) for user in users)],
        may_set=agent.can_lead,
        colleagues=[one for one in colleagues if one.pk != agent.pk],
        stand_in=(deputed := stand_in_of(agent)),
        days=_days(deputed, agent),
        undo_seconds=facts.undo_order_action,
        hours=facts.approval_hours,
        **_trial(request, colleagues),
    )


def _days(deputed: StandIn | None, agent: Agent) -> tuple[str, str]:
    """Return the first and the last day of a stand-in as date fields hold them."""
    if deputed is None:
        return "", ""
    zone = zone_of(agent.time_zone)
    last = deputed.ends_at.astimezone(zone) - timedelta(seconds=1)
    return deputed.starts_at.astimezone(zone).date().isoformat(), last.date().isoformat()


def _sums(used: Running) -> list[str]:
    return [format_money(amount, code) for code, amount in used.sums]


def _trial(request: AgentRequest, colleagues: list[Agent]) -> dict[str, Any]:
    """Say what somebody may do now, by the choices of the page's trial."""
    asked = {name: request.GET.get(name, "") for name in ("agent", "kind", "market", "reason", "currency")}
    whom = next((one for one in colleagues if str(one.pk) == asked["agent"]), request.agent)
    if not request.agent.can_lead:
        whom = request.agent
    currency = asked["currency"].strip().upper()[:3] or "EUR"
    kind = asked["kind"] if asked["kind"] in ActionKind.values else ActionKind.REFUND.value
    said: list[str] = []
    if is_currency(currency):
        # one unit: what is asked is how far it goes
        ask = Ask(kind, asked["market"], asked["reason"], 1, currency)
        verdict = may(request.agent.workspace_id, whom, ask)
        said = (
            verdict_words(verdict, currency)
            if whom.pk == request.agent.pk
            else verdict_on(verdict, currency, name=whom.name)
        )
        if verdict.allowed and not left_words(verdict, currency):
            said.append(_("No limit."))
        if verdict.rule is not None:
            names = {"who": words.who(verdict.rule), "what": words.scope(verdict.rule)}
            said.append(_("By the limit: %(who)s, %(what)s.") % names)
    return {
        "trial": said,
        "asked": {**asked, "agent": str(whom.pk), "kind": kind, "currency": currency},
        "people": [(str(one.pk), one.name) for one in colleagues],
        **_choices(),
    }


def _choices() -> dict[str, Any]:
    return {
        "kinds": ActionKind.choices,
        "reasons": [("", _("Every reason")), *ActionReason.choices],
        "markets": [("", _("Every market")), *market_choices()],
    }


@require_http_methods(["GET", "POST"])
@leads_only
def limit(request: AgentRequest, limit_id: int | None = None) -> HttpResponse:
    """Make a limit or change one; `?role=agent&kind=cancel` begins with the one that holds as delivered."""
    workspace_id = request.agent.workspace_id
    known = get_limit(workspace_id, limit_id) if limit_id else _begun(request)
    problem = ""
    if request.method == "POST":
        try:
            save_limit(
                workspace_id, agent=request.agent, written=words.written(request.POST), limit_id=limit_id
            )
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The limit is saved. It holds at once."))
            return redirect("settings_authority")
    colleagues = [one for one in agents_of(workspace_id) if one.is_active and one.role != Role.LIGHT]
    sent = request.POST if request.method == "POST" else None
    names = ("kind", "market", "reason", "decision")
    return show(
        request,
        "authority_limit.html",
        place="authority",
        up="/settings/authority",
        status=422 if problem else 200,
        problem=problem,
        known=known if limit_id else None,
        holders=[*Holder.choices, *((str(one.pk), one.name) for one in colleagues)],
        values={
            "who": sent.get("who", "") if sent else str(known.agent_id or known.role),
            **{name: sent.get(name, "") if sent else getattr(known, name) for name in names},
            "per_day": sent.get("per_day", "") if sent else ("" if known.per_day is None else known.per_day),
            "other": sent.get("other_currencies") == "1" if sent else known.other_currencies,
        },
        decisions=AuthorityLimit.Decision.choices,
        rows=words.sent_rows(sent) if sent else words.money_rows(known),
        **{**_choices(), "kinds": [("", _("Every action")), *ActionKind.choices]},
    )


def _begun(request: AgentRequest) -> AuthorityLimit:
    role, kind = request.GET.get("role", ""), request.GET.get("kind", "")
    rules = [one for one in rules_of(request.agent.workspace_id) if one.agent_id is None]
    found = next((one for one in rules if (one.role, one.kind) == (role, kind) and not one.market), None)
    return found or AuthorityLimit(workspace_id=request.agent.workspace_id, role=Holder.AGENT)


@require_POST
@leads_only
def remove(request: AgentRequest, limit_id: int) -> HttpResponse:
    """Remove a limit."""
    try:
        remove_limit(request.agent.workspace_id, agent=request.agent, limit_id=limit_id)
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The limit is removed. A more general one holds from now on."))
    return redirect("settings_authority")


@require_http_methods(["GET", "POST"])
@leads_only
def times(request: AgentRequest) -> HttpResponse:
    """Set how long actions are held and after how many hours a request ends; who comes back finds the page."""
    if request.method == "GET":
        return redirect("settings_authority")
    said = {name: request.POST.get(name, "") for name in ("undo_order_action", "approval_hours")}
    numbers = {
        name: int(one) for name, one in said.items() if one.isascii() and one.isdigit() and len(one) < 5
    }
    seconds, hours = numbers.get("undo_order_action", -1), numbers.get("approval_hours", 0)
    if not 0 <= seconds <= 60 or not 1 <= hours <= 720:
        why = _("Hold actions for 0 to 60 seconds, and end requests after 1 to 720 hours.")
        return _page(request, wrong="times", problem=why)
    found = Workspace.objects.get(pk=request.agent.workspace_id)
    change_workspace(found, changes=numbers)
    messages.success(request, _("Saved."))
    return redirect("settings_authority")


@require_http_methods(["GET", "POST"])
def stand_in(request: AgentRequest) -> HttpResponse:
    """Say who decides while the agent is away: whole days by their own clock; who comes back finds the page."""
    if request.method == "GET":
        return redirect("settings_authority")
    agent = request.agent
    deputy = None
    chosen = request.POST.get("deputy", "")
    try:
        starts, ends = datetime.now(zone_of(agent.time_zone)), datetime.now(zone_of(agent.time_zone))
        if chosen:
            here = agents_of(agent.workspace_id).filter(is_active=True)
            deputy = here.filter(pk=int(chosen) if chosen.isdigit() and len(chosen) < 19 else 0).first()
            if deputy is None:
                raise WrongStandIn
            starts, ends = _day(request, "starts"), _day(request, "ends") + timedelta(days=1)
        set_stand_in(agent, agent=agent, deputy=deputy, starts_at=starts, ends_at=ends)
    except Refusal as refusal:
        return _page(request, wrong="stand_in", problem=str(refusal))
    messages.success(request, _("Saved."))
    return redirect("settings_authority")


def _day(request: AgentRequest, name: str) -> datetime:
    try:
        day = datetime.strptime(request.POST.get(name, ""), "%Y-%m-%d").date()
    except ValueError:
        raise WrongStandIn from None
    return datetime.combine(day, time(0), tzinfo=zone_of(request.agent.time_zone))
