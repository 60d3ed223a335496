"""In front of Django: live streams and hot doors on the event loop, all else across the bridge."""

import re
import string
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote_from_bytes

from django.core.handlers.wsgi import WSGIHandler

from .bridge import Bridge, Receive, Scope, Send
from .hub import hub
from .live import agent_stream, shopper_stream

_CHAT_LIVE = re.compile(r"/chat/([a-z0-9-]{1,63})/live\Z")
_ESCAPED = string.punctuation
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
# a door that answers what is usual by itself and gives everything else to the application behind it
Door = Callable[[Scope, Receive, Send, Application], Awaitable[None]]


class Dispatcher:
    """The ASGI application of a web process; `doors` are found by (method, path)."""

    def __init__(
        self, django_application: WSGIHandler, doors: Mapping[tuple[str, str], Door] | None = None
    ) -> None:
        self.bridge = Bridge(django_application)
        self.doors = doors or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one connection."""
        if scope["type"] != "http":
            return
        if not scope["query_string"].isascii():
            # curl and hand-made clients send letters as they are; everybody behind expects them escaped
            scope = {**scope, "query_string": quote_from_bytes(scope["query_string"], safe=_ESCAPED).encode()}
        door = self.doors.get((scope["method"], scope["path"]))
        if door is not None:
            await door(scope, receive, send, self.bridge)
            return
        if scope["method"] == "GET" and scope["path"] == "/live":
            await agent_stream(scope, receive, send)
            return
        if scope["path"] == "/desk/presence":
            hub.start()
        chat = _CHAT_LIVE.fullmatch(scope["path"]) if scope["method"] == "GET" else None
        if chat is not None:
            await shopper_stream(scope, receive, send, chat[1])
            return
        await self.bridge(scope, receive, send)
