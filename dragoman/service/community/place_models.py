"""Whether a brand has a community, and the spaces in it."""

from typing import Final

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, Brand, InWorkspace

FIRST_POSTS: Final = 1


class Community(InWorkspace):
    """What a brand decided about its community; a brand without a row has none.

    `first_posts` of a new member wait for a person; a post with one of `stop_words` waits, too.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    is_on = models.BooleanField(default=False)
    first_posts = models.PositiveSmallIntegerField(default=FIRST_POSTS)
    stop_words = models.JSONField(default=list, blank=True)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "brand", name="community_once")]


class Space(InWorkspace):
    """A product or theme to ask about; `names` and `abouts` are {language: words}.

    `language` (BCP 47) is the one that is written there, "" for any. A closed space is read only.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    key = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    abouts = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=20, default="", blank=True)
    position = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="community_space_in_workspace"),
            models.UniqueConstraint("workspace", "brand", "key", name="community_space_once"),
        ]
