"""Answers that wait: taken back, sent at once, or moved to another time."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dragoman.core.conversations.access import get_conversation, get_message
from dragoman.core.conversations.actions import hold
from dragoman.core.conversations.recipients import mail_people
from dragoman.core.conversations.routes import routes_of
from dragoman.kit.errors import Refusal

from ..conversations.clock import both, clock_for
from ..conversations.panes import open_panes
from ..conversations.views import show
from ..handling.snoozes import written_time
from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused
from .drafts import Composer, composer_of
from .recipients import typed_again


@require_POST
def withdraw(request: AgentRequest, message_id: int) -> HttpResponse:
    """Take an answer back into the composer, with its files and whom it was for."""
    message = get_message(request.agent, message_id)
    try:
        text, files = hold.withdraw(message, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    conversation = get_conversation(request.agent, message.conversation_id)
    routes = routes_of(conversation)
    mails = mail_people(conversation)
    blank = composer_of(conversation, routes, mails=mails)
    people = typed_again(message.meta, mails) if message.channel == "email" else blank.people
    draft = Composer(
        **{**blank.__dict__, "channel": message.channel, "text": text, "files": files, "people": people}
    )
    toast = Toast(_("Taken back: nothing was sent"))
    if not wants_fragment(request):
        return show(request, conversation, draft=draft)
    context = {**open_panes(request, conversation), "draft": draft, "toast": toast, "fresh_composer": True}
    return render(request, "desk/_changes.html", {**context, "taken_back": True})


@require_POST
def send_now(request: AgentRequest, message_id: int) -> HttpResponse:
    """Send a waiting answer at once."""
    message = get_message(request.agent, message_id)
    try:
        hold.send_now(message, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    return _again(request, message.conversation_id, Toast(_("Sent")))


@require_POST
def plan(request: AgentRequest, message_id: int) -> HttpResponse:
    """Move a waiting answer to another time, by the customer's clock where it is known."""
    message = get_message(request.agent, message_id)
    conversation = get_conversation(request.agent, message.conversation_id)
    clock = clock_for(conversation)
    zone = clock.zone if clock else request.agent.time_zone
    try:
        at = written_time(request.POST.get("plan_at", ""), zone)
        hold.plan_again(message, agent=request.agent, at=at)
    except Refusal as refusal:
        return refused(request, refusal)
    said = _("Goes out %(when)s") % {"when": both(at, request.agent.time_zone, clock)}
    return _again(request, conversation.pk, Toast(said))


def _again(request: AgentRequest, conversation_id: int, toast: Toast) -> HttpResponse:
    if not wants_fragment(request):
        return redirect(f"/conversations/{conversation_id}")
    fresh = get_conversation(request.agent, conversation_id)
    context = {**open_panes(request, fresh, with_composer=False), "toast": toast}
    return render(request, "desk/_changes.html", context)
