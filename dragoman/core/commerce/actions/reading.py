"""Reading shops page by page: resumable, one worker a shop, no transaction longer than two seconds."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.facts import OrderFacts
from dragoman.ground.providers.shops.ports import Connector, OrderPage
from dragoman.kit.errors import OutsideError, Refusal

from ..connecting import account_of, connector_of
from ..events import ShopSyncBegun
from ..models import Shop, ShopSync
from .mirror import mirror_order

log = logging.getLogger(__name__)

PAGE: Final = 100
BATCH: Final = 500
LONGEST: Final = 2.0  # seconds of one transaction
LEASE: Final = timedelta(minutes=3)
SPELL: Final = 25.0  # seconds that one job reads, then it makes room
OVERLAP: Final = timedelta(minutes=2)  # clocks of shops differ from ours
KEPT_FAULTS: Final = 50
# one order that cannot be taken never holds up the others
_FAULTS: Final = (Refusal, DataError, IntegrityError, ArithmeticError, LookupError, TypeError, ValueError)
# what is new comes before what is old
_ORDER: Final = {ShopSync.Kind.LIVE: 0, ShopSync.Kind.BACKFILL: 1, ShopSync.Kind.REPAIR: 2}


@transaction.atomic
def begin_sync(shop: Shop, *, kind: ShopSync.Kind, since: datetime | None = None) -> None:
    """Begin to read a shop, or begin anew; one that runs already goes on."""
    sync, made = ShopSync.objects.select_for_update(of=("self",)).get_or_create(
        workspace_id=shop.workspace_id, shop=shop, kind=kind, defaults={"running": True, "since": since}
    )
    if not made:
        if sync.running:
            return
        sync.running, sync.since, sync.cursor = True, since, ""
        sync.done, sync.total, sync.faulty, sync.faults, sync.attempts = 0, None, 0, [], 0
        sync.due_at = sync.began_at = timezone.now()
        sync.finished_at = None
        sync.save()
    publish(ShopSyncBegun(shop_id=shop.pk, kind=kind))


def read_shop(shop: Shop, *, spell: float = SPELL) -> bool:
    """Read a shop's pages for a while; say whether there is more to read at once. Another worker at it: nothing."""
    connector = connector_of(shop)
    if connector is None or shop.state == Shop.State.OFF or not _lease(shop):
        return False
    until = time.monotonic() + spell
    try:
        while True:
            sync = _next(shop)
            if sync is None:
                return False
            if time.monotonic() >= until:
                return True
            _lease_on(shop)
            _read_page(shop, connector, sync)
    finally:
        Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).update(leased_until=None)


def _lease(shop: Shop) -> bool:
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    mine = Shop.objects.filter(free, workspace_id=shop.workspace_id, pk=shop.pk)
    return bool(mine.update(leased_until=now + LEASE))


def _lease_on(shop: Shop) -> None:
    mine = Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk)
    mine.update(leased_until=timezone.now() + LEASE)


def _next(shop: Shop) -> ShopSync | None:
    due = ShopSync.objects.filter(
        workspace_id=shop.workspace_id, shop_id=shop.pk, running=True, due_at__lte=timezone.now()
    )
    return min(due, key=lambda one: _ORDER[ShopSync.Kind(one.kind)], default=None)


def _read_page(shop: Shop, connector: Connector, sync: ShopSync) -> None:
    # asked before the first page: what changes from now on is the next reading's
    if not sync.cursor and not sync.done:
        sync.began_at = timezone.now()
    try:
        page = connector.page(account_of(shop), since=sync.since, cursor=sync.cursor, limit=PAGE)
    except OutsideError as error:
        _wait(shop, sync, error)
        return
    _take(shop, sync, page)


def _wait(shop: Shop, sync: ShopSync, error: OutsideError) -> None:
    """Try again later: as the shop says, else after ever longer, an hour at most."""
    sync.attempts = min(sync.attempts + 1, 100)
    wait = error.retry_after if error.retry_after is not None else min(3600.0, 5.0 * 2.0**sync.attempts)
    sync.due_at = timezone.now() + timedelta(seconds=min(3600.0, max(1.0, wait)))
    sync.save(update_fields=["attempts", "due_at"])
    mine = Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).exclude(state=Shop.State.OFF)
    mine.update(state=Shop.State.FAILING, last_error=str(error)[:500])
    log.warning("shop %s cannot be read now: %s", shop.pk, error)


def _take(shop: Shop, sync: ShopSync, page: OrderPage) -> None:
    """Mirror a page; where we are is noted with its last orders, so that a crash reads it again and doubles nothing."""
    orders, place = list(page.orders), 0
    while True:
        with transaction.atomic():
            place += _batch(shop, sync, orders[place : place + BATCH])
            if place >= len(orders):
                _note(shop, sync, page)
                return


def _batch(shop: Shop, sync: ShopSync, orders: Sequence[OrderFacts]) -> int:
    until = time.monotonic() + LONGEST
    for place, facts in enumerate(orders):
        try:
            mirror_order(shop, facts=facts)
        except _FAULTS as fault:
            sync.faulty += 1
            if len(sync.faults) < KEPT_FAULTS:
                why = str(fault) if isinstance(fault, Refusal) else _("This cannot be read as an order.")
                sync.faults = [*sync.faults, [facts.number[:80], why[:300]]]
            log.warning("order %s of shop %s cannot be taken: %r", facts.number, shop.pk, fault)
        if time.monotonic() >= until:
            return place + 1
    return len(orders)


def _note(shop: Shop, sync: ShopSync, page: OrderPage) -> None:
    if page.total is not None:
        sync.total = sync.done + max(page.total, len(page.orders))
    sync.done += len(page.orders)
    sync.cursor, sync.attempts = page.cursor, 0
    if not page.cursor:
        sync.running, sync.finished_at = False, timezone.now()
        sync.total = sync.done
    sync.save()
    mine = Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).exclude(state=Shop.State.OFF)
    mine.update(state=Shop.State.WORKING, last_error="", last_worked_at=timezone.now())


def begin_live(shop: Shop, *, every: timedelta) -> None:
    """Ask a shop for what is new, where the last time is long enough ago."""
    now = timezone.now()
    last = ShopSync.objects.filter(workspace_id=shop.workspace_id, shop=shop, kind=ShopSync.Kind.LIVE).first()
    if last is None:
        begin_sync(shop, kind=ShopSync.Kind.LIVE, since=shop.created_at - OVERLAP)
    elif not last.running and last.began_at <= now - every:
        begin_sync(shop, kind=ShopSync.Kind.LIVE, since=last.began_at - OVERLAP)
