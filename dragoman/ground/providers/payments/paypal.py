"""PayPal: REST with OAuth 2 tokens; captures and refunds as decimal strings; webhooks verified by PayPal itself.

https://developer.paypal.com/docs/api/payments/v2/ (captures, refunds), https://developer.paypal.com/docs/api/orders/v2/,
https://developer.paypal.com/docs/api/webhooks/v1/#verify-webhook-signature_post,
https://developer.paypal.com/reference/currency-codes/ (HUF, JPY and TWD have no decimals there).
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable

from . import wire
from .paypal_disputes import disputed
from .ports import Account, Field, Hook, NotSent, Paid, Refunded, RefundWish, Told, gateways

WHO: Final = "PayPal"
KEPT: Final = timedelta(days=30)
_WHOLE: Final = {"HUF", "JPY", "TWD"}
_CENTS: Final = {
    "AUD",
    "BRL",
    "CAD",
    "CHF",
    "CNY",
    "CZK",
    "DKK",
    "EUR",
    "GBP",
    "HKD",
    "ILS",
    "MXN",
    "MYR",
    "NOK",
    "NZD",
    "PHP",
    "PLN",
    "SEK",
    "SGD",
    "THB",
    "USD",
}
_REFUNDS: Final = {
    "COMPLETED": MoneyStatus.DONE,
    "PENDING": MoneyStatus.PENDING,
    "FAILED": MoneyStatus.FAILED,
    "CANCELLED": MoneyStatus.VOIDED,
}
_CAPTURES: Final = {
    "COMPLETED": MoneyStatus.DONE,
    "PARTIALLY_REFUNDED": MoneyStatus.DONE,
    "REFUNDED": MoneyStatus.DONE,
    "DECLINED": MoneyStatus.FAILED,
    "FAILED": MoneyStatus.FAILED,
    "PENDING": MoneyStatus.PENDING,
}
_SIGNED: Final = {
    "auth_algo": "paypal-auth-algo",
    "cert_url": "paypal-cert-url",
    "transmission_id": "paypal-transmission-id",
    "transmission_sig": "paypal-transmission-sig",
    "transmission_time": "paypal-transmission-time",
}
_EARLY: Final = 60  # seconds before its end a token is used no more
# (where, who, with what) -> (token, until when): a token is made for hours, and making them is counted
_tokens: dict[tuple[str, str, str], tuple[str, float]] = {}


class PayPal:
    """A PayPal business account, reached by an app of its own."""

    title: str = WHO
    fields: Sequence[Field] = (
        Field(
            "client_id",
            _("Client ID"),
            help=_("Of an app made under Apps & Credentials, with Disputes switched on."),
        ),
        Field("client_secret", _("Client secret"), secret=True),
        Field(
            "environment",
            _("Environment"),
            required=False,
            choices=(("", _("Live: real money")), ("sandbox", _("PayPal’s sandbox"))),
        ),
        Field(
            "webhook_id",
            _("Webhook ID"),
            required=False,
            help=_(
                "Shown once the address below is entered in the app. Without it PayPal’s webhooks are refused."
            ),
        ),
    )

    def check(self, account: Account) -> str:
        """Return the id of the app, once PayPal opened it."""
        _forget(account)
        token(account)
        return account.settings.get("client_id", "")

    def payment(self, account: Account, external_id: str) -> Paid | None:
        """Return a capture as it is now."""
        try:
            found = ask(account, "GET", f"/v2/payments/captures/{wire.safe(external_id, who=WHO)}")
        except wire.Missing:
            return None
        amount, currency = _sum(found)
        status = str(found.get("status"))
        back = 0
        if status == "REFUNDED":
            back = amount
        elif status == "PARTIALLY_REFUNDED":
            gone = {MoneyStatus.FAILED, MoneyStatus.VOIDED}
            back = sum(one.amount for one in self._refunds(account, found) if one.status not in gone)
        return Paid(
            external_id=str(found["id"]),
            amount=amount,
            refunded=back,
            currency=currency,
            status=_CAPTURES.get(status, MoneyStatus.PENDING),
            method="paypal",
            paid_at=wire.moment(found.get("create_time")),
        )

    def refund(self, account: Account, wish: RefundWish) -> Refunded:
        """Give money back once; the wish's key is PayPal's request id, and stays on the refund to be found by."""
        try:
            return self._refund(account, wish)
        except wire.Unreached as error:
            raise NotSent from error

    def _refund(self, account: Account, wish: RefundWish) -> Refunded:
        digits = digits_of(wish.currency)
        value = Decimal(wire.outgoing(wish.amount, wish.currency, digits, who=WHO)).scaleb(-digits)
        body = {
            "amount": {"value": f"{value:f}", "currency_code": wish.currency},
            "custom_id": wish.key[:127],
        }
        path = f"/v2/payments/captures/{wire.safe(wish.payment, who=WHO)}/refund"
        more = {"PayPal-Request-Id": wish.key, "Prefer": "return=representation"}
        found = ask(account, "POST", path, body, headers=more)
        if "id" not in found:
            raise Unavailable(str(_("PayPal’s answer cannot be read.")))
        return refunded(found, payment=wish.payment, amount=(wish.amount, wish.currency))

    def find(self, account: Account, wish: RefundWish) -> Refunded | None:
        """Return the refund that bears the wish's key; a capture of which nothing went back knows none.

        Where the capture does not lead to its order, the same call with the same key says it.
        """
        try:
            found = ask(account, "GET", f"/v2/payments/captures/{wire.safe(wish.payment, who=WHO)}")
        except wire.Missing:
            return None
        if found.get("status") == "COMPLETED":
            return None
        if _order_of(found):
            mine = [one for one in self._rows(account, found) if one.get("custom_id") == wish.key[:127]]
            return refunded(mine[0], payment=wish.payment) if mine else None
        if wish.asked_at is None or datetime.now(UTC) - wish.asked_at > KEPT:
            raise Unavailable(str(_("PayPal no longer knows this key: look for the refund in its activity.")))
        return self._refund(account, wish)

    def _refunds(self, account: Account, capture: Mapping[str, Any]) -> list[Refunded]:
        return [refunded(one, payment=str(capture["id"])) for one in self._rows(account, capture)]

    def _rows(self, account: Account, capture: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return what the order says was refunded of a capture."""
        order = _order_of(capture)
        if not order:
            return []
        found = ask(account, "GET", f"/v2/checkout/orders/{wire.safe(order, who=WHO)}")
        rows: list[dict[str, Any]] = []
        for unit in found.get("purchase_units") or []:
            rows += [
                one for one in (unit.get("payments") or {}).get("refunds") or [] if isinstance(one, dict)
            ]
        return [one for one in rows if capture_of(one) in {"", str(capture["id"])}]

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Have PayPal verify an event, and read it."""
        if not again:
            _verify(account, hook)
        try:
            event = json.loads(hook.body)
            kind, thing = str(event["event_type"]), event["resource"]
            is_refund = kind in {"PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED"}
            is_capture = kind.startswith("PAYMENT.CAPTURE.") and not is_refund
            back = refunded(thing) if is_refund else None
            return Told(
                key=str(event["id"]),
                payments=[back.payment]
                if back and back.payment
                else [str(thing["id"])]
                if is_capture
                else (),
                refunds=[back] if back else (),
                disputes=[disputed(thing)] if kind.startswith("CUSTOMER.DISPUTE.") else (),
            )
        except (ValueError, KeyError, TypeError, AttributeError, Unavailable) as error:
            raise Rejected(str(_("This is no event of PayPal’s that can be read."))) from error


def _verify(account: Account, hook: Hook) -> None:
    """Raise Forged unless PayPal says that it sent this; Unavailable where it cannot be asked."""
    given = {name: hook.headers.get(header, "") for name, header in _SIGNED.items()}
    mine = account.settings.get("webhook_id", "")
    if not mine or not all(given.values()):
        raise Forged("there is no signature that could be checked")
    try:
        json.loads(hook.body)
    except ValueError as error:
        raise Forged("this is no event of PayPal’s") from error
    # the event goes back byte for byte: written anew it would be another one
    head = json.dumps({**given, "webhook_id": mine}).encode()
    whole = head[:-1] + b', "webhook_event": ' + hook.body + b"}"
    try:
        found = ask(account, "POST", "/v1/notifications/verify-webhook-signature", raw=whole)
    except Rejected as error:
        raise Forged(str(error)) from error
    if found.get("verification_status") != "SUCCESS":
        raise Forged("the signature does not match")


def ask(
    account: Account,
    method: str,
    path: str,
    body: Mapping[str, Any] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    raw: bytes = b"",
) -> dict[str, Any]:
    """Send a call to PayPal; raises OutsideError with its words."""
    told: dict[str, Any] = {}
    if raw:
        told = {"content": raw, "headers": {"Content-Type": "application/json"}}
    elif body is not None:
        told = {"json": dict(body)}
    told["headers"] = {**told.get("headers", {}), **(headers or {})}
    return send(account, method, path, told)


def send(account: Account, method: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    """Send a call with its token; where PayPal knows that one no longer, nothing was done: once more with a new one."""
    try:
        return _sent(account, method, path, told)
    except wire.Closed:
        _forget(account)
        return _sent(account, method, path, told)


def _sent(account: Account, method: str, path: str, told: dict[str, Any]) -> dict[str, Any]:
    headers = {**told["headers"], "Authorization": f"Bearer {token(account)}"}
    return wire.call(WHO, method, where(account) + path, words=_words, **{**told, "headers": headers})


def where(account: Account) -> str:
    """Return where PayPal's REST API is for an account."""
    if account.address:
        return account.address.rstrip("/")
    sandbox = account.settings.get("environment", "").strip().lower() == "sandbox"
    return "https://api-m.sandbox.paypal.com" if sandbox else "https://api-m.paypal.com"


