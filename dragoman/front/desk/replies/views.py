"""Answering from the console: preview, send, note, retry, phrases, files."""

from typing import Any, BinaryIO, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.access import get_conversation, get_message, waiting_attachments
from dragoman.core.conversations.actions.attachments import keep_attachment
from dragoman.core.conversations.actions.deliver import retry_delivery
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.reply import Draft, Preview, preview_reply, send_reply
from dragoman.core.conversations.models import Attachment, Conversation
from dragoman.core.conversations.routes import routes_of
from dragoman.kit.errors import Refusal, Unavailable

from ..conversations.panes import open_panes
from ..conversations.views import show
from ..request import AgentRequest, wants_fragment
from ..toast import Toast, refused
from .drafts import NOTE, Composer, composer_of, is_doubtful
from .phrases import filled, open_slots, phrase_text, phrases_for

MOST_FILES = 20


@require_POST
def preview(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show what the customer would get; a chosen phrase is added to the draft first."""
    conversation = get_conversation(request.agent, conversation_id)
    draft = _draft(request, conversation)
    text = draft.text
    if key := request.POST.get("phrase", ""):
        added = filled(phrase_text(key, request.agent), conversation)
        text = f"{text.rstrip()} {added}".strip()
    shown = _preview(conversation, request, draft.channel, text)
    return _show_draft(request, conversation, _replaced(draft, text=text), shown)


def _preview(conversation: Conversation, request: AgentRequest, channel: str, text: str) -> Preview | None:
    if channel == NOTE or not text.strip():
        return None
    return preview_reply(conversation, agent=request.agent, text=text)


def _draft(request: AgentRequest, conversation: Conversation) -> Composer:
    draft = composer_of(conversation, routes_of(conversation), request.POST)
    files = [*waiting_attachments(request.agent, _attachment_ids(request)), *_uploaded(request)]
    return _replaced(draft, files=files)


def _uploaded(request: AgentRequest) -> list[Attachment]:
    kept = []
    for file in request.FILES.getlist("files")[:MOST_FILES]:
        if file.file is not None:
            given = {"name": file.name or "", "content_type": file.content_type or ""}
            kept.append(keep_attachment(request.agent, file=cast(BinaryIO, file.file), **given))
    return kept


def _replaced(draft: Composer, **changes: Any) -> Composer:
    return Composer(**{**draft.__dict__, **changes})


def _attachment_ids(request: AgentRequest) -> list[int]:
    given = [part for value in request.POST.getlist("attachments") for part in value.split(",")]
    return [int(part) for part in given if part.isascii() and part.isdigit()][:MOST_FILES]


def _show_draft(
    request: AgentRequest,
    conversation: Conversation,
    draft: Composer,
    shown: Preview | None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the preview alone for a script, with the whole page for a form."""
    matter = {
        "preview": shown,
        "doubtful": is_doubtful(shown),
        "open_slots": open_slots(draft.text) if shown else [],
        "draft": draft,
    }
    if not wants_fragment(request):
        return show(request, conversation, status=status, **matter)
    toast = Toast(draft.problem, bad=True) if draft.problem else None
    context = {**matter, "conversation": conversation, "toast": toast, "whole": bool(toast)}
    return render(request, "desk/_previewed.html", context, status=status)


@require_POST
def send(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Send what was previewed; what was not, or changed since, is shown first."""
    conversation = get_conversation(request.agent, conversation_id)
    draft = _draft(request, conversation)
    token, send_as = request.POST.get("preview_token", ""), request.POST.get("send_as", "")
    if open_slots(draft.text) and draft.channel != NOTE:
        return _look_first(
            request, conversation, draft, _preview(conversation, request, draft.channel, draft.text)
        )
    if draft.text.strip() and send_as != "original" and not token:
        shown = _preview(conversation, request, draft.channel, draft.text)
        if shown is None or shown.reason != "same_language":
            return _look_first(request, conversation, draft, shown)
        token = shown.token
    try:
        send_reply(
            conversation,
            agent=request.agent,
            draft=Draft(
                text=draft.text,
                preview_token=token,
                send_as="original" if send_as == "original" else "translated",
                channel=draft.channel,
                attachments=[file.pk for file in draft.files],
            ),
        )
    except Refusal as refusal:
        shown = _preview(conversation, request, draft.channel, draft.text)
        return _show_draft(request, conversation, _replaced(draft, problem=str(refusal)), shown, status=409)
    except Unavailable:
        shown = _preview(conversation, request, draft.channel, draft.text)
        return _look_first(request, conversation, draft, shown)
    return _done(request, conversation_id, Toast(_("Sent")))


def _look_first(
    request: AgentRequest, conversation: Conversation, draft: Composer, shown: Preview | None
) -> HttpResponse:
    problem = _("Look at what the customer will get, then send.")
    return _show_draft(request, conversation, _replaced(draft, problem=problem), shown, status=409)


def _done(request: AgentRequest, conversation_id: int, toast: Toast) -> HttpResponse:
    if not wants_fragment(request):
        return redirect(f"/conversations/{conversation_id}")
    fresh = get_conversation(request.agent, conversation_id)
    context = {**open_panes(request, fresh), "toast": toast, "fresh_composer": True}
    return render(request, "desk/_changes.html", context)


@require_POST
def note(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Leave a private note."""
    conversation = get_conversation(request.agent, conversation_id)
    try:
        add_note(conversation, agent=request.agent, text=request.POST.get("text", ""))
    except Refusal as refusal:
        return refused(request, refusal)
    return _done(request, conversation_id, Toast(_("Note added, for your team only")))


@require_POST
def retry(request: AgentRequest, message_id: int) -> HttpResponse:
    """Try again to deliver a message that did not go out, or of which that is not known."""
    message = get_message(request.agent, message_id)
    try:
        retry_delivery(message, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    if not wants_fragment(request):
        return redirect(f"/conversations/{message.conversation_id}")
    fresh = get_conversation(request.agent, message.conversation_id)
    return render(
        request,
        "desk/_changes.html",
        {**open_panes(request, fresh, with_composer=False), "toast": Toast(_("Being sent again"))},
    )


@require_GET
def phrases(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """List phrases for the words typed, in the agent's language with the customer's below."""
    conversation = get_conversation(request.agent, conversation_id)
    found = phrases_for(request.agent, conversation, request.GET.get("phrase_q", ""))
    return render(request, "desk/_phrases.html", {"phrases": found, "conversation": conversation})


@require_POST
def upload(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Keep files that wait to be sent, and return a chip for each."""
    get_conversation(request.agent, conversation_id)
    try:
        kept = _uploaded(request)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=refusal.status)
    return render(request, "desk/_files.html", {"files": kept})
