"""Pictures and attachments of articles."""

import secrets

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, InWorkspace

from .addresses import file_path
from .article_models import Article


def new_token() -> str:
    """Return what nobody guesses."""
    return secrets.token_urlsafe(16)


class ArticleFile(InWorkspace):
    """A picture or a document of an article; the texts name it by its address (`addresses.file_path`).

    `token` is what an address names it by: nobody guesses it. `size` is in bytes, `digest` (SHA-256) tells what it was
    made from: the same picture brought in again is the same file.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="files"
    )
    token = models.CharField(max_length=32, default=new_token)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    file_key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, default="", db_default="", blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="article_file_in_workspace"),
            models.UniqueConstraint("workspace", "token", name="article_file_once"),
        ]
        indexes = [models.Index("workspace", "article", name="article_file_of")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Return the address it is read at."""
        return file_path(self.workspace_id, self.token)

    @property
    def is_picture(self) -> bool:
        """Say whether it is shown within a text."""
        return self.media_type.startswith("image/")
