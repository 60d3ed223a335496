"""An order is mirrored once, whole, and only forward; it finds its customer and keeps no card."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from dragoman.core.accounts.masking import maskings
from dragoman.core.accounts.models import Workspace
from dragoman.core.commerce.actions.follow import OrderEraser
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.errors import NoOrder
from dragoman.core.commerce.models import (
    Order,
    OrderLine,
    Payment,
    Refund,
    Shipment,
    ShipmentEvent,
    ShipmentLine,
    Shop,
)
from dragoman.core.commerce.numbers import is_meant, number_key
from dragoman.core.commerce.queries import CARD, card_of, get_order
from dragoman.core.customers.actions import create_customer, delete_customer, erase_customer
from dragoman.core.customers.models import Customer, Identity
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.shops.facts import (
    PaymentFacts,
    PersonFacts,
    RefundFacts,
    ShipmentFacts,
    TotalFacts,
    version_of,
)
from dragoman.ground.providers.statuses import MoneyStatus, ShipmentStatus
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal
from dragoman.kit.money import BadMoney
from tests.people import House, a_house

from .facts import PLACED, line, order

OF_SOMCHAI = "somchai|sukhumvit|RR[12]23456785|4242|812345678"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def shop(house: House) -> Shop:
    with house.acting():
        return shop_of_the_api(house.brand)


def told(house: House) -> list[str]:
    names = {"OrderMirrored", "OrderCancelled", "ShipmentChanged", "PaymentChanged", "RefundChanged"}
    with house.acting():
        return list(
            StoredEvent.objects.filter(workspace_id=house.workspace.pk, name__in=names)
            .order_by("pk")
            .values_list("name", flat=True)
        )


@pytest.mark.parametrize(
    "one, other",
    [
        ("＃１０４２", "#1042"),
        ("KSL 1042", "ksl-1042"),
        ("№ 1042", "1042"),
        ("١٠٤٢", "1042"),
        ("10\u200e42", "1042"),
    ]
    + [("KSL\u20111042", "KSL1042"), ("KSL\u22121042", "KSL1042")],
)
def test_a_number_is_found_however_it_is_typed(one, other):
    assert number_key(one) == number_key(other)


def test_a_number_keeps_what_tells_it_apart():
    assert len({number_key(one) for one in ("1042", "01042", "10/42", "10.42", "A1042")}) == 5
    assert is_meant("KSL20418", "20418")
    assert not is_meant("KSL20418", "418")
    assert not is_meant("KSL20418", "0418")


def test_an_order_comes_with_all_its_parts(house, shop):
    facts = order(
        totals=TotalFacts(shipping=15000, discount=0),
        shipments=[
            ShipmentFacts(
                status=ShipmentStatus.DELIVERED,
                carrier="Posti",
                tracking_number="RR 123 456 785 FI",
                lines=[("LAMP-1", 1)],
                delivered_at=PLACED + timedelta(days=6),
            ),
            ShipmentFacts(status=ShipmentStatus.EXCEPTION, detail="customs_hold", lines=[("BLANKET", 2)]),
        ],
        payments=[PaymentFacts(method="promptpay", amount=839000, paid_at=PLACED)],
        store_currency="EUR",
        store_total=22600,
        rate=Decimal("0.02694"),
    )
    with house.acting():
        made = mirror_order(shop, facts=facts)
        found = Order.objects.get()
        assert (made.new, made.changed, made.order.pk) == (True, True, found.pk)
        assert (found.items_total, found.shipping_total, found.total) == (824000, 15000, 839000)
        assert (found.payment_status, found.fulfilment_status, found.status) == (
            "paid",
            "partly_delivered",
            "open",
        )
        assert Shipment.objects.get(carrier="Posti").tracking_key == "RR123456785FI"
        assert [row.fulfilled for row in OrderLine.objects.order_by("position")] == [1, 2]
        assert ShipmentLine.objects.count() == 2
        assert found.customer.name == "Somchai"
    assert told(house) == ["OrderMirrored", "ShipmentChanged", "ShipmentChanged", "PaymentChanged"]


def test_the_same_state_again_changes_nothing_and_tells_nothing(house, shop):
    facts = order(payments=[PaymentFacts(method="card", amount=824000)])
    with house.acting():
        first = mirror_order(shop, facts=facts)
        before = told(house)
        again = mirror_order(shop, facts=facts)
        assert (again.new, again.changed, again.stale) == (False, False, False)
        # the shop says the same in another version: nothing is news
        same = mirror_order(shop, facts=replace(facts, version=7))
        assert not same.changed
        assert told(house) == before
        assert OrderLine.objects.filter(order=first.order).count() == 2


def test_what_changed_is_told_and_nothing_else(house, shop):
    parcel = ShipmentFacts(status=ShipmentStatus.IN_TRANSIT, tracking_number="A1")
    facts = order(shipments=[parcel], payments=[PaymentFacts(method="card", amount=824000)])
    with house.acting():
        mirror_order(shop, facts=facts)
        before = len(told(house))
        kept = set(OrderLine.objects.values_list("pk", flat=True))
        moved = replace(facts, shipments=[replace(parcel, status=ShipmentStatus.DELIVERED)])
        found = mirror_order(shop, facts=moved).order
        assert told(house)[before:] == ["OrderMirrored", "ShipmentChanged"]
        assert set(OrderLine.objects.values_list("pk", flat=True)) == kept
        assert (found.fulfilment_status, found.status) == ("delivered", "completed")


def test_an_older_state_never_overwrites_a_newer_one(house, shop):
    newer = order(version=version_of(PLACED + timedelta(hours=2)), cancelled_at=PLACED)
    older = order(version=version_of(PLACED))
    with house.acting():
        mirror_order(shop, facts=newer)
        assert mirror_order(shop, facts=older).stale
        assert Order.objects.get().status == "cancelled"
    assert told(house) == ["OrderMirrored", "OrderCancelled"]


def test_versions_are_exact_to_the_microsecond():
    assert version_of(PLACED + timedelta(microseconds=1)) - version_of(PLACED) == 1


def test_what_a_shop_does_not_tell_stays_and_what_it_tells_as_gone_goes(house, shop):
    facts = order(
        shipments=[ShipmentFacts(status=ShipmentStatus.IN_TRANSIT, tracking_number="A1")],
        payments=[PaymentFacts(method="card", amount=824000)],
    )
    with house.acting():
        mirror_order(shop, facts=facts)
        found = mirror_order(shop, facts=order(note="Leave it at the door")).order
        assert (found.payment_status, found.fulfilment_status) == ("paid", "sent")
        mirror_order(shop, facts=order(lines=[line()], shipments=[]))
        assert Shipment.objects.get().removed
        # a return may point at it: a line that is gone stays as a row
        assert list(OrderLine.objects.order_by("position").values_list("sku", "removed")) == [
            ("LAMP-1", False),
            ("BLANKET", True),
        ]


def test_a_number_that_the_shop_changes_stays_one_order(house, shop):
    with house.acting():
        mirror_order(shop, facts=order("#D12", external_id="gid/1"))
        again = mirror_order(shop, facts=order("#1042", external_id="gid/1"))
        assert not again.new
        assert Order.objects.get().number == "#1042"
        with pytest.raises(Refusal) as refused:
            mirror_order(shop, facts=order("#1042", external_id="gid/2"))
        assert refused.value.code == "number_taken"


def test_refunds_tell_where_the_money_is(house, shop):
    facts = order(
        payments=[PaymentFacts(method="card", amount=824000, external_id="pay_1")],
        refunds=[
            RefundFacts(amount=214500, external_id="re_1", payment="pay_1", items=[("BLANKET", 1, 214500)])
        ],
    )
    with house.acting():
        found = mirror_order(shop, facts=facts).order
        assert (found.refunded_total, found.payment_status) == (214500, "partly_refunded")
        refund = Refund.objects.get()
        assert refund.payment == Payment.objects.get()
        assert refund.items == [{"line": "sku:BLANKET", "quantity": 1, "amount": 214500}]
        rest = RefundFacts(amount=609500, external_id="re_2")
        unsure = replace(rest, external_id="re_3", status=MoneyStatus.UNCONFIRMED)
        found = mirror_order(shop, facts=replace(facts, refunds=[*facts.refunds, rest, unsure])).order
        # what no shop confirmed is not counted
        assert (found.refunded_total, found.payment_status) == (824000, "refunded")


@pytest.mark.parametrize("bad", ["", "#", " - ", "x" * 81])
def test_what_is_no_number_is_refused(house, shop, bad):
    with house.acting(), pytest.raises(Refusal) as refused:
        mirror_order(shop, facts=order(bad))
    assert refused.value.code == "bad_number"


def test_an_unknown_currency_is_refused(house, shop):
    with house.acting(), pytest.raises(BadMoney):
        mirror_order(shop, facts=order(currency="ABC"))


def test_a_customer_is_found_by_an_address_and_never_by_a_name(house, shop):
    with house.acting():
        known = create_customer(
            house.workspace.pk, identities=[("email", "Somchai@Example.com", True)], name="S. Rattanakosin"
        )
        namesake = create_customer(
            house.workspace.pk, identities=[("email", "other@example.com", True)], name="Somchai"
        )
        found = mirror_order(shop, facts=order()).order
        assert found.customer_id == known.pk
        assert Customer.objects.get(pk=known.pk).name == "S. Rattanakosin"
        phone = create_customer(house.workspace.pk, identities=[("phone", "+66812345678", True)])
        by_phone = order(
            "2", person=PersonFacts(email="new@example.com", phone="081 234 5678", name="Somchai")
        )
        assert mirror_order(shop, facts=by_phone).order.customer_id == phone.pk
        # the address of the order is not made the phone's customer's: nobody proved it
        assert not Identity.objects.filter(value="new@example.com").exists()
        both = order("3", person=PersonFacts(email="other@example.com", phone="+66812345678"))
        assert mirror_order(shop, facts=both).order.customer_id == namesake.pk
        nobody = mirror_order(
            shop, facts=order("4", person=PersonFacts(email="not an address", name="Somchai"))
        )
        assert nobody.order.customer_id is None
        assert nobody.order.email == "not an address"


def test_addresses_that_a_shop_tells_are_not_verified(house, shop):
    with house.acting():
        mirror_order(shop, facts=order())
        assert Identity.objects.get(value="somchai@example.com").verified_at is None


def test_no_card_number_is_kept(house, shop):
    card = "4111 1111 1111 1111"
    facts = order(
        note=f"my card is {card}",
        person=PersonFacts(email="somchai@example.com", name=f"Somchai {card}"),
        lines=[line(title=f"Gift for {card}")],
        shipping_address={"lines": [f"Pay with {card}"], "city": "Bangkok"},
        refunds=[RefundFacts(amount=1, reason=f"back to {card}")],
    )
    with house.acting():
        mirror_order(shop, facts=facts)
        for bad in (PaymentFacts(method="card", amount=1, said=card), PaymentFacts(method=card, amount=1)):
            with pytest.raises(Refusal) as refused:
                mirror_order(shop, facts=order("9", payments=[bad]))
            assert refused.value.code == "card_number"
        mirror_order(
            shop, facts=order("8", payments=[PaymentFacts(method="card", amount=1, said="Visa •••• 1111")])
        )
    with workspace.everywhere(reason="test"), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith(("commerce_", "customers_", "events_")):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~ '1111.?1111'")
                assert cursor.fetchone() == (0,), table


def test_two_at_once_make_one_order(house, shop):
    def mirror(place: int) -> bool:
        try:
            with house.acting():
                return mirror_order(shop, facts=order(note=f"{place}")).new
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(mirror, range(4))) == 1
    with house.acting():
        assert Order.objects.count() == 1
        assert OrderLine.objects.count() == 2
        assert Customer.objects.count() == 1


def test_statements_do_not_grow_with_lines(house, shop):
    with house.acting():
        counts = []
        for number, most in (("0", 2), ("1", 2), ("2", 200)):
            lines = [line(sku=f"S{place}", title=f"Thing {place}") for place in range(most)]
            with CaptureQueriesContext(connection) as seen:
                mirror_order(shop, facts=order(number, lines=lines, person=PersonFacts()))
            counts.append(len(seen))
        assert counts[1] == counts[2] <= 8


def test_mallory_cannot_hang_an_order_on_another_workspace(house, shop):
    other = a_house("mallory", owner="mallory")
    with house.acting():
        theirs = mirror_order(shop, facts=order()).order
    with other.acting():
        assert not Order.objects.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            OrderLine.objects.create(
                workspace_id=other.workspace.pk,
                order_id=theirs.pk,
                key="x",
                title="x",
                quantity=1,
                unit_price=1,
            )


def test_who_is_deleted_is_taken_out_of_orders_that_books_keep(house, shop):
    facts = order(
        note="for Somchai",
        shipping_address={"name": "Somchai", "lines": ["12 Sukhumvit"], "city": "Bangkok"},
        shipments=[ShipmentFacts(status=ShipmentStatus.DELIVERED, tracking_number="A1")],
    )
    with house.acting():
        found = mirror_order(shop, facts=facts).order
        customer = found.customer
        assert OrderEraser().count(house.workspace.pk, customer.pk) == {"orders": 1}
        delete_customer(customer, agent=house.greta)
        erase_customer(house.workspace.pk, customer.pk)
        kept = Order.objects.get()
        assert (kept.number, kept.total, kept.country) == ("KSL-20418", 824000, "TH")
        assert (kept.name, kept.email, kept.note, kept.shipping_address, kept.customer_id) == (
            "",
            "",
            "",
            {},
            None,
        )
        assert Shipment.objects.get().tracking_number == ""
        # the shop tells the same person again: they stay out
        mirror_order(shop, facts=replace(facts, cancelled_at=PLACED))
        kept.refresh_from_db()
        assert (kept.status, kept.email, kept.customer_id) == ("cancelled", "", None)
        assert not Customer.objects.exists()


def test_the_same_state_told_again_brings_nothing_of_a_deleted_person_back(house, shop):
    parcels = [
        ShipmentFacts(
            status=ShipmentStatus.IN_TRANSIT,
            tracking_number=number,
            tracking_url=f"https://t.example/{number}",
        )
        for number in ("RR123456785FI", "RR223456785FI")
    ]
    facts = order(
        note="Sukhumvit, blue door",
        cancelled_at=PLACED,
        cancel_reason="Sukhumvit is flooded",
        person=PersonFacts(email="somchai@example.com", phone="+66812345678", name="Somchai"),
        shipping_address={"lines": ["12 Sukhumvit"]},
        billing_address={"lines": ["12 Sukhumvit"]},
        shipments=parcels,
        payments=[PaymentFacts(method="card", amount=824000, external_id="p1", said="Visa •••• 4242")],
        refunds=[RefundFacts(amount=1, external_id="r1", reason="Sukhumvit again")],
    )
    with house.acting():
        found = mirror_order(shop, facts=facts).order
        for parcel in Shipment.objects.all():
            ShipmentEvent.objects.create(
                workspace_id=house.workspace.pk,
                shipment=parcel,
                key=f"{parcel.tracking_number}:Sukhumvit",
                at=PLACED,
                status="in_transit",
                text="Left at 12 Sukhumvit",
                place="Sukhumvit",
            )
        rows = list(Shipment.objects.order_by("pk").values_list("pk", flat=True))
        delete_customer(found.customer, agent=house.greta)
        erase_customer(house.workspace.pk, found.customer_id)
        told_before = told(house)
        again = mirror_order(shop, facts=facts)
        assert not again.changed
        assert told(house) == told_before
        # the parcels are the same rows, which returns and reminders may point at
        assert (
            list(Shipment.objects.filter(removed=False).order_by("pk").values_list("pk", flat=True)) == rows
        )
        assert Order.objects.get().state_hash == ""
    with workspace.everywhere(reason="test"), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table.startswith("commerce_"):
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ~* %s", [OF_SOMCHAI])
                assert cursor.fetchone() == (0,), table


def test_half_a_card_is_masked_like_a_whole_one(house, shop):
    card = "4111 1111 1111 1111"
    with house.acting():
        found = mirror_order(
            shop,
            facts=order(
                cancel_reason="x " * 95 + card,
                person=PersonFacts(),
                refunds=[RefundFacts(amount=1, reason="y " * 145 + card)],
                lines=[line(sku="", title=f"Gift for {card}")],
            ),
        ).order
        assert "4111" not in found.cancel_reason
        assert "4111" not in Refund.objects.get().reason
        assert "4111" not in OrderLine.objects.get().key


def test_what_a_brand_masks_is_masked_in_what_is_written_and_the_order_stays_reachable(house, shop):
    facts = order(
        note="Call my wife at +66 81 999 9999",
        person=PersonFacts(email="somchai@example.com", phone="+66812345678"),
    )
    with house.acting():
        Workspace.objects.filter(pk=house.workspace.pk).update(masks=["phone", "email"])
        maskings.forget()
        found = mirror_order(shop, facts=facts).order
        assert "999" not in found.note
        assert (found.email, found.phone) == ("somchai@example.com", "+66812345678")
    maskings.forget()


def test_lines_and_parts_with_one_id_are_all_kept(house, shop):
    lines = [line(sku=sku, title=sku) for sku in ("A", "A#2", "A", "A")]
    twins = [line(external_id="9" * 130, title="One"), line(external_id="9" * 130, title="Two")]
    with house.acting():
        mirror_order(shop, facts=order(lines=[*lines, *twins], person=PersonFacts()))
        assert OrderLine.objects.count() == 6
        again = mirror_order(shop, facts=order(lines=[*lines, *twins], person=PersonFacts(), version=3))
        assert not again.changed


def test_an_id_with_what_no_database_holds_finds_its_order(house, shop):
    with house.acting():
        for number in ("1", "2"):
            mirror_order(shop, facts=order(number, external_id="gid/\x001", person=PersonFacts()))
        assert Order.objects.get().number == "2"


def test_an_empty_number_is_no_order_and_is_not_looked_for(house, shop):
    with house.acting(), CaptureQueriesContext(connection) as seen:
        with pytest.raises(NoOrder):
            get_order(house.workspace.pk, " # ")
        assert not len(seen)


def test_an_order_that_is_named_twice_stands_once_on_the_card(house, shop):
    with house.acting():
        for number in range(8):
            found = mirror_order(shop, facts=order(f"KSL-2041{number}")).order
        card = card_of(
            house.workspace.pk,
            customer_id=found.customer_id,
            numbers=["KSL-20417", "20417", "KSL-20416", "20416", "KSL-20415", "20415"],
        )
        assert [one.number for one in card.orders][:3] == ["KSL-20417", "KSL-20416", "KSL-20415"]
        assert (len(card.orders), len(card.spoken)) == (CARD, 3)
