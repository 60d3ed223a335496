"""Stripe: form-encoded REST with integer amounts and idempotency keys; webhooks signed in `Stripe-Signature`.

https://docs.stripe.com/api (PaymentIntents, Refunds, Disputes, idempotent requests), https://docs.stripe.com/webhooks#verify-manually,
https://docs.stripe.com/currencies (which currencies have no decimals on its wire: not always those of ISO 4217).
"""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import httpx
from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import DisputeState, MoneyStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from dragoman.kit.money import BadMoney, to_major, to_minor

from .ports import Account, Disputed, Field, Hook, NotSent, Paid, Refunded, RefundWish, Told, gateways

VERSION: Final = "2025-09-30.clover"
LATE: Final = 300  # seconds, the tolerance of Stripe's own libraries
_WHERE: Final = "https://api.stripe.com"
_FILES: Final = "https://files.stripe.com"
_MARK: Final = "dragoman_key"
_UNREACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_WHOLE: Final = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
_THOUSANDTHS: Final = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
_METHODS: Final = {
    "p24": "przelewy24", "customer_balance": "bank_transfer", "us_bank_account": "bank_transfer",
    "acss_debit": "direct_debit", "afterpay_clearpay": "afterpay", "naver_pay": "naverpay", "kakao_pay": "kakaopay",
}  # fmt: skip
_REFUNDS: Final = {
    "succeeded": MoneyStatus.DONE, "pending": MoneyStatus.PENDING, "requires_action": MoneyStatus.PENDING,
    "failed": MoneyStatus.FAILED, "canceled": MoneyStatus.VOIDED,
}  # fmt: skip
_PAYMENTS: Final = {
    "succeeded": MoneyStatus.DONE, "requires_capture": MoneyStatus.AUTHORISED, "canceled": MoneyStatus.VOIDED,
}  # fmt: skip
_DISPUTES: Final = {
    "warning_needs_response": DisputeState.OPEN, "needs_response": DisputeState.OPEN,
    "warning_under_review": DisputeState.REVIEW, "under_review": DisputeState.REVIEW,
    "warning_closed": DisputeState.CLOSED, "prevented": DisputeState.CLOSED,
    "won": DisputeState.WON, "lost": DisputeState.LOST,
}  # fmt: skip
_client: Final = httpx.Client(trust_env=False, follow_redirects=False)


def _digits(currency: str) -> int:
    """Return how many decimals a currency has on Stripe's wire: ISK and UGX have two there."""
    return 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2


def to_wire(minor: int, currency: str) -> int:
    """Return minor units of ISO 4217 as Stripe counts them; raises Rejected where it cannot be said there."""
    amount = to_major(minor, currency).scaleb(_digits(currency))
    if amount != amount.to_integral_value() or (currency in _THOUSANDTHS and amount % 10):
        raise Rejected(
            str(_("Stripe cannot move an amount this fine in %(currency)s.") % {"currency": currency})
        )
    return int(amount)


def from_wire(amount: Any, currency: str) -> int:
    """Return what Stripe counts as minor units of ISO 4217."""
    if not isinstance(amount, int):
        raise Unavailable(str(_("Stripe’s answer names no amount.")))
    try:
        return to_minor(Decimal(amount).scaleb(-_digits(currency)), currency)
    except BadMoney as error:
        raise Unavailable(str(error)) from error


