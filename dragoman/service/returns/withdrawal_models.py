"""What customers declared: that they withdraw from a contract, word for word, with the moment it was received."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand, InWorkspace
from dragoman.core.commerce.models import Order
from dragoman.core.conversations.models import Conversation

from .return_models import Return


class Form(models.TextChoices):
    """By which law's function it was declared."""

    EU = "eu", _("Withdrawal function (Directive (EU) 2023/2673)")
    AR = "ar", _("Botón de arrepentimiento (Disposición 954/2025)")


class Withdrawal(InWorkspace):
    """A declaration of withdrawal. It counts from `declared_at`, whether or not the order could be found.

    `code` is what the customer names it by. `order_number`, `part` ("" for all of it) and `name` are as they were
    written, `content` is the declaration in the customer's language, `request_key` makes sending twice harmless.
    `receipt_sent_at` None: the receipt did not go out yet.
    """

    brand = models.ForeignKey(Brand, models.CASCADE, db_constraint=False, db_index=False)
    code = models.CharField(max_length=20)
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.EU)
    request_key = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    order_number = models.CharField(max_length=200, blank=True)
    part = models.TextField(default="", blank=True)
    content = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    country = models.CharField(max_length=2, default="", blank=True)
    order = models.ForeignKey(Order, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    made = models.ForeignKey(Return, models.SET_NULL, null=True, db_constraint=False, db_index=False)
    conversation = models.ForeignKey(
        Conversation, models.SET_NULL, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    declared_at = models.DateTimeField()
    receipt_sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("workspace", "id", name="withdrawal_in_workspace"),
            models.UniqueConstraint("workspace", "code", name="withdrawal_code_once"),
            models.UniqueConstraint("workspace", "brand", "request_key", name="withdrawal_once"),
        ]
        indexes = [
            models.Index("workspace", "email", name="withdrawal_email"),
            models.Index("workspace", "order", name="withdrawal_order"),
        ]

    def __str__(self) -> str:
        return self.code
