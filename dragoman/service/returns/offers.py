"""What the room offers to lower floors: it takes a customer's words out of their returns."""

from dragoman.core.customers.ports import erasers

from .actions.forget import ReturnEraser

erasers.register("returns")(ReturnEraser())
