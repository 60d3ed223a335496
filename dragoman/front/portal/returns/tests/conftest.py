"""A German order of two pairs of shoes and a mug with a name on it, delivered three days ago; mails are kept."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.tests.facts import line, order
from dragoman.front.portal.tasks import send_entry_code, send_receipt
from dragoman.ground.providers.shops.facts import PersonFacts, ShipmentFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from dragoman.service.returns.events import EntryCodeAsked, WithdrawalDeclared
from dragoman.service.returns.models import EntryCode, Withdrawal
from tests.people import House, a_house

MAIL = "somchai@example.com"


@dataclass
class Shopper:
    """A customer's browser at a brand's portal; `csrf`: it is checked as for real."""

    house: House
    client: Client

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/returns/{self.house.brand.slug}/{path}")

    def post(self, path: str = "", /, **form: Any) -> Any:
        data = {name.replace("__", "-"): value for name, value in form.items()}
        return self.client.post(f"/returns/{self.house.brand.slug}/{path}", data)

    def ask(self, number: str = "KSL-1", contact: str = MAIL) -> str:
        page = self.post(number=number, contact=contact)
        assert page.status_code == 200, page.content.decode()
        return re.search(r'name="handle" value="([^"]+)"', page.content.decode())[1]  # type: ignore[index]

    def code(self) -> str:
        """Let the mail go out, and read the code in it; "" where none was sent."""
        before = len(mail.outbox)
        with self.house.acting():
            newest = EntryCode.objects.latest("pk")
            send_entry_code(EntryCodeAsked(brand_id=newest.brand_id, code_id=newest.pk))
        sent = mail.outbox[before:]
        return re.search(r"\b(\d{6})\b", str(sent[0].subject))[1] if sent else ""  # type: ignore[index]

    def enter(self) -> None:
        handle = self.ask()
        assert self.post("code", handle=handle, code=self.code()).status_code == 302

    def receipts(self) -> list[Any]:
        """Let the receipts go out, and return them."""
        before = len(mail.outbox)
        with self.house.acting():
            for one in Withdrawal.objects.order_by("pk"):
                send_receipt(
                    WithdrawalDeclared(brand_id=one.brand_id, withdrawal_id=one.pk, return_id=one.made_id)
                )
        return mail.outbox[before:]


@pytest.fixture
def house(settings: Any) -> House:
    cache.clear()
    settings.MAIL_URL = "smtp://mail.example"
    made = a_house()
    with made.acting():
        there = timezone.now() - timedelta(days=3)
        facts = order(
            "KSL-1",
            country="DE",
            currency="EUR",
            placed_at=there - timedelta(days=2),
            person=PersonFacts(email=MAIL, name="Somchai", phone="+49 30 901820"),
            lines=[
                line(sku="SHOE-42", title="Trail shoe", quantity=2, unit_price=8900),
                line(sku="MUG", title="Mug with a name", quantity=1, unit_price=1900, custom_made=True),
            ],
            shipments=[
                ShipmentFacts(status=ShipmentStatus.DELIVERED, delivered_at=there, tracking_number="T1")
            ],
        )
        mirror_order(shop_of_the_api(made.brand), facts=facts)
    return made


@pytest.fixture
def shopper(house: House) -> Shopper:
    return Shopper(house, Client())


@pytest.fixture
def shoe(house: House) -> int:
    """The id of the line of shoes."""
    with house.acting():
        return Order.objects.get().lines.get(sku="SHOE-42").pk
