"""What goes on in the background: a return follows what its shop did."""

from dragoman.core.commerce.events import OrderActionChanged
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.following import follow_action


@on(OrderActionChanged)
def end_returns(event: OrderActionChanged) -> None:
    """Let a return end when the shop did what was asked for it, and be open again when it did not."""
    follow_action(workspace.get_current_id(), event.action_id)
