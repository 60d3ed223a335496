"""What this room offers to lower floors: it forgets a customer, and says who belongs to a segment."""

from dragoman.core.conversations.ports import groups
from dragoman.core.customers.ports import erasers

from .actions.forget import SearchEraser
from .segments import SegmentGroup

erasers.register("segments")(SearchEraser())
groups.register("segment")(SegmentGroup())
