"""Accounts at payment vendors: connected, changed, tried, switched off, removed."""

import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.connections.vendor_accounts import (
    Place,
    Terms,
    add_account,
    change_account,
    remove_account,
)
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.payments.ports import Gateway
from dragoman.kit.errors import OutsideError, Refusal

from ..errors import NotForAgents
from ..events import PaymentAccountChanged
from ..models import Dispute, PaymentAccount
from ..paying import FAMILY, account_as_called, gateway_of, vendors


@dataclass(frozen=True)
class Given:
    """What a person says of an account: its name here, and a value for each field of its vendor."""

    title: str
    values: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def connect_payments(agent: Agent, *, vendor: str, given: Given) -> PaymentAccount:
    """Connect an account; for leads and owners. Raises Refusal `no_such_vendor`, `bad_field` (`field` in details)."""
    _lead(agent)
    gateway = vendors().get(vendor)
    if gateway is None:
        raise Refusal(_("Choose one of the payment vendors."), code="no_such_vendor", status=422)
    shown, hidden = _sorted(gateway, given.values)
    key = random.token_urlsafe(24)
    account = add_account(
        agent.workspace_id,
        family=FAMILY,
        place=Place(vendor=vendor, secrets=hidden),
        terms=Terms(name=f"{vendor} {key[:12]}"),
    )
    made = PaymentAccount.objects.create(
        workspace_id=agent.workspace_id,
        vendor=vendor,
        title=given.title.strip()[:120] or gateway.title,
        account=account,
        settings=shown,
        hook_key=key,
    )
    publish(PaymentAccountChanged(payment_account_id=made.pk))
    return made


@transaction.atomic
def change_payments(agent: Agent, row: PaymentAccount, *, given: Given) -> None:
    """Store another name, settings or secrets; a secret left empty stays. Raises Refusal `bad_field`."""
    _lead(agent)
    shown, hidden = _sorted(gateway_of(row), given.values, changes=True)
    if hidden and row.account is not None:
        change_account(row.account, terms=Terms(name=row.account.name), secrets=hidden)
    title = given.title.strip()[:120] or row.title
    # what is switched off stays so, whatever else is changed of it
    state = row.state if row.state == PaymentAccount.State.OFF else PaymentAccount.State.NEW
    _rows(row).update(title=title, settings=shown, state=state, last_error="")
    publish(PaymentAccountChanged(payment_account_id=row.pk))


def try_payments(agent: Agent, row: PaymentAccount) -> str:
    """Ask the vendor what it calls the account, and note what came of it; raises OutsideError with its words."""
    _lead(agent)
    try:
        name = gateway_of(row).check(account_as_called(row))
    except OutsideError as error:
        note_payments(row, error=str(error))
        raise
    note_payments(row)
    return name


def note_payments(row: PaymentAccount, *, error: str = "") -> None:
    """Note how the last call went; what is switched off stays so."""
    mine = _rows(row).exclude(state=PaymentAccount.State.OFF)
    if error:
        mine.update(state=PaymentAccount.State.FAILING, last_error=error[:500])
    else:
        mine.update(state=PaymentAccount.State.WORKING, last_error="", last_worked_at=timezone.now())


@transaction.atomic
def switch_payments(agent: Agent, row: PaymentAccount, *, on: bool) -> None:
    """Give nothing back through an account any more, or again; what it tells by webhook is read all the same."""
    _lead(agent)
    _rows(row).update(state=PaymentAccount.State.NEW if on else PaymentAccount.State.OFF, last_error="")
    publish(PaymentAccountChanged(payment_account_id=row.pk))


@transaction.atomic
def renew_payments_hook(agent: Agent, row: PaymentAccount) -> None:
    """Give the webhooks of an account another address; the old one is refused from now on."""
    _lead(agent)
    _rows(row).update(hook_key=random.token_urlsafe(24))
    publish(PaymentAccountChanged(payment_account_id=row.pk))


@transaction.atomic
def remove_payments(agent: Agent, row: PaymentAccount) -> None:
    """Forget an account, its secrets and its webhooks; disputes and refunds that went through it stay."""
    _lead(agent)
    Dispute.objects.filter(workspace_id=row.workspace_id, account_id=row.pk).update(account=None)
    account = row.account
    _rows(row).delete()
    if account is not None:
        remove_account(account)
    publish(PaymentAccountChanged(payment_account_id=row.pk))


def _rows(row: PaymentAccount) -> QuerySet[PaymentAccount]:
    return PaymentAccount.objects.filter(workspace_id=row.workspace_id, pk=row.pk)


def _lead(agent: Agent) -> None:
    if not agent.can_lead:
        raise NotForAgents(_("Payment accounts are connected by leads and owners: ask one of them."))


def _sorted(
    gateway: Gateway, values: Mapping[str, str], *, changes: bool = False
) -> tuple[dict[str, str], dict[str, str]]:
    """Sort what was given into settings and secrets; raises Refusal `bad_field`."""
    told = {one.name: str(values.get(one.name) or "").strip() for one in gateway.fields}
    for one in gateway.fields:
        if one.required and not told[one.name] and not (one.secret and changes):
            words = _("%(field)s is missing.") % {"field": one.label}
            raise Refusal(words, code="bad_field", status=422, details={"field": one.name})
        if one.choices and told[one.name] not in dict(one.choices):
            raise Refusal(
                _("Choose one of what there is."), code="bad_field", status=422, details={"field": one.name}
            )
        if len(told[one.name]) > 5000:
            raise Refusal(_("That is too long."), code="bad_field", status=422, details={"field": one.name})
    hidden = {one.name for one in gateway.fields if one.secret}
    return (
        {name: value for name, value in told.items() if value and name not in hidden},
        {name: value for name, value in told.items() if value and name in hidden},
    )
