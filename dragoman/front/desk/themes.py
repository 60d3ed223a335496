"""What phrases are about, in words, and in whose manner a wording is."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

THEMES: Final[dict[str, Promise]] = {
    "own": _("Your own"),
    "greeting": _("Greeting and closing"),
    "apology": _("Apologies"),
    "order": pgettext_lazy("shop", "Order"),
    "parcel": _("Parcel"),
    "customs": _("Customs"),
    "return": _("Returns and exchanges"),
    "refund": _("Refunds"),
    "payment": _("Payment, invoice, discount"),
    "product": _("Products and warranty"),
    "account": _("Account and privacy"),
    "asking": _("Asking for details"),
    "people": _("People, hours, the end"),
    "itself": _("What the desk says by itself"),
}
REGISTERS: Final[dict[str, Promise]] = {
    "": _("Polite"),
    "casual": _("Casual"),
    "honorific": _("Honorific"),
    "by_woman": _("A woman writes"),
    "by_man": _("A man writes"),
    "to_woman": _("To a woman"),
    "to_man": _("To a man"),
}
