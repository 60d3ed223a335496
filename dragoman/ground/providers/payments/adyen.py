"""Adyen: Checkout API v71 with API keys and idempotency keys; standard webhooks signed one notification at a time.

https://docs.adyen.com/online-payments/refund, https://docs.adyen.com/development-resources/api-idempotency,
https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures,
https://docs.adyen.com/development-resources/currency-codes (four currencies are not counted as ISO 4217 counts them).

Adyen cannot be asked what became of a payment or a refund: it tells by webhook. The same call with the same key answers
what it did the first time, for seven days at least; after six this connector asks no more and says where to look.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import DisputeState, MoneyStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from dragoman.kit.money import BadMoney, digits_of

from . import wire
from .ports import Account, Disputed, Field, Hook, NotSent, Paid, Refunded, RefundWish, Told, gateways

WHO: Final = "Adyen"
KEPT: Final = timedelta(days=6)
_DIGITS: Final = {"CLP": 2, "CVE": 0, "IDR": 0, "ISK": 2}
_METHODS: Final = {
    "visa": "card",
    "mc": "card",
    "amex": "card",
    "maestro": "card",
    "cup": "card",
    "diners": "card",
    "discover": "card",
    "jcb": "card",
    "cartebancaire": "card",
    "bcmc": "bancontact",
    "directEbanking": "sofort",
    "sepadirectdebit": "direct_debit",
    "bankTransfer_IBAN": "bank_transfer",
    "boletobancario": "boleto",
    "wechatpayQR": "wechatpay",
    "wechatpayWeb": "wechatpay",
    "paynow": "paynow",
    "onlineBanking_PL": "przelewy24",
    "econtext_stores": "konbini",
}
_STATES: Final = {
    "Undefended": DisputeState.OPEN,
    "Unresponded": DisputeState.OPEN,
    "Pending": DisputeState.REVIEW,
    "Responded": DisputeState.REVIEW,
    "Won": DisputeState.WON,
    "Lost": DisputeState.LOST,
    "Accepted": DisputeState.CLOSED,
    "Expired": DisputeState.LOST,
}
# what an event says where Adyen tells no status with it (Brazil)
_EVENTS: Final = {
    "REQUEST_FOR_INFORMATION": DisputeState.OPEN,
    "NOTIFICATION_OF_CHARGEBACK": DisputeState.OPEN,
    "CHARGEBACK": DisputeState.OPEN,
    "INFORMATION_SUPPLIED": DisputeState.REVIEW,
    "CHARGEBACK_REVERSED": DisputeState.REVIEW,
    "DISPUTE_DEFENSE_PERIOD_ENDED": DisputeState.LOST,
    "SECOND_CHARGEBACK": DisputeState.LOST,
    "PREARBITRATION_WON": DisputeState.WON,
    "PREARBITRATION_LOST": DisputeState.LOST,
    "ISSUER_RESPONSE_TIMEFRAME_EXPIRED": DisputeState.WON,
}
_REFUNDS: Final = {"REFUND", "REFUND_FAILED", "REFUNDED_REVERSED"}


class Adyen:
    """A merchant account at Adyen."""

    title: str = WHO
    fields: Sequence[Field] = (
        Field("merchant_account", _("Merchant account"), help=_("As Adyen’s Customer Area writes it.")),
        Field(
            "api_key",
            _("API key"),
            secret=True,
            help=_(
                "Made under Developers, API credentials; its roles are those of Checkout and of the Disputes API."
            ),
        ),
        Field(
            "prefix",
            _("Live prefix"),
            required=False,
            help=_("Under Developers, API URLs. Left empty, Adyen’s test environment is used."),
        ),
        Field(
            "hmac_key",
            _("HMAC key of the webhook"),
            secret=True,
            required=False,
            help=_("Made beside the standard webhook. Without it Adyen’s webhooks are refused."),
        ),
    )

    def check(self, account: Account) -> str:
        """Return the merchant account, once Adyen opened it."""
        merchant = _merchant(account)
        ask(account, f"{checkout(account)}/paymentMethods", {"merchantAccount": merchant})
        return merchant

    def payment(self, account: Account, external_id: str) -> Paid | None:
        """Return nothing: Adyen tells of payments by webhook alone."""
        return None

    def refund(self, account: Account, wish: RefundWish) -> Refunded:
        """Ask for a refund once; Adyen says later, by webhook, whether the money went."""
        try:
            return self._refund(account, wish)
        except wire.Unreached as error:
            raise NotSent from error

    def _refund(self, account: Account, wish: RefundWish) -> Refunded:
        body = {
            "merchantAccount": _merchant(account),
            "amount": {
                "currency": wish.currency,
                "value": wire.outgoing(wish.amount, wish.currency, _digits(wish.currency), who=WHO),
            },
            "reference": wish.key,
        }
        url = f"{checkout(account)}/payments/{wire.safe(wish.payment, who=WHO)}/refunds"
        found = ask(account, url, body, key=wish.key)
        if not found.get("pspReference"):
            raise Unavailable(str(_("Adyen’s answer cannot be read.")))
        return Refunded(
            external_id=str(found["pspReference"]),
            payment=wish.payment,
            amount=wish.amount,
            currency=wish.currency,
            status=MoneyStatus.PENDING,
        )

    def find(self, account: Account, wish: RefundWish) -> Refunded | None:
        """Send the same call with the same key: Adyen answers what it did then, or does it now, once."""
        if wish.asked_at is None or datetime.now(UTC) - wish.asked_at > KEPT:
            raise Unavailable(
                str(_("Adyen no longer knows this key: look for the refund in its Customer Area."))
            )
        return self._refund(account, wish)

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify every notification of a webhook and read it."""
        try:
            rows = [one["NotificationRequestItem"] for one in json.loads(hook.body)["notificationItems"]]
            if not rows or not all(isinstance(one, dict) for one in rows):
                raise ValueError("no notifications")
        except (ValueError, KeyError, TypeError) as error:
            raise Forged("this is no notification of Adyen’s") from error
        if not again:
            for one in rows:
                check_signature(account.secrets.get("hmac_key", ""), one)
            if any(one.get("merchantAccountCode") != _merchant(account) for one in rows):
                raise Forged("it is for another merchant account")
        try:
            return _read(hook.body, rows)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Rejected(str(_("This is no event of Adyen’s that can be read."))) from error


