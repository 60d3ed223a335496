"""Marks of a message that more than one module asks for."""

# written into a conversation by somebody who is not its customer
OTHER_SENDER = "other_sender"
