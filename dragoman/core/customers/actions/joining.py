"""Own fields and preferences of two customers who become one: the newer word stands, the older is kept for undoing."""

from typing import Any

from ..models import Customer, CustomerPreference

Change = list[list[Any]]


def join_fields(merged: Customer, survivor: Customer) -> dict[str, Change]:
    """Give the survivor what was set later on the other side; returns {key: [[value, when] before, after]}."""
    changes: dict[str, Change] = {}
    for key, when in merged.own_at.items():
        before = [survivor.own.get(key), survivor.own_at.get(key)]
        if before[1] is None or before[1] < when:
            after = [merged.own.get(key), when]
            changes[key] = [before, after]
            _put(survivor, key, after)
    if changes:
        survivor.save(update_fields=["own", "own_at"])
    return changes


def part_fields(survivor: Customer, changes: dict[str, Change]) -> None:
    """Give the survivor back what stood there before, where nobody changed it since."""
    back = {
        key: before
        for key, (before, after) in changes.items()
        if [survivor.own.get(key), survivor.own_at.get(key)] == after
    }
    for key, before in back.items():
        _put(survivor, key, before)
    if back:
        survivor.save(update_fields=["own", "own_at"])


def _put(customer: Customer, key: str, known: list[Any]) -> None:
    for column, value in zip((customer.own, customer.own_at), known, strict=True):
        if value is None:
            column.pop(key, None)
        else:
            column[key] = value


def join_preferences(workspace_id: int, *, merged: int, survivor: int) -> list[int]:
    """Move preferences to the survivor, all with their consent; returns the ids that moved."""
    mine = CustomerPreference.objects.filter(workspace_id=workspace_id)
    moved = list(mine.filter(customer_id=merged).order_by("pk").values_list("pk", flat=True))
    if moved:
        mine.filter(customer_id__in=[merged, survivor]).update(current=False)
        mine.filter(pk__in=moved).update(customer_id=survivor)
        _settle(workspace_id, survivor)
    return moved


def part_preferences(workspace_id: int, *, merged: int, end: int, moved: list[int]) -> None:
    """Move preferences back that nobody replaced or withdrew since."""
    mine = CustomerPreference.objects.filter(workspace_id=workspace_id)
    back = list(mine.filter(pk__in=moved, customer_id=end).values_list("pk", flat=True))
    if back:
        mine.filter(customer_id=end).update(current=False)
        mine.filter(pk__in=back).update(customer_id=merged)
        _settle(workspace_id, merged)
        _settle(workspace_id, end)


def _settle(workspace_id: int, customer_id: int) -> None:
    """Let the newest of each kind be the one that counts."""
    theirs = CustomerPreference.objects.filter(workspace_id=workspace_id, customer_id=customer_id)
    newest = {row.kind: row.pk for row in theirs.order_by("given_at", "pk")}
    theirs.filter(pk__in=newest.values()).update(current=True)
