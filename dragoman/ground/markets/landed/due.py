"""Who pays a part that is due at the border, when and to whom."""

from typing import Any

from .parts import Kind, Parcel, Part, Rules, Why


def at_border(kind: Kind, amount: int | None, why: Why, *, parcel: Parcel, rules: Rules, **more: Any) -> Part:
    """Return a part that is paid at the border: by the shop where it said so (DDP), else by the customer.

    What a carrier takes for paying first is the carrier's, whoever collects the duty.
    """
    if amount == 0:
        return Part(kind=kind, amount=0, why=why, **more)
    own = kind is Kind.HANDLING
    if parcel.ddp:
        to = "carrier" if own else "customs"
        return Part(kind=kind, amount=amount, why=why, payer="shop", when="import", to=to, **more)
    collectors = rules.limits.collected_by if rules.limits else ()
    to = "customs" if collectors and "carrier" not in collectors and not own else "carrier"
    return Part(kind=kind, amount=amount, why=why, payer="customer", when="delivery", to=to, **more)


def at_checkout(kind: Kind, amount: int | None, why: Why, **more: Any) -> Part:
    """Return a part that the shop takes with the price."""
    if amount == 0:
        return Part(kind=kind, amount=0, why=why, **more)
    return Part(kind=kind, amount=amount, why=why, payer="customer", when="checkout", to="shop", **more)


def by_shop(kind: Kind, amount: int | None, why: Why, **more: Any) -> Part:
    """Return a part that the law asks of the seller, whatever was agreed."""
    return Part(kind=kind, amount=amount, why=why, payer="shop", when="import", to="customs", **more)
