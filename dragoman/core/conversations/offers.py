"""What the heart offers to lower floors: it takes away what it keeps about a customer, and says what is told."""

from dragoman.core.customers.ports import erasers
from dragoman.core.notifications.ports import matters

from .actions.erase import ConversationEraser
from .matters import ConversationMatters

erasers.register("conversations")(ConversationEraser())
matters.register("conversation")(ConversationMatters())
