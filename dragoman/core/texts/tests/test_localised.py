"""Localised texts: each variant knows its source's version, nothing is written over unseen, one chain finds the words."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from dragoman.core.accounts.actions import add_agent, change_brand
from dragoman.core.texts.actions.macros import Written, save_macro, stamp_of
from dragoman.core.texts.actions.variants import (
    Wording,
    confirm_variant,
    make_source,
    remove_variant,
    write_variant,
)
from dragoman.core.texts.errors import ChangedMeanwhile, NoText, NotYours
from dragoman.core.texts.localised import (
    Entry,
    cell_of,
    entries_of,
    get_entry,
    said_to,
    served,
    state_of,
    version_with,
    wordings_of,
    words_at,
)
from dragoman.core.texts.models import LocalisedText
from dragoman.kit.errors import Refusal
from tests.people import a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return a_house()


def place(house, kind="signature") -> Entry:
    return get_entry(house.workspace.pk, f"{kind}.{house.brand.pk}.{kind}")


def put(house, words, language, market="", *, kind="signature", **more):
    wording = Wording(words, language, market, **more)
    return write_variant(house.workspace.pk, place(house, kind), wording, agent=house.greta)


def state(house, language, market="", kind="signature"):
    entry = place(house, kind)
    return state_of(entry, entry.find(language, market))


def test_what_is_written_first_is_the_source_and_others_go_stale_when_it_changes(house):
    with house.acting():
        put(house, "Best regards", "en")
        put(house, "ด้วยความเคารพ", "th")
        put(house, "Mit freundlichen Grüßen", "de")
        assert [state(house, tag) for tag in ("en", "th", "de", "fi")] == [
            "source",
            "right",
            "right",
            "missing",
        ]
        put(house, "Kind regards", "en")
        put(house, "Viele Grüße", "de")
        assert [state(house, tag) for tag in ("en", "th", "de")] == ["source", "stale", "right"]
        source, thai = place(house).source, place(house).find("th")
        assert (source.version, thai.source_version) == (2, 1)
        assert (
            words_at(source, thai.source_version) == "Best regards" and words_at(source, 2) == "Kind regards"
        )
        assert version_with(source, "Best regards ") == 1 and version_with(source, "Never said") is None


def test_what_is_still_right_is_noted_for_the_source_as_it_is(house):
    with house.acting():
        put(house, "Best regards", "en")
        put(house, "ด้วยความเคารพ", "th")
        seen = put(house, "Kind regards", "en").version
        put(house, "Kindest regards", "en")
        entry = place(house)
        with pytest.raises(ChangedMeanwhile):
            confirm_variant(house.workspace.pk, entry, "th", source_seen=seen, agent=house.greta)
        confirm_variant(house.workspace.pk, entry, "th", source_seen=seen + 1, agent=house.greta)
        assert state(house, "th") == "right" and place(house).find("th").confirmed_at


def test_a_machines_words_wait_until_somebody_looked(house):
    with house.acting():
        put(house, "Best regards", "en")
        put(house, "Cordialement", "fr", made="machine")
        assert state(house, "fr") == "machine"
        confirm_variant(house.workspace.pk, place(house), "fr", source_seen=None, agent=house.greta)
        assert state(house, "fr") == "right"
        put(house, "Bien cordialement", "fr")
        assert place(house).find("fr").made == "person"


def test_who_wrote_from_an_older_source_wrote_what_is_stale(house):
    with house.acting():
        put(house, "Best regards", "en")
        put(house, "Kind regards", "en")
        put(house, "Ystävällisin terveisin", "fi", source_seen=1)
        assert state(house, "fi") == "stale"


def test_the_second_of_two_writers_is_told_and_the_first_ones_words_stay(house):
    with house.acting():
        first = put(house, "Best regards", "en", seen=0)
        put(house, "Kind regards", "en", seen=first.version)
        with pytest.raises(ChangedMeanwhile):
            put(house, "Yours", "en", seen=first.version)
        with pytest.raises(ChangedMeanwhile):
            put(house, "Yours", "en", seen=0)
        mine = place(house).find("en")
        assert mine.words == "Kind regards" and [one.words for one in wordings_of(mine)] == ["Best regards"]
        put(house, "Yours", "en", seen=mine.version)
        assert [one.words for one in wordings_of(mine)] == ["Kind regards", "Best regards"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_in_the_same_moment_one_is_told():
    house, ready = a_house(), threading.Barrier(2)

    def writes(words: str) -> str:
        try:
            with house.acting():
                ready.wait(10)
                put(house, words, "en", seen=0)
            return words
        except ChangedMeanwhile:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(writes, ["One", "Two"]))
    with house.acting():
        assert sorted(ended) == sorted(["told", place(house).find("en").words])


def test_the_source_stays_while_others_are_written_from_it_and_may_be_another(house):
    with house.acting():
        put(house, "Best regards", "en")
        put(house, "Mit freundlichen Grüßen", "de")
        put(house, "Schöne Grüße", "de", "AT")
        with pytest.raises(Refusal, match="Make another the source"):
            remove_variant(house.workspace.pk, place(house), "en", agent=house.greta)
        make_source(house.workspace.pk, place(house), "de", agent=house.greta)
        assert [state(house, "de"), state(house, "en"), state(house, "de", "AT")] == [
            "source",
            "right",
            "right",
        ]
        for name in ("en", "de@AT", "de"):
            remove_variant(house.workspace.pk, place(house), name, agent=house.greta)
        assert not LocalisedText.objects.exists() and place(house).text is None
        with pytest.raises(NoText):
            remove_variant(house.workspace.pk, place(house), "de", agent=house.greta)


@pytest.mark.parametrize(
    "wording, code",
    [
        (Wording("Hello {custmer.name}", "en"), "unknown_slot"),
        (Wording("  ", "en"), "empty"),
        (Wording("x", "xx"), "bad_language"),
        (Wording("x", ""), "bad_language"),
        (Wording("x", "de", "ZZ"), "bad_market"),
        (Wording("x" * 2001, "en"), "too_long"),
    ],
)
def test_bad_input_is_named_and_stores_nothing(house, wording, code):
    with house.acting():
        with pytest.raises(Refusal) as refused:
            write_variant(house.workspace.pk, place(house), wording, agent=house.greta)
        assert refused.value.code == code and not LocalisedText.objects.exists()


def test_a_slot_of_the_kind_is_taken(house):
    with house.acting():
        assert put(house, "{agent.name}, {brand.name}", "en").words == "{agent.name}, {brand.name}"


def test_the_chain_goes_from_the_market_to_the_workspace_and_is_told(house):
    with house.acting():
        change_brand(house.brand, changes={"language": "fi"})
        put(house, "Best regards", "en")
        put(house, "Terveisin", "fi")
        put(house, "Grüße", "de")
        put(house, "Schöne Grüße", "de", "AT")
        put(house, "Um abraço", "pt-BR")

        def got(language, market=""):
            found = served(place(house), language=language, market=market)
            return found.key, [(one.whose, one.language, one.market) for one in found.looked]

        assert got("de", "AT") == ("de@AT", [("customer", "de", "AT")])
        assert got("de", "CH") == ("de", [("customer", "de", "CH"), ("customer", "de", "")])
        assert got("de-AT")[0] == "de" and got("pt-PT")[0] == "pt-BR"
        assert got("th") == ("fi", [("customer", "th", ""), ("brand", "fi", "")])
        remove_variant(house.workspace.pk, place(house), "fi", agent=house.greta)
        assert got("th")[0] == "en" and got("th")[1][-1] == ("team", "en", "")
        put(house, "Kaisla", "mul")
        assert got("th")[0] == "mul" and got("de")[0] == "de"


def test_our_sentence_in_the_customers_language_goes_before_the_brands_in_another(house):
    with house.acting():
        put(house, "We got it, {name}.", "en", kind="acknowledgement")
        thai, cell = (
            served(place(house, "acknowledgement"), language="th"),
            cell_of(place(house, "acknowledgement"), "th"),
        )
        assert thai.key == "" and thai.language == "th" and thai.looked[-1].whose == "ours"
        assert cell.state == "ours"
        # and before the text for all other languages
        put(house, "Kaisla: OK", "mul", kind="acknowledgement")
        assert served(place(house, "acknowledgement"), language="th").key == ""
        assert cell_of(place(house, "acknowledgement"), "th").state == "ours"
        put(house, "ได้รับแล้วค่ะ", "th", kind="acknowledgement")
        assert served(place(house, "acknowledgement"), language="th").words == "ได้รับแล้วค่ะ"


def test_every_brand_has_its_places_and_everybodys_macros_are_among_the_texts(house):
    with house.acting():
        save_macro(house.workspace.pk, agent=None, written=Written("Shared", {"en": "x", "th": "y"}))
        otto = add_agent(house.workspace.pk, email="otto@x.example", name="Otto")
        own = save_macro(house.workspace.pk, agent=otto, owner=otto, written=Written("Otto's", {"en": "z"}))
        found = {entry.ref: entry for entry in entries_of(house.workspace.pk)}
        titles = [entry.title for entry in found.values() if entry.kind == "macro"]
        assert titles == ["Shared"]
        assert f"acknowledgement.{house.brand.pk}.acknowledgement" in found
        with pytest.raises(NoText):
            get_entry(house.workspace.pk, f"macro.0.{own.pk}")


def test_a_macro_changed_as_a_whole_keeps_what_is_behind(house):
    with house.acting():
        texts = {"en": "Shipped", "th": "จัดส่งแล้ว", "fi": "Lähetetty"}
        macro = save_macro(house.workspace.pk, agent=None, written=Written("Shipped", texts))
        seen = stamp_of(macro)
        texts = {"en": "It was shipped", "th": "จัดส่งแล้ว", "fi": "Se on lähetetty"}
        save_macro(house.workspace.pk, agent=None, written=Written("Shipped", texts, seen=seen), macro=macro)
        entry = get_entry(house.workspace.pk, f"macro.0.{macro.pk}")
        assert {one.name: state_of(entry, one) for one in entry.variants} == {
            "en": "source",
            "th": "stale",
            "fi": "right",
        }
        with pytest.raises(ChangedMeanwhile):
            late = Written("Shipped", {"en": "Gone"}, seen=seen)
            save_macro(house.workspace.pk, agent=None, written=late, macro=macro)
        assert get_entry(house.workspace.pk, entry.ref).texts == texts
        save_macro(house.workspace.pk, agent=None, written=Written("Shipped", {"th": "ส่งแล้ว"}), macro=macro)
        assert get_entry(house.workspace.pk, entry.ref).source.name == "th"


def test_a_macro_whose_source_goes_keeps_what_was_behind_it(house):
    with house.acting():
        texts = {"en": "Shipped", "th": "จัดส่งแล้ว", "fi": "Lähetetty", "de": "Verschickt"}
        macro = save_macro(house.workspace.pk, agent=None, written=Written("Shipped", texts))
        texts = {"en": "It was shipped", "th": "จัดส่งไปแล้ว", "fi": "Se on lähetetty", "de": "Verschickt"}
        save_macro(house.workspace.pk, agent=None, written=Written("Shipped", texts), macro=macro)
        entry = get_entry(house.workspace.pk, f"macro.0.{macro.pk}")
        assert [state_of(entry, entry.find(tag)) for tag in ("th", "fi", "de")] == ["right", "right", "stale"]
        del texts["en"]
        save_macro(house.workspace.pk, agent=None, written=Written("Shipped", texts), macro=macro)
        entry = get_entry(house.workspace.pk, f"macro.0.{macro.pk}")
        states = {one.name: state_of(entry, one) for one in entry.variants}
        assert states == {"th": "source", "fi": "right", "de": "stale"}


def test_agents_without_the_right_and_mallory_change_nothing(house):
    mallory = a_house("mallory-shop", owner="mallory")
    with house.acting():
        put(house, "Best regards", "en")
        ref = place(house).ref
        otto = add_agent(house.workspace.pk, email="otto@x.example", name="Otto")
        for change in (
            lambda: write_variant(house.workspace.pk, place(house), Wording("x", "fi"), agent=otto),
            lambda: remove_variant(house.workspace.pk, place(house), "en", agent=otto),
            lambda: confirm_variant(house.workspace.pk, place(house), "en", source_seen=None, agent=otto),
            lambda: make_source(house.workspace.pk, place(house), "en", agent=otto),
        ):
            with pytest.raises(NotYours):
                change()
    with mallory.acting():
        with pytest.raises(NoText):
            get_entry(mallory.workspace.pk, ref)
        assert said_to(mallory.brand, "signature", "signature", language="en") is None


@pytest.mark.parametrize(
    "ref", ["", "x", "macro.0.1", "nothing.1.x", "signature.x.signature", "signature.1.other"]
)
def test_what_is_no_text_is_not_found(house, ref):
    with house.acting(), pytest.raises(NoText):
        get_entry(house.workspace.pk, ref)
