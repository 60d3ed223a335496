"""What the room offers to lower floors: who takes a deleted customer's name out of the community."""

from dragoman.core.customers.ports import erasers

from .actions.forget import CommunityEraser

erasers.register("community")(CommunityEraser())
