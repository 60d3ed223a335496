"""What the room offers to lower floors: it takes a customer out of their orders, acts on decisions, names orders."""

from dragoman.core.accounts.authority.ports import subjects
from dragoman.core.customers.ports import erasers
from dragoman.core.notifications.ports import matters

from .actions.asking import NOUN, ApprovedActions
from .actions.follow import OrderEraser
from .matters import DisputeMatters, OrderMatters
from .order_facts import TRIGGERS
from .ports import triggers

erasers.register("orders")(OrderEraser())
subjects.register(NOUN)(ApprovedActions())
matters.register("order")(OrderMatters())
matters.register("dispute")(DisputeMatters())
for trigger in TRIGGERS:
    triggers.register(trigger.name)(trigger)
