"""Any system that posts orders to us by itself: signed as Standard Webhooks has it, in our shape or in its own.

https://github.com/standard-webhooks/standard-webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`. What it
posts is an order as for `PUT /orders/{number}`, with its `number`, bare or as the `data` of an event; or whatever JSON
it has, with a mapping (`mapping.py`). It is never asked for anything.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError
from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from dragoman.kit.errors import Forged, Refusal, Rejected, Stale
from dragoman.kit.faults import faults_in

from .facts import OrderFacts
from .mapping import mapped, read_json, rules_of
from .ports import Account, Can, Field, Hook, OnlyTells, OrderPage, Told, shops
from .shapes import NumberedOrder, facts_of

_SHORTEST: Final = 24  # bytes of a secret, as the standard asks
_MOST_ORDERS: Final = 100


class Unreadable(Rejected):
    """What was posted is no order: `faults` are (field, why)."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{field}: {why}" if field else why for field, why in faults[:5]))


class AnySystem(OnlyTells):
    """A system that tells and is never asked."""

    title: str = _("Any system, by webhook")  # type: ignore[assignment]
    fields: Sequence[Field] = (
        Field(
            "address",
            _("Address"),
            required=False,
            help=_(
                "Where the system is, if it has an address. It tells two of one brand apart, and is never asked."
            ),
        ),
        Field(
            "hook_secret",
            _("Secret of the webhook"),
            secret=True,
            help=_(
                "The system signs with it, as Standard Webhooks has it: whsec_ and at least 24 bytes in base64, "
                "such as openssl rand -base64 32 makes."
            ),
        ),
        Field(
            "mapping",
            _("Mapping"),
            required=False,
            long=True,
            help=_(
                "Only for a system that posts a JSON of its own. One line for each field, ours on the left: "
                "number = order.name, or lines[].sku = items[].article. Amounts such as 49.90 end with | minor."
            ),
        ),
    )
    can: frozenset[Can] = frozenset()

    def check(self, account: Account) -> str:
        """Return what it is called; nobody is asked."""
        return str(self.title)

    def page(self, account: Account, *, since: datetime | None, cursor: str, limit: int) -> OrderPage:
        """Return nothing: it tells by itself."""
        return OrderPage(())

    def order(self, account: Account, external_id: str) -> OrderFacts | None:
        """Return nothing: it tells by itself."""
        return None

    def told(self, account: Account, hook: Hook, *, again: bool = False) -> Told:
        """Verify and read what was posted."""
        if not again:
            _verify(account.secrets.get("hook_secret", ""), hook)
        orders = orders_in(hook.body, account.settings.get("mapping", ""))
        return Told(orders=orders, key=hook.headers.get("webhook-id", "")[:80])

    def faults(self, values: Mapping[str, str]) -> Mapping[str, Any]:
        """Say what of its form's fields cannot be."""
        found: dict[str, Any] = {}
        if (secret := values.get("hook_secret", "")) and not _is_secret(secret):
            found["hook_secret"] = _("This is no secret: whsec_ and at least 24 bytes in base64.")
        try:
            rules_of(values.get("mapping", ""))
        except Refusal as refusal:
            found["mapping"] = refusal.message
        return found


def _is_secret(secret: str) -> bool:
    try:
        return len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) >= _SHORTEST
    except (binascii.Error, ValueError):
        return False


def _verify(secret: str, hook: Hook) -> None:
    """Raise Forged unless it is signed by this secret, within five minutes of now."""
    if len(hook.headers.get("webhook-id", "")) > 80:
        raise Forged("its webhook-id is longer than 80 characters")
    try:
        Webhook(secret).verify(hook.body, dict(hook.headers), json_parse=False)
    except WebhookVerificationError as error:
        if "too old" in str(error):
            raise Stale(
                _("The message is older than five minutes: send it again with the time of now.")
            ) from None
        if "too new" in str(error):
            raise Stale(
                _("The time of the message is more than five minutes ahead: set the clock right.")
            ) from None
        raise Forged(str(error)) from None
    except (EmptyWebhookSecretError, ValueError):
        raise Forged("the signature cannot be read") from None


def orders_in(body: bytes, mapping: str = "") -> list[OrderFacts]:
    """Return the orders in what was posted; raises Unreadable."""
    try:
        told = read_json(body)
    except (ValueError, RecursionError):
        raise Unreadable([("", str(_("This is no JSON.")))]) from None
    try:
        rules = rules_of(mapping)
        if rules:
            return [_order(mapped(rules, told))]
    except Refusal as refusal:
        raise Unreadable([("", str(refusal))]) from None
    if isinstance(told, Mapping) and isinstance(told.get("data"), Mapping | list) and "number" not in told:
        told = told["data"]
    rows = told if isinstance(told, list) else [told]
    if not rows or len(rows) > _MOST_ORDERS:
        raise Unreadable([("", str(_("Post one order at a time, or a list of at most 100.")))])
    return [_order(one) for one in rows]


def _order(told: Any) -> OrderFacts:
    try:
        shape = NumberedOrder.model_validate(told)
        return facts_of(shape.number, shape)
    except ValidationError as error:
        raise Unreadable(faults_in(error)) from None
    except Refusal as refusal:
        raise Unreadable([("", str(refusal))]) from None


shops.register("webhook")(AnySystem())
