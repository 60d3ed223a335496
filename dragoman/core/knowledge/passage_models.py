"""The search's index: what readers see of an article, cut into passages, and the number of its last change."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from dragoman.core.accounts.models import InWorkspace

from .article_models import Article, ArticleText


class Passage(InWorkspace):
    """A part of a live text under one heading, or a question that its article answers.

    `marks` are the numbers of its words, n-grams and concepts (`seen.py`), `vectors` what it and its sentences mean
    (`meaning.py`; empty where that is not known yet). `brand_id` and `internal` are those of the article, so that a
    search asks one table.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="passages"
    )
    text = models.ForeignKey(
        ArticleText, models.CASCADE, db_constraint=False, db_index=False, related_name="passages"
    )
    language = models.CharField(max_length=20)
    market = models.CharField(max_length=2, default="", blank=True)
    brand_id = models.BigIntegerField(null=True)
    internal = models.BooleanField(default=False)
    is_question = models.BooleanField(default=False)
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    heading = models.TextField(default="", blank=True)
    anchor = models.CharField(max_length=80, default="", blank=True)
    words = models.TextField()
    marks = models.BinaryField()
    vectors = models.BinaryField(default=b"")
    tsv = SearchVectorField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "text", "position", name="passage_once")]
        indexes = [
            models.Index("workspace", "language", "text", name="passage_by_language"),
            models.Index("id", name="passage_not_meant", condition=models.Q(vectors=b"")),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}.{self.position}"


class IndexState(InWorkspace):
    """How often a workspace's index changed: a process that remembers another number reads anew."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="index_state_once")]

    def __str__(self) -> str:
        return str(self.number)
