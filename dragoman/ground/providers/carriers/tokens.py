"""Tokens that carriers give for a while: one for each account, got anew shortly before it ends."""

import hashlib
import time
from collections.abc import Callable
from threading import Lock
from typing import Final

_SPARE: Final = 60.0  # seconds before its end that a token is no longer used
_MOST: Final = 500
_kept: dict[str, tuple[float, str]] = {}
_lock = Lock()


def token_of(vendor: str, address: str, secret: str, fresh: Callable[[], tuple[str, float]]) -> str:
    """Return a token of an account; `fresh` gets one with the seconds it holds. No secret is kept, its digest is."""
    key = _key(vendor, address, secret)
    with _lock:
        until, token = _kept.get(key, (0.0, ""))
    if time.monotonic() < until - _SPARE:
        return token
    token, seconds = fresh()
    with _lock:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (time.monotonic() + seconds, token)
    return token


def forget_token(vendor: str, address: str, secret: str) -> None:
    """Use a token no more that its vendor refused: the next call gets another."""
    with _lock:
        _kept.pop(_key(vendor, address, secret), None)


def _key(vendor: str, address: str, secret: str) -> str:
    return hashlib.sha256(f"{vendor}\0{address}\0{secret}".encode()).hexdigest()
