"""Who sends the money of a return: whoever speaks to the shop. Without one, refunds are noted as sent elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from dragoman.kit.registry import Registry


@dataclass(frozen=True)
class RefundOutcome:
    """What became of a refund: sent, waiting for somebody's approval or the shop's word, or refused with a reason."""

    status: Literal["done", "waiting", "refused"]
    reference: str = ""
    message: str = ""


class Refunder(Protocol):
    """Sends money back through the shop. `lines` are (id of the order's line, quantity), `amount` minor units.

    The same `key` never sends twice; `agent_id` None: a program's token asked. It speaks to the outside, so it is
    called outside of any transaction.
    """

    def refund(
        self,
        order_id: int,
        lines: Sequence[tuple[int, int]],
        amount: int,
        currency: str,
        key: str,
        agent_id: int | None,
    ) -> RefundOutcome:
        """Send an amount back."""
        ...


refunders: Final[Registry[Refunder]] = Registry("refunder")


def find_refunder() -> Refunder | None:
    """Return who sends money, if anybody does."""
    return next((member for _name, member in refunders.items()), None)
