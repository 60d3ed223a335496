"""What the room keeps: a brand's return policies, places and portal, returns and withdrawals, what agents noted."""

from .place_models import PlaceKind, ReturnPlace
from .policy_models import Method, Nature, Payer, ReturnPolicy, Starts
from .portal_models import EntryCode, ReturnPortal
from .return_models import (
    FileKind,
    Kind,
    Return,
    ReturnEvent,
    ReturnFile,
    ReturnLine,
    ReturnsNote,
    State,
    Why,
    Wish,
)
from .withdrawal_models import Form, Withdrawal

__all__ = [
    "EntryCode",
    "FileKind",
    "Form",
    "Kind",
    "Method",
    "Nature",
    "Payer",
    "PlaceKind",
    "Return",
    "ReturnEvent",
    "ReturnFile",
    "ReturnLine",
    "ReturnPlace",
    "ReturnPolicy",
    "ReturnPortal",
    "ReturnsNote",
    "Starts",
    "State",
    "Why",
    "Wish",
    "Withdrawal",
]
