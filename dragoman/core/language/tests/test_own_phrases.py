"""What a workspace says its own way: stored, checked, found at once, carried in files, closed to others."""

import pytest

from dragoman.core.accounts.actions import add_agent, create_brand
from dragoman.core.accounts.models import Role
from dragoman.core.language import phrasebook
from dragoman.core.language.actions.phrases import (
    Wording,
    make_phrase,
    remove_phrase,
    reset_wording,
    save_wording,
    take_in,
)
from dragoman.core.language.errors import BadWording, NoPhrase, NotALead
from dragoman.core.language.models import PhraseWording
from dragoman.core.language.own_phrases import engine_for, own_of, owned
from dragoman.core.language.phrase_check import plurals_of, problems_of, shown
from dragoman.core.language.phrase_engine import sentences
from dragoman.core.language.phrase_exchange import as_csv, as_toml, book_rows, own_rows, read
from dragoman.core.language.scope import Scope
from tests.people import a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    owned.forget()
    return a_house()


def save(house, key, language, *, register="", brand=None, agent=None, **said):
    with house.acting():
        wording = Wording(key, language, said, register, brand)
        save_wording(house.workspace.pk, agent=agent or house.greta, wording=wording)
    owned.forget()


def own(house, brand=None):
    with house.acting():
        return own_of(house.workspace.pk, brand.pk if brand else None)


def said(house, text, *, source="en", target="de", brand=None, register=""):
    with house.acting():
        scope = Scope(house.workspace.pk, brand.pk if brand else None, register=register)
        [found] = engine_for(scope).translate([text], source, target)
    return found.text if found else None


def test_an_override_counts_at_once_for_its_language_register_and_brand_and_ours_comes_back(house):
    with house.acting():
        other = create_brand(house.workspace.pk, slug="other-shop", name="Other")
    save(house, "closing", "de", other="Herzlichst")
    save(house, "closing", "de", brand=other, other="Bis bald")
    assert said(house, "Kind regards,") == "Herzlichst"
    assert said(house, "Kind regards,", brand=house.brand) == "Herzlichst"
    assert said(house, "Kind regards,", brand=other) == "Bis bald"
    # it is also understood where an agent writes it
    assert said(house, "Herzlichst", source="de", target="en") == "Kind regards,"
    assert said(house, "Kind regards,", register="casual") == "Liebe Grüße"
    with house.acting():
        reset_wording(house.workspace.pk, agent=house.greta, key="closing", language="de")
    owned.forget()
    assert said(house, "Kind regards,") == "Mit freundlichen Grüßen"


def test_a_wording_as_the_book_has_it_is_not_kept(house):
    save(house, "closing", "de", other="Herzlichst")
    save(house, "closing", "de", other="Mit freundlichen Grüßen")
    with house.acting():
        assert not PhraseWording.objects.exists()


def test_a_variant_goes_before_its_base_and_finds_it(house):
    save(house, "nice_day", "de-AT", other="Wir wünschen Ihnen einen schönen Tag, servus!")
    mine = own(house)
    assert phrasebook.render("nice_day", "de-AT", {}, own=mine).endswith("servus!")
    assert not phrasebook.render("nice_day", "de", {}, own=mine).endswith("servus!")


def test_an_own_phrase_is_searched_said_and_missing_where_nobody_wrote_it(house):
    with house.acting():
        made = make_phrase(
            house.workspace.pk, agent=house.greta, language="en", text="Your bike {order} is ready on {date}."
        )
    save(house, made.key, "th", other="จักรยาน {order} พร้อมวันที่ {date}")
    text = "Your bike KSL-9 is ready on 30 November 2026."
    thai = said(house, text, target="th")
    assert thai and thai.startswith("จักรยาน KSL-9 พร้อมวันที่ 30 พฤศจิกายน")
    assert said(house, text, target="de") is None
    with house.acting():
        mine = own_of(house.workspace.pk)
        told = sentences(f"Kind regards. {text}", "en", "de", own=mine)
        found = phrasebook.search("bike", reader_language="fi", target_language="de", own=mine)
    assert [(one.key, one.written) for one in told] == [("closing", True), (made.key, False)]
    assert found[0].key == made.key and found[0].target_text == "" and found[0].slots == ("order", "date")
    assert phrasebook.coverage("th", own=mine).written == phrasebook.coverage("de", own=mine).written + 1
    with house.acting():
        remove_phrase(house.workspace.pk, agent=house.greta, key=made.key)
        with pytest.raises(NoPhrase):
            remove_phrase(house.workspace.pk, agent=house.greta, key="closing")
        assert not PhraseWording.objects.exists()


