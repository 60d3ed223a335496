"""Members: people who proved a mail address and chose a name; the address is shown to nobody."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Brand, InWorkspace


class Member(InWorkspace):
    """Somebody in a brand's community. With `left_at` nothing of them is left but that they were here.

    `name_key` is the name as names are told apart; `passes` goes up when all browsers are signed out. A digest tells
    what is new between `digest_from` and `digest_at`.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    email = models.CharField(max_length=254, default="", blank=True)
    name = models.CharField(max_length=40, default="", blank=True)
    name_key = models.CharField(max_length=80, default="", blank=True)
    language = models.CharField(max_length=20, default="en")
    time_zone = models.CharField(max_length=64, default="", blank=True)
    passes = models.PositiveIntegerField(default=0)
    wants_digest = models.BooleanField(default=True)
    wants_answers = models.BooleanField(default=True)
    digest_from = models.DateTimeField(null=True)
    digest_at = models.DateTimeField(db_default=Now())
    joined_at = models.DateTimeField(db_default=Now())
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="community_member_in_workspace"),
            models.UniqueConstraint(
                fields=["workspace", "brand", "email"],
                condition=models.Q(email__gt=""),
                name="community_member_once",
            ),
            models.UniqueConstraint(
                fields=["workspace", "brand", "name_key"],
                condition=models.Q(name_key__gt=""),
                name="community_name_once",
            ),
        ]
        indexes = [
            models.Index("workspace", "email", name="community_member_of"),
            models.Index(
                "digest_at", name="community_digest_due", condition=models.Q(wants_digest=True, left_at=None)
            ),
        ]

    @property
    def is_here(self) -> bool:
        """Say whether they are still a member."""
        return self.left_at is None


class JoinCode(InWorkspace):
    """A code sent to a mail address, as a hash; `handle` names it in the browser that asked."""

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    email = models.CharField(max_length=254)
    handle = models.CharField(max_length=64)
    language = models.CharField(max_length=20, default="en")
    is_sent = models.BooleanField(default=True)
    code_hash = models.CharField(max_length=64, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "handle", name="community_code_once")]
        indexes = [
            models.Index("workspace", "email", "created_at", name="community_code_of"),
            models.Index("workspace", "created_at", name="community_code_old"),
        ]
