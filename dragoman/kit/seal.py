"""Sealing of what only a permission may open: AES-256-GCM, a key per workspace, wrapped by the installation's key."""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Broken(Exception):
    """Sealed bytes that were changed, cut, or belong to another key or purpose."""


@lru_cache(maxsize=8)
def derived_key(secret: str, purpose: str) -> bytes:
    """Return 32 bytes derived from the installation's secret for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=b"dragoman", info=purpose.encode()).derive(
        secret.encode()
    )


def new_key() -> bytes:
    """Return a fresh random 256-bit key."""
    return AESGCM.generate_key(bit_length=256)


def seal(key: bytes, content: bytes, *, purpose: bytes) -> bytes:
    """Return nonce + ciphertext + tag; `purpose` must be given again to open."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


def unseal(key: bytes, sealed: bytes, *, purpose: bytes) -> bytes:
    """Return the content; raises Broken where a byte, the key or the purpose is another."""
    try:
        return AESGCM(key).decrypt(bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:]), purpose)
    except (InvalidTag, ValueError) as error:
        raise Broken("the sealed bytes cannot be opened with this key") from error
