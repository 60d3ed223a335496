"""What the return portal keeps: whether a brand opens it, and the codes by which customers reach their order."""

from django.db import models
from django.db.models.functions import Now

from dragoman.core.accounts.models import Agent, Brand, InWorkspace
from dragoman.core.commerce.models import Order


class ReturnPortal(InWorkspace):
    """What a brand decided about its portal; a brand without a row has it open, with money back alone.

    `offers_exchange`, `offers_credit`: what a customer may wish for instead of money, which the law always gives.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    is_open = models.BooleanField(default=True)
    offers_exchange = models.BooleanField(default=False)
    offers_credit = models.BooleanField(default=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "brand", name="return_portal_once")]


class EntryCode(InWorkspace):
    """A code that opens an order in the portal, as a hash. `order` None: what was asked for fits nothing, and looks
    the same. `handle` names it in the browser that asked."""

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    order = models.ForeignKey(Order, models.CASCADE, null=True, db_constraint=False, db_index=False)
    handle = models.CharField(max_length=64)
    language = models.CharField(max_length=20, default="en")
    code_hash = models.CharField(max_length=64, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "handle", name="entry_code_once")]
        indexes = [
            models.Index("workspace", "order", "created_at", name="entry_code_of"),
            models.Index("workspace", "created_at", name="entry_code_old"),
        ]
