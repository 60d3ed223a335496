"""Webinars at the help centre: a seat is asked for, mailed with its date, and given back."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from dragoman.core.knowledge.actions.comers import begin_telling
from dragoman.core.knowledge.actions.learning import Comer, WebinarWish, save_webinar, sign_up, take_back
from dragoman.core.knowledge.events import WebinarChanged, WebinarSignedUp
from dragoman.core.knowledge.learning import sign_ups_of
from dragoman.core.knowledge.models import SignUp, Webinar
from dragoman.front.portal.help.seat_mail import letter
from dragoman.front.portal.tasks import send_seat, tell_of_move
from dragoman.kit.errors import Unavailable
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
    # a browser may call a zone by the name it had once
    seat = {"webinar": webinar.pk, "email": "somchai@example.com", "zone": "Asia/Calcutta"}
    assert customer.post(at, seat).status_code == 302
    with house.acting():
        kept = SignUp.objects.select_related("webinar", "webinar__brand").get()
        _subject, text = letter(kept)
        assert (kept.language, kept.time_zone) == ("th", "Asia/Kolkata")
        assert "https://meet.example/1" in text and kept.token in text
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
    assert b"TZID=Asia/Tokyo" in customer.get(f"{at}{webinar.pk}.ics?zone=Asia/Tokyo").content
    assert b"BEGIN:VEVENT" in customer.get(f"{at}{webinar.pk}.ics?zone=nowhere").content
    assert f'href="{start}/th/webinars/"' in customer.get(f"{start}/th/").content.decode()
    missing = customer.get(f"{at}no/such/page/")
    assert missing.status_code == 404 and 'lang="th"' in missing.content.decode()
    other = a_house("evil", owner="mallory")
    assert customer.get(f"/help/{other.brand.slug}/th/webinars/seats/{kept.token}").status_code == 404
    assert customer.get(f"/help/{other.brand.slug}/th/webinars/{webinar.pk}.ics").status_code == 404


def test_who_signed_up_is_told_once_of_a_move_and_of_its_end(house: House, settings, tmp_path) -> None:
    settings.MAIL_URL = "smtp://127.0.0.1:1"
    at = timezone.now() + timedelta(days=2)
    wish = WebinarWish(house.brand.pk, "Lamps", "en", at, place="Here", state=Webinar.State.OPEN)

    def save(**changes: object) -> WebinarChanged:
        done = save_webinar(house.workspace.pk, replace(wish, **changes), agent=None, webinar_id=webinar.pk)
        return WebinarChanged(webinar_id=done.pk, moved=True)

    with house.acting():
        webinar = save_webinar(house.workspace.pk, wish, agent=None)
        somchai = sign_up(webinar, Comer("somchai@example.com", language="fi", time_zone="Asia/Bangkok"))
        take_back(sign_up(webinar, Comer("ana@example.com")))
        send_seat(WebinarSignedUp(webinar_id=webinar.pk, sign_up_id=somchai.pk))
        later = at + timedelta(days=1)
        moved = save(starts_at=later)
        tell_of_move(moved)
        tell_of_move(moved)
        seat, change = mail.outbox
        assert change.to == ["somchai@example.com"] and "webinars/seats/" in change.body
        before, after = (Calendar.from_ical(one.attachments[0][1]) for one in (seat, change))
        [old], [new] = before.walk("VEVENT"), after.walk("VEVENT")
        assert (after["METHOD"], new["UID"], new["SEQUENCE"]) == ("PUBLISH", old["UID"], old["SEQUENCE"] + 1)
        assert new["DTSTART"].dt == later.replace(microsecond=0) and "ORGANIZER" in new
        # the worker dies while it writes to Somchai: the next one does not write again
        begin_telling(somchai, 2)
        moved = save(starts_at=later, place="There")
        tell_of_move(moved)
        assert len(mail.outbox) == 2 and sign_ups_of(webinar).get(pk=somchai.pk).is_unsure
        # a server that is away gets it later
        away = save(state=Webinar.State.CANCELLED)
        settings.EMAIL_BACKEND = "dragoman.front.gateway.adapter.OwnMailBackend"
        with pytest.raises(Unavailable):
            tell_of_move(away)
        settings.MAIL_URL = f"folder://{tmp_path}"
        tell_of_move(away)
        tell_of_move(away)
        [path] = (tmp_path / "new").iterdir()
        [file] = message_from_bytes(path.read_bytes(), policy=default).iter_attachments()
        ends = Calendar.from_ical(file.get_content())
        [entry] = ends.walk("VEVENT")
        assert (ends["METHOD"], file["Content-Type"].params["method"]) == ("CANCEL", "CANCEL")
        assert (entry["STATUS"], entry["SEQUENCE"], entry["UID"]) == ("CANCELLED", 3, old["UID"])
        assert not sign_ups_of(webinar).get(pk=somchai.pk).is_unsure