class Stripe:
    """An account at Stripe."""

    title: str = "Stripe"
    fields: Sequence[Field] = (
        Field("api_key", _("Secret or restricted key"), secret=True,
              help=_("Made in Stripe under Developers, API keys; it reads PaymentIntents and writes Refunds.")),
        Field("hook_secret", _("Signing secret of the webhook"), secret=True, required=False,
              help=_("It begins with whsec_. Without it Stripe’s webhooks are refused.")),
    )  # fmt: skip

    def check(self, account: Account) -> str:
        """Return the name of the account."""
        found = ask(account, "GET", "/v1/account")
        named = (found.get("settings") or {}).get("dashboard") or {}
        return str(named.get("display_name") or found.get("id") or "")

    def payment(self, account: Account, external_id: str) -> Paid | None:
        """Return a payment by the id of its PaymentIntent."""
        try:
            found = ask(
                account, "GET", f"/v1/payment_intents/{safe(external_id)}", {"expand[]": "latest_charge"}
            )
        except Missing:
            return None
        charge = found.get("latest_charge")
        charge = charge if isinstance(charge, dict) else {}
        details = charge.get("payment_method_details") or {}
        currency, kind = _currency(found), str(details.get("type") or "")
        return Paid(
            external_id=str(found["id"]),
            amount=from_wire(found.get("amount_received", found.get("amount")), currency),
            refunded=from_wire(charge.get("amount_refunded", 0), currency),
            currency=currency,
            status=_PAYMENTS.get(str(found.get("status")), MoneyStatus.PENDING),
            method=_METHODS.get(kind, kind),
            said=_means(details.get(kind)) if kind == "card" else "",
            paid_at=_moment(charge.get("created")),
        )

    def refund(self, account: Account, wish: RefundWish) -> Refunded:
        """Give money back once; the wish's key is Stripe's idempotency key, and stays on the refund to be found by."""
        body = {
            "payment_intent": wish.payment,
            "amount": str(to_wire(wish.amount, wish.currency)),
            f"metadata[{_MARK}]": wish.key,
            **({"instructions_email": wish.email} if wish.email else {}),
        }
        try:
            return _refunded(ask(account, "POST", "/v1/refunds", body, key=wish.key))
        except Unreached as error:
            raise NotSent from error

    def find(self, account: Account, wish: RefundWish) -> Refunded | None:
        """Return the refund that bears the wish's key: keys of calls are forgotten after a day, this one is not."""
        after = ""
        while True:
            query = {
                "payment_intent": wish.payment,
                "limit": "100",
                **({"starting_after": after} if after else {}),
            }
            page = ask(account, "GET", "/v1/refunds", query)
            rows = [one for one in page.get("data") or [] if isinstance(one, dict)]
            for one in rows:
                if (one.get("metadata") or {}).get(_MARK) == wish.key:
                    return _refunded(one)
            if not page.get("has_more") or not rows:
                return None
            after = str(rows[-1].get("id"))

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify an event and read refunds and disputes out of it."""
        if not again:
            check_signature(
                account.secrets.get("hook_secret", ""), hook.body, hook.headers.get("stripe-signature", "")
            )
        try:
            event = json.loads(hook.body)
            kind, thing = str(event["type"]), event["data"]["object"]
            told = Told(
                key=str(event["id"]),
                payments=[str(thing["payment_intent" if "payment_intent" in thing else "id"])]
                if kind.startswith(("payment_intent.", "charge."))
                and (thing.get("payment_intent") or kind[0] == "p")
                else (),
                refunds=[_refunded(thing)] if thing.get("object") == "refund" else (),
                disputes=[disputed(thing, event.get("created"))] if thing.get("object") == "dispute" else (),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Rejected(str(_("This is no event of Stripe’s that can be read."))) from error
        return told


def check_signature(secret: str, body: bytes, header: str, *, now: float | None = None) -> None:
    """Raise Forged unless `t=…,v1=…` signs time and body with the secret, within five minutes; any v1 may match."""
    parts = [one.partition("=") for one in header.split(",")]
    stamp = next((value.strip() for name, _mark, value in parts if name.strip() == "t"), "")
    told = [value.strip() for name, _mark, value in parts if name.strip() == "v1"]
    if not secret or not (stamp.isascii() and stamp.isdigit() and len(stamp) < 13) or not told:
        raise Forged("there is no signature that could be checked")
    made = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    if not any(one.isascii() and hmac.compare_digest(made, one) for one in told):
        raise Forged("the signature does not match")
    if abs((time.time() if now is None else now) - int(stamp)) > LATE:
        raise Forged("it was signed more than five minutes ago, or its clock is wrong")


class Unreached(Unavailable):
    """Stripe did not take the call in: nothing was done."""


class Missing(Rejected):
    """There is no such thing."""


def ask(
    account: Account,
    method: str,
    path: str,
    given: Mapping[str, str] | None = None,
    *,
    key: str = "",
    paper: bytes = b"",
) -> dict[str, Any]:
    """Send a call to Stripe; `paper` goes along as a file, to the machine that takes files. Raises OutsideError."""
    headers = {"Authorization": f"Bearer {account.secrets.get('api_key', '')}", "Stripe-Version": VERSION}
    headers |= {"Idempotency-Key": key} if key else {}
    posts = method == "POST"
    files = {"file": ("evidence.pdf", paper, "application/pdf")} if paper else None
    try:
        answer = _client.request(
            method, (account.address or (_FILES if paper else _WHERE)).rstrip("/") + path, headers=headers,
            timeout=httpx.Timeout(30, connect=5), data=dict(given or {}) if posts else None,
            params=None if posts else dict(given or {}), files=files,
        )  # fmt: skip
    except _UNREACHED as error:
        raise Unreached(str(_("Stripe cannot be reached."))) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(str(_("Stripe did not answer."))) from error
    return _judged(answer)


def _judged(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    error = found.get("error") if isinstance(found, dict) else None
    said = str(error.get("message") or "")[:300] if isinstance(error, dict) else ""
    status = answer.status_code
    if status == 429:
        wait = answer.headers.get("retry-after", "")
        raise Unreached(said or "429", retry_after=float(wait) if wait.isdigit() else None)
    # 409: another call with the same key is under way, so that nobody knows yet
    if status >= 500 or status in (408, 409):
        raise Unavailable(said or f"HTTP {status}")
    if status == 404:
        raise Missing(said or "HTTP 404")
    if status >= 300:
        raise Rejected(said or f"HTTP {status}")
    if not isinstance(found, dict):
        raise Unavailable(str(_("Stripe’s answer cannot be read.")))
    return found


def safe(part: str) -> str:
    """Return an id that may stand in an address; raises Missing."""
    if not part or not all(one.isalnum() or one in "_-" for one in part) or not part.isascii():
        raise Missing(str(_("This is no id of Stripe’s.")))
    return part


def _currency(found: Mapping[str, Any]) -> str:
    return str(found.get("currency") or "").upper()


def _moment(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def _means(details: Any) -> str:
    """Name a card by its brand and last four figures: "Visa •••• 4242"."""
    if not isinstance(details, dict):
        return ""
    brand, last = str(details.get("brand") or "").title(), str(details.get("last4") or "")[-4:]
    return f"{brand} •••• {last}".strip() if last else brand


def _refunded(found: Mapping[str, Any]) -> Refunded:
    currency = _currency(found)
    return Refunded(
        external_id=str(found["id"]),
        payment=str(found.get("payment_intent") or ""),
        amount=from_wire(found.get("amount"), currency),
        currency=currency,
        status=_REFUNDS.get(str(found.get("status")), MoneyStatus.UNCONFIRMED),
        at=_moment(found.get("created")),
    )


def disputed(found: Mapping[str, Any], at: Any = None) -> Disputed:
    """Return a dispute as Stripe tells it; `at` is when it told, in seconds of this era."""
    currency = _currency(found)
    means = found.get("payment_method_details") or {}
    kind = str(means.get("type") or "card")
    details = means.get(kind) or {}
    evidence = found.get("evidence_details") or {}
    # 0 where the bank lets nobody answer
    due_by = _moment(evidence.get("due_by") or None)
    state = _DISPUTES.get(str(found.get("status")), DisputeState.REVIEW)
    if state == DisputeState.OPEN and (evidence.get("submission_count") or due_by is None):
        state = DisputeState.REVIEW
    return Disputed(
        external_id=str(found["id"]),
        payment=str(found.get("payment_intent") or ""),
        amount=from_wire(found.get("amount"), currency),
        currency=currency,
        reason=str(found.get("reason") or ""),
        status=str(found.get("status") or ""),
        state=state,
        due_by=due_by,
        scheme=str(details.get("brand") or ("" if kind == "card" else kind)),
        code=str(details.get("network_reason_code") or details.get("reason_code") or ""),
        opened_at=_moment(found.get("created")),
        moved_at=_moment(at),
    )


gateways.register("stripe")(Stripe())
