"""What the room offers to lower floors: it takes a customer out of their orders."""

from dragoman.core.customers.ports import erasers

from .actions.follow import OrderEraser

erasers.register("orders")(OrderEraser())
