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


def opened(workspace_id: int, sealed: bytes | memoryview) -> dict[str, str]:
    """Return sealed secrets; raises kit.seal.Broken where the key is another one."""
    if not sealed:
        return {}
    words = seal.unseal(key_of(workspace_id), bytes(sealed), purpose=_PURPOSE)
    return {name: str(value) for name, value in json.loads(words).items()}


def hidden_of(connection: Connection) -> dict[str, str]:
    """Return the secrets of an account alone."""
    return opened(connection.workspace_id, connection.sealed)


def secrets_of(connection: Connection) -> dict[str, str]:
    """Return everything a channel needs of this account: its settings and its secrets.

    `url` is where outgoing mail goes: the mailbox's own SMTP server, else MAIL_URL.
    """
    hidden = hidden_of(connection)
    shown = {key: str(value) for key, value in connection.settings.items()}
    return {**shown, **hidden, "url": hidden.get("smtp") or shown.get("smtp") or settings.MAIL_URL}
