"""Taking a declaration of withdrawal in: kept and dated first, then whatever can be done with it at once.

Nobody logs in for it (Directive 2011/83/EU Art. 11a), so it opens a return by itself only where number and mail address
fit an order of the brand and the law gives the right today; all else is for an agent, who finds it as a conversation.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.conversations.actions.receive import Incoming, Received, receive_message
from dragoman.core.conversations.actions.status import change
from dragoman.core.conversations.actions.translation import needs_translation, store_translation
from dragoman.core.conversations.models import Message
from dragoman.core.conversations.routes import API, EMAIL, sending_mailbox
from dragoman.core.language.translation import Translation
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean, normal_email
from dragoman.kit.errors import Refusal

from ..entry import find_order
from ..errors import BadStatement
from ..events import WithdrawalDeclared
from ..models import Form, Return, Why, Withdrawal
from ..queries import quote_for
from ..quoting import LAW
from .requests import AskedLine, By, Request, request_return

# no letter or figure that is read as another
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LONGEST: Final = 4000


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A declaration as it was written; `part` "" is the whole order, `content` its whole text, `key` names it.

    `reading` is the same text in the team's language, which the portal's own words make: no engine is asked.
    """

    key: str
    name: str
    email: str
    order_number: str
    content: str
    subject: str
    part: str = ""
    language: str = "en"
    country: str = ""
    form: str = Form.EU
    reading: str = ""


def checked(said: Statement) -> Statement:
    """Return a declaration without what cannot be kept; raises BadStatement naming what lacks."""
    wrong: list[str] = []
    email = said.email.strip()
    try:
        email = normal_email(email)
    except Refusal:
        wrong.append("email")
    name, number = _line(said.name, 200), _line(said.order_number, 200)
    if not name:
        wrong.append("name")
    if not number:
        wrong.append("order_number")
    if wrong:
        raise BadStatement(wrong)
    part, content = clean(said.part).strip()[:_LONGEST], clean(said.content)[: 2 * _LONGEST]
    reading = clean(said.reading)[: 2 * _LONGEST]
    return Statement(
        **{
            **asdict(said),
            "name": name,
            "email": email,
            "order_number": number,
            "part": part,
            "content": content,
            "reading": reading,
        }
    )


@transaction.atomic
def declare_withdrawal(brand: Brand, *, said: Statement) -> Withdrawal:
    """Keep a declaration with its moment; the same key again changes nothing. Raises BadStatement."""
    said = checked(said)
    # two at once with one key: the second waits, and finds the first
    Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    here = Withdrawal.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk)
    before = here.filter(request_key=said.key).first()
    if before is not None:
        return before
    order = find_order(brand, number=said.order_number, contact=said.email)
    row = Withdrawal(
        workspace_id=brand.workspace_id,
        brand=brand,
        code=_code(),
        form=said.form,
        request_key=said.key,
        name=said.name,
        email=said.email,
        order_number=said.order_number,
        part=said.part,
        content=said.content,
        language=said.language,
        country=order.country if order else said.country,
        order=order,
        declared_at=timezone.now(),
    )
    row.made = _return_of(order, row) if order and not said.part else None
    row.conversation_id = _conversation(brand, row, said)
    row.save()
    publish(
        WithdrawalDeclared(
            brand_id=brand.pk, withdrawal_id=row.pk, return_id=row.made.pk if row.made else None
        )
    )
    return row


def note_receipt(workspace_id: int, withdrawal_id: int) -> None:
    """Note that the receipt went out, once."""
    here = Withdrawal.objects.filter(workspace_id=workspace_id, pk=withdrawal_id, receipt_sent_at=None)
    here.update(receipt_sent_at=timezone.now())


def _return_of(order: Order, row: Withdrawal) -> Return | None:
    """Open the return of all that the law lets go back today; None where it lets nothing, or an agent must look."""
    whole = order_by_id(order.workspace_id, order.pk)
    answers = quote_for(whole, at=row.declared_at).answers
    lawful = [one.goods for one in answers if one.allowed and one.basis == LAW and one.goods.left]
    lines = [AskedLine(sku=one.sku, quantity=one.left, reason=Why.CHANGED_MIND) for one in lawful if one.sku]
    if not lines or len(lines) != len(lawful):
        return None
    asked = Request(
        lines=_joined(lines), at=row.declared_at, key=f"withdrawal-{row.code}", language=row.language
    )
    try:
        with transaction.atomic():
            return request_return(order.workspace_id, order_id=order.pk, request=asked, by=By("customer"))
    except Refusal:
        return None


def _joined(lines: list[AskedLine]) -> list[AskedLine]:
    """Ask for a SKU once, whatever number of lines have it: the room shares it out."""
    found: dict[str, int] = {}
    for one in lines:
        found[one.sku] = found.get(one.sku, 0) + one.quantity
    return [AskedLine(sku=sku, quantity=quantity, reason=Why.CHANGED_MIND) for sku, quantity in found.items()]


def _conversation(brand: Brand, row: Withdrawal, said: Statement) -> int:
    """Put it before the agents as a message of its own thread, answered by mail where the brand has a mailbox."""
    box = sending_mailbox(brand.workspace_id, brand.pk)
    received = receive_message(
        Incoming(
            channel=EMAIL if box else API,
            source=f"email:{box.pk}" if box else "withdrawal",
            external_id=f"withdrawal-{row.code}",
            brand_id=brand.pk,
            kind="email",
            identity=row.email,
            name=row.name,
            thread_key=f"withdrawal:{row.code}",
            subject=said.subject[:200],
            text=row.content,
            language=row.language,
            market=row.country,
            sent_at=row.declared_at,
            meta={
                "order": row.order_number,
                "withdrawal": row.code,
                "translated": bool(said.reading),
            },
            raw=json.dumps(asdict(said)).encode(),
        )
    )
    _say_to_agents(brand.workspace_id, received, said)
    return received.conversation_id


def _say_to_agents(workspace_id: int, received: Received, said: Statement) -> None:
    """Put the team's own words beside it, and its purpose, which nothing need guess."""
    message = Message.objects.select_related("conversation").get(
        workspace_id=workspace_id, pk=received.message_id
    )
    team = workspace_facts(workspace_id).language
    if said.reading and needs_translation(message, team):
        made = Translation(said.reading, "", 1.0, machine=False)
        store_translation(message, made, team)
    change(
        message.conversation,
        agent=None,
        field="intent",
        values={"intent": "return_request"},
        line=None,
        by_hand=True,
    )


def _code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _each in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def _line(said: str, most: int) -> str:
    return " ".join(clean(said).split())[:most]
