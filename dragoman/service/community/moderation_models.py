"""What people reported, decided and complained about, as the EU's Digital Services Act (Regulation 2022/2065) asks.

Article 16: a notice with its reason. Article 17: the statement of reasons to whoever wrote it. Article 20: a complaint,
decided by another person and never by a program alone.
"""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace

from .member_models import Member
from .post_models import Post


class Ground(models.TextChoices):
    """On what a report or a decision rests: the law, or a rule of the community."""

    ILLEGAL = "illegal", _("Against the law")
    SPAM = "spam", _("Advertising or spam")
    ABUSE = "abuse", _("Insults, hate or threats")
    PERSONAL = "personal", _("Personal data")
    HARMFUL = "harmful", _("Dangerous advice")
    OFF_TOPIC = "off_topic", _("Does not belong here")
    OTHER = "other", _("Another rule of this community")


class Decision(InWorkspace):
    """What a person decided about a post or a member, with the reason that its writer is told.

    `rule` names the law or the rule, `reason` the facts. `found_by` says how it came up; a filter may hold a post back,
    but decides nothing. `until` and `lifted_at` are of bans. `code` opens the statement in the portal.
    """

    class Kind(models.TextChoices):
        """What was decided."""

        APPROVE = "approve", _("Published")
        REMOVE = "remove", _("Removed")
        RESTORE = "restore", _("Put back")
        KEEP = "keep", _("Left as it is")
        BAN = "ban", _("Suspended from writing")
        LIFT = "lift", _("Suspension ended early")

    class FoundBy(models.TextChoices):
        """How it came up."""

        OWN = "own", _("Seen by the team")
        REPORT = "report", _("Reported")
        FILTER = "filter", _("Held by a filter")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    post = models.ForeignKey(Post, models.CASCADE, null=True, db_constraint=False, db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, db_constraint=False, db_index=False)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    ground = models.CharField(max_length=9, choices=Ground.choices, default="", blank=True)
    rule = models.CharField(max_length=300, default="", blank=True)
    reason = models.TextField(default="", blank=True)
    found_by = models.CharField(max_length=6, choices=FoundBy.choices, default=FoundBy.OWN)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=40)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    agent_name = models.CharField(max_length=120, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="community_decision_in_workspace"),
            models.UniqueConstraint("workspace", "code", name="community_decision_once"),
        ]
        indexes = [
            models.Index("workspace", "post", name="community_decision_of"),
            models.Index("workspace", "member", "kind", name="community_decision_on"),
            models.Index("workspace", "created_at", name="community_decision_day"),
        ]

    @property
    def is_in_force(self) -> bool:
        """Say whether a ban holds now."""
        return self.lifted_at is None and self.until is not None and self.until > timezone.now()

    @property
    def limits(self) -> bool:
        """Say whether it takes something away from whom it is about."""
        return self.kind in (self.Kind.REMOVE, self.Kind.BAN)


class Report(InWorkspace):
    """A notice that a post is against the law or the rules; `decision` is what became of it.

    Name and address are asked for and, as Article 16 (2) (c) has it, may be left out where children are at risk.
    """

    post = models.ForeignKey(Post, models.CASCADE, db_constraint=False, db_index=False)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    ground = models.CharField(max_length=9, choices=Ground.choices)
    reason = models.TextField()
    name = models.CharField(max_length=120, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    language = models.CharField(max_length=20, default="en")
    code = models.CharField(max_length=40)
    decision = models.ForeignKey(
        Decision, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="reports"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "code", name="community_report_once")]
        indexes = [
            models.Index("workspace", "post", name="community_report_of"),
            models.Index(
                "workspace",
                "created_at",
                name="community_report_open",
                condition=models.Q(decision=None),
            ),
            models.Index("workspace", "created_at", name="community_report_day"),
        ]


class Appeal(InWorkspace):
    """A complaint against a decision, by whom it is about or by who reported; another person decides it."""

    class By(models.TextChoices):
        """Who complains."""

        WRITER = "writer", _("Who wrote it")
        REPORTER = "reporter", _("Who reported it")

    class Outcome(models.TextChoices):
        """What came of it."""

        UPHELD = "upheld", _("The decision stands")
        REVERSED = "reversed", _("The decision was taken back")

    decision = models.ForeignKey(
        Decision, models.CASCADE, db_constraint=False, db_index=False, related_name="appeals"
    )
    by = models.CharField(max_length=8, choices=By.choices)
    reason = models.TextField()
    email = models.CharField(max_length=254, default="", blank=True)
    language = models.CharField(max_length=20, default="en")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default="", blank=True)
    reply = models.TextField(default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    agent_name = models.CharField(max_length=120, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "decision", "by", name="community_appeal_once")]
        indexes = [
            models.Index(
                "workspace", "created_at", name="community_appeal_open", condition=models.Q(decided_at=None)
            ),
            models.Index("workspace", "created_at", name="community_appeal_day"),
        ]
