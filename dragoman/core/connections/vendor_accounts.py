"""A workspace's accounts at vendors: asking for them, changing them, and noting how they fare."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal

from .secrets import opened, sealed_secrets
from .spending import forget_told
from .vendor_models import LONGEST, VendorAccount

MOST = 30


@dataclass(frozen=True)
class Terms:
    """What may be changed of an account at any time; see VendorAccount for the units."""

    name: str
    patience: int = 20
    price: int = 0
    most_characters: int | None = None
    most_money: int | None = None


@dataclass(frozen=True)
class Place:
    """Where an account is and what opens it."""

    vendor: str
    address: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)


def accounts_of(workspace_id: int, *, family: str) -> QuerySet[VendorAccount]:
    """All accounts of a workspace in one family, oldest first."""
    return VendorAccount.objects.filter(workspace_id=workspace_id, family=family).order_by("id")


def get_account(workspace_id: int, account_id: int, *, family: str) -> VendorAccount:
    """Return one account; raises NotFound."""
    found = accounts_of(workspace_id, family=family).filter(pk=account_id).first()
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def vendor_secrets(account: VendorAccount) -> dict[str, str]:
    """Return what opens an account; raises kit.seal.Broken where the key is another one."""
    return opened(account.workspace_id, account.sealed)


def _checked(terms: Terms) -> dict[str, Any]:
    name = terms.name.strip()
    if not name:
        raise Refusal(_("Give the engine a name."), code="no_name", status=422)
    if not 1 <= terms.patience <= LONGEST:
        raise Refusal(_("The time-out is between 1 and 120 seconds."), code="bad_timeout", status=422)
    for number in (terms.price, terms.most_characters, terms.most_money):
        if number is not None and not 0 <= number <= 2_000_000_000:
            raise Refusal(
                _("Prices and budgets are whole numbers, not negative."), code="bad_budget", status=422
            )
    return {
        "name": name[:80],
        "patience": terms.patience,
        "price": terms.price,
        "most_characters": terms.most_characters,
        "most_money": terms.most_money,
    }


def add_account(workspace_id: int, *, family: str, place: Place, terms: Terms) -> VendorAccount:
    """Store an account with its secrets sealed; raises Refusal `name_taken` or `too_many`."""
    facts = _checked(terms)
    if accounts_of(workspace_id, family=family).count() >= MOST:
        raise Refusal(_("There are 30 accounts already. Remove one first."), code="too_many", status=422)
    try:
        with transaction.atomic():
            return VendorAccount.objects.create(
                workspace_id=workspace_id,
                family=family,
                vendor=place.vendor,
                address=place.address,
                settings=dict(place.settings),
                sealed=sealed_secrets(workspace_id, dict(place.secrets)) if place.secrets else b"",
                **facts,
            )
    except IntegrityError:
        raise Refusal(_("There is an engine of this name already."), code="name_taken", status=409) from None


def change_account(account: VendorAccount, *, terms: Terms, secrets: Mapping[str, str] | None = None) -> None:
    """Store new terms; without `secrets` the old ones stay."""
    facts = _checked(terms)
    if secrets:
        facts["sealed"] = sealed_secrets(account.workspace_id, {**vendor_secrets(account), **secrets})
        facts["state"], facts["last_error"] = VendorAccount.State.NEW, ""
    try:
        with transaction.atomic():
            _row(account).update(**facts)
            forget_told(account.workspace_id, family=account.family, engine=account.key)
    except IntegrityError:
        raise Refusal(_("There is an engine of this name already."), code="name_taken", status=409) from None
    account.refresh_from_db()


def switch_account(account: VendorAccount, *, state: VendorAccount.State) -> None:
    """Switch an account off (OFF), or use it again (NEW)."""
    _row(account).update(state=state, last_error="")


def remove_account(account: VendorAccount) -> None:
    """Forget an account and its secrets; what it was used for stays in the log and the figures."""
    _row(account).delete()


def note_call(workspace_id: int, account_id: int, *, error: str = "") -> None:
    """Note how the last call went; written only when that is news, or a minute has passed."""
    now = timezone.now()
    mine = VendorAccount.objects.filter(workspace_id=workspace_id, pk=account_id)
    mine = mine.exclude(state=VendorAccount.State.OFF)
    if error:
        mine.update(state=VendorAccount.State.FAILING, last_error=error[:500], last_tried_at=now)
        return
    stale = mine.exclude(state=VendorAccount.State.WORKING, last_worked_at__gt=now - timedelta(minutes=1))
    stale.update(state=VendorAccount.State.WORKING, last_error="", last_tried_at=now, last_worked_at=now)


def _row(account: VendorAccount) -> QuerySet[VendorAccount]:
    return VendorAccount.objects.filter(workspace_id=account.workspace_id, pk=account.pk)
