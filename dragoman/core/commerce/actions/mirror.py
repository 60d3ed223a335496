"""Mirroring an order: one transaction, the same again changes nothing, an older state never overwrites a newer one."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.customers.actions.knowing import Somebody, customer_known_by
from dragoman.core.customers.actions.merge import hold_merges_off
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.facts import OrderFacts
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.money import MOST, BadMoney, digits_of

from ..cleaning import Cleaner, cleaned_id, has_card
from ..errors import CardNumber
from ..events import OrderCancelled, OrderMirrored
from ..models import Order, Shop
from ..numbers import checked_number
from ..personal import without_person
from ..states import sums_of
from .parts import Parts

MOST_LINES = 500


@dataclass(frozen=True)
class Mirrored:
    """What became of a state: the order, whether it is new here, changed, or older than what we have (`stale`)."""

    order: Order
    new: bool = False
    changed: bool = False
    stale: bool = False


@transaction.atomic
def mirror_order(shop: Shop, *, facts: OrderFacts) -> Mirrored:
    """Take a state of an order in; raises Refusal `bad_number`, `bad_money`, `card_number`, `number_taken`."""
    shown, key = checked_number(facts.number)
    _check(facts)
    digest = _digest(facts)
    hold_merges_off(shop.workspace_id)
    _one_at_a_time(shop, key)
    order = _known(shop, key, cleaned_id(facts.external_id))
    if order is not None:
        if facts.version and facts.version < order.shop_version:
            return Mirrored(order, stale=True)
        if order.state_hash == digest:
            return Mirrored(order)
    new = order is None
    order = order or Order(workspace_id=shop.workspace_id, shop=shop, brand_id=shop.brand_id)
    before = order.status if not new else ""
    parts = Parts(order, facts, Cleaner(shop.workspace_id, shop.brand_id), new=new)
    was, addresses = _values(order), (order.email, order.phone)
    _fill(order, facts, parts, number=shown, key=key, digest=digest)
    order.shop_version = max(order.shop_version, facts.version)
    order.customer_id = _customer_of(order, same_addresses=(order.email, order.phone) == addresses)
    changed = new or _values(order) != was
    order.mirrored_at = timezone.now()
    order.save()
    changed |= parts.store()
    if changed:
        publish(OrderMirrored(order_id=order.pk, customer_id=order.customer_id, new=new), *parts.events())
    if order.status == "cancelled" != before:
        publish(OrderCancelled(order_id=order.pk))
    return Mirrored(order, new=new, changed=changed)


def _check(facts: OrderFacts) -> None:
    digits_of(facts.currency)
    if facts.store_currency:
        digits_of(facts.store_currency)
    if len(facts.lines) > MOST_LINES:
        raise Refusal(_("An order has at most 500 lines."), code="too_many_lines", status=422)
    if has_card(facts.external_id):
        raise CardNumber


def _digest(facts: OrderFacts) -> str:
    return hashlib.sha256(
        json.dumps(asdict(facts), sort_keys=True, default=str).encode("utf-8", "replace")
    ).hexdigest()


def _one_at_a_time(shop: Shop, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"order:{shop.pk}:{key}"])


def _known(shop: Shop, key: str, external_id: str) -> Order | None:
    """Find the order by the shop's id of it, which outlives a change of number, else by its number."""
    mine = Order.objects.select_for_update(no_key=True).filter(
        workspace_id=shop.workspace_id, shop_id=shop.pk
    )
    asked = Q(number_key=key) | Q(external_id=external_id) if external_id else Q(number_key=key)
    found = list(mine.filter(asked))
    by_id = next((one for one in found if external_id and one.external_id == external_id), None)
    by_number = next((one for one in found if one.number_key == key), None)
    other = by_number is not None and by_number is not by_id
    if other and external_id and (by_id or by_number.external_id):  # type: ignore[union-attr]
        raise Refusal(_("Another order of this shop has that number."), code="number_taken", status=409)
    return by_id or by_number


def _customer_of(order: Order, *, same_addresses: bool) -> int | None:
    """Return whose order it is: whoever it was while the shop writes the same addresses."""
    if order.anonymised_at is not None:
        return None
    if order.customer_id and same_addresses:
        return order.customer_id
    told = Somebody(order.email, order.phone, order.name, order.language, order.country)
    found = customer_known_by(order.workspace_id, told)
    return found.pk if found else order.customer_id


def _fill(order: Order, facts: OrderFacts, parts: Parts, *, number: str, key: str, digest: str) -> None:
    """Set what the shop tells, without its person where that was deleted here: telling it again brings nobody back."""
    cleaner = parts.cleaner
    sums = sums_of(facts)
    refunded = parts.refunded()
    if max(*sums.values(), refunded) > MOST:
        raise BadMoney
    values: dict[str, Any] = {
        **sums,
        "refunded_total": refunded,
        "tax_included": facts.totals.tax_included,
        # another spelling of the same number renames nothing
        "number": order.number if order.number_key == key else number,
        "number_key": key,
        "external_id": cleaned_id(facts.external_id),
        "admin_url": clean(facts.admin_url)[:500],
        "placed_at": facts.placed_at,
        "cancelled_at": facts.cancelled_at,
        "cancel_reason": cleaner.words(facts.cancel_reason, 200),
        "currency": facts.currency,
        "store_currency": facts.store_currency,
        "store_total": facts.store_total,
        "rate": facts.rate,
        "discount_codes": [cleaner.line(one, 60) for one in facts.discount_codes[:20]],
        "country": facts.country.upper()[:2],
        "language": clean(facts.person.language)[:20],
        "name": cleaner.line(facts.person.name, 200),
        "email": cleaner.line(facts.person.email, 254).lower(),
        "phone": cleaner.line(facts.person.phone, 40),
        "shipping_address": cleaner.address(facts.shipping_address),
        "billing_address": cleaner.address(facts.billing_address),
        "note": cleaner.words(facts.note, 10_000),
        "informed": facts.informed,
        "returns_called_off": [cleaned_id(one) for one in facts.returns_called_off[:50]],
        "state_hash": digest,
        **parts.states(refunded=refunded, total=sums["total"]),
    }
    if order.anonymised_at is not None:
        values = without_person(Order, values)
    for name, value in values.items():
        setattr(order, name, value)


def _values(order: Order) -> dict[str, Any]:
    """Return what an order says, without when and in which version it was told."""
    inner = {"id", "search_key", "state_hash", "shop_version", "mirrored_at", "created_at"}
    return {
        one.attname: getattr(order, one.attname)
        for one in Order._meta.concrete_fields
        if one.name not in inner
    }
