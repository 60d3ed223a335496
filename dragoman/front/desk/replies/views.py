"""Answering from the console: preview, send, note, retry, phrases, files."""

import json
from dataclasses import replace
from typing import Any, BinaryIO, Literal, cast

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.actions import change_agent
from dragoman.core.conversations.access import get_conversation, get_message, waiting_attachments
from dragoman.core.conversations.actions.attachments import keep_attachment
from dragoman.core.conversations.actions.deliver import retry_delivery
from dragoman.core.conversations.actions.hold import undo_seconds
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.reply import Draft, Preview, amend_preview, preview_reply, send_reply
from dragoman.core.conversations.actions.status import set_tags
from dragoman.core.conversations.errors import BrokenTranslation, NewerMessage, StalePreview
from dragoman.core.conversations.masking import tried, types_for_notes
from dragoman.core.conversations.models import Attachment, Conversation, Message
from dragoman.core.conversations.promises import promise_of
from dragoman.core.conversations.queries import newest_public
from dragoman.core.conversations.recipients import Recipients
from dragoman.core.conversations.review import verdict_of
from dragoman.core.conversations.routes import routes_of
from dragoman.core.language.manners import GENDERS
from dragoman.core.texts.actions.macros import note_use
from dragoman.core.texts.models import Macro
from dragoman.core.texts.queries import macros_of
from dragoman.core.texts.slots import named, open_slots
from dragoman.kit.errors import Refusal, Unavailable

from ..conversations.clock import Clock, both, clock_for
from ..conversations.panes import open_panes
from ..conversations.views import show
from ..elbow.pane import elbow_of_preview
from ..inbox.views import next_after
from ..masked_words import LABELS
from ..mentions.posted import mentions_in, note_words
from ..request import AgentRequest, wants_fragment
from ..review.words import reason
from ..toast import Toast, refused
from ..words import Say
from .beside import beside_of, is_all, macros_in
from .drafts import NOTE, Composer, composer_of, is_doubtful
from .gaps import Gaps, gaps_in
from .memories import offers_for
from .phrases import MACRO, blocks_in, macros_for, phrases_for, text_of
from .planning import planned_for, planning_context
from .recipients import chosen
from .terms import marked_draft, marked_preview
from .tone import remarks_on

MOST_FILES = 20


