"""What carriers tell of parcels is taken in once, in any order, and parcels out of time are told of once."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from dragoman.core.commerce.actions.carriers import add_carrier, ask_carrier
from dragoman.core.commerce.actions.follow import OrderEraser
from dragoman.core.commerce.actions.lateness import note_lateness
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.parcels import take_parcel
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.carrier_accounts import due_parcels
from dragoman.core.commerce.errors import NoParcel
from dragoman.core.commerce.lanes import Lanes, measure_lanes
from dragoman.core.commerce.models import LaneTime, Order, Shipment, ShipmentEvent, Shop
from dragoman.core.commerce.standing import standing_of
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.carriers.tests.servers import vendors
from dragoman.ground.providers.shops.facts import ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

from .facts import order

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "RR123456785TH"
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def shop(house: House) -> Shop:
    with house.acting():
        return shop_of_the_api(house.brand)


def at(days: float, status: S, **more: Any) -> EventFacts:
    return EventFacts(at=timezone.now() - timedelta(days=days), status=status, **more)


JOURNEY = [
    (9, S.INFO_RECEIVED, "", "Announced"),
    (8, S.IN_TRANSIT, "picked_up", "Picked up"),
    (4, S.EXCEPTION, "customs_hold", "Held by customs"),
    (3, S.IN_TRANSIT, "customs_cleared", "Cleared"),
    (1, S.DELIVERED, "signed", "Delivered"),
]


def journey() -> list[EventFacts]:
    return [
        at(days, status, detail=detail, text=text, place="Bangkok", country="TH")
        for days, status, detail, text in JOURNEY
    ]


def sent(shop: Shop, number: str = "KSL-1", tracking: str = NUMBER, **more: Any) -> Shipment:
    facts = {
        "status": S.IN_TRANSIT,
        "tracking_number": tracking,
        "shipped_at": timezone.now() - timedelta(days=9),
        **more,
    }
    done = mirror_order(
        shop,
        facts=order(
            number, placed_at=timezone.now() - timedelta(days=10), shipments=[ShipmentFacts(**facts)]
        ),
    )
    return Shipment.objects.get(workspace_id=shop.workspace_id, order_id=done.order.pk)


def names(house: House, name: str) -> int:
    return StoredEvent.objects.filter(workspace_id=house.workspace.pk, name=name).count()


def test_every_order_of_the_same_events_ends_in_the_same_state() -> None:
    events = journey()
    for shuffled in itertools.permutations(events):
        found = standing_of(shuffled)
        assert found and (found.status, found.detail) == (S.DELIVERED, "signed")
        assert found.shipped_at == events[1].at and found.delivered_at == events[4].at


def test_what_is_delivered_stays_so_unless_it_goes_back() -> None:
    events = [*journey(), at(0.5, S.IN_TRANSIT, text="A late scan"), at(0.4, S.EXCEPTION)]
    found = standing_of(events)
    assert found and found.status == S.DELIVERED
    back = standing_of([*events, at(0.3, S.RETURNING)])
    assert back and back.status == S.RETURNING and back.delivered_at is None
    assert standing_of([]) is None


def test_a_state_lasts_since_its_first_word() -> None:
    first = at(3, S.EXCEPTION, detail="customs_hold")
    found = standing_of([first, at(1, S.EXCEPTION, detail="customs_hold"), at(5, S.IN_TRANSIT)])
    assert found and found.since == first.at


def test_events_come_in_once_and_in_their_carriers_words(house: House, shop: Shop) -> None:
    with house.acting():
        sent(shop)
        facts = ParcelFacts(
            number="rr 123 456 785 th", carrier="thailand_post", events=journey()[:3], origin="FI"
        )
        [taken] = take_parcel(house.workspace.pk, facts=facts)
        assert (taken.new_events, taken.changed) == (3, True)
        again = take_parcel(house.workspace.pk, facts=facts)[0]
        assert (again.new_events, again.changed) == (0, False)
        row = Shipment.objects.get()
        assert (row.status, row.detail, row.carrier_code, row.origin) == (
            "exception",
            "customs_hold",
            "thailand_post",
            "FI",
        )
        assert (
            row.carrier == "Thailand Post"
            and row.tracking_url.endswith(NUMBER)
            and row.told_at
            and row.due_at
        )
        late = take_parcel(
            house.workspace.pk,
            facts=ParcelFacts(number=NUMBER, events=[at(8.5, S.IN_TRANSIT, text="Late word")]),
        )[0]
        assert late.new_events == 1 and Shipment.objects.get().detail == "customs_hold"
        assert ShipmentEvent.objects.get(detail="customs_hold").text == "Held by customs"


def test_the_shop_does_not_overwrite_what_the_carrier_tells(house: House, shop: Shop) -> None:
    with house.acting():
        sent(shop, status=S.IN_TRANSIT)
        take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=journey()))
        assert Order.objects.get().fulfilment_status == "delivered"
        sent(shop, service="express")  # another state of the order, from the shop
        row = Shipment.objects.get()
        assert (row.status, row.service) == ("delivered", "express") and row.delivered_at


def test_a_number_that_nobody_has_is_refused_and_another_workspaces_is_not_found(
    house: House, shop: Shop
) -> None:
    mallory = a_house("mallory")
    with house.acting():
        sent(shop)
        for number in ("", "  ", "XX1"):
            with pytest.raises(NoParcel):
                take_parcel(house.workspace.pk, facts=ParcelFacts(number=number))
    with mallory.acting(), pytest.raises(NoParcel):
        take_parcel(mallory.workspace.pk, facts=ParcelFacts(number=NUMBER, events=journey()))


def test_a_clock_that_is_wrong_and_a_card_number_stay_out(house: House, shop: Shop) -> None:
    with house.acting():
        sent(shop)
        mad = EventFacts(at=datetime(1970, 1, 1, tzinfo=UTC), status=S.DELIVERED)
        soon = EventFacts(at=timezone.now() + timedelta(days=30), status=S.DELIVERED)
        card = at(1, S.IN_TRANSIT, text="paid with 4242 4242 4242 4242", key="e1")
        [taken] = take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=[mad, soon, card]))
        assert taken.new_events == 1 and Shipment.objects.get().status == "in_transit"
        assert "4242 4242" not in ShipmentEvent.objects.get().text


def test_a_deleted_persons_parcel_is_followed_no_more(house: House, shop: Shop) -> None:
    with house.acting():
        row = sent(shop)
        take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=journey()[:2]))
        OrderEraser().erase(house.workspace.pk, row.order.customer_id)
        with pytest.raises(NoParcel):
            take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=journey()))
        assert set(ShipmentEvent.objects.values_list("text", "place")) == {("", "")}


def test_what_is_told_of_a_deleted_persons_parcel_names_nobody(house: House, shop: Shop) -> None:
    with house.acting():
        row = sent(shop, external_id=f"parcel-{NUMBER}")
        assert row.key == f"id:parcel-{NUMBER}"
        OrderEraser().erase(house.workspace.pk, row.order.customer_id)
        row.refresh_from_db()
        assert (row.key, row.external_id, row.tracking_number) == ("parcel", "", "")
        # the shop tells it again: it is the same parcel, and names nobody
        sent(shop, external_id=f"parcel-{NUMBER}", service="express")
        row = Shipment.objects.get()
        assert (row.key, row.external_id, row.service) == ("parcel", "", "express")
        # a row that kept its number, as one would that was locked by neither
        Shipment.objects.update(tracking_key=NUMBER, tracking_number=NUMBER)
        event = at(1, S.DELIVERED, text="Left with Somchai", place="Soi 12", key=f"{NUMBER}-1")
        take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, carrier="posti", events=[event]))
        row.refresh_from_db()
        told = ShipmentEvent.objects.get()
        assert row.status == "delivered" and row.due_at is None and row.tracking_url == ""
        assert (told.text, told.place) == ("", "") and NUMBER not in told.key


def _history(shop: Shop, count: int, *, days: int = 4) -> None:
    for number in range(count):
        tracking = f"SF1234567{number:06}"
        row = sent(shop, f"OLD-{number}", tracking, carrier="SF Express")
        events = [
            at(30, S.IN_TRANSIT, key=f"a{number}"),
            at(30 - days / 2, S.IN_TRANSIT, key=f"b{number}"),
            at(30 - days - number / 100, S.DELIVERED, key=f"c{number}"),
        ]
        take_parcel(
            row.workspace_id,
            facts=ParcelFacts(number=tracking, carrier="sf_express", origin="CN", events=events),
        )


def test_a_lane_is_measured_from_twenty_parcels_on(house: House, shop: Shop) -> None:
    with house.acting():
        _history(shop, 19)
        assert measure_lanes(house.workspace.pk, now=timezone.now()) == 0
        row = sent(shop, "OLD-19", "SF1234567000019", carrier="SF Express")
        take_parcel(
            row.workspace_id,
            facts=ParcelFacts(
                number="SF1234567000019",
                carrier="sf_express",
                origin="CN",
                events=[at(30, S.IN_TRANSIT), at(28, S.IN_TRANSIT, text="x"), at(26, S.DELIVERED)],
            ),
        )
        assert measure_lanes(house.workspace.pk, now=timezone.now()) == 2
        door = Lanes(house.workspace.pk).door(("sf_express", "CN", "TH"), "Economy")
        assert door and door.parcels == 20 and abs(door.median - 4.1 * 86400) < 86400 * 0.2
        assert Lanes(house.workspace.pk).door(("sf_express", "FI", "TH")) is None
        assert set(LaneTime.objects.values_list("stage", flat=True)) == {"door", "in_transit"}


def test_a_parcel_out_of_time_is_told_of_once_until_it_is_over(house: House, shop: Shop) -> None:
    with house.acting():
        _history(shop, 20)
        measure_lanes(house.workspace.pk, now=timezone.now())
        slow = "SF9999999000001"
        sent(shop, "NEW-1", slow, carrier="SF Express")
        take_parcel(
            house.workspace.pk,
            facts=ParcelFacts(
                number=slow, origin="CN", events=[at(7, S.IN_TRANSIT), at(0.1, S.IN_TRANSIT, text="y")]
            ),
        )
        late = sent(shop, "NEW-2", NUMBER, estimated_at=timezone.now() - timedelta(days=2))
        for _ in range(2):
            note_lateness(house.workspace.pk, now=timezone.now())
        rows = dict(Shipment.objects.exclude(trouble="").values_list("tracking_number", "trouble"))
        assert rows == {slow: "slow", NUMBER: "late"}
        assert names(house, "ShipmentLate") == 2
        take_parcel(house.workspace.pk, facts=ParcelFacts(number=NUMBER, events=[at(0, S.DELIVERED)]))
        late.refresh_from_db()
        assert late.trouble == "" and late.trouble_at is None


def test_silence_after_news_is_a_stall_only_where_that_is_unusual(house: House, shop: Shop) -> None:
    with house.acting():
        _history(shop, 20)
        measure_lanes(house.workspace.pk, now=timezone.now())
        quiet, strange = "SF9999999000001", "SF9999999000002"
        for number, tracking, origin in (("NEW-1", quiet, "CN"), ("NEW-2", strange, "BR")):
            sent(shop, number, tracking, carrier="SF Express")
            take_parcel(
                house.workspace.pk,
                facts=ParcelFacts(
                    number=tracking, origin=origin, events=[at(3.5, S.IN_TRANSIT, text=tracking)]
                ),
            )
        note_lateness(house.workspace.pk, now=timezone.now())
        assert list(Shipment.objects.exclude(trouble="").values_list("tracking_number", "trouble")) == [
            (quiet, "stalled")
        ]


def _account(house: House, where: str, vendor: str = "aftership", **given: str) -> VendorAccount:
    account = add_carrier(house.workspace.pk, vendor=vendor, name=vendor, given=given)
    VendorAccount.objects.filter(pk=account.pk).update(address=f"http://{where}")
    account.refresh_from_db()
    return account


def test_a_carrier_is_asked_for_what_is_due_and_not_again_at_once(house: House, shop: Shop) -> None:
    when = (timezone.now() - timedelta(days=2)).isoformat()
    point = {"checkpoint_time": when, "tag": "Exception", "subtag": "Exception_003", "message": "Refused"}
    server = vendors.AfterShip(
        followed={
            NUMBER: {
                "tracking_number": NUMBER,
                "slug": "thailand-post",
                "tag": "Exception",
                "checkpoints": [point],
            }
        }
    )
    with house.acting(), serving(server) as where:
        sent(shop)
        account = _account(house, where, key=server.key)
        assert ask_carrier(account) == 1
        row = Shipment.objects.get()
        assert (row.status, row.detail) == ("exception", "refused")
        assert due_parcels(account, now=timezone.now(), most=9) == [] and ask_carrier(account) == 0
        account.refresh_from_db()
        assert account.state == VendorAccount.State.WORKING
        server.key = "another"
        Shipment.objects.update(due_at=None)
        assert ask_carrier(account) == 0
        account.refresh_from_db()
        assert account.state == VendorAccount.State.FAILING and "401" in account.last_error
        assert Shipment.objects.get().due_at


def test_an_aggregator_is_left_what_no_carrier_of_ours_is_asked_for(house: House, shop: Shop) -> None:
    with house.acting():
        sent(shop)
        sent(shop, "KSL-2", "1Z999AA10123456784")
        every = _account(house, "127.0.0.1:9", key="k")
        assert len(due_parcels(every, now=timezone.now(), most=9)) == 2
        own = _account(house, "127.0.0.1:9", vendor="ups", client="c", secret="s")
        assert [one.tracking_number for one in due_parcels(own, now=timezone.now(), most=9)] == [
            "1Z999AA10123456784"
        ]
        assert [one.tracking_number for one in due_parcels(every, now=timezone.now(), most=9)] == [NUMBER]


def test_an_account_keeps_its_secrets_sealed_and_wants_all_of_them(house: House) -> None:
    with house.acting():
        account = _account(house, "127.0.0.1:9", vendor="ups", client="c", secret="hush-hush")
        assert account.settings == {"client": "c"} and b"hush" not in bytes(account.sealed)
        for vendor, given in (
            ("ups", {"client": "c"}),
            ("ups", {"client": " ", "secret": "s"}),
            ("nobody", {}),
        ):
            with pytest.raises(Refusal) as refused:
                add_carrier(house.workspace.pk, vendor=vendor, name="x", given=given)
            assert refused.value.code == "bad_carrier"
