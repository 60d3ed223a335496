"""Teams: groups that work is given to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.actions import remove_team, set_team
from dragoman.core.accounts.models import Team
from dragoman.core.accounts.queries import teams_of
from dragoman.kit.errors import NotFound, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import TeamForm


def _team(request: AgentRequest, team_id: int) -> Team:
    found = teams_of(request.agent.workspace_id).filter(pk=team_id).first()
    if found is None:
        raise NotFound(_("There is no such team."))
    return found


@require_GET
@leads_only
def teams(request: AgentRequest) -> HttpResponse:
    """List all teams."""
    return show(request, "teams.html", place="teams", teams=teams_of(request.agent.workspace_id))


@require_http_methods(["GET", "POST"])
@leads_only
def team(request: AgentRequest, team_id: int | None = None) -> HttpResponse:
    """Make a team, or change one."""
    known = None if team_id is None else _team(request, team_id)
    initial = {"name": known.name, "members": known.members.all()} if known else {}
    form = TeamForm(request.POST or None, initial=initial).for_workspace(request.agent.workspace_id)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _save(request, form, known):
            messages.success(request, _("The team is saved."))
            return redirect("settings_teams")
        status = 422
    context = {"form": form, "team": known, "up": "/settings/teams"}
    return show(request, "team.html", place="teams", status=status, **context)


def _save(request: AgentRequest, form: TeamForm, known: Team | None) -> bool:
    facts = form.cleaned_data
    try:
        set_team(request.agent.workspace_id, name=facts["name"], members=list(facts["members"]), team=known)
    except Refusal as refusal:
        form.add_error("name", str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, team_id: int) -> HttpResponse:
    """Say what dissolving a team does, then do it."""
    known = _team(request, team_id)
    if request.method == "POST":
        remove_team(known)
        messages.success(request, _("The team is dissolved."))
        return redirect("settings_teams")
    return show(request, "team_remove.html", place="teams", team=known, up="/settings/teams")
