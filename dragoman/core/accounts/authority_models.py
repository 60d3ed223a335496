"""How far an agent may go alone: limits, what was used of them, requests for approval, who stands in for whom."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .tenancy import InWorkspace


class ActionKind(models.TextChoices):
    """What limits are about: each moves money, goods or a parcel of an order."""

    REFUND = "refund", _("Refund")
    CANCEL = "cancel", _("Cancel")
    ADDRESS = "address", _("Change of address")
    RESHIP = "reship", _("Send again")
    EXCHANGE = "exchange", _("Exchange")
    DISCOUNT = "discount", _("Discount code")
    STORE_CREDIT = "store_credit", _("Store credit")
    DUPLICATE = "duplicate", _("Same order again")


class ActionReason(models.TextChoices):
    """Why somebody does it: limits may name one."""

    DAMAGED = "damaged", _("Arrived damaged")
    FAULTY = "faulty", _("Does not work")
    WRONG = "wrong", _("Wrong item")
    DIFFERENT = "different", _("Not as described")
    LATE = "late", _("Late")
    LOST = "lost", _("Lost on the way")
    WITHDRAWN = "withdrawn", _("Customer withdrew")
    UNPAID = "unpaid", _("Not paid")
    FRAUD = "fraud", _("Suspected fraud")
    GOODWILL = "goodwill", _("Goodwill")
    OTHER = "other", _("Other reason")


class Holder(models.TextChoices):
    """Whom a limit is for where it names nobody by name; each role for itself, `api`: programs with a token."""

    OWNER = "owner", _("Owners")
    LEAD = "lead", _("Leads")
    AGENT = "agent", _("Agents")
    API = "api", _("Programs (API)")


class AuthorityLimit(InWorkspace):
    """A limit for a role or the one `agent`, and for what `kind`, `market` and `reason` name; naming none, for all.

    `decision` says what becomes of what falls under it. Under `allow`, `sums` is {currency: {"one": most of one action,
    "month": of a calendar month, "customer": for one customer a month}} in minor units, a key left out is no limit; a
    currency that is not there needs approval unless `other_currencies` lets it pass. Nothing is converted. `per_day`:
    how many a day, None as many as it takes.
    """

    class Decision(models.TextChoices):
        """What becomes of an action that a limit holds for."""

        ALLOW = "allow", _("Alone, up to these sums")
        ASK = "ask", _("Always with approval")
        REFUSE = "refuse", pgettext_lazy("what becomes of an action", "Never")

    role = models.CharField(max_length=12, choices=Holder.choices, default="", blank=True)
    agent = models.ForeignKey(
        "accounts.Agent", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=ActionKind.choices, default="", blank=True)
    market = models.CharField(max_length=2, default="", blank=True)
    reason = models.CharField(max_length=20, choices=ActionReason.choices, default="", blank=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, default=Decision.ALLOW)
    sums = models.JSONField(default=dict, blank=True)
    other_currencies = models.BooleanField(default=False)
    per_day = models.PositiveIntegerField(null=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "role", "agent", "kind", "market", "reason"],
                name="authority_limit_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(agent=None, role__gt="") | models.Q(agent__isnull=False, role=""),
                name="authority_limit_of_somebody",
            ),
        ]


class AuthorityUse(InWorkspace):
    """One action that was taken on somebody's authority: what is left is counted from these, there are no counters.

    `holder` is whose authority it was (None: a program's): the agent's own, or who approved. `subject` points at what
    was done (`order_action:12`), `released_at`: it was not done after all, and counts no more. `customer_id` is a
    number, customers live above.
    """

    holder = models.ForeignKey(
        "accounts.Agent", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    kind = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    reason = models.CharField(max_length=20, default="", blank=True)
    amount = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="", blank=True)
    customer_id = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now())
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "subject", name="authority_used_once", condition=models.Q(released_at=None)
            )
        ]
        indexes = [
            models.Index(
                "workspace",
                "holder",
                F("at").desc(),
                name="authority_use",
                condition=models.Q(released_at=None),
            ),
            models.Index(
                "workspace",
                "customer_id",
                F("at").desc(),
                name="authority_use_customer",
                condition=models.Q(released_at=None, customer_id__isnull=False),
            ),
        ]


class Approval(InWorkspace):
    """A request to let an action pass that is beyond the requester's authority.

    `subject` points at what waits (`order_action:12`), `facts` says it for people ({"title", "path"}, nothing
    personal). `stands_for` is whose authority decided where the decider stood in for somebody.
    """

    class State(models.TextChoices):
        """Where a request stands."""

        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    requester = models.ForeignKey(
        "accounts.Agent", models.CASCADE, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    subject = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=ActionKind.choices)
    market = models.CharField(max_length=2, default="", blank=True)
    reason = models.CharField(max_length=20, default="", blank=True)
    amount = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, default="", blank=True)
    customer_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict, blank=True)
    comment = models.CharField(max_length=1000, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    stands_for = models.ForeignKey(
        "accounts.Agent", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    answer = models.CharField(max_length=1000, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="approval_in_workspace"),
            models.UniqueConstraint(
                "workspace", "subject", name="approval_waits_once", condition=models.Q(state="waiting")
            ),
        ]
        indexes = [
            models.Index("workspace", F("id").desc(), name="approval_newest"),
            models.Index("expires_at", name="approval_expiry", condition=models.Q(state="waiting")),
        ]


class StandIn(InWorkspace):
    """Who decides with an agent's authority while that agent is away; one at a time for each."""

    agent = models.ForeignKey(
        "accounts.Agent", models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    deputy = models.ForeignKey(
        "accounts.Agent", models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "agent", name="stand_in_once"),
            models.CheckConstraint(condition=~models.Q(agent=F("deputy")), name="stand_in_is_another"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=F("starts_at")), name="stand_in_ends_later"
            ),
        ]
