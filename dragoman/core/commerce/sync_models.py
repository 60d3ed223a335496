"""How far a shop was read, and what it told us by itself."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import InWorkspace


class ShopSync(InWorkspace):
    """One way of reading a shop, page by page: `cursor` leads on after a crash, `since` is where it began.

    `done` orders of `total` (None: not told) are behind us, `faulty` of them could not be taken; `faults` are the first
    of these, [[number, why]]. It goes on at `due_at`; `attempts` counts failures in a row.
    """

    class Kind(models.TextChoices):
        """All there is, what is new, and what may have been missed."""

        BACKFILL = "backfill"
        LIVE = "live"
        REPAIR = "repair"

    shop = models.ForeignKey(
        "Shop", models.CASCADE, db_constraint=False, db_index=False, related_name="syncs"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    running = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    cursor = models.CharField(max_length=300, default="", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    faulty = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    began_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "shop", "kind", name="shop_sync_once")]
        indexes = [models.Index("due_at", name="shop_sync_due", condition=models.Q(running=True))]


class ShopHook(InWorkspace):
    """A webhook, sealed word for word before it was acknowledged; `key` tells deliveries apart where the shop does."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    shop = models.ForeignKey(
        "Shop", models.CASCADE, db_constraint=False, db_index=False, related_name="hooks"
    )
    key = models.CharField(max_length=80, default="", blank=True)
    sealed = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    error = models.CharField(max_length=500, default="", blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="shop_hook_in_workspace"),
            models.UniqueConstraint(
                "workspace", "shop", "key", name="shop_hook_key_once", condition=~models.Q(key="")
            ),
        ]
        indexes = [
            models.Index("due_at", name="shop_hook_due", condition=models.Q(state="waiting")),
            models.Index("workspace", "received_at", name="shop_hook_age"),
        ]
