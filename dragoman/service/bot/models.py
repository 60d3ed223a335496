"""What is kept of a bot: what a brand decided, its flows with their versions, and where each talk stands."""

from typing import Final

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace, Team
from dragoman.core.commerce.models import Order
from dragoman.core.conversations.models import Conversation

NAME: Final = "Mira"
CHANNELS: Final = ("chat", "email", "api")


class Hours(models.TextChoices):
    """When a bot answers."""

    ALWAYS = "always", _("Always")
    OUTSIDE = "outside", _("Outside service hours")
    UNANSWERED = "unanswered", _("While nobody answers")


class Bot(InWorkspace):
    """What a brand decided about its bot; a brand without a row has none that answers.

    `channels` it answers on; `languages` and `intents` it may (empty: all); `after_minutes` goes with `unanswered`;
    `team` gets what it hands over; `wording`: a chat model may put the help centre's sentences into other words.
    That it says it is a bot is not a setting.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    is_on = models.BooleanField(default=False)
    name = models.CharField(max_length=40, default=NAME)
    channels = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    intents = models.JSONField(default=list, blank=True)
    hours = models.CharField(max_length=10, choices=Hours.choices, default=Hours.ALWAYS)
    after_minutes = models.PositiveSmallIntegerField(default=5)
    wording = models.BooleanField(default=False, db_default=False)
    team = models.ForeignKey(Team, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "brand", name="bot_once")]


class Flow(InWorkspace):
    """One thing the bot can do, by its `key`; one of ours (`defaults`) without a row is as we wrote it.

    `head` is its newest version, `live` the one customers get (0: none yet).
    """

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    is_on = models.BooleanField(default=True)
    head = models.PositiveIntegerField(default=0)
    live = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="bot_flow_in_workspace"),
            models.UniqueConstraint("workspace", "key", name="bot_flow_once"),
        ]


class FlowVersion(InWorkspace):
    """One wording of a flow, never changed again: `body` is trigger, steps and tests (`flow_shapes.Body`)."""

    flow = models.ForeignKey(
        Flow, models.CASCADE, db_constraint=False, db_index=False, related_name="versions"
    )
    number = models.PositiveIntegerField()
    body = models.JSONField()
    note = models.CharField(max_length=200, default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "flow", "number", name="bot_version_once")]


class Talk(InWorkspace):
    """Where the bot stands in a conversation. `memory` is `memory.Memory`: the flow's step, what was asked and said,
    what was proven; `heard` is the newest message that was dealt with, so that none is answered twice.
    """

    class State(models.TextChoices):
        """Whose turn it is."""

        TALKING = "talking", _("The bot answers")
        HANDED_OVER = "handed_over", _("Handed over")
        RESOLVED = "resolved", _("Resolved by the bot")

    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    state = models.CharField(max_length=11, choices=State.choices, default=State.TALKING)
    memory = models.JSONField(default=dict)
    heard = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "conversation", name="bot_talk_once")]


class Turn(InWorkspace):
    """What the bot did with one message of a customer, once; `due_at`: it waits until then for a person to answer."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waits for a person")
        LEFT = "left", _("Left to people")
        ANSWERED = "answered", _("Answered from the help centre")
        TOLD = "told", _("Told from an order or a list")
        ASKED = "asked", _("Asked something")
        DONE = "done", _("Did something")
        DECLINED = "declined", _("Did not know")
        HANDED_OVER = "handed_over", _("Handed over")
        RESOLVED = "resolved", _("Resolved")

    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    message_id = models.BigIntegerField()
    answer_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices)
    why = models.CharField(max_length=60, default="", blank=True)
    flow = models.CharField(max_length=60, default="", blank=True)
    intent = models.CharField(max_length=30, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "message_id", name="bot_turn_once")]
        indexes = [
            models.Index("workspace", "created_at", name="bot_turn_day"),
            models.Index("workspace", "conversation", name="bot_turn_of"),
            models.Index("due_at", name="bot_turn_due", condition=models.Q(due_at__isnull=False)),
        ]


class ProofCode(InWorkspace):
    """A code sent to the address an order has, as a hash. `order` None: what was asked for fits nothing, and looks
    the same."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, db_constraint=False, db_index=False)
    order = models.ForeignKey(Order, models.CASCADE, null=True, db_constraint=False, db_index=False)
    language = models.CharField(max_length=20, default="en")
    code_hash = models.CharField(max_length=64, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index("workspace", "conversation", "created_at", name="bot_code_of"),
            models.Index("workspace", "order", "created_at", name="bot_code_order"),
        ]


class TeamRule(InWorkspace):
    """Which team gets a conversation before a person sees it: by purpose and language, "" for any."""

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    intent = models.CharField(max_length=30, default="", blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    team = models.ForeignKey(Team, models.CASCADE, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "brand", "intent", "language", name="bot_team_rule_once", nulls_distinct=False
            )
        ]
