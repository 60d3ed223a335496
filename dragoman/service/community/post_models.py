"""Questions and answers: a thread is a question with what was answered; every text in it is a post."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.conversations.models import Conversation

from .member_models import Member
from .place_models import Space


class Thread(InWorkspace):
    """A question. `is_live` says that everybody may read it; `answers` counts those that everybody may.

    `article_key` is the article that was written of it, `conversation` the one that was opened of it.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    space = models.ForeignKey(Space, models.CASCADE, db_constraint=False, db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, db_constraint=False, db_index=False)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=20)
    is_live = models.BooleanField(default=False)
    is_closed = models.BooleanField(default=False)
    answers = models.PositiveIntegerField(default=0)
    accepted = models.ForeignKey(
        "Post", models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    article_key = models.CharField(max_length=120, default="", blank=True)
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())
    tsv = SearchVectorField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="community_thread_in_workspace")]
        indexes = [
            models.Index("workspace", "brand", "is_live", "last_at", name="community_thread_new"),
            models.Index("workspace", "space", "is_live", "last_at", name="community_thread_space"),
            models.Index("workspace", "member", name="community_thread_of"),
            models.Index("workspace", "conversation", name="community_thread_talk"),
        ]


class Post(InWorkspace):
    """A question's text or an answer, by a member or an agent (staff).

    `why` names what holds it back, the kinds of personal data among it (`personal:email`). `words` is a digest by
    which the same text is known again. `votes` counts the members whom it helped.
    """

    class State(models.TextChoices):
        """Who may read it: everybody, its writer and the moderators, or nobody any more."""

        LIVE = "live", _("Public")
        HELD = "held", _("Waits for a moderator")
        REMOVED = "removed", _("Removed")
        WITHDRAWN = "withdrawn", _("Withdrawn by its writer")

    thread = models.ForeignKey(
        Thread, models.CASCADE, db_constraint=False, db_index=False, related_name="posts"
    )
    member = models.ForeignKey(Member, models.CASCADE, null=True, db_constraint=False, db_index=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    is_staff = models.BooleanField(default=False)
    is_question = models.BooleanField(default=False)
    language = models.CharField(max_length=20)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    why = models.JSONField(default=list, blank=True)
    words = models.CharField(max_length=64, default="", blank=True)
    votes = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    live_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="community_post_in_workspace"),
            models.UniqueConstraint(
                fields=["workspace", "thread"],
                condition=models.Q(is_question=True),
                name="community_question_once",
            ),
        ]
        indexes = [
            models.Index("workspace", "thread", "state", "created_at", name="community_post_of"),
            models.Index("workspace", "member", "state", name="community_post_by"),
            models.Index("workspace", "words", "created_at", name="community_post_words"),
            models.Index("workspace", "live_at", name="community_post_live"),
            models.Index(
                "workspace", "created_at", name="community_post_held", condition=models.Q(state="held")
            ),
        ]

    @property
    def is_live(self) -> bool:
        """Say whether everybody may read it."""
        return self.state == self.State.LIVE


class Vote(InWorkspace):
    """That a post helped a member, or that they ask the same."""

    post = models.ForeignKey(Post, models.CASCADE, db_constraint=False, db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "post", "member", name="community_vote_once")]
        indexes = [models.Index("workspace", "member", name="community_vote_by")]


class Follow(InWorkspace):
    """That a member wants to hear of a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, db_constraint=False, db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, db_constraint=False, db_index=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "member", "thread", name="community_follow_once")]
        indexes = [models.Index("workspace", "thread", name="community_follow_of")]


class Rendering(InWorkspace):
    """A post in another language, as a machine said it; `of` is the digest of the words it was made from."""

    post = models.ForeignKey(
        Post, models.CASCADE, db_constraint=False, db_index=False, related_name="renderings"
    )
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=400, default="", blank=True)
    body = models.TextField()
    engine = models.CharField(max_length=40, default="", blank=True)
    is_machine = models.BooleanField(default=True)
    confidence = models.FloatField(default=0)
    of = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "post", "language", name="community_rendering_once")
        ]
