"""What happens to conversations and messages: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class EnvelopeStored(Event):
    """Something came in word for word and waits to be opened."""

    topic_noun: ClassVar[str] = "envelope"
    envelope_id: int


@dataclass(frozen=True)
class ConversationEvent(Event):
    """The base of what happens inside one conversation."""

    topic_noun: ClassVar[str] = "conversation"
    conversation_id: int


@dataclass(frozen=True)
class MarketSettled(ConversationEvent):
    """Somebody said which country a conversation's customer is in ("": it is not known after all)."""

    customer_id: int
    market: str
    agent_id: int | None


@dataclass(frozen=True)
class MessageReceived(ConversationEvent):
    """A customer's message was stored; only understanding listens to it."""

    message_id: int


@dataclass(frozen=True)
class MessageUnderstood(ConversationEvent):
    """Language and purpose of a message are known as well as they will be; everybody else listens to this."""

    message_id: int


@dataclass(frozen=True)
class MessageTranslated(ConversationEvent):
    """A translation of a message was stored, or it was found that none can be had now."""

    message_id: int


@dataclass(frozen=True)
class ReplyStored(ConversationEvent):
    """A message for the customer was stored; on channels the customer reads from us it is sent with that."""

    message_id: int


@dataclass(frozen=True)
class ReplyHeld(ConversationEvent):
    """An answer waits for its time, `seconds` from now at first, and can be taken back until then."""

    message_id: int
    seconds: int


@dataclass(frozen=True)
class ReplyWithdrawn(ConversationEvent):
    """An answer that waited for its time was taken back; nobody got it."""

    message_id: int


@dataclass(frozen=True)
class ReviewAsked(ConversationEvent):
    """An answer waits for a reviewer, before it goes out or after."""

    message_id: int
    item_id: int


@dataclass(frozen=True)
class ReviewDecided(ConversationEvent):
    """A reviewer accepted, edited or rejected an answer; `message_id` is 0 where it went back to its author."""

    message_id: int
    item_id: int
    outcome: str


@dataclass(frozen=True)
class ReviewOverdue(ConversationEvent):
    """Nobody reviewed a held answer in time; `released` says that it went out unreviewed."""

    message_id: int
    item_id: int
    released: bool


@dataclass(frozen=True)
class ReplyQueued(ConversationEvent):
    """A message for the customer waits to be delivered over a wire."""

    message_id: int


@dataclass(frozen=True)
class DeliveryChanged(ConversationEvent):
    """An outgoing message came one step further, or failed."""

    message_id: int
    state: str


@dataclass(frozen=True)
class NoteAdded(ConversationEvent):
    """A private note was left."""

    message_id: int


@dataclass(frozen=True)
class ConversationChanged(ConversationEvent):
    """Status, assignee, team, priority, tags, language, purpose, mood or snooze changed; `field` says which."""

    field: str


@dataclass(frozen=True)
class MeaningTaught(ConversationEvent):
    """Somebody said what a message was about, or how its writer felt; the workspace learns from it."""

    message_id: int


@dataclass(frozen=True)
class ConversationDeleted(ConversationEvent):
    """A conversation is gone, with its customer."""


@dataclass(frozen=True)
class ConversationJudged(ConversationEvent):
    """A person said that a conversation is junk, or that it is none; the filter learns from it."""

    junk: bool


@dataclass(frozen=True)
class MailImportStarted(Event):
    """Files of mails were uploaded and are to be brought in."""

    topic_noun: ClassVar[str] = "import"
    import_id: int


@dataclass(frozen=True)
class EnvelopeOpened(Event):
    """Somebody with the permission read an envelope word for word; the audit line."""

    topic_noun: ClassVar[str] = "envelope"
    envelope_id: int
    agent_id: int


@dataclass(frozen=True)
class ConversationMerged(ConversationEvent):
    """A conversation was merged into this one."""

    merged_id: int


@dataclass(frozen=True)
class ConversationMergeUndone(ConversationEvent):
    """A conversation that had been merged into this one stands alone again."""

    merged_id: int


@dataclass(frozen=True)
class ConversationSplit(ConversationEvent):
    """Messages of this conversation became one of their own."""

    made_id: int


@dataclass(frozen=True)
class ConversationSplitUndone(ConversationEvent):
    """Messages that had been split off came back."""

    made_id: int
