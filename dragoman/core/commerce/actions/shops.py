"""Shops of a brand: made by whoever connects one, or by the first order that the API brings."""

from typing import Final

from django.db import transaction

from dragoman.core.accounts.models import Brand
from dragoman.ground.events.actions import publish

from ..events import ShopChanged
from ..models import Shop

API: Final = "api"


@transaction.atomic
def shop_of_the_api(brand: Brand) -> Shop:
    """Return the shop that stands for whatever sends a brand's orders over the API; made when it is first asked for."""
    shop, made = Shop.objects.get_or_create(
        workspace_id=brand.workspace_id, brand=brand, kind=API, address="", defaults={"title": brand.name}
    )
    if made:
        publish(ShopChanged(shop_id=shop.pk))
    return shop
