"""What the heart offers to lower floors: it takes away what it keeps about a customer."""

from dragoman.core.customers.ports import erasers

from .actions.erase import ConversationEraser

erasers.register("conversations")(ConversationEraser())
