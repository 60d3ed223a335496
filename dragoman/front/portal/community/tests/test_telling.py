"""What members are mailed: digests that one click stops, decisions with their reasons, receipts of reports."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.language.line_up import forget_possible
from dragoman.front.portal.community import telling
from dragoman.front.portal.community.shown import html_of
from dragoman.service.community.actions import moderating
from dragoman.service.community.actions.moderating import Why
from dragoman.service.community.models import Appeal, Decision, Member, Rendering, Report
from dragoman.service.community.suggesting import articles_like, threads_like
from dragoman.service.community.tests.people import a_member, a_question, a_solved_question, open_community
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings: Any) -> House:
    cache.clear()
    settings.MAIL_URL, settings.BASE_URL = "smtp://mail.example", "https://kaisla.example"
    made = a_house()
    with made.acting():
        open_community(made)
    return made


def link_in(body: str, part: str) -> str:
    return re.search(rf"https://kaisla\.example(\S*/{part}/\S+)", body)[1]  # type: ignore[index]


def test_a_digest_is_stopped_by_one_click_and_not_by_a_look(house: House) -> None:
    with house.acting():
        somchai, aino = a_member(house, "Somchai", language="fi"), a_member(house, "Aino")
        a_solved_question(somchai, aino)
        now = timezone.now()
        Member.objects.filter(pk=somchai.pk).update(
            digest_from=now - timedelta(days=1), digest_at=now, wants_answers=False
        )
        telling.send_digest(house.workspace.pk, somchai.pk)
    sent = mail.outbox[-1]
    away = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert "25 W" in sent.body and away in sent.body and "/fi/" in away
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = link_in(sent.body, "stop")
    for method, wanted in (("get", True), ("post", False)):
        answer = getattr(Client(enforce_csrf_checks=True), method)(path, {"List-Unsubscribe": "One-Click"})
        with house.acting():
            assert answer.status_code == 200 and Member.objects.get(pk=somchai.pk).wants_digest is wanted
    assert Client().get(path.replace("/stop/", "/stop/x")).status_code == 404


def test_a_decision_comes_with_its_reason_and_the_way_to_complain(house: House) -> None:
    with house.acting():
        somchai = a_member(house, "Somchai", language="fi")
        post = a_question(somchai)
    reader = Client(enforce_csrf_checks=True)
    form = {"ground": "spam", "reason": "It advertises another shop.", "email": "aino@example.com"}
    assert (
        reader.post(f"/community/kaisla/en/p/{post.pk}/report", {**form, "reason": "bad"}).status_code == 422
    )
    assert reader.post(f"/community/kaisla/en/p/{post.pk}/report", form).status_code == 200
    with house.acting():
        telling.confirm_report(house.workspace.pk, Report.objects.get().pk)
        made = moderating.remove(house.greta, post, Why("spam", "", "It names a shop and its prices."))
        telling.tell_of_decision(house.workspace.pk, made.pk)
    receipt, statement, outcome = mail.outbox[-3:]
    assert [one.to[0] for one in (receipt, statement, outcome)] == [
        "aino@example.com", "somchai@example.com", "aino@example.com",
    ]  # fmt: skip
    assert "It names a shop" in statement.body and "It names a shop" in outcome.body
    assert "aino@example.com" not in statement.body
    path = link_in(statement.body, "decision")
    assert "It names a shop" in reader.get(path).content.decode()
    assert reader.post(path, {"reason": "I named no shop, look again."}).status_code == 302
    with house.acting():
        said = Appeal.objects.get()
        assert (said.by, said.email, Decision.objects.count()) == ("writer", "somchai@example.com", 1)
    # the writer's link is no reporter's, and another brand's opens nothing
    assert "I named no shop" in reader.get(path).content.decode()
    assert reader.post(path, {"reason": "And once more, please."}).status_code in (404, 422)


def test_a_thread_is_translated_on_demand_marked_and_kept_until_it_changes(
    house: House, settings: Any
) -> None:
    with house.acting():
        asked, _solved = a_solved_question(a_member(house, "Somchai"), a_member(house, "Aino"))
    page = f"/community/kaisla/th/q/{asked.thread_id}/"
    before = Client().get(page).content.decode()
    assert "cm-original" not in before and 'action="' + page + 'translate"' not in before
    settings.TRANSLATOR_URL = "fake://"
    forget_possible()
    assert Client(enforce_csrf_checks=True).post(f"{page}translate").status_code == 302
    after = Client().get(page).content.decode()
    assert "cm-original" in after and 'lang="th" dir="ltr"' in after and "It is E14, at most 25 W." in after
    with house.acting():
        assert {one.language for one in Rendering.objects.all()} == {"th"}


def test_links_are_for_nobodys_ranking_and_pictures_are_left_out() -> None:
    html = html_of("[a](https://a.example) ![b](https://b.example/x.png) **c**\n\n# d")
    assert (
        'rel="ugc nofollow noopener noreferrer"' in html
        and "<img" not in html
        and "<strong>c</strong>" in html
    )


def test_what_answers_it_already_stands_beside_the_question(house: House) -> None:
    with house.acting():
        a_solved_question(a_member(house, "Somchai"), a_member(house, "Aino"))
        wish = ArticleWish(
            "bulbs", "en", "Changing a bulb", "Turn the lamp off. The bulb is E14.", status="published"
        )
        write_text(house.workspace.pk, wish, agent=house.greta)
        title = "Which bulb does my Loimu lamp take?"
        assert [one.title for one in threads_like(house.brand, title, language="en")] == [
            "Which bulb fits the Loimu lamp?"
        ]
        [found] = articles_like(house.brand, "changing a bulb", language="en")
        assert not articles_like(house.brand, "who is the president of France", language="en")
    assert (found.title, found.path) == ("Changing a bulb", "/help/kaisla/en/bulbs/")
