"""The demo's shops do what the desk asks: the mirror shows it, and no money moves."""

import pytest

from dragoman.core.commerce.actions.asking import Asker, ask
from dragoman.core.commerce.actions.executing import go_on
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.doers import offered
from dragoman.core.commerce.errors import BadWish
from dragoman.core.commerce.models import Order, OrderAction
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.tests.facts import line
from dragoman.core.commerce.tests.facts import order as facts
from dragoman.core.commerce.wants import Wanted
from dragoman.front.portal.demo.till import demo_shop_of
from dragoman.ground.providers.shops.facts import PaymentFacts, ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import a_house

pytestmark = pytest.mark.django_db


def test_a_refund_and_a_parcel_sent_again_are_done_to_the_mirror_itself():
    house = a_house()
    with house.acting():
        paid = PaymentFacts(method="promptpay", amount=395000, external_id="KSL-1")
        told = facts("KSL-1", external_id="KSL-1", lines=[line(external_id="LAMP-1")], payments=[paid])
        made = mirror_order(demo_shop_of(house.brand), facts=told).order
        lamp = made.lines.get().pk
        for key, kind in (("a", "reship"), ("b", "refund")):
            action = ask(
                house.workspace.pk,
                made.pk,
                asker=Asker(house.greta, key),
                wanted=Wanted(kind=kind, lines=[(lamp, 1)], reason="late"),
            )
            OrderAction.objects.update(due_at=action.created_at)
            go_on(house.workspace.pk, action.pk)
            action.refresh_from_db()
            assert (action.state, action.settled) == ("done", True)
        order = Order.objects.get()
        assert [one.amount for one in order.refunds.all()] == [order.refunded_total] == [395000]
        assert order.lines.get().refunded == 1
        assert order.shipments.count() == made.shipments.count()


def test_an_exchange_takes_what_the_shops_have_sold_and_is_done():
    house = a_house()
    with house.acting():
        sent = ShipmentFacts(carrier="Posti", status=ShipmentStatus.DELIVERED, tracking_number="RR1")
        told = facts("KSL-2", external_id="KSL-2", lines=[line(external_id="LAMP-1")], shipments=[sent])
        made = order_by_id(house.workspace.pk, mirror_order(demo_shop_of(house.brand), facts=told).order.pk)
        lamp = made.lines.get()
        assert "exchange" in set(offered(made))
        with pytest.raises(BadWish):
            found_in(made, [("NOTHING", 1)])
        (instead,) = found_in(made, [(lamp.sku.lower(), 1)])
        assert instead.price == lamp.unit_price
        wanted = Wanted(kind="exchange", lines=[(lamp.pk, 1)], sends=[instead])
        action = ask(house.workspace.pk, made.pk, asker=Asker(house.greta, "x"), wanted=wanted)
        OrderAction.objects.update(due_at=action.created_at)
        go_on(house.workspace.pk, action.pk)
        action.refresh_from_db()
        assert (action.state, action.settled) == ("done", True)
