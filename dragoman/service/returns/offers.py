"""What the room offers: to lower floors who takes a customer's words out and what is known of returns, to itself who
speaks to connected shops."""

from dragoman.core.commerce.ports import triggers, witnesses
from dragoman.core.conversations.ports import tools
from dragoman.core.customers.ports import erasers

from .actions.forget import ReturnEraser
from .order_facts import TRIGGERS
from .ports import refunders
from .shop_refunds import ShopRefunder
from .testimony import PolicyShown
from .tools import return_tools

erasers.register("returns")(ReturnEraser())
refunders.register("shops")(ShopRefunder())
witnesses.register("returns")(PolicyShown())
for trigger in TRIGGERS:
    triggers.register(trigger.name)(trigger)
for name, tool in return_tools():
    tools.register(name)(tool)
