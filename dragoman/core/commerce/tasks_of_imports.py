"""What runs later: files of orders are brought in."""

from dragoman.ground.events.registry import on

from .actions.imports import run_order_import
from .events import OrderImportStarted
from .import_models import OrderImport


@on(OrderImportStarted, outside=True)
def bring_orders_in(event: OrderImportStarted) -> None:
    """Bring the orders of a file in; a retry goes on where it was."""
    found = OrderImport.objects.select_related("brand", "agent").filter(pk=event.order_import_id).first()
    if found is not None:
        run_order_import(found)
