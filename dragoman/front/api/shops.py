"""`/shops`: where brands sell, how far each is read, what it can do; and reading one again."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema, Status

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.actions.reading import begin_sync
from dragoman.core.commerce.connecting import connector_of, is_asked
from dragoman.core.commerce.models import Shop, ShopSync
from dragoman.core.commerce.queries import get_shop, shops_of, syncs_of
from dragoman.kit.errors import Refusal

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import Listed

router = Router(tags=["commerce"])


class ReadingOut(Schema):
    """How far all of a shop was read; `total` is None where the shop does not say."""

    running: bool
    done: int
    total: int | None
    faulty: int
    began_at: datetime
    finished_at: datetime | None


class ShopOut(Schema):
    """Where a brand sells; never its secrets."""

    id: str
    kind: str
    title: str
    brand: str
    address: str
    state: str
    last_error: str
    can: list[str]
    is_asked: bool
    last_read_at: datetime | None
    last_hook_at: datetime | None
    reading: ReadingOut | None


def _shown(shop: Shop, brand: str, syncs: dict[str, ShopSync]) -> dict[str, Any]:
    connector = connector_of(shop) if shop.account_id is not None else None
    reading = syncs.get(ShopSync.Kind.BACKFILL)
    return {
        **{
            name: getattr(shop, name)
            for name in ("kind", "title", "address", "state", "last_error", "last_hook_at")
        },
        "id": str(shop.pk),
        "brand": brand,
        "can": sorted(str(one) for one in connector.can) if connector else [],
        "is_asked": is_asked(shop),
        "last_read_at": shop.last_worked_at,
        "reading": {name: getattr(reading, name) for name in ReadingOut.model_fields} if reading else None,
    }


def _one(workspace_id: int, shop_id: str) -> dict[str, Any]:
    shop = get_shop(workspace_id, number_of(shop_id))
    return _shown(shop, shop.brand.slug, syncs_of(workspace_id).get(shop.pk, {}))


@router.get("/shops", response={200: Listed[ShopOut], **ERRORS}, summary="List shops")
def list_shops(request: HttpRequest) -> Any:
    """List all shops, the oldest first; there is one page."""
    workspace_id = workspace_of(request)
    brands = dict(Brand.objects.filter(workspace_id=workspace_id).values_list("pk", "slug"))
    syncs = syncs_of(workspace_id)
    rows = [
        _shown(one, brands.get(one.brand_id, ""), syncs.get(one.pk, {})) for one in shops_of(workspace_id)
    ]
    return {"items": rows, "next": None}


@router.get("/shops/{shop_id}", response={200: ShopOut, **ERRORS}, summary="One shop")
def one_shop(request: HttpRequest, shop_id: str) -> Any:
    """Return a shop."""
    return _one(workspace_of(request), shop_id)


@router.post("/shops/{shop_id}/sync", response={202: ShopOut, **ERRORS}, summary="Read a shop again")
def sync_shop(request: HttpRequest, shop_id: str) -> Any:
    """Read all orders of a shop again; what runs already goes on. 422 `not_asked` for one that only tells or is off."""
    workspace_id = workspace_of(request)
    shop = get_shop(workspace_id, number_of(shop_id))
    if not is_asked(shop) or shop.state == Shop.State.OFF:
        raise Refusal("This shop only tells, or is switched off.", code="not_asked", status=422)
    begin_sync(shop, kind=ShopSync.Kind.BACKFILL)
    return Status(202, _one(workspace_id, shop_id))
