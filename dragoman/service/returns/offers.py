"""What the room offers: to lower floors who takes a customer's words out, to itself who speaks to connected shops."""

from dragoman.core.commerce.ports import witnesses
from dragoman.core.customers.ports import erasers

from .actions.forget import ReturnEraser
from .ports import refunders
from .shop_refunds import ShopRefunder
from .testimony import PolicyShown

erasers.register("returns")(ReturnEraser())
refunders.register("shops")(ShopRefunder())
witnesses.register("returns")(PolicyShown())
