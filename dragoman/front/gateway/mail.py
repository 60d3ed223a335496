"""The SMTP and LMTP listener: a mail is acknowledged when `accept` has stored it, and not before.

It knows nothing of workspaces: `knows` says which addresses are ours, `accept` keeps the raw mail. Both run
in threads, at most `threads` at once. Sizes are in bytes, times in seconds.
RFC 5321, 1870 (SIZE), 2033 (LMTP), 2920 (pipelining), 6531 (SMTPUTF8).
"""

import asyncio
import logging
import ssl
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import BinaryIO, Literal, TypeVar, cast

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from dragoman.kit.errors import Rejected, Unavailable

# Thirty megabytes of files grow by 37 % in base64; 31 MB exceed this.
SIZE_LIMIT = 42 * 1024 * 1024
IN_MEMORY = 256 * 1024
LINE_LIMIT = 64 * 1024
MAX_RECIPIENTS = 100
# A client on one connection; the rest of the commands 100 times.
COMMAND_CALLS = {"MAIL": 2000, "RCPT": 20_000, "DATA": 2000, "RSET": 4000, "NOOP": 2000, "*": 100}

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class MailIn:
    """One mail as it came in; `body` is seekable, opens with Return-Path (and Delivered-To), closes after.

    `peer` is an IP address, `mail_from` is "" for bounces.
    """

    peer: str
    mail_from: str
    recipients: tuple[str, ...]
    body: BinaryIO
    utf8: bool = False


def everyone(address: str) -> bool:
    """Take any recipient: for a listener behind a mail server that has checked already."""
    return True


