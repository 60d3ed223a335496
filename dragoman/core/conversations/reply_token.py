"""The token that brings a mail back into its conversation: unguessable, case-insensitive, 32 letters and digits."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

from django.conf import settings

from dragoman.kit import seal

_MAC = 10
_IN_ADDRESS = re.compile(r"\+d([a-z2-7]{20,64})@", re.IGNORECASE)


def _mac(body: bytes) -> bytes:
    key = seal.derived_key(settings.SECRET_KEY, "reply tokens")
    return hmac.new(key, body, hashlib.sha256).digest()[:_MAC]


def make_token(workspace_id: int, conversation_id: int) -> str:
    """Return the token of a conversation, always the same one; alphabet a-z2-7."""
    body = workspace_id.to_bytes(4) + conversation_id.to_bytes(6)
    return base64.b32encode(body + _mac(body)).decode().lower().rstrip("=")


def read_token(token: str) -> tuple[int, int] | None:
    """Return (workspace id, conversation id), or None for a token that is not ours."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    body, mac = raw[:10], raw[10:]
    if len(raw) != 10 + _MAC or not hmac.compare_digest(mac, _mac(body)):
        return None
    return int.from_bytes(body[:4]), int.from_bytes(body[4:])


def tokens_to(addresses: Iterable[str]) -> list[str]:
    """Return what may be tokens in addresses of the form `help+d<token>@shop.example`, not checked yet."""
    found = [match[1].lower() for address in addresses if (match := _IN_ADDRESS.search(address))]
    return list(dict.fromkeys(found))[:10]
