"""The demo has orders on which everything can be tried: some were not sent yet."""

import pytest
from django.utils import timezone

from dragoman.config.demo.orders import orders_data, pour_orders
from dragoman.core.commerce.doers import offered
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.queries import order_by_id
from tests.people import a_house

pytestmark = pytest.mark.django_db


def test_what_a_story_asks_to_cancel_or_to_send_elsewhere_was_not_sent_yet() -> None:
    house, numbers = a_house(), ["KSL-20429", "KSL-20427", "KSL-20412"]
    waiting = [number for number, one in orders_data()["orders"].items() if one.get("waiting")]
    assert waiting == numbers[:2]
    person = {"email": "anna@example.com", "name": "Anna", "language": "pl", "market": "PL"}
    story = {
        "customer": "anna",
        "brand": "kaisla",
        "hours_ago": 9,
        "messages": [{"text": number} for number in numbers],
    }
    with house.acting():
        assert pour_orders([story], {"kaisla": house.brand}, {"anna": person}, now=timezone.now()) == 3
        found = {one.number: order_by_id(house.workspace.pk, one.pk) for one in Order.objects.all()}
        can = {number: set(offered(one)) for number, one in found.items()}
    for number in waiting:
        assert can[number] >= {"cancel", "address"} and "exchange" not in can[number]
    assert "exchange" in can["KSL-20412"] and "cancel" not in can["KSL-20412"]