@dataclass
class MailListener:
    """Listens on one port in a thread of its own; `accept` returns a word for the log of the sender.

    `accept` raises Unavailable (answered 451, the sender tries again) or Rejected (550); anything else it
    raises is logged and answered 451. `knows` decides at RCPT: False is answered 550 5.1.1.
    """

    accept: Callable[[MailIn], str]
    knows: Callable[[str], bool] = everyone
    protocol: Literal["smtp", "lmtp"] = "smtp"
    size_limit: int = SIZE_LIMIT
    max_connections: int = 256
    timeout: float = 120
    threads: int = 8
    hostname: str = "localhost"
    tls: ssl.SSLContext | None = None
    port: int = field(default=0, init=False)

    def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Begin to listen and return the port (a free one for 0); OSError where it is taken."""
        self._loop = asyncio.new_event_loop()
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="mail")
        self._sessions: set[_Talk] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mail-listener", daemon=True)
        self._thread.start()
        try:
            self._server = asyncio.run_coroutine_threadsafe(self._listen(host, port), self._loop).result()
        except OSError:
            self._close()
            raise
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    def stop(self, *, grace: float = 10) -> None:
        """Listen no more, let mails that are being stored finish for `grace` seconds, then hang up."""
        asyncio.run_coroutine_threadsafe(self._hang_up(grace), self._loop).result()
        self._close()

    def _close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _listen(self, host: str, port: int) -> asyncio.Server:
        return await self._loop.create_server(self._talk, host, port, backlog=self.max_connections)

    def _talk(self) -> asyncio.BaseProtocol:
        kind = _LmtpTalk if self.protocol == "lmtp" else _SmtpTalk
        return kind(
            _Desk(self, self._pool),
            data_size_limit=self.size_limit,
            enable_SMTPUTF8=True,
            hostname=self.hostname,
            ident="Dragoman",
            tls_context=self.tls,
            timeout=self.timeout,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            command_call_limit=COMMAND_CALLS,
            loop=self._loop,
        )

    async def _hang_up(self, grace: float) -> None:
        self._server.close()
        deadline = self._loop.time() + grace
        while any(talk.storing for talk in self._sessions) and self._loop.time() < deadline:
            await asyncio.sleep(0.02)
        for talk in list(self._sessions):
            if talk.transport is not None:
                cast(asyncio.Transport, talk.transport).abort()
        while self._sessions and self._loop.time() < deadline + 1:
            await asyncio.sleep(0.02)


class _Desk:
    """Asks the two callbacks in threads and words their answers for SMTP."""

    def __init__(self, listener: MailListener, pool: ThreadPoolExecutor) -> None:
        self.listener = listener
        self.pool = pool

    async def handle_EHLO(
        self, server: "_Talk", session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(
        self, server: "_Talk", session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        known, fault = await self._ask(self.listener.knows, address)
        if fault is not None:
            return self._words(fault)
        if not known:
            return "550 5.1.1 No such address here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def store(self, mail: MailIn) -> str:
        """Hand the mail over and return the answer for the sender."""
        word, fault = await self._ask(_accept_and_close, self.listener.accept, mail)
        if fault is not None:
            return self._words(fault)
        return f"250 2.0.0 Stored {_plain(word or '')}".rstrip()

    async def _ask(
        self, function: Callable[..., Answer], *arguments: object
    ) -> tuple[Answer | None, BaseException | None]:
        """Run a function in the pool; returns its answer or what it raised."""
        asked = self.pool.submit(function, *arguments)
        waiting = asyncio.wrap_future(asked)
        await asyncio.wait([waiting])
        fault = waiting.exception()
        return (None, fault) if fault is not None else (waiting.result(), None)

    @staticmethod
    def _words(fault: BaseException) -> str:
        if isinstance(fault, Rejected):
            return f"550 5.7.1 {_plain(str(fault))}"
        if not isinstance(fault, Unavailable):
            log.error("a mail could not be stored", exc_info=fault)
            return "451 4.3.0 Not now, please try again later"
        return f"451 4.3.0 {_plain(str(fault))}"


def _accept_and_close(accept: Callable[[MailIn], str], mail: MailIn) -> str:
    """Run in the thread that owns the file, so that a lost connection cannot close it underneath."""
    with mail.body:
        return accept(mail)


def _plain(words: str) -> str:
    """Return words that fit in one line of SMTP."""
    return " ".join(words.encode("ascii", "replace").decode("ascii").split())[:400]


class _Talk(SMTP):
    """One connection; aiosmtpd's DATA gathers lists of lines in memory, this one writes to a file."""

    line_length_limit = LINE_LIMIT
    storing = False
    turned_away = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        listener = self.event_handler.listener
        sessions: set[_Talk] = listener._sessions
        if len(sessions) >= listener.max_connections:
            cast(asyncio.Transport, transport).write(b"421 4.3.2 Too many connections, try again later\r\n")
            self.turned_away = True
        sessions.add(self)
        super().connection_made(transport)
        if self.turned_away:
            transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.listener._sessions.discard(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str | None) -> None:
        if await self.check_helo_needed():
            return
        envelope = self.envelope
        if envelope is None or not envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        body, answer = await self._receive(envelope)
        if not answer:
            self._reset_timeout()
            answer = await self._store(envelope, body)
        self.envelope = self._create_envelope()
        for _ in range(self.answers(envelope)):
            await self.push(answer)

    def answers(self, envelope: Envelope) -> int:
        """Return how many answers follow the mail."""
        return 1

    async def _store(self, envelope: Envelope, body: BinaryIO) -> str:
        body.seek(0)
        mail_from = (envelope.mail_from or "").strip("<>")
        mail = MailIn(
            peer=str(self.session.peer[0]) if self.session and self.session.peer else "",
            mail_from=mail_from,
            recipients=tuple(envelope.rcpt_tos),
            body=body,
            utf8=bool(envelope.smtp_utf8),
        )
        self.storing = True
        try:
            return cast(str, await self.event_handler.store(mail))
        finally:
            self.storing = False

    async def _receive(self, envelope: Envelope) -> tuple[BinaryIO, str]:
        """Read up to the lone dot; returns the file and, where the mail is too large, the refusal."""
        spool = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # outlives us
        spool.write(_trace(envelope))
        limit: int = self.event_handler.listener.size_limit
        size, begins = 0, True
        while True:
            line, whole = await self._line()
            if begins and line == b".\r\n":
                break
            if begins and line.startswith(b"."):
                line = line[1:]
            begins = whole
            size += len(line)
            if size <= limit:
                spool.write(line)
            elif size > 3 * limit:
                # Who goes on after this does not mean a mail.
                spool.close()
                await self.push("421 4.3.4 Message size exceeds the limit")
                self._writer.close()
                raise asyncio.CancelledError
            if size % LINE_LIMIT < len(line):
                self._reset_timeout()
        if size > limit:
            spool.close()
            return spool, f"552 5.3.4 Message size exceeds the limit of {limit} bytes"
        return spool, ""

    async def _line(self) -> tuple[bytes, bool]:
        """Return the next line, or a piece of one that is longer than the buffer."""
        try:
            return await self._reader.readuntil(b"\r\n"), True
        except asyncio.LimitOverrunError as over:
            return await self._reader.read(over.consumed), False


class _SmtpTalk(_Talk):
    """SMTP: one answer per mail."""


class _LmtpTalk(_Talk, LMTP):
    """LMTP: one answer per recipient, all the same, as one envelope holds the mail for all of them."""

    def answers(self, envelope: Envelope) -> int:
        return len(envelope.rcpt_tos)


def _trace(envelope: Envelope) -> bytes:
    """Return what a mail server writes on top at final delivery: from whom and for whom it really is.

    With several recipients nobody is named: one of them may be a blind copy, or another workspace's.
    """
    sender = (envelope.mail_from or "").strip("<>")
    lines = [f"Return-Path: <{sender}>"]
    if len(envelope.rcpt_tos) == 1:
        lines.append(f"Delivered-To: {envelope.rcpt_tos[0]}")
    clean = ("".join(letter for letter in line if letter.isprintable()) for line in lines)
    return "".join(f"{line}\r\n" for line in clean).encode("utf-8", "replace")
