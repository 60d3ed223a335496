"""A conversation on paper: as a PDF made here, or printed by the browser with its own fonts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.transcript import MOST, Spoken, Texts, transcript_of, transcript_pdf
from dragoman.ground.design.functions import format_full
from dragoman.ground.design.paper import NoFont

from ..conversations.clock import Clock, clock_for
from ..inbox.query import query_of
from ..request import AgentRequest
from ..words import Say

TEXTS: Final[dict[Texts, Promise]] = {
    "original": _("As the customer sees it"),
    "translation": _("As the team reads it"),
    "both": _("Both"),
}


@dataclass(frozen=True)
class Wanted:
    """What of a conversation is to be on paper."""

    texts: Texts
    notes: bool
    spoken: list[Spoken]


def _wanted(request: AgentRequest, conversation: Conversation) -> Wanted:
    given = request.GET.get("texts", "")
    texts: Texts = next((code for code in TEXTS if code == given), "original")
    notes = request.GET.get("notes") == "1"
    reader = workspace_facts(request.agent.workspace_id).language
    return Wanted(texts, notes, transcript_of(conversation, reader=reader, texts=texts, notes=notes))


def _clocks(request: AgentRequest, conversation: Conversation, texts: Texts) -> tuple[str, Clock | None]:
    """Return the zone of the times and the clock beside it.

    What the customer sees follows their clock where it is known; what the team reads the agent's, theirs beside it.
    """
    clock = clock_for(conversation)
    if texts == "original" and clock is not None and not clock.guessed:
        return clock.zone, None
    return request.agent.time_zone, clock


def _beside(at: datetime, zone: str, clock: Clock | None) -> str:
    """Return a time by the customer's clock in full, empty where it is the same: paper is read on any day."""
    return format_full(at, clock.zone) if clock and clock.other(at, zone) else ""


@require_GET
def as_pdf(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Give a conversation as PDF; where a font is missing, the page to print says which."""
    conversation = get_conversation(request.agent, conversation_id)
    wanted = _wanted(request, conversation)
    called = Say.customer(conversation.customer)
    zone, clock = _clocks(request, conversation, wanted.texts)
    try:
        data = transcript_pdf(
            conversation,
            wanted.spoken,
            name=called,
            zone=zone,
            beside=lambda at: _beside(at, zone, clock),
        )
    except NoFont as missing:
        messages.warning(
            request, f"{missing} {_now('Until then print this page: it uses the fonts of this device.')}"
        )
        return redirect(f"/conversations/{conversation.pk}/transcript?{request.GET.urlencode()}")
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{conversation.number}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def transcript(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation for printing; notes are left out unless asked for."""
    conversation = get_conversation(request.agent, conversation_id)
    if conversation.pk != conversation_id:
        return redirect(f"/conversations/{conversation.pk}/transcript")
    wanted = _wanted(request, conversation)
    zone, clock = _clocks(request, conversation, wanted.texts)
    matter: dict[str, Any] = {
        "conversation": conversation,
        "query": query_of(request),
        "customer_name": Say.customer(conversation.customer),
        "spoken": wanted.spoken,
        "cut": len(wanted.spoken) >= MOST,
        "most": MOST,
        "texts": wanted.texts,
        "kinds": TEXTS.items(),
        "notes": wanted.notes,
        "zone": zone,
        "clock": clock,
    }
    return render(request, "desk/transcript.html", matter)
