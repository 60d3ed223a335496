"""What follows a change of a customer."""

from collections.abc import Sequence

from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions import erase_customer, index_customers
from .actions.fields import sweep_field
from .events import CustomerChanged, CustomerDeletionAsked, CustomerFieldRemoved


@on(CustomerChanged, many=True)
def index(events: Sequence[CustomerChanged]) -> None:
    """Make customers findable."""
    index_customers(workspace.get_current_id(), [event.customer_id for event in events])


@on(CustomerDeletionAsked, outside=True)
def erase(event: CustomerDeletionAsked) -> None:
    """Take away what is kept about a customer who leaves: a durable job, files are deleted too."""
    erase_customer(workspace.get_current_id(), event.customer_id)


@on(CustomerFieldRemoved, outside=True)
def sweep(event: CustomerFieldRemoved) -> None:
    """Take the values of a removed field away: a durable job, a hundred thousand customers may have one."""
    sweep_field(workspace.get_current_id(), event.field_id)
