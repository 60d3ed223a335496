"""Who reaches which order: by its number and an address or phone that only its customer knows."""

from typing import Final

import phonenumbers

from dragoman.kit.address import normal_email, normal_phone
from dragoman.kit.errors import Refusal

from .models import Order
from .numbers import search_key
from .queries import orders_of

# one number may be used by several shops of a brand
_MOST: Final = 20


def find_order(workspace_id: int, brand_id: int, *, number: str, contact: str) -> Order | None:
    """Return a brand's order for who knows its number, in any spelling, and its mail address or phone; else None."""
    key = search_key(number)
    if not key or not contact.strip():
        return None
    found = orders_of(workspace_id).filter(brand_id=brand_id, search_key=key, anonymised_at=None)
    return next((one for one in found.order_by("-placed_at")[:_MOST] if _is_theirs(one, contact)), None)


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
