"""What is laid beside an agent's hand, and what is learned from what they do with it."""

import re
from html import unescape

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.actions.status import set_status
from dragoman.core.conversations.models import Conversation, Status
from dragoman.core.conversations.summary import summary_of
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.models import Article, ArticleQuestion
from dragoman.service.assist.actions.suggestions import lay_out
from dragoman.service.assist.actions.write_up import _matter, write_up
from dragoman.service.assist.errors import NothingToWriteUp
from dragoman.service.assist.models import Suggestion
from dragoman.service.assist.queries import assistance_for, served_since
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)

FINNISH = "Ota kuva vauriosta ja lähetä se meille. Saat uuden osan tai rahat takaisin. Alle 60 euron osaa ei tarvitse palauttaa."

ASKED = "Hei, lamppu on rikki. Lähetänkö kuvan vauriosta, ja saanko uuden osan tai rahat takaisin?"


@pytest.fixture
def house() -> House:
    made = a_house()
    with made.acting():
        for language, title, body in (
            ("fi", "Rikkoutunut toimitus", FINNISH),
            (
                "en",
                "Damaged delivery",
                "Send us a photo of the damage. You get a new part or your money back.",
            ),
        ):
            wish = ArticleWish("damaged", language, title, body, status="published")
            write_text(made.workspace.pk, wish, agent=made.greta)
        for key, title, body in (
            ("linen", "Pellavan pesu", "Pese pellava 40 asteessa. Älä kuivaa rummussa."),
            ("times", "Toimitusajat", "Paketti tulee 2-4 arkipäivässä. Sunnuntaisin ei jaeta."),
        ):
            write_text(
                made.workspace.pk, ArticleWish(key, "fi", title, body, status="published"), agent=made.greta
            )
    return made


def a_conversation(house: House, *texts: str, who: str = "liisa@example.com") -> Conversation:
    for text in texts:
        got = write(house, text, who=who)
    settle()
    with house.acting():
        return Conversation.objects.select_related("customer", "brand").get(pk=got.conversation_id)


def reply(house: House, conversation: Conversation, text: str) -> None:
    send_reply(conversation, agent=house.greta, draft=Draft(text=text, send_as="original"))


def laid_out(house: House, conversation: Conversation) -> Suggestion:
    found = assistance_for(conversation, language="en")
    assert found.question is not None and found.answer is not None
    return lay_out(conversation, found.question, found.answer)


def test_a_draft_is_in_the_customers_language_with_its_sources(house: House) -> None:
    conversation = a_conversation(house, ASKED)
    with house.acting():
        found = assistance_for(conversation, language="en")
        assert found.answer is not None and found.answer.language == "fi"
        assert found.answer.sources[0].key == "damaged"
        assert all(one.text in FINNISH for one in found.answer.sentences)
        assert found.articles[0].text.article.key == "damaged"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda text: f"Hei Liisa!\n\n{text}\n\nTerveisin Greta", "accepted"),
        (
            lambda text: text[: len(text) * 2 // 3] + " Kerro vielä tilausnumero, niin hoidan asian heti.",
            "edited",
        ),
        (lambda _text: "Olen pahoillani. Soitan sinulle tänään.", "ignored"),
    ],
)
def test_what_became_of_a_draft_is_known_from_the_answer(house: House, change, outcome: str) -> None:
    conversation = a_conversation(house, ASKED)
    with house.acting():
        row = laid_out(house, conversation)
        reply(house, conversation, change(row.text))
    settle()
    with house.acting():
        row.refresh_from_db()
        assert row.outcome == outcome
        [served] = served_since(house.workspace.pk, row.created_at)
        assert (served.language, served.shown, served.counts[outcome]) == ("fi", 1, 1)


def test_what_an_article_answered_is_suggested_as_its_question_without_names(house: House) -> None:
    first = a_conversation(house, f"{ASKED} Terveisin Liisa, liisa@example.com")
    with house.acting():
        draft = laid_out(house, first).text
        reply(house, first, draft)
    settle()
    second = a_conversation(house, "Miten pesen lakanat?", who="aino@example.com")
    with house.acting():
        slug = second.brand.slug
        reply(house, second, f"Katso tästä: https://kauppa.example/help/{slug}/fi/linen/.")
    settle()
    with house.acting():
        found = {one.article.key: one for one in ArticleQuestion.objects.select_related("article")}
        assert {one.state for one in found.values()} == {"suggested"} and set(found) == {"damaged", "linen"}
        assert found["linen"].words == "Miten pesen lakanat?" and found["linen"].language == "fi"
        assert "lamppu on rikki" in found["damaged"].words and "liisa" not in found["damaged"].words.lower()


def test_the_panel_shows_it_and_what_is_turned_down_comes_no_more(house: House) -> None:
    conversation = a_conversation(house, ASKED)
    client = Client()
    client.force_login(house.greta.user)
    at = f"/desk/conversations/{conversation.pk}"
    page = client.get(f"{at}/assist").content.decode()
    editor = unescape(re.search(r'<a href="(/knowledge[^"]*damaged[^"]*)"', page)[1])
    assert 'lang="fi"' in page and "Ota kuva vauriosta" in page and "Nothing is sent by itself" in page
    # a link of the panel leads to the text, and writing up to its draft
    assert "Rikkoutunut toimitus" in client.get(editor).content.decode()
    with house.acting():
        row = Suggestion.objects.get()
    client.post(f"{at}/suggestions/{row.pk}/reject", {"why": "old"})
    page = client.get(f"{at}/assist").content.decode()
    assert "Nothing is sent by itself" not in page
    with house.acting():
        row.refresh_from_db()
        assert (row.outcome, row.why) == ("rejected", "old")


