"""`/live` and `/chat/<brand>/live`: server-sent events, raw ASGI, pointers only."""

import asyncio
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils.crypto import constant_time_compare

from dragoman.core.accounts.models import User
from dragoman.core.accounts.queries import get_brand
from dragoman.ground.channels.chat import read_session
from dragoman.kit import workspace
from dragoman.kit.errors import Forged, Refusal

from .bridge import Receive, Scope, Send
from .hub import RESYNC, Stream, hub, missed
from .seats import agent_of

MOST_TOPICS = 20


def _agent(cookies: str) -> tuple[int, int] | None:
    """Return workspace and id of the agent whose session this is."""
    try:
        jar = SimpleCookie(cookies)
    except CookieError:
        return None
    morsel = jar.get(settings.SESSION_COOKIE_NAME)
    if morsel is None:
        return None
    try:
        session = SessionStore(morsel.value)
        user = User.objects.filter(pk=session.get(SESSION_KEY) or 0, is_active=True).first()
        if user is None or not constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
        ):
            return None
        agent = agent_of(user, session.get("agent"))
        return (agent.workspace_id, agent.pk) if agent else None
    finally:
        # the stream lives for hours, a pooled connection must not
        connection.close()


def _shoppers_topic(brand: str, token: str) -> tuple[int, str] | None:
    try:
        session = read_session(token, brand=brand)
        with workspace.acting_in(session.workspace_id):
            return session.workspace_id, f"chat:{get_brand(session.workspace_id, brand).pk}:{session.handle}"
    except (Forged, Refusal):
        return None
    finally:
        connection.close()


async def agent_stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve an agent's stream: `?topics=inbox,conversation:42` of their own workspace."""
    found = await sync_to_async(_agent, thread_sensitive=False)(_header(scope, b"cookie"))
    if found is None:
        await _refuse(send, 401)
        return
    workspace_id, agent_id = found
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("topics", ["inbox"])[0]
    topics = [topic for topic in dict.fromkeys(asked.split(",")) if _may_watch(topic, agent_id)][:MOST_TOPICS]
    await _stream(scope, receive, send, workspace_id, topics, [])


def _may_watch(topic: str, agent_id: int) -> bool:
    """Say whether an agent may watch a topic: what another agent is told is nobody else's."""
    return 0 < len(topic) <= 60 and (not topic.startswith("agent:") or topic == f"agent:{agent_id}")


async def shopper_stream(scope: Scope, receive: Receive, send: Send, brand: str) -> None:
    """Serve a widget's stream: its own thread alone."""
    token = parse_qs(scope["query_string"].decode("latin-1")).get("session", [""])[0]
    found = await sync_to_async(_shoppers_topic, thread_sensitive=False)(brand, token)
    if found is None:
        await _refuse(send, 401)
        return
    await _stream(scope, receive, send, found[0], [found[1]], [(b"access-control-allow-origin", b"*")])


async def _stream(
    scope: Scope,
    receive: Receive,
    send: Send,
    workspace_id: int,
    topics: list[str],
    headers: list[tuple[bytes, bytes]],
) -> None:
    stream = hub.join(workspace_id, topics)
    gone = asyncio.ensure_future(_until_gone(receive, stream))
    try:
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [
                    (b"content-type", b"text/event-stream; charset=utf-8"),
                    (b"cache-control", b"no-cache, no-transform"),
                    (b"x-accel-buffering", b"no"),
                    *headers,
                ],
            }
        )
        await _say(send, b": hello\nretry: 2000\n\n")
        await _catch_up(stream, workspace_id, topics, _header(scope, b"last-event-id"))
        await _forward(stream, send)
    finally:
        gone.cancel()
        hub.leave(stream, workspace_id, topics)


async def _catch_up(stream: Stream, workspace_id: int, topics: list[str], last: str) -> None:
    if not last.isdigit():
        return
    pointers = await missed(workspace_id, topics, int(last))
    if pointers is None or len(pointers) > 100 or any(topic.startswith("chat:") for topic in topics):
        stream.put(RESYNC)
        return
    for pointer in pointers:
        stream.put(f"event: changed\ndata: {pointer}\n\n".encode())


async def _forward(stream: Stream, send: Send) -> None:
    while (block := await stream.queue.get()) is not None:
        while not stream.queue.empty():
            more = stream.queue.get_nowait()
            if more is None:
                return
            block += more
        await _say(send, block)


async def _until_gone(receive: Receive, stream: Stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _say(send: Send, block: bytes) -> None:
    await send({"type": "http.response.body", "body": block, "more_body": True})


async def _refuse(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"access-control-allow-origin", b"*")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"Log in to watch.\n"})


def _header(scope: Scope, name: bytes) -> str:
    values = [value for key, value in scope["headers"] if key == name]
    return "; ".join(value.decode("latin-1") for value in values)
