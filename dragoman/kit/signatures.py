"""Signatures of webhooks, made with a shared secret and compared in a time that tells nothing."""

import base64
import hashlib
import hmac
from collections.abc import Callable

from .errors import Forged


def check_hex(secret: str, body: bytes, told: str) -> None:
    """Raise Forged unless `told` is the HMAC-SHA256 of a body in hexadecimal figures."""
    _prove(secret, told.strip().lower(), lambda key: hmac.new(key, body, hashlib.sha256).hexdigest())


def check_base64(secret: str, body: bytes, told: str) -> None:
    """Raise Forged unless `told` is the HMAC-SHA256 of a body in base64."""
    _prove(
        secret,
        told.strip(),
        lambda key: base64.b64encode(hmac.new(key, body, hashlib.sha256).digest()).decode(),
    )


def check_digest(secret: str, body: bytes, told: str) -> None:
    """Raise Forged unless `told` is the SHA-256 of a body, a slash and the secret, in hexadecimal figures."""
    _prove(secret, told.strip().lower(), lambda key: hashlib.sha256(body + b"/" + key).hexdigest())


def check_word(secret: str, told: str) -> None:
    """Raise Forged unless `told` is the secret itself, for senders that sign nothing and show a word."""
    _prove(secret, told.strip(), lambda _key: secret)


def _prove(secret: str, told: str, make: Callable[[bytes], str]) -> None:
    if not secret:
        raise Forged("no secret is kept for these webhooks")
    right = make(secret.encode())
    if not told or not hmac.compare_digest(right.encode(), told.encode("utf-8", "replace")):
        raise Forged("the signature does not match")
