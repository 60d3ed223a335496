"""A conversation on paper: the browser prints it, or saves it as PDF with its own fonts."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.transcript import MOST, Texts, transcript_of

from ..request import AgentRequest
from ..words import Say

TEXTS: Final[dict[Texts, Promise]] = {
    "original": _("As the customer sees it"),
    "translation": _("As the team reads it"),
    "both": _("Both"),
}


@require_GET
def transcript(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show a conversation for printing; notes are left out unless asked for."""
    conversation = get_conversation(request.agent, conversation_id)
    if conversation.pk != conversation_id:
        return redirect(f"/conversations/{conversation.pk}/transcript")
    given = request.GET.get("texts", "")
    texts: Texts = next((code for code in TEXTS if code == given), "original")
    notes = request.GET.get("notes") == "1"
    reader = workspace_facts(request.agent.workspace_id).language
    spoken = transcript_of(conversation, reader=reader, texts=texts, notes=notes)
    matter: dict[str, Any] = {
        "conversation": conversation,
        "customer_name": Say.customer(conversation.customer),
        "spoken": spoken,
        "cut": len(spoken) >= MOST,
        "most": MOST,
        "texts": texts,
        "kinds": TEXTS.items(),
        "notes": notes,
        "zone": request.agent.time_zone,
    }
    return render(request, "desk/transcript.html", matter)
