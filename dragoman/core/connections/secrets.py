"""What a connection must keep to itself: passwords and tokens, sealed with the workspace's key."""

import json

from django.conf import settings

from dragoman.core.accounts.keys import key_of
from dragoman.kit import seal

from .models import Connection

_PURPOSE = b"connection"


def sealed_secrets(workspace_id: int, secrets: dict[str, str]) -> bytes:
    """Return secrets as they are stored."""
    return seal.seal(key_of(workspace_id), json.dumps(secrets).encode(), purpose=_PURPOSE)


def secrets_of(connection: Connection) -> dict[str, str]:
    """Return everything a channel needs of this account: its settings and its secrets.

    `url` is where outgoing mail goes: the mailbox's own SMTP server, else MAIL_URL.
    """
    hidden: dict[str, str] = {}
    if connection.sealed:
        opened = seal.unseal(key_of(connection.workspace_id), bytes(connection.sealed), purpose=_PURPOSE)
        hidden = json.loads(opened)
    shown = {key: str(value) for key, value in connection.settings.items()}
    return {**shown, **hidden, "url": hidden.get("smtp") or shown.get("smtp") or settings.MAIL_URL}
