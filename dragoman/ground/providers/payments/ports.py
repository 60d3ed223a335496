"""What a payment vendor's connector is: stateless functions behind one protocol, one file a vendor.

`Account`, `Field`, `Hook` and `NotSent` are those of shops: a vendor is reached and fails in the same words. No card's
number ever comes through: what names a means is its brand and its last four figures at most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dragoman.ground.providers.shops.ports import Account, Field, Hook, NotSent
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit.registry import Registry

__all__ = [
    "Account",
    "Disputed",
    "Field",
    "Gateway",
    "Hook",
    "NotSent",
    "Paid",
    "RefundWish",
    "Refunded",
    "Told",
    "gateways",
]


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment as its vendor has it, in minor units; `method` is a playbook's word, `said` names the means."""

    external_id: str
    amount: int
    refunded: int
    currency: str
    status: MoneyStatus
    method: str = ""
    said: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RefundWish:
    """Give money back: `key` is the same for every try. `email` is where a vendor asks for bank details, if it must."""

    key: str
    payment: str
    amount: int
    currency: str
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Refunded:
    """Money that went back, or is on its way."""

    external_id: str
    payment: str
    amount: int
    currency: str
    status: MoneyStatus
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Disputed:
    """A charge a buyer's bank contests; `due_by` is the scheme's deadline for evidence, `reason` the vendor's word."""

    external_id: str
    payment: str
    amount: int
    currency: str
    reason: str
    status: str
    due_by: datetime | None = None


@dataclass(frozen=True)
class Told:
    """What a webhook tells; `key` tells deliveries apart. `payments` are ids to ask for."""

    key: str
    payments: Sequence[str] = ()
    refunds: Sequence[Refunded] = ()
    disputes: Sequence[Disputed] = ()
    said: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """Reads and refunds at one vendor. After Unavailable nobody knows: `find` says; nothing is done twice by guess."""

    title: str
    fields: Sequence[Field]

    def check(self, account: Account) -> str:
        """Return what the vendor calls the account, so that a person sees it is the right one."""

    def payment(self, account: Account, external_id: str) -> Paid | None:
        """Return a payment as it is now, None where there is none of that id."""

    def refund(self, account: Account, wish: RefundWish) -> Refunded:
        """Do it once. Rejected: it was not done. NotSent: it was not either. Unavailable: unknown."""

    def find(self, account: Account, wish: RefundWish) -> Refunded | None:
        """Return what was done of this wish, by its key; None where it was not done."""

    def told(self, account: Account, hook: Hook) -> Told:
        """Verify a webhook and read it; raises kit.errors.Forged, and Rejected for what cannot be read."""


# vendor (`stripe`) -> its connector
gateways: Registry[Gateway] = Registry("payment gateway")
