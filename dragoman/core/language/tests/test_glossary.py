"""Terms: found in whatever form they stand, said as the glossary has them, kept for one workspace."""

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent, create_brand
from dragoman.core.accounts.models import Role
from dragoman.core.language.actions.glossary import (
    Worded,
    WrittenEntry,
    approve_entry,
    keep_words,
    remove_entry,
    save_entry,
)
from dragoman.core.language.errors import NoEntry
from dragoman.core.language.glossary import (
    entries_of,
    forbidden_in,
    get_entry,
    kept_words,
    term_faults,
    terms_for,
    terms_in,
)
from dragoman.core.language.scope import Scope
from dragoman.core.language.terms_found import Wanted, Wordbook
from dragoman.kit.errors import Refusal
from tests.people import House, a_house
from tests.quality import terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def entry(house: House, *words: tuple[str, str], **facts):
    written = WrittenEntry([Worded(text, language) for language, text in words], **facts)
    with house.acting():
        return save_entry(house.workspace.pk, agent=house.greta, written=written)


def scope(house: House, **more) -> Scope:
    return Scope(house.workspace.pk, house.brand.pk, **more)


@pytest.mark.parametrize("row", terms.by_language(), ids=lambda row: row[0])
def test_terms_are_found_in_whatever_form_people_write_them(row):
    _language, _count, found, _others, wrong = row
    assert float(found) == 1.0
    assert float(wrong) <= 0.34  # `pączka` is a doughnut, and `paczka` to whoever has no ą on the keyboard


def test_a_place_is_where_the_word_stands_as_it_was_written():
    text = "ขอโทษที่โป๊ะโคมมาถึงในสภาพบุบ"
    [place] = Wordbook([Wanted(1, "โป๊ะโคม")], "th").find(text)
    assert text[place.start : place.end] == "โป๊ะโคม"
    text = "„STRASSENlampe“ und Straßenlampen"
    places = Wordbook([Wanted(1, "Straßenlampe")], "de").find(text)
    assert [text[one.start : one.end] for one in places] == ["STRASSENlampe", "Straßenlampen"]


def test_a_part_of_a_compound_is_marked_as_one_and_the_longest_term_wins():
    book = Wordbook([Wanted(1, "Paket"), Wanted(2, "Paketversand")], "de")
    assert [(place.label, place.part) for place in book.find("Der Paketversand und das Paketband")] == [
        (2, False),
        (1, True),
    ]


def test_case_counts_where_it_matters():
    book = Wordbook([Wanted(1, "Apple", True)], "en")
    assert book.find("An Apple") and not book.find("an apple")


def test_terms_go_to_the_engine_as_they_stand_and_as_they_are_to_be_said(house):
    entry(house, ("en", "lampshade"), ("th", "โป๊ะโคม"))
    entry(house, ("", "Havu"), keep=True)
    with house.acting():
        found = terms_for(["Two Lampshades of Havu"], source="en", target="th", scope=scope(house))
    assert found == (("Lampshades", "โป๊ะโคม"), ("Havu", "Havu"))


def test_a_broken_term_is_told_with_what_is_expected(house):
    entry(house, ("en", "lampshade"), ("fi", "lampunvarjostin"))
    with house.acting():
        where = {"source": "en", "target": "fi", "scope": scope(house)}
        assert term_faults("The lampshade is here.", "Varjo on täällä.", **where) == (
            "term:lampshade|lampunvarjostin",
        )
        assert term_faults("The lampshade is here.", "Lampunvarjostimet ovat täällä.", **where) == ()


def test_the_markets_word_is_expected_first_and_every_good_one_passes(house):
    words = [Worded("voucher", "en"), Worded("Gutschein", "de"), Worded("Bon", "de", "AT")]
    with house.acting():
        save_entry(house.workspace.pk, agent=house.greta, written=WrittenEntry(words))
        austria = {"source": "en", "target": "de", "scope": scope(house, market="AT")}
        assert terms_for(["My voucher"], **austria) == (("voucher", "Bon"),)
        assert term_faults("My voucher", "Mein Gutschein", **austria) == ()
        assert terms_for(["My voucher"], source="en", target="de", scope=scope(house)) == (
            ("voucher", "Gutschein"),
        )


def test_a_forbidden_word_names_what_to_say_instead(house):
    words = [Worded("Kunde", "de"), Worded("Konsument", "de", use="forbidden")]
    with house.acting():
        save_entry(house.workspace.pk, agent=house.greta, written=WrittenEntry(words))
        assert forbidden_in("Lieber Konsument!", language="de", scope=scope(house)) == (
            "forbidden:Konsument|Kunde",
        )
        assert forbidden_in("Die Konsumentenschutzbehörde", language="de", scope=scope(house)) == ()


def test_a_brands_entry_does_not_count_for_another_brand(house):
    with house.acting():
        other = create_brand(house.workspace.pk, slug="northbound", name="Northbound")
        keep_words(house.workspace.pk, brand_id=house.brand.pk, words=["Havu", "Havu"])
        assert kept_words(house.workspace.pk, house.brand.pk) == ("Havu",)
        assert kept_words(house.workspace.pk, other.pk) == ()
        assert not terms_in("Havu", language="en", scope=Scope(house.workspace.pk, other.pk))


def test_who_does_not_lead_proposes_and_a_proposal_counts_for_nothing(house):
    with house.acting():
        ana = add_agent(house.workspace.pk, email="ana@kaisla.example", name="Ana", role=Role.AGENT)
        made = save_entry(
            house.workspace.pk,
            agent=ana,
            written=WrittenEntry([Worded("parcel", "en"), Worded("Paket", "de")]),
        )
        assert made.status == "proposed"
        assert not terms_in("parcel", language="en", scope=scope(house))
        for refused in (
            lambda: approve_entry(made, agent=ana),
            lambda: remove_entry(made, agent=ana),
            lambda: save_entry(
                house.workspace.pk, agent=ana, written=WrittenEntry([Worded("x", "en")]), entry=made
            ),
        ):
            with pytest.raises(Refusal):
                refused()
        approve_entry(made, agent=house.greta)
        assert terms_in("parcel", language="en", scope=scope(house))


def test_an_entry_needs_words_in_known_languages(house):
    for words in ([], [Worded("  ", "en")], [Worded("x", "xx")], [Worded("x")], [Worded("x", "en", "ZZ")]):
        with pytest.raises(Refusal), house.acting():
            save_entry(house.workspace.pk, agent=house.greta, written=WrittenEntry(words))


def test_mallory_of_another_workspace_sees_and_changes_nothing(house):
    made = entry(house, ("en", "lampshade"), ("th", "โป๊ะโคม"))
    other = a_house("northbound", owner="mallory")
    with other.acting():
        assert not entries_of(other.workspace.pk).exists()
        assert not terms_in("lampshade", language="en", scope=Scope(other.workspace.pk, other.brand.pk))
        with pytest.raises(NoEntry):
            get_entry(other.workspace.pk, made.pk)


def test_a_thousand_terms_are_looked_for_in_a_moment(house):
    wanted = [Wanted(number, f"Begriff{number}artikel") for number in range(2000)]
    book = Wordbook(wanted, "de")
    text = "Die Begriff77artikel und andere Wörter stehen hier im Text. " * 20
    book.find(text)
    begun = timezone.now()
    assert len(book.find(text)) == 20
    assert (timezone.now() - begun).total_seconds() < 1
