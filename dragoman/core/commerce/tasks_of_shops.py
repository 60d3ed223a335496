"""What runs later: shops are read, their webhooks too, and what was missed is mended at night."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from dragoman.ground.events.registry import every, on, task
from dragoman.kit import workspace

from .actions.hooks import forget_hooks, read_hook
from .actions.reading import begin_live, begin_sync, read_shop
from .actions.rounds import read_round
from .connecting import asked_kinds
from .events import ShopHookStored, ShopSyncBegun
from .models import Shop, ShopHook, ShopSync

ALONE: Final = timedelta(minutes=5)  # between two looks at a shop that sends no webhooks
BESIDE: Final = timedelta(minutes=60)  # at one that does
LOOK_BACK: Final = timedelta(days=30)
_AT_ONCE: Final = 200


@on(ShopHookStored, outside=True)
def mirror_what_was_told(event: ShopHookStored) -> None:
    """Read a webhook at once; a shop that is down is asked again by the sweep."""
    hook = ShopHook.objects.select_related("shop__account").filter(pk=event.hook_id).first()
    if hook is not None:
        read_hook(hook)


@on(ShopSyncBegun, outside=True)
def read_at_once(event: ShopSyncBegun) -> None:
    """Begin to read a shop."""
    _read(event.shop_id)


@task
def read_on(workspace_id: int, shop_id: int) -> None:
    """Go on reading a shop that has more to tell."""
    _read(shop_id)


def _read(shop_id: int) -> None:
    shop = Shop.objects.select_related("account").filter(pk=shop_id).first()
    if shop is not None and shop.account is not None and read_shop(shop):
        with transaction.atomic():
            read_on.defer(workspace_id=shop.workspace_id, shop_id=shop.pk)


@every(seconds=60)
def go_on_with_shops() -> None:
    """Look for news, and pick up what waits: after a failure, a crash, or a time that a shop named."""
    now = timezone.now()
    with workspace.everywhere(reason="look after the shops of every workspace"):
        shops = list(
            Shop.objects.exclude(state=Shop.State.OFF).filter(kind__in=asked_kinds(), account__isnull=False)
        )
        due = set(
            ShopSync.objects.filter(running=True, due_at__lte=now).values_list("workspace_id", "shop_id")
        )
        hooks = list(
            ShopHook.objects.filter(state=ShopHook.State.WAITING, due_at__lte=now - timedelta(seconds=1))
            .order_by("due_at")
            .values_list("workspace_id", "shop_id", "pk")[:_AT_ONCE]
        )
    for shop in shops:
        with workspace.acting_in(shop.workspace_id), transaction.atomic():
            heard = shop.last_hook_at is not None and shop.last_hook_at > now - timedelta(days=3)
            begin_live(shop, every=BESIDE if heard else ALONE)
            if (shop.workspace_id, shop.pk) in due and (not shop.leased_until or shop.leased_until < now):
                read_on.defer(workspace_id=shop.workspace_id, shop_id=shop.pk)
    for workspace_id, _shop, hook in hooks:
        with workspace.acting_in(workspace_id), transaction.atomic():
            read_late.defer(workspace_id=workspace_id, hook_id=hook)


@task
def read_late(workspace_id: int, hook_id: int) -> None:
    """Read a webhook that could not be read at once."""
    hook = ShopHook.objects.select_related("shop__account").filter(pk=hook_id).first()
    if hook is not None:
        read_hook(hook)


@every(seconds=86400)
def mend_what_was_missed() -> None:
    """Read again, at night, what changed lately: a webhook that was lost is not missed for long."""
    since = timezone.now() - LOOK_BACK
    with workspace.everywhere(reason="mend the mirror of every shop"):
        shops = list(
            Shop.objects.exclude(state=Shop.State.OFF).filter(kind__in=asked_kinds(), account__isnull=False)
        )
    for shop in shops:
        with workspace.acting_in(shop.workspace_id):
            begin_sync(shop, kind=ShopSync.Kind.REPAIR, since=since)
            forget_hooks(shop.workspace_id)
            with transaction.atomic():
                go_round.defer(
                    workspace_id=shop.workspace_id, shop_id=shop.pk, night=since.toordinal(), after=0
                )


@task
def go_round(workspace_id: int, shop_id: int, night: int, after: int) -> None:
    """Read this night's share of the old orders whose money can still go back."""
    shop = Shop.objects.select_related("account").filter(pk=shop_id).first()
    at = read_round(shop, night=night, after=after) if shop is not None else None
    if at is not None:
        with transaction.atomic():
            go_round.defer(workspace_id=workspace_id, shop_id=shop_id, night=night, after=at)
