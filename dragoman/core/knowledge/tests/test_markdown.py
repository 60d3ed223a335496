"""Markdown in every script, and what a table and a list say when their lines are quoted alone."""

import pytest

from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.checking import remarks_on
from dragoman.core.knowledge.ports import Draft
from dragoman.core.knowledge.reading import page_of, passages_of
from dragoman.core.language.sentences import in_one
from tests.people import a_house


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ギターは**湿度45〜55%**で保管", "ギターは<strong>湿度45〜55%</strong>で保管"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("**ห้าม 45%**ที่ร้าน", "<strong>ห้าม 45%</strong>ที่ร้าน"),
        ("2 ** 3 ** 4 and **b** c", "2 ** 3 ** 4 and <strong>b</strong> c"),
        ("foo**(x)**bar", "foo**(x)**bar"),
        ("<b>x</b> ~~s~~", "&lt;b&gt;x&lt;/b&gt; <s>s</s>"),
    ],
)
def test_emphasis_stands_beside_letters_that_have_no_blanks_between_them(written: str, shown: str) -> None:
    assert page_of(written).html.strip() == f"<p>{shown}</p>"


def test_a_row_of_a_table_says_what_its_cells_are() -> None:
    body = "| Kind | Sent back opened? |\n|---|---|\n| **Steel** | yes, minus 20 % |\n| Gut | |\n\nAfter."
    [(_heading, _anchor, words)] = passages_of(body)
    assert words.split("\n") == ["Kind: Steel · Sent back opened?: yes, minus 20 %", "Kind: Gut", "After."]


@pytest.mark.parametrize(
    ("sentences", "language", "text"),
    [
        (["A.", "b", "C."], "en", "A. b\nC."),
        (["一。", "二", "三。"], "ja", "一。二\n三。"),
        (["หนึ่ง", "สอง"], "th", "หนึ่ง สอง"),
        (["هل؟", "نعم"], "ar", "هل؟ نعم"),
        ([], "de", ""),
    ],
)
def test_what_ends_without_a_stop_does_not_run_into_the_next(
    sentences: list[str], language: str, text: str
) -> None:
    assert in_one(sentences, language) == text


@pytest.mark.django_db
def test_links_lead_readers_to_what_they_may_read_and_the_editor_names_the_others() -> None:
    house = a_house()
    with house.acting():
        for key, status, internal in (
            ("open", "published", False),
            ("draft", "draft", False),
            ("team", "published", True),
        ):
            wish = ArticleWish(key, "en", key.title(), "Words.", status=status, internal=internal)
            write_text(house.workspace.pk, wish, agent=None)
        body = "[One](article:open#x), **[two](article:draft)**, [three](article:team), ![p](https://cdn.example/a.png)"
        html = page_of(body, brand=house.brand, language="fi").html
        assert html.count("<a") == 1 and f'href="/help/{house.brand.slug}/fi/open/#x"' in html
        assert "<strong>two</strong>, three" in html
        remarks = remarks_on(Draft(house.workspace.pk, "en", "T", body, brand_id=house.brand.pk))
        assert [(one.code, one.quote) for one in remarks if one.code in ("link", "picture")] == [
            ("picture", "https://cdn.example/a.png"), ("link", "article:draft"), ("link", "article:team"),
        ]  # fmt: skip
