"""What people had a shop do with an order."""

from typing import Final

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.authority_models import ActionKind, ActionReason
from dragoman.core.accounts.models import Agent, Approval, InWorkspace


class ActionState(models.TextChoices):
    """Where an action stands. `unconfirmed`: the shop never answered, it is asked what became of it."""

    WAITING = "waiting_approval", _("Waiting for approval")
    QUEUED = "queued", _("Held for a moment")
    RUNNING = "running", _("Being done")
    DONE = "done", pgettext_lazy("action", "Done")
    FAILED = "failed", pgettext_lazy("action", "Not done")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("action", "Unconfirmed")
    UNDONE = "undone", _("Taken back")
    CANCELLED = "cancelled", _("Not approved")


# told to shops that keep returns as objects: no limit is about it
RETURN: Final = "return"
CALLED_OFF: Final = "return_off"
KINDS: Final = [
    *ActionKind.choices,
    (RETURN, _("Return told to the shop")),
    (CALLED_OFF, _("Return called off in the shop")),
]
# what may still happen: its money and goods are spoken for
OPEN = (ActionState.WAITING, ActionState.QUEUED, ActionState.RUNNING, ActionState.UNCONFIRMED)


class OrderAction(InWorkspace):
    """One thing a shop is to do with an order, asked once (`key`, the same for every try at the shop).

    `wanted` is what was asked (see `wants.Wanted`), `request_hash` tells another request under the same key.
    `amount` is minor units of `currency`: what goes back, or what the goods or the discount are worth. `goods` is
    [[line id, quantity, amount]], as planned when it was asked. `before` is how much had been given back when the shop
    was asked. `settled`: the mirror shows it; until then its money counts as gone besides. `agent` None: a program.
    `failure` holds the shop's words, `left` what it did not do of it. `conversation_id` is a number, conversations
    live above.
    """

    order = models.ForeignKey(
        "commerce.Order", models.CASCADE, db_constraint=False, db_index=False, related_name="actions"
    )
    kind = models.CharField(max_length=20, choices=KINDS)
    state = models.CharField(max_length=20, choices=ActionState.choices)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    wanted = models.JSONField(default=dict)
    goods = models.JSONField(default=list)
    reason = models.CharField(max_length=20, choices=ActionReason.choices, default="", blank=True)
    note = models.CharField(max_length=500, default="", blank=True)
    amount = models.BigIntegerField(default=0)
    shipping = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    before = models.BigIntegerField(default=0)
    agent = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    approval = models.ForeignKey(
        Approval, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    conversation_id = models.BigIntegerField(null=True)
    external_id = models.CharField(max_length=120, default="", blank=True)
    code = models.CharField(max_length=120, default="", blank=True)
    failure = models.CharField(max_length=1000, default="", blank=True)
    left = models.CharField(max_length=1000, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_again = models.PositiveSmallIntegerField(default=0)
    settled = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="order_action_in_workspace"),
            models.UniqueConstraint("workspace", "key", name="order_action_key_once"),
            # the shop is asked one thing at a time about an order: only so is what changed since ours
            models.UniqueConstraint(
                "workspace",
                "order",
                name="order_action_runs_alone",
                condition=models.Q(state__in=["running", "unconfirmed"]),
            ),
        ]
        indexes = [
            models.Index("workspace", "order", F("id").desc(), name="order_action_of_order"),
            models.Index("due_at", name="order_action_due", condition=models.Q(due_at__isnull=False)),
        ]

    @property
    def is_open(self) -> bool:
        """Say whether it may still happen."""
        return self.state in OPEN

    @property
    def can_undo(self) -> bool:
        """Say whether the shop knows nothing of it yet."""
        return self.state == ActionState.WAITING or (self.state == ActionState.QUEUED and not self.attempts)
