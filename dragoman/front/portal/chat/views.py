"""The widget's endpoints; the live stream of `/chat/<brand>/live` is the gateway's."""

import hashlib
import json

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext as _

from dragoman.core.accounts.chat import chat_settings
from dragoman.front.portal.chat import limits
from dragoman.front.portal.chat.config import config_of
from dragoman.front.portal.chat.door import Caller, chat_door, read_json, reply, session_of
from dragoman.front.portal.chat.files import keep_file
from dragoman.front.portal.chat.help import count_written
from dragoman.front.portal.chat.messages import Receipts, Written, receive_written
from dragoman.front.portal.chat.own_texts import shopper_of
from dragoman.front.portal.chat.sessions import SessionWish, open_session
from dragoman.front.portal.chat.thread import find_shown, note_received, thread_page, thread_state
from dragoman.front.portal.chat.typing import Typing, tell_typing
from dragoman.ground.channels.chat import sign_session
from dragoman.kit.errors import Refusal


@chat_door("GET")
def config(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Answer with what the widget shows before anybody wrote: words, languages, limits, who is there."""
    facts = config_of(caller.brand, shopper_of(request))
    body = json.dumps(facts, ensure_ascii=False).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    response: HttpResponse
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=15"
    return response


@chat_door("POST")
def session(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Open or renew a session: 200 `{session, handle, email}`; nothing is stored here."""
    limits.count((limits.SESSIONS_PER_ADDRESS, caller.address))
    opened = open_session(caller.brand, read_json(request, SessionWish))
    return reply({"session": sign_session(opened), "handle": opened.handle[:12], "email": opened.email})


@chat_door("POST")
def send(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take one message in: 201 `{message, duplicate}`, 200 when it had come before."""
    who = session_of(request, caller.brand)
    limits.count(
        (limits.MESSAGES_PER_ADDRESS, caller.address),
        (limits.MESSAGES_PER_SESSION, who.handle),
    )
    received = receive_written(who, caller.brand, read_json(request, Written), address=caller.address)
    if not received.duplicate:
        count_written(who, caller.brand)
    shown = find_shown(who, caller.brand, received.message_id)
    return reply(
        {"message": shown, "duplicate": received.duplicate}, status=200 if received.duplicate else 201
    )


@chat_door("GET")
def messages(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Answer with what is newer than `?after=` (an id), oldest first: `{items, next, read, closed}`."""
    who = session_of(request, caller.brand)
    limits.count((limits.READS_PER_SESSION, who.handle))
    after = request.GET.get("after") or "0"
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise Refusal(_("The place to read from is not right."), code="bad_cursor", status=422)
    items, following = thread_page(who, caller.brand, after=int(after))
    return reply({"items": items, "next": following, **thread_state(who, caller.brand)})


def messages_or_send(request: HttpRequest, brand: str) -> HttpResponse:
    """Lead `/messages` to reading or writing."""
    return send(request, brand) if request.method == "POST" else messages(request, brand)


messages_or_send.csrf_exempt = True  # type: ignore[attr-defined]


@chat_door("POST")
def receipts(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Take in how far the shopper's page got, and how far they read: 200 `{}`."""
    who = session_of(request, caller.brand)
    limits.count((limits.READS_PER_SESSION, who.handle))
    told = read_json(request, Receipts)
    note_received(who, caller.brand, delivered=told.delivered, read=told.read)
    return reply({})


@chat_door("POST")
def typing(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Tell the desk that the shopper types, or stopped: 200 `{}`; nothing is stored."""
    who = session_of(request, caller.brand)
    limits.count((limits.TYPING_PER_SESSION, who.handle))
    told = read_json(request, Typing)
    if chat_settings(caller.brand).typing:
        tell_typing(who, caller.brand, told)
    return reply({})


@chat_door("POST")
def files(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Keep one file of a form (`file`): 201 `{token, name, size, content_type}`, 413 above the limit."""
    who = session_of(request, caller.brand)
    limits.count((limits.FILES_PER_SESSION, who.handle))
    if int(request.META.get("CONTENT_LENGTH") or 0) > limits.FILE_BYTES + limits.JSON_BYTES:
        raise limits.file_too_large()
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal(_("There is no file in this request."), code="no_file", status=422)
    token, kept = keep_file(who, upload, settings=chat_settings(caller.brand))
    facts = {"token": token, "name": kept.name, "size": kept.size, "content_type": kept.content_type}
    return reply(facts, status=201)