def token(account: Account) -> str:
    """Return what opens an account; asked for again a minute before it ends."""
    key = _token_key(account)
    known = _tokens.get(key)
    if known is not None and known[1] > time.monotonic():
        return known[0]
    found = wire.call(
        WHO,
        "POST",
        f"{where(account)}/v1/oauth2/token",
        words=_words,
        auth=(account.settings.get("client_id", ""), account.secrets.get("client_secret", "")),
        data={"grant_type": "client_credentials"},
    )
    made, lasts = str(found.get("access_token") or ""), found.get("expires_in")
    if not made:
        raise Unavailable(str(_("PayPal’s answer cannot be read.")))
    _tokens[key] = (made, time.monotonic() + (lasts if isinstance(lasts, int) else 0) - _EARLY)
    return made


def _token_key(account: Account) -> tuple[str, str, str]:
    secret = hashlib.sha256(account.secrets.get("client_secret", "").encode()).hexdigest()
    return where(account), account.settings.get("client_id", ""), secret


def _forget(account: Account) -> None:
    _tokens.pop(_token_key(account), None)


def digits_of(currency: str) -> int:
    """Return how many decimals a currency has at PayPal; raises Rejected for one it does not move."""
    if currency in _WHOLE:
        return 0
    if currency in _CENTS:
        return 2
    raise Rejected(str(_("PayPal moves no money in %(currency)s.") % {"currency": currency}))


