"""Whose signatures a mailbox believes: PGP keys and S/MIME certificates that an admin put there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.ground.channels.email import pgp, smime
from dragoman.kit.errors import Refusal

from .models import Connection

LIMIT = 500_000
MAX_KEYS = 500
CERTIFICATE = "-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True)
class Known:
    """One key or certificate as people are shown it; `kind` is pgp or smime, `text` how it is stored."""

    kind: str
    fingerprint: str
    owner: str
    expires_at: datetime | None
    is_over: bool
    text: str


def known_keys(box: Connection) -> list[Known]:
    """Return what a mailbox believes; what stands there and cannot be read is left out."""
    found: list[Known] = []
    try:
        found += _pgp_in(str(box.settings.get("pgp_keys", "")))
    except ValueError:
        pass
    try:
        found += _smime_in(str(box.settings.get("smime_trust", "")))
    except ValueError:
        pass
    return found


def add_keys(box: Connection, *, text: str) -> list[Known]:
    """Believe the public keys (PGP) or certificates (S/MIME, PEM) in a text; a newer copy replaces the older."""
    try:
        new = _smime_in(text) if CERTIFICATE in text else _pgp_in(text)
    except ValueError as fault:
        if str(fault) == "private":
            words = _("This is a private key. Ask its owner for the public one, and to make a new pair.")
            raise Refusal(words, code="private_key", status=422) from None
        words = _(
            "This is neither a public key (PGP) nor a certificate (PEM). Paste all of it, from BEGIN to END."
        )
        raise Refusal(words, code="no_key", status=422) from None
    if not new:
        raise Refusal(_("There is no key in this text."), code="no_key", status=422)
    with transaction.atomic():
        _change(box, lambda known: {**known, **{each.fingerprint: each for each in new}})
    return new


@transaction.atomic
def remove_key(box: Connection, *, fingerprint: str) -> None:
    """Believe a key no longer; one that is not there changes nothing."""
    _change(box, lambda known: {name: each for name, each in known.items() if name != fingerprint})


def _change(box: Connection, change: Callable[[dict[str, Known]], dict[str, Known]]) -> None:
    fresh = Connection.objects.select_for_update().get(workspace_id=box.workspace_id, pk=box.pk)
    known = change({each.fingerprint: each for each in known_keys(fresh)})
    if len(known) > MAX_KEYS:
        raise Refusal(_("A mailbox keeps at most 500 keys. Remove some first."), code="too_many", status=422)
    for kind, name in (("pgp", "pgp_keys"), ("smime", "smime_trust")):
        fresh.settings[name] = "\n".join(each.text for each in known.values() if each.kind == kind)
    fresh.save(update_fields=["settings"])
    box.settings = fresh.settings


def _pgp_in(text: str) -> list[Known]:
    keys = pgp.read_keys(text) if text.strip() else []
    return [
        Known("pgp", key.fingerprint, ", ".join(key.owners), key.expires_at, key.is_over, key.armored)
        for key in keys
    ]


def _smime_in(text: str) -> list[Known]:
    certificates = smime.read_certificates(text) if text.strip() else []
    return [_certificate(each) for each in certificates]


def _certificate(found: x509.Certificate) -> Known:
    until = found.not_valid_after_utc
    return Known(
        kind="smime",
        fingerprint=smime.fingerprint_of(found),
        owner=found.subject.rfc4514_string(),
        expires_at=until,
        is_over=until <= datetime.now(UTC),
        text=found.public_bytes(Encoding.PEM).decode(),
    )
