"""What a channel is: one file (or folder) per dialect, stateless, found by name, no tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import BinaryIO, Literal, Protocol

from dragoman.kit.registry import Registry

IdentityKind = Literal["email", "phone", "handle"]
Automatic = Literal["", "auto_reply", "bounce", "receipt", "complaint", "loop", "list"]
Verdict = Literal["", "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy"]
SealState = Literal["signed", "valid", "invalid", "expired", "encrypted"]


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
class Verdicts:
    """What was found out about where a mail comes from (RFC 8601 words, "" = nobody asked).

    `source` is who says so: `server` (our own mail server's Authentication-Results), `self` (we checked the DKIM
    signature) or "" (nobody). `domain` is the domain proved, `dmarc` speaks of the domain of From.
    """

    spf: Verdict = ""
    dkim: Verdict = ""
    dmarc: Verdict = ""
    arc: Verdict = ""
    domain: str = ""
    source: Literal["", "server", "self"] = ""


@dataclass(frozen=True)
class Spam:
    """What filters on the way thought (X-Spam-*, Microsoft's SCL, Rspamd ...): a hint, anyone could write it.

    `is_spam` is None where no filter says either; `score` is the filter's own number, `by` the header it stood in.
    """

    is_spam: bool | None = None
    score: float | None = None
    by: str = ""


@dataclass(frozen=True)
class Seal:
    """A signature or encryption of the whole message.

    `signed` means seen, not proven; `valid` that it fits the text AND the key belongs to `who`; `expired` that the key
    is over its date or revoked; `encrypted` that nobody here could read it (it is kept as a file). `why` is for people
    who ask.
    """

    kind: Literal["smime", "pgp"]
    state: SealState
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Inbound:
    """One message from outside, as facts.

    `references` are foreign message ids, nearest first (In-Reply-To, then References from the end);
    `reply_tokens` are our own signed tokens found anywhere in addresses, ids or the text, not yet checked;
    `quoted_ids` are ids that stand only in the quoted text or in a mail it returns: a hint, weaker than
    `references`; `thread_index` is Outlook's key of the conversation (the first 22 bytes, hex), never proof.
    `verified` says that the channel proved the sender; `marks` are words for what had to be mended (`unreadable`,
    `charset_mended`, `truncated`, `invented_id`); `text` is the new text alone, `quoted` what it quotes and the
    signature below it.

    `authors` are all of From, `reply_to` where an answer should go if not to the sender, `by` who really handed it
    in (Sender, Resent-From), `delivered_to` the addresses our server took it for (Delivered-To, X-Original-To,
    Envelope-To ...: catch-all, aliases, plus-addresses), `envelope_from` the Return-Path ("" = none or `<>`).
    `wrapped_from` is the first author where a person or a service forwarded somebody's mail: with a service
    that rewrites From it is already the `sender` too, else only a reader can say whether it should be.
    `automatic`: `receipt` is a report without bad news (delivered, delayed, read) whose news are the Receipts
    before it; `complaint` a feedback report (ARF); `hops` counts Received lines.
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
    authors: Sequence[Person] = ()
    reply_to: Sequence[Person] = ()
    by: Person | None = None
    wrapped_from: Person | None = None
    delivered_to: Sequence[str] = ()
    envelope_from: str = ""
    quoted_ids: Sequence[str] = ()
    thread_index: str = ""
    verdicts: Verdicts = Verdicts()
    spam: Spam = Spam()
    seals: Sequence[Seal] = ()
    hops: int = 0


@dataclass(frozen=True)
class Receipt:
    """News about a message we sent; `deferred` is "not yet, still trying"; `reason` is for the agent.

    `recipient` is whom it is about, lower case, where the report says so ("" = all of them or unknown).
    """

    external_id: str
    state: Literal["delivered", "read", "failed", "deferred"]
    at: datetime | None = None
    reason: str = ""
    recipient: str = ""


class Sent(str):
    """The external id of what went out, with a Receipt for each recipient the far server would not take."""

    receipts: Sequence[Receipt] = ()

    @classmethod
    def with_receipts(cls, external_id: str, receipts: Sequence[Receipt]) -> "Sent":
        """Return the id with what became of single recipients."""
        sent = cls(external_id)
        sent.receipts = tuple(receipts)
        return sent


@dataclass(frozen=True)
class Outbound:
    """One message for a customer, complete: the channel only renders and sends it.

    `message_id` is ours, fixed before the first attempt, so that a second attempt is recognisable;
    `bcc` get the mail and stand in no header; `automatic` says that no person pressed the button;
    `note` is the one line that says a machine translated it ("" = none) and `original` the text it was made
    from, folded below; `reply_to` is the address or token that brings an answer back into the thread;
    `unsubscribe` is the address to which one POST stops such mails (RFC 8058).
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
    bcc: Sequence[Person] = ()
    reply_to: str = ""
    in_reply_to: str = ""
    references: Sequence[str] = ()
    attachments: Sequence[Attached] = ()
    automatic: bool = False
    unsubscribe: str = ""


@dataclass(frozen=True)
class Hook:
    """A webhook call as it came in: header names in lower case, the raw body as a seekable file."""

    method: str
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: BinaryIO


Secrets = Mapping[str, str]
NO_SECRETS: Secrets = MappingProxyType({})


class Channel(Protocol):
    """A dialect: facts in, facts out; whoever calls stores, retries and counts."""

    name: str
    traits: Traits

    def verify(self, hook: Hook, secrets: Secrets) -> None:
        """Raise `kit.errors.Forged` unless the hook is signed as the vendor signs."""

    def parse(self, raw: BinaryIO, secrets: Secrets = NO_SECRETS) -> Iterable[Inbound | Receipt]:
        """Read one stored envelope; pure, and never raises on bad input: it marks what it could not read.

        `secrets` are the account's, for what only they can tell (whose verdicts to believe, keys to read with).
        """

    def send(self, out: Outbound, secrets: Secrets) -> str:
        """Send and return the external id (a `Sent` where some recipients were refused and others were not).

        Raises `kit.errors.Rejected` or `kit.errors.Unavailable`, and then nobody got it.
        """


channels: Registry[Channel] = Registry("channel")
channel = channels.register
