"""The slow round: orders whose money can still go back are read again, one by one, whatever their shop says changed.

Some shops change no time of an order when money goes back (Medusa): a webhook that was lost would never be made up for.
"""

import logging
import time
from datetime import timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone

from dragoman.ground.providers.statuses import PaymentStatus
from dragoman.kit.errors import OutsideError, Refusal

from ..connecting import account_of, connector_of, is_asked
from ..models import Order, Shop
from .mirror import mirror_order

log = logging.getLogger(__name__)

DAYS: Final = 28  # each is read once in so many nights
SINCE: Final = timedelta(days=30)  # younger ones are read every night
UNTIL: Final = timedelta(days=400)  # hardly any means of payment takes money back later
SPELL: Final = 25.0  # seconds that one job reads, then it makes room
_AT_ONCE: Final = 200
_PAID: Final = (PaymentStatus.PAID, PaymentStatus.PARTLY_PAID, PaymentStatus.PARTLY_REFUNDED)


def read_round(shop: Shop, *, night: int, after: int = 0, spell: float = SPELL) -> int | None:
    """Read this night's share on; return the id to go on after, None at the end or where the shop does not answer."""
    connector = connector_of(shop)
    if connector is None or shop.state == Shop.State.OFF or not is_asked(shop):
        return None
    until = time.monotonic() + spell
    share = list(_share(shop, night, after))
    for pk, external_id in share:
        try:
            found = connector.order(account_of(shop), external_id)
            if found is not None:
                mirror_order(shop, facts=found)
        except OutsideError as error:
            log.warning("shop %s: the slow round ends at order %s: %s", shop.pk, pk, error)
            return None
        except (Refusal, ArithmeticError, LookupError, TypeError, ValueError) as fault:
            log.warning("order %s of shop %s cannot be taken: %r", pk, shop.pk, fault)
        if time.monotonic() >= until:
            return int(pk)
    return int(share[-1][0]) if len(share) == _AT_ONCE else None


def _share(shop: Shop, night: int, after: int) -> list[tuple[int, str]]:
    now = timezone.now()
    found = Order.objects.filter(
        workspace_id=shop.workspace_id,
        shop_id=shop.pk,
        pk__gt=after,
        placed_at__range=(now - UNTIL, now - SINCE),
        payment_status__in=_PAID,
        refunded_total__lt=F("total"),
    ).exclude(external_id="")
    tonight = found.annotate(turn=F("pk") % DAYS).filter(turn=night % DAYS)
    return list(tonight.order_by("pk").values_list("pk", "external_id")[:_AT_ONCE])
