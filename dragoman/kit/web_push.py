"""Web push as the RFCs have it: a message only one browser can read (8291, 8188), and who sends it (8292). Pure.

The push service forwards what it cannot read; the keys come with the subscription. Nothing here touches a wire.
"""

import base64
import json
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
# RFC 8188: one record; push services must take bodies of 4096 bytes (RFC 8030 7.2)
RECORD = 4096
MOST = RECORD - 16 - 4 - 1 - 65 - 16 - 1
# order of the group of P-256 (FIPS 186-5)
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class Keys:
    """A browser's keys from its subscription: its point on P-256, uncompressed, and 16 secret bytes."""

    p256dh: bytes
    auth: bytes


def encode(content: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Read base64url with or without padding; raises ValueError."""
    return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def keys_of(p256dh: str, auth: str) -> Keys:
    """Read a subscription's keys; raises ValueError where they are none."""
    keys = Keys(decode(p256dh), decode(auth))
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, keys.p256dh)
    if len(keys.p256dh) != 65 or len(keys.auth) != 16:
        raise ValueError("these are no keys of a push subscription")
    return keys


def private_key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the sender's key that 32 derived bytes stand for: the same secret gives the same key in every process."""
    return ec.derive_private_key(int.from_bytes(secret) % (_ORDER - 1) + 1, CURVE)


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half as an uncompressed point, the browser's `applicationServerKey`."""
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _derive(secret: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


def encrypt(
    content: bytes,
    keys: Keys,
    *,
    salt: bytes | None = None,
    sender: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """Return the body of a push message (`Content-Encoding: aes128gcm`); ValueError above MOST bytes.

    `salt` and `sender` are fresh for each message; they are arguments for the RFC's own example.
    """
    if len(content) > MOST:
        raise ValueError(f"a push message holds at most {MOST} bytes")
    salt, sender = salt or os.urandom(16), sender or ec.generate_private_key(CURVE)
    theirs, ours = keys.p256dh, public_point(sender)
    shared = sender.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    secret = _derive(shared, salt=keys.auth, info=b"WebPush: info\0" + theirs + ours, length=32)
    key = _derive(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derive(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    header = salt + RECORD.to_bytes(4) + len(ours).to_bytes(1) + ours
    # the delimiter 2 marks the last record
    return header + AESGCM(key).encrypt(nonce, content + b"\x02", None)


def authorization(endpoint: str, key: ec.EllipticCurvePrivateKey, *, subject: str, expires: int) -> str:
    """Return the `Authorization` header (VAPID): a token for the push service's origin, signed with ES256.

    `subject` is a mailto: or https: address of whoever runs this; `expires` in seconds since 1970, at most a day ahead.
    """
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": expires, "sub": subject}
    signed = ".".join(
        encode(json.dumps(part, separators=(",", ":")).encode())
        for part in ({"typ": "JWT", "alg": "ES256"}, claims)
    )
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    token = f"{signed}.{encode(r.to_bytes(32) + s.to_bytes(32))}"
    return f"vapid t={token}, k={encode(public_point(key))}"
