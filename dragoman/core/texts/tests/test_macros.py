"""Macros: one text per language and market, kept by leads or for oneself."""

import pytest

from dragoman.core.accounts.actions import add_agent
from dragoman.core.texts.actions.macros import Written, remove_macro, save_macro
from dragoman.core.texts.errors import NameTaken, NoMacro, NotYours
from dragoman.core.texts.queries import Worded, any_wording, get_macro, macros_of, matching, wording
from dragoman.core.texts.slots import filled, open_slots
from dragoman.kit.errors import Refusal
from tests.people import a_house

pytestmark = pytest.mark.django_db
TEXTS = {"en": "Hello {customer.name|there}", "fi": "Hei {customer.name}", "de@AT": "Servus"}


@pytest.fixture
def house():
    return a_house()


def made(house, **more):
    facts = {"name": "Greeting", "texts": TEXTS, "shortcut": "/hi", **more}
    with house.acting():
        return save_macro(house.workspace.pk, agent=house.greta, written=Written(**facts))


def a_seat(house, role, name):
    with house.acting():
        return add_agent(
            house.workspace.pk, email=f"{name}@kaisla.example", name=name, role=role, password="x" * 12
        )


def test_a_reader_gets_the_text_of_their_language_and_market_else_the_fall_back(house):
    macro = made(house)
    assert wording(macro, language="fi").text == "Hei {customer.name}"
    assert wording(macro, language="de", market="AT").text == "Servus"
    assert wording(macro, language="de", market="DE") is None
    assert any_wording(macro, language="th", market="TH", also=("en",)).language == "en"


def test_the_text_for_all_other_languages_goes_before_those_of_others(house):
    macro = made(house, texts={"en": "Hello", "fi": "Hei", "mul": "Kaisla 24/7", "mul@JP": "Kaisla JP"})
    assert wording(macro, language="fi", also=("en",)).text == "Hei"
    assert wording(macro, language="th") == Worded("Kaisla 24/7", "th")
    assert any_wording(macro, language="th", market="TH", also=("en",)) == Worded("Kaisla 24/7", "th")
    assert any_wording(macro, language="ja", market="JP", also=("en",)).text == "Kaisla JP"
    assert any_wording(macro, language="", also=("en",)) == Worded("Kaisla 24/7", "")


def test_slots_take_their_fall_back_or_stay_open():
    assert filled("Hello {customer.name|there}", {}) == "Hello there"
    assert filled("Hello {customer.name|there}", {"customer.name": "สมชาย"}) == "Hello สมชาย"
    assert open_slots(filled("Parcel {tracking} of {order}", {"order": "KSL-1"})) == ["{tracking}"]
    assert filled("{order|}!", {}) == "!" and open_slots("a {b c} {D}") == []


def test_names_of_everybodys_macros_are_taken_once_and_own_ones_may_repeat(house):
    made(house)
    with pytest.raises(NameTaken):
        made(house)
    with house.acting():
        own = save_macro(
            house.workspace.pk, agent=house.greta, owner=house.greta, written=Written("Greeting", TEXTS)
        )
        assert own.owner_id == house.greta.pk


def test_agents_keep_their_own_and_use_everybodys(house):
    shared, otto, lea = made(house), a_seat(house, "agent", "otto"), a_seat(house, "light_agent", "lea")
    with house.acting():
        with pytest.raises(NotYours):
            save_macro(house.workspace.pk, agent=otto, macro=shared, written=Written("Mine now", TEXTS))
        own = save_macro(house.workspace.pk, agent=otto, owner=otto, written=Written("Otto's", TEXTS))
        assert list(macros_of(otto)) == [shared, own] and list(macros_of(house.greta)) == [shared]
        with pytest.raises(NoMacro):
            get_macro(house.greta, own.pk)
        with pytest.raises(NotYours):
            save_macro(house.workspace.pk, agent=lea, owner=lea, written=Written("Lea's", TEXTS))
        with pytest.raises(NoMacro):
            remove_macro(own, agent=house.greta)


def test_mallory_sees_none(house):
    macro, mallory = made(house), a_house("mallory-shop", owner="mallory")
    with mallory.acting(), pytest.raises(NoMacro):
        get_macro(mallory.greta, macro.pk)


@pytest.mark.parametrize("words", ["greet", "HI", "/hi", "servus", "hei custómer"])
def test_a_macro_is_found_by_its_words_or_shortcut(house, words):
    macro = made(house)
    with house.acting():
        assert matching(house.greta, words, most=5) == [macro]
        assert matching(house.greta, "nothing like it", most=5) == []


@pytest.mark.parametrize(
    "facts, said",
    [
        ({"name": " "}, "name"),
        ({"texts": {}}, "at least one language"),
        ({"texts": {"en": "  "}}, "at least one language"),
        ({"texts": {"??": "x"}}, "language tag"),
        ({"texts": {"en": "x" * 20_001}}, "20,000"),
    ],
)
def test_what_is_no_macro_is_refused(house, facts, said):
    with pytest.raises(Refusal, match=said):
        made(house, **facts)
