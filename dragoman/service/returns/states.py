"""Which state of a return follows which: the one table."""

from collections.abc import Mapping
from typing import Final

from .return_models import State

NEXT: Final[Mapping[str, tuple[str, ...]]] = {
    State.REQUESTED: (State.APPROVED, State.REJECTED, State.CANCELLED),
    State.APPROVED: (
        State.LABEL, State.IN_TRANSIT, State.RECEIVED, State.REFUNDED, State.EXCHANGED, State.CREDITED, State.CANCELLED,
    ),
    State.LABEL: (
        State.IN_TRANSIT, State.RECEIVED, State.REFUNDED, State.EXCHANGED, State.CREDITED, State.CANCELLED,
    ),
    State.IN_TRANSIT: (State.RECEIVED, State.REFUNDED, State.EXCHANGED, State.CREDITED),
    State.RECEIVED: (State.INSPECTED, State.REFUNDED, State.EXCHANGED, State.CREDITED, State.REJECTED),
    State.INSPECTED: (State.REFUNDED, State.EXCHANGED, State.CREDITED, State.REJECTED),
    State.REFUNDED: (),
    State.EXCHANGED: (),
    State.CREDITED: (),
    State.REJECTED: (),
    State.CANCELLED: (),
}  # fmt: skip
CLOSED: Final = frozenset(state for state, following in NEXT.items() if not following)
# the goods never came, or went back to the customer: they may be asked for again
VOID: Final = frozenset([State.REJECTED, State.CANCELLED])
# the shop knows of them by now, or soon
BACK: Final = frozenset([State.RECEIVED, State.INSPECTED, State.REFUNDED, State.EXCHANGED, State.CREDITED])
# what a shop can be asked to do; nothing else may happen to the return meanwhile
ENDINGS: Final = frozenset([State.REFUNDED, State.EXCHANGED, State.CREDITED])


def can_become(state: str, following: str) -> bool:
    """Say whether a return may go from one state to another."""
    return following in NEXT[state]


def is_ending(state: str) -> bool:
    """Say whether a state is one that money, credit or other goods bring."""
    return state in ENDINGS