def checkout(account: Account) -> str:
    """Return where an account's Checkout API is."""
    if account.address:
        return f"{account.address.rstrip('/')}/v71"
    prefix = account.settings.get("prefix", "")
    if not prefix:
        return "https://checkout-test.adyen.com/v71"
    return f"https://{wire.safe(prefix, who=WHO)}-checkout-live.adyenpayments.com/checkout/v71"


def ask(account: Account, url: str, body: Mapping[str, Any], *, key: str = "") -> dict[str, Any]:
    """Send a call to Adyen; raises OutsideError with its words."""
    headers = {"X-API-Key": account.secrets.get("api_key", "")}
    headers |= {"Idempotency-Key": key[:64]} if key else {}
    return wire.call(WHO, "POST", url, words=_words, headers=headers, json=dict(body))


def check_signature(secret: str, item: Mapping[str, Any]) -> None:
    """Raise Forged unless a notification bears the HMAC-SHA256 of its eight facts, under a key in hexadecimal."""
    amount = item.get("amount")
    amount = amount if isinstance(amount, Mapping) else {}
    named = ("pspReference", "originalReference", "merchantAccountCode", "merchantReference")
    facts = [item.get(one) for one in named]
    facts += [amount.get("value"), amount.get("currency"), item.get("eventCode"), item.get("success")]
    more = item.get("additionalData")
    told = str(more.get("hmacSignature") or "") if isinstance(more, Mapping) else ""
    try:
        key = binascii.unhexlify(secret)
    except (ValueError, binascii.Error):
        key = b""
    if not key or not told:
        raise Forged("there is no signature that could be checked")
    said = ":".join("" if one is None else str(one) for one in facts)
    made = base64.b64encode(hmac.new(key, said.encode(), hashlib.sha256).digest()).decode()
    if not told.isascii() or not hmac.compare_digest(made, told):
        raise Forged("the signature does not match")


