"""An agent sees a customer's orders beside the conversation, those it speaks of first, in one plan of statements."""

import re
from datetime import datetime, time

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.events import RefundChanged
from dragoman.core.commerce.models import LaneTime, Refund
from dragoman.core.commerce.queries import card_of
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.models import Customer
from dragoman.core.shipping.actions.tables import save_dispatch, save_terms
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.facts import (
    LineFacts,
    OrderFacts,
    PaymentFacts,
    PersonFacts,
    ShipmentFacts,
)
from dragoman.ground.providers.statuses import ShipmentStatus
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)
PLACED = "2026-11-{:02}T08:30:00+00:00"


@pytest.fixture
def house():
    return a_house()


def agent(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def an_order(house: House, number: str, *, day: int = 16, email: str = "somchai@example.com", lines: int = 1):
    facts = OrderFacts(
        number=number,
        placed_at=datetime.fromisoformat(PLACED.format(day)),
        currency="THB",
        country="TH",
        person=PersonFacts(email=email, name="Somchai"),
        lines=[
            LineFacts(sku=f"S{at}", title="โคมไฟตั้งโต๊ะ", quantity=1, unit_price=395000) for at in range(lines)
        ],
        store_currency="EUR",
        store_total=10643,
        shipments=[
            ShipmentFacts(
                status=ShipmentStatus.EXCEPTION, detail="customs_hold", tracking_number="RR123456785FI"
            )
        ],
        payments=[PaymentFacts(method="promptpay", amount=395000 * lines)],
    )
    with house.acting():
        return mirror_order(shop_of_the_api(house.brand), facts=facts).order


def a_conversation(house: House, text: str) -> int:
    got = write(house, text)
    settle()
    return got.conversation_id


def card(house: House, conversation: int) -> str:
    answer = agent(house).get(f"/desk/conversations/{conversation}/orders")
    assert answer.status_code == 200
    return answer.content.decode()


def numbers(page: str) -> list[str]:
    return re.findall(r'<b class="semi num nowrap"><bdi>([^<]+)', page)


def test_the_order_that_is_spoken_of_stands_first_and_open(house):
    for day in range(10, 18):
        an_order(house, f"KSL-204{day}", day=day)
    page = card(house, a_conversation(house, "Hello, where is my order KSL-20411? It is late."))
    assert numbers(page) == ["KSL-20411", "KSL-20417", "KSL-20416", "KSL-20415", "KSL-20414"]
    assert page.count(" open>") == 1
    assert "All orders" in page
    for said in (
        "฿3,950.00",
        "€106.43",
        "PromptPay",
        "Held by customs",
        "RR123456785FI",
        "/settings/markets/th",
    ):
        assert said in page.replace("THB\xa0", "฿"), said


def test_an_order_of_somebody_else_is_named_as_such_and_not_shown(house):
    an_order(house, "KSL-20500", email="anna@example.com")
    page = card(house, a_conversation(house, "Hello, where is my order KSL-20500?"))
    assert numbers(page) == []
    assert "somebody else" in page
    assert "KSL-20500" in page


def test_who_has_no_orders_is_told_how_they_come(house):
    page = card(house, a_conversation(house, "Hello"))
    assert "No orders known" in page
    assert "/api/v1/docs" in page


def test_the_card_asks_the_same_however_many_lines_there_are(house):
    an_order(house, "KSL-1001", lines=1)
    an_order(house, "KSL-1002", lines=60)
    with house.acting():
        customer = Customer.objects.get().pk
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as seen:
                card_of(house.workspace.pk, customer_id=customer, numbers=["KSL-1001"])
            counts.append(len(seen))
            for at in range(3):
                an_order(house, f"KSL-200{at}", lines=30)
    assert counts == [8, 8]


def test_the_pages_ask_the_same_however_many_lines_and_orders_there_are(house):
    small, large = (
        an_order(house, "KSL-1001"),
        an_order(house, "KSL-1002", lines=60, email="anna@example.com"),
    )
    with house.acting():
        beside = f"/desk/customers/{Customer.objects.get(identities__value='somchai@example.com').pk}/orders"
    client = agent(house)
    client.get(f"/orders/{small.pk}")
    pages = [asked_by(client, f"/orders/{one.pk}") for one in (small, large)]
    assert pages == [11, 11]
    few = asked_by(client, beside)
    for at in range(3, 8):
        an_order(house, f"KSL-100{at}", lines=at)
    assert asked_by(client, beside) == few <= 12


def asked_by(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    # what else a page asks for is kept in memory for some seconds
    return len([one for one in seen if "commerce_" in one["sql"]])


def test_orders_are_listed_found_and_shown(house):
    made = an_order(house, "KSL-20418")
    an_order(house, "NB-1", email="anna@example.com")
    client = agent(house)
    assert "NB-1" in client.get("/orders").content.decode()
    found = client.get("/orders?q=ksl 204").content.decode()
    assert ("KSL-20418" in found, "NB-1" in found) == (True, False)
    page = client.get(f"/orders/{made.pk}").content.decode()
    assert "somchai@example.com" in page
    assert "โคมไฟตั้งโต๊ะ" in page
    with house.acting():
        customer = Customer.objects.get(identities__value="somchai@example.com").pk
    assert "KSL-20418" in client.get(f"/desk/customers/{customer}/orders").content.decode()


def test_the_orders_of_one_customer_say_whose_they_are_and_stay_theirs_in_a_search(house):
    an_order(house, "KSL-20418")
    an_order(house, "NB-1", email="anna@example.com")
    client = agent(house)
    with house.acting():
        customer = Customer.objects.get(identities__value="somchai@example.com")
    page = client.get(f"/orders?customer={customer.pk}").content.decode()
    assert ("KSL-20418" in page, "NB-1" in page) == (True, False)
    head = page[page.index("<h1") :].partition("</form>")[0]
    assert (
        "Orders of Somchai" in head and f'<input type="hidden" name="customer" value="{customer.pk}">' in head
    )
    page = client.get(f"/orders?customer={customer.pk}&q=NB-1").content.decode()
    assert "Nothing found" in page and f'name="customer" value="{customer.pk}"' in page
    assert 'name="customer"' not in client.get("/orders").content.decode()
    # what is no number narrows nothing, whoever is not here is not found
    assert "NB-1" in client.get("/orders?customer=²").content.decode()
    assert client.get(f"/orders?customer={customer.pk + 1000}").status_code == 404
    mallory = a_house("mallory", owner="mallory")
    assert agent(mallory).get(f"/orders?customer={customer.pk}").status_code == 404


def test_the_total_alone_has_the_shops_own_currency_beside_it(house):
    page = agent(house).get(f"/orders/{an_order(house, 'KSL-20418').pk}").content.decode()
    sums = page[page.index('<dl class="sums">') :]
    assert page.count("€106.43") == 1 and sums.index("Total") < sums.index("€106.43")


def test_mallory_finds_nothing_of_another_workspace(house):
    mallory = a_house("mallory", owner="mallory")
    made = an_order(house, "KSL-20418")
    conversation = a_conversation(house, "Hello")
    client = agent(mallory)
    assert client.get(f"/orders/{made.pk}").status_code == 404
    assert client.get(f"/desk/conversations/{conversation}/orders").status_code == 404
    assert "KSL-20418" not in client.get("/orders?q=KSL-20418").content.decode().replace(
        'value="KSL-20418"', ""
    )
    with house.acting():
        assert Conversation.objects.count() == 1


def test_an_order_says_who_pays_what_at_its_border(house):
    order, client = an_order(house, "3001"), agent(house)
    at = f"/orders/{order.pk}/border"
    assert "Where your parcels start is not known" in client.get(at).content.decode()
    assert at in client.get(f"/orders/{order.pk}").content.decode()
    with house.acting():
        save_terms(
            house.workspace.pk, agent=None, brand_id=house.brand.pk, sends_from="FI", ddp=[], registered=[]
        )
    page = client.get(at).content.decode()
    assert "Duty" in page and "An HS code is missing" in page and "At the door: at least" in page
    assert "The customer pays it to the carrier" in page
    assert agent(a_house("mallory")).get(at).status_code == 404


def test_an_order_says_between_which_days_it_is_there_or_what_is_missing(house):
    order, client = an_order(house, "3003"), agent(house)
    at = f"/orders/{order.pk}/promise"
    assert "nobody said where parcels start" in client.get(at).content.decode()
    assert at in client.get(f"/orders/{order.pk}").content.decode()
    with house.acting():
        number, brand = house.workspace.pk, house.brand.pk
        save_terms(number, agent=None, brand_id=brand, sends_from="FI", ddp=[], registered=[])
        save_dispatch(number, agent=None, brand_id=brand, cut_off=time(14), handling_days=1)
        LaneTime.objects.create(
            workspace_id=number, carrier="posti", origin="FI", destination=order.country, stage="door",
            parcels=143, median=200_000, p90=300_000,
        )  # fmt: skip
    page = client.get(at).content.decode()
    assert "With the customer between" in page and "By 143 parcels" in page and "To the carrier on" in page
    assert agent(a_house("mallory")).get(at).status_code == 404


def test_a_refund_stands_once_in_the_conversation_that_names_the_order_with_a_sentence_to_send(house):
    order = an_order(house, "KSL-30020")
    said = a_conversation(house, "Hello, where is my money for KSL-30020?")
    other = write(house, "Hello, do you ship to Norway?", thread_key="api:other").conversation_id
    with house.acting():
        back = Refund.objects.create(
            workspace_id=house.workspace.pk, order=order, key="z", method="card", amount=395000, currency="THB",
            refunded_at=timezone.now(),
        )  # fmt: skip
        for _time in range(2):
            with transaction.atomic():
                publish(RefundChanged(order_id=order.pk, refund_id=back.pk, status="done"))
    settle()
    with house.acting():
        lines = list(Message.objects.filter(event__kind="refunded").values_list("conversation_id", flat=True))
    assert lines == [said] != [other]
    page = agent(house).get(f"/conversations/{said}").content.decode()
    assert "Refunded for order KSL-30020: " in page and "Tell the customer" in page
    assert 'value="refund_' in page and "3,950.00" in page.split('class="event"')[1].split("data-insert")[1]
    with house.acting():
        assert not Message.objects.filter(direction="out").exists()


def test_a_refund_says_when_it_is_with_the_customer(house):
    order = an_order(house, "3002")
    at = datetime.fromisoformat("2026-11-27T08:30:00+00:00")
    with house.acting():
        for key, method in (("a", "pix"), ("b", "blik")):
            Refund.objects.create(
                workspace_id=house.workspace.pk, order=order, key=key, method=method, amount=100, currency="THB",
                refunded_at=at,
            )  # fmt: skip
        order.country = "BR"
        order.save(update_fields=["country"])
    page = agent(house).get(f"/orders/{order.pk}").content.decode()
    assert page.count("with the customer between") == 1
