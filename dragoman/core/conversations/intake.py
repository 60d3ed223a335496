"""From a channel's facts to a message for a conversation: who wrote, and where does it belong.

A mail joins a conversation by our own signed reply token it was sent to; or by a token or Message-ID it refers to or
quotes, if its sender is known there; or, where its program left all of that out, as a customer's reply under the
subject we wrote to them (`placing.py`). A stranger who refers to our mails gets a conversation of their own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dragoman.core.accounts.queries import get_brand
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import plain_address
from dragoman.core.customers.models import Identity
from dragoman.ground.channels.ports import Inbound, Person
from dragoman.ground.database.compiled import compiled
from dragoman.ground.files.store import TooLarge, keep
from dragoman.kit import address
from dragoman.kit.errors import Refusal

from .actions.receive import Incoming, KeptFile
from .auto_answer import is_own_address
from .junk import Why, is_blocked, why_junk
from .known import Known
from .links import place_of_reply, surviving
from .marks import BLOCKED, OTHER_SENDER, OWN_MAILBOX
from .models import Conversation, Envelope, Message, Status
from .placing import by_habit
from .reply_token import read_token, tokens_to

# before it nobody wrote mail to a shop
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
UNKNOWN_SENDER = Person("handle", "unknown sender")


@dataclass(frozen=True)
class Place:
    """Where a mail belongs, and whether it was sent to the address that only we gave out."""

    conversation: Conversation | None
    proved: bool = False


@compiled
def _customers(workspace_id: Any, kind: Any, value: Any) -> QuerySet[Identity, int]:
    known = Identity.objects.filter(workspace_id=workspace_id, kind=kind, value=value)
    return known.values_list("customer_id", flat=True)


class Intake:
    """What one envelope's facts become; knows its workspace, account and brand."""

    def __init__(
        self,
        envelope: Envelope,
        body: bytes,
        *,
        account: Connection | None = None,
        known: Known | None = None,
    ) -> None:
        """`account` and `known` spare questions where many are opened at once."""
        self.envelope = envelope
        self.account = account
        self.known = known
        self.workspace_id = envelope.workspace_id
        self.digest = hashlib.sha256(body).hexdigest()

    @property
    def is_old(self) -> bool:
        """Say whether it came in long ago, somewhere else, and is brought in with its own dates."""
        return bool(self.envelope.facts.get("old"))

    @cached_property
    def brand_id(self) -> int:
        """Return the brand of the account this came through, else the workspace's first."""
        if self.account is not None:
            return int(self.account.brand_id)
        number = self.envelope.source.partition(":")[2]
        account = Connection.objects.filter(workspace_id=self.workspace_id, pk=number or 0).first()
        return account.brand_id if account else get_brand(self.workspace_id).pk

    def incoming(self, fact: Inbound) -> Incoming:
        """Return the message to store."""
        sender = self._sender(fact.sender)
        place = self._place(fact, sender)
        conversation = place.conversation
        external_id, marks = self._identity(fact)
        blocked = conversation is not None and is_blocked(self.workspace_id, sender.value)
        kept_at = self._kept_at(fact)
        joined = conversation is not None and (conversation.status != Status.CLOSED or kept_at is not None)
        thread_key = conversation.thread_key if conversation else self._thread_key(fact, external_id)
        return Incoming(
            channel=self.envelope.channel,
            source=self.envelope.source,
            external_id=external_id,
            brand_id=conversation.brand_id if conversation else self.brand_id,
            kind=sender.kind,
            identity=sender.value,
            name=fact.sender.name,
            text=fact.text,
            verified=fact.verified,
            thread_key=thread_key,
            conversation_id=conversation.pk if conversation is not None and joined else None,
            subject=fact.subject,
            html=fact.html,
            quoted=fact.quoted,
            language=fact.language_hint,
            sent_at=fact.sent_at if kept_at is None else kept_at,
            kept_at=kept_at,
            marks=[*fact.marks, *marks, *self._warnings(fact, sender, conversation, blocked=blocked)],
            meta=self._meta(fact, sender),
            attachments=self._attachments(fact),
            envelope_id=self.envelope.pk,
            quiet=bool(fact.automatic) or blocked,
            junk=self._why_junk(fact, sender, conversation),
            clears_junk=place.proved and not blocked and bool(conversation and conversation.junk),
        )

    def _kept_at(self, fact: Inbound) -> datetime | None:
        """Return where old mail stands: at its own date, or now where that cannot be true; None for all other mail."""
        if not self.is_old:
            return None
        now, said = timezone.now(), fact.sent_at
        return said if said is not None and EARLIEST <= said <= now else now

    def _why_junk(self, fact: Inbound, sender: Person, conversation: Conversation | None) -> Why:
        """Judge what opens a conversation; one that continues a closed piece of junk is junk like it."""
        if self.envelope.channel != "email" or (conversation is not None and not conversation.junk):
            return {}
        if conversation is None:
            known = self.known
            return why_junk(
                self.workspace_id,
                fact,
                sender.value,
                ruled=known is None or known.has_rule(sender.value),
                learned=known is None or known.learned,
            )
        return {"kind": "continued"} if conversation.status == Status.CLOSED else {}

    @staticmethod
    def by_key(incoming: Incoming) -> Incoming:
        """Return the same message without its conversation, for when that was closed meanwhile."""
        return replace(incoming, conversation_id=None)

    def _sender(self, person: Person) -> Person:
        normal = {
            "email": address.normal_email,
            "phone": address.normal_phone,
            "handle": address.normal_handle,
        }
        try:
            return Person(person.kind, normal[person.kind](person.value), person.name)
        except Refusal:
            return UNKNOWN_SENDER

    def _place(self, fact: Inbound, sender: Person) -> Place:
        """Find the conversation: strong proof first, and what anybody could have copied only for people known there."""
        addressed = tokens_to([*(person.value for person in (*fact.to, *fact.cc)), *fact.delivered_to])
        for token in addressed:
            if (found := self._named(token)) is not None:
                return Place(place_of_reply(found, fact.references), proved=True)
        for token in fact.reply_tokens:
            found = self._named(token)
            if found is not None and self._is_known_in(found, sender):
                return Place(place_of_reply(found, fact.references), proved=self._is_customers(found, sender))
        found = self._referred([*fact.references, *fact.quoted_ids], sender)
        if found is None and self.envelope.channel == "email":
            found = by_habit(self.workspace_id, self.brand_id, fact, self._customers(sender))
        return Place(surviving(found) if found is not None else None)

    def _named(self, token: str) -> Conversation | None:
        named = read_token(token)
        if named is None or named[0] != self.workspace_id:
            return None
        return Conversation.objects.filter(workspace_id=self.workspace_id, pk=named[1]).first()

    def _customers(self, sender: Person) -> Sequence[int]:
        if self.known is not None and sender.kind == "email":
            return self.known.customers.get(sender.value, ())
        return _customers(self.workspace_id, sender.kind, sender.value)

    def _referred(self, references: Sequence[str], sender: Person) -> Conversation | None:
        if not references:
            return None
        known = Message.objects.filter(
            workspace_id=self.workspace_id,
            channel=self.envelope.channel,
            external_id__in=[reference[:500] for reference in references[:50]],
        ).select_related("conversation")
        by_id = {message.external_id: message.conversation for message in known}
        for reference in references:
            conversation = by_id.get(reference)
            if conversation is not None and self._is_known_in(conversation, sender):
                return surviving(conversation)
        return None

    def _is_known_in(self, conversation: Conversation, sender: Person) -> bool:
        if self._is_customers(conversation, sender):
            return True
        parts = surviving(conversation).parts
        there = Message.objects.filter(workspace_id=self.workspace_id, conversation_id__in=parts)
        people: set[str] = set()
        newest = there.filter(direction__in=["in", "out"]).order_by("-pk")
        for meta in newest.values_list("meta", flat=True)[:200]:
            people.update([meta.get("from", ""), meta.get("to", "")])
            people.update(*(meta.get(key) or [] for key in ("to_more", "cc", "bcc")))
        return sender.value in people

    def _identity(self, fact: Inbound) -> tuple[str, list[str]]:
        """Name the message; the same Message-ID over another body is another message, kept and marked."""
        if self.known is not None and fact.external_id[:500] not in self.known.stored:
            return fact.external_id[:500], []
        stored = Message.objects.filter(
            workspace_id=self.workspace_id, source=self.envelope.source, external_id=fact.external_id[:500]
        ).first()
        if (
            stored is None
            or stored.envelope_id == self.envelope.pk
            or stored.meta.get("digest") == self._digest(fact)
        ):
            return fact.external_id[:500], []
        return f"{fact.external_id[:430]}#{self._digest(fact)}", ["reused_id"]

    def _warnings(
        self, fact: Inbound, sender: Person, conversation: Conversation | None, *, blocked: bool
    ) -> list[str]:
        """Say what a reader must know: a machine wrote, or somebody who is not the customer did."""
        found = [str(fact.automatic)] if fact.automatic else []
        if sender.kind == "email" and self._is_ours(sender.value):
            found.append(OWN_MAILBOX)
        if conversation is not None and not self._is_customers(conversation, sender):
            found.append(OTHER_SENDER)
        return [*found, BLOCKED] if blocked else found

    def _is_ours(self, value: str) -> bool:
        if self.known is not None:
            return plain_address(value) in self.known.own
        return is_own_address(self.workspace_id, value)

    def _is_customers(self, conversation: Conversation, sender: Person) -> bool:
        owns = Identity.objects.filter(
            workspace_id=self.workspace_id,
            customer_id=surviving(conversation).customer_id,
            kind=sender.kind,
            value=sender.value,
        )
        return owns.exists()

    def _digest(self, fact: Inbound) -> str:
        """Fingerprint what was said: two deliveries of one mail differ in their Received lines, never in this."""
        parts = [fact.sender.value, fact.subject, fact.text, fact.quoted, fact.html]
        parts += [f"{file.name}:{file.size}" for file in fact.attachments]
        return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()

    def _thread_key(self, fact: Inbound, external_id: str) -> str:
        """A mail that belongs nowhere starts a conversation of its own, also when it is delivered twice."""
        if self.envelope.channel != "email":
            return ""
        return "mail:" + hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()[:40]

    def _meta(self, fact: Inbound, sender: Person) -> dict[str, object]:
        facts: dict[str, object] = {"from": sender.value, "digest": self._digest(fact)}
        if fact.to:
            facts["addressed"] = [person.value for person in fact.to][:50]
        if fact.cc:
            facts["cc"] = [person.value for person in fact.cc][:50]
        if names := {person.value: person.name for person in [*fact.to, *fact.cc][:50] if person.name}:
            facts["names"] = names
        if fact.left_out:
            facts["left_out"] = [{"name": file.name, "size": file.size} for file in fact.left_out]
        if fact.subject:
            facts["subject"] = fact.subject[:500]
        if self.is_old:
            facts["old"] = True
        if fact.thread_index:
            facts["thread_index"] = fact.thread_index[:64]
        return facts

    def _attachments(self, fact: Inbound) -> list[KeptFile]:
        files = []
        for file in fact.attachments:
            with file.open() as reader:
                try:
                    kept = keep(self.workspace_id, reader)
                except TooLarge:
                    continue
            files.append(KeptFile(kept.key, file.name, file.content_type, kept.size, file.content_id))
        return files
