"""Accounts at payment vendors, what these tell by webhook, and the disputes that buyers and their banks open."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace
from dragoman.core.connections.models import VendorAccount
from dragoman.ground.providers.statuses import DisputeState

from .sync_models import ShopHook


class PaymentAccount(InWorkspace):
    """An account at who takes the money (`vendor` names the connector).

    `account` holds its secrets, `settings` what may be shown. `hook_key` is the end of the address its webhooks go to.
    """

    class State(models.TextChoices):
        """What the last call said."""

        NEW = "new", _("Not tried yet")
        WORKING = "working", _("Working")
        FAILING = "failing", _("Failing")
        OFF = "off", _("Switched off")

    vendor = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    account = models.ForeignKey(
        VendorAccount, models.SET_NULL, null=True, db_constraint=False, db_index=False
    )
    settings = models.JSONField(default=dict, blank=True)
    hook_key = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    last_error = models.CharField(max_length=500, default="", blank=True)
    last_worked_at = models.DateTimeField(null=True)
    last_hook_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="payment_account_in_workspace"),
            # found before anybody knows the workspace: one key is one account in the whole installation
            models.UniqueConstraint("hook_key", name="payment_account_hook_once"),
        ]

    def __str__(self) -> str:
        return self.title


class PaymentHook(InWorkspace):
    """A payment vendor's webhook, sealed word for word before it was acknowledged."""

    account = models.ForeignKey(
        PaymentAccount, models.CASCADE, db_constraint=False, db_index=False, related_name="hooks"
    )
    key = models.CharField(max_length=80)
    sealed = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=ShopHook.State.choices, default=ShopHook.State.WAITING)
    error = models.CharField(max_length=500, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="payment_hook_in_workspace"),
            models.UniqueConstraint("workspace", "account", "key", name="payment_hook_once"),
        ]
        indexes = [
            models.Index("due_at", name="payment_hook_due", condition=models.Q(state="waiting")),
            models.Index("workspace", "received_at", name="payment_hook_age"),
        ]


class Answer(models.TextChoices):
    """How far our answer to a dispute came; `unsure` is committed before the vendor is called."""

    NONE = "", _("Not answered")
    QUEUED = "queued", _("Being sent")
    UNSURE = "unsure", _("Sent, and not confirmed yet")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")


class Dispute(InWorkspace):
    """A charge that a buyer or their bank contests; `payment` is the vendor's id, `reference` what it was called there.

    Amounts are minor units of `currency`. An older word (`moved_at`) never overwrites a newer one. It is answered once:
    by `answered_by`, with `statement` and a paper whose SHA-256 is `paper_hash`; the paper itself is made anew.
    """

    account = models.ForeignKey(
        PaymentAccount,
        models.SET_NULL,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="disputes",
    )
    vendor = models.CharField(max_length=20)
    external_id = models.CharField(max_length=120)
    order = models.ForeignKey(
        "Order", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="disputes"
    )
    payment = models.CharField(max_length=120, default="", blank=True)
    reference = models.CharField(max_length=120, default="", blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    scheme = models.CharField(max_length=40, default="", blank=True)
    code = models.CharField(max_length=40, default="", blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    status = models.CharField(max_length=60, default="", blank=True)
    state = models.CharField(max_length=8, choices=DisputeState.choices, default=DisputeState.OPEN)
    opened_at = models.DateTimeField()
    due_by = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    statement = models.TextField(default="", blank=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.NONE, blank=True)
    answer_error = models.CharField(max_length=500, default="", blank=True)
    answer_due_at = models.DateTimeField(null=True)
    answer_tries = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    paper_hash = models.CharField(max_length=64, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="dispute_in_workspace"),
            models.UniqueConstraint("workspace", "vendor", "external_id", name="dispute_once"),
        ]
        indexes = [
            models.Index(
                "workspace",
                F("due_by").asc(nulls_last=True),
                "id",
                name="dispute_open",
                condition=models.Q(state="open"),
            ),
            models.Index("workspace", F("opened_at").desc(), F("id").desc(), name="dispute_newest"),
            models.Index("workspace", "order", name="dispute_order"),
            models.Index(
                "answer_due_at", name="dispute_answer_due", condition=models.Q(answer_due_at__isnull=False)
            ),
        ]

    @property
    def can_answer(self) -> bool:
        """Say whether it waits for an answer of ours."""
        return self.state == DisputeState.OPEN and self.answer in {Answer.NONE, Answer.FAILED}