def test_a_light_agent_and_mallory_are_shown_nothing(house: House) -> None:
    conversation = a_conversation(house, ASKED)
    with house.acting():
        lou = add_agent(house.workspace.pk, email="lou@kaisla.example", name="Lou", role=Role.LIGHT)
    mallory = a_house("mallory", owner="mallory")
    client = Client()
    client.force_login(lou.user)
    assert client.get(f"/desk/conversations/{conversation.pk}/assist").content == b""
    client.force_login(mallory.greta.user)
    assert client.get(f"/desk/conversations/{conversation.pk}/assist").status_code == 404
    assert client.post(f"/desk/conversations/{conversation.pk}/write-up").status_code == 404


def test_solved_conversations_about_the_same_are_found_in_any_language(house: House) -> None:
    solved = a_conversation(
        house, "Mein Paket kam beschädigt an, die Lampe ist kaputt.", who="jonas@example.com"
    )
    with house.acting():
        reply(house, solved, "Wir schicken eine neue.")
        set_status(solved, agent=house.greta, status=Status.RESOLVED)
    settle()
    conversation = a_conversation(
        house, "Hei, lamppu tuli perille rikki ja paketti oli vaurioitunut. Mitä teen?"
    )
    with house.acting():
        found = assistance_for(conversation, language="en").similar
        assert [one.conversation.pk for one in found] == [solved.pk]
        assert found[0].answered == "Wir schicken eine neue."


def test_a_thread_in_short_holds_what_was_asked_and_what_was_held_out(house: House) -> None:
    conversation = a_conversation(
        house, "Hello! My order KSL-20418 arrived broken. Can I get my money back?", who="jan@example.com"
    )
    with house.acting():
        reply(house, conversation, "Hello Jan, thank you. We refund you 49.90 EUR by Friday.")
    conversation = a_conversation(house, "Thanks. And where is the second parcel?", who="jan@example.com")
    with house.acting():
        told = summary_of(conversation, language="en")
        assert [one.text for one in told.promised] == ["We refund you 49.90 EUR by Friday."]
        assert [one.text for one in told.asked] == [
            "Can I get my money back?",
            "And where is the second parcel?",
        ]
        assert "KSL-20418" in told.orders and told.waiting_since is not None and told.messages == 3


def test_a_solved_conversation_is_written_up_without_its_people(house: House) -> None:
    conversation = a_conversation(
        house,
        "My order KSL-20418 came without screws. Call me at +358 40 123 4567, Jan Kowalski",
        who="jan@example.com",
    )
    with house.acting():
        with pytest.raises(NothingToWriteUp):
            write_up(conversation, agent=house.greta)
        answer = (
            "Hello Jan, look in the inner box of KSL-20418. Else we post screws to jan@example.com for free."
        )
        reply(house, conversation, answer)
        text = write_up(conversation, agent=house.greta)
        assert text.status == "draft" and text.head is not None and text.head.made == "machine"
        said = text.head.title + text.head.body + "".join(one.words for one in text.article.questions.all())
        for secret in ("KSL-20418", "4567", "jan@example.com", "Jan"):
            assert secret not in said, said
        assert "look in the inner box" in text.head.body
        # pressed twice it is one article
        write_up(conversation, agent=house.greta)
        assert Article.objects.filter(key=text.article.key).count() == 1


def test_programs_are_told_the_same_and_reject_drafts(house: House) -> None:
    conversation = a_conversation(house, ASKED)
    client = Client(headers={"Authorization": f"Bearer {house.token}"})
    told = client.get(f"/api/v1/conversations/{conversation.pk}/assistance").json()
    assert told.get("suggestion"), told
    assert told["suggestion"]["language"] == "fi" and told["suggestion"]["sources"][0]["key"] == "damaged"
    assert told["summary"] is None
    at = f"/api/v1/suggestions/{told['suggestion']['id']}/reject"
    assert client.post(at, {"why": "old"}, content_type="application/json").json()["outcome"] == "rejected"
    assert client.get("/api/v1/suggestions/quality").json()["items"][0]["rejected"] == 1
    again = client.get(f"/api/v1/conversations/{conversation.pk}/assistance").json()
    assert again["suggestion"] is None
    assert (
        client.post(f"/api/v1/conversations/{conversation.pk}/write-up").json()["code"]
        == "nothing_to_write_up"
    )
    mallory = a_house("mallory", owner="mallory")
    outside = Client(headers={"Authorization": f"Bearer {mallory.token}"})
    assert outside.post(at, {}, content_type="application/json").status_code == 404


@pytest.mark.parametrize(
    ("language", "words", "matter"),
    [
        ("en", "Hello Somchai,\n\nWash it at 40 degrees.\n\nBest wishes,\nGreta", "Wash it at 40 degrees."),
        ("fi", "Hei Aino!\n\nPese 40 asteessa.\n\nYstävällisin terveisin\nGreta", "Pese 40 asteessa."),
        ("th", "สวัสดีค่ะ\nซักที่ 40 องศา\nขอบคุณค่ะ\nเกรตา", "ซักที่ 40 องศา"),
        ("ar", "مرحبا سارة،\nاغسله.\nمع أطيب التحيات\nغريتا", "اغسله."),
        ("en", "Hello, wash it at 40 degrees.", "Hello, wash it at 40 degrees."),
    ],
)
def test_an_article_has_neither_greeting_nor_whoever_signed(language: str, words: str, matter: str) -> None:
    assert _matter(words, language) == matter
