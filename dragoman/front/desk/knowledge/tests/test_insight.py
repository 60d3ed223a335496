"""Agents see what their own readers look for and miss, and nobody else's."""

import html
import re

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.reading import (
    Reading,
    Searched,
    Verdict,
    give_feedback,
    note_reading,
    note_search,
)
from dragoman.core.knowledge.models import ArticleQuestion
from dragoman.front.desk.settings.tests.conftest import logged_in
from tests.people import PASSWORD, House, a_house

pytestmark = pytest.mark.django_db(transaction=True)


def used(house: House, words: str) -> None:
    with house.acting():
        wish = ArticleWish("broken", "fi", f"Rikki {words}", "Kuvaa.", status="published")
        article = write_text(house.workspace.pk, wish, agent=house.greta).article
        reading = Reading(house.brand, "fi", "", ("a" * 32,))
        note_search(reading, Searched(words, 0))
        note_reading(reading, article, fallback=False)
        give_feedback(reading, article, Verdict(1, helped=False, reason="missing", words=f"{words} puuttuu"))


def test_what_readers_miss_is_seen_by_their_own_house(db: None) -> None:
    kaisla, mallory = a_house(), a_house("mallory")
    used(kaisla, "=lahjapaketti")
    used(mallory, "salaisuus")
    with kaisla.acting():
        client = logged_in(kaisla.greta)
    page = client.get("/knowledge/insight?language=fi&days=7").content.decode()
    assert page.count("=lahjapaketti") >= 3 and "salaisuus" not in page
    assert "/help/kaisla/fi/search?q=%3Dlahjapaketti" in page
    assert "=lahjapaketti" not in client.get("/knowledge/insight?language=de").content.decode()
    table = client.get("/knowledge/insight?form=csv").content.decode()
    # no spreadsheet takes a customer's words for a formula
    assert "'=lahjapaketti,fi" in table and "salaisuus" not in table
    assert "/knowledge/insight" in client.get("/knowledge").content.decode()
    assert Client().get("/knowledge/insight").status_code == 302


def test_what_is_missing_is_written_with_the_question_that_asked_for_it(db: None) -> None:
    house, question = a_house(), "วิธีเปลี่ยนหลอดไฟ"
    with house.acting():
        client = logged_in(house.greta)
        light = add_agent(
            house.workspace.pk, email="p@x.example", name="Pekka", role=Role.LIGHT, password=PASSWORD
        )
        note_search(Reading(house.brand, "th", "", ("a" * 32,)), Searched(question, 0))
    page = client.get("/knowledge/insight").content.decode()
    [link] = re.findall(r'href="(/knowledge/new[^"]+)"', page)
    editor = client.get(html.unescape(link), follow=True)
    at, page = editor.redirect_chain[-1][0], editor.content.decode()
    assert f'value="{question}"' in page and "language=th" in at
    fields = {"language": "th", "market": "", "title": question, "question": question, "seen": "0"}
    assert client.post(at, {**fields, "body": ""}).content.decode().count(question) >= 3
    assert client.post(at, {**fields, "body": "ปิดไฟก่อน"}).status_code == 302
    with house.acting():
        [kept] = ArticleQuestion.objects.all()
        assert (kept.words, kept.language, kept.state) == (question, "th", "kept")
        assert "/knowledge/new" not in logged_in(light).get("/knowledge/insight").content.decode()
    # it is there: another key is chosen, and the question goes along
    again = client.get(html.unescape(link)).content.decode()
    assert 'name="question"' in again and 'name="key"' in again
