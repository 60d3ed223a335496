"""Articles, their texts in each language and market, and every wording that they had."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.texts.models import Variant
from dragoman.kit.variants import key_of


class Category(InWorkspace):
    """A shelf of the help centre; `names` is {"en": ..., "de@AT": ...}. Without a brand all brands have it."""

    key = models.CharField(max_length=80)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    names = models.JSONField(default=dict, blank=True)
    icon = models.CharField(max_length=20, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="category_in_workspace"),
            models.UniqueConstraint("workspace", "key", name="category_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Article(InWorkspace):
    """One matter that is explained; its words are in its texts. `key` names it in addresses and files.

    Without a brand it belongs to all. `internal`: for the team alone. `source` is the name of the variant that the
    others are written from.
    """

    class Kind(models.TextChoices):
        """What it looks like to its reader."""

        ARTICLE = "article", _("Article")
        TUTORIAL = "tutorial", _("Tutorial with steps")

    key = models.CharField(max_length=120)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="articles"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ARTICLE)
    internal = models.BooleanField(default=False)
    owner = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    source = models.CharField(max_length=20, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    video = models.URLField(max_length=500, default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_in_workspace"),
            models.UniqueConstraint("workspace", "key", name="article_once"),
        ]
        indexes = [models.Index("workspace", "category", "position", name="article_by_category")]

    def __str__(self) -> str:
        return self.key


class ArticleText(InWorkspace):
    """An article in one language, everywhere or in one market (ISO 3166-1 alpha-2).

    `head` is its newest wording, `live` the one readers see. `source_version` is the number of the source's wording it
    was written from, or was said to be still right for (0: nobody knows).
    """

    class Status(models.TextChoices):
        """Where a text stands; `changed` is live with a newer wording behind it."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        CHANGED = "changed", _("Published, with newer changes")
        ARCHIVED = "archived", _("Archived")

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="texts"
    )
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    head = models.ForeignKey(
        "ArticleVersion", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    live = models.ForeignKey(
        "ArticleVersion", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    source_version = models.PositiveIntegerField(default=0)
    # who checked the live wording and when
    checked_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)
    review_asked_at = models.DateTimeField(null=True)
    review_asked_by = models.ForeignKey(
        Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    publish_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_text_in_workspace"),
            models.UniqueConstraint("workspace", "article", "language", "market", name="article_text_once"),
        ]
        indexes = [
            models.Index("publish_at", name="article_text_due", condition=models.Q(publish_at__isnull=False)),
            models.Index("workspace", "language", name="article_text_language"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.name}"

    @property
    def name(self) -> str:
        """Return `de` or `de@AT`."""
        return key_of(self.language, self.market)

    @property
    def status(self) -> str:
        """Return where it stands (`Status`)."""
        status = self.Status
        if self.archived_at:
            return status.ARCHIVED
        if self.live_id and self.live_id == self.head_id:
            return status.PUBLISHED
        if self.publish_at:
            return status.SCHEDULED
        if self.review_asked_at:
            return status.REVIEW
        return status.CHANGED if self.live_id else status.DRAFT


class ArticleVersion(InWorkspace):
    """One wording of a text, never changed; `number` counts from 1. `body` is Markdown (CommonMark with tables)."""

    text = models.ForeignKey(
        ArticleText, models.CASCADE, db_constraint=False, db_index=False, related_name="versions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, default="", blank=True)
    body = models.TextField()
    made = models.CharField(max_length=8, choices=Variant.Made.choices, default=Variant.Made.PERSON)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    note = models.CharField(max_length=200, default="", blank=True)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_version_in_workspace"),
            models.UniqueConstraint("workspace", "text", "number", name="article_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}#{self.number}"
