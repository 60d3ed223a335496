"""A composed mail on its way: SMTP, LMTP, or a folder for demos and tests; errors in the server's words."""

import contextlib
import hashlib
import os
import smtplib
import ssl
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import parse_qs, unquote, urlsplit

from dragoman.ground.channels.email.compose import NEEDS_UTF8, addresses, compose, needs_utf8, recipients
from dragoman.ground.channels.email.dkim_key import signature
from dragoman.ground.channels.email.ids import bare_id
from dragoman.ground.channels.email.oauth import access_token, is_oauth, xoauth2
from dragoman.ground.channels.ports import Outbound, Receipt, Secrets, Sent
from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.hosts import is_loopback

IN_MEMORY = 1024 * 1024
CHUNK = 64 * 1024
TIMEOUT = 30.0
PORTS = {"smtp": 25, "smtps": 465, "lmtp": 24}


@dataclass(frozen=True)
class _Way:
    """The envelope: who sends, to whom in order; the last `copies` of them are Cc and Bcc."""

    sender: str
    to: list[str]
    copies: int
    utf8: bool


def send_mail(out: Outbound, secrets: Secrets) -> str:
    """Send `out` and return its bare message id, with a Receipt for each recipient the server refused for good.

    Where a recipient of To is refused, or anyone is put off (4xx), nobody gets it and the error says why; refused
    recipients of Cc and Bcc stop nobody else.

    `secrets["url"]` is smtp://user:password@host:port?starttls=1 (starttls=0: never), smtps://, lmtp:// or
    folder:///path; `timeout` is in seconds. 4xx and a lost connection raise Unavailable, 5xx Rejected. If it
    is lost after the whole mail was handed over, that is Rejected too: a second try might be a second mail.

    With `dkim_key` (an RSA private key as PEM), `dkim_selector` (a word, as `dragoman`) and `dkim_domain` (the domain
    of the sender's address) the mail is signed; `dkim_key.new_key` makes a key, `dkim_key.dns_record` the name and
    TXT value to publish.
    """
    to = recipients(out)
    if not to:
        raise Rejected("the mail has no recipient")
    way = _Way(out.sender.value, to, copies=len(to) - len(addresses(out.to)), utf8=needs_utf8(out))
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        body = cast(BinaryIO, spool)
        compose(out, body, utf8=way.utf8)
        signed = signature(body, secrets)
        body.seek(0)
        url = secrets.get("url", "")
        if url.startswith("folder://"):
            _into_folder(Path(unquote(urlsplit(url).path)), out, signed, body)
            return bare_id(out.message_id)
        with _connection(url, secrets) as server:
            refused = _hand_over(server, way, signed, body)
    words = bare_id(out.message_id)
    receipts = [
        Receipt(words, "failed", reason=reason, recipient=address) for address, reason in refused.items()
    ]
    return Sent.with_receipts(words, receipts)


def check(secrets: Secrets, *, timeout: float = TIMEOUT) -> None:
    """Connect, encrypt and log in without sending anything: the try-it button of a mailbox's settings."""
    url = secrets.get("url", "")
    if url.startswith("folder://"):
        if not os.access(Path(unquote(urlsplit(url).path)).parent, os.W_OK):
            raise Unavailable("the mail folder cannot be written")
        return
    with _connection(url, secrets, timeout=timeout) as server:
        server.noop()


def _into_folder(folder: Path, out: Outbound, signed: bytes, body: BinaryIO) -> None:
    """Write an .eml file under `new`, named by the message id: a second attempt replaces the first."""
    name = hashlib.sha256(bare_id(out.message_id).encode()).hexdigest()[:32] + ".eml"
    try:
        for each in ("tmp", "new", "cur"):
            (folder / each).mkdir(parents=True, exist_ok=True)
        with (folder / "tmp" / name).open("wb") as target:
            target.write(signed)
            while chunk := body.read(CHUNK):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        (folder / "tmp" / name).replace(folder / "new" / name)
    except OSError as fault:
        raise Unavailable(f"the mail folder cannot be written: {fault}") from fault


