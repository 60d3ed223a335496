"""The heart: what came in word for word, the conversations made of it, and their messages."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace, Team
from dragoman.core.customers.models import Customer

from .desk_models import Draft, Follower
from .envelope_models import Envelope
from .import_models import MailImport
from .junk_models import JunkFilter, JunkVerdict, JunkWord, SenderRule
from .lesson_models import Learned, Lesson, Question
from .moods import mood_of
from .review_models import ReviewItem

__all__ = [
    "Attachment",
    "Conversation",
    "Delivery",
    "Direction",
    "Draft",
    "Envelope",
    "Follower",
    "JunkFilter",
    "JunkVerdict",
    "JunkWord",
    "Learned",
    "Lesson",
    "MailImport",
    "Message",
    "Priority",
    "Question",
    "ReviewItem",
    "SenderRule",
    "Status",
    "Translation",
]


class Status(models.TextChoices):
    """Where a conversation stands; a closed one stays closed, a message then opens a linked one."""

    OPEN = "open", _("Open")
    PENDING = "pending", _("Waiting on customer")
    SNOOZED = "snoozed", _("Snoozed")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")


# what a conversation stands at while it is merged into another; not a status that people set, and in no list
MERGED: Final = "merged"


class Priority(models.TextChoices):
    """How soon."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")


class Direction(models.TextChoices):
    """Which way a message goes; notes and events stay in the house."""

    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")
    NOTE = "note", _("Private note")
    EVENT = "event", _("Event")


class Delivery(models.TextChoices):
    """How far an outgoing message has come; a scheduled one waits for its time and can be taken back."""

    SCHEDULED = "scheduled", _("Scheduled")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    READ = "read", _("Read")
    FAILED = "failed", _("Failed")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")


