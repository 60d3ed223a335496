"""Which kinds of preferences a workspace keeps, and writing one down with the consent it is kept by."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import BadPreference, ConsentNeeded, NoPreference
from ..events import CustomerChanged, PreferenceKept, PreferenceKindChanged, PreferenceWithdrawn
from ..models import Customer, CustomerPreference, PreferenceKind
from ..preferences import (
    BUILT_IN,
    HOURS,
    LONGEST,
    Kind,
    find_kind,
    holders_of,
    kinds_of,
    read_hours,
    written_hours,
)
from .fields import check_may_define, check_may_keep

MOST = 30  # kinds of a workspace's own
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SOON: Final = timedelta(minutes=5)  # a clock of another machine may be ahead


@dataclass(frozen=True)
class Consent:
    """By what word a preference is kept; `given_by` is empty for the customer, `given_at` None for now."""

    how: str
    given_by: str = ""
    given_at: datetime | None = None
    explicit: bool = False


@transaction.atomic
def add_kind(workspace_id: int, *, agent: Agent | None, key: str, label: str, special: bool = False) -> Kind:
    """Let a workspace keep a kind of preference of its own."""
    check_may_define(agent)
    if not _KEY.fullmatch(key) or find_kind(workspace_id, key) is not None:
        raise BadPreference(
            _("Give a key nobody uses yet: a small Latin letter, then letters, figures and _, at most 40."),
            details={"field": "key"},
        )
    if len(kinds_of(workspace_id)) - len(BUILT_IN) >= MOST:
        raise BadPreference(_("30 kinds of your own are the most: remove one first."))
    PreferenceKind.objects.create(workspace_id=workspace_id, key=key, label=_labelled(label), special=special)
    publish(PreferenceKindChanged(workspace_id=workspace_id, kind=key))
    return _get(workspace_id, key)


@transaction.atomic
def change_kind(
    workspace_id: int,
    key: str,
    *,
    agent: Agent | None,
    kept: bool | None = None,
    label: str | None = None,
    delete_values: bool = False,
) -> Kind:
    """Switch a kind on or off, or name one of the workspace's own; switched off, what is kept of it is deleted.

    While there is something to delete, `delete_values` has to say so.
    """
    check_may_define(agent)
    kind = _get(workspace_id, key)
    if label is not None and kind.built_in:
        raise BadPreference(
            _("This name is translated into every language and stays."), details={"field": "label"}
        )
    if kept is False:
        _empty(workspace_id, kind, delete_values=delete_values)
    row, _made = PreferenceKind.objects.get_or_create(
        workspace_id=workspace_id, key=key, defaults={"special": kind.special, "kept": kind.kept}
    )
    row.kept = kind.kept if kept is None else kept
    row.label = row.label if label is None else _labelled(label)
    row.save(update_fields=["kept", "label"])
    publish(PreferenceKindChanged(workspace_id=workspace_id, kind=key))
    return _get(workspace_id, key)


@transaction.atomic
def remove_kind(workspace_id: int, key: str, *, agent: Agent | None, delete_values: bool = False) -> None:
    """Remove a kind of the workspace's own; ours are switched off instead."""
    check_may_define(agent)
    kind = _get(workspace_id, key)
    if kind.built_in:
        raise BadPreference(_("This kind comes with Dragoman: switch it off instead."))
    _empty(workspace_id, kind, delete_values=delete_values)
    PreferenceKind.objects.filter(workspace_id=workspace_id, key=key).delete()
    publish(PreferenceKindChanged(workspace_id=workspace_id, kind=key))


def _empty(workspace_id: int, kind: Kind, *, delete_values: bool) -> None:
    held = holders_of(workspace_id, kind.key)
    if held and not delete_values:
        raise BadPreference(
            _("“%(label)s” is kept of %(count)s customers: say that it may be deleted.")
            % {"label": kind.label, "count": held},
            code="preference_in_use",
            status=409,
            details={"customers": held},
        )
    CustomerPreference.objects.filter(workspace_id=workspace_id, kind=kind.key).delete()


