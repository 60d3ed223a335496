"""Looking for an order by its number and a proof: one pace and one answer, on the page and in the chat."""

from django.core import signing
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.numbers import number_key
from dragoman.core.commerce.queries import orders_of, tracked_order, with_parts
from dragoman.front.portal.chat.limits import Pace, count
from dragoman.kit.errors import NotFound

LOOKS_PER_ADDRESS = Pace("track-ip", 30, 600)
# a number's postcode is not to be guessed from many addresses
LOOKS_PER_NUMBER = Pace("track-number", 10, 3600)
_SALT = "dragoman.portal.tracking"
PASS_SECONDS = 2 * 3600


def look(brand: Brand, number: str, proof: str, *, address: str) -> Order:
    """Return the order that both fit; raises TooFast, and NotFound alike for a wrong number and a wrong proof."""
    count((LOOKS_PER_ADDRESS, address), (LOOKS_PER_NUMBER, f"{brand.pk}:{number_key(number)}"))
    found = tracked_order(brand.workspace_id, brand_id=brand.pk, number=number, proof=proof)
    if found is None:
        text = _("Nothing fits these two. Look at the number, and give the e-mail or postcode of the order.")
        raise NotFound(text, code="no_order")
    return found


def sign_pass(brand: Brand, order: Order) -> str:
    """Return the token that opens an order's tracking for two hours to whoever has just proved that it is theirs."""
    return signing.dumps([brand.slug, order.pk], salt=_SALT)


def passed_order(brand: Brand, token: str) -> Order | None:
    """Return the order that such a token opens; None for a foreign, changed or old one."""
    try:
        slug, order_id = signing.loads(token, salt=_SALT, max_age=PASS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    mine = orders_of(brand.workspace_id).filter(brand_id=brand.pk, pk=order_id, anonymised_at=None)
    return with_parts(mine, brand.workspace_id).first() if slug == brand.slug else None
