"""Codes that prove whose an order is: made when they are sent, kept as a hash, for 15 minutes and five tries."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.reaching import find_order
from dragoman.core.conversations.models import Conversation
from dragoman.ground.events.actions import publish
from dragoman.kit.text import in_ascii_digits

from ..events import ProofCodeAsked
from ..models import ProofCode
from ..world import CodeIsOver

GOOD_FOR: Final = timedelta(minutes=15)
TRIES: Final = 5
# so many codes an hour go to one order's address, and are asked for in one conversation
CODES_AN_HOUR: Final = 5


@transaction.atomic
def ask_code(conversation: Conversation, *, number: str, contact: str, language: str) -> ProofCode:
    """Ask for a code to an order; the same is done for one that does not exist, but for the mail."""
    here = ProofCode.objects.filter(workspace_id=conversation.workspace_id)
    lately = here.filter(created_at__gt=timezone.now() - timedelta(hours=1))
    order = find_order(conversation.workspace_id, conversation.brand_id, number=number, contact=contact)
    sent = lately.filter(order_id=order.pk if order else 0).count()
    asked = lately.filter(conversation_id=conversation.pk).count()
    here.filter(conversation_id=conversation.pk, used_at=None).update(used_at=timezone.now())
    may = max(sent, asked) < CODES_AN_HOUR
    made = ProofCode.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        order=order if may else None,
        language=language,
        created_at=timezone.now(),
    )
    publish(ProofCodeAsked(conversation_id=conversation.pk, code_id=made.pk))
    return made


@transaction.atomic
def new_code(workspace_id: int, code_id: int) -> tuple[ProofCode, str] | None:
    """Make the code that is about to be sent, and return it once; None where it leads nowhere or is over."""
    found = ProofCode.objects.select_for_update(no_key=True, of=("self",))
    found = found.select_related("order__brand", "conversation__brand")
    row = found.filter(workspace_id=workspace_id, pk=code_id, used_at=None).first()
    if row is None or row.order is None or not row.order.email or _is_over(row):
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_hash = _hashed(row, code)
    row.save(update_fields=["code_hash"])
    return row, code


def use_code(conversation: Conversation, said: str) -> Order | None:
    """Return the order that a code opens, once; None for a wrong one. Raises CodeIsOver."""
    here = ProofCode.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    row = here.filter(used_at=None).select_related("order").order_by("-pk").first()
    if row is None or _is_over(row):
        raise CodeIsOver
    mine = here.filter(pk=row.pk, used_at=None)
    # counted before it is looked at: many at once are many tries
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise CodeIsOver
    figures = "".join(one for one in in_ascii_digits(said) if one.isdigit())
    if not constant_time_compare(_hashed(row, figures), row.code_hash or "-") or row.order is None:
        return None
    return row.order if mine.update(used_at=timezone.now()) else None


def _is_over(row: ProofCode) -> bool:
    return row.created_at < timezone.now() - GOOD_FOR


def _hashed(row: ProofCode, code: str) -> str:
    return salted_hmac("dragoman.bot.proof", f"{row.pk}:{code}", algorithm="sha256").hexdigest()
