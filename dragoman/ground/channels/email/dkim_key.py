"""Signing our mails so that other servers can tell them from forgeries (DKIM, RFC 6376), and the key's DNS record."""

import base64
from typing import BinaryIO

import dkim
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from dragoman.ground.channels.ports import Secrets
from dragoman.kit.errors import Rejected

SIGNING = ("dkim_key", "dkim_selector", "dkim_domain")
KEY_BITS = 2048
# Fields that must not change on the way; From twice, so that nobody can add a second one (RFC 6376, 8.15).
SIGNED = (
    b"from", b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to",
    b"references", b"mime-version", b"content-type", b"content-transfer-encoding", b"content-language",
    b"auto-submitted", b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip


def new_key() -> str:
    """Return a fresh RSA key as PEM (PKCS#8), for `dkim_key`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")


def dns_record(secrets: Secrets) -> tuple[str, str]:
    """Return (name, TXT value) to publish for these secrets; raises Rejected where the key cannot be read."""
    public = _key(secrets).public_key()
    data = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    name = f"{secrets['dkim_selector']}._domainkey.{secrets['dkim_domain']}"
    return name, f"v=DKIM1; k=rsa; p={base64.b64encode(data).decode('ascii')}"


def signature(mail: BinaryIO, secrets: Secrets) -> bytes:
    """Return the DKIM-Signature field for a composed mail, with its line end, or b"" where no key is set.

    Raises Rejected for a key that cannot sign: a mail that should be signed never leaves unsigned.
    """
    if not secrets.get("dkim_key"):
        return b""
    key = _key(secrets).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    mail.seek(0)
    content = mail.read()
    present = {line.split(b":", 1)[0].lower() for line in content.split(b"\r\n\r\n", 1)[0].split(b"\r\n")}
    try:
        return bytes(
            dkim.sign(
                content,
                secrets["dkim_selector"].encode("ascii"),
                secrets["dkim_domain"].encode("idna"),
                key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name for name in SIGNED if name in present],
            )
        )
    except (dkim.DKIMException, ValueError) as fault:
        raise Rejected(f"the mail cannot be signed (DKIM): {fault}") from fault


def _key(secrets: Secrets) -> rsa.RSAPrivateKey:
    """Read the key as PEM, in PKCS#1 or PKCS#8."""
    if not (secrets.get("dkim_selector") and secrets.get("dkim_domain")):
        raise Rejected("the DKIM key needs a selector and a domain")
    try:
        found = serialization.load_pem_private_key(secrets["dkim_key"].strip().encode("ascii"), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise Rejected("the DKIM key cannot be read: paste the whole PEM file") from fault
    if not isinstance(found, rsa.RSAPrivateKey):
        raise Rejected("the DKIM key is not an RSA key")
    return found
