"""Preferences of customers: which kinds a workspace keeps, and what is kept about one customer, with its consent."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dragoman.core.accounts.models import Agent

from .models import Customer, CustomerPreference, PreferenceKind

LONGEST: Final = 500
HOURS: Final = "contact_hours"
# key -> (name, whether it is special-category data, whether it is kept where nobody decided)
BUILT_IN: Final[dict[str, tuple[Promise, bool, bool]]] = {
    "preferred_name": (gettext_lazy("Preferred name"), False, True),
    "pronouns": (gettext_lazy("Pronouns"), False, True),
    "diet": (gettext_lazy("Diet"), True, False),
    "access_needs": (gettext_lazy("Access needs"), True, False),
    HOURS: (gettext_lazy("Contact hours"), False, True),
}
_SPAN: Final = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True)
class Kind:
    """A kind of preference as a workspace has it; `special` ones need explicit consent (GDPR Art. 9)."""

    key: str
    label: str
    special: bool
    kept: bool
    built_in: bool


def kinds_of(workspace_id: int) -> list[Kind]:
    """Return all kinds of a workspace, ours first, its own by age."""
    decided = {
        row.key: row for row in PreferenceKind.objects.filter(workspace_id=workspace_id).order_by("pk")
    }
    ours = [
        Kind(key, str(label), special, decided[key].kept if key in decided else kept, True)
        for key, (label, special, kept) in BUILT_IN.items()
    ]
    own = [row for key, row in decided.items() if key not in BUILT_IN]
    return [*ours, *(Kind(row.key, row.label, row.special, row.kept, False) for row in own)]


def find_kind(workspace_id: int, key: str) -> Kind | None:
    """Find a kind by its key."""
    return next((kind for kind in kinds_of(workspace_id) if kind.key == key), None)


def holders_of(workspace_id: int, key: str) -> int:
    """Count the customers of whom a kind is kept."""
    return CustomerPreference.objects.filter(workspace_id=workspace_id, kind=key, current=True).count()


def preferences_of(
    customer: Customer, *, reader: Agent | None = None
) -> list[tuple[Kind, CustomerPreference]]:
    """Return what is kept about a customer, in the order of the kinds; light agents are not shown special ones."""
    kinds = {kind.key: kind for kind in kinds_of(customer.workspace_id) if kind.kept}
    rows = CustomerPreference.objects.filter(
        workspace_id=customer.workspace_id, customer_id=customer.pk, current=True, kind__in=kinds
    ).select_related("agent")
    hidden = reader is not None and not reader.can_reply
    found = {row.kind: row for row in rows if not (hidden and kinds[row.kind].special)}
    return [(kind, found[key]) for key, kind in kinds.items() if key in found]


def contact_hours_of(customer: Customer) -> list[tuple[time, time]]:
    """Return when a customer wants to be reached, in their own time; empty where they said nothing."""
    row = CustomerPreference.objects.filter(
        workspace_id=customer.workspace_id, customer_id=customer.pk, kind=HOURS, current=True
    ).first()
    return (read_hours(row.value) or []) if row else []


def read_hours(text: str) -> list[tuple[time, time]] | None:
    """Read contact hours such as “09:00-12:00, 18:00-20:30”, in the customer's time; None where it is none."""
    spans: list[tuple[time, time]] = []
    for part in re.split(r"[,;،、]", text):
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            return None
        hours = [int(number) for number in found.groups()]
        try:
            spans.append((time(hours[0], hours[1]), time(hours[2] % 24, hours[3])))
        except ValueError:
            return None
        if hours[2] > 24 or spans[-1][0] == spans[-1][1]:
            return None
    return spans


def written_hours(spans: Sequence[tuple[time, time]]) -> str:
    """Return contact hours in the one form they are kept in."""
    return ", ".join(f"{begin:%H:%M}-{end:%H:%M}" for begin, end in spans)


def said_how(preference: CustomerPreference) -> str:
    """Say how consent was given."""
    return str(CustomerPreference.How(preference.how).label)


def giver(preference: CustomerPreference) -> str:
    """Say who gave it."""
    return preference.given_by or _("the customer")
