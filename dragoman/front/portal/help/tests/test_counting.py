"""What is counted of reading, and that nobody is known by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import change_brand
from dragoman.core.knowledge.actions.reading import forget_reading
from dragoman.core.knowledge.deflection import deflection_by_language, deflection_in
from dragoman.core.knowledge.gaps import Span, complaints_in, gaps_in, helpfulness_in
from dragoman.core.knowledge.models import Feedback, ReadingDay, Search, Visiting
from tests.people import House

pytestmark = pytest.mark.django_db(transaction=True)
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/150.0"}


def reader(**headers: str) -> Client:
    return Client(headers={**BROWSER, **headers})


def week() -> Span:
    return Span(timezone.now() - timedelta(days=7))


def a_day_later(house: House) -> None:
    past = timezone.now() - timedelta(hours=25)
    with house.acting():
        mine = Visiting.objects.filter(workspace_id=house.workspace.pk)
        mine.update(last_at=past, began_at=past, wrote_at=F("wrote_at") - timedelta(hours=25))
        Search.objects.filter(workspace_id=house.workspace.pk).update(at=past)


def test_who_searched_and_read_and_did_not_write_within_a_day_found_it_alone(house: House) -> None:
    found, wrote, only_read = reader(), reader(), reader()
    for one in (found, wrote):
        one.get("/help/kaisla/en/search?q=lamp")
        one.get("/help/kaisla/en/broken/?from=search")
    only_read.get("/help/kaisla/fi/broken/")
    assert wrote.post("/help/kaisla/en/reached").status_code == 204
    with house.acting():
        # the day is not over
        assert deflection_in(house.workspace.pk, week()).visits == 0
    a_day_later(house)
    with house.acting():
        all_of_it = deflection_in(house.workspace.pk, week())
        assert (all_of_it.visits, all_of_it.searched, all_of_it.read) == (3, 2, 3)
        assert (all_of_it.both, all_of_it.deflected, all_of_it.share) == (2, 1, 0.5)
        assert [one.language for one in deflection_by_language(house.workspace.pk, week())] == ["en", "fi"]
        assert Search.objects.filter(opened__key="broken").count() == 2
        assert [one.times for one in ReadingDay.objects.order_by("language")] == [2, 1]


def test_a_visit_is_a_number_that_the_browser_forgets_and_we_never_keep(house: House) -> None:
    one = reader()
    assert not one.get("/help/kaisla/en/").cookies
    cookie = one.get("/help/kaisla/en/broken/").cookies["help_visit"]
    assert cookie["max-age"] == "" and cookie["expires"] == "" and cookie["httponly"]
    assert cookie["samesite"] == "Lax" and cookie["path"] == "/help/kaisla/"
    with house.acting():
        kept = Visiting.objects.get()
        assert len(kept.visit) == 32 and cookie.value not in kept.visit


@pytest.mark.parametrize("wish", [{"DNT": "1"}, {"Sec-GPC": "1"}, {"User-Agent": "Googlebot/2.1"}])
def test_who_does_not_want_to_be_counted_is_not(house: House, wish: dict[str, str]) -> None:
    one = reader(**wish)
    one.get("/help/kaisla/en/search?q=lamp")
    page = one.get("/help/kaisla/en/broken/")
    assert page.status_code == 200 and not one.cookies
    with house.acting():
        assert not Visiting.objects.exists() and not Search.objects.exists()


def test_a_brand_may_count_nothing_at_all(house: House, brand: Any) -> None:
    with house.acting():
        change_brand(brand, changes={"help": {"measure": False}})
    one = reader()
    one.get("/help/kaisla/en/search?q=lamp")
    one.get("/help/kaisla/en/broken/")
    with house.acting():
        assert not one.cookies and not ReadingDay.objects.exists() and not Search.objects.exists()


def test_what_was_looked_for_in_vain_is_told_by_language_and_market(house: House) -> None:
    for _time in range(3):
        reader().get("/help/kaisla/fi/search?q=Lahjapaketti")
    reader().get("/help/kaisla/de-AT/search?q=Sofa")
    one = reader()
    # the letters on the way to a word are one search
    for words in ("lam", "lamp", "lamp broken"):
        one.get("/help/kaisla/en/instant", {"q": words})
    reader().get("/help/kaisla/en/search", {"q": "card 4111 1111 1111 1111 of a@b.example"})
    a_day_later(house)
    with house.acting():
        gaps = gaps_in(house.workspace.pk, week())
        assert (gaps[0].words, gaps[0].language, gaps[0].times) == ("Lahjapaketti", "fi", 3)
        assert ("Sofa", "de", "AT") in {(one.words, one.language, one.market) for one in gaps}
        typed = Search.objects.get(words__startswith="lam")
        # what was answered on the spot was found
        assert (typed.words, typed.answered) == ("lamp broken", True)
        assert "lamp broken" not in {one.words for one in gaps}
        assert "card [card] of [email]" in {one.words for one in gaps}
        assert gaps_in(house.workspace.pk, Span(week().since, language="ja")) == []


def test_a_reader_says_whether_it_helped_and_why_not(house: House) -> None:
    one = reader()
    address = "/help/kaisla/fi/broken/feedback"
    assert "told=yes" in one.post(address, {"helped": "yes"})["Location"]
    there = one.post(address, {"helped": "no"})["Location"]
    assert "told=no" in there and 'name="reason"' in one.get(there).content.decode()
    token = there.partition("of=")[2].partition("#")[0].replace("%3A", ":")
    one.post(address, {"of": token, "reason": "missing", "words": "Mail me at x@y.example"})
    one.post(address, {"of": "made:up", "reason": "wrong"})
    assert one.post(address, {"helped": "maybe"}).status_code == 302
    with house.acting():
        kept = Feedback.objects.get()
        assert (kept.helped, kept.reason, kept.words) == (False, "missing", "Mail me at [email]")
        assert complaints_in(house.workspace.pk, week()) == [kept]
        assert helpfulness_in(house.workspace.pk, week())[0].share == 0.0
    assert one.post(address, {"helped": "no"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 404


def test_a_flood_from_one_address_is_slowed_and_told_so(house: House) -> None:
    pages = [reader().get("/help/kaisla/fi/search?q=a") for _time in range(42)]
    assert pages[39].status_code == 200 and pages[-1].status_code == 429 and pages[-1]["Retry-After"]
    assert 'role="alert"' in pages[-1].content.decode()
    verdicts = [reader().post("/help/kaisla/fi/broken/feedback", {"helped": "yes"}) for _time in range(22)]
    assert verdicts[-1].status_code == 429 and 'role="alert"' in verdicts[-1].content.decode()
    assert reader(**{"X-Test": "1"}).get("/help/kaisla/fi/broken/").status_code == 200


def test_visits_and_searches_are_forgotten(house: House) -> None:
    reader().get("/help/kaisla/en/search?q=lamp")
    old = timezone.now() - timedelta(days=500)
    with house.acting():
        Visiting.objects.update(last_at=old)
        Search.objects.update(at=old)
        forget_reading(house.workspace.pk)
        assert not Visiting.objects.exists() and not Search.objects.exists()
