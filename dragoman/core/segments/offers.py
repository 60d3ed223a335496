"""What saved lists and searches offer to lower floors: they forget a customer."""

from dragoman.core.customers.ports import erasers

from .actions.forget import SearchEraser

erasers.register("segments")(SearchEraser())
