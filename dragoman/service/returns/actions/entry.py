"""Codes to an order: made when they are sent, kept as a hash, good for a quarter of an hour and five tries."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from dragoman.core.accounts.models import Brand
from dragoman.ground.events.actions import publish
from dragoman.kit.text import in_ascii_digits

from ..entry import find_order
from ..errors import CodeOver, WrongCode
from ..events import EntryCodeAsked
from ..models import EntryCode

GOOD_FOR: Final = timedelta(minutes=15)
TRIES: Final = 5
# so many codes an hour go to one order's address: who guesses gets no more tries, and nobody's mailbox is filled
CODES_AN_HOUR: Final = 5
_KEPT: Final = timedelta(days=1)


@transaction.atomic
def ask_code(brand: Brand, *, number: str, contact: str, language: str) -> EntryCode:
    """Ask for a code to an order; the same is done for one that does not exist, but for the mail."""
    now, here = timezone.now(), EntryCode.objects.filter(workspace_id=brand.workspace_id)
    order = find_order(brand, number=number, contact=contact)
    sent = here.filter(order_id=order.pk if order else 0, created_at__gt=now - timedelta(hours=1)).count()
    here.filter(created_at__lt=now - _KEPT).delete()
    made = EntryCode.objects.create(
        workspace_id=brand.workspace_id,
        brand=brand,
        order=order if sent < CODES_AN_HOUR else None,
        handle=secrets.token_urlsafe(24),
        language=language,
        created_at=now,
    )
    publish(EntryCodeAsked(brand_id=brand.pk, code_id=made.pk))
    return made


@transaction.atomic
def new_code(workspace_id: int, code_id: int) -> tuple[EntryCode, str] | None:
    """Make the code that is about to be sent, and return it once; None where it leads nowhere or is over."""
    found = EntryCode.objects.select_for_update(no_key=True, of=("self",)).select_related("order", "brand")
    row = found.filter(workspace_id=workspace_id, pk=code_id, used_at=None).first()
    if row is None or row.order is None or not row.order.email or _is_over(row):
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_hash = _hashed(row, code)
    row.save(update_fields=["code_hash"])
    return row, code


def use_code(brand: Brand, *, handle: str, code: str) -> int:
    """Return the id of the order that a code opens, once. Raises WrongCode, CodeOver."""
    here = EntryCode.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk, handle=handle)
    row = here.first()
    # counted before it is looked at: many at once are many tries
    counted = here.filter(tries__lt=TRIES, used_at=None).update(tries=F("tries") + 1)
    if row is None or not counted or _is_over(row):
        raise CodeOver
    said = "".join(one for one in in_ascii_digits(code) if one.isdigit())
    fits = constant_time_compare(_hashed(row, said), row.code_hash or "-")
    if not fits or row.order_id is None:
        raise WrongCode
    if not here.filter(used_at=None).update(used_at=timezone.now()):
        raise CodeOver
    return row.order_id


def _is_over(row: EntryCode) -> bool:
    return row.created_at < timezone.now() - GOOD_FOR


def _hashed(row: EntryCode, code: str) -> str:
    return salted_hmac("dragoman.returns.entry", f"{row.handle}:{code}", algorithm="sha256").hexdigest()
