"""Trying an engine: one sentence that is in no phrasebook, translated for real."""

import time
from dataclasses import dataclass

from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.asking import ask
from dragoman.core.language.engines import machine_of
from dragoman.core.language.line_up import may_leave
from dragoman.core.language.scope import Scope
from dragoman.ground.providers.translation.ports import ANY_MANNER
from dragoman.kit.errors import Rejected

PROBE = "The lid of the box is broken."
_PAIRS = (("en", "de"), ("en", "fr"), ("en", "es"), ("en", "fi"))


@dataclass(frozen=True)
class Tried:
    """What was said, and how long that took in seconds."""

    text: str
    said: str
    seconds: float


def try_engine(account: VendorAccount) -> Tried:
    """Let an account's engine translate a sentence of ours.

    Raises OutsideError, UsedUp, or ValueError for an account that cannot be used.
    """
    machine = machine_of(account)
    if not machine.is_at_home and not may_leave(account.workspace_id):
        raise Rejected("nothing leaves the house: the switch is on")
    machine.wake()
    began = time.monotonic()
    pairs = machine.pairs()
    source, target = next(
        (pair for pair in _PAIRS if machine.can(*pair)), (sorted(pairs)[0] if pairs else _PAIRS[0])
    )
    said = ask(machine, [PROBE], source, target, wish=ANY_MANNER, scope=Scope(account.workspace_id))
    if not said or said[0] is None:
        raise Rejected("it said nothing")
    return Tried(PROBE, said[0].text, time.monotonic() - began)
