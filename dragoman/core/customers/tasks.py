"""What follows a change of a customer."""

from collections.abc import Sequence

from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions import index_customers
from .events import CustomerChanged


@on(CustomerChanged, many=True)
def index(events: Sequence[CustomerChanged]) -> None:
    """Make customers findable."""
    index_customers(workspace.get_current_id(), [event.customer_id for event in events])