@contextmanager
def _connection(url: str, secrets: Secrets, *, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """Connect, encrypt and log in as the URL says; every fault before the mail begins may be tried again."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        timeout = float(options.get("timeout", timeout))
    except (KeyError, ValueError) as fault:
        raise Rejected("the mail server's url is not smtp://, smtps://, lmtp:// or folder://") from fault
    try:
        server = _open(parts.scheme, host, port, timeout)
        try:
            _encrypt(server, parts.scheme, host, options.get("starttls", ""))
            _log_in(server, host, secrets)
            yield server
        finally:
            _leave(server)
    except smtplib.SMTPResponseException as fault:
        raise _refusal(fault.smtp_code, fault.smtp_error) from fault
    except smtplib.SMTPNotSupportedError as fault:
        raise Rejected(str(fault)) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise Unavailable(f"the mail server {host}:{port} cannot be reached: {fault}") from fault


def _open(scheme: str, host: str, port: int, timeout: float) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=timeout, context=_context(host))
    if scheme == "lmtp":
        # smtplib.LMTP takes no timeout before it connects on some versions; LHLO is all that differs here.
        server = smtplib.SMTP(host, port, timeout=timeout)
        server.ehlo_msg = "lhlo"
        return server
    return smtplib.SMTP(host, port, timeout=timeout)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; how the server takes it no longer matters (smtplib's own context manager would raise)."""
    with contextlib.suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()


def _encrypt(server: smtplib.SMTP, scheme: str, host: str, starttls: str) -> None:
    server.ehlo()
    if scheme == "smtps" or starttls == "0":
        return
    if server.has_extn("starttls"):
        server.starttls(context=_context(host))
        server.ehlo()
    elif starttls:
        raise Rejected(f"the mail server {host} offers no encryption (STARTTLS)")


def _context(host: str) -> ssl.SSLContext:
    """Trust what public authorities signed; on this machine also the certificate every Debian Postfix makes itself."""
    context = ssl.create_default_context()
    if is_loopback(host):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _log_in(server: smtplib.SMTP, host: str, secrets: Secrets) -> None:
    parts = urlsplit(secrets.get("url", ""))
    user, password = unquote(parts.username or secrets.get("user", "")), unquote(parts.password or "")
    password = password or secrets.get("password", "")
    if not user:
        return
    encrypted = isinstance(server.sock, ssl.SSLSocket)
    if not encrypted and not is_loopback(host) and "starttls=0" not in parts.query:
        raise Rejected(
            f"the mail server {host} would get the password unencrypted; use smtps:// or starttls=1"
        )
    if is_oauth(secrets):
        word = xoauth2(user, access_token(secrets))
        server.auth("XOAUTH2", _once(word), initial_response_ok=True)
    else:
        server.login(user, password)


def _once(word: str) -> Callable[..., str]:
    """Answer the first challenge with the token and the server's error report with an empty line."""
    answers = iter([word])

    def answer(challenge: bytes | None = None) -> str:
        return next(answers, "")

    return answer


def _hand_over(server: smtplib.SMTP, way: _Way, signed: bytes, body: BinaryIO) -> dict[str, str]:
    """Say who it is from and for, then the mail itself; return who was refused and why."""
    size = body.seek(0, os.SEEK_END) + len(signed)
    body.seek(0)
    limit = server.esmtp_features.get("size", "")
    if limit.isdigit() and 0 < int(limit) < size:
        raise Rejected(f"the mail is larger ({size} bytes) than the server takes ({limit})")
    options = [f"size={size}"] if server.has_extn("size") else []
    if way.utf8:
        if not server.has_extn("smtputf8"):
            raise Rejected(NEEDS_UTF8)
        options.append("SMTPUTF8")
    _expect(server.mail(way.sender, options))
    refused = _name_recipients(server, way)
    taken = [address for address in way.to if address not in refused]
    _expect(server.docmd("data"), wanted=354)
    server.send(signed)
    ending = _stream(server, body)
    try:
        server.send(ending)
        answers = [server.getreply() for _ in (taken if server.ehlo_msg == "lhlo" else taken[:1])]
    except (smtplib.SMTPException, OSError) as fault:
        raise Rejected("the server broke off after the whole mail was sent: it may have gone out") from fault
    if not any(code == 250 for code, _ in answers):
        raise _refusal(*answers[0])
    for address, (code, words) in zip(taken, answers, strict=False):
        if code != 250:
            refused[address] = str(_refusal(code, words, about=address))
    return refused


def _name_recipients(server: smtplib.SMTP, way: _Way) -> dict[str, str]:
    """Name everybody; copies refused for good are returned, any other refusal stops the mail for all."""
    refused: dict[str, str] = {}
    first_copy = len(way.to) - way.copies
    for number, address in enumerate(way.to):
        code, words = server.rcpt(address)
        if code in (250, 251, 252):
            continue
        refusal = _refusal(code, words, about=address)
        if number < first_copy or not refusal.permanent:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                server.rset()
            raise refusal
        refused[address] = str(refusal)
    if len(refused) == len(way.to):
        raise Rejected("; ".join(refused.values())[:500])
    return refused


def _stream(server: smtplib.SMTP, body: BinaryIO) -> bytes:
    """Send the mail line by line, leading dots doubled (RFC 5321, 4.5.2), and return the ending to send."""
    begins = True
    while line := body.readline(CHUNK):
        server.send(b"." + line if begins and line.startswith(b".") else line)
        begins = line.endswith(b"\n")
    return b".\r\n" if begins else b"\r\n.\r\n"


def _expect(answer: tuple[int, bytes], *, wanted: int = 250) -> None:
    if answer[0] != wanted:
        raise _refusal(*answer)


def _refusal(code: int, words: bytes | str, *, about: str = "") -> Rejected | Unavailable:
    """Turn an SMTP answer into the error it means: 5xx never, all else later."""
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    said = " ".join(f"{about} {code} {said}".split())[:500]
    return Rejected(said) if 500 <= code < 600 else Unavailable(said)
