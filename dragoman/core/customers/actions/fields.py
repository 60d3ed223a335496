"""Defining a workspace's own fields of customers, and setting their values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import BadField, MayNotDefine, MayNotKeep
from ..events import CustomerChanged, CustomerFieldChanged, CustomerFieldRemoved
from ..fields import checked_values, fields_of
from ..models import Customer, CustomerField

MOST = 50  # fields of a workspace
MOST_CHOICES = 100
BATCH = 2000  # customers from whom values are taken away at once
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SWEEP = """
UPDATE customers_customer c SET own = own - %(key)s, own_at = own_at - %(key)s
WHERE workspace_id = %(workspace)s AND id > %(above)s AND id <= %(last)s AND own ? %(key)s
  AND (own_at->>%(key)s)::timestamptz <= %(removed_at)s
"""
_LAST = """
SELECT max(id) FROM (SELECT id FROM customers_customer WHERE workspace_id = %s AND id > %s ORDER BY id LIMIT %s) c
"""


@dataclass(frozen=True)
class Definition:
    """A field as somebody wants it; `choices` are those of a choice."""

    key: str
    label: str
    kind: str = "text"
    choices: Sequence[str] = field(default_factory=tuple)


def check_may_define(agent: Agent | None) -> None:
    """Refuse who does not lead; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise MayNotDefine


def check_may_keep(agent: Agent | None) -> None:
    """Refuse light agents; None is the API, checked at its door."""
    if agent is not None and not agent.can_reply:
        raise MayNotKeep


@transaction.atomic
def define_field(workspace_id: int, *, agent: Agent | None, wish: Definition) -> CustomerField:
    """Define a field, last in the order; raises BadField, MayNotDefine."""
    check_may_define(agent)
    if not _KEY.fullmatch(wish.key):
        raise BadField(
            _("A key is a small Latin letter and then letters, figures and _, at most 40: loyalty_tier."),
            details={"field": "key"},
        )
    if wish.kind not in CustomerField.Kind.values:
        raise BadField(
            _("A field is one of: %(kinds)s.") % {"kinds": ", ".join(CustomerField.Kind.values)},
            details={"field": "kind"},
        )
    label, choices = _labelled(wish.label), _chosen(wish.kind, wish.choices)
    mine = fields_of(workspace_id)
    if mine.count() >= MOST:
        raise BadField(_("50 fields are the most: remove one first."))
    last = mine.aggregate(last=Max("position"))["last"] or 0
    leaving = CustomerField.objects.filter(workspace_id=workspace_id, key=wish.key, removed_at__isnull=False)
    if leaving.exists():
        # values of the removed one would count as those of the new one
        raise _taken(wish.key)
    facts = {"key": wish.key, "label": label, "kind": wish.kind, "choices": choices}
    try:
        with transaction.atomic():
            made = CustomerField.objects.create(workspace_id=workspace_id, position=last + 1, **facts)
    except IntegrityError:
        raise _taken(wish.key) from None
    publish(CustomerFieldChanged(field_id=made.pk))
    return made


def _taken(key: str) -> BadField:
    return BadField(
        _("There is a field “%(key)s” already.") % {"key": key},
        code="field_taken",
        status=409,
        details={"field": "key"},
    )


@transaction.atomic
def change_field(
    known: CustomerField,
    *,
    agent: Agent | None,
    label: str | None = None,
    choices: Sequence[str] | None = None,
) -> CustomerField:
    """Give a field another name or other choices; who has a choice that is gone keeps it."""
    check_may_define(agent)
    if label is not None:
        known.label = _labelled(label)
    if choices is not None:
        known.choices = _chosen(known.kind, choices)
    known.save(update_fields=["label", "choices"])
    publish(CustomerFieldChanged(field_id=known.pk))
    return known


def _labelled(label: str) -> str:
    said = " ".join(clean(label).split())
    if not said or len(said) > 80:
        raise BadField(_("Give the field a name of at most 80 characters."), details={"field": "label"})
    return said


def _chosen(kind: str, choices: Sequence[str]) -> list[str]:
    said = list(dict.fromkeys(" ".join(clean(one).split()) for one in choices if one.strip()))
    if kind != CustomerField.Kind.CHOICE:
        if said:
            raise BadField(_("Only a choice has choices."), details={"field": "choices"})
        return []
    folded = {one.casefold() for one in said}
    if not said or len(said) > MOST_CHOICES or len(folded) < len(said) or max(map(len, said)) > 80:
        raise BadField(
            _("Name 1 to 100 different choices of at most 80 characters."), details={"field": "choices"}
        )
    return said


@transaction.atomic
def remove_field(known: CustomerField, *, agent: Agent | None) -> None:
    """Remove a field; its values go in the background, and segments that name it match nobody."""
    check_may_define(agent)
    known.removed_at = timezone.now()
    known.save(update_fields=["removed_at"])
    publish(CustomerFieldRemoved(field_id=known.pk))


def sweep_field(workspace_id: int, field_id: int) -> None:
    """Take the values of a removed field away, batch by batch, and the field last; those of a new one stay."""
    gone = CustomerField.objects.filter(
        workspace_id=workspace_id, pk=field_id, removed_at__isnull=False
    ).first()
    if gone is None:
        return
    above = 0
    values: dict[str, Any] = {"key": gone.key, "workspace": workspace_id, "removed_at": gone.removed_at}
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LAST, [workspace_id, above, BATCH])
            (last,) = cursor.fetchone()
            if last is None:
                break
            cursor.execute(_SWEEP, {**values, "above": above, "last": last})
            above = last
    gone.delete()


@transaction.atomic
def set_fields(
    customer: Customer, *, values: Mapping[str, Any], agent: Agent | None = None, at: datetime | None = None
) -> None:
    """Set own fields of a customer, None clears one: all or, where one is refused, nothing. Raises BadField."""
    check_may_keep(agent)
    checked = checked_values(customer.workspace_id, values)
    now = (
        Customer.objects.select_for_update(no_key=True)
        .defer("tsv")
        .get(workspace_id=customer.workspace_id, pk=customer.pk)
    )
    when = (at or timezone.now()).isoformat()
    for key, value in checked.items():
        if value is None:
            now.own.pop(key, None)
        else:
            now.own[key] = value
        # when it was cleared counts too: of two who are merged the newer word stands
        now.own_at[key] = when
    now.save(update_fields=["own", "own_at"])
    customer.own, customer.own_at = now.own, now.own_at
    publish(CustomerChanged(customer_id=customer.pk))
