"""Where a parcel stands by its carrier's English words, for carriers whose codes say less than their words do."""

import re
from collections.abc import Sequence
from typing import Final

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import State

# the first that fits says it; a delivered parcel is only said to be returned by what says "sender"
_TO_SENDER: Final = r"to (?:the )?(?:sender|shipper)"
_WANTED: Final = r"(?:missing|required|incomplete|needed)"
_ADDRESS: Final = r"(?:incorrect|wrong|incomplete|insufficient|bad|unknown)"
_SAID: Final[Sequence[tuple[str, State]]] = (
    (rf"(?:delivered|returned) {_TO_SENDER}", (S.RETURNED, None)),
    (rf"return(?:ing)? {_TO_SENDER}|being returned|return initiated", (S.RETURNING, None)),
    (
        r"(?:dut(?:y|ies)|tax(?:es)?|charges|payment)\b.*\b(?:due|required|outstanding|unpaid)|awaiting payment",
        (S.EXCEPTION, D.CUSTOMS_PAYMENT),
    ),
    (rf"(?:document|paperwork|invoice|information)\w*\b.*\b{_WANTED}", (S.EXCEPTION, D.CUSTOMS_PAPERS)),
    (
        r"customs.*(?:hold|held|delay)|(?:held|hold).*(?:customs|clearance)|clearance delay",
        (S.EXCEPTION, D.CUSTOMS_HOLD),
    ),
    (r"cleared|clearance (?:processing )?complete|released by customs", (S.IN_TRANSIT, D.CUSTOMS_CLEARED)),
    (r"customs|clearance", (S.IN_TRANSIT, D.CUSTOMS)),
    (r"refus", (S.EXCEPTION, D.REFUSED)),
    (r"nobody|not (?:at )?home|no one|not available|unavailable|absent", (S.ATTEMPT_FAILED, D.NOBODY_HOME)),
    (rf"{_ADDRESS} address|address (?:is )?{_ADDRESS}", (S.EXCEPTION, D.BAD_ADDRESS)),
    (r"not collected|unclaimed", (S.EXCEPTION, D.UNCLAIMED)),
    (r"damage", (S.EXCEPTION, D.DAMAGED)),
    (r"\blost\b|cannot be located", (S.LOST, None)),
    (
        r"(?:ready|available|waiting) (?:for|to be) (?:collect|pick)|pick-?up point|parcel (?:shop|locker)",
        (S.READY_TO_COLLECT, None),
    ),
    (r"attempt|could not be delivered|unable to deliver|unsuccessful", (S.ATTEMPT_FAILED, None)),
    (r"neighbo", (S.DELIVERED, D.TO_NEIGHBOUR)),
    (r"safe place|front door|mailbox|letter ?box|porch", (S.DELIVERED, D.TO_SAFE_PLACE)),
    (r"reschedul|new delivery date|postponed", (S.IN_TRANSIT, D.RESCHEDULED)),
    (r"delay|later than", (S.EXCEPTION, D.DELAYED)),
    (
        r"out for delivery|with (?:the )?(?:delivery )?courier|on vehicle|delivery vehicle",
        (S.OUT_FOR_DELIVERY, None),
    ),
    (r"picked up|accepted at|shipment pick", (S.IN_TRANSIT, D.PICKED_UP)),
    (r"depart|left the|forwarded", (S.IN_TRANSIT, D.DEPARTED)),
    (r"arriv|received at", (S.IN_TRANSIT, D.ARRIVED)),
)
_PATTERNS: Final = [(re.compile(pattern, re.IGNORECASE), state) for pattern, state in _SAID]
# these end a journey: words may say how, not that it did
_FINAL: Final = frozenset({S.DELIVERED, S.RETURNED, S.LOST, S.CANCELLED})


def read_words(text: str, coded: State) -> State:
    """Return what a carrier's code says, made finer by its words; words never contradict a code that ends a journey."""
    if coded[1] is not None:
        return coded
    for pattern, state in _PATTERNS:
        if not pattern.search(text):
            continue
        if coded[0] in _FINAL:
            agrees = state[0] == coded[0] or state[0] == S.RETURNED
            return state if agrees else coded
        # that a parcel came is for its code to say
        return coded if state[0] in _FINAL and coded[0] not in (S.EXCEPTION, S.IN_TRANSIT) else state
    return coded
