"""`/settings/bot`: a brand's bot, how it did, its flows, and which team gets what."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of, teams_of
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.bot.actions.flows import remove_flow, switch_flow
from dragoman.service.bot.actions.settings import set_bot
from dragoman.service.bot.actions.triage import remove_team_rule, set_team_rule
from dragoman.service.bot.flow_queries import flow_rows, results
from dragoman.service.bot.models import TeamRule, Turn
from dragoman.service.bot.queries import bot_of

from ..request import AgentRequest, number_in
from ..settings.places import leads_only, show
from .forms import BotForm, RuleForm, first_values

_DAYS = 30


def brand_asked(request: AgentRequest) -> Brand:
    """Return the brand that the page is about: the one named, else the first."""
    brands = brands_of(request.agent.workspace_id).order_by("pk")
    asked = number_in(request, "brand")
    found = brands.filter(pk=asked).first() if asked else brands.first()
    if found is None:
        raise NotFound(_("There is no such brand."))
    return found


@require_http_methods(["GET", "POST"])
@leads_only
def bot(request: AgentRequest) -> HttpResponse:
    """Show and set a brand's bot; list the flows and how it did in the last 30 days."""
    brand = brand_asked(request)
    workspace_id = request.agent.workspace_id
    known = bot_of(workspace_id, brand.pk)
    form = BotForm(request.POST or None, brand=brand, initial=first_values(known))
    status = 200
    if request.method == "POST":
        if form.is_valid() and _saved(request, brand, form):
            messages.success(request, _("The bot is set."))
            return redirect(f"{reverse('settings_bot')}?brand={brand.pk}")
        status = 422
    now = timezone.now()
    did = results(workspace_id, since=now - timedelta(days=_DAYS), until=now, brand_id=brand.pk)
    facts = {
        "brand": brand,
        "brands": brands_of(workspace_id).order_by("pk"),
        "form": form,
        "bot": known,
        "flows": flow_rows(workspace_id),
        "did": did,
        "outcomes": [(Turn.Outcome(name).label, count) for name, count in did.outcomes.items() if count],
        "rules": _rules(workspace_id),
        "rule_form": RuleForm(workspace_id=workspace_id),
        "teams": teams_of(workspace_id),
    }
    return show(request, "bot.html", place="bot", status=status, **facts)


def _rules(workspace_id: int) -> list[TeamRule]:
    found = TeamRule.objects.filter(workspace_id=workspace_id).select_related("team", "brand")
    return list(found.order_by("intent", "language", "pk")[:200])


def _saved(request: AgentRequest, brand: Brand, form: BotForm) -> bool:
    try:
        set_bot(brand, form.wish(), agent=request.agent)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
@leads_only
def switch(request: AgentRequest, key: str) -> HttpResponse:
    """Switch a flow on or off, or take one away."""
    workspace_id = request.agent.workspace_id
    if request.POST.get("do") == "remove":
        remove_flow(workspace_id, key, agent=request.agent)
        messages.success(request, _("The flow is as we wrote it, or gone if it was yours."))
    else:
        is_on = request.POST.get("do") == "on"
        switch_flow(workspace_id, key, is_on=is_on, agent=request.agent)
        messages.success(request, _("The flow is on.") if is_on else _("The flow is off."))
    return redirect("settings_bot")


@require_POST
@leads_only
def rule(request: AgentRequest) -> HttpResponse:
    """Add a rule, or take one away."""
    workspace_id = request.agent.workspace_id
    if number_in(request, "remove"):
        remove_team_rule(workspace_id, number_in(request, "remove"), agent=request.agent)
        messages.success(request, _("The rule is gone; conversations keep their teams."))
        return redirect("settings_bot")
    form = RuleForm(request.POST, workspace_id=workspace_id)
    if not form.is_valid():
        messages.error(request, _("Nothing was saved: choose a team."))
        return redirect("settings_bot")
    facts = form.cleaned_data
    team = teams_of(workspace_id).get(pk=int(facts["team"]))
    set_team_rule(
        workspace_id,
        agent=request.agent,
        team=team,
        intent=facts["intent"],
        language=facts["language"],
        brand_id=int(facts["brand"]) if facts["brand"] else None,
    )
    messages.success(request, _("The rule is saved."))
    return redirect("settings_bot")
