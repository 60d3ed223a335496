"""Asking where goods may come back to: a brand's places, and which of them are near a customer."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Case, QuerySet, When

from dragoman.core.commerce.models import Order

from .errors import NoPlace
from .place_models import PlaceKind, ReturnPlace
from .policy_models import Method

NEAREST: Final = 10
# by parcel to a hub; on foot to the others
WALKED: Final = {Method.IN_STORE: PlaceKind.STORE, Method.DROP_OFF: PlaceKind.DROP_OFF}


def places_of(workspace_id: int, *, brand_id: int | None = None) -> QuerySet[ReturnPlace]:
    """The return places of a workspace or a brand: hubs first, then by name."""
    found = ReturnPlace.objects.filter(workspace_id=workspace_id).select_related("brand")
    if brand_id is not None:
        found = found.filter(brand_id=brand_id)
    kinds = Case(*(When(kind=kind, then=place) for place, kind in enumerate(PlaceKind)))
    return found.order_by("brand_id", kinds, "name", "pk")


def get_place(workspace_id: int, place_id: int) -> ReturnPlace:
    """Return one; raises NoPlace."""
    found = places_of(workspace_id).filter(pk=place_id).first()
    if found is None:
        raise NoPlace
    return found


def nearest(places: Iterable[ReturnPlace], country: str, postcode: str = "") -> list[ReturnPlace]:
    """Return open places in a country that serve it: those whose postcode begins most as the customer's come first."""
    wanted = _bare(postcode)
    here = [one for one in places if one.is_open and one.country == country and one.serves(country)]
    return sorted(here, key=lambda one: (-_alike(_bare(one.postcode), wanted), one.name))[:NEAREST]


def walked_to(order: Order, places: Sequence[ReturnPlace], method: str) -> list[ReturnPlace]:
    """Return the shops or drop-off points near an order's customer for a way back; none for a way by parcel."""
    kind = WALKED.get(Method(method)) if method in Method.values else None
    if kind is None:
        return []
    postcode = str(order.shipping_address.get("postcode") or "")
    return nearest([one for one in places if one.kind == kind], order.country, postcode)


def _bare(postcode: str) -> str:
    return "".join(letter for letter in postcode.upper() if letter.isalnum())


def _alike(one: str, other: str) -> int:
    """Return how many letters two postcodes share from the beginning."""
    count = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        count += 1
    return count
