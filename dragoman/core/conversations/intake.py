"""From a channel's facts to a message for a conversation: who wrote, and where does it belong.

A mail joins a conversation by our own signed reply token, or by a Message-ID it refers to if its sender is known
there; never by a subject or a name. A stranger who refers to our mails gets a conversation of their own.
"""

import hashlib
from dataclasses import replace
from functools import cached_property

from dragoman.core.accounts.queries import get_brand
from dragoman.core.connections.models import Connection
from dragoman.core.customers.models import Identity
from dragoman.ground.channels.ports import Inbound, Person
from dragoman.ground.files.store import TooLarge, keep
from dragoman.kit import address
from dragoman.kit.errors import Refusal

from .actions.receive import Incoming, KeptFile
from .marks import OTHER_SENDER
from .models import Conversation, Envelope, Message, Status
from .reply_token import read_token

UNKNOWN_SENDER = Person("handle", "unknown sender")


class Intake:
    """What one envelope's facts become; knows its workspace, account and brand."""

    def __init__(self, envelope: Envelope, body: bytes) -> None:
        self.envelope = envelope
        self.workspace_id = envelope.workspace_id
        self.digest = hashlib.sha256(body).hexdigest()

    @cached_property
    def brand_id(self) -> int:
        """Return the brand of the account this came through, else the workspace's first."""
        number = self.envelope.source.partition(":")[2]
        account = Connection.objects.filter(workspace_id=self.workspace_id, pk=number or 0).first()
        return account.brand_id if account else get_brand(self.workspace_id).pk

    def incoming(self, fact: Inbound) -> Incoming:
        """Return the message to store."""
        sender = self._sender(fact.sender)
        conversation = self._conversation(fact, sender)
        external_id, marks = self._identity(fact)
        joined = conversation is not None and conversation.status != Status.CLOSED
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
            sent_at=fact.sent_at,
            marks=[*fact.marks, *marks, *self._warnings(fact, sender, conversation)],
            meta=self._meta(fact, sender),
            attachments=self._attachments(fact),
            envelope_id=self.envelope.pk,
            quiet=bool(fact.automatic),
        )

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

    def _conversation(self, fact: Inbound, sender: Person) -> Conversation | None:
        mine = Conversation.objects.filter(workspace_id=self.workspace_id)
        for token in fact.reply_tokens:
            named = read_token(token)
            if named is not None and named[0] == self.workspace_id:
                found = mine.filter(pk=named[1]).first()
                if found is not None:
                    return found
        return self._referred(fact, sender)

    def _referred(self, fact: Inbound, sender: Person) -> Conversation | None:
        if not fact.references:
            return None
        known = Message.objects.filter(
            workspace_id=self.workspace_id,
            channel=self.envelope.channel,
            external_id__in=list(fact.references)[:50],
        ).select_related("conversation")
        by_id = {message.external_id: message.conversation for message in known}
        for reference in fact.references:
            conversation = by_id.get(reference)
            if conversation is not None and self._is_known_in(conversation, sender):
                return conversation
        return None

    def _is_known_in(self, conversation: Conversation, sender: Person) -> bool:
        if self._is_customers(conversation, sender):
            return True
        there = Message.objects.filter(workspace_id=self.workspace_id, conversation_id=conversation.pk)
        people: set[str] = set()
        for meta in there.filter(direction__in=["in", "out"]).values_list("meta", flat=True)[:200]:
            people.update([meta.get("from", ""), meta.get("to", "")])
            people.update(*(meta.get(key) or [] for key in ("to_more", "cc", "bcc")))
        return sender.value in people

    def _identity(self, fact: Inbound) -> tuple[str, list[str]]:
        """Name the message; the same Message-ID over another body is another message, kept and marked."""
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

    def _warnings(self, fact: Inbound, sender: Person, conversation: Conversation | None) -> list[str]:
        """Say what a reader must know: a machine wrote, or somebody who is not the customer did."""
        found = [str(fact.automatic)] if fact.automatic else []
        if conversation is not None and not self._is_customers(conversation, sender):
            found.append(OTHER_SENDER)
        return found

    def _is_customers(self, conversation: Conversation, sender: Person) -> bool:
        owns = Identity.objects.filter(
            workspace_id=self.workspace_id,
            customer_id=conversation.customer_id,
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
