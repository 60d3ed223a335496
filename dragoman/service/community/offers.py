"""What the room offers to lower floors: who takes a deleted customer's name out, where the moderators' queue stands."""

from dragoman.core.customers.ports import erasers
from dragoman.core.notifications.ports import matters

from .actions.forget import CommunityEraser
from .notices import NOUN, QueueMatters

erasers.register("community")(CommunityEraser())
matters.register(NOUN)(QueueMatters())