class Conversation(InWorkspace):
    """One story with one customer over any channels; `id` is also the number people say.

    `by_hand` names what a person or a program set (`priority`, `intent`, `sentiment`): no message changes it before the
    matter is over and the customer begins a new one. `tension` is what has built up (see `moods.py`).
    `merged_into` is where the links of `Merge` lead in the end, and `joined` the ids of all that lead here: kept by
    the actions that merge and undo, so that reads follow without asking.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, db_constraint=False, db_index=False)
    thread_key = models.CharField(max_length=255, default="")
    subject = models.CharField(max_length=500, default="", blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    priority = models.CharField(max_length=6, choices=Priority.choices, default=Priority.NORMAL)
    channel = models.CharField(max_length=30)
    language = models.CharField(max_length=20, default="", blank=True)
    language_locked = models.BooleanField(default=False)
    market = models.CharField(max_length=2, default="", blank=True)
    intent = models.CharField(max_length=30, default="", blank=True)
    sentiment = models.CharField(max_length=8, default="", blank=True)
    tension = models.PositiveSmallIntegerField(default=0, db_default=0)
    by_hand = ArrayField(models.CharField(max_length=20), default=list, db_default=[], blank=True)
    assignee = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    tags = models.JSONField(default=list, blank=True)
    preview = models.CharField(max_length=240, default="")
    preview_translated = models.CharField(max_length=240, default="")
    unread = models.BooleanField(default=True)
    last_message_at = models.DateTimeField(db_default=Now())
    snoozed_until = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    previous = models.ForeignKey("self", models.SET_NULL, null=True, db_constraint=False, db_index=False)
    junk = models.BooleanField(default=False, db_default=False)
    # a side thread with an outsider (a carrier, a supplier) belongs to the conversation it was started from
    side_of = models.ForeignKey(
        "self", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="side_threads"
    )
    merged_into = models.ForeignKey(
        "self", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    joined = ArrayField(models.BigIntegerField(), null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="conversation_in_workspace"),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="conversation_not_into_itself",
            ),
            models.UniqueConstraint(
                "workspace",
                "brand",
                "customer",
                "thread_key",
                name="one_live_conversation",
                condition=~models.Q(status="closed"),
            ),
        ]
        indexes = [
            models.Index(
                "workspace",
                "status",
                models.F("last_message_at").desc(),
                models.F("id").desc(),
                name="conversation_inbox",
                condition=models.Q(junk=False),
            ),
            models.Index(
                "workspace",
                models.F("last_message_at").desc(),
                models.F("id").desc(),
                name="conversation_all",
            ),
            models.Index(
                "workspace",
                "assignee",
                "status",
                models.F("last_message_at").desc(),
                models.F("id").desc(),
                name="conversation_mine",
                condition=models.Q(junk=False),
            ),
            models.Index(
                "workspace",
                models.F("last_message_at").desc(),
                models.F("id").desc(),
                name="conversation_junk",
                condition=models.Q(junk=True),
            ),
            models.Index("workspace", "customer", name="conversation_customer"),
            models.Index(
                "workspace", "side_of", name="conversation_sides", condition=models.Q(side_of__isnull=False)
            ),
            models.Index(
                "workspace",
                "id",
                name="conversation_merged",
                include=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index("snoozed_until", name="conversation_wake", condition=models.Q(status="snoozed")),
            models.Index("resolved_at", name="conversation_resolved", condition=models.Q(status="resolved")),
        ]

    @property
    def number(self) -> int:
        """Return the number people say."""
        return int(self.pk)

    @property
    def mood(self) -> str:
        """Return the mood in one word: neutral, calm, tense or upset, "" where it is not known."""
        return mood_of(self.sentiment, self.tension)

    @property
    def parts(self) -> list[int]:
        """Return the ids whose messages make its thread: its own, and those merged into it."""
        return [self.pk, *(self.joined or ())]


class Message(InWorkspace):
    """One message, note or event line; the channel belongs to it, not to the conversation.

    For an outgoing message `text` is what the customer gets and `original` what the agent wrote.
    `event` holds {"kind": ..., ...} of an event line, put into words in the reader's language. `extras` is what a bot's
    answer carries beside its text: {"bot": true, "sources": [...], "choices": [...], "card": {...}, "state": ...}.
    """

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="messages"
    )
    direction = models.CharField(max_length=5, choices=Direction.choices)
    channel = models.CharField(max_length=30)
    source = models.CharField(max_length=60, default="")
    external_id = models.CharField(max_length=500, null=True)
    envelope_id = models.BigIntegerField(null=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    author = models.CharField(max_length=254, default="")
    text = models.TextField(default="")
    html = models.TextField(default="")
    quoted = models.TextField(default="")
    language = models.CharField(max_length=20, default="")
    original = models.TextField(default="")
    original_language = models.CharField(max_length=20, default="")
    engine = models.CharField(max_length=60, default="")
    confidence = models.FloatField(null=True)
    marks = models.JSONField(default=list)
    meta = models.JSONField(default=dict)
    extras = models.JSONField(default=dict, db_default={}, blank=True)
    event = models.JSONField(null=True)
    delivery = models.CharField(max_length=11, choices=Delivery.choices, default="", blank=True)
    failure = models.TextField(default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    tsv = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="message_in_workspace"),
            models.UniqueConstraint(
                "workspace",
                "source",
                "external_id",
                name="message_once",
                condition=models.Q(external_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index("workspace", "conversation", "id", name="message_thread"),
            models.Index("workspace", "created_at", name="message_out", condition=models.Q(direction="out")),
            models.Index(
                "due_at",
                name="message_due",
                condition=models.Q(delivery__in=["scheduled", "queued", "sending"]),
            ),
        ]


class Translation(InWorkspace):
    """A message in another language, with who made it and what is known to be wrong with it.

    `faults` are the words of language.translation.Translation.
    """

    message = models.ForeignKey(
        Message, models.CASCADE, db_constraint=False, db_index=False, related_name="translations"
    )
    language = models.CharField(max_length=20)
    text = models.TextField()
    engine = models.CharField(max_length=60)
    confidence = models.FloatField(null=True)
    machine = models.BooleanField(default=True)
    faults = models.JSONField(default=list, db_default=[])
    reviewed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "message", "language", name="translation_once")]


class Attachment(InWorkspace):
    """A file of a message; without a message it was uploaded and waits to be sent."""

    message = models.ForeignKey(
        Message, models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="attachments"
    )
    file_key = models.CharField(max_length=200)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    content_id = models.CharField(max_length=255, default="", blank=True)
    uploader = models.CharField(max_length=80, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index("workspace", "message", name="attachment_message")]


class Acknowledgement(InWorkspace):
    """That a conversation was answered automatically: once, whatever is told again or starts anew."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    message_id = models.BigIntegerField(null=True)
    # by when the customer was told to have an answer (see promises.py)
    answer_by = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "conversation", name="acknowledged_once")]


class Merge(InWorkspace):
    """The link from a conversation to the one it was merged into; taking it away undoes the merge.

    `kept` is what undoing needs: {"status": ..., "fields": {name: [before, after]}} of the two.
    """

    merged = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    survivor = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    kept = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "merged", name="merged_once")]
        indexes = [models.Index("workspace", "survivor", name="merge_survivor")]


class Split(InWorkspace):
    """The link between a conversation and one that was split off it; `messages` are the ids that moved."""

    origin = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    made = models.ForeignKey(
        Conversation, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    messages = models.JSONField(default=list)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "made", name="split_once")]
        indexes = [models.Index("workspace", "origin", name="split_origin")]


class SearchIndex(InWorkspace):
    """Under which scheme a workspace's messages and customers are indexed, and how far a reindex has come.

    `messages_below` and `customers_below` are the ids that still wait; 0 when nothing does, null before the start.
    """

    scheme = models.PositiveSmallIntegerField()
    messages_below = models.BigIntegerField(null=True)
    customers_below = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="search_index_once")]

    @property
    def is_done(self) -> bool:
        """Say whether everything is indexed under the scheme."""
        return self.messages_below == 0 and self.customers_below == 0
