"""What goes on in the background: a return follows what its shop did, and its parcel."""

from dragoman.core.commerce.events import InwardShipmentChanged, OrderActionChanged
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.following import follow_action, follow_parcel


@on(OrderActionChanged)
def end_returns(event: OrderActionChanged) -> None:
    """Let a return end when the shop did what was asked for it, and be open again when it did not."""
    follow_action(workspace.get_current_id(), event.action_id)


@on(InwardShipmentChanged)
def take_returns_on(event: InwardShipmentChanged) -> None:
    """Let a return be on its way when the carrier has it, and here when it was delivered."""
    follow_parcel(workspace.get_current_id(), event.shipment_id)
