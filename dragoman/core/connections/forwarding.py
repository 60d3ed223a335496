"""The address that a mailbox elsewhere forwards to: unguessable, the same for ever, known without a table."""

import base64
import hashlib
import hmac
import re
from urllib.parse import urlsplit

from django.conf import settings

from dragoman.kit import seal

from .models import Connection

_MAC = 9
_TOKEN = re.compile(r"(?:.*-)?([a-z2-7]{24})")  # 15 bytes: 6 of number, 9 of proof


def mail_host() -> str:
    """Return the host that our own addresses end with."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def _mac(number: bytes) -> bytes:
    key = seal.derived_key(settings.SECRET_KEY, "forward addresses")
    return hmac.new(key, number, hashlib.sha256).digest()[:_MAC]


def forward_address(box: Connection) -> str:
    """Return where a mailbox's mail is to be forwarded to."""
    number = int(box.pk).to_bytes(6)
    token = base64.b32encode(number + _mac(number)).decode().lower()
    word = re.sub(r"[^a-z0-9-]", "", box.brand.slug)[:20].strip("-") or "mail"
    return f"{word}-{token}@{mail_host()}"


def number_in(address: str) -> int | None:
    """Return the number of the mailbox that an address was made for, or None for an address that is not ours."""
    found = _TOKEN.fullmatch(address.partition("@")[0].partition("+")[0].lower())
    if not found:
        return None
    raw = base64.b32decode(found[1].upper())
    if not hmac.compare_digest(raw[6:], _mac(raw[:6])):
        return None
    return int.from_bytes(raw[:6])
