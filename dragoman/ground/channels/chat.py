"""The web chat: the shopper's session token, the envelope the widget leaves, and a send that stays at home.

Nothing goes over the wire from here: an answer is a row, and the live hub tells the widget to fetch it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.core import signing

from dragoman.ground.channels.ports import (
    NO_SECRETS,
    Hook,
    Inbound,
    Outbound,
    Person,
    Receipt,
    Secrets,
    Traits,
    channel,
)
from dragoman.kit.errors import Forged

SESSION_SALT = "dragoman.chat.session"
SESSION_SECONDS = 400 * 24 * 3600
IDENTITY_VERSION = "v1"
MAX_TEXT = 20_000


@dataclass(frozen=True)
class Session:
    """Who talks in one widget: `handle` names the thread; `email` and `phone` the shop's server signed.

    `since` is when the chat was first opened in that browser, in Unix seconds (0: not known).
    """

    workspace_id: int
    brand: str
    handle: str
    email: str = ""
    name: str = ""
    phone: str = ""
    since: int = 0


def sign_session(session: Session) -> str:
    """Return the token the widget keeps; it says all we need, so that no table holds sessions."""
    facts = [
        session.workspace_id,
        session.brand,
        session.handle,
        session.email,
        session.name,
        session.phone,
        session.since,
    ]
    return signing.dumps(facts, salt=SESSION_SALT, compress=True)


def read_session(token: str, *, brand: str) -> Session:
    """Open a token; raises `kit.errors.Forged` when it is not ours, too old or another brand's."""
    try:
        # tokens of before have no seventh fact
        workspace_id, slug, handle, email, name, phone, *since = signing.loads(
            token, salt=SESSION_SALT, max_age=SESSION_SECONDS
        )
    except (signing.BadSignature, ValueError, TypeError) as broken:
        raise Forged("the chat session is not valid") from broken
    if slug != brand:
        raise Forged("the chat session belongs to another brand")
    return Session(int(workspace_id), slug, handle, email, name, phone, int(since[0]) if since else 0)


def handle_of(workspace_id: int, brand: str, seed: str) -> str:
    """Name a thread after what only its shopper has, so that asking twice for a session gives the same one.

    `seed` is either `visitor:<random of the browser>` or `email:<address the shop signed>`.
    """
    key = hashlib.sha256(b"dragoman.chat.handle" + settings.SECRET_KEY.encode()).digest()
    said = f"{workspace_id}\n{brand}\n{seed}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:32]


def identity_signature(secret: str, *, brand: str, email: str, name: str, phone: str, expires: int) -> str:
    """Return what the shop's server must send along: HMAC-SHA256 in hex over six lines joined by a line feed.

    The lines are `v1`, the brand's slug, e-mail, name, phone and `expires` (Unix seconds), as given to
    `Dragoman.identify`, each empty where it is not given.
    """
    lines = "\n".join((IDENTITY_VERSION, brand, email, name, phone, str(expires)))
    return hmac.new(secret.encode(), lines.encode(), hashlib.sha256).hexdigest()


def is_signed_by(
    secret: str, *, signature: str, brand: str, email: str, name: str, phone: str, expires: int
) -> bool:
    """Tell whether the shop's server vouched for this person; a line feed inside a field is never signed."""
    if not secret or any("\n" in part for part in (email, name, phone)):
        return False
    right = identity_signature(secret, brand=brand, email=email, name=name, phone=phone, expires=expires)
    return hmac.compare_digest(right.encode(), signature.strip().lower().encode())


class ChatChannel:
    """The dialect of our own widget: JSON in, and an answer that the hub announces."""

    name = "chat"
    traits = Traits(media=True, max_length=MAX_TEXT, local=True)

    def verify(self, hook: Hook, secrets: Secrets) -> None:
        """Refuse every webhook: the widget has endpoints of its own, with a session for a signature."""
        raise Forged("the web chat has no webhook")

    def parse(self, raw: BinaryIO, secrets: Secrets = NO_SECRETS) -> Iterable[Inbound | Receipt]:
        """Read one stored envelope; what is not our JSON comes back as text, marked `unreadable`."""
        stored = raw.read()
        try:
            body = json.loads(stored)
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict):
            yield _unreadable(stored)
            return
        marks = () if _word(body, "external_id") and _word(body, "handle") else ("unreadable",)
        yield Inbound(
            external_id=_word(body, "external_id") or _invented(stored),
            sender=Person(kind="handle", value=_word(body, "handle"), name=_word(body, "name")),
            text=_word(body, "text"),
            sent_at=_moment(_word(body, "sent_at")),
            verified=body.get("verified") is True,
            language_hint=_word(body, "locale"),
            marks=marks,
        )

    def send(self, out: Outbound, secrets: Secrets) -> str:
        """Return our own id: the stored row is the delivery, the widget fetches it when the hub calls."""
        return out.message_id


def _word(body: dict[str, Any], key: str) -> str:
    value = body.get(key)
    return value.replace("\x00", "") if isinstance(value, str) else ""


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _invented(stored: bytes) -> str:
    return "invented-" + hashlib.sha256(stored).hexdigest()[:32]


def _unreadable(stored: bytes) -> Inbound:
    text = stored[:MAX_TEXT].decode("utf-8", "replace").replace("\x00", "")
    return Inbound(
        external_id=_invented(stored),
        sender=Person(kind="handle", value=""),
        text=text,
        marks=("unreadable", "invented_id"),
    )


chat = channel("chat")(ChatChannel())
