"""The variables a macro may name: listed with what a real order says of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.core.commerce.errors import ManyOrders, NoOrder
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.ports import GROUPS, Fact, facts_in
from dragoman.core.commerce.queries import get_order, order_page
from dragoman.core.commerce.telling import Told, tell
from dragoman.core.conversations.countries import whereabouts_of_customer
from dragoman.core.customers.queries import customers_of
from dragoman.ground.design.functions import zone_of

from ...request import AgentRequest


@dataclass(frozen=True)
class Example:
    """The order variables are shown with; `asked` is the number somebody typed, `order` None: there is none."""

    language: str
    asked: str = ""
    order: Order | None = None
    zone: str = ""

    @property
    def number(self) -> str:
        """Return its number, "" without an order."""
        return self.order.number if self.order else ""

    @property
    def is_missing(self) -> bool:
        """Say whether somebody named an order that is not there, or that two shops have."""
        return bool(self.asked) and self.order is None

    def told(self, names: Iterable[str], language: str) -> Mapping[str, Told]:
        """Return facts of the order as its customer reads them."""
        if self.order is None:
            return {}
        return tell(self.order, names, language=language, zone=zone_of(self.zone))


def example_of(request: AgentRequest, number: str, language: str) -> Example:
    """Return the order of a number; without one the newest."""
    workspace_id, number = request.agent.workspace_id, number.strip()
    try:
        order = get_order(workspace_id, number) if number else None
    except (NoOrder, ManyOrders):
        return Example(language, number)
    if order is None:
        order = next(iter(order_page(workspace_id, limit=1).items), None)
    if order is None:
        return Example(language, number)
    customer = customers_of(workspace_id).filter(pk=order.customer_id).first() if order.customer_id else None
    found = whereabouts_of_customer(customer) if customer else None
    return Example(language, number, order, found.zone if found else "")


def variable_groups(example: Example) -> list[tuple[str, list[tuple[Fact, str]]]]:
    """Return the variables by what they are about, each with what the example says ("" where that is not known)."""
    told = example.told([one.name for one in facts_in()], example.language)
    return [
        (str(label), [(one, told[one.name].text if one.name in told else "") for one in facts_in(group)])
        for group, label in GROUPS.items()
    ]
