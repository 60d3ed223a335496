"""Articles as their writers keep them and their readers get them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.questions import save_synonym, suggest_question
from dragoman.core.knowledge.actions.shelves import save_category
from dragoman.core.knowledge.actions.standing import (
    archive_text,
    ask_review,
    confirm_text,
    publish_due,
    publish_text,
    remove_article,
    restore_version,
    schedule_text,
    set_article,
)
from dragoman.core.knowledge.addresses import help_path, parted_place
from dragoman.core.knowledge.errors import ArticleChangedMeanwhile, BadArticle, MayNotWrite, NoArticle
from dragoman.core.knowledge.models import Article, ArticleQuestion
from dragoman.core.knowledge.queries import (
    get_article,
    is_stale,
    public_articles,
    read,
    reader_of,
    source_of,
    versions_of,
)
from dragoman.core.knowledge.reading import page_of, passages_of
from dragoman.core.knowledge.translated import ArticleTexts
from dragoman.core.texts.actions.variants import Wording, write_variant
from dragoman.core.texts.localised import Entry
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def an_article(house: House, language: str = "en", title: str = "Returns", body: str = "30 days.", **more):
    agent = more.pop("agent", None)
    wish = ArticleWish("returns", language, title, body, **{"status": "published", **more})
    return write_text(house.workspace.pk, wish, agent=agent)


def test_a_reader_gets_their_market_then_their_language_then_the_brands_with_a_notice(house: House) -> None:
    with house.acting():
        for language, market, title in (
            ("en", "", "Returns"),
            ("de", "", "Rückgabe"),
            ("de", "AT", "Rücksendung"),
        ):
            an_article(house, language, title, market=market)
        article = get_article(house.workspace.pk, "returns")

        def title_for(language: str, market: str = "") -> tuple[str, bool]:
            found = read(article, reader_of(house.brand, language, market))
            assert found is not None
            return found.wording.title, found.fallback

        assert title_for("de", "AT") == ("Rücksendung", False)
        assert title_for("de", "CH") == ("Rückgabe", False)
        assert title_for("de-AT") == ("Rückgabe", False)
        # what is for Austria alone is read nowhere else
        assert title_for("th", "TH") == ("Returns", True)


def test_a_draft_is_not_seen_and_what_is_live_stays_until_it_is_published(house: House) -> None:
    with house.acting():
        text = an_article(house, body="30 days.")
        text = an_article(house, body="14 days.", status="draft")
        assert text.status == "changed"
        article = get_article(house.workspace.pk, "returns")
        seen = read(article, reader_of(house.brand, "en"))
        assert seen is not None and seen.wording.body == "30 days."
        publish_text(text, agent=None)
        seen = read(get_article(house.workspace.pk, "returns"), reader_of(house.brand, "en"))
        assert seen is not None and seen.wording.body == "14 days."


def test_every_wording_is_kept_and_comes_back_as_a_draft(house: House) -> None:
    with house.acting():
        an_article(house, body="One.")
        text = an_article(house, body="Two.")
        assert [one.body for one in versions_of(text)] == ["Two.", "One."]
        text = restore_version(text, 1, agent=None)
        assert text.head and text.head.body == "One." and text.live and text.live.body == "Two."
        with pytest.raises(NoArticle):
            restore_version(text, 9, agent=None)


def test_the_same_words_again_are_no_new_wording(house: House) -> None:
    with house.acting():
        an_article(house)
        assert len(versions_of(an_article(house))) == 1


def test_nothing_is_written_over_unseen(house: House) -> None:
    with house.acting():
        an_article(house)
        with pytest.raises(ArticleChangedMeanwhile):
            an_article(house, body="Mine.", seen=0)


def test_a_translation_is_stale_once_its_source_says_something_new(house: House) -> None:
    with house.acting():
        an_article(house)
        an_article(house, "fi", "Palautus", "30 päivää.")
        an_article(house, body="14 days.")
        article = get_article(house.workspace.pk, "returns")
        finnish = next(one for one in article.texts.all() if one.language == "fi")
        assert is_stale(finnish, source_of(article))
        finnish = confirm_text(finnish, agent=house.greta)
        assert not is_stale(finnish, source_of(get_article(house.workspace.pk, "returns")))
        assert finnish.checked_by == house.greta


def test_a_text_goes_live_on_its_day_and_not_before(house: House) -> None:
    with house.acting():
        text = an_article(house, status="draft")
        with pytest.raises(BadArticle):
            schedule_text(text, at=timezone.now() - timedelta(hours=1), agent=None)
        text = schedule_text(text, at=timezone.now() + timedelta(hours=1), agent=house.greta)
        assert text.status == "scheduled"
    publish_due()
    with house.acting():
        assert not public_articles(house.brand).exists()
        text.publish_at = timezone.now() - timedelta(minutes=1)
        text.save()
    publish_due()
    with house.acting():
        assert [one.key for one in public_articles(house.brand)] == ["returns"]
        archive_text(text, agent=None)
        assert not public_articles(house.brand).exists()


def test_agents_write_drafts_and_leads_publish(house: House) -> None:
    with house.acting():
        aino = add_agent(house.workspace.pk, email="aino@kaisla.example", name="Aino", role=Role.AGENT)
        lou = add_agent(house.workspace.pk, email="lou@kaisla.example", name="Lou", role=Role.LIGHT)
        text = an_article(house, status="draft", agent=aino)
        assert ask_review(text, agent=aino).status == "review"
        for refused in (
            lambda: publish_text(text, agent=aino),
            lambda: an_article(house, agent=aino),
            lambda: an_article(house, status="draft", agent=lou),
            lambda: remove_article(text.article, agent=aino),
            lambda: set_article(text.article, agent=aino, changes={"internal": True}),
        ):
            with pytest.raises(MayNotWrite):
                refused()


def test_an_internal_article_is_in_no_help_centre(house: House) -> None:
    with house.acting():
        text = an_article(house)
        set_article(text.article, agent=house.greta, changes={"internal": True, "category": "Team"})
        assert not public_articles(house.brand).exists()
        assert get_article(house.workspace.pk, "returns").category is not None


def test_mallory_sees_and_changes_nothing(house: House) -> None:
    with house.acting():
        text = an_article(house)
    mallory = a_house("mallory", owner="mallory")
    with mallory.acting():
        assert not Article.objects.exists()
        with pytest.raises(NoArticle):
            get_article(mallory.workspace.pk, "returns")
        with pytest.raises(NoArticle):
            publish_text(text, agent=mallory.greta)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "../etc"},
        {"key": ""},
        {"key": ".."},
        {"key": "search"},
        {"title": " "},
        {"body": "\x00 "},
        {"title": "x" * 201},
        {"body": "x" * 100_001},
        {"language": "xx"},
        {"market": "ZZ"},
        {"status": "live"},
        {"kind": "song"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(house: House, wrong: dict[str, str]) -> None:
    good = {"key": "returns", "language": "en", "title": "Returns", "body": "30 days.", "status": "published"}
    with house.acting():
        with pytest.raises(Refusal) as refused:
            write_text(house.workspace.pk, ArticleWish(**{**good, **wrong}), agent=None)
        assert refused.value.status == 422
        assert not Article.objects.exists()


def test_questions_are_kept_and_those_of_customers_wait_for_a_person(house: House) -> None:
    with house.acting():
        text = an_article(house, questions=["Can I send it back?", "Can I send it back?", " "])
        suggest_question(text.article, "fi", "Voiko tän lähettää takas?")
        suggest_question(text.article, "fi", "Voiko tän lähettää takas?")
        rows = ArticleQuestion.objects.order_by("language").values_list("language", "words", "state", "times")
        assert list(rows) == [
            ("en", "Can I send it back?", "kept", 0),
            ("fi", "Voiko tän lähettää takas?", "suggested", 2),
        ]
        with pytest.raises(BadArticle):
            save_synonym(house.workspace.pk, agent=None, language="en", words=["one"])


def test_categories_are_named_in_each_language(house: House) -> None:
    with house.acting():
        made = save_category(
            house.workspace.pk, agent=None, names={"en": "Returns", "th": "การคืนสินค้า"}, icon="undo"
        )
        assert (made.key, made.names["th"]) == ("returns", "การคืนสินค้า")
        with pytest.raises(BadArticle):
            save_category(house.workspace.pk, agent=None, names={"en": "Other"}, icon="no-such")


def test_markdown_becomes_safe_html_with_anchors() -> None:
    page = page_of(
        "Hello <script>alert(1)</script> [x](javascript:alert(1)) [ok](/returns/kaisla/) ![p](http://spy.example/p.png)\n\n"
        "# How\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n## How\n\n## คืนสินค้า\n"
    )
    assert "<script" not in page.html and "javascript:alert" not in page.html.split("href=")[-1]
    assert 'href="/returns/kaisla/"' in page.html and "spy.example" not in page.html
    assert "<table>" in page.html and "<h1" not in page.html
    assert [(one.level, one.anchor) for one in page.headings] == [(2, "how"), (2, "how-2"), (2, "คืนสินค้า")]


def test_internal_parts_are_for_the_team_and_snippets_are_said_once(house: House) -> None:
    body = "Send it to {{snippet:address}}.\n\n[[internal]]\nThe limit is 80 EUR.\n[[/internal]]\n\n## After\n\nWait."
    with house.acting():
        entry = Entry("snippet", "address", house.brand)
        write_variant(house.workspace.pk, entry, Wording("Tampere", "en"), agent=house.greta)
        shown = page_of(body, brand=house.brand, language="en").html
        assert "Send it to Tampere." in shown and "80 EUR" not in shown
        assert "80 EUR" in page_of(body, brand=house.brand, language="en", internal=True).html
    assert passages_of(body) == [("", "", "Send it to ."), ("After", "after", "Wait.")]
    # an internal part that nobody closed shows nothing more
    assert "secret" not in page_of("Open.\n\n[[internal]] secret").html


def test_an_article_is_ordered_from_translators_and_comes_back_as_a_draft(house: House) -> None:
    with house.acting():
        an_article(house)
        port = ArticleTexts()
        [matter] = port.matters(house.workspace.pk)
        source = matter.texts["en"]
        assert port.write(
            house.workspace.pk, "returns", language="fi", text="# Palautus\n\n30 päivää.", source=source
        )
        article = get_article(house.workspace.pk, "returns")
        finnish = next(one for one in article.texts.all() if one.language == "fi")
        assert finnish.status == "draft" and finnish.head and finnish.head.title == "Palautus"
        assert not is_stale(finnish, source_of(article))
        assert not port.write(house.workspace.pk, "gone", language="fi", text="# a\n\nb")


@pytest.mark.parametrize(
    ("language", "market", "place"),
    [
        ("de", "AT", "de-AT"),
        ("de", "", "de"),
        ("pt-BR", "", "pt-BR"),
        ("pt-BR", "PT", "pt-BR-PT"),
        ("th", "TH", "th-TH"),
    ],
)
def test_an_address_says_language_and_market(language: str, market: str, place: str) -> None:
    assert help_path("kaisla", language, "returns", market=market) == f"/help/kaisla/{place}/returns/"
    assert parted_place(place, LANGUAGES) == (language, market or ("BR" if place == "pt-BR" else ""))
    assert parted_place("qq-QQ", LANGUAGES)[0] == ""
