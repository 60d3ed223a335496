"""Coming in by a code sent to one's mail address: a hash for a quarter of an hour and five tries, then a member."""

import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from dragoman.core.accounts.models import Brand
from dragoman.ground.events.actions import publish
from dragoman.kit.address import normal_email
from dragoman.kit.text import in_ascii_digits

from ..errors import JoinCodeOver, WrongJoinCode
from ..events import JoinCodeAsked, MemberJoined
from ..models import JoinCode, Member

GOOD_FOR: Final = timedelta(minutes=15)
TRIES: Final = 5
# nobody's mailbox is filled, and who guesses gets no more tries
CODES_AN_HOUR: Final = 5
_KEPT: Final = timedelta(days=1)


@transaction.atomic
def ask_join_code(brand: Brand, *, email: str, language: str) -> JoinCode:
    """Ask for a code to a mail address; a member and a stranger look alike. Raises Refusal `bad_email`."""
    now, here = timezone.now(), JoinCode.objects.filter(workspace_id=brand.workspace_id)
    to = normal_email(email)
    sent = here.filter(email=to, is_sent=True, created_at__gt=now - timedelta(hours=1)).count()
    here.filter(created_at__lt=now - _KEPT).delete()
    made = JoinCode.objects.create(
        workspace_id=brand.workspace_id,
        brand=brand,
        email=to,
        is_sent=sent < CODES_AN_HOUR,
        handle=secrets.token_urlsafe(24),
        language=language,
        created_at=now,
    )
    publish(JoinCodeAsked(brand_id=brand.pk, code_id=made.pk))
    return made


@transaction.atomic
def new_join_code(workspace_id: int, code_id: int) -> tuple[JoinCode, str] | None:
    """Make the code that is about to be sent, and return it once; None where none is to go out."""
    found = JoinCode.objects.select_for_update(no_key=True, of=("self",)).select_related("brand")
    row = found.filter(workspace_id=workspace_id, pk=code_id, used_at=None, is_sent=True).first()
    if row is None or _is_over(row):
        return None
    code = f"{secrets.randbelow(1_000_000):06}"
    row.code_hash = _hashed(row, code)
    row.save(update_fields=["code_hash"])
    return row, code


def use_join_code(brand: Brand, *, handle: str, code: str) -> Member:
    """Return the member whose address the code proves, new or known. Raises WrongJoinCode, JoinCodeOver."""
    here = JoinCode.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk, handle=handle)
    row = here.first()
    # counted before it is looked at: many at once are many tries
    counted = here.filter(tries__lt=TRIES, used_at=None).update(tries=F("tries") + 1)
    if row is None or not counted or _is_over(row):
        raise JoinCodeOver
    said = "".join(one for one in in_ascii_digits(code) if one.isdigit())
    if not constant_time_compare(_hashed(row, said), row.code_hash or "-"):
        raise WrongJoinCode
    if not here.filter(used_at=None).update(used_at=timezone.now()):
        raise JoinCodeOver
    return _member(brand, row)


@transaction.atomic
def _member(brand: Brand, row: JoinCode) -> Member:
    mine = Member.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk, email=row.email)
    known = mine.first()
    if known is not None:
        return known
    new = Member(workspace_id=brand.workspace_id, brand=brand, email=row.email, language=row.language)
    Member.objects.bulk_create([new], ignore_conflicts=True)
    made = mine.get()
    publish(MemberJoined(member_id=made.pk))
    return made


def _is_over(row: JoinCode) -> bool:
    return row.created_at < timezone.now() - GOOD_FOR


def _hashed(row: JoinCode, code: str) -> str:
    return salted_hmac("dragoman.community.join", f"{row.handle}:{code}", algorithm="sha256").hexdigest()
