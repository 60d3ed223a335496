"""What is sent is held against the glossary first, and enters the memory when a person stood for it."""

import pytest

from dragoman.core.accounts.actions import change_agent
from dragoman.core.conversations.actions.reply import Draft, amend_preview, preview_reply, send_reply
from dragoman.core.conversations.errors import BrokenTranslation
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.actions import delete_customer, erase_customer
from dragoman.core.language.actions.glossary import Worded, WrittenEntry, save_entry
from dragoman.core.language.checks import pair_faults
from dragoman.core.language.memory import units_of
from dragoman.core.language.scope import INSTALLATION
from dragoman.core.texts.actions.macros import Written, remove_macro, save_macro
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings) -> House:
    settings.TRANSLATOR_URL = "fake://"
    return a_house()


def conversation_of(
    house: House, text: str = "Missä pakettini on? Olen odottanut sitä jo kauan."
) -> Conversation:
    write(house, text, language="fi")
    settle()
    with house.acting():
        return Conversation.objects.get()


def send(house: House, text: str, *, said: str = "", **more) -> Message:
    with house.acting():
        conversation = Conversation.objects.get()
        shown = preview_reply(conversation, agent=house.greta, text=text)
        if said:
            shown = amend_preview(conversation, text=text, token=shown.token, said=said)
        draft = Draft(text=text, preview_token=shown.token, **more)
        sent = send_reply(conversation, agent=house.greta, draft=draft)
    settle()
    return sent


def units(house: House) -> list[tuple[str, str]]:
    with house.acting():
        return [(unit.source, unit.target) for unit in units_of(house.workspace.pk)]


def forbid(house: House) -> None:
    words = [Worded("parcel", "en"), Worded("lähetys", "fi"), Worded("paketti", "fi", use="forbidden")]
    with house.acting():
        save_entry(house.workspace.pk, agent=house.greta, written=WrittenEntry(words))


def test_a_translation_changed_by_hand_is_remembered_without_names_and_numbers(house):
    conversation_of(house)
    send(
        house,
        "Dear Somchai, parcel KSL-1234 is on its way.",
        said="Hyvä Somchai, paketti KSL-1234 on matkalla.",
    )
    assert units(house) == [
        ("Dear {name}, parcel {1} is on its way.", "Hyvä {name}, paketti {1} on matkalla.")
    ]
    with house.acting():
        again = preview_reply(
            Conversation.objects.get(), agent=house.greta, text="Dear Somchai, parcel KSL-77 is on its way."
        )
    assert (again.text, again.engine, again.machine) == (
        "Hyvä Somchai, paketti KSL-77 on matkalla.",
        "memory",
        False,
    )
    sent = send(house, "Dear Somchai, parcel KSL-77 is on its way.")
    assert sent.engine == "memory"
    with house.acting():
        assert units_of(house.workspace.pk).get().used == 1


def test_what_nobody_could_read_is_not_remembered_and_what_the_agent_reads_is(house):
    conversation_of(house)
    send(house, "The lamp is on its way to you now.")
    assert units(house) == []
    with house.acting():
        change_agent(house.greta, changes={"languages": [{"tag": "fi", "level": "native"}]})
        house.greta.refresh_from_db()
    send(house, "The blanket is on its way to you now.")
    assert [source for source, _target in units(house)] == ["The blanket is on its way to you now."]


def test_a_translation_that_broke_a_term_is_held_once_and_goes_when_it_is_said_so(house):
    conversation_of(house)
    forbid(house)
    with pytest.raises(BrokenTranslation) as held:
        send(house, "Your parcel is on its way.", said="Paketti on matkalla.")
    assert held.value.details["faults"] == ["term:parcel|lähetys", "forbidden:Paketti|lähetys"]
    with house.acting():
        assert not Message.objects.filter(direction="out").exists()
    sent = send(house, "Your parcel is on its way.", said="Paketti on matkalla.", send_anyway=True)
    assert sent.meta["faults"] == ["term:parcel|lähetys", "forbidden:Paketti|lähetys"]
    assert units(house) == []  # nobody stands for what is broken
    assert (
        send(house, "Your parcel is on its way.", said="Lähetyksesi on matkalla.").meta.get("faults") is None
    )


def test_a_lost_number_holds_and_a_doubt_does_not(house, settings):
    conversation_of(house)
    with pytest.raises(BrokenTranslation) as held:
        send(house, "Order KSL-1234 comes at 12:30.", said="Tilaus tulee pian.")
    assert held.value.details["faults"] == ["lost:KSL-1234", "lost:12:30"]
    settings.TRANSLATOR_URL = "fake://?lose=1"
    with pytest.raises(BrokenTranslation):
        send(house, "Order KSL-1234 comes at 12:30 to your door.")


@pytest.mark.parametrize(
    "text, said, lost",
    [
        ("€1,299.00 on 12 March 2026", "1 299,00 € 12.3.2026", ()),
        ("See https://kaisla.example/a, 2 items", "Katso https://kaisla.example/a, 2 kpl", ()),
        (
            "See https://kaisla.example/a",
            "Katso https://kaisla.example/b",
            ("lost:https://kaisla.example/a",),
        ),
        ("Hello {customer.name}", "Hei", ("lost:{customer.name}",)),
        ("It costs €49.90", "Se maksaa 49,09 €", ("lost:€49.90",)),
        ("Write to help@kaisla.example", "Kirjoita", ("lost:help@kaisla.example",)),
    ],
)
def test_pieces_may_be_written_as_the_other_language_does_and_not_changed(text, said, lost):
    assert pair_faults(text, said, source="en", target="fi", scope=INSTALLATION) == lost


def test_a_forbidden_word_in_the_customers_own_language_is_flagged_and_not_held(house):
    conversation_of(house)
    forbid(house)
    with house.acting():
        shown = preview_reply(
            Conversation.objects.get(), agent=house.greta, text="Paketti tulee huomenna perille."
        )
    assert (shown.reason, list(shown.faults)) == ("same_language", ["forbidden:Paketti|lähetys"])
    assert send(house, "Paketti tulee huomenna perille.").text == "Paketti tulee huomenna perille."


def test_a_macro_in_two_languages_is_remembered_both_ways_and_forgotten_with_it(house):
    texts = {
        "en": "Hello {customer.name|there}, order {order} left.",
        "fi": "Hei {customer.name|}, tilaus {order} lähti.",
    }
    with house.acting():
        macro = save_macro(house.workspace.pk, agent=house.greta, written=Written("Left", texts))
    settle()
    assert sorted(units(house)) == [
        ("Hei {name}, tilaus {1} lähti.", "Hello {name}, order {1} left."),
        ("Hello {name}, order {1} left.", "Hei {name}, tilaus {1} lähti."),
    ]
    with house.acting():
        remove_macro(macro, agent=house.greta)
    settle()
    assert units(house) == []


def test_a_customer_who_is_deleted_takes_what_was_said_to_them_out_of_the_memory(house):
    conversation = conversation_of(house)
    send(house, "Nobody else will ever read this.", said="Kukaan muu ei lue tätä.")
    assert units(house)
    with house.acting():
        delete_customer(conversation.customer, agent=house.greta)
        erase_customer(house.workspace.pk, conversation.customer_id)
    assert units(house) == []
