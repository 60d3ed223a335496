"""What the room keeps: a brand's return policies, returns with their lines and history, what agents noted."""

from .policy_models import Method, Nature, Payer, ReturnPolicy, Starts
from .return_models import Kind, Return, ReturnEvent, ReturnLine, ReturnsNote, State, Why

__all__ = [
    "Kind",
    "Method",
    "Nature",
    "Payer",
    "Return",
    "ReturnEvent",
    "ReturnLine",
    "ReturnPolicy",
    "ReturnsNote",
    "Starts",
    "State",
    "Why",
]
