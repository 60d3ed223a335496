"""One conversation: its page, and the parts that are fetched anew when something changed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.status import mark_read
from dragoman.core.conversations.models import Conversation

from ..frame import frame
from ..inbox.lists import list_context, views_context
from ..inbox.query import query_of
from ..request import AgentRequest
from .panes import open_panes


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
    mark_read(conversation)
    return show(request, conversation)


@require_GET
def work(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the open conversation with its context, to take the place of another."""
    conversation = get_conversation(request.agent, conversation_id)
    mark_read(conversation)
    return render(request, "desk/_work.html", open_panes(request, conversation))


@require_GET
def changes(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the parts that may have changed; each replaces itself, the draft stays."""
    conversation = get_conversation(request.agent, conversation_id)
    mark_read(conversation)
    return render(request, "desk/_changes.html", open_panes(request, conversation, with_composer=False))


@require_GET
def thread(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Fetch the thread, with `?all` from its beginning."""
    conversation = get_conversation(request.agent, conversation_id)
    return render(request, "desk/_thread.html", open_panes(request, conversation, with_composer=False))
