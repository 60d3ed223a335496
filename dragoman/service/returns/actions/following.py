"""Letting a return follow what happens elsewhere: to the action its shop was asked for, and to its parcel."""

from typing import Final

from dragoman.core.commerce.action_models import ActionState, OrderAction
from dragoman.core.commerce.models import Shipment
from dragoman.ground.providers.statuses import ShipmentStatus as S

from ..models import Return, State
from ..shop_refunds import outcome_of
from .announcing import ANNOUNCED, announce_return, note_announced
from .awaiting import await_exchange
from .refunds import give_up, note_outcome
from .requests import By
from .steps import note_arrival, receive_return, send_off

_UNDER_WAY: Final = frozenset(
    [S.IN_TRANSIT, S.OUT_FOR_DELIVERY, S.ATTEMPT_FAILED, S.READY_TO_COLLECT, S.EXCEPTION]
)
_NOT_SENT: Final = frozenset([State.APPROVED, State.LABEL])
_NOT_HERE: Final = frozenset([State.APPROVED, State.LABEL, State.IN_TRANSIT])
_ENDED: Final = frozenset([State.REFUNDED, State.CREDITED, State.EXCHANGED])
_HOUSE: Final = By("system")


def follow_action(workspace_id: int, action_id: int) -> None:
    """Take over what became of an action; the same news again changes nothing, most actions are nobody's return."""
    action = (
        OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).select_related("agent").first()
    )
    if action is None:
        return
    if action.key.startswith(ANNOUNCED):
        note_announced(workspace_id, action)
        return
    if not action.key.startswith("return-"):
        await_exchange(workspace_id, action)
        return
    made = Return.objects.filter(workspace_id=workspace_id, refund_key=action.key).first()
    if made is None:
        return
    outcome = outcome_of(action)
    by = By("agent", action.agent) if action.agent else By("api")
    if action.state == ActionState.DONE:
        note_outcome(workspace_id, made.pk, outcome, by=by, at=action.done_at)
    elif not action.is_open:
        give_up(workspace_id, made.pk, action.key, failure=outcome.message)
        # what an exchange would have taken the place of is awaited again
        announce_return(workspace_id, made.pk)


def follow_parcel(workspace_id: int, shipment_id: int) -> None:
    """Take a return on to where its parcel stands: never back, and the same news again changes nothing."""
    parcel = Shipment.objects.filter(workspace_id=workspace_id, pk=shipment_id, inward=True).first()
    made = Return.objects.filter(workspace_id=workspace_id, parcel_id=shipment_id).first()
    if parcel is None or made is None:
        return
    if parcel.status == S.DELIVERED:
        at = parcel.delivered_at or parcel.status_at
        if made.state in _NOT_HERE:
            receive_return(workspace_id, made.pk, by=_HOUSE, at=at)
        elif made.state in _ENDED:
            note_arrival(workspace_id, made.pk, at=at)
    elif parcel.status in _UNDER_WAY and made.state in _NOT_SENT:
        send_off(workspace_id, made.pk, by=_HOUSE, at=parcel.shipped_at or parcel.status_at)
