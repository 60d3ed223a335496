"""Who works here and for whom: workspaces (tenants), brands, log-ins, agents, teams, tokens."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .authority_models import Approval, AuthorityLimit, AuthorityUse, StandIn
from .tenancy import InWorkspace

__all__ = [
    "Agent",
    "ApiToken",
    "Approval",
    "AuthorityLimit",
    "AuthorityUse",
    "Brand",
    "Density",
    "HolidayFeed",
    "InWorkspace",
    "Invitation",
    "Role",
    "ServiceHours",
    "StandIn",
    "Team",
    "TeamMember",
    "User",
    "UserManager",
    "Workspace",
]

# What of personal data is masked where a workspace decided nothing.
MASKED = ("card", "iban", "national_id", "password", "token")


def masked_by_default() -> list[str]:
    """Return a list of one's own to begin with."""
    return list(MASKED)


class Workspace(models.Model):
    """A tenant: a shop, or one partner of a contact centre. `language` is what the team reads and writes."""

    slug = models.SlugField(max_length=63, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=20, default="en")
    languages = models.JSONField(default=list)
    envelope_days = models.PositiveSmallIntegerField(default=90)
    envelope_masked_days = models.PositiveSmallIntegerField(default=30, db_default=30)
    envelopes_for_owners = models.BooleanField(default=False, db_default=False)
    # read through accounts/masking.py
    masks = models.JSONField(
        default=masked_by_default, db_default=models.Value(list(MASKED), models.JSONField()), blank=True
    )
    close_after_days = models.PositiveSmallIntegerField(default=14)
    requests_per_minute = models.PositiveIntegerField(default=6000)
    undo_send_chat = models.PositiveSmallIntegerField(default=3, db_default=3)
    undo_send_mail = models.PositiveSmallIntegerField(default=10, db_default=10)
    undo_order_action = models.PositiveSmallIntegerField(default=10, db_default=10)
    approval_hours = models.PositiveSmallIntegerField(default=24, db_default=24)
    raise_priority = models.BooleanField(default=True, db_default=True)
    refine_meaning = models.BooleanField(default=False, db_default=False)
    sealed_key = models.BinaryField(default=bytes)
    demo = models.BooleanField(default=False)
    welcomed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.slug


class Brand(InWorkspace):
    """What customers know the shop as; slugs are unique in the installation because URLs name them.

    `registers` is {"de" or "de@AT": form of address}, the polite one where none is named. What it says to customers
    (signatures, greetings, automatic answers) are localised texts (core/texts).
    """

    class MachineMark(models.TextChoices):
        """How a customer is told that a machine translated."""

        LINE = "line", _("One line, original folded below")
        NONE = "none", _("No mark")

    class Acknowledge(models.TextChoices):
        """Whether a first message is answered at once that it arrived."""

        NEVER = "never", _("Never")
        ALWAYS = "always", _("Always")

    slug = models.SlugField(max_length=63, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=20, default="en")
    colour = models.CharField(max_length=7, default="#2a3fc9")
    machine_mark = models.CharField(max_length=8, choices=MachineMark.choices, default=MachineMark.LINE)
    allowed_origins = models.JSONField(default=list, blank=True)
    identity_secret = models.CharField(max_length=64, default="")
    acknowledge = models.CharField(
        max_length=8, choices=Acknowledge.choices, default=Acknowledge.NEVER, db_default=Acknowledge.NEVER
    )
    registers = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    # what is masked for this brand; none decided: as in the workspace
    masks = models.JSONField(null=True, blank=True)
    # read and written by accounts/chat.py
    chat = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    # read and written by accounts/help.py
    help = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="brand_in_workspace")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes log-ins; there is no super-user, rights come from an agent's role."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a new log-in; without a password it cannot log in until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A log-in, known in the whole installation; one person may be an agent in several workspaces."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    date_joined = models.DateTimeField(db_default=Now())

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class Role(models.TextChoices):
    """What an agent may do; each role may all that the ones below it may."""

    OWNER = "owner", _("Owner")
    LEAD = "lead", _("Lead")
    AGENT = "agent", _("Agent")
    LIGHT = "light_agent", _("Light agent")


class Density(models.TextChoices):
    """How much a row of the conversation list shows."""

    ONE = "one", _("One line")
    THREE = "three", _("Three lines")


