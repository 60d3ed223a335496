"""Asking an outsider beside a conversation: whom, what they get to see, and what they will read."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.hold import undo_seconds
from dragoman.core.conversations.actions.reply import Draft, Preview, preview_reply
from dragoman.core.conversations.actions.side import Asked, first_words, start_side_thread
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.recipients import Recipients, mail_people, read_people
from dragoman.core.conversations.routes import mail_source
from dragoman.core.conversations.thread import messages_of
from dragoman.ground.design.functions import language_name
from dragoman.kit.errors import Refusal, Unavailable

from ..conversations.clock import clock_for
from ..frame import frame
from ..inbox.query import query_of
from ..request import AgentRequest
from ..words import Say

SHOWN = 30


@dataclass(frozen=True)
class Asking:
    """The form as it stands: fields as typed, ids of what is handed on."""

    to: str = ""
    cc: str = ""
    subject: str = ""
    language: str = ""
    text: str = ""
    forward: frozenset[int] = field(default_factory=frozenset)
    files: frozenset[int] = field(default_factory=frozenset)


def _numbers(given: list[str]) -> frozenset[int]:
    return frozenset(int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19)


def _asking(request: AgentRequest, conversation: Conversation) -> Asking:
    if request.method != "POST":
        chosen = _numbers([request.GET.get("message", "")])
        subject = conversation.subject and _("Fwd: %(subject)s") % {"subject": conversation.subject}
        team = workspace_facts(conversation.workspace_id).language
        return Asking(subject=subject, language=team, forward=chosen)
    post = request.POST
    typed = {name: post.get(name, "").strip() for name in ("to", "cc", "subject", "language", "text")}
    return Asking(
        **typed, forward=_numbers(post.getlist("forward")), files=_numbers(post.getlist("attachments"))
    )


@require_http_methods(["GET", "POST"])
def ask(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show the form, then what the outsider would get, then send it."""
    conversation = get_conversation(request.agent, conversation_id)
    asking = _asking(request, conversation)
    if request.method != "POST":
        return _shown(request, conversation, asking)
    token, send_as = request.POST.get("preview_token", ""), request.POST.get("send_as", "")
    try:
        # who is asked is checked before anybody waits for an engine
        asked = _asked(asking)
        if not token and send_as != "original":
            return _shown(request, conversation, asking, preview=_preview(request, conversation, asking))
        draft = Draft(
            text=asking.text,
            preview_token=token,
            send_as="original" if send_as == "original" else "translated",
            undo=undo_seconds(conversation.workspace_id, "email"),
        )
        side = start_side_thread(conversation, agent=request.agent, asked=asked, draft=draft)
    except Refusal as refusal:
        return _shown(request, conversation, asking, problem=str(refusal), status=refusal.status)
    except Unavailable:
        problem = _("The translation engine does not answer.")
        return _shown(request, conversation, asking, problem=problem, status=503)
    return redirect(f"/conversations/{side.pk}{query_of(request).tail}")


def _asked(asking: Asking) -> Asked:
    people = read_people(asking.to)
    if not people:
        raise Refusal(_("Say whom to ask: a mail address."), code="nobody", status=422)
    return Asked(
        outsider=people[0],
        subject=asking.subject,
        language=asking.language,
        forwarded=sorted(asking.forward),
        files=sorted(asking.files),
        recipients=Recipients(to=people[1:], cc=read_people(asking.cc)),
    )


def _preview(request: AgentRequest, conversation: Conversation, asking: Asking) -> Preview:
    return preview_reply(first_words(conversation, asking.language), agent=request.agent, text=asking.text)


def _shown(
    request: AgentRequest, conversation: Conversation, asking: Asking, *, status: int = 200, **matter: Any
) -> HttpResponse:
    messages = messages_of(conversation, public=True, most=SHOWN)[::-1]
    tags = [*workspace_facts(conversation.workspace_id).languages, asking.language]
    languages = sorted({tag: language_name(tag) for tag in tags if tag}.items(), key=lambda pair: pair[1])
    context = {
        "title": _("Ask somebody outside"),
        "conversation": conversation,
        "query": query_of(request),
        "customer_name": Say.customer(conversation.customer),
        "asking": asking,
        "messages_shown": messages,
        "clock": clock_for(conversation),
        "files": [(message, file) for message in messages for file in message.attachments],
        "languages": languages,
        "known": mail_people(conversation).participants,
        "can_mail": bool(mail_source(conversation)),
        "preview": None,
        "problem": "",
        **matter,
    }
    return render(
        request, "desk/side.html", frame(request, section="inbox", layout="wide", **context), status=status
    )
