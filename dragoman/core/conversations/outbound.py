"""Putting an outgoing message together for its channel."""

from functools import partial

from dragoman.core.accounts.models import Brand
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.core.language import phrasebook
from dragoman.core.language.manners import manner_of
from dragoman.core.language.own_phrases import own_of
from dragoman.core.texts.signatures import signature_for
from dragoman.ground.channels.email.dkim_key import SIGNING
from dragoman.ground.channels.ports import Attached, Outbound, Person, Secrets
from dragoman.ground.files.store import open_file
from dragoman.kit.errors import Rejected

from .models import Attachment, Direction, Message
from .recipients import people_in
from .reply_token import make_token
from .routes import EMAIL


def connection_of(message: Message) -> Connection:
    """Return the account a message goes through; raises Rejected where it is gone."""
    number = message.source.partition(":")[2]
    found = Connection.objects.filter(workspace_id=message.workspace_id, pk=number or 0).first()
    if found is None:
        raise Rejected("The mailbox this goes through was removed.")
    return found


def secrets_for(message: Message) -> Secrets:
    """Return what the channel needs to send this message."""
    if message.channel != EMAIL:
        return {}
    mailbox = secrets_of(connection_of(message))
    # the mailbox's own secrets are for its own servers, never for the installation's
    if mailbox.get("smtp"):
        return mailbox
    return {"url": mailbox["url"], **{key: mailbox[key] for key in SIGNING if mailbox.get(key)}}


def attached(file: Attachment) -> Attached:
    """Return a stored file as a channel takes it."""
    return Attached(
        file.name, file.content_type, file.size, partial(open_file, file.file_key), file.content_id
    )


def machine_note(brand: Brand, language: str, *, register: str = "") -> str:
    """Return the one line that tells a customer that a machine translated, in the customer's language or English."""
    return _by_itself("machine_translated", brand, language, register)


def original_label(brand: Brand, language: str, *, register: str = "") -> str:
    """Return the words above the original, in the customer's language or English."""
    return _by_itself("original_message", brand, language, register)


def _by_itself(key: str, brand: Brand, language: str, register: str) -> str:
    own = own_of(brand.workspace_id, brand.pk)
    said = phrasebook.wording(key, language, register=register, own=own)
    return said[1]["other"] if said else phrasebook.render(key, "en", {}, own=own)


def is_marked(message: Message, brand: Brand) -> bool:
    """Say whether the customer is told that a machine translated this message."""
    return bool(message.meta.get("machine")) and brand.machine_mark == Brand.MachineMark.LINE


def outbound_of(message: Message) -> Outbound:
    """Return a message as its mail channel sends it, threaded onto the mails before it."""
    conversation = message.conversation
    brand = conversation.brand
    mailbox = connection_of(message)
    token = make_token(message.workspace_id, conversation.pk)
    local, _at, domain = mailbox.address.partition("@")
    before = Message.objects.filter(
        workspace_id=message.workspace_id,
        conversation_id__in=conversation.parts,
        channel=EMAIL,
        pk__lt=message.pk,
    ).exclude(external_id=None)
    ids = list(before.order_by("-pk").values_list("external_id", "direction")[:20])
    last_in = next((found for found, direction in ids if direction == Direction.IN), "")
    marked = is_marked(message, brand)
    signature = signature_for(brand, message.agent, message.language, market=conversation.market)
    manner = manner_of(brand, conversation.customer, message.agent, message.language)
    return Outbound(
        message_id=f"<d{token}.{message.pk}@{domain}>",
        to=[
            Person("email", str(message.meta.get("to") or ""), conversation.customer.name),
            *people_in(message.meta, "to_more"),
        ],
        cc=people_in(message.meta, "cc"),
        bcc=people_in(message.meta, "bcc"),
        text="\n\n".join(
            part for part in (message.text, signature and f"-- \n{signature}", message.quoted) if part
        ),
        language=message.language,
        sender=Person("email", mailbox.address, brand.name),
        subject=conversation.subject or brand.name,
        note=machine_note(brand, message.language, register=manner.register) if marked else "",
        original=message.original if marked else "",
        original_language=message.original_language,
        original_label=(original_label(brand, message.language, register=manner.register) if marked else ""),
        reply_to=f"{local}+d{token}@{domain}",
        in_reply_to=last_in or "",
        references=[found for found, _direction in reversed(ids) if found],
        attachments=[attached(file) for file in message.attachments.order_by("pk")],
        automatic=bool(message.meta.get("automatic")),
    )
