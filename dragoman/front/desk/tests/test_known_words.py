"""The glossary's words are marked in the messages of a thread, for those of the workspace alone, and cost no query."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.language import glossary
from dragoman.core.language.models import GlossaryEntry, GlossaryTerm
from dragoman.front.desk.conversations import drawing
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    drawing._drawn.forget()
    glossary.glossaries.forget()
    return a_house()


def entry(house: House, note: str = "", **words: str) -> None:
    with house.acting():
        made = GlossaryEntry.objects.create(workspace_id=house.workspace.pk, note=note)
        for language, text in words.items():
            GlossaryTerm.objects.create(
                workspace_id=house.workspace.pk, entry=made, language=language, text=text, folded=text.lower()
            )
    glossary.glossaries.forget()


def written(house: House, text: str, language: str = "fi") -> int:
    got = write(house, text)
    with house.acting():
        Message.objects.filter(pk=got.message_id).update(language=language)
    return got.conversation_id


def thread(house: House, talk: int) -> str:
    client = Client()
    client.force_login(house.greta.user)
    return client.get(f"/conversations/{talk}").content.decode()


def test_a_term_is_marked_in_any_form_with_its_word_and_note(house: House) -> None:
    entry(house, note="On the box", fi="palautustarra", en="return label")
    talk = written(house, "Missä on palautustarran linkki, jonka lupasitte?")
    page = thread(house, talk)
    assert '<span class="known" title="English: return label · On the box">palautustarran</span>' in page


def test_a_change_of_the_glossary_is_seen_in_what_was_drawn(house: House) -> None:
    talk = written(house, "Missä on palautustarran linkki, jonka lupasitte?")
    assert 'class="known"' not in thread(house, talk)
    entry(house, fi="palautustarra", en="return label")
    assert 'class="known"' in thread(house, talk)


def test_a_corrected_language_of_the_customer_is_seen_in_what_was_drawn(house: House) -> None:
    # a reader of the very language sees what the customer's calls it
    entry(house, en="return label", fi="palautustarra", de="Rücksendeaufkleber")
    talk = written(house, "I cannot find the return label that you promised me.", "en")
    for language, title in (("fi", "Finnish: palautustarra"), ("de", "German: Rücksendeaufkleber")):
        with house.acting():
            Conversation.objects.update(language=language)
        assert f'title="{title}"' in thread(house, talk)


def test_words_of_another_workspace_are_not_marked(house: House) -> None:
    other = a_house("mallory")
    entry(other, fi="palautustarra", en="return label")
    talk = written(house, "Missä on palautustarran linkki, jonka lupasitte?")
    assert 'class="known"' not in thread(house, talk)


def test_what_a_customer_wrote_and_a_note_are_shown_as_text(house: House) -> None:
    entry(house, note='"><b>x', en="label", fi="tarra")
    talk = written(house, "<i>Where</i> is the label that you promised me last week?", "en")
    page = thread(house, talk)
    assert "<i>Where" not in page and "&lt;i&gt;Where" in page and '"><b>x' not in page


def test_more_messages_ask_the_database_no_more_often(house: House) -> None:
    entry(house, fi="palautustarra", en="return label")
    talk = written(house, "Missä on palautustarran linkki, jonka lupasitte?")
    thread(house, talk)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            thread(house, talk)
        counts.append(sum("glossary" in one["sql"] for one in asked))
        for number in range(5):
            written(house, f"Ja vielä: palautustarrat numero {number} puuttuvat.")
    assert counts[1] <= counts[0] <= 2
