"""What customers call things: the questions an article answers, and words that mean the same."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand, InWorkspace

from .article_models import Article


class ArticleQuestion(InWorkspace):
    """A question that an article answers, in a customer's words; only a kept one helps the search."""

    class State(models.TextChoices):
        """What became of it."""

        KEPT = "kept", _("Kept")
        SUGGESTED = "suggested", _("Suggested")
        REFUSED = "refused", _("Refused")

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="questions"
    )
    language = models.CharField(max_length=20)
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=State.choices, default=State.KEPT)
    # of how many real conversations it was taken
    times = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_question_in_workspace"),
            models.UniqueConstraint(
                "workspace", "article", "language", "words", name="article_question_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Synonym(InWorkspace):
    """Words that customers of a brand (none: of all) use for the same thing in a language; `words` is a list."""

    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    language = models.CharField(max_length=20)
    words = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="synonym_in_workspace")]
        indexes = [models.Index("workspace", "language", name="synonym_by_language")]

    def __str__(self) -> str:
        return ", ".join(map(str, self.words))
