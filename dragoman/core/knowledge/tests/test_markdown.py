"""Markdown in every script, and what a table and a list say when their lines are quoted alone."""

import pytest

from dragoman.core.knowledge.reading import page_of, passages_of
from dragoman.core.language.sentences import in_one


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
