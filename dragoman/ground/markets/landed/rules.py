"""What the playbooks say of a border on a day."""

import datetime

from ..border_facts import ImportCharges
from ..playbook import countries, playbook
from .parts import Rules


def union_of(country: str, on: datetime.date) -> str:
    """Return the customs territory a country belongs to, "" where nobody read of one."""
    fact = playbook(country).fact("import_charges", on=on) if country in countries() else None
    return fact.value.union if fact and isinstance(fact.value, ImportCharges) else ""


def rules_of(origin: str, destination: str, on: datetime.date) -> Rules:
    """Return the playbook's own rules; a country without a playbook has none that are known."""
    union = union_of(origin, on)
    if destination not in countries():
        return Rules(union=union)
    book = playbook(destination)
    relief, charges, tax = (
        book.fact(kind, on=on) for kind in ("import_relief", "import_charges", "sales_tax")
    )
    return Rules(relief, charges, tax, union)
