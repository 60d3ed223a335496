"""Webinars at the help centre: a seat is asked for, mailed with its date, and given back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.knowledge.actions.learning import WebinarWish, save_webinar
from dragoman.core.knowledge.models import SignUp, Webinar
from dragoman.front.portal.help.seat_mail import letter
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def test_a_customer_signs_up_is_told_in_their_language_and_gives_the_seat_back(house: House) -> None:
    start = f"/help/{house.brand.slug}"
    with house.acting():
        wish = WebinarWish(
            house.brand.pk, "Lamps", "en", timezone.now() + timedelta(days=2), seats=1,
            link="https://meet.example/1", state=Webinar.State.OPEN,
        )  # fmt: skip
        webinar = save_webinar(house.workspace.pk, wish, agent=None)
    customer = Client()
    at = f"{start}/th/webinars/"
    page = customer.get(at).content.decode()
    assert "Lamps" in page and "meet.example" not in page
    bad = customer.post(at, {"webinar": webinar.pk, "email": "nowhere", "name": "Somchai"})
    assert bad.status_code == 422 and 'value="Somchai"' in bad.content.decode()
    assert customer.post(at, {"webinar": webinar.pk, "email": "somchai@example.com"}).status_code == 302
    with house.acting():
        kept = SignUp.objects.select_related("webinar", "webinar__brand").get()
        _subject, text = letter(kept)
        assert kept.language == "th" and "https://meet.example/1" in text and kept.token in text
    full = customer.post(at, {"webinar": webinar.pk, "email": "ana@example.com"})
    assert full.status_code == 422
    seat = f"{start}/th/webinars/seats/{kept.token}"
    assert customer.get(seat).status_code == 200
    with house.acting():
        assert SignUp.objects.get().cancelled_at is None
    customer.post(seat)
    with house.acting():
        assert SignUp.objects.get().cancelled_at is not None
    assert b"BEGIN:VEVENT" in customer.get(f"{at}{webinar.pk}.ics").content
    other = a_house("evil", owner="mallory")
    assert customer.get(f"/help/{other.brand.slug}/th/webinars/seats/{kept.token}").status_code == 404
    assert customer.get(f"/help/{other.brand.slug}/th/webinars/{webinar.pk}.ics").status_code == 404
