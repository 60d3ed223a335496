"""Signatures of webhooks: made and compared in constant time."""

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from dragoman.kit.errors import Forged

LATE: Final = 300  # seconds
_STAMP: Final = re.compile(r"\d{1,12}\Z")


def check_hex(secret: str, body: bytes, told: str) -> None:
    """Raise Forged unless `told` is the HMAC-SHA256 of a body in hexadecimal figures."""
    _compare(secret, told.strip().lower(), lambda key: hmac.new(key, body, hashlib.sha256).hexdigest())


def check_base64(secret: str, body: bytes, told: str) -> None:
    """Raise Forged unless `told` is the HMAC-SHA256 of a body in base64."""
    _compare(
        secret,
        told.strip(),
        lambda key: base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode(),
    )


def check_stamped(secret: str, body: bytes, headers: Mapping[str, str], *, now: float | None = None) -> None:
    """Raise Forged unless the headers sign body and time, and the time is within five minutes.

    `X-Dragoman-Timestamp`: seconds since 1970; `X-Dragoman-Signature`: `v1=` and the HMAC-SHA256, in hexadecimal
    figures, of the timestamp, a dot and the body.
    """
    stamp = headers.get("x-dragoman-timestamp", "").strip()
    if not _STAMP.match(stamp):
        raise Forged("there is no timestamp")
    told = headers.get("x-dragoman-signature", "").strip().removeprefix("v1=")
    check_hex(secret, stamp.encode() + b"." + body, told)
    if abs((time.time() if now is None else now) - int(stamp)) > LATE:
        raise Forged("it was signed more than five minutes ago, or its clock is wrong")


def _compare(secret: str, told: str, make: Callable[[bytes], Any]) -> None:
    if not secret:
        raise Forged("no secret is kept for this shop's webhooks")
    if not told or not told.isascii() or not hmac.compare_digest(make(secret.encode()), told):
        raise Forged("the signature does not match")
