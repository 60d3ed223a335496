"""What a channel is: one file (or folder) per dialect, stateless, found by name, no tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO, Literal, Protocol

from dragoman.kit.registry import Registry

IdentityKind = Literal["email", "phone", "handle"]
Automatic = Literal["", "auto_reply", "bounce", "loop", "list"]


@dataclass(frozen=True)
class Traits:
    """What a channel can carry.

    `reply_window` is how long after a customer's message free text may go out; with `local` a stored row is all the
    delivery there is: the far side reads it from us.
    """

    media: bool
    markup: Literal["text", "html"] = "text"
    max_length: int | None = None
    reply_window: timedelta | None = None
    templates_needed: bool = False
    attachment_limit: int = 30 * 1024 * 1024
    undo_seconds: int = 0
    local: bool = False


@dataclass(frozen=True)
class Person:
    """One end of a message as the channel names it; `value` is normalised (lower-case mail, E.164, handle)."""

    kind: IdentityKind
    value: str
    name: str = ""


@dataclass(frozen=True)
class Attached:
    """A file that came or goes along; `open` yields a fresh reader, `content_id` marks an inline picture."""

    name: str
    content_type: str
    size: int
    open: Callable[[], BinaryIO]
    content_id: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file that was too large to keep: its name and size in bytes (0 = unknown)."""

    name: str
    size: int


@dataclass(frozen=True)
class Inbound:
    """One message from outside, as facts.

    `references` are foreign message ids, nearest first (In-Reply-To, then References from the end);
    `reply_tokens` are our own signed tokens found in addresses or ids, not yet checked; `verified` says that
    the channel proved the sender; `marks` are words for what had to be mended (`unreadable`,
    `charset_mended`, `truncated`, `invented_id`); `text` is the new text alone, `quoted` what it quotes.
    """

    external_id: str
    sender: Person
    text: str
    html: str = ""
    quoted: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    to: Sequence[Person] = ()
    cc: Sequence[Person] = ()
    attachments: Sequence[Attached] = ()
    left_out: Sequence[LeftOut] = ()
    references: Sequence[str] = ()
    reply_tokens: Sequence[str] = ()
    automatic: Automatic = ""
    bounced: Sequence[str] = ()
    verified: bool = False
    language_hint: str = ""
    marks: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """News about a message we sent: `state` is delivered, read or failed; `reason` is for the agent."""

    external_id: str
    state: Literal["delivered", "read", "failed"]
    at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outbound:
    """One message for a customer, complete: the channel only renders and sends it.

    `message_id` is ours, fixed before the first attempt, so that a second attempt is recognisable;
    `note` is the one line that says a machine translated it ("" = none) and `original` the text it was made
    from, folded below; `reply_to` is the address or token that brings an answer back into the thread.
    """

    message_id: str
    to: Sequence[Person]
    text: str
    language: str
    sender: Person
    subject: str = ""
    html: str = ""
    note: str = ""
    original: str = ""
    original_language: str = ""
    original_label: str = ""
    cc: Sequence[Person] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    attachments: Sequence[Attached] = ()
    automatic: bool = False


@dataclass(frozen=True)
class Hook:
    """A webhook call as it came in: header names in lower case, the raw body as a seekable file."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: BinaryIO


Secrets = Mapping[str, str]


class Channel(Protocol):
    """A dialect: facts in, facts out; whoever calls stores, retries and counts."""

    name: str
    traits: Traits

    def verify(self, hook: Hook, secrets: Secrets) -> None:
        """Raise `kit.errors.Forged` unless the hook is signed as the vendor signs."""

    def parse(self, raw: BinaryIO) -> Iterable[Inbound | Receipt]:
        """Read one stored envelope; pure, and never raises on bad input: it marks what it could not read."""

    def send(self, out: Outbound, secrets: Secrets) -> str:
        """Send and return the external id; raises `kit.errors.Rejected` or `kit.errors.Unavailable`."""


channels: Registry[Channel] = Registry("channel")
channel = channels.register
