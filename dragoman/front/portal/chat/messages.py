"""A shopper's message as it comes in, and the thread as the widget may see it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from dragoman.core.accounts.models import Brand
from dragoman.core.conversations.actions.receive import Incoming, KeptFile, Received, receive_message
from dragoman.core.conversations.junk import why_doubtful
from dragoman.core.conversations.marks import SIGNED
from dragoman.core.conversations.models import Message
from dragoman.front.portal.chat.files import open_file_token
from dragoman.front.portal.chat.limits import (
    FILE_BYTES,
    FILES_PER_MESSAGE,
    TEXT_CHARACTERS,
    THREADS_PER_ADDRESS,
    count,
    file_too_large,
)
from dragoman.front.portal.chat.shield import doubts
from dragoman.ground.channels.chat import Session
from dragoman.kit import tags
from dragoman.kit.address import clean, normal_email
from dragoman.kit.errors import Refusal


class Written(BaseModel):
    """One message of the widget; `external_id` is the widget's own and makes sending twice harmless.

    `market` is the country that the page gives in `data-market`; what is none is left out, the message is not.
    `choice` is the value of what was clicked below a bot's message; `text` is then its label.
    """

    model_config = ConfigDict(extra="forbid")

    external_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{8,64}$")]
    text: Annotated[str, StringConstraints(max_length=4 * TEXT_CHARACTERS)] = ""
    locale: Annotated[str, StringConstraints(max_length=35)] = ""
    market: Annotated[str, StringConstraints(max_length=35)] = ""
    page: Annotated[str, StringConstraints(max_length=500)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""
    name: Annotated[str, StringConstraints(max_length=200)] = ""
    order: Annotated[str, StringConstraints(max_length=80)] = ""
    consent: Annotated[str, StringConstraints(max_length=2000)] = ""
    choice: Annotated[str, StringConstraints(max_length=120)] = ""
    sent_at: AwareDatetime | None = None
    files: Sequence[str] = ()


class Receipts(BaseModel):
    """Up to which answers (ids) a page got them, and up to which its shopper had them before their eyes."""

    model_config = ConfigDict(extra="forbid")

    delivered: Annotated[int, Field(ge=0, lt=10**18)] = 0
    read: Annotated[int, Field(ge=0, lt=10**18)] = 0


def receive_written(session: Session, brand: Brand, written: Written, *, address: str = "") -> Received:
    """Store what a shopper wrote, once; `address` is where it came from.

    Raises Refusal if it is empty, too long or names a foreign file, and TooFast where one address begins too
    many threads.
    """
    text = clean(written.text).strip()
    if not text and not written.files:
        raise Refusal(_("Please write a message first."), code="empty", status=422)
    if len(text) > TEXT_CHARACTERS:
        text = _("At most {count} characters go into one message.").format(count=TEXT_CHARACTERS)
        raise Refusal(text, code="too_long", status=422)
    files = _files(session, written)
    meta, why = _left(written), {}
    if session.email or session.phone:
        # the shop's server vouched for who writes: what is theirs may be told to them
        meta[SIGNED] = True
    source = source_of(brand, session.handle)
    if not Message.objects.filter(
        workspace_id=session.workspace_id, source=source, external_id__isnull=False
    ).exists():
        count((THREADS_PER_ADDRESS, address))
        if found := doubts(session, brand, text, page=written.page, sent_at=written.sent_at):
            meta["junk"] = found
            why = dict(why_doubtful(session.workspace_id, found, text))
    name = session.name or clean(written.name).strip()
    # The shopper's clock may be wrong; what was held back while offline keeps its time, the future does not.
    now = datetime.now(UTC)
    sent_at = min(written.sent_at, now) if written.sent_at else now
    body = {
        **written.model_dump(mode="json", exclude_defaults=True),
        "handle": session.handle,
        "name": name,
        "verified": bool(session.email or session.phone),
    }
    return receive_message(
        Incoming(
            channel="chat",
            source=source,
            external_id=written.external_id,
            brand_id=brand.pk,
            text=text,
            name=name,
            language=tags.normalise(written.locale),
            market=market_said(written.market),
            sent_at=sent_at,
            meta=meta,
            junk=why,
            attachments=files,
            raw=json.dumps(body).encode(),
            **_person(session),
        )
    )


def market_said(said: str) -> str:
    """Return the country a page says its shopper is in, "" where it says none that is one."""
    code = said.strip().upper()
    return code if tags.is_market(code) else ""


def _left(written: Written) -> dict[str, Any]:
    """What the shopper left beside the text, as notes to the agent.

    None of it is an identity: an address nobody proved could join a stranger's thread.
    """
    meta: dict[str, Any] = {"page": clean(written.page)}
    if written.email:
        meta["email"] = normal_email(written.email)
    for field in ("order", "consent", "choice"):
        if said := clean(getattr(written, field)).strip():
            meta[field] = said
    return meta


def source_of(brand: Brand, handle: str) -> str:
    """Return the source of a thread's messages: ids of one browser can never meet those of another."""
    return f"chat:{brand.pk}:{handle}"


def _person(session: Session) -> dict[str, Any]:
    """Return who writes; an address or number counts only because the shop's server signed it."""
    if session.email:
        return {"kind": "email", "identity": session.email, "verified": True}
    if session.phone:
        return {"kind": "phone", "identity": session.phone, "verified": True}
    return {"kind": "handle", "identity": session.handle}


def _files(session: Session, written: Written) -> list[KeptFile]:
    if len(written.files) > FILES_PER_MESSAGE:
        text = _("At most {count} files go with one message.").format(count=FILES_PER_MESSAGE)
        raise Refusal(text, code="too_many_files", status=422)
    files = [open_file_token(session, token) for token in written.files]
    if sum(file.size for file in files) > FILE_BYTES:
        raise file_too_large()
    return files
