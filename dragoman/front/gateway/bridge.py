"""Django behind ASGI with one thread hop a request.

Django's own ASGI handler changes threads at every synchronous middleware; all our pages are synchronous, so the whole
chain runs as WSGI in a small pool of threads, and only live streams stay on the event loop.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from asgiref.wsgi import WsgiToAsgiInstance
from django.core.handlers.wsgi import WSGIHandler

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

THREADS = 8
IN_MEMORY = 1024 * 1024
BODY_LIMIT = 48 * 1024 * 1024
SMALL = 512 * 1024


class Bridge:
    """An ASGI application that runs a WSGI one in its own threads."""

    def __init__(self, application: WSGIHandler, *, threads: int = THREADS) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            if not await _read(receive, body):
                await _too_large(send)
                return
            body.seek(0)
            translator = WsgiToAsgiInstance(self.application)  # type: ignore[no-untyped-call]
            translator.scope = scope
            environ = translator.build_environ(scope, body)  # type: ignore[no-untyped-call]
            loop = asyncio.get_running_loop()
            answer = _Answer(self.application, environ, loop, send)
            await loop.run_in_executor(self.pool, copy_context().run, answer.make)
            await answer.finish()


async def _read(receive: Receive, body: Any) -> bool:
    """Copy the request's body; False when it is larger than anything we take."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return True
        block = message.get("body", b"")
        size += len(block)
        if size > BODY_LIMIT:
            return False
        body.write(block)
        if not message.get("more_body"):
            return True


async def _too_large(send: Send) -> None:
    text = (
        b'{"type":"about:blank","status":413,"code":"too_large","title":"Requests may have at most 48 MB."}'
    )
    headers = [(b"content-type", b"application/problem+json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})


class _Answer:
    """One response: small ones leave in two messages, long ones block by block from the thread."""

    def __init__(
        self, application: WSGIHandler, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send
    ) -> None:
        self.application, self.environ, self.loop, self.send = application, environ, loop, send
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.rest = b""
        self.started = False

    def make(self) -> None:
        """Run the application in this thread."""
        # Django's WSGI handler logs to wsgi.errors only what nobody else took
        self.environ["wsgi.errors"] = sys.stderr
        result: Iterable[bytes] = self.application(self.environ, self._start)
        try:
            for block in result:
                self.rest += block
                if len(self.rest) > SMALL:
                    self._flush()
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()

    def _start(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        self.status = int(status.split(" ", 1)[0])
        # Django writes cookies with a blank in front, which uvicorn refuses to send
        self.headers = [
            (name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers
        ]
        return lambda _block: None

    def _flush(self) -> None:
        block, self.rest = self.rest, b""
        asyncio.run_coroutine_threadsafe(self._send_block(block), self.loop).result(timeout=60)

    async def _send_block(self, block: bytes) -> None:
        if not self.started:
            self.started = True
            await self.send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await self.send({"type": "http.response.body", "body": block, "more_body": True})

    async def finish(self) -> None:
        """Send what is left, from the event loop."""
        if not self.started:
            await self.send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await self.send({"type": "http.response.body", "body": self.rest})
