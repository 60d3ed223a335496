"""OAuth 1.0a (RFC 5849) for one call: HMAC-SHA256 over its method, its address and what it asks."""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class Keys:
    """The four words of an integration."""

    consumer_key: str
    consumer_secret: str = field(repr=False)
    token: str
    token_secret: str = field(repr=False)


def header_of(
    keys: Keys,
    method: str,
    address: str,
    query: Mapping[str, str | int],
    *,
    nonce: str = "",
    now: int = 0,
) -> str:
    """Return the value of `Authorization` for a call whose body is no form; `address` is without its query."""
    told = {
        "oauth_consumer_key": keys.consumer_key,
        "oauth_nonce": nonce or secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(now or int(time.time())),
        "oauth_token": keys.token,
        "oauth_version": "1.0",
    }
    pairs = sorted((_safe(name), _safe(str(value))) for name, value in {**query, **told}.items())
    asked = "&".join(f"{name}={value}" for name, value in pairs)
    text = "&".join((method.upper(), _safe(_plain(address)), _safe(asked)))
    key = f"{_safe(keys.consumer_secret)}&{_safe(keys.token_secret)}"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    told["oauth_signature"] = base64.b64encode(digest).decode()
    return "OAuth " + ", ".join(f'{name}="{_safe(value)}"' for name, value in told.items())


def _plain(address: str) -> str:
    """Return an address as it is signed: small letters, no port where it is the usual one."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme.lower())
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    return f"{parts.scheme.lower()}://{(parts.hostname or '').lower()}{port}{parts.path}"


def _safe(text: str) -> str:
    return quote(text, safe="-._~")
