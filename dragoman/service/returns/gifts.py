"""Links for who got goods as a gift: with one they send them back without learning what was paid, or by whom."""

from typing import Final

from django.core import signing

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.models import Order

from .errors import NoGifts
from .models import ReturnPortal

_SALT: Final = "dragoman.returns.gift"
# a gift bought in autumn is opened in winter, and may come back in spring
GOOD_FOR_SECONDS: Final = 400 * 24 * 3600


def takes_gifts(portal: ReturnPortal) -> bool:
    """Say whether gifts come back at a brand: money goes to nobody but the payer, so something else must be offered."""
    return portal.is_open and (portal.offers_credit or portal.offers_exchange)


def gift_token(order: Order, brand: Brand, portal: ReturnPortal) -> str:
    """Return the token that opens an order for whoever was given its goods; raises NoGifts."""
    if not takes_gifts(portal):
        raise NoGifts
    return signing.dumps([brand.slug, order.pk], salt=_SALT)


def read_gift_token(brand: Brand, token: str) -> int | None:
    """Return the id of the order that a token opens; None for a foreign, changed or old one."""
    try:
        slug, order_id = signing.loads(token, salt=_SALT, max_age=GOOD_FOR_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(order_id) if slug == brand.slug else None
