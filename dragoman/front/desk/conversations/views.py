"""One conversation: its page, and the parts that are fetched anew when something changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.access import get_conversation, get_message
from dragoman.core.conversations.actions.envelopes import read_envelope
from dragoman.core.conversations.actions.status import mark_read
from dragoman.core.conversations.models import Conversation, Envelope
from dragoman.kit.errors import NotFound

from ..frame import frame
from ..inbox.lists import list_context, views_context
from ..inbox.query import query_of
from ..merging.said import just_done
from ..request import AgentRequest
from .paging import cursor_at
from .panes import earlier_panes, open_panes


def show(
    request: AgentRequest, conversation: Conversation, *, status: int = 200, **matter: Any
) -> HttpResponse:
    """Render the whole page with a conversation open; `matter` overrides parts (a draft, a preview)."""
    query = query_of(request)
    context = {
        **list_context(request.agent, query, selected=conversation.pk),
        **views_context(request.agent, query),
        **open_panes(request, conversation),
        "title": conversation.subject or f"#{conversation.number}",
        **matter,
    }
    return render(request, "desk/inbox.html", frame(request, section="inbox", **context), status=status)


@require_GET
def page(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show the conversation beside the list it was opened from."""
    conversation = get_conversation(request.agent, conversation_id)
    if conversation.pk != conversation_id:
        # merged away: the browser keeps the #message it came for
        return redirect(f"/conversations/{conversation.pk}{query_of(request).tail}")
    mark_read(conversation)
    return show(request, conversation, said=just_done(request, conversation))


@require_GET
def message(request: AgentRequest, message_id: int) -> HttpResponse:
    """Lead to a message: to the part of the thread that holds it, in the conversation where it stands now."""
    found = get_message(request.agent, message_id)
    conversation = get_conversation(request.agent, found.conversation_id)
    before = cursor_at(conversation, found.pk)
    tail = query_of(request).tail
    part = f"{'&' if tail else '?'}before={before}" if before else ""
    return redirect(f"/conversations/{conversation.pk}{tail}{part}#m{found.pk}")


@require_GET
def work(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the open conversation with its context, to take the place of another."""
    conversation = get_conversation(request.agent, conversation_id)
    mark_read(conversation)
    return render(request, "desk/_opened.html", open_panes(request, conversation))


@require_GET
def changes(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the parts that may have changed; each replaces itself, the draft stays."""
    conversation = get_conversation(request.agent, conversation_id)
    mark_read(conversation)
    return render(request, "desk/_changes.html", open_panes(request, conversation, with_composer=False))


@require_POST
def source(request: AgentRequest, message_id: int) -> HttpResponse:
    """Show what came in word for word; for leads, and the audit trail tells who looked."""
    message = get_message(request.agent, message_id)
    envelope = Envelope.objects.filter(
        workspace_id=request.agent.workspace_id, pk=message.envelope_id or 0
    ).first()
    if envelope is None:
        raise NotFound(_("What came in is no longer kept: its time has passed."))
    words = read_envelope(envelope, agent=request.agent)
    answer = HttpResponse(words.decode("utf-8", "replace"), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_GET
def earlier(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the part of the thread before the message `before`."""
    conversation = get_conversation(request.agent, conversation_id)
    return render(request, "desk/_earlier.html", earlier_panes(request, conversation))
