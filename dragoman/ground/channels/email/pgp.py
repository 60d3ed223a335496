"""OpenPGP signatures (RFC 9580, 3156): checked against the keys an admin gave the mailbox, never fetched from anywhere.

`valid` needs all of this: the signature fits what is shown, the key stands in the mailbox's `pgp_keys`, names the
sender's address, and is neither expired nor revoked now. Which algorithms are too weak is Sequoia's judgement.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from pysequoia import Cert, Sig, verify
from pysequoia.packet import PacketPile

from dragoman.ground.channels.ports import Seal, Secrets

MAX_SIGNATURES = 8
# Sequoia raises RuntimeError for what is no OpenPGP, or not of the kind asked for.
FAULTS = (RuntimeError, ValueError, TypeError, OverflowError)
ADDRESS = re.compile(r"<([^<>\s]+@[^<>\s]+)>\s*$|^([^<>\s]+@[^<>\s]+)$")
BLOCK = re.compile(rb"-----BEGIN PGP SIGNATURE-----.*?-----END PGP SIGNATURE-----", re.DOTALL)


class NoKey(ValueError):
    """A text that holds no public key, or a private one."""


@dataclass(frozen=True)
class Key:
    """A public key an admin gave: whose, and how long it holds; `ids` are those of all its parts."""

    cert: Cert
    fingerprint: str
    owners: tuple[str, ...]
    addresses: frozenset[str]
    ids: frozenset[str]
    expires_at: datetime | None
    is_revoked: bool

    @property
    def is_over(self) -> bool:
        """Say whether the key may no longer be believed."""
        return self.is_revoked or (self.expires_at is not None and self.expires_at <= datetime.now(UTC))

    @property
    def armored(self) -> str:
        """Return the public key as it is stored."""
        return str(self.cert)


def read_keys(text: str) -> list[Key]:
    """Return the public keys in an armored text, each once; raises NoKey."""
    try:
        found = [_key(cert) for cert in Cert.split_bytes(text.encode())]
    except FAULTS as fault:
        raise NoKey(str(fault).partition("\n")[0][:200]) from None
    if not found or any(each.cert.has_secret_keys for each in found):
        raise NoKey("private" if found else "empty")
    return list({each.fingerprint: each for each in found}.values())


@lru_cache(maxsize=64)
def _known(text: str) -> tuple[Key, ...]:
    try:
        return tuple(read_keys(text))
    except NoKey:
        return ()


def _key(cert: Cert) -> Key:
    packets = [packet for packet in PacketPile.from_bytes(bytes(cert)) if packet.fingerprint]
    owners = tuple(str(each) for each in cert.user_ids)
    named = (ADDRESS.search(owner) for owner in owners)
    return Key(
        cert=cert,
        fingerprint=cert.fingerprint,
        owners=owners,
        addresses=frozenset((each[1] or each[2]).lower() for each in named if each),
        ids=frozenset(each.lower() for one in packets for each in (one.fingerprint, one.key_id) if each),
        expires_at=cert.expiration,
        is_revoked=cert.is_revoked,
    )


def check_detached(signature: bytes, signed: bytes, *, sender: str, secrets: Secrets) -> Seal:
    """Check a signature that lies beside `signed`, which has CRLF line ends; never raises."""
    try:
        found = Sig.from_bytes(signature)
    except FAULTS:
        return Seal("pgp", "signed", why="it cannot be read")

    def fits(certs: list[Cert]) -> bool:
        return bool(verify(bytes=signed, store=lambda _ids: certs, signature=found).valid_sigs)

    return _judged(_issuers(signature), fits, sender=sender, secrets=secrets)


def check_clear(text: bytes, *, sender: str, secrets: Secrets) -> Seal:
    """Check a clearsigned text (RFC 9580, 7), armour and all; never raises."""
    block = BLOCK.search(text)
    if block is None:
        return Seal("pgp", "signed", why="it cannot be read")

    def fits(certs: list[Cert]) -> bool:
        return bool(verify(text, lambda _ids: certs).valid_sigs)

    return _judged(_issuers(block[0]), fits, sender=sender, secrets=secrets)


def _issuers(signature: bytes) -> set[str]:
    """Return the ids of the keys a signature says it was made with."""
    try:
        packets = list(PacketPile.from_bytes(signature))[:MAX_SIGNATURES]
    except FAULTS:
        return set()
    named = (each for packet in packets for each in (packet.issuer_fingerprint, packet.issuer_key_id))
    return {each.lower() for each in named if each}


def _judged(issuers: set[str], fits: Callable[[list[Cert]], bool], *, sender: str, secrets: Secrets) -> Seal:
    """Say what a signature is worth, in the order in which it fails."""
    keys = _known(secrets.get("pgp_keys", ""))
    if not issuers:
        return Seal("pgp", "signed", why="it cannot be read")
    key = next((each for each in keys if each.ids & issuers), None)
    if key is None:
        if any(sender in each.addresses for each in keys):
            return Seal("pgp", "invalid", why="another key than the one known for this address")
        return Seal("pgp", "signed", why="the key is not known here")
    who = sender if sender in key.addresses else min(key.addresses, default="")
    if key.is_over:
        return Seal("pgp", "expired", who, "the key has expired or was revoked")
    try:
        is_fit = fits([key.cert])
    except FAULTS:
        is_fit = False
    if not is_fit:
        return Seal(
            "pgp", "invalid", who, "the text was changed after it was signed, or the signature is too weak"
        )
    if sender not in key.addresses:
        return Seal("pgp", "invalid", who, "the key belongs to another address")
    return Seal("pgp", "valid", who)
