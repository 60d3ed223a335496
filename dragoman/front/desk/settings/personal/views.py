"""An agent's own pages: profile, and how they log in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.actions import change_agent
from dragoman.core.accounts.queries import seats_of
from dragoman.ground.design.functions import THEMES
from dragoman.kit.errors import NotFound

from ...request import AgentRequest
from ..languages import language_choices
from ..places import show
from .forms import LEVELS, ProfileForm, spoken_in, zones
from .host import obstacle_to_passkeys
from .programs import program_of

YEAR = 365 * 24 * 3600
EMPTY_ROWS = 2


@require_http_methods(["GET", "POST"])
def profile(request: AgentRequest) -> HttpResponse:
    """Show and store what an agent says about themselves."""
    agent = request.agent
    if request.method == "GET":
        known = {name: getattr(agent, name) for name in ProfileForm.base_fields}
        return _profile_page(request, ProfileForm(initial=known), agent.languages)
    form, spoken = ProfileForm(request.POST), spoken_in(request.POST)
    if not form.is_valid():
        return _profile_page(request, form, spoken, status=422)
    change_agent(agent, changes={**form.cleaned_data, "languages": spoken})
    # in the language that was just chosen: it is read on the next page
    with translation.override(form.cleaned_data["ui_language"]):
        messages.success(request, _("Your profile is saved."))
    answer = redirect("settings_profile")
    if form.cleaned_data["theme"] in THEMES:
        theme = form.cleaned_data["theme"]
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        answer.delete_cookie("theme")
    return answer


def _profile_page(
    request: AgentRequest, form: ProfileForm, spoken: list[dict[str, str]], status: int = 200
) -> HttpResponse:
    rows = [*spoken, *({"tag": "", "level": "fluent"} for _row in range(EMPTY_ROWS))]
    return show(
        request,
        "profile.html",
        place="profile",
        status=status,
        form=form,
        zones=zones(),
        rows=rows,
        languages=language_choices(),
        levels=LEVELS.items(),
        seats=seats_of(request.agent.user),
    )


@require_POST
def take_seat(request: AgentRequest, seat_id: int) -> HttpResponse:
    """Go on working in another workspace where this log-in has a seat."""
    if seat_id not in {seat.pk for seat in seats_of(request.agent.user)}:
        raise NotFound(_("You have no such seat."))
    request.session["agent"] = seat_id
    return redirect("inbox")


@require_GET
def security(request: AgentRequest) -> HttpResponse:
    """Show how one logs in, what protects it, and where one is logged in."""
    return show(request, "security.html", place="security", **_ways_in(request))


def _ways_in(request: AgentRequest) -> dict[str, Any]:
    user = request.agent.user
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    recovery = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    sessions = sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.created_at, reverse=True)
    return {
        "has_app": any(one.type == Authenticator.Type.TOTP for one in found),
        "passkeys": [one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(recovery.wrap().get_unused_codes()) if recovery else None,
        "obstacle": obstacle_to_passkeys(request),
        "sessions": [
            {"row": one, "program": program_of(one.user_agent), "is_here": one.is_current()}
            for one in sessions
        ],
    }


@require_POST
def end_session(request: AgentRequest, session_id: int) -> HttpResponse:
    """Log one browser out."""
    found = UserSession.objects.filter(user=request.agent.user, pk=session_id).first()
    if found is None:
        raise NotFound(_("This session has ended already."))
    found.end()
    messages.success(request, _("That browser is logged out."))
    return redirect("settings_security")


@require_POST
def end_others(request: AgentRequest) -> HttpResponse:
    """Log all browsers out but this one."""
    end_other_sessions(request, request.agent.user)
    messages.success(request, _("All other browsers are logged out."))
    return redirect("settings_security")
