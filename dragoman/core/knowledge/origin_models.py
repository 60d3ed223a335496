"""Where an article was brought in from: the same one brought in again is the same article."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace

from .article_models import Article


class ArticleOrigin(InWorkspace):
    """An article's name at the vendor it came from: `zendesk:360001`."""

    origin = models.CharField(max_length=120)
    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="origins"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_origin_in_workspace"),
            models.UniqueConstraint("workspace", "origin", name="article_origin_once"),
        ]
        indexes = [models.Index("workspace", "article", name="article_origin_of")]

    def __str__(self) -> str:
        return self.origin
