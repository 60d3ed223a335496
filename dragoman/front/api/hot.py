"""`POST /api/v1/messages` without Django's machinery, for the usual case; everything else goes the long way.

The usual case is a known token, a brand seen lately, no files, no HTML, no Idempotency-Key and a body that fits. The
long way (`messages.post_message`) makes all errors, so that there is one form of them; both store through the same
statement.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from pydantic import ValidationError

from dragoman.core.accounts.queries import TokenHolder, brands, hash_of, tokens
from dragoman.core.conversations.actions.receive import Incoming
from dragoman.core.conversations.gather import FAULTS, gatherer
from dragoman.kit.errors import Refusal

from .caller import windows
from .messages import answer_of, incoming_of
from .schemas import MessageIn

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

SMALL = 64 * 1024
# the escape of what PostgreSQL cannot hold: the long way drops it (lone surrogates are no JSON to pydantic)
_UNUSUAL = b"\\u0000"


async def post_message(scope: Scope, receive: Receive, send: Send, long_way: Application) -> None:
    """Store a message and answer, or give the call to the long way as it came."""
    headers = dict(scope["headers"])
    holder = _known(headers)
    if holder is None:
        await long_way(scope, receive, send)
        return
    body = await _read(receive)
    incoming = _usual(body, holder)
    if incoming is None or windows.seconds_to_wait(holder):
        await long_way(scope, _again(body, receive), send)
        return
    try:
        got = await asyncio.wrap_future(gatherer.submit(holder.workspace_id, incoming))
    except FAULTS:
        await long_way(scope, _again(body, receive), send)
        return
    data = json.dumps(answer_of(got)).encode()
    kind = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(data)).encode()),
        *((name.lower().encode(), value.encode()) for name, value in windows.headers(holder).items()),
    ]
    await send({"type": "http.response.start", "status": 200 if got.duplicate else 201, "headers": kind})
    await send({"type": "http.response.body", "body": data})


def _known(headers: dict[bytes, bytes]) -> TokenHolder | None:
    """Return who calls if nothing about the call is unusual so far."""
    scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
    length = headers.get(b"content-length", b"")
    if (
        scheme.lower() != b"bearer"
        or b"idempotency-key" in headers
        or not length.isdigit()
        or int(length) > SMALL
    ):
        return None
    holder = tokens.peek(hash_of(token.strip().decode("latin-1")))
    return holder if holder is not None and holder.may("messages") else None


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        block: bytes = message.get("body", b"")
        body += block
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return body


def _usual(body: bytes, holder: TokenHolder) -> Incoming | None:
    if _UNUSUAL in body:
        return None
    try:
        data = MessageIn.model_validate_json(body)
    except ValidationError:
        return None
    brand = brands.peek((holder.workspace_id, data.brand or ""))
    if brand is None or data.attachments or data.html:
        return None
    try:
        return incoming_of(data, brand_id=brand.pk, raw=body)
    except Refusal:
        return None


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body once more."""
    given = False

    async def once_more() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once_more
