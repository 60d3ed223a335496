"""Who reaches which order in the portal: by its number and an address or phone that only its customer knows."""

import phonenumbers

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.numbers import search_key
from dragoman.core.commerce.queries import orders_of, with_parts
from dragoman.kit.address import normal_email, normal_phone
from dragoman.kit.errors import Refusal

from .models import ReturnPortal
from .return_models import Return

# one number may be used by several shops of a brand
_MOST = 20


def portal_of(brand: Brand) -> ReturnPortal:
    """Return what a brand decided about its portal, as it is by default where it decided nothing."""
    found = ReturnPortal.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk).first()
    return found or ReturnPortal(workspace_id=brand.workspace_id, brand_id=brand.pk)


def find_order(brand: Brand, *, number: str, contact: str) -> Order | None:
    """Return a brand's order for who knows its number, in any spelling, and its mail address or phone; else None."""
    key = search_key(number)
    if not key or not contact.strip():
        return None
    found = orders_of(brand.workspace_id).filter(brand_id=brand.pk, search_key=key, anonymised_at=None)
    return next((one for one in found.order_by("-placed_at")[:_MOST] if _is_theirs(one, contact)), None)


def entered_order(brand: Brand, order_id: int) -> Order | None:
    """Return an order that somebody reached, with its parts; None where it is gone or its customer was deleted."""
    found = orders_of(brand.workspace_id).filter(brand_id=brand.pk, pk=order_id, anonymised_at=None)
    return with_parts(found, brand.workspace_id).first()


def find_request(order: Order, key: str) -> Return | None:
    """Return the return that a request of this key opened."""
    here = Return.objects.filter(workspace_id=order.workspace_id, order_id=order.pk)
    return here.filter(request_key=key).first() if key else None


def _is_theirs(order: Order, contact: str) -> bool:
    if "@" in contact:
        try:
            return bool(order.email) and normal_email(contact) == order.email
        except Refusal:
            return False
    return bool(order.phone) and _phone(contact, order.country) == _phone(order.phone, order.country) != ""


def _phone(said: str, country: str) -> str:
    """Return a phone number in E.164, read as people of a country write it; "" for what is none."""
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    try:
        return normal_phone(said, region=region)
    except Refusal:
        return ""
