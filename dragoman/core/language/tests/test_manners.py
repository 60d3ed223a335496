"""Who is addressed how: the customer's wish, the brand's choice, the writer's and the reader's gender."""

from dataclasses import dataclass

import pytest

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.language import phrasebook
from dragoman.core.language.manners import Manner, familiar_words, forms_of, genders_in, manner_of
from dragoman.core.language.phrase_engine import PhrasebookEngine
from dragoman.core.language.phrasebook import languages, render


@dataclass
class Person:
    register: str = ""
    gender: str = ""


BRAND = Brand(registers={"de": "casual", "de@CH": "polite", "ja": "honorific", "en": "casual"})


def test_the_customers_wish_goes_before_the_brands_choice_and_a_form_that_is_not_there_is_none():
    assert manner_of(BRAND, None, None, "de").register == "casual"
    assert manner_of(BRAND, None, None, "de-AT").register == "casual"
    assert manner_of(BRAND, None, None, "de", market="CH").register == ""
    assert manner_of(BRAND, Person("polite"), None, "de").register == ""
    assert manner_of(BRAND, Person("casual"), None, "de", market="CH").register == "casual"
    assert manner_of(BRAND, None, None, "ja").register == "honorific"
    assert manner_of(BRAND, Person("honorific"), None, "fr").register == ""
    # English has nothing to choose
    assert manner_of(BRAND, Person("casual"), None, "en") == Manner()


def test_genders_are_neutral_where_they_are_not_known():
    woman = Agent(gender="woman")
    assert manner_of(BRAND, Person(gender="man"), woman, "he").register == "to_man by_woman"
    assert manner_of(BRAND, Person(), Agent(), "he").register == ""
    assert manner_of(BRAND, Person(gender="other"), None, "he").register == ""
    assert "by" in genders_in("th") and "to" in genders_in("pl") and genders_in("sv") == ()


@pytest.mark.parametrize("language", languages())
def test_every_form_that_the_phrasebook_has_has_a_name_and_no_other(language):
    known = phrasebook.coverage(language).registers
    offered = {form for form in forms_of(language) if form != "polite"}
    assert offered == {"casual", "honorific"} & set(known)


def test_a_whole_answer_is_said_in_the_manner_due():
    said = "Thank you for contacting us. Is there anything else we can help you with?"
    [polite] = PhrasebookEngine().translate([said], "en", "de")
    [casual] = PhrasebookEngine(register="casual").translate([said], "en", "de")
    assert polite and "Ihnen" in polite.text
    assert casual and "dir" in casual.text and "Ihnen" not in casual.text
    # whoever writes du is no friend of the customer's for that
    [back] = PhrasebookEngine().translate([casual.text], "de", "fr")
    assert back and "vous" in back.text
    [thai] = PhrasebookEngine(register="by_woman").translate(["We are looking into this."], "en", "th")
    assert thai and thai.text.endswith("ค่ะ")


def test_the_first_register_that_a_phrase_has_is_said():
    assert render("ask_photo", "pl", {}, register="to_woman by_man").startswith("Czy mogłaby Pani")
    assert render("ask_photo", "pl", {}, register="casual to_woman").startswith("Wyślij")
    assert render("ask_photo", "pl", {}, register="nonsense") == render("ask_photo", "pl", {})


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("de", "Kannst du mir bitte helfen?", ["du"]),
        ("de", "Können Sie mir helfen? Ihr Paket", []),
        ("fr", "tu peux me dire où il est", ["tu", "peux"]),
        ("zh-Hans", "你好，你们什么时候发货", ["你"]),
        ("zh-Hans", "您好，你们什么时候发货", []),
        ("ja", "いつ届きますか", []),
        ("en", "you", []),
    ],
)
def test_familiar_words_are_a_hint(language, text, words):
    assert sorted(familiar_words([text], language)) == sorted(words)


def test_greek_says_the_first_of_a_month_and_one_oclock_its_own_way_and_understands_it():
    said = render("order_shipped", "el", {"order": "KSL-1", "date": "2026-12-01"})
    assert "την 1η Δεκεμβρίου" in said and "στις 2 Δεκ" in render(
        "order_shipped", "el", {"order": "KSL-1", "date": "2026-12-02"}
    )
    [back] = PhrasebookEngine().translate([said], "el", "en")
    assert back and "December 1" in back.text
