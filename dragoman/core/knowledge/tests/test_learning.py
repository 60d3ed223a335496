"""Webinars with sign-up and paths of articles."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.learning import (
    Comer,
    PathWish,
    WebinarWish,
    save_path,
    save_webinar,
    sign_up,
    take_back,
)
from dragoman.core.knowledge.errors import BadArticle, BadSignUp, NoWebinar, WebinarFull
from dragoman.core.knowledge.learning import calendar_of, find_sign_up, get_webinar, open_webinars, walks_for
from dragoman.core.knowledge.models import Webinar
from dragoman.core.knowledge.queries import reader_of
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def a_webinar(house: House, **more) -> Webinar:
    at = more.pop("starts_at", timezone.now() + timedelta(days=3))
    facts = {"state": Webinar.State.OPEN, "link": "https://meet.example/1", "seats": 1, **more}
    return save_webinar(
        house.workspace.pk, WebinarWish(house.brand.pk, "Lamps", "fi", at, **facts), agent=house.greta
    )


def test_seats_are_counted_once_an_address_and_freed_again(house: House) -> None:
    with house.acting():
        webinar = a_webinar(house)
        kept = sign_up(webinar, Comer("Somchai@Example.com", "Somchai", "th", "Asia/Bangkok"))
        assert sign_up(webinar, Comer("somchai@example.com")).pk == kept.pk
        with pytest.raises(WebinarFull):
            sign_up(webinar, Comer("ana@example.com"))
        found = find_sign_up(house.workspace.pk, kept.token)
        assert found is not None
        take_back(found)
        sign_up(webinar, Comer("ana@example.com"))
        assert [one.coming for one in open_webinars(house.brand)] == [1]
        with pytest.raises(BadSignUp):
            sign_up(webinar, Comer("nowhere"))
        a_webinar(house, starts_at=timezone.now() - timedelta(hours=1))
        draft = a_webinar(house, state=Webinar.State.DRAFT)
        with pytest.raises(NoWebinar):
            sign_up(draft, Comer("ana@example.com"))
        assert len(open_webinars(house.brand)) == 1
        for wrong in ({"minutes": 0}, {"link": "javascript:1"}, {"state": "x"}, {"time_zone": "Nowhere"}):
            with pytest.raises(BadArticle):
                a_webinar(house, **wrong)
    with a_house("evil", owner="mallory").acting(), pytest.raises(NoWebinar):
        get_webinar(a_house("worse").workspace.pk, webinar.pk)


def test_the_entry_for_a_calendar_is_in_the_readers_zone_and_a_move_is_a_later_one(house: House) -> None:
    with house.acting():
        at = datetime(2099, 7, 1, 12, 0, tzinfo=UTC)
        webinar = a_webinar(house, starts_at=at)
        raw = calendar_of(webinar, uid="1@x.example", time_zone="Asia/Bangkok", with_link=True)
        [entry] = Calendar.from_ical(raw).walk("VEVENT")
        assert entry["DTSTART"].dt == at and entry["DTSTART"].dt.hour == 19
        assert b"TZID=Asia/Bangkok" in raw and b"meet.example" in raw
        assert b"meet.example" not in calendar_of(webinar, uid="1@x.example")
        wish = WebinarWish(house.brand.pk, "Lamps", "fi", at, state=Webinar.State.CANCELLED)
        called_off = save_webinar(house.workspace.pk, wish, agent=None, webinar_id=webinar.pk)
        assert called_off.sequence == 1 and b"CANCELLED" in calendar_of(called_off, uid="1@x.example")


def test_a_path_is_walked_in_its_order_by_what_this_reader_can_read(house: House) -> None:
    with house.acting():
        for key, more in (("one", {}), ("two", {"internal": True}), ("three", {})):
            wish = ArticleWish(key, "en", key.title(), "Words.", status="published", **more)
            write_text(house.workspace.pk, wish, agent=None)
        names = {"en": "Start here", "fi": "Aloita tästä"}
        save_path(house.workspace.pk, PathWish(names, ["three", "two", "one"], shown=True), agent=None)
        [walk] = walks_for(house.brand, reader_of(house.brand, "fi"), have_read=["one"])
        assert walk.name == "Aloita tästä" and walk.done == 1
        assert [(one.listed.title, one.is_read) for one in walk.stages] == [("Three", False), ("One", True)]
        with pytest.raises(BadArticle):
            save_path(house.workspace.pk, PathWish(names, ["nowhere"]), agent=None)
