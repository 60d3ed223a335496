"""Who ends a return at the shop: sends its money, gives credit, sends other goods. Without one, that is noted as done
elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.wants import Sent
from dragoman.kit.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a shop is to do for a return: `ending` is the state that the return gets by it.

    `lines` are (id of the order's line, quantity): what came back, or what goes out once more. `sends` is what else
    goes out in an exchange, `worth` what comes back counts for then, `instead` the shop's id of the return that was
    announced to it. `amount` is minor units, `shipping` the part of it that was paid for the
    delivery; `exact`: a person chose the sum. `agent_id` None:
    a program's token asked.
    """

    workspace_id: int
    order_id: int
    number: str
    ending: str
    lines: Sequence[tuple[int, int]]
    amount: int
    currency: str
    key: str
    shipping: int = 0
    exact: bool = False
    restock: bool = False
    reason: str = ""
    sends: Sequence[Sent] = ()
    worth: int = 0
    instead: str = ""
    agent_id: int | None = None


@dataclass(frozen=True)
class RefundOutcome:
    """What became of it: done, waiting for somebody's approval or the shop's word, or refused with a reason.

    `amount` is what it came to at the shop, None: what was wished.
    """

    status: Literal["done", "waiting", "refused"]
    reference: str = ""
    message: str = ""
    amount: int | None = None


class Refunder(Protocol):
    """Ends returns at a shop. The same `key` never does it twice; it may speak to the outside, so it is called outside
    of any transaction."""

    def can(self, order: Order, ending: str) -> bool:
        """Say whether the shop of an order does that."""
        ...

    def send(self, wish: Wish) -> RefundOutcome:
        """Do it, or have it done; raises a Refusal for what may not be."""
        ...

    def is_open(self, workspace_id: int, key: str) -> bool:
        """Say whether what was asked under a key may still happen."""
        ...


refunders: Final[Registry[Refunder]] = Registry("refunder")


def find_refunder(order: Order, ending: str) -> Refunder | None:
    """Return who ends returns of an order so, if anybody does."""
    return next((member for _name, member in refunders.items() if member.can(order, ending)), None)


def is_under_way(workspace_id: int, key: str) -> bool:
    """Say whether somebody still does what was asked under a key."""
    return bool(key) and any(member.is_open(workspace_id, key) for _name, member in refunders.items())
