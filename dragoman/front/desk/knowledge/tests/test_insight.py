"""Agents see what their own readers look for and miss, and nobody else's."""

import pytest
from django.test import Client

from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.reading import (
    Reading,
    Searched,
    Verdict,
    give_feedback,
    note_reading,
    note_search,
)
from dragoman.front.desk.settings.tests.conftest import logged_in
from tests.people import House, a_house

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
