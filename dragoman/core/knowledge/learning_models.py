"""Learning together and step by step: webinars with a moment and seats, and paths of articles in an order."""

import secrets

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace

from .article_models import Article


def new_token() -> str:
    """Return what nobody guesses."""
    return secrets.token_urlsafe(24)


class Webinar(InWorkspace):
    """Something held once at a moment (UTC) in one language; `minutes` long. `seats` 0: as many as come.

    `place` is where it is held, `link` where one joins: told to whoever signed up.
    """

    class State(models.TextChoices):
        """Whether customers may sign up."""

        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open for sign-up")
        CANCELLED = "called_off", _("Called off")

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    title = models.CharField(max_length=200)
    about = models.TextField(default="", blank=True)
    language = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    minutes = models.PositiveIntegerField(default=60)
    time_zone = models.CharField(max_length=64, default="UTC")
    host = models.CharField(max_length=120, default="", blank=True)
    place = models.CharField(max_length=200, default="", blank=True)
    link = models.URLField(max_length=500, default="", blank=True)
    seats = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    # counts what is told to calendars: a later one replaces an earlier one
    sequence = models.PositiveIntegerField(default=0)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="webinar_in_workspace")]
        indexes = [models.Index("workspace", "brand", "starts_at", name="webinar_by_time")]

    def __str__(self) -> str:
        return self.title


class SignUp(InWorkspace):
    """Somebody who wants to come; `token` is in the link by which they take it back.

    `telling` is the webinar's `sequence` that a mail was begun for, `told` the one that a server took: where they
    differ for long, nobody knows whether the mail went out, and it is not sent a second time.
    """

    webinar = models.ForeignKey(
        Webinar, models.CASCADE, db_constraint=False, db_index=False, related_name="sign_ups"
    )
    name = models.CharField(max_length=120, default="", blank=True)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=20)
    time_zone = models.CharField(max_length=64, default="", blank=True)
    token = models.CharField(max_length=40, default=new_token)
    cancelled_at = models.DateTimeField(null=True)
    telling = models.PositiveIntegerField(default=0, db_default=0)
    told = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="sign_up_in_workspace"),
            models.UniqueConstraint("workspace", "webinar", "email", name="sign_up_once"),
            models.UniqueConstraint("workspace", "token", name="sign_up_token"),
        ]

    def __str__(self) -> str:
        return f"{self.webinar_id} {self.pk}"

    @property
    def is_unsure(self) -> bool:
        """Say whether it is unknown that they were told of the last change."""
        return self.cancelled_at is None and self.telling > self.told


class Path(InWorkspace):
    """Articles in the order in which somebody new reads them; `names` and `about` are {"en": ..., "de@AT": ...}."""

    key = models.CharField(max_length=120)
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, db_constraint=False, db_index=False)
    names = models.JSONField(default=dict)
    about = models.JSONField(default=dict, blank=True)
    shown = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="learning_path_in_workspace"),
            models.UniqueConstraint("workspace", "key", name="learning_path_once"),
        ]

    def __str__(self) -> str:
        return self.key


class PathStep(InWorkspace):
    """One article of a path."""

    path = models.ForeignKey(Path, models.CASCADE, db_constraint=False, db_index=False, related_name="steps")
    article = models.ForeignKey(
        Article, models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="path_step_in_workspace"),
            models.UniqueConstraint("workspace", "path", "article", name="path_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path_id}.{self.position}"
