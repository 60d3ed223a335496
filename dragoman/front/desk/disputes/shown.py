"""A dispute as its reader sees it: how long is left, in words and signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from dragoman.core.commerce.models import Answer, Dispute
from dragoman.core.commerce.paying import vendors
from dragoman.ground.design.functions import format_money, format_number
from dragoman.ground.providers.statuses import DisputeState

_TONES = {"won": "ok", "lost": "bad", "review": "", "closed": ""}
_NEAR = timedelta(days=3)
_NOT_RECEIVED, _NOT_AS_SOLD = later("Not received"), later("Not as described, or faulty")
_FRAUD, _TWICE = later("Fraud: not paid by the cardholder"), later("Charged twice")
_NO_CREDIT, _CANCELLED = later("Refund did not come"), later("Subscription was cancelled")
_UNKNOWN, _OTHER = later("Customer does not recognise it"), later("Another reason")
_AMOUNT, _PAID = later("Amount is wrong"), later("Paid in another way")
# what Stripe and PayPal call a reason, in capitals; Adyen tells the scheme's own words
_REASONS = {
    "PRODUCT_NOT_RECEIVED": _NOT_RECEIVED,
    "MERCHANDISE_OR_SERVICE_NOT_RECEIVED": _NOT_RECEIVED,
    "PRODUCT_UNACCEPTABLE": _NOT_AS_SOLD,
    "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED": _NOT_AS_SOLD,
    "FRAUDULENT": _FRAUD,
    "UNAUTHORISED": _FRAUD,
    "DEBIT_NOT_AUTHORIZED": _FRAUD,
    "DUPLICATE": _TWICE,
    "DUPLICATE_TRANSACTION": _TWICE,
    "CREDIT_NOT_PROCESSED": _NO_CREDIT,
    "SUBSCRIPTION_CANCELED": _CANCELLED,
    "CANCELED_RECURRING_BILLING": _CANCELLED,
    "UNRECOGNIZED": _UNKNOWN,
    "GENERAL": _OTHER,
    "OTHER": _OTHER,
    "INCORRECT_AMOUNT": _AMOUNT,
    "PAYMENT_BY_OTHER_MEANS": _PAID,
}
_SCHEMES = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "amex": "American Express",
    "discover": "Discover",
    "diners": "Diners Club",
    "jcb": "JCB",
    "unionpay": "UnionPay",
    "klarna": "Klarna",
}


@dataclass(frozen=True)
class Shown:
    """A dispute with the words around it."""

    row: Dispute
    now: datetime

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return f"/disputes/{self.row.pk}"

    @property
    def vendor(self) -> str:
        """Return who took the money, as it calls itself."""
        known = vendors().get(self.row.vendor)
        return known.title if known else self.row.vendor

    @property
    def scheme(self) -> str:
        """Return the card's scheme as it writes itself, empty where it is the vendor's own."""
        found = "" if self.row.scheme == self.row.vendor else self.row.scheme
        return _SCHEMES.get(found.lower(), found)

    @property
    def money(self) -> str:
        """Write what is contested."""
        return format_money(self.row.amount, self.row.currency)

    @property
    def why(self) -> str:
        """Return the reason, in our words where we have them, with the scheme's number for it."""
        known = _REASONS.get(self.row.reason.upper())
        word = str(known) if known else self.row.reason.replace("_", " ")
        word = word if known else word.capitalize() if word.isupper() or word.islower() else word
        return f"{word} · {self.row.code}" if self.row.code and word else word or self.row.code

    @property
    def waits(self) -> bool:
        """Say whether it is ours to answer."""
        return self.row.state == DisputeState.OPEN and self.row.answer not in {Answer.SENT}

    @property
    def left(self) -> str:
        """Say how long is left to answer, "" where nothing is asked of us."""
        if not self.waits:
            return ""
        if self.row.due_by is None:
            return _("no deadline told")
        rest = self.row.due_by - self.now
        if rest <= timedelta():
            return _("too late")
        if rest >= timedelta(days=2):
            said = ngettext("%(count)s day left", "%(count)s days left", rest.days)
            return said % {"count": format_number(rest.days)}
        hours = max(1, int(rest.total_seconds() // 3600))
        return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {
            "count": format_number(hours)
        }

    @property
    def left_tone(self) -> str:
        """Return how urgent that is."""
        if self.row.due_by is None or not self.waits:
            return ""
        return (
            "bad"
            if self.row.due_by - self.now < timedelta(days=1)
            else "warn"
            if self.row.due_by - self.now < _NEAR
            else ""
        )

    @property
    def tone(self) -> str:
        """Return the kind of its state's badge."""
        return _TONES.get(self.row.state, "warn")


def shown(row: Dispute) -> Shown:
    """Return a dispute as it is to be seen now."""
    return Shown(row, timezone.now())
