"""Seats: who has one, what they may, who is invited."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.actions import (
    change_agent,
    deactivate_agent,
    invite,
    reactivate_agent,
    withdraw_invitation,
)
from dragoman.core.accounts.models import Agent, Invitation
from dragoman.core.accounts.queries import agents_of, invitations_of, seats_of
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.models import Status
from dragoman.kit.address import normal_email
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import owners_only, show, show_later, shown_once
from .forms import ABOUT_ROLES, InvitationForm, SeatForm
from .mails import link_of, may_see_link, send_invitation


def _seat(request: AgentRequest, agent_id: int) -> Agent:
    found = agents_of(request.agent.workspace_id).filter(pk=agent_id).first()
    if found is None:
        raise NotFound(_("There is no such agent."))
    return found


def _invitation(request: AgentRequest, invitation_id: int) -> Invitation:
    found = invitations_of(request.agent.workspace_id).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound(_("This invitation is gone."))
    return found


@require_GET
@owners_only
def agents(request: AgentRequest) -> HttpResponse:
    """List seats and open invitations."""
    return _list_page(request, InvitationForm())


def _list_page(request: AgentRequest, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    workspace_id = request.agent.workspace_id
    return show(
        request,
        "agents.html",
        place="agents",
        status=status,
        form=form,
        link=shown_once(request, "invitation"),
        seats=agents_of(workspace_id).order_by("-is_active", "name", "id"),
        invitations=invitations_of(workspace_id),
        now=timezone.now(),
    )


@require_POST
@owners_only
def invite_person(request: AgentRequest) -> HttpResponse:
    """Offer a seat: mail the link, and show it where that is safe."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        return _offer(request, form.cleaned_data["email"], form.cleaned_data["role"])
    except Refusal as refusal:
        form.add_error("email", str(refusal))
        return _list_page(request, form, status=refusal.status)


def _offer(request: AgentRequest, email: str, role: str) -> HttpResponse:
    address = normal_email(email)
    link = link_of(request, invite(request.agent, email=address, role=role))
    try:
        was_sent = send_invitation(request.agent, address=address, link=link)
    except OutsideError as error:
        was_sent = False
        messages.error(request, _("The mail server did not take the mail: %(words)s") % {"words": error})
    if was_sent:
        messages.success(request, _("%(address)s is invited by mail.") % {"address": address})
    else:
        messages.warning(request, _("%(address)s is invited, but no mail went out.") % {"address": address})
    if may_see_link(address):
        show_later(request, "invitation", link)
    return redirect("settings_agents")


@require_POST
@owners_only
def resend(request: AgentRequest, invitation_id: int) -> HttpResponse:
    """Offer the seat anew; the older link stops working."""
    found = _invitation(request, invitation_id)
    return _offer(request, found.email, found.role)


@require_POST
@owners_only
def withdraw(request: AgentRequest, invitation_id: int) -> HttpResponse:
    """Take an offer back."""
    found = _invitation(request, invitation_id)
    withdraw_invitation(found)
    messages.success(request, _("The invitation of %(address)s is withdrawn.") % {"address": found.email})
    return redirect("settings_agents")


@require_http_methods(["GET", "POST"])
@owners_only
def agent(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Show one seat and change its role."""
    seat = _seat(request, agent_id)
    form = SeatForm(request.POST or None, initial={"role": seat.role})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            change_agent(seat, changes={"role": form.cleaned_data["role"]})
        except Refusal as refusal:
            form.add_error("role", str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("The role of %(name)s is saved.") % {"name": seat.name})
            return redirect("settings_agents")
    context = {"seat": seat, "form": form, "about": ABOUT_ROLES, "up": "/settings/agents"}
    return show(request, "agent.html", place="agents", status=status, **context)


@require_http_methods(["GET", "POST"])
@owners_only
def deactivate(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Say what closing a seat does, then do it."""
    seat = _seat(request, agent_id)
    if request.method == "POST":
        deactivate_agent(seat)
        messages.success(request, _("The seat of %(name)s is closed.") % {"name": seat.name})
        return redirect("settings_agents")
    held = conversations_of(seat.workspace_id).filter(assignee=seat).exclude(status=Status.CLOSED).count()
    others = [other for other in seats_of(seat.user) if other.pk != seat.pk]
    return show(
        request,
        "deactivate.html",
        place="agents",
        seat=seat,
        held=held,
        has_other_seats=bool(others),
        up="/settings/agents",
    )


@require_POST
@owners_only
def reactivate(request: AgentRequest, agent_id: int) -> HttpResponse:
    """Open a closed seat."""
    seat = _seat(request, agent_id)
    reactivate_agent(seat)
    messages.success(request, _("The seat of %(name)s is open again.") % {"name": seat.name})
    return redirect("settings_agents")