def _read(body: bytes, rows: Sequence[Mapping[str, Any]]) -> Told:
    # the same event may come again with more facts: only the same words are the same delivery
    key = hashlib.sha256(body).hexdigest()[:40]
    kinds = [str(one["eventCode"]) for one in rows]
    pairs = list(zip(kinds, rows, strict=True))
    return Told(
        key=key,
        paid=[_paid(one) for kind, one in pairs if kind == "AUTHORISATION"],
        refunds=[_refunded(kind, one) for kind, one in pairs if kind in _REFUNDS],
        disputes=[_disputed(kind, one) for kind, one in pairs if kind in _EVENTS],
    )


def _paid(item: Mapping[str, Any]) -> Paid:
    amount, currency = _sum(item)
    more, kind = item.get("additionalData") or {}, str(item.get("paymentMethod") or "")
    method = _METHODS.get(kind, kind)
    last = wire.tail(more, "cardSummary")
    return Paid(
        external_id=str(item["pspReference"]),
        amount=amount,
        refunded=0,
        currency=currency,
        status=MoneyStatus.AUTHORISED if _success(item) else MoneyStatus.FAILED,
        method=method,
        said=f"{kind.title()} •••• {last}" if method == "card" and last else "",
        paid_at=wire.moment(item.get("eventDate")),
    )


def _refunded(kind: str, item: Mapping[str, Any]) -> Refunded:
    amount, currency = _sum(item)
    done = kind == "REFUND" and _success(item)
    return Refunded(
        external_id=str(item["pspReference"]),
        payment=str(item.get("originalReference") or ""),
        amount=amount,
        currency=currency,
        status=MoneyStatus.DONE if done else MoneyStatus.FAILED,
        at=wire.moment(item.get("eventDate")),
    )


def _disputed(kind: str, item: Mapping[str, Any]) -> Disputed:
    amount, currency = _sum(item)
    more = item.get("additionalData") or {}
    status, at = str(more.get("disputeStatus") or ""), wire.moment(item.get("eventDate"))
    first = kind in {"REQUEST_FOR_INFORMATION", "NOTIFICATION_OF_CHARGEBACK", "CHARGEBACK"}
    state = _STATES.get(status, _EVENTS[kind])
    if state == DisputeState.OPEN and str(more.get("defendable", "true")).lower() == "false":
        state = DisputeState.LOST
    return Disputed(
        external_id=str(item["pspReference"]),
        payment=str(item.get("originalReference") or ""),
        amount=amount,
        currency=currency,
        reason=str(item.get("reason") or ""),
        status=status or kind,
        state=state,
        due_by=wire.moment(more.get("defensePeriodEndsAt")),
        scheme=str(
            more.get("chargebackSchemeCode") or more.get("rfiSchemeCode") or item.get("paymentMethod") or ""
        ),
        code=str(more.get("chargebackReasonCode") or more.get("rfiReasonCode") or ""),
        reference=str(item.get("merchantReference") or ""),
        opened_at=at if first else None,
        moved_at=at,
    )


def _sum(item: Mapping[str, Any]) -> tuple[int, str]:
    currency = str(item["amount"]["currency"])
    value = item["amount"]["value"]
    if not isinstance(value, int):
        raise TypeError("an amount is a whole number")
    try:
        return wire.incoming(value, currency, _digits(currency)), currency
    except Unavailable as error:
        # said, and not of this world: it will be no other tomorrow
        raise Rejected(str(error)) from error


def _digits(currency: str) -> int:
    """Return how many decimals a currency has on Adyen's wire."""
    try:
        return _DIGITS.get(currency, digits_of(currency))
    except BadMoney as error:
        raise Rejected(str(error)) from error


def _success(item: Mapping[str, Any]) -> bool:
    return str(item.get("success", "")).lower() == "true"


def _merchant(account: Account) -> str:
    return account.settings.get("merchant_account", "")


def _words(found: Mapping[str, Any]) -> str:
    return str(found.get("message") or found.get("detail") or found.get("title") or "")


gateways.register("adyen")(Adyen())
