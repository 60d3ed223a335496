"""Merging customers: one link, the addresses go with it, and undoing brings them back.

Addresses move to the survivor because the statement that receives messages asks them whose they are: a message of
somebody merged away is the survivor's without one more look-up. Their ids are kept in the link for undoing. The room
above moves the conversations (`conversations.actions.people`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..errors import NoCustomer
from ..events import CustomerChanged, CustomerMerged, CustomerMergeUndone
from ..merging import find_merge
from ..models import Customer, CustomerMerge, Identity
from .joining import join_fields, join_preferences, part_fields, part_preferences


def one_merge_at_a_time(workspace_id: int) -> None:
    """Let nobody else merge, undo or look up customers to write them down, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('merging:' || %s, 0))", [workspace_id])


def hold_merges_off(workspace_id: int) -> None:
    """Let nobody merge, undo or delete customers here until the transaction ends; others may hold them off as well.

    Who looks up a customer and writes them somewhere would else write somebody who has just been merged away. Before
    any row is locked: a merge takes this lock first, and rows after.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended('merging:' || %s, 0))", [workspace_id]
        )


def _locked(workspace_id: int, *ids: int) -> dict[int, Customer]:
    # no_key: a message that is being stored holds its customer's key, and must not wait for us while we wait for it
    rows = Customer.objects.filter(workspace_id=workspace_id, pk__in=ids).defer("tsv").order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(no_key=True)}
    if len(found) != len(set(ids)):
        raise NoCustomer
    return found


@transaction.atomic
def link_customers(
    merged: Customer, survivor: Customer, *, agent: Agent | None, values: Mapping[str, str]
) -> CustomerMerge:
    """Link one customer to another, give them the addresses and `values`; refuses what is merged already."""
    workspace_id = survivor.workspace_id
    one_merge_at_a_time(workspace_id)
    if merged.pk == survivor.pk:
        raise Refusal(_("Choose two different customers."), code="same", status=422)
    rows = _locked(workspace_id, merged.pk, survivor.pk)
    if any(row.merged_into_id for row in rows.values()):
        raise Refusal(
            _("Somebody has just merged one of these. Look at it again."), code="already_merged", status=409
        )
    moved = list(
        Identity.objects.filter(workspace_id=workspace_id, customer_id=merged.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Identity.objects.filter(workspace_id=workspace_id, pk__in=moved).update(customer_id=survivor.pk)
    target = rows[survivor.pk]
    fields = {name: [getattr(target, name), value] for name, value in values.items()}
    for name, value in values.items():
        setattr(target, name, value)
    if values:
        target.save(update_fields=list(values))
    own = join_fields(rows[merged.pk], target)
    preferences = join_preferences(workspace_id, merged=merged.pk, survivor=survivor.pk)
    _lead(workspace_id, merged.pk, survivor.pk)
    link = CustomerMerge.objects.create(
        workspace_id=workspace_id,
        merged=rows[merged.pk],
        survivor=target,
        agent=agent,
        kept={
            "fields": fields,
            "identities": moved,
            "conversations": [],
            "merges": [],
            "orders": [],
            "own": own,
            "preferences": preferences,
        },
    )
    publish(CustomerMerged(customer_id=survivor.pk, merged_id=merged.pk))
    publish(CustomerChanged(customer_id=survivor.pk))
    return link


def _lead(workspace_id: int, merged: int, survivor: int) -> None:
    """Point what was merged, and all that led there, to where it ends now."""
    mine = Customer.objects.filter(workspace_id=workspace_id)
    mine.filter(pk=merged).update(merged_into_id=survivor)
    mine.filter(merged_into_id=merged).update(merged_into_id=survivor)


def note_moved(
    link: CustomerMerge,
    *,
    conversations: list[int],
    merges: list[int],
    orders: list[int],
    authority: dict[str, list[int]],
) -> None:
    """Keep in the link which conversations, orders and sums of authority went along."""
    moved = {"conversations": conversations, "merges": merges, "orders": orders, "authority": authority}
    link.kept = {**link.kept, **moved}
    link.save(update_fields=["kept"])


@transaction.atomic
def unlink_customers(workspace_id: int, merged_id: int) -> tuple[dict[str, Any], int]:
    """Take the link away and return what it kept, and the survivor; what nobody changed since goes back."""
    one_merge_at_a_time(workspace_id)
    link = find_merge(workspace_id, merged_id)
    if link is None:
        raise Refusal(_("This customer is not merged into another."), code="not_merged", status=409)
    end = link.merged.merged_into_id or link.survivor_id
    rows = _locked(workspace_id, merged_id, link.survivor_id, end)
    kept: dict[str, Any] = link.kept
    held = Identity.objects.filter(workspace_id=workspace_id, pk__in=kept["identities"], customer_id=end)
    held.update(customer_id=merged_id)
    survivor = rows[link.survivor_id]
    back = {name: pair[0] for name, pair in kept["fields"].items() if getattr(survivor, name) == pair[1]}
    for name, value in back.items():
        setattr(survivor, name, value)
    if back:
        survivor.save(update_fields=list(back))
    part_fields(survivor, kept.get("own", {}))
    part_preferences(workspace_id, merged=merged_id, end=end, moved=kept.get("preferences", []))
    link.delete()
    _release(workspace_id, merged_id)
    publish(CustomerMergeUndone(customer_id=survivor.pk, merged_id=merged_id))
    for pk in dict.fromkeys([merged_id, survivor.pk, end]):
        publish(CustomerChanged(customer_id=pk))
    return kept, end


def _release(workspace_id: int, merged_id: int) -> None:
    """Let a customer stand alone again; those linked to them, directly or not, lead to them."""
    mine = Customer.objects.filter(workspace_id=workspace_id)
    mine.filter(pk=merged_id).update(merged_into_id=None)
    level = [merged_id]
    while level:
        links = CustomerMerge.objects.filter(workspace_id=workspace_id, survivor_id__in=level)
        level = list(links.values_list("merged_id", flat=True))
        mine.filter(pk__in=level).update(merged_into_id=merged_id)
