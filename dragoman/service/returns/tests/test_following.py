"""A return goes with its parcel: on its way when the carrier has it, here when it was delivered, and never back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.commerce.actions.parcels import take_parcel
from dragoman.core.commerce.models import Order, Shipment
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.models import Return, State
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "RR123456785TH"
API = By("api")


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def made(house, tmp_path):
    """A return whose label went out."""
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json")
        asked = Request(lines=[AskedLine(sku="l1", quantity=1)], guarantee=True)
        found = request_return(house.workspace.pk, order_id=trial.order.pk, request=asked, by=API)
        label = steps.Label(carrier="Thailand Post", tracking_number="rr 123456785 th")
        return steps.send_label(house.workspace.pk, found.pk, by=API, label=label)


def tell(house, made: Return, *news: tuple[float, S]) -> Return:
    """Let the carrier tell what happened so many hours ago."""
    now = timezone.now()
    events = [EventFacts(at=now - timedelta(hours=ago), status=status, text=status) for ago, status in news]
    take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=events, known=True))
    settle()
    made.refresh_from_db()
    return made


def test_the_carriers_word_takes_a_return_on_once_and_the_promise_counts_from_delivery(house, made):
    with house.acting():
        assert tell(house, made, (40, S.INFO_RECEIVED)).state == State.LABEL
        assert tell(house, made, (30, S.IN_TRANSIT)).state == State.IN_TRANSIT
        assert made.sent_at < timezone.now() - timedelta(hours=29)
        assert tell(house, made, (25, S.DELIVERED)).state == State.RECEIVED
        # an older word that comes late, and the same again, change nothing
        assert tell(house, made, (28, S.OUT_FOR_DELIVERY), (25, S.DELIVERED)).state == State.RECEIVED
        assert made.events.filter(state=State.RECEIVED).count() == 1
        assert [one.actor for one in made.events.order_by("pk")][-2:] == ["system", "system"]
        done = refunds.refund_return(house.workspace.pk, made.pk, by=API, reference="re_1")
        assert done.kept_promise is False


def test_goods_that_come_after_the_money_are_noted_and_move_nothing(house, made):
    with house.acting():
        refunds.refund_return(house.workspace.pk, made.pk, by=API, reference="re_1")
        came = tell(house, made, (2, S.DELIVERED))
        assert (came.state, came.received_at is not None) == (State.REFUNDED, True)


def test_what_brings_goods_back_is_no_parcel_of_the_order(house, made):
    with house.acting():
        tell(house, made, (2, S.DELIVERED))
        order = order_by_id(house.workspace.pk, Order.objects.get().pk)
        assert list(order.shipments.all()) == [] and order.fulfilment_status != "delivered"
        assert set(
            StoredEvent.objects.filter(name__contains="ShipmentChanged").values_list("name", flat=True)
        ) == {"InwardShipmentChanged"}


def test_another_number_begins_anew_and_a_cancelled_return_is_left_alone(house, made):
    with house.acting():
        tell(house, made, (5, S.INFO_RECEIVED))
        label = steps.Label(carrier="Thailand Post", tracking_number="RR473124829TH")
        again = steps.send_label(house.workspace.pk, made.pk, by=API, label=label)
        assert (Shipment.objects.count(), again.parcel.status) == (1, S.PENDING)
        label = steps.Label(tracking_number=NUMBER)
        steps.send_label(house.workspace.pk, made.pk, by=API, label=label)
        steps.cancel_return(house.workspace.pk, made.pk, by=API)
        assert tell(house, made, (2, S.DELIVERED)).state == State.CANCELLED