class Agent(InWorkspace):
    """A user's membership of one workspace.

    `languages` is [{"tag": "fi", "level": "native"}], `signatures` {language: text}; `gender` is the grammatical one,
    empty for neutral words.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="agents")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.AGENT)
    time_zone = models.CharField(max_length=64, default="UTC")
    ui_language = models.CharField(max_length=20, default="en")
    languages = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    single_keys = models.BooleanField(default=True)
    theme = models.CharField(max_length=5, default="", blank=True)
    density = models.CharField(
        max_length=5, choices=Density.choices, default=Density.THREE, db_default=Density.THREE
    )
    signatures = models.JSONField(default=dict, blank=True)
    gender = models.CharField(max_length=5, default="", db_default="", blank=True)
    seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="agent_in_workspace"),
            models.UniqueConstraint("workspace", "user", name="agent_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_reply(self) -> bool:
        """Say whether this agent may write to customers; light agents read and leave notes."""
        return self.is_active and self.role != Role.LIGHT

    @property
    def can_lead(self) -> bool:
        """Say whether this agent may change the workspace's settings; envelopes, `may_open_envelopes`."""
        return self.is_active and self.role in {Role.OWNER, Role.LEAD}

    @property
    def can_own(self) -> bool:
        """Say whether this agent may manage agents, tokens and roles."""
        return self.is_active and self.role == Role.OWNER


class Team(InWorkspace):
    """A group that work is given to."""

    name = models.CharField(max_length=80)
    members = models.ManyToManyField(Agent, through="TeamMember", related_name="teams")

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="team_in_workspace"),
            models.UniqueConstraint("workspace", "name", name="team_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamMember(InWorkspace):
    """An agent's place in a team."""

    team = models.ForeignKey(Team, models.CASCADE, db_constraint=False)
    agent = models.ForeignKey(Agent, models.CASCADE, db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "team", "agent", name="team_member_once")]


class Invitation(InWorkspace):
    """A seat offered by e-mail; the link holds the token, we keep only its hash."""

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.AGENT)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Agent, models.CASCADE, db_constraint=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())


class ApiToken(InWorkspace):
    """A key to the API; we keep only its hash. `scopes` is ["all"] or names of resources."""

    name = models.CharField(max_length=80, default="")
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="token_in_workspace")]


class ServiceHours(InWorkspace):
    """When customers are answered, for what `brand`, `market`, `team` and `channel` name; naming none, for all.

    `week` holds seven days, Monday first, each [["09:00", "17:00"], ...] by the clock of `time_zone`; an end that is
    not after the start is on the next day. `country` and `region` (ISO 3166) say whose public holidays are closed,
    none: no one's. `days` are one-off days [{"day": "2026-12-24", "name": "...", "spans": [...]}], closed where spans
    is empty; `targets` {channel: minutes of open time until the first answer goes out}. Read by `accounts/hours`.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    market = models.CharField(max_length=2, default="", blank=True)
    team = models.ForeignKey(Team, models.CASCADE, null=True, db_constraint=False, db_index=False)
    channel = models.CharField(max_length=30, default="", blank=True)
    time_zone = models.CharField(max_length=64)
    week = models.JSONField()
    country = models.CharField(max_length=2, default="", blank=True)
    region = models.CharField(max_length=40, default="", blank=True)
    days = models.JSONField(default=list, blank=True)
    targets = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="hours_in_workspace"),
            models.UniqueConstraint(
                fields=["workspace", "brand", "market", "team", "channel"],
                name="hours_once",
                nulls_distinct=False,
            ),
        ]


class HolidayFeed(InWorkspace):
    """A calendar (iCalendar, RFC 5545) at an address that lists days off, for all service hours or for one.

    `days` [{"day": "2026-12-24", "name": "..."}] are those of the last good answer; `error` says in a word why the
    last one was not (see `accounts/hours/feed.py`), `asked_at` null that it is to be asked at once.
    """

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=2000)
    hours = models.ForeignKey(ServiceHours, models.CASCADE, null=True, db_constraint=False, db_index=False)
    days = models.JSONField(default=list, blank=True)
    error = models.CharField(max_length=30, default="", blank=True)
    asked_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "url", "hours", name="feed_once")]
