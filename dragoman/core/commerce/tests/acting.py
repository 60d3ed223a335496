"""A fake shop with one order, for tests of what is done with orders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.core.accounts.models import Workspace
from dragoman.core.accounts.queries import facts
from dragoman.core.commerce.action_models import OrderAction
from dragoman.core.commerce.actions.asking import Asker, ask
from dragoman.core.commerce.actions.executing import go_on
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.connecting import account_of, connector_of
from dragoman.core.commerce.models import Order, Shop
from dragoman.core.commerce.wants import Wanted
from dragoman.ground.providers.shops.fake import FakeShop, open_fake_shop, read_fake_shop
from dragoman.ground.providers.shops.ports import shops
from tests.people import House

shops.register("fake")(FakeShop())


@dataclass
class Trial:
    """A workspace with a shop and an order of two lamps at 30.00 and a blanket at 20.00, 5.00 for shipping."""

    house: House
    shop: Shop
    order: Order
    path: Path

    @property
    def state(self) -> dict[str, Any]:
        """Return what the shop itself has of the order."""
        found: dict[str, Any] = read_fake_shop(self.path)["orders"]["o1"]
        return found

    @property
    def back(self) -> int:
        """Return how much the shop gave back."""
        return sum(one["amount"] for one in self.state.get("refunds", []))

    def set(self, **settings: str) -> None:
        """Let the shop fail, or not."""
        Shop.objects.filter(pk=self.shop.pk).update(settings=settings)

    def line(self, title: str) -> int:
        """Return our id of a line."""
        with self.house.acting():
            return int(self.order.lines.get(title=title).pk)

    def ask(self, key: str = "k1", *, agent: Any = None, **wanted: Any) -> OrderAction:
        """Ask for a refund of one lamp, or what is said."""
        usual = {"kind": "refund", "lines": () if "lines" in wanted else [(self.line("Lamp"), 1)]}
        return ask(
            self.house.workspace.pk,
            self.order.pk,
            asker=Asker(agent or self.house.greta, key),
            wanted=Wanted(**{**usual, **wanted}),
        )

    def go_on(self, action: OrderAction) -> OrderAction:
        """Let an action's time come."""
        OrderAction.objects.filter(pk=action.pk, due_at__isnull=False).update(due_at=action.created_at)
        go_on(self.house.workspace.pk, action.pk)
        action.refresh_from_db()
        return action


def a_trial(house: House, path: Path, *, currency: str = "EUR", scale: int = 1, **order: Any) -> Trial:
    """Make a shop and mirror its order; inside `house.acting()`."""
    lines = {
        "l1": {"title": "Lamp", "quantity": 2, "price": 3000 * scale},
        "l2": {"title": "Blanket", "quantity": 1, "price": 2000 * scale},
    }
    made = {
        "number": "KSL-1",
        "currency": currency,
        "country": "FI",
        "shipping": 500 * scale,
        "paid": 8500 * scale,
        "email": "somchai@example.com",
        "lines": lines,
        **order,
    }
    open_fake_shop(path, {"o1": made})
    shop = Shop.objects.create(
        workspace_id=house.workspace.pk, brand=house.brand, kind="fake", title="Fake", address=str(path)
    )
    connector = connector_of(shop)
    assert connector is not None
    told = connector.order(account_of(shop), "o1")
    assert told is not None
    Workspace.objects.filter(pk=house.workspace.pk).update(undo_order_action=10)
    facts.forget()
    return Trial(house, shop, mirror_order(shop, facts=told).order, path)
