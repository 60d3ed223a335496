"""What goes on in the background: a return follows what its shop did, and its parcel."""

from dragoman.core.commerce.events import InwardShipmentChanged, OrderActionChanged, OrderMirrored
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.announcing import announce_return, follow_shop, withdraw_return
from .actions.following import follow_action, follow_parcel
from .events import ReturnMoved
from .return_models import State
from .states import VOID


@on(OrderActionChanged)
def end_returns(event: OrderActionChanged) -> None:
    """Let a return end when the shop did what was asked for it, and be open again when it did not."""
    follow_action(workspace.get_current_id(), event.action_id)


@on(InwardShipmentChanged)
def take_returns_on(event: InwardShipmentChanged) -> None:
    """Let a return be on its way when the carrier has it, and here when it was delivered."""
    follow_parcel(workspace.get_current_id(), event.shipment_id)


@on(ReturnMoved)
def tell_the_shop(event: ReturnMoved) -> None:
    """Have a shop that keeps returns told of one that was approved, and of one that comes back no more."""
    workspace_id = workspace.get_current_id()
    if event.state == State.APPROVED:
        announce_return(workspace_id, event.return_id, agent_id=event.agent_id)
    elif event.state in VOID:
        withdraw_return(workspace_id, event.return_id)


@on(OrderMirrored)
def hear_what_was_called_off(event: OrderMirrored) -> None:
    """Call off here what the shop called off."""
    follow_shop(workspace.get_current_id(), event.order_id)
