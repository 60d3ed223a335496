"""A delivery is promised by what was measured or written down, over both sides' holidays; else it is not known."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import LaneTime, Order
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.tests.facts import order
from dragoman.core.shipping.actions.tables import replace_rates, save_dispatch, save_terms
from dragoman.core.shipping.files import read_shipping, write_shipping
from dragoman.core.shipping.promise import Basis, Promise, Why, Wish, promise_for, promise_for_order
from dragoman.core.shipping.queries import rates_of
from dragoman.ground.markets.working_days import works_on
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house():
    return a_house()


def terms(house: House, cut_off: time | None = time(14), days: int | None = 1, origin: str = "FI") -> None:
    save_terms(
        house.workspace.pk, agent=None, brand_id=house.brand.pk, sends_from=origin, ddp=[], registered=[]
    )
    save_dispatch(
        house.workspace.pk, agent=None, brand_id=house.brand.pk, cut_off=cut_off, handling_days=days
    )


def lane(house: House, carrier: str = "posti", to: str = "DE", **more: object) -> None:
    facts = {"parcels": 40, "median": 2.5 * 86400, "p90": 4 * 86400, "stage": LaneTime.DOOR, **more}
    LaneTime.objects.create(
        workspace_id=house.workspace.pk, carrier=carrier, origin="FI", destination=to, **facts
    )


def table(house: House, *lines: str) -> None:
    head = "from,to,service,price,currency,days_min,days_max"
    read = read_shipping("\n".join([head, *lines]).encode())
    replace_rates(house.workspace.pk, agent=None, brand_id=house.brand.pk, read=read)


def asked(house: House, at: datetime, to: str = "DE", **more: object) -> Promise:
    return promise_for(house.workspace.pk, house.brand.pk, Wish(at=at, destination=to, **more))


def helsinki(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Helsinki"))


def test_an_order_before_the_cut_off_leaves_a_working_day_later(house: House) -> None:
    with house.acting():
        terms(house)
        lane(house)
        early, late = (asked(house, helsinki(f"2026-11-26 {hour}")) for hour in ("14:00", "14:01"))
    # Thursday; handed over on Friday, or on Monday
    assert early.handover == date(2026, 11, 27) and late.handover == date(2026, 11, 30)
    assert (early.earliest, early.latest) == (date(2026, 11, 30), date(2026, 12, 1))
    assert (late.earliest, late.latest) == (date(2026, 12, 3), date(2026, 12, 4))
    assert early.basis is Basis.MEASURED and (early.carriers, early.parcels) == (["posti"], 40)


def test_holidays_of_both_sides_put_it_off(house: House) -> None:
    with house.acting():
        terms(house, days=0)
        lane(house)
        # Wednesday the 23rd; the 25th in both countries; the 26th and the 2nd are Saturdays
        found = asked(house, helsinki("2026-12-23 09:00"))
        assert (found.handover, found.earliest) == (date(2026, 12, 23), date(2026, 12, 28))
        # Epiphany is kept in Finland and not in all of Germany
        found = asked(house, helsinki("2027-01-04 09:00"))
        assert (found.earliest, found.latest) == (date(2027, 1, 8), date(2027, 1, 11))


def test_the_clock_is_the_one_where_parcels_start(house: House) -> None:
    with house.acting():
        terms(house, origin="JP", days=0)
        table(house, "JP,DE,EMS,20,EUR,3,5")
        # 05:01 UTC is 14:01 in Tokyo
        found = asked(house, datetime(2026, 12, 1, 5, 1, tzinfo=UTC))
        assert found.handover == date(2026, 12, 2) and found.basis is Basis.TABLE


def test_fewer_than_twenty_parcels_leave_it_to_the_table_and_without_days_it_is_not_known(
    house: House,
) -> None:
    with house.acting():
        terms(house)
        lane(house, parcels=19)
        placed = helsinki("2026-11-26 09:00")
        assert asked(house, placed).why is Why.NO_DAYS
        table(house, "FI,DE,Economy,9,EUR,4,6", "FI,DE,Express,19,EUR,2,2")
        found = asked(house, placed)
        # of two services the cheapest, as the landed cost has it
        assert (found.earliest, found.latest) == (date(2026, 12, 3), date(2026, 12, 7))
        assert found.services == ["Economy"]
        fast = asked(house, placed, service="express")
        assert fast.earliest == fast.latest == date(2026, 12, 1) and fast.services == ["Express"]
        table(house, "FI,DE,Economy,9,EUR,,", "FI,DE,Express,19,EUR,2,2")
        assert asked(house, placed).why is Why.NO_DAYS
        assert asked(house, placed, service="Courier").why is Why.NO_DAYS


def test_a_table_of_weights_promises_days_without_one_and_what_holds_for_a_known_one(house: House) -> None:
    placed = helsinki("2026-11-26 09:00")
    bands = ["FI,DE,Standard,9,EUR,4,5,1000", "FI,DE,Standard,15,EUR,5,7,5000", "FI,*,World,30,EUR,8,20,5000"]
    with house.acting():
        terms(house)
        head = "from,to,service,price,currency,days_min,days_max,up_to_grams"
        read = read_shipping("\n".join([head, *bands]).encode())
        replace_rates(house.workspace.pk, agent=None, brand_id=house.brand.pk, read=read)
        found = asked(house, placed)
        assert (found.earliest, found.latest) == (date(2026, 12, 3), date(2026, 12, 8))
        assert found.services == ["Standard"] and found == asked(house, placed, service="standard")
        assert asked(house, placed, weight=400).latest == date(2026, 12, 4)
        assert asked(house, placed, weight=5001).why is Why.NO_DAYS


def test_of_several_carriers_the_widest_unless_one_is_named(house: House) -> None:
    with house.acting():
        terms(house)
        lane(house)
        lane(house, "dhl", median=86400, p90=9 * 86400)
        lane(house, "dhl", service="express", median=86400, p90=86400)
        both = asked(house, helsinki("2026-11-26 09:00"))
        assert both.carriers == ["dhl", "posti"] and both.latest == date(2026, 12, 7)
        one = asked(house, helsinki("2026-11-26 09:00"), carrier="dhl", service="Express")
        assert one.latest == date(2026, 11, 30) and one.services == ["express"]


def test_what_nobody_said_is_not_guessed(house: House) -> None:
    placed = helsinki("2026-11-26 09:00")
    with house.acting():
        assert asked(house, placed).why is Why.NO_ORIGIN
        terms(house, cut_off=None)
        lane(house)
        assert asked(house, placed).why is Why.NO_HANDLING
        terms(house)
        assert asked(house, placed, to="").why is Why.NO_DESTINATION
        lane(house, to="ZZ")
        assert asked(house, placed, to="ZZ").why is Why.NO_CALENDAR
        with pytest.raises(Refusal, match="60 working days"):
            terms(house, days=61)


def test_any_promise_ends_on_days_that_are_worked_there_and_no_earlier_than_it_was_measured(
    house: House,
) -> None:
    dice = random.Random(7)
    with house.acting():
        terms(house, days=2)
        for to in ("DE", "JP", "BR", "SA"):
            lane(house, to=to)
        for _number in range(60):
            placed = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=dice.randrange(500_000))
            to = dice.choice(["DE", "JP", "BR", "SA"])
            found = asked(house, placed, to)
            assert found.handover and found.earliest and found.latest
            assert (
                works_on("FI", found.handover) and works_on(to, found.earliest) and works_on(to, found.latest)
            )
            assert found.handover >= placed.date() and found.earliest <= found.latest
            assert found.earliest >= found.handover + 3 * DAY and found.latest >= found.handover + 4 * DAY


def mirrored(house: House, *parcels: ShipmentFacts, **more: object) -> Order:
    facts = order(placed_at=helsinki("2026-11-26 09:00"), country="DE", shipments=list(parcels), **more)
    done = mirror_order(shop_of_the_api(house.brand), facts=facts)
    return order_by_id(house.workspace.pk, done.order.pk)


def test_an_order_is_promised_until_it_came_and_by_its_own_hand_over_once_it_went(house: House) -> None:
    with house.acting():
        terms(house)
        lane(house)
        found = promise_for_order(mirrored(house))
        assert found and found.earliest == date(2026, 11, 30)
        sent = ShipmentFacts(
            carrier="Posti",
            status=S.IN_TRANSIT,
            tracking_number="RR123456785FI",
            shipped_at=helsinki("2026-12-01 17:00"),
        )
        found = promise_for_order(mirrored(house, sent))
        assert found and (found.handover, found.earliest) == (date(2026, 12, 1), date(2026, 12, 4))
        came = ShipmentFacts(carrier="Posti", status=S.DELIVERED, tracking_number="RR123456785FI")
        assert promise_for_order(mirrored(house, came)) is None


def test_days_go_through_the_file_and_wrong_ones_are_said(house: House) -> None:
    with house.acting():
        table(house, "FI,DE,Economy,9,EUR,4,", "FI,SE,Economy,9,EUR,,")
        rows = list(rates_of(house.workspace.pk, house.brand.pk))
        assert {(one.destination, one.days_min, one.days_max) for one in rows} == {
            ("DE", 4, 4), ("SE", None, None),
        }  # fmt: skip
        again = read_shipping(write_shipping(rows).encode())
        assert not again.problems and [one.days_max for one in again.rows] == [4, None]
    for wrong in ("5,4", "x,1", "1,91", "-1,2"):
        raw = f"from,to,service,price,currency,days_min,days_max\nFI,DE,E,9,EUR,{wrong}".encode()
        assert read_shipping(raw).problems[0].line == 2
