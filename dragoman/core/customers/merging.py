"""What becomes of two customers when they are merged: each field, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal
from dragoman.kit.tags import base
from dragoman.kit.text import fold

from .models import Customer, CustomerMerge

FIELDS: Final = ("name", "language", "market", "time_zone", "notes", "register", "gender")
SAME_NAME = 0.82
SIDES: Final = ("survivor", "merged", "both")


@dataclass(frozen=True)
class Choice:
    """A field both sides know differently: what each says, which side was taken, and what it will be."""

    field: str
    survivor: str
    merged: str
    taken: str
    value: str


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1: case, accents and the order of words do not count."""
    ours, theirs = sorted(fold(one).split()), sorted(fold(other).split())
    return SequenceMatcher(None, " ".join(ours), " ".join(theirs)).ratio()


def choices_of(merged: Customer, survivor: Customer, wanted: Mapping[str, str]) -> list[Choice]:
    """Return the fields that conflict; `wanted` names a side for a field, else the survivor's stands (notes: both)."""
    for name, side in wanted.items():
        if name not in FIELDS or side not in SIDES or (side == "both" and name != "notes"):
            raise Refusal(_("Choose “survivor” or “merged” for a field."), code="bad_choice", status=422)
    found = []
    for name in FIELDS:
        ours, theirs = getattr(survivor, name), getattr(merged, name)
        if ours and theirs and ours != theirs:
            side = wanted.get(name, "both" if name == "notes" else "survivor")
            value = {"survivor": ours, "merged": theirs, "both": f"{ours}\n\n{theirs}"}[side]
            found.append(Choice(name, ours, theirs, side, value))
    return found


def settled(merged: Customer, survivor: Customer, choices: list[Choice]) -> dict[str, str]:
    """Return the survivor's fields that change: chosen ones, and empty ones that the other side knows."""
    values = {choice.field: choice.value for choice in choices}
    for name in FIELDS:
        if name not in values and not getattr(survivor, name):
            values[name] = getattr(merged, name)
    return {name: value for name, value in values.items() if value != getattr(survivor, name)}


def warnings_of(merged: Customer, survivor: Customer) -> list[str]:
    """Return codes of what speaks against these being one person: names, languages, markets, proved."""
    found = []
    if merged.name and survivor.name and likeness(merged.name, survivor.name) < SAME_NAME:
        found.append("names")
    if merged.language and survivor.language and base(merged.language) != base(survivor.language):
        found.append("languages")
    if merged.market and survivor.market and merged.market != survivor.market:
        found.append("markets")
    proved = [
        {one.value for one in side.identities.all() if one.kind == "email" and one.verified_at}
        for side in (merged, survivor)
    ]
    if all(proved):
        found.append("proved")
    return found


def find_merge(workspace_id: int, merged_id: int) -> CustomerMerge | None:
    """Find the link of a customer who was merged away."""
    found = CustomerMerge.objects.filter(workspace_id=workspace_id, merged_id=merged_id)
    return found.select_related("merged", "survivor", "agent").first()


def merges_into(workspace_id: int, survivor_id: int) -> list[CustomerMerge]:
    """Return the links that lead directly to a customer, newest first."""
    found = CustomerMerge.objects.filter(workspace_id=workspace_id, survivor_id=survivor_id)
    return list(found.select_related("merged", "agent").order_by("-pk"))