def test_what_could_not_be_said_is_refused_with_its_reason(house):
    for wrong, code in [
        ({"other": "Ihre Bestellung wurde versandt."}, "slot_missing"),
        ({"other": "Bestellung {order} am {date}, {parcel}."}, "slot_unknown"),
        ({"other": "Bestellung {order} am {date}, {amount}."}, "slot_strange"),
        ({"other": "  "}, "empty"),
        ({"other": "{order} {date} " + "a" * 400}, "too_long"),
    ]:
        with pytest.raises(BadWording) as refused:
            save(house, "order_shipped", "de", **wrong)
        assert code in refused.value.details["problems"], wrong
    with pytest.raises(BadWording) as refused:
        save(house, "refund_within", "pl", one="{days} dzień", other="{days} dnia")
    assert refused.value.details["problems"] == ["plural_missing"] and "few" in str(refused.value)
    with pytest.raises(NoPhrase):
        save(house, "own_nothing", "de", other="Nichts")
    with pytest.raises(BadWording):
        save(house, "closing", "xx", other="Nichts")


def test_plurals_are_those_the_language_counts_with_and_shown_for_every_number():
    assert plurals_of("en") == ("one", "other") and plurals_of("ja") == ("other",)
    assert plurals_of("pl") == ("one", "few", "many", "other") and "two" in plurals_of("ar")
    said = {"one": "{days} Tag", "other": "{days} Tage"}
    assert [line for _number, line in shown(said, language="de")] == [
        "1 Tag", "2 Tage", "5 Tage", "21 Tage", "1,5 Tage"
    ]  # fmt: skip
    [(number, money)] = shown({"other": "{amount}"}, language="ja")
    assert not number and ("￥" in money or "¥" in money)
    hints = problems_of({"other": "Hello"}, language="en", slots=[], model="Hello!")
    assert [(one.code, one.is_fault) for one in hints] == [("final_mark", False)]


@pytest.mark.parametrize("name", ["phrases.toml", "phrases.csv"])
def test_a_file_brings_back_what_it_took_out_and_nothing_of_a_broken_one_is_kept(house, name):
    with house.acting():
        made = make_phrase(house.workspace.pk, agent=house.greta, language="en", text='We say "hi", {name}!')
    save(house, "refund_within", "en", one="Money in {days} day", other="Money in {days} days")
    save(house, "closing", "de", register="casual", brand=house.brand, other="Tschüß; bis bald, \\ö")
    number = house.workspace.pk
    with house.acting():
        before = own_rows(number)
        written = (as_csv if name.endswith("csv") else as_toml)(before)
        remove_phrase(number, agent=house.greta, key=made.key)
        PhraseWording.objects.all().delete()
        wordings, themes = read(number, written.encode(), name=name)
        assert take_in(number, agent=house.greta, wordings=wordings, themes=themes) == 3
        assert [(theme, one) for theme, one in own_rows(number)] == list(before)
        broken = [*wordings, Wording("order_shipped", "de", {"other": "Ohne Lücke."})]
        PhraseWording.objects.all().delete()
        with pytest.raises(BadWording) as refused:
            take_in(number, agent=house.greta, wordings=broken, themes={})
        assert refused.value.details["row"] == 4 and not PhraseWording.objects.exists()
        with pytest.raises(BadWording):
            read(number, b"\xff\xfe\x00", name=name)


def test_the_whole_book_goes_out_and_comes_in_without_a_change(house):
    with house.acting():
        wordings, themes = read(
            house.workspace.pk, as_toml(book_rows(["pl", "ar"])).encode(), name="book.toml"
        )
        assert len(wordings) > 320 and not themes
        take_in(house.workspace.pk, agent=house.greta, wordings=wordings, themes=themes)
        assert not PhraseWording.objects.exists()


def test_who_does_not_lead_changes_nothing_and_another_workspace_sees_nothing(house):
    with house.acting():
        lars = add_agent(
            house.workspace.pk, email="lars@kaisla.example", name="Lars", role=Role.AGENT, password="x" * 12
        )
    with pytest.raises(NotALead):
        save(house, "closing", "de", agent=lars, other="Ich darf nicht")
    save(house, "closing", "de", other="Herzlichst")
    mallory = a_house("mallory-shop", owner="mallory")
    assert said(mallory, "Kind regards,") == "Mit freundlichen Grüßen"
    with mallory.acting():
        reset_wording(mallory.workspace.pk, agent=mallory.greta, key="closing", language="de")
    owned.forget()
    assert said(house, "Kind regards,") == "Herzlichst"
