"""What a shop's connector is: stateless functions behind two protocols, one file per kind of shop.

A connector reads orders as facts (`Connector`) and, where its shop can, does what the desk asks (`Doer`). Every call
gets the `Account` it is for. All of them raise kit.errors.Unavailable (not now, or nobody knows whether it was done) or
Rejected (the shop understood and refused: its own words).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from django.utils.functional import Promise

from dragoman.kit.registry import Registry

from .facts import OrderFacts


class Can(StrEnum):
    """What a shop lets us do; the desk shows no other buttons."""

    REFUND = "refund"
    REFUND_SUM = "refund_sum"  # a sum that belongs to no line
    CANCEL = "cancel"
    CANCEL_LINES = "cancel_lines"
    EDIT_ADDRESS = "edit_address"
    RETURN = "return"
    RESHIP = "reship"
    DISCOUNT = "discount"
    STORE_CREDIT = "store_credit"
    EXCHANGE = "exchange"  # something else for what comes back
    DUPLICATE = "duplicate"  # the same again, for the customer to pay


@dataclass(frozen=True)
class Field:
    """One line of the form that connects a shop; `secret`: sealed and never shown again, `long`: it has lines.

    `choices` are all that it may be, (value, what people read).
    """

    name: str
    label: str | Promise
    secret: bool = False
    required: bool = True
    help: str | Promise = ""
    long: bool = False
    choices: Sequence[tuple[str, str | Promise]] = ()


@dataclass(frozen=True)
class Account:
    """A shop as we reach it: where it is, what opens it, and what may be shown of how we treat it."""

    address: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OrderPage:
    """Orders that changed, the longest ago first; `cursor` leads on, empty at the end.

    `total` is how many there are from here on, these with them, where the shop tells.
    """

    orders: Sequence[OrderFacts]
    cursor: str = ""
    total: int | None = None


@dataclass(frozen=True)
class Hook:
    """A webhook as it came in: header names in small letters."""

    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Told:
    """What a webhook tells: orders that came along whole, ids of orders to ask for.

    `key` is the shop's own id of the delivery. Without one every delivery is read: the same words may tell of two
    refunds, and reading twice doubles nothing.
    """

    orders: Sequence[OrderFacts] = ()
    changed: Sequence[str] = ()
    key: str = ""


class Connector(Protocol):
    """Reads one kind of shop; `can` is what its `Doer` does, empty where it has none."""

    title: str
    fields: Sequence[Field]
    can: frozenset[Can]

    def check(self, account: Account) -> str:
        """Return the shop's own name, so that a person sees it is the right one."""

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return orders changed since then (None: all there are), from a cursor on."""

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return one order as it is now, None where the shop has none of that id."""

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify a webhook and read it; raises kit.errors.Forged, and Rejected for what cannot be read.

        `again`: it was verified when it came in, and its secret or the time may be another now.
        """


class OnlyTells:
    """The base of a connector that is never asked: it hears webhooks, and nothing is read from its shop."""


@runtime_checkable
class Picky(Protocol):
    """A connector that looks at what was typed into its form before it is kept."""

    def faults(self, values: Mapping[str, str]) -> Mapping[str, object]:
        """Return {field: why it cannot be}."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the shop is to do with an order; `key` is the same for every try, the shop keeps it where it can.

    `order` is the shop's id of it. Amounts are minor units of the order's currency.
    """

    key: str
    order: str
    currency: str
    reason: str = ""
    note: str = ""
    notify: bool = False


@dataclass(frozen=True, kw_only=True)
class RefundWish(Wish):
    """Give money back: `amount` in all, of which `shipping`; `lines` is [(shop's id of the line, quantity, amount)].

    `payment` is the shop's id of the payment it goes back to, empty for the shop's choice. `before` is how much had
    been given back when this was asked: what grew by this amount since was this.
    """

    amount: int
    shipping: int = 0
    lines: Sequence[tuple[str, int, int]] = ()
    restock: bool = False
    payment: str = ""
    before: int = 0


@dataclass(frozen=True, kw_only=True)
class CancelWish(Wish):
    """Stop an order, or (shop's id of the line, quantity) of it; `refund`: money goes back, `restock`: goods."""

    lines: Sequence[tuple[str, int]] = ()
    refund: bool = True
    restock: bool = True


@dataclass(frozen=True, kw_only=True)
class AddressWish(Wish):
    """Send it elsewhere: parts of an address as in OrderFacts."""

    address: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class ReturnWish(Wish):
    """Announce a return: `lines` is [(shop's id of the line, quantity)]; `tracking_number` of its label, if any."""

    lines: Sequence[tuple[str, int]]
    tracking_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ExchangeWish(ReturnWish):
    """Announce a return and send (shop's id of the variant, quantity) for it.

    `worth` is what comes back, `prices` what one of each that goes out costs, as the customer was told. `instead`: the
    shop's id of a return that was announced for the same goods, which this takes the place of.
    """

    sends: Sequence[tuple[str, int]]
    worth: int = 0
    prices: Sequence[int] = ()
    instead: str = ""

    @property
    def costs(self) -> int:
        """Return what all that goes out costs."""
        return sum(price * number for (_id, number), price in zip(self.sends, self.prices, strict=True))


@dataclass(frozen=True, kw_only=True)
class CallOffWish(Wish):
    """Await an announced return no more: `returned` is the shop's id of it."""

    returned: str


@dataclass(frozen=True, kw_only=True)
class ReshipWish(Wish):
    """Send (shop's id of the line, quantity) once more at no cost; `address` empty: where the order went."""

    lines: Sequence[tuple[str, int]]
    address: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DuplicateWish(Wish):
    """Make a new order of (shop's id of the line, quantity) for the same customer and place, which they pay."""

    lines: Sequence[tuple[str, int]]


@dataclass(frozen=True, kw_only=True)
class DiscountWish(Wish):
    """Make a code: `amount` off, or `percent` of the next order, until then; `customer` is a mail address."""

    amount: int = 0
    percent: int = 0
    customer: str = ""
    expires_at: datetime | None = None
    store_credit: bool = False


@dataclass(frozen=True)
class Done:
    """What the shop did: its id of it, a word to tell the customer (a code), and the order as it is afterwards.

    `left` says, in the shop's words, what was asked besides and was not done (goods back into stock, money back).
    """

    external_id: str = ""
    code: str = ""
    order: OrderFacts | None = None
    left: str = ""


@dataclass(frozen=True)
class Variant:
    """Something a shop sells: its id there and what one costs, in minor units; None: not in this currency."""

    id: str
    sku: str
    title: str
    price: int | None


class Shelf(Protocol):
    """Knows what a shop sells; a connector that exchanges is one too."""

    def variant(self, account: Account, sku: str, *, currency: str, country: str) -> Variant | None:
        """Return what has an article number, priced for a customer of a country."""


class Doer(Protocol):
    """Does what the desk asks. After Unavailable nobody knows: `find` says; nothing is done twice by guess."""

    def do(self, account: Account, wish: Wish) -> Done:
        """Do it once. Rejected: it was not done. NotSent: it was not either. Unavailable: unknown."""

    def find(self, account: Account, wish: Wish) -> Done | None:
        """Return what was done of this wish (by its key, or by what changed since), None where it was not done."""


class NotSent(Exception):
    """The shop was never reached: nothing was done, it may be tried again; `do` raises it `from` the cause."""


# kind of shop (`medusa`) -> its connector; one that has a `do` is a Doer too
shops: Registry[Connector] = Registry("shop connector")
