"""What a shop says most is recognised and said in every language of the book, and nothing else is touched."""

import tomllib
from datetime import date

import pytest

from dragoman.core.language import phrasebook
from dragoman.core.language.phrase_engine import PhrasebookEngine
from dragoman.core.language.phrase_match import Match, languages_of, match
from dragoman.core.language.phrasebook import REGISTERS, languages, render, search, wordings_of
from dragoman.core.language.slots import (
    NUMBERS,
    carried,
    locale_of,
    read_amount,
    read_date,
    write_amount,
    write_date,
)

SAMPLES = {
    "order": "KSL-20418", "tracking": "JJFI 6400 0000 0123", "url": "https://example.com/t?id=1",
    "days": "14",
    "date": "2026-11-30", "amount": "", "name": "Greta", "product": '"Kaisla 40"', "hours": "24", "count": "3",
    "time": "9:30", "percent": "10%", "code": "AUTUMN10", "carrier": "Posti", "email": "a@kaisla.example",
    "phone": "+358 40 123 4567",
}  # fmt: skip


def _slots(template: str, language: str) -> dict[str, str]:
    amount = read_amount("25.00 EUR", language="en")
    assert amount
    samples = SAMPLES | {"amount": write_amount(*amount[:2], language=language)}
    return {name: value for name, value in samples.items() if "{" + name + "}" in template}


def _translate(text: str, source: str, target: str) -> str | None:
    answer = PhrasebookEngine().translate([text], source, target)[0]
    return answer.text if answer else None


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_in_every_language_with_the_same_slots(language: str) -> None:
    english = tomllib.loads((phrasebook._FOLDER / "en.toml").read_text())
    other = tomllib.loads((phrasebook._FOLDER / f"{language}.toml").read_text())
    assert list(other) == list(english)
    for key, entry in other.items():
        wanted = set(phrasebook.SLOT.findall(wordings_of(english[key])[0]))
        for wording in wordings_of(entry):
            assert set(phrasebook.SLOT.findall(wording)) == wanted, (key, wording)


@pytest.mark.parametrize("language", languages())
def test_every_wording_is_recognised(language: str) -> None:
    entries = tomllib.loads((phrasebook._FOLDER / f"{language}.toml").read_text())
    missed = []
    for key, entry in entries.items():
        said_so = list(phrasebook._said(entry["text"]).values())
        for wording in wordings_of(entry):
            said = wording.format(**_slots(wording, language))
            found = match(said.upper() if "{" not in wording else said, language)
            # Two phrases may share a short form; what is heard must still be one of the book.
            if found is None or (wording in said_so and found.key != key):
                missed.append((key, said, found))
    assert not missed


@pytest.mark.parametrize("language", languages())
def test_every_number_finds_its_plural_in_every_register(language: str) -> None:
    known = {*locale_of(language).plural_form.tags, "other"}
    entries = tomllib.loads((phrasebook._FOLDER / f"{language}.toml").read_text())
    for key, entry in entries.items():
        for register in ("", *REGISTERS):
            text = entry.get(register or "text", "")
            assert isinstance(text, str) or ("other" in text and set(text) <= known), (key, text)
            wanted = phrasebook.SLOT.findall(wordings_of(entry)[0])
            for number in ("1", "2", "5", "21", "1.5", "3-5"):
                slots = {name: number if name in NUMBERS else "1" for name in wanted}
                said = render(key, language, slots, register=register)
                assert not phrasebook.SLOT.search(said)
                assert number in said or not set(wanted) & set(NUMBERS)


def test_a_number_chooses_its_form_and_a_register_its_words() -> None:
    days = {n: render("refund_within", "pl", {"days": n}) for n in ("1", "2", "5", "22", "1,5")}
    assert len(set(days.values())) == 5
    assert render("refund_within", "en", {"days": "1"}).endswith("within 1 day.")
    assert "Ihre" in render("order_delivered", "de", {"order": "1", "date": "2026-11-30"})
    assert "Deine" in render("order_delivered", "de", {"order": "1", "date": "2026-11-30"}, register="casual")
    assert render("thanks_for_contacting", "th", {}, register="by_woman").endswith("ค่ะ")
    # a language without the register says it politely
    assert render("thanks_for_contacting", "en", {}, register="casual") == "Thank you for contacting us."


def test_shares_and_times_are_written_as_the_reader_writes_them() -> None:
    french = carried("percent", "10 %", source="de", target="fr")
    assert french.replace("\u202f", " ").replace("\xa0", " ") == "10 %"
    assert carried("time", "9:30", source="en", target="fi") == "9.30"
    assert carried("time", "5 pm", source="en", target="de") == "17:00"
    assert carried("time", "25:10", source="en", target="de") == "25:10"


