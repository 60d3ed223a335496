"""What is known of reading: what was looked for, read and said to have helped; of nobody by name."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand, InWorkspace

from .article_models import Article


class Feedback(InWorkspace):
    """Whether an article helped one reader, and what was missing where it did not.

    `version` is the number of the wording they read; `visit` as in `Visiting`, "" where nothing is counted.
    """

    class Reason(models.TextChoices):
        """Why it did not help."""

        UNCLEAR = "unclear", _("It is hard to understand")
        MISSING = "missing", _("Something is missing")
        WRONG = "wrong", _("It is wrong or out of date")
        OTHER = "other", _("I was looking for something else")

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="feedback"
    )
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    version = models.PositiveIntegerField(default=0)
    helped = models.BooleanField()
    reason = models.CharField(max_length=8, choices=Reason.choices, default="", blank=True)
    words = models.CharField(max_length=2000, default="", blank=True)
    visit = models.CharField(max_length=32, default="", blank=True)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="feedback_in_workspace"),
            models.UniqueConstraint(
                fields=["workspace", "article", "language", "visit"],
                condition=~models.Q(visit=""),
                name="feedback_once",
            ),
        ]
        indexes = [models.Index("workspace", "article", "said_at", name="feedback_of_article")]


class Search(InWorkspace):
    """One search: its words (`folded` for comparing), how much was found, and which article was opened from it.

    `where` says by which door: the help centre, the chat, the bot, a shop's own page.
    """

    class Where(models.TextChoices):
        """Where somebody looked."""

        HELP = "help", _("Help centre")
        CHAT = "chat", _("Chat")
        BOT = "bot", _("Bot")
        SHOP = "shop", _("Shop page")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    where = models.CharField(max_length=4, choices=Where.choices, default=Where.HELP)
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    words = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    found = models.PositiveIntegerField(default=0)
    # nothing in the language that was asked in
    elsewhere = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)
    opened = models.ForeignKey(
        Article, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    visit = models.CharField(max_length=32, default="", blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="search_in_workspace")]
        indexes = [
            models.Index("workspace", "at", name="search_by_time"),
            models.Index("workspace", "visit", "at", name="search_of_visit"),
        ]

    def __str__(self) -> str:
        return self.words


class Visiting(InWorkspace):
    """One browser session at a brand's help centre: how often it searched and read, and whether it wrote.

    `visit` is a keyed hash, with a key of the day, of a random number that the browser forgets when it closes.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    visit = models.CharField(max_length=32)
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    searched = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    wrote_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="visiting_in_workspace"),
            models.UniqueConstraint("workspace", "brand", "visit", name="visiting_once"),
        ]
        indexes = [models.Index("workspace", "began_at", name="visiting_by_time")]


class ReadingDay(InWorkspace):
    """How often an article was read in a language and market on a day (UTC), and how often in another language."""

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="reading"
    )
    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)
    fallback = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "workspace", "article", "brand", "language", "market", "day", name="reading_day_once"
            )
        ]
        indexes = [models.Index("workspace", "day", name="reading_by_day")]
