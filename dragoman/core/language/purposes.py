"""What each purpose of the contract is called by people who read about it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PURPOSES: Final[dict[str, Promise]] = {
    "order_status": _("Order status"),
    "delivery_delay": _("Delivery delay"),
    "return_request": _("Return"),
    "refund_status": _("Refund"),
    "exchange": _("Exchange"),
    "cancel_order": _("Cancellation"),
    "change_address": _("Address change"),
    "damaged_item": _("Damaged item"),
    "wrong_item": _("Wrong item"),
    "missing_item": _("Missing item"),
    "payment_problem": _("Payment"),
    "invoice_request": _("Invoice"),
    "discount_code": _("Discount code"),
    "customs_charges": _("Customs duty"),
    "product_availability": _("Availability"),
    "warranty_claim": _("Warranty"),
    "account_access": _("Account"),
    "data_request": _("Data request"),
    "speak_to_human": _("Wants a person"),
    "unsubscribe": _("Unsubscribe"),
    "thanks": _("Thanks"),
    "complaint": _("Complaint"),
    "other": pgettext_lazy("intent", "Other"),
}
