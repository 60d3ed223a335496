"""The API channel: a program brings the customer's messages and fetches the answers itself."""

import json
from collections.abc import Iterable
from typing import BinaryIO

from dragoman.ground.channels.ports import (
    NO_SECRETS,
    Hook,
    IdentityKind,
    Inbound,
    Outbound,
    Person,
    Receipt,
    Secrets,
    Traits,
    channel,
)
from dragoman.kit.errors import Forged

_KINDS: tuple[IdentityKind, ...] = ("email", "phone", "handle")


class ApiChannel:
    """Messages by `POST /api/v1/messages`; the envelope is the request's body."""

    name = "api"
    traits = Traits(media=True, local=True)

    def verify(self, hook: Hook, secrets: Secrets) -> None:
        """Refuse: this channel has no webhook, its door is the API with a token."""
        raise Forged("the API channel takes no webhooks")

    def parse(self, raw: BinaryIO, secrets: Secrets = NO_SECRETS) -> Iterable[Inbound | Receipt]:
        """Read a stored request body again, for a replay; what cannot be read gives nothing."""
        try:
            body = json.load(raw)
            sender = body["from"]
            kind = next(kind for kind in _KINDS if sender.get(kind))
            person = Person(kind, sender[kind], sender.get("name") or "")
            yield Inbound(
                external_id=body["external_id"],
                sender=person,
                text=body["text"],
                html=body.get("html") or "",
                subject=body.get("subject") or "",
                language_hint=body.get("language") or "",
                verified=True,
            )
        except (ValueError, LookupError, TypeError, AttributeError, StopIteration):
            return

    def send(self, out: Outbound, secrets: Secrets) -> str:
        """Do nothing: the stored row is what the program fetches."""
        return out.message_id


api = channel("api")(ApiChannel())
