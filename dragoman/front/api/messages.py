"""`POST /messages`: a customer's message over the API channel, stored and readable when the answer comes."""

import base64
import binascii
import io
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from dragoman.core.accounts.queries import get_brand
from dragoman.core.conversations.actions.receive import Incoming, KeptFile, Received, receive_message
from dragoman.ground.channels.email.html import read_page
from dragoman.ground.channels.ports import IdentityKind
from dragoman.ground.files.store import TooLarge, keep
from dragoman.kit import address
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, normalise

from .problems import ERRORS
from .schemas import AttachmentIn, MessageIn, MessageStored, SenderIn

router = Router(tags=["messages"])
LIMIT = 30 * 1024 * 1024


def identity_of(sender: SenderIn) -> tuple[IdentityKind, str]:
    """Return the address a sender is known by: e-mail before phone before handle; refuses none at all."""
    if sender.email:
        return "email", address.normal_email(sender.email)
    if sender.phone:
        return "phone", address.normal_phone(sender.phone)
    if sender.handle:
        return "handle", address.normal_handle(sender.handle)
    raise Refusal("`from` needs an email, a phone or a handle.", code="no_sender", status=422)


def incoming_of(data: MessageIn, *, brand_id: int, raw: bytes, files: Sequence[KeptFile] = ()) -> Incoming:
    """Return the message to store; raises Refusal for an address or text that cannot be one."""
    kind, identity = identity_of(data.sender)
    if not (data.text.strip() or data.html or data.attachments):
        raise Refusal("A message needs a text, an html or an attachment.", code="empty", status=422)
    page = read_page(data.html) if data.html else None
    return Incoming(
        channel="api",
        source="api",
        external_id=address.clean(data.external_id),
        brand_id=brand_id,
        kind=kind,
        identity=identity,
        name=data.sender.name or "",
        thread_key=f"api:{address.clean(data.thread)}" if data.thread else "",
        subject=data.subject or "",
        text=data.text if data.text.strip() or page is None else page.text,
        html=page.html if page else "",
        language=normalise(data.language) if data.language and is_known(data.language) else "",
        market=address.region_of_phone(identity) if kind == "phone" else "",
        sent_at=data.sent_at,
        meta={"from": identity, **({"subject": address.clean(data.subject)} if data.subject else {})},
        attachments=files,
        raw=raw,
    )


def answer_of(got: Received) -> dict[str, Any]:
    """Return where a message went, as the contract says it."""
    return {
        "message": str(got.message_id),
        "conversation": str(got.conversation_id),
        "customer": str(got.customer_id),
        "duplicate": got.duplicate,
    }


@router.post(
    "/messages",
    response={200: MessageStored, 201: MessageStored, **ERRORS},
    by_alias=True,
    operation_id="post_message",
    summary="Bring a customer's message",
)
def post_message(request: HttpRequest, data: MessageIn) -> Any:
    """Store one message; the same `external_id` again changes nothing and answers 200 with `duplicate: true`."""
    workspace_id: int = request.caller.workspace_id  # type: ignore[attr-defined]
    brand = get_brand(workspace_id, data.brand or "")
    files = _kept(workspace_id, data.attachments)
    got = receive_message(incoming_of(data, brand_id=brand.pk, raw=request.body, files=files))
    return Status(200 if got.duplicate else 201, answer_of(got))


def _kept(workspace_id: int, files: list[AttachmentIn]) -> list[KeptFile]:
    if sum(len(file.data) for file in files) * 3 // 4 > LIMIT:
        raise TooLarge("Files may have at most 30 MB together.", details={"limit": LIMIT})
    kept = []
    for file in files:
        try:
            content = base64.b64decode(file.data, validate=True)
        except (binascii.Error, ValueError):
            raise Refusal(
                f"`data` of “{file.name[:80]}” is not base64.", code="bad_data", status=422
            ) from None
        stored = keep(workspace_id, io.BytesIO(content))
        kept.append(KeptFile(stored.key, file.name, file.content_type, stored.size))
    return kept
