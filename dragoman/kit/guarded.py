"""What stands at addresses that others chose, pictures above all: only from public machines, small and quick.

The address is looked up once and the connection goes to exactly what was checked, so that a name cannot point to the
public at first and to us a moment later (DNS rebinding). No cookie, no referrer, no name of a reader goes along.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore

LIMIT = 5 * 1024 * 1024
SECONDS = 10.0
MAX_HOPS = 3
MAX_ADDRESS = 2000
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# First bytes of what browsers draw and cannot run; SVG is a program, so it is no picture here.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)

Judge = Callable[[str], bool]
# why nothing came
REASONS = ("address", "private", "refused", "too_large", "too_slow", "unreachable")


class NotFetched(Exception):
    """Nothing came; the message is for a log, never for a stranger. `why` is a word of REASONS."""

    def __init__(self, message: str, *, why: str) -> None:
        super().__init__(message)
        self.why = why


class NoPicture(Exception):
    """There is nothing to show; the message is for a log, never for a stranger."""


@dataclass(frozen=True)
class Picture:
    """A picture and what kind it is by its own bytes."""

    data: bytes
    content_type: str


def is_public(address: str) -> bool:
    """Say whether an IP address is a machine on the public internet."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return found.is_global and not found.is_multicast and (inner is None or inner.is_global)


class _Guarded(httpcore.NetworkBackend):
    """Connects to checked addresses alone."""

    def __init__(self, allows: Judge) -> None:
        self._allows, self._plain = allows, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up and connect to its first address, if every one of them may be asked."""
        try:
            found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as fault:
            raise NotFetched(f"{host} has no address", why="unreachable") from fault
        if not found or not all(map(self._allows, found)):
            raise NotFetched(f"{host} is not on the public internet", why="private")
        return self._plain.connect_tcp(found[0], port, timeout=timeout, local_address=local_address)

    def sleep(self, seconds: float) -> None:
        """Never retried."""


def fetch_picture(address: str, *, allows: Judge = is_public, ports: Iterable[int] = (80, 443)) -> Picture:
    """Fetch one picture, at most 5 MB in ten seconds and over three redirects; raises NoPicture."""
    try:
        data = fetch(
            address,
            accept="image/*",
            agent="Mozilla/5.0 (compatible; image proxy)",
            allows=allows,
            ports=ports,
        )
    except NotFetched as fault:
        raise NoPicture(str(fault)) from fault
    return Picture(data, _kind(data[:32]))


def fetch(
    address: str,
    *,
    accept: str,
    agent: str,
    limit: int = LIMIT,
    allows: Judge = is_public,
    ports: Iterable[int] = (80, 443),
) -> bytes:
    """Fetch what stands at an address, at most `limit` bytes in ten seconds and over three redirects.

    Raises NotFetched.
    """
    until = time.monotonic() + SECONDS
    allowed = frozenset(ports)
    headers: dict[bytes | str, bytes | str] = {"Accept": accept, "User-Agent": agent}
    with httpcore.ConnectionPool(network_backend=_Guarded(allows), max_connections=1, retries=0) as pool:
        for _ in range(MAX_HOPS + 1):
            _check(address, allowed)
            found = _ask(pool, address, headers, until, limit)
            if isinstance(found, bytes):
                return found
            address = urljoin(address, found)
    raise NotFetched("too many redirects", why="refused")


def _check(address: str, ports: frozenset[int]) -> None:
    try:
        parts = urlsplit(address)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as fault:
        raise NotFetched("not an address", why="address") from fault
    if len(address) > MAX_ADDRESS or parts.scheme not in PORTS or not parts.hostname or parts.username:
        raise NotFetched("not an address of the web", why="address")
    if port not in ports:
        raise NotFetched(f"port {port} is not asked", why="address")


def _ask(
    pool: httpcore.ConnectionPool,
    address: str,
    headers: dict[bytes | str, bytes | str],
    until: float,
    limit: int,
) -> bytes | str:
    """Return what the server sends, or where it says it is."""
    left = max(0.1, until - time.monotonic())
    limits = {"connect": left, "read": left, "write": left, "pool": left}
    try:
        # what a strange server sends is decoded by nobody but a browser: no compression is asked for
        with pool.stream("GET", _ascii(address), headers=headers, extensions={"timeout": limits}) as answer:
            if answer.status in REDIRECTS:
                names = {name.lower(): value for name, value in answer.headers}
                return names.get(b"location", b"").decode("utf-8", "replace")
            if answer.status != 200:
                raise NotFetched(f"the server answers {answer.status}", why="refused")
            data = bytearray()
            for chunk in answer.iter_stream():
                data += chunk
                if len(data) > limit:
                    raise NotFetched("too large", why="too_large")
                if time.monotonic() > until:
                    raise NotFetched("too slow", why="too_slow")
    except httpcore.TimeoutException as fault:
        raise NotFetched("too slow", why="too_slow") from fault
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError) as fault:
        raise NotFetched(f"no answer: {type(fault).__name__}", why="unreachable") from fault
    return bytes(data)


def _ascii(address: str) -> str:
    """Return an address with its host as IDNA and its other letters percent-encoded."""
    parts = urlsplit(address)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    netloc = host + (f":{parts.port}" if parts.port else "")
    rest = "".join(
        letter if letter.isascii() and letter > " " else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in parts._replace(scheme="", netloc="", fragment="").geturl()
    )
    return f"{parts.scheme}://{netloc}{rest if rest.startswith(('/', '?')) else '/' + rest}"


def _kind(beginning: bytes) -> str:
    for bytes_, kind in PICTURES:
        if beginning.startswith(bytes_):
            return kind
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    if beginning[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    raise NoPicture("not a picture")
