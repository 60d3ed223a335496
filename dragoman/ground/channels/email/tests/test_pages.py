"""What a page of a stranger may do to its reader: name its links, hide nothing, watch nobody."""

import pytest

from dragoman.ground.channels.email.html import read_page


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ('<a href="https://evil.example/x">www.bank.example</a>', "[evil.example]"),
        ('<a href="https://evil.example/x">https://bank.example/login</a>', "[evil.example]"),
        ('<a href="https://bаnk.example/">Bank</a>', "[xn--bnk-6cd.example]"),  # a Cyrillic letter
    ],
)
def test_a_link_that_says_another_place_is_named(page: str, told: str) -> None:
    found = read_page(page)
    assert told in found.html
    assert told in found.text


@pytest.mark.parametrize(
    "page",
    [
        '<a href="https://www.bank.example/x">bank.example</a>',
        '<a href="https://shop.bank.example/x">www.bank.example</a>',
        '<a href="https://bank.example/x">Click here</a>',
        '<a href="https://t.example/x">Order no. 5.20</a>',
    ],
)
def test_an_honest_link_is_left_alone(page: str) -> None:
    assert "<small>" not in read_page(page).html


def test_the_whole_target_stands_in_the_title() -> None:
    assert (
        'title="https://bank.example/x?y=1"'
        in read_page('<a href="https://bank.example/x?y=1" title="safe">a</a>').html
    )


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "display: none !important",
        "mso-hide:all",
        "max-height:0;overflow:hidden",
        "visibility:hidden",
        "opacity:0;font-size:1px",
    ],
)
def test_what_no_reader_sees_is_no_text(style: str) -> None:
    found = read_page(f'<div style="{style}">preview</div>rest <p>Hello</p>')
    assert "preview" not in found.text + found.html
    assert "rest" in found.text and "Hello" in found.text


def test_a_page_that_hides_everything_is_told_all_the_same() -> None:
    assert read_page('<div style="display:none">Where is it?</div>').text == "Where is it?"


@pytest.mark.parametrize(
    "size", ['width="1" height="1"', 'style="width:1px;height:1px"', 'width="0"', 'style="max-height:0"']
)
def test_pictures_too_small_to_see_are_counted_as_trackers(size: str) -> None:
    assert 'data-tracks="1"' in read_page(f'<p>a</p><img src="https://t.example/o.gif" {size}>').html
    assert "data-tracks" not in read_page('<p>a</p><img src="https://t.example/o.gif" width="10">').html


def test_a_table_reads_row_by_row() -> None:
    page = "<table><tr><th>Item</th><th>Qty</th></tr><tr><td>Lamp</td><td>2</td></tr></table><ul><li>one</li><li>two</li></ul>"
    lines = [" ".join(line.split()) for line in read_page(page).text.split("\n") if line.strip()]
    assert lines[:2] == ["Item Qty", "Lamp 2"]
    assert lines[2].endswith("one") and lines[3].endswith("two")