def _get(workspace_id: int, key: str) -> Kind:
    kind = find_kind(workspace_id, key)
    if kind is None:
        raise NoPreference
    return kind


def _labelled(label: str) -> str:
    said = " ".join(clean(label).split())
    if not said or len(said) > 80:
        raise BadPreference(
            _("Give the preference a name of at most 80 characters."), details={"field": "label"}
        )
    return said


@transaction.atomic
def keep_preference(
    customer: Customer, *, kind: str, value: str, consent: Consent, agent: Agent | None
) -> CustomerPreference:
    """Write a preference down in place of what was known; raises BadPreference, ConsentNeeded, NoPreference."""
    check_may_keep(agent)
    known = _get(customer.workspace_id, kind)
    if not known.kept:
        raise BadPreference(
            _("This workspace does not keep “%(label)s”: an owner or lead switches it on in the settings.")
            % {"label": known.label},
            code="preference_off",
            status=409,
        )
    said = _value(known, value)
    given_at = _consented(known, consent)
    mine = CustomerPreference.objects.filter(
        workspace_id=customer.workspace_id, customer_id=customer.pk, kind=kind
    )
    # two at once would both delete and both write: the customer's row lets one wait
    Customer.objects.select_for_update(no_key=True).only("pk").get(
        workspace_id=customer.workspace_id, pk=customer.pk
    )
    mine.delete()
    made = CustomerPreference.objects.create(
        workspace_id=customer.workspace_id,
        customer_id=customer.pk,
        kind=kind,
        value=said,
        given_by=clean(consent.given_by).strip()[:120],
        how=consent.how,
        explicit=consent.explicit,
        given_at=given_at,
        agent=agent,
    )
    publish(
        PreferenceKept(customer_id=customer.pk, kind=kind, agent_id=agent.pk if agent else None),
        CustomerChanged(customer_id=customer.pk),
    )
    return made


def _value(kind: Kind, value: str) -> str:
    said = " ".join(clean(value).split())
    if not said or len(said) > LONGEST:
        raise BadPreference(
            _("“%(label)s” takes 1 to %(most)s characters.") % {"label": kind.label, "most": LONGEST},
            details={"field": "value"},
        )
    if kind.key != HOURS:
        return said
    spans = read_hours(said)
    if spans is None:
        raise BadPreference(
            _("Write contact hours as 09:00-12:00, 18:00-20:30, in the customer’s own time."),
            details={"field": "value"},
        )
    return written_hours(spans)


def _consented(kind: Kind, consent: Consent) -> datetime:
    if kind.special and not consent.explicit:
        raise ConsentNeeded(
            ConsentNeeded.message % {"label": kind.label}, details={"field": "consent.explicit"}
        )
    if consent.how not in CustomerPreference.How.values:
        raise BadPreference(
            _("Say how the customer agreed: %(ways)s.") % {"ways": ", ".join(CustomerPreference.How.values)},
            code="consent_missing",
            details={"field": "consent.how"},
        )
    now = timezone.now()
    given_at = consent.given_at or now
    if given_at > now + _SOON:
        raise BadPreference(
            _("Consent cannot have been given in the future."), details={"field": "consent.given_at"}
        )
    return min(given_at, now)


@transaction.atomic
def withdraw_preference(customer: Customer, *, kind: str, agent: Agent | None) -> None:
    """Delete a preference because its consent was withdrawn, also what a merge put aside; raises NoPreference."""
    check_may_keep(agent)
    mine = CustomerPreference.objects.filter(
        workspace_id=customer.workspace_id, customer_id=customer.pk, kind=kind
    )
    if not mine.delete()[0]:
        raise NoPreference
    publish(
        PreferenceWithdrawn(customer_id=customer.pk, kind=kind, agent_id=agent.pk if agent else None),
        CustomerChanged(customer_id=customer.pk),
    )
