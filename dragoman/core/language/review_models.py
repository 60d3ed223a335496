"""Who looks at translations before or after they go out, by which rules, and what was ordered from translators."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace


class Outcome(models.TextChoices):
    """What becomes of a translated answer."""

    SEND = "send", _("Send at once")
    AFTER = "after", _("Send, review after")
    HOLD = "hold", _("Hold for review")


class StandIn(models.TextChoices):
    """What happens to an answer that nobody reviewed in time."""

    WAIT = "wait", _("It goes on waiting")
    LEAD = "lead", _("The leads are told")
    RELEASE = "release", _("It goes out unreviewed, and is reviewed after")


class ReviewPolicy(InWorkspace):
    """What counts where no rule of a workspace matches, and how reviewing goes; without a row the defaults count.

    `sample` is 1 in how many is looked at afterwards. `faults` is what becomes of a translation with a fault that no
    rule is about: the agent is asked (`ask`), or it is held.
    """

    class Faults(models.TextChoices):
        """What a translation with faults meets."""

        ASK = "ask", _("Ask the agent, then send")
        HOLD = "hold", _("Hold for review")

    outcome = models.CharField(max_length=5, choices=Outcome.choices, default=Outcome.SEND)
    sample = models.PositiveSmallIntegerField(default=1)
    faults = models.CharField(max_length=4, choices=Faults.choices, default=Faults.ASK)
    own = models.BooleanField(default=False)
    assigned_only = models.BooleanField(default=False)
    stand_in = models.CharField(max_length=7, choices=StandIn.choices, default=StandIn.LEAD)
    stand_in_minutes = models.PositiveSmallIntegerField(default=60)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="review_policy_once")]


class ReviewRule(InWorkspace):
    """One rule; of those that match, the one with the lowest `place` counts. `when` holds the fields of review.When."""

    place = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=120, default="", blank=True)
    when = models.JSONField(default=dict, blank=True)
    outcome = models.CharField(max_length=5, choices=Outcome.choices, default=Outcome.HOLD)
    sample = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="review_rule_in_workspace")]
        indexes = [models.Index("workspace", "place", "id", name="review_rule_order")]


class Reviewer(InWorkspace):
    """An agent who reviews a pair of languages because a lead said so; an empty language is any."""

    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False, db_index=False)
    source = models.CharField(max_length=20, default="", blank=True)
    target = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "agent", "source", "target", name="reviewer_once"),
        ]


class TranslationOrder(InWorkspace):
    """Texts given to professional translators: what, into which languages, for how much, how far.

    `cost` is in minor units of `currency` (ISO 4217); `vendor` is whom to write to, in the lead's own words.
    """

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        IN_WORK = "in_work", _("In work")
        RETURNED = "returned", _("Returned")
        CHECKED = "checked", _("Checked")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")

    title = models.CharField(max_length=120)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    source = models.CharField(max_length=20)
    targets = models.JSONField(default=list)
    vendor = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    cost = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    due_on = models.DateField(null=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="translation_order_in_workspace")]

    def __str__(self) -> str:
        return self.title


class OrderText(InWorkspace):
    """One text of an order in one language: `kind` and `ref` say what it is (ports.translatables), `said` what came."""

    class State(models.TextChoices):
        """How far this text is."""

        OPEN = "open", _("Not returned")
        RETURNED = "returned", _("To be checked")
        CHECKED = "checked", _("Checked")
        REJECTED = "rejected", _("Sent back")

    order = models.ForeignKey(
        TranslationOrder, models.CASCADE, db_constraint=False, db_index=False, related_name="texts"
    )
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=60)
    title = models.CharField(max_length=200, default="")
    text = models.TextField()
    target = models.CharField(max_length=20)
    said = models.TextField(default="", blank=True)
    checked = models.TextField(default="", blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    reason = models.TextField(default="", blank=True)
    reviewer = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    returned_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "order", "kind", "ref", "target", name="order_text_once"),
            models.UniqueConstraint("workspace", "id", name="order_text_in_workspace"),
        ]
        indexes = [
            models.Index("workspace", "id", name="order_text_waiting", condition=models.Q(state="returned"))
        ]
