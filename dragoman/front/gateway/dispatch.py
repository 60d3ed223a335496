"""In front of Django: live streams on the event loop, all else across the bridge."""

import re

from django.core.handlers.wsgi import WSGIHandler

from .bridge import Bridge, Receive, Scope, Send
from .live import agent_stream, shopper_stream

_CHAT_LIVE = re.compile(r"/chat/([a-z0-9-]{1,63})/live\Z")


class Dispatcher:
    """The ASGI application of a web process."""

    def __init__(self, django_application: WSGIHandler) -> None:
        self.bridge = Bridge(django_application)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Route one connection."""
        if scope["type"] != "http":
            return
        if scope["method"] == "GET" and scope["path"] == "/live":
            await agent_stream(scope, receive, send)
            return
        chat = _CHAT_LIVE.fullmatch(scope["path"]) if scope["method"] == "GET" else None
        if chat is not None:
            await shopper_stream(scope, receive, send, chat[1])
            return
        await self.bridge(scope, receive, send)
