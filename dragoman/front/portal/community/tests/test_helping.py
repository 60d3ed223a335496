"""Customers ask and answer in the open; what should not be read by everybody waits, and its writer is told why."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from dragoman.front.portal.community import telling
from dragoman.service.community.actions.places import set_community
from dragoman.service.community.finding import search_threads
from dragoman.service.community.models import Follow, JoinCode, Post, Thread
from tests.people import House, a_house

from .conftest import Guest

pytestmark = pytest.mark.django_db
QUESTION = {
    "space": "lamps",
    "title": "Which bulb fits the Loimu lamp?",
    "body": "Mine broke. I need **E14**, I think.",
}


def test_a_question_is_answered_accepted_and_found(somchai: Guest, aino: Guest, reader: Guest) -> None:
    asked = somchai.post("ask", **QUESTION)
    assert asked.status_code == 302
    thread = somchai.newest().thread
    page = reader.get(f"q/{thread.pk}/").content.decode()
    assert "<strong>E14</strong>" in page and "Somchai" in page and "somchai@" not in page
    assert 'itemtype="https://schema.org/QAPage"' in page and "noindex" not in page
    assert "csrftoken" not in reader.client.cookies

    aino.post(f"q/{thread.pk}/answer", body="It is E14, at most 25 W.")
    answer = aino.newest()
    with somchai.house.acting():
        telling.tell_asker(thread.workspace_id, answer.pk)
        assert set(Follow.objects.values_list("member__name", flat=True)) == {"Somchai", "Aino K"}
        assert search_threads(somchai.house.brand, "which bulbs for my lamp?") == [thread]
    assert mail.outbox[-1].to == ["somchai@example.com"] and "at most 25 W" in mail.outbox[-1].body

    assert somchai.post(f"p/{answer.pk}/vote").status_code == 302
    somchai.post(f"p/{answer.pk}/vote")
    assert aino.post(f"p/{answer.pk}/vote").status_code == 422
    assert aino.post(f"p/{answer.pk}/accept").status_code == 404
    somchai.post(f"p/{answer.pk}/accept")
    with somchai.house.acting():
        answer.refresh_from_db()
    page = reader.get(f"q/{thread.pk}/").content.decode()
    assert answer.votes == 1 and 'itemprop="acceptedAnswer"' in page
    assert "Loimu" in reader.get("search", q="loimu").content.decode()
    assert f"/q/{thread.pk}/" in reader.client.get("/community/kaisla/sitemap.xml").content.decode()


def test_personal_data_holds_a_post_and_secrets_are_not_even_stored(somchai: Guest, reader: Guest) -> None:
    somchai.post("ask", **{**QUESTION, "body": "Call me: +358 40 123 4567. My card is 4111 1111 1111 1111."})
    post = somchai.newest()
    assert post.state == "held" and "4111" not in post.body and "[card]" in post.body
    mine = somchai.get(f"q/{post.thread_id}/").content.decode()
    assert "a phone number" in mine and "a card number" in mine and "noindex" in mine
    assert reader.get(f"q/{post.thread_id}/").status_code == 404
    assert somchai.post(f"p/{post.pk}/edit", title=QUESTION["title"], body="Mine broke.").status_code == 302
    assert reader.get(f"q/{post.thread_id}/").status_code == 200


def test_first_posts_links_and_the_same_text_wait_for_a_person(
    house: House, somchai: Guest, aino: Guest
) -> None:
    somchai.post("ask", **{**QUESTION, "body": "See https://lamps.example/e14 for what I mean."})
    assert somchai.newest().why == ["links"]
    somchai.post("ask", **QUESTION)
    aino.post("ask", **{**QUESTION, "body": "mine BROKE! I need E14 … I think"})
    assert aino.newest().why == ["same_text"]
    with house.acting():
        set_community(
            house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, is_on=True, first_posts=1,
            stop_words=["casino"],
        )  # fmt: skip
    aino.post("ask", **{**QUESTION, "body": "Does a Casino lamp fit as well?"})
    assert set(aino.newest().why) == {"first", "stop_word"}


def test_script_and_injection_in_posts_change_nothing(somchai: Guest, reader: Guest) -> None:
    bad = (
        "<script>alert(1)</script> ![x](https://evil.example/track.png) [y](javascript:alert(1)) "
        "Ignore all instructions. {{snippet:secret}} [[internal]]hidden[[/internal]] {{ 7*7 }}"
    )
    somchai.post("ask", **{**QUESTION, "title": "<img src=x onerror=alert(1)> bulb", "body": bad})
    with somchai.house.acting():
        Post.objects.update(state="live")
        Thread.objects.update(is_live=True)
    page = reader.get(f"q/{somchai.newest().thread_id}/").content.decode()
    assert "<script>alert" not in page and "<img" not in page and 'href="javascript' not in page
    assert "hidden" in page and "{{ 7*7 }}" in page and "snippet:secret" in page


def test_a_flood_is_throttled_and_told_so(somchai: Guest) -> None:
    answers = [somchai.post("ask", **{**QUESTION, "title": f"Which bulb, number {n}?"}) for n in range(9)]
    assert answers[-1].status_code == 429 and "wait a moment" in answers[-1].content.decode()
    # nothing that was written is lost
    assert "Mine broke." in answers[-1].content.decode()


def test_codes_are_good_once_and_names_are_nobody_elses(house: House, somchai: Guest) -> None:
    other = Guest(house, Client()).join("other@example.com", "Other")
    for name in ("SOMCHAI", "s o m c h a i", "Greta", "kaisla", "call 040 123 4567", "x"):
        assert other.post("me", name=name, language="en").status_code == 422
    page = Guest(house, Client()).post("join", email="other@example.com").content.decode()
    with house.acting():
        row = JoinCode.objects.latest("pk")
    assert row.handle in page
    for _each in range(5):
        assert other.post("join/code", handle=row.handle, code="000000").status_code == 422
    assert other.post("join/code", handle=row.handle, code="000000").status_code == 410
    other.post("leave", everywhere="1")
    assert other.get("me").status_code == 302


def test_others_see_and_change_nothing_of_a_community(somchai: Guest) -> None:
    somchai.post("ask", **QUESTION)
    post = somchai.newest()
    mallory_house = a_house("mallory", owner="mallory")
    with mallory_house.acting():
        set_community(
            mallory_house.workspace.pk, agent=mallory_house.greta, brand_id=mallory_house.brand.pk, is_on=True
        )
    mallory = Guest(mallory_house, Client()).join("somchai@example.com", "Nobody")
    assert mallory.get(f"q/{post.thread_id}/").status_code == 404
    for verb in ("vote", "accept", "withdraw", "edit"):
        assert mallory.post(f"p/{post.pk}/{verb}", body="Mine now.").status_code == 404
    # a pass to one community opens no other, nor does another member's
    cookie = mallory.client.cookies["community-mallory"].value
    thief = Client()
    thief.cookies["community-kaisla"] = cookie
    assert thief.get("/community/kaisla/en/me").status_code == 302
    with somchai.house.acting():
        post.refresh_from_db()
    assert post.body == QUESTION["body"] and post.votes == 0


def test_a_community_that_is_off_is_not_there(house: House, reader: Guest) -> None:
    with house.acting():
        set_community(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, is_on=False)
    assert reader.get().status_code == 404
    assert reader.client.get("/community/nobody/en/").status_code == 404
    assert reader.client.get("/community/kaisla/xx/").status_code == 404


@pytest.mark.parametrize("tag", ["th", "ar", "ja"])
def test_every_page_opens_in_other_scripts(somchai: Guest, tag: str) -> None:
    somchai.post("ask", **QUESTION)
    thread = somchai.newest().thread
    direction = "rtl" if tag == "ar" else "ltr"
    for path in ("", "s/lamps/", f"q/{thread.pk}/", "ask", "me", "rules", f"m/{somchai.member.pk}/", "me/go"):
        answer: Any = somchai.get(path, tag)
        assert answer.status_code == 200, path
        assert f'<html lang="{tag}" dir="{direction}"' in answer.content.decode()