@require_POST
def preview(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Show what the customer would get; a chosen phrase is added to the draft first."""
    conversation = get_conversation(request.agent, conversation_id)
    draft = _draft(request, conversation)
    text = draft.text
    if key := request.POST.get("phrase", ""):
        added = text_of(key, conversation, request.agent)
        text = f"{text.rstrip()} {added}".strip()
    if form := request.POST.get("own_form", ""):
        return _with_own_form(request, conversation, _replaced(draft, text=text), form)
    shown = _amended(conversation, request, text)
    # what no hand changed is said anew: the customer may be spoken to otherwise by now
    if shown is None or not shown.amended_from:
        shown = _preview(conversation, request, draft.channel, text)
    return _show_draft(request, conversation, _replaced(draft, text=text), shown)


def _with_own_form(
    request: AgentRequest, conversation: Conversation, draft: Composer, form: str
) -> HttpResponse:
    """Keep the form that an agent chose for themselves in their profile, and preview with it."""
    if form in GENDERS:
        change_agent(request.agent, changes={"gender": form})
    shown = _preview(conversation, request, draft.channel, draft.text)
    return _show_draft(request, conversation, draft, shown, kept_form=form in GENDERS)


def _secrets_in(conversation: Conversation, text: str, shown: Preview | None) -> list[str]:
    """Name what of a draft would be masked if a customer wrote it: it goes out as written, but not unnoticed."""
    types = types_for_notes(conversation.workspace_id, conversation.brand_id)
    if shown and shown.amended_from:
        text = f"{text}\n\n{shown.text}"
    return [str(LABELS[kind]) for kind in tried(text, types)[1]]


def _amended(conversation: Conversation, request: AgentRequest, text: str) -> Preview | None:
    """Return the preview whose translation was changed by hand; None where none was, or the draft changed since."""
    token, said = request.POST.get("preview_token", ""), request.POST.get("amended", "")
    if not token or not said.strip():
        return None
    try:
        return amend_preview(conversation, text=text, token=token, said=said)
    except StalePreview:
        return None


def _preview(conversation: Conversation, request: AgentRequest, channel: str, text: str) -> Preview | None:
    if channel == NOTE or not text.strip():
        return None
    # a macro's language is known: a few words of it may look like another's
    source = conversation.language if is_all(macros_in(request.agent, conversation, text), text) else ""
    return preview_reply(conversation, agent=request.agent, text=text, source=source)


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
    newest: int = 0,
    asks_anyway: bool = False,
    kept_form: bool = False,
) -> HttpResponse:
    """Answer with the preview alone for a script, with the whole page for a form."""
    beside, unread = beside_of(request.agent, conversation, shown)
    promise = promise_of(conversation)
    matter = {
        "preview": shown,
        "beside": beside,
        "unread": unread,
        "doubtful": is_doubtful(shown),
        "remarks": remarks_on(conversation, request.agent, shown),
        "secrets": _secrets_in(conversation, draft.text, shown),
        **_gaps(request, conversation, draft, shown),
        "marked": marked_preview(conversation, shown),
        "draft_terms": marked_draft(conversation, shown),
        "offers": offers_for(conversation, request.agent, shown),
        "asks_anyway": asks_anyway,
        "kept_form": kept_form,
        **elbow_of_preview(request.agent, conversation, shown, promise),
        "draft": draft,
        "why_reviewed": reason,
        "verdict": verdict_of(conversation, shown, channel=draft.channel) if shown else None,
        **planning_context(conversation, request.agent, promise),
    }
    status = 409 if newest else status
    if not wants_fragment(request):
        return show(request, conversation, status=status, **matter)
    toast = Toast(draft.problem, bad=True) if draft.problem else None
    context = {
        **matter,
        "conversation": conversation,
        "toast": toast,
        "whole": bool(toast),
        "newest": newest,
        "zone": request.agent.time_zone,
        "words": Say,
    }
    answer = render(request, "desk/_previewed.html", context, status=status)
    if draft.people.wrong:
        refused_people = {"field": f"mail_{draft.people.wrong}", "said": draft.people.why}
        answer.headers["HX-Trigger"] = json.dumps({"people-refused": refused_people})
    return answer


def _gaps(
    request: AgentRequest, conversation: Conversation, draft: Composer, shown: Preview | None
) -> dict[str, Any]:
    """Return what is still to be filled in, with what the thread knows of it, and sentences that cannot be said."""
    gaps = gaps_in(conversation, draft.text, language=shown.source_language) if shown else Gaps()
    return {
        "gaps": gaps,
        "open_slots": [named(slot) for slot in gaps.slots],
        "blocks": [] if gaps.slots else blocks_in(request.agent, conversation, shown),
    }


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
        unseen = _secrets_in(conversation, draft.text, shown) if draft.channel != NOTE else []
        if shown is None or shown.reason != "same_language" or unseen:
            return _look_first(request, conversation, draft, shown)
        token = shown.token
    if amended := _amended(conversation, request, draft.text):
        token = amended.token
    try:
        message = _send(request, conversation, draft, token)
    except NewerMessage as held:
        shown = _preview(conversation, request, draft.channel, draft.text)
        newest = newest_public(conversation)
        return _show_draft(request, conversation, _replaced(draft, problem=str(held)), shown, newest=newest)
    except BrokenTranslation as held:
        shown = _amended(conversation, request, draft.text)
        shown = shown or _preview(conversation, request, draft.channel, draft.text)
        told = _replaced(draft, problem=str(held))
        return _show_draft(request, conversation, told, shown, status=409, asks_anyway=True)
    except Refusal as refusal:
        shown = _preview(conversation, request, draft.channel, draft.text)
        field = str(refusal.details.get("field", ""))
        people = replace(draft.people, wrong=field, why=str(refusal) if field else "")
        told = _replaced(draft, problem=str(refusal), people=people)
        return _show_draft(request, conversation, told, shown, status=409)
    except Unavailable:
        shown = _preview(conversation, request, draft.channel, draft.text)
        return _look_first(request, conversation, draft, shown)
    _after_macros(request, conversation)
    answer = _done(request, conversation_id, _sent(message, request.agent.time_zone, clock_for(conversation)))
    if request.POST.get("then") == "next":
        if not wants_fragment(request):
            return redirect(next_after(request, conversation_id))
        answer.headers["HX-Trigger-After-Settle"] = "desk:next"
    return answer


def _send(request: AgentRequest, conversation: Conversation, draft: Composer, token: str) -> Message:
    """Send a draft; typed on since its preview it goes too where the customer gets it as written, but for secrets."""
    try:
        return send_reply(
            conversation, agent=request.agent, draft=_to_send(request, conversation, draft, token)
        )
    except StalePreview:
        shown = _preview(conversation, request, draft.channel, draft.text)
        if shown is None or shown.reason != "same_language" or _secrets_in(conversation, draft.text, shown):
            raise
    return send_reply(
        conversation, agent=request.agent, draft=_to_send(request, conversation, draft, shown.token)
    )


def _to_send(request: AgentRequest, conversation: Conversation, draft: Composer, token: str) -> Draft:
    channel = draft.channel or ""
    send_at = planned_for(request.POST, conversation, request.agent)
    seen = request.POST.get("seen", "")
    return Draft(
        text=draft.text,
        preview_token=token,
        send_as="original" if request.POST.get("send_as") == "original" else "translated",
        channel=channel,
        attachments=[file.pk for file in draft.files],
        recipients=chosen(conversation, draft.people) if channel == "email" else Recipients(),
        seen=int(seen) if seen.isascii() and seen.isdigit() and 0 < len(seen) < 19 else None,
        send_at=send_at,
        undo=0 if send_at else undo_seconds(conversation.workspace_id, channel),
        then=_then(request),
        review=request.POST.get("review") == "1",
        send_anyway=request.POST.get("send_anyway") == "1",
    )


def _used_macros(request: AgentRequest) -> list[Macro]:
    keys = [key.removeprefix(MACRO) for key in request.POST.getlist("macro")]
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    return list(macros_of(request.agent).filter(pk__in=wanted)) if wanted else []


def _after_macros(request: AgentRequest, conversation: Conversation) -> None:
    """Do what the macros say that were put into what was sent."""
    used = _used_macros(request)
    if not used:
        return
    note_use(conversation.workspace_id, [macro.pk for macro in used])
    fresh = get_conversation(request.agent, conversation.pk)
    added = [tag for macro in used for tag in macro.tags]
    if added:
        set_tags(fresh, agent=request.agent, tags=[*fresh.tags, *added])


def _then(request: AgentRequest) -> Literal["pending", "resolved"]:
    asked = request.POST.get("then") == "resolved"
    return "resolved" if asked or any(macro.then for macro in _used_macros(request)) else "pending"


def _sent(message: Message, zone: str, clock: Clock | None) -> Toast:
    undo = f"/desk/messages/{message.pk}/withdraw"
    if message.delivery == "scheduled" and message.meta.get("hold") == "review":
        return Toast(_("Sent to review"), undo)
    if message.delivery != "scheduled" or message.due_at is None:
        return Toast(_("Sent"))
    if message.meta.get("hold") == "planned":
        return Toast(_("Goes out %(when)s") % {"when": both(message.due_at, zone, clock)}, undo)
    left = round((message.due_at - timezone.now()).total_seconds())
    return Toast(_("Sent"), undo, seconds=max(1, left))


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
        left = add_note(
            conversation,
            agent=request.agent,
            text=request.POST.get("text", ""),
            mentions=mentions_in(request.POST),
        )
    except Refusal as refusal:
        return refused(request, refusal)
    return _done(request, conversation_id, Toast(note_words(left)))


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
    words = request.GET.get("phrase_q", "")
    found = [
        *macros_for(request.agent, conversation, words),
        *phrases_for(request.agent, conversation, words),
    ]
    context = {"phrases": found, "conversation": conversation, "by_theme": not words.strip(), "words": Say}
    return render(request, "desk/_phrases.html", context)


@require_POST
def upload(request: AgentRequest, conversation_id: int) -> HttpResponse:
    """Keep files that wait to be sent, and return a chip for each."""
    get_conversation(request.agent, conversation_id)
    try:
        kept = _uploaded(request)
    except Refusal as refusal:
        return HttpResponse(str(refusal), status=refusal.status)
    return render(request, "desk/_files.html", {"files": kept})