def test_the_questions_of_the_demo_are_answered_both_ways() -> None:
    assert _translate("พัสดุถึงไหนแล้ว", "th", "en") == "Where is my order?"
    assert _translate("Missä tilaukseni KSL-20418 on?", "fi", "en") == "Where is my order KSL-20418?"
    answer = _translate("Your order KSL-20418 was shipped on 23 November 2026.", "en", "fi")
    assert answer == "Tilauksenne KSL-20418 lähetettiin 23. marraskuuta 2026."
    thai = _translate("Your order KSL-20418 was shipped on 23 November 2026.", "en", "th")
    assert thai
    assert "KSL-20418" in thai
    assert "พฤศจิกายน" in thai


def test_lines_greetings_and_signatures_keep_their_places() -> None:
    said = "Dear Somchai,\n\nThank you for contacting us. Have a nice day!\n\nKind regards,\nGreta"
    answer = _translate(said, "en", "fi")
    assert answer
    assert [line != "" for line in answer.splitlines()] == [True, False, True, False, True, True]
    assert answer.splitlines()[0] == "Hei Somchai!"
    assert answer.endswith("\nGreta")


def test_case_accents_blanks_and_marks_do_not_matter() -> None:
    assert match("  WHERE  is my order ", "en") == Match("where_is_my_order")
    assert match("Gdzie jest moje zamowienie??", "pl-PL") == match("Gdzie jest moje zamówienie?", "pl")
    assert match("where’s my order", "en") == Match("where_is_my_order")
    assert match("พัสดุ ถึงไหนแล้วครับ", "th") == match("พัสดุถึงไหนแล้ว", "th")


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order and why is nobody answering?",
        "Hello where is my parcel now please tell",
        "Your order KSL-20418 was shipped on a rainy afternoon.",
        "We refunded some money to you today.",
        "Hello dear shop!",
        "This thing is currently out of stock.",
        "",
    ],
)
def test_a_text_with_one_foreign_word_too_many_is_left_alone(text: str) -> None:
    assert _translate(text, "en", "fi") is None


def test_a_language_the_book_lacks_is_left_alone() -> None:
    assert _translate("Hello!", "en", "is") is None
    assert search("shipped", reader_language="en", target_language="is") == []


def test_phrases_are_found_by_words_with_and_without_typing_errors() -> None:
    for query in ("shipped", "shiped", "order SHIPPED"):
        assert search(query, reader_language="en", target_language="th")[0].key == "order_shipped"
    found = search("lähetettiin", reader_language="fi", target_language="en")[0]
    assert (found.key, found.slots) == ("order_shipped", ("order", "date"))
    assert all(
        phrasebook.speakers()[phrase.key] == "agent"
        for phrase in search("", reader_language="sv", target_language="fi", limit=100)
    )


def test_a_slot_that_is_not_filled_stays_to_be_seen() -> None:
    assert "{date}" in render("order_shipped", "en", {"order": "1"})


def test_a_greeting_names_its_language_where_only_one_has_it() -> None:
    assert languages_of("Hello!") == ("en",)
    assert languages_of("") == ()


def test_dates_are_read_as_people_write_them_and_never_guessed() -> None:
    for text, language in [
        ("November 23rd", "en"), ("23 November", "en"), ("23.11.", "fi"), ("11月23日", "ja"),
        ("23 พฤศจิกายน", "th"),
    ]:  # fmt: skip
        read = read_date(text, language=language)
        assert read
        assert (read[0].month, read[0].day, read[1]) == (11, 23, False)
    assert read_date("5/6/2026", language="en") is None
    for day in (1, 3, 12, 30):
        for language in languages():
            there = date(2026, 12, day)
            assert read_date(write_date(there, language=language), language=language) == (there, True)
    assert read_date("tomorrow", language="en") is None
    read = read_date("2026-11-23", language="th")
    assert read
    assert write_date(read[0], language="et") == "23.11.2026"


def test_amounts_change_their_marks_but_not_their_value_or_currency() -> None:
    read = read_amount("1.234,50 €", language="de")
    assert read
    assert write_amount(*read[:2], language="en") == "€1,234.50"
    assert read_amount("25,50 €", language="en") is None
    dollars = read_amount("$25", language="en")
    assert dollars
    assert write_amount(dollars[0], dollars[1], language="fi", sign=dollars[2]) == "25,00\xa0$"
