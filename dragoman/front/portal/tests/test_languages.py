"""A customer reads our pages in any language that we know."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from dragoman.front.portal.chat.texts import widget_texts
from dragoman.front.portal.languages import language_asked, portal_languages
from dragoman.kit import tags


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        ("", "en"),
        ("xx-YY, *", "en"),
        ("xx, vi;q=0.4, pt;q=0.9", "pt-BR"),
        ("de-AT,de;q=0.9", "de"),
        ("fr;q=0, no;q=nonsense, nb-NO;q=0.5", "nb"),
        ("zh-CN", "zh-Hans"),
    ],
)
def test_the_browsers_strongest_wish_that_we_speak_is_the_pages_language(wish: str, asked: str) -> None:
    assert language_asked(RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE=wish)) == asked


def test_the_address_says_it_before_the_browser() -> None:
    asked = RequestFactory().get("/", {"locale": "he"}, HTTP_ACCEPT_LANGUAGE="de")
    assert language_asked(asked) == "he"


def test_a_language_is_named_in_itself_and_knows_its_direction() -> None:
    known = {one["tag"]: one for one in portal_languages()}
    assert set(known) == set(tags.LANGUAGES)
    assert known["uk"]["name"] == "українська" and known["he"]["dir"] == "rtl"


@pytest.mark.parametrize("tag", [one for one in tags.LANGUAGES if one != "en"])
def test_the_chat_speaks_each_of_them(tag: str) -> None:
    with translation.override("en"):
        english = widget_texts()
    with translation.override(tag):
        theirs = widget_texts()
    same = [key for key, text in theirs.items() if text == english[key]]
    assert len(same) <= 3, same
