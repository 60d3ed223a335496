"""Who reaches which order in the portal: by its number and an address or phone that only its customer knows."""

from dragoman.core.accounts.models import Brand
from dragoman.core.commerce import reaching
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import orders_of, with_parts

from .models import ReturnPortal
from .return_models import Return


def portal_of(brand: Brand) -> ReturnPortal:
    """Return what a brand decided about its portal, as it is by default where it decided nothing."""
    found = ReturnPortal.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk).first()
    return found or ReturnPortal(workspace_id=brand.workspace_id, brand_id=brand.pk)


def find_order(brand: Brand, *, number: str, contact: str) -> Order | None:
    """Return a brand's order for who knows its number, in any spelling, and its mail address or phone; else None."""
    return reaching.find_order(brand.workspace_id, brand.pk, number=number, contact=contact)


def entered_order(brand: Brand, order_id: int) -> Order | None:
    """Return an order that somebody reached, with its parts; None where it is gone or its customer was deleted."""
    found = orders_of(brand.workspace_id).filter(brand_id=brand.pk, pk=order_id, anonymised_at=None)
    return with_parts(found, brand.workspace_id).first()


def find_request(order: Order, key: str) -> Return | None:
    """Return the return that a request of this key opened."""
    here = Return.objects.filter(workspace_id=order.workspace_id, order_id=order.pk)
    return here.filter(request_key=key).first() if key else None
