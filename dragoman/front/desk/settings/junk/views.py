"""Junk: the filter, how long junk is kept, blocked senders, and senders whose mail always passes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.conversations.actions.junk import (
    block_sender,
    remove_rule,
    reset_filter,
    set_filter,
)
from dragoman.core.conversations.junk import Shown, filter_of, rule_for, rules_of, why_junk
from dragoman.core.conversations.junk_filter import ENOUGH_GOOD, ENOUGH_JUNK
from dragoman.ground.channels.ports import Inbound, Person
from dragoman.kit.errors import Refusal

from ...junk.words import reason_of
from ...request import AgentRequest
from ..places import leads_only, show
from .forms import BlockForm, FilterForm, TryForm


def _page(
    request: AgentRequest,
    *,
    settings: FilterForm | None = None,
    blocking: BlockForm | None = None,
    trying: TryForm | None = None,
    verdict: str = "",
    status: int = 200,
) -> HttpResponse:
    workspace_id = request.agent.workspace_id
    known = filter_of(workspace_id)
    initial = {"active": known.active, "keep_days": known.keep_days}
    return show(
        request,
        "junk.html",
        place="junk",
        status=status,
        settings_form=settings or FilterForm(initial=initial),
        block_form=blocking or BlockForm(),
        try_form=trying or TryForm(),
        verdict=verdict,
        known=known,
        ready=known.junk >= ENOUGH_JUNK and known.good >= ENOUGH_GOOD,
        enough=(ENOUGH_JUNK, ENOUGH_GOOD),
        blocked=rules_of(workspace_id, passes=False),
        passing=rules_of(workspace_id, passes=True),
    )


@require_http_methods(["GET", "POST"])
@leads_only
def junk(request: AgentRequest) -> HttpResponse:
    """Show it all; store whether the filter acts and how long junk is kept."""
    if request.method == "GET":
        return _page(request)
    form = FilterForm(request.POST)
    if not form.is_valid():
        return _page(request, settings=form, status=422)
    set_filter(request.agent.workspace_id, agent=request.agent, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("settings_junk")


@require_POST
@leads_only
def block(request: AgentRequest) -> HttpResponse:
    """Block an address or a domain."""
    form = BlockForm(request.POST)
    if form.is_valid():
        try:
            rule = block_sender(request.agent.workspace_id, agent=request.agent, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("value", str(refusal))
        else:
            messages.success(request, _("Blocked: %(sender)s") % {"sender": rule.value})
            return redirect("settings_junk")
    return _page(request, blocking=form, status=422)


@require_POST
@leads_only
def unblock(request: AgentRequest, rule_id: int) -> HttpResponse:
    """Forget a rule; its sender is judged like anybody."""
    remove_rule(request.agent.workspace_id, agent=request.agent, rule_id=rule_id)
    messages.success(request, _("The rule is gone. New mail of this sender is judged like any other."))
    return redirect("settings_junk")


@require_POST
@leads_only
def try_it(request: AgentRequest) -> HttpResponse:
    """Say what would become of a mail; nothing is stored or learned."""
    form = TryForm(request.POST)
    if not form.is_valid():
        return _page(request, trying=form, status=422)
    facts, workspace_id = form.cleaned_data, request.agent.workspace_id
    sender = facts["sender"].lower()
    mail = Inbound("try", Person("email", sender), facts["text"], subject=facts["subject"])
    why = why_junk(workspace_id, mail, sender)
    if why:
        shown = Shown(why, str(why.get("by", "")), timezone.now())
        words = _("It would be put aside.") + " " + reason_of(shown, zone=request.agent.time_zone)
    else:
        words = _("It would come into the inbox.") + " " + _why_not(workspace_id, sender)
    return _page(request, trying=form, verdict=words)


def _why_not(workspace_id: int, sender: str) -> str:
    rule = rule_for(workspace_id, sender)
    if rule is not None:
        return _("Mail of %(sender)s always passes.") % {"sender": rule.value}
    known = filter_of(workspace_id)
    if not known.active:
        return _("The filter is switched off.")
    if known.junk < ENOUGH_JUNK or known.good < ENOUGH_GOOD:
        return _("The filter has not learned enough to say anything.")
    return ""


@require_POST
@leads_only
def reset(request: AgentRequest) -> HttpResponse:
    """Forget what the filter learned."""
    reset_filter(request.agent.workspace_id, agent=request.agent)
    messages.success(request, _("The filter has forgotten everything and learns anew."))
    return redirect("settings_junk")
