"""Keeping and fetching what an agent writes in a conversation."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.drafts import Written, discard_draft, save_draft
from dragoman.core.conversations.drafting import drafts_in
from dragoman.core.conversations.models import Draft
from dragoman.kit.errors import Refusal

from ..request import AgentRequest
from ..settings.personal.programs import program_of
from .restore import kept

# of a composer's other fields, as JSON
LONGEST_FIELDS = 20_000


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _fields(request: AgentRequest) -> dict[str, Any]:
    given = request.POST.get("fields", "") or "{}"
    try:
        fields = json.loads(given) if len(given) <= LONGEST_FIELDS else None
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise Refusal(_("This draft cannot be read."), code="bad_fields", status=422)
    return fields


def _written(request: AgentRequest) -> Written:
    posted = request.POST
    return Written(
        kind=posted.get("kind", ""),
        text=posted.get("text", "").replace("\r\n", "\n"),
        fields=_fields(request),
        attachments=[int(one) for one in posted.getlist("files") if one.isascii() and one.isdigit()],
        revision=_number(posted.get("revision", "")),
        device=program_of(request.headers.get("User-Agent", "")),
        force=posted.get("force") == "1",
    )


@require_http_methods(["GET", "POST"])
def draft(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """GET the agent's drafts here; POST one (`kind`, `text`, `fields`, `files`, `revision`, `force`, or `discard`).

    409 with the stored draft where another device or window has saved another text in between.
    """
    conversation = get_conversation(request.agent, conversation_id)
    agent = request.agent
    if request.method == "GET":
        found = drafts_in(agent, conversation).values()
        return JsonResponse({"drafts": [kept(agent, one).facts() for one in found]})
    if request.POST.get("discard") == "1":
        discard_draft(conversation, agent=agent, kind=request.POST.get("kind", ""))
        return _answer(request, None)
    try:
        result = save_draft(conversation, agent=agent, written=_written(request))
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "title": str(refusal)}, status=refusal.status)
    return _answer(request, result.draft, status=409 if result.conflict else 200)


def _answer(request: AgentRequest, stored: Draft | None, *, status: int = 200) -> HttpResponse:
    facts = kept(request.agent, stored).facts() if stored is not None else None
    return JsonResponse({"draft": facts}, status=status)
