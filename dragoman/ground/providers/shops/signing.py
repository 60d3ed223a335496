"""The signature of shops that have none of their own: with the time in it."""

import re
import time
from collections.abc import Mapping
from typing import Final

from dragoman.kit.errors import Forged
from dragoman.kit.signatures import check_hex

LATE: Final = 300  # seconds
_STAMP: Final = re.compile(r"\d{1,12}\Z")


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