def refunded(
    found: Mapping[str, Any], *, payment: str = "", amount: tuple[int, str] | None = None
) -> Refunded:
    """Return a refund as PayPal tells it; `amount` is what was asked, where it tells none."""
    value, currency = _sum(found) if found.get("amount") else amount or (0, "")
    return Refunded(
        external_id=str(found["id"]),
        payment=payment or capture_of(found),
        amount=value,
        currency=currency,
        status=_REFUNDS.get(str(found.get("status")), MoneyStatus.UNCONFIRMED),
        at=wire.moment(found.get("create_time")),
    )


def capture_of(found: Mapping[str, Any]) -> str:
    """Return the capture that a refund names by its link upwards."""
    for one in found.get("links") or []:
        if isinstance(one, Mapping) and one.get("rel") == "up":
            return str(one.get("href") or "").rstrip("/").rpartition("/")[2]
    return ""


def _order_of(capture: Mapping[str, Any]) -> str:
    related = (capture.get("supplementary_data") or {}).get("related_ids") or {}
    return str(related.get("order_id") or "")


def _sum(found: Mapping[str, Any]) -> tuple[int, str]:
    amount = found.get("amount") or {}
    currency = str(amount.get("currency_code") or amount.get("currency") or "")
    return wire.incoming(str(amount.get("value") or amount.get("total")), currency), currency


def _words(found: Mapping[str, Any]) -> str:
    """Return PayPal's own words: what is wrong, and with which part."""
    more = found.get("details")
    first = more[0] if isinstance(more, list) and more and isinstance(more[0], dict) else {}
    said = (
        first.get("description")
        or found.get("message")
        or found.get("error_description")
        or found.get("name")
    )
    return str(said or "")


gateways.register("paypal")(PayPal())
