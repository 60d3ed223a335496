"""A dispute as PayPal tells it: https://developer.paypal.com/docs/api/customer-disputes/v1/."""

from collections.abc import Mapping
from typing import Any, Final

from dragoman.ground.providers.statuses import DisputeState

from . import wire
from .ports import Disputed

_STATES: Final = {
    "REQUIRED_ACTION": DisputeState.OPEN,
    "OPEN_INQUIRIES": DisputeState.OPEN,
    "REQUIRED_OTHER_PARTY_ACTION": DisputeState.REVIEW,
    "UNDER_PAYPAL_REVIEW": DisputeState.REVIEW,
    "APPEALABLE": DisputeState.OPEN,
    "RESOLVED": DisputeState.CLOSED,
}
_STATUSES: Final = {
    "OPEN": DisputeState.OPEN,
    "WAITING_FOR_SELLER_RESPONSE": DisputeState.OPEN,
    "WAITING_FOR_BUYER_RESPONSE": DisputeState.REVIEW,
    "UNDER_REVIEW": DisputeState.REVIEW,
    "RESOLVED": DisputeState.CLOSED,
}
_OUTCOMES: Final = {
    "RESOLVED_BUYER_FAVOUR": DisputeState.LOST,
    "RESOLVED_SELLER_FAVOUR": DisputeState.WON,
    "RESOLVED_WITH_PAYOUT": DisputeState.WON,
    "CANCELED_BY_BUYER": DisputeState.WON,
    "ACCEPTED": DisputeState.CLOSED,
}


def disputed(found: Mapping[str, Any]) -> Disputed:
    """Return a dispute; raises KeyError, TypeError, Unavailable for what is none."""
    amount = found["dispute_amount"]
    currency = str(amount["currency_code"])
    moved = (found.get("disputed_transactions") or [{}])[0]
    status = str(found.get("status") or "")
    state = _STATUSES.get(status) or _STATES.get(str(found.get("dispute_state")), DisputeState.OPEN)
    if state == DisputeState.CLOSED:
        outcome = (found.get("dispute_outcome") or {}).get("outcome_code")
        state = _OUTCOMES.get(str(outcome), DisputeState.CLOSED)
    return Disputed(
        external_id=str(found["dispute_id"]),
        payment=str(moved.get("seller_transaction_id") or ""),
        amount=wire.incoming(str(amount["value"]), currency),
        currency=currency,
        reason=str(found.get("reason") or ""),
        status=status,
        state=state,
        due_by=wire.moment(found.get("seller_response_due_date")),
        scheme="paypal",
        reference=str(moved.get("invoice_number") or ""),
        opened_at=wire.moment(found.get("create_time")),
        moved_at=wire.moment(found.get("update_time")) or wire.moment(found.get("create_time")),
    )
