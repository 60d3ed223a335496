"""What a payment vendor's connector is: stateless functions behind one protocol, one file a vendor.

`Account`, `Field`, `Hook` and `NotSent` are those of shops: a vendor is reached and fails in the same words. No card's
number ever comes through: what names a means is its brand and its last four figures at most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from dragoman.ground.providers.shops.ports import Account, Field, Hook, NotSent
from dragoman.ground.providers.statuses import DisputeState, MoneyStatus
from dragoman.kit.registry import Registry

__all__ = [
    "Account",
    "DisputeDesk",
    "DisputeState",
    "Disputed",
    "Evidence",
    "Field",
    "Gateway",
    "Hook",
    "NotSent",
    "Paid",
    "RefundWish",
    "Refunded",
    "Sent",
    "Told",
    "desks",
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
    """Give money back: `key` is the same for every try. `email` is where a vendor asks for bank details, if it must.

    `asked_at` is when it was first sent: vendors forget keys. `reference` is the order's number, for their statement.
    """

    key: str
    payment: str
    amount: int
    currency: str
    email: str = ""
    asked_at: datetime | None = None
    reference: str = ""


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
    """A charge a buyer or their bank contests; `due_by` is the deadline for evidence, `status` the vendor's word.

    `state` is ours. `scheme` is who decides (visa, paypal), `code` its number for the reason. `reference` is what the
    shop called the payment, often the order's number. `moved_at` tells an older word from a newer one.
    """

    external_id: str
    payment: str
    amount: int
    currency: str
    reason: str
    status: str
    due_by: datetime | None = None
    state: DisputeState = DisputeState.OPEN
    scheme: str = ""
    code: str = ""
    reference: str = ""
    opened_at: datetime | None = None
    moved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A parcel as a dispute's evidence names it."""

    carrier: str
    number: str
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What is said against a dispute: words, parcels, and one paper (a PDF) that holds all of it."""

    key: str
    text: str
    parcels: Sequence[Sent] = ()
    name: str = ""
    email: str = ""
    goods: str = ""
    policy: str = ""
    paper: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Told:
    """What a webhook tells; `key` tells deliveries apart. `payments` are ids to ask for, `paid` came along whole."""

    key: str
    payments: Sequence[str] = ()
    paid: Sequence[Paid] = ()
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
        """Return what was done of this wish, by its key; None where it was not done.

        A vendor that cannot be asked is sent the same call with the same key: it answers what it did, or does it now.
        """

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify a webhook and read it; raises kit.errors.Forged, and Rejected for what cannot be read.

        `again`: it was verified when it came in, and its secret or the time may be another now.
        """


class DisputeDesk(Protocol):
    """Lists disputes at one vendor and answers them; `asks` False: it tells of them by webhook alone."""

    asks: bool

    def disputes(self, account: Account, *, since: datetime) -> Sequence[Disputed]:
        """Return the disputes opened since then."""

    def dispute(self, account: Account, external_id: str) -> Disputed | None:
        """Return one as it is now, None where there is none of that id."""

    def submit(self, account: Account, external_id: str, evidence: Evidence) -> Disputed | None:
        """Send evidence for good. Rejected, NotSent: nothing was sent. Unavailable: nobody knows."""


# vendor (`stripe`) -> its connector
gateways: Registry[Gateway] = Registry("payment gateway")
# vendor -> who answers its disputes, where that can be done by program
desks: Registry[DisputeDesk] = Registry("dispute desk")
