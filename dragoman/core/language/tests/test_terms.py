"""Words, stems and phrases are found in every script, and nothing beside them."""

import pytest

from dragoman.core.language.lexicon import concepts_of, entries, languages
from dragoman.core.language.terms import Terms, words_of
from dragoman.kit.text import fold


def _found(terms: Terms, text: str) -> list[str]:
    return [hit.label for hit in terms.find(fold(text))]


def test_a_word_a_stem_and_a_phrase_each_find_their_own() -> None:
    terms = Terms({"parcel": ["paket*"], "bag": ["bag", "bags"], "broken": ["ei toimi*"], "not": ["ei"]})
    assert _found(terms, "Pakettini ei toiminut, ei") == ["parcel", "broken", "not"]
    assert _found(terms, "a bagful of bags") == ["bag"]


def test_accents_and_case_do_not_matter_and_places_are_those_of_the_folded_text() -> None:
    terms = Terms({"order": ["zamówieni*"]})
    [hit] = terms.find(fold("Moje ZAMOWIENIA są"))
    assert fold("Moje ZAMOWIENIA są")[hit.start : hit.end] == "zamowienia"


def test_a_script_without_spaces_is_searched_inside() -> None:
    terms = Terms({"parcel": ["พัสดุ"], "late": ["ล่าช้า"], "goods": ["荷物"]})
    assert _found(terms, "พัสดุของฉันล่าช้ามาก") == ["parcel", "late"]
    assert _found(terms, "私の荷物はどこですか") == ["goods"]


def test_what_arabic_and_hebrew_write_before_a_word_is_taken_off() -> None:
    terms = Terms({"parcel": ["طرد", "חבילה"]})
    assert _found(terms, "وصل الطرد مكسورا") == ["parcel"]
    assert _found(terms, "איפה החבילה שלי") == ["parcel"]


def test_words_of_scripts_with_marks_are_whole() -> None:
    assert [word.text for word in words_of(fold("मेरा ऑर्डर कहाँ है"))] == ["मेरा", "ऑर्डर", "कहाँ", "है"]


@pytest.mark.parametrize("language", languages())
def test_every_concept_is_named_in_every_language(language: str) -> None:
    english, other = entries("en"), entries(language)
    assert list(other) == list(english)
    for concept, wordings in other.items():
        assert wordings, concept
        assert all(fold(wording).replace("*", "").strip() for wording in wordings), concept


def test_a_sentence_names_what_it_is_about() -> None:
    named = {hit.label for hit in concepts_of(fold("Pakettini on myöhässä, haluan rahat takaisin"), "fi")}
    assert {"parcel", "late", "money_back"} <= named
    assert concepts_of(fold("Where is it?"), "xx") == ()
