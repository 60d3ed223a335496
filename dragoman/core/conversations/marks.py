"""Marks of a message that more than one module asks for."""

# written into a conversation by somebody who is not its customer
OTHER_SENDER = "other_sender"
# what no person wrote, as the channel found it
AUTO_REPLY, BOUNCE, LOOP, LIST = "auto_reply", "bounce", "loop", "list"
RECEIPT, COMPLAINT = "receipt", "complaint"
# one of the workspace's own mailboxes wrote
OWN_MAILBOX = "own_mailbox"
# the sender is blocked, though the message belongs to a conversation of theirs
BLOCKED = "blocked_sender"
# in `meta` of an outgoing message that a machine of ours sent by itself
AUTOMATIC = "automatic"
# sent once in a conversation by nobody, to say that the message arrived
ACKNOWLEDGEMENT = "acknowledgement"
# a bot's answer that a language model put into words; what it rests on stands in `extras`
MACHINE_WORDING = "machine_wording"
# in `meta` of a message whose writer the shop's own server vouched for
SIGNED = "signed"
