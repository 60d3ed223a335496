"""Which text is read first, how events are told, when is later, what time it is there."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from dragoman.core.conversations.shapes import TranslationView
from dragoman.core.customers.models import Identity
from dragoman.core.customers.zones import zone_of_market
from dragoman.core.language import phrasebook
from dragoman.core.language.understand import SURE, purpose_and_mood
from dragoman.core.texts.slots import open_slots
from dragoman.front.desk.conversations.clock import clock_by
from dragoman.front.desk.conversations.event_lines import sentence
from dragoman.front.desk.conversations.reading import UNKNOWN, Known, reading_of_theirs
from dragoman.front.desk.conversations.runs import Line, runs_of
from dragoman.front.desk.handling.snoozes import Zones, chosen_time, plan_times, snooze_times
from dragoman.front.desk.inbox.marking import marked
from dragoman.front.desk.words import Say
from dragoman.kit.errors import Refusal

DOUBTFUL_THAI = "มีปัญหาค่ะ"
MONDAY = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def made(confidence: float | None = 0.93, *, machine: bool = True, reviewed: bool = False) -> TranslationView:
    return TranslationView("en", "Hello", "engine", confidence, reviewed, machine)


def test_a_translation_is_read_first_and_the_original_kept_beside() -> None:
    reading = reading_of_theirs("สวัสดี", language="th", translations={"en": made()}, readers=["en"])
    assert (reading.text, reading.other, reading.other_language) == ("Hello", "สวัสดี", "th")
    assert not reading.doubtful


def test_who_knows_the_language_reads_the_original() -> None:
    reading = reading_of_theirs("Hei", language="fi", translations={"en": made()}, readers=["en", "fi"])
    assert (reading.text, reading.other) == ("Hei", "")


def test_a_sibling_of_a_spoken_language_is_read_too() -> None:
    assert not reading_of_theirs("Oi", language="pt-BR", translations={}, readers=["pt-PT"]).untranslated


@pytest.mark.parametrize(
    ("confidence", "reviewed", "expected"), [(0.58, False, True), (0.58, True, False), (0.7, False, False)]
)
def test_doubt_begins_below_seven_tenths(confidence: float, reviewed: bool, expected: bool) -> None:
    shown = made(confidence, reviewed=reviewed)
    reading = reading_of_theirs("สวัสดี", language="th", translations={"en": shown}, readers=["en"])
    assert reading.doubtful is expected


def test_an_untranslated_text_is_told() -> None:
    reading = reading_of_theirs("สวัสดี", language="th", translations={}, readers=["en"])
    assert reading.text == "สวัสดี" and reading.untranslated


def test_the_gist_of_an_untranslated_text_is_told_without_an_engine() -> None:
    text = "ขอคืนสินค้าและขอเงินคืน 1,290 บาท คำสั่งซื้อ KSL-20418 ค่ะ"
    reading = reading_of_theirs(text, language="th", translations={}, readers=["en"])
    assert reading.gist
    assert reading.gist.purpose in {"return_request", "refund_status"}
    assert set(reading.gist.named) == {("amount", "1,290 บาท"), ("order_number", "KSL-20418")}
    # who reads the language needs none
    assert reading_of_theirs(text, language="th", translations={}, readers=["th"]).gist is None
    assert reading_of_theirs("อืม", language="th", translations={}, readers=["en"]).gist.purpose == ""


@pytest.mark.parametrize("language", phrasebook.languages())
def test_a_known_purpose_is_told_in_every_language(language: str) -> None:
    text = phrasebook.reading("arrived_damaged", [language])[1]
    reader = "en" if language != "en" else "fi"
    reading = reading_of_theirs(text, language=language, translations={}, readers=[reader])
    assert reading.gist and reading.gist.purpose == "damaged_item"


def gist_where(known: Known) -> str:
    reading = reading_of_theirs(DOUBTFUL_THAI, language="th", translations={}, readers=["en"], known=known)
    assert reading.gist
    return reading.gist.purpose


def test_the_gist_tells_the_purpose_that_the_conversation_is_known_to_have() -> None:
    guess, confidence, _mood = purpose_and_mood(DOUBTFUL_THAI, "th")
    assert confidence < SURE and gist_where(UNKNOWN) == ""
    assert gist_where(Known(guess)) == guess
    assert gist_where(Known("exchange", alone=True)) == "exchange"
    # somebody else's purpose is not told of every word in a longer thread
    assert guess != "exchange" and gist_where(Known("exchange")) == ""
    assert gist_where(Known("other", alone=True)) == ""


@pytest.mark.parametrize(
    ("event", "by", "expected"),
    [
        ({"kind": "assigned", "to": "Aino"}, "Mei", "Mei gave this to Aino"),
        ({"kind": "assigned", "to": "Mei"}, "Mei", "Mei took this"),
        ({"kind": "assigned", "to": ""}, "", "Given back to everybody"),
        ({"kind": "status", "status": "resolved"}, "", "Now: Resolved"),
        ({"kind": "reopened"}, "", "Open again: the customer wrote"),
        ({"kind": "something_new"}, "Mei", "Changed: something new"),
    ],
)
def test_events_are_sentences(event: dict[str, str], by: str, expected: str) -> None:
    with translation.override("en"):
        assert sentence(event, by=by, zone="UTC") == expected


def test_a_change_of_channel_starts_a_new_run() -> None:
    line = Line("x", "info", MONDAY)
    runs = runs_of(
        [
            ("channel", "chat", 1),
            ("channel", "chat", 2),
            ("channel", "email", 3),
            ("note", "", 4),
            ("event", "", line),
        ]
    )
    assert [(run.kind, run.channel, run.messages) for run in runs] == [
        ("channel", "chat", [1, 2]),
        ("channel", "email", [3]),
        ("note", "", [4]),
        ("event", "", []),
    ]
    assert runs[-1].lines == [line]


def test_tomorrow_morning_is_the_agents_morning() -> None:
    times = {code: at for code, _words, at in snooze_times(MONDAY, Zones("Asia/Singapore"))}
    # 20:00 in London is Tuesday 04:00 in Singapore: tomorrow is Wednesday there
    assert times["tomorrow"].isoformat() == "2026-11-25T09:00:00+08:00"
    assert times["monday"].isoformat() == "2026-11-30T09:00:00+08:00"


def test_before_nine_this_morning_is_offered_and_no_time_twice() -> None:
    early = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    codes = [code for code, _words, _at in plan_times(early, Zones("Europe/Helsinki", "Asia/Bangkok"))]
    assert codes == ["theirs", "today", "tomorrow", "monday"]
    at = {code: at for code, _words, at in plan_times(early, Zones("Europe/Helsinki"))}
    assert at["today"].isoformat() == "2026-11-23T09:00:00+02:00"
    same = [code for code, _words, _at in plan_times(early, Zones("Europe/Helsinki", "Europe/Helsinki"))]
    assert same == ["theirs", "tomorrow", "monday"]
    assert "today" not in {code for code, _words, _at in plan_times(MONDAY, Zones("Europe/Helsinki"))}


def test_the_handle_our_chat_made_up_is_read_as_the_visitors_number() -> None:
    with translation.override("en"):
        made_up = Identity(kind="handle", value="0f" * 16, customer_id=42)
        assert Say.address(made_up) == "Chat · Visitor 42"
        assert Say.address(Identity(kind="handle", value="somchai_88", customer_id=42)) == "somchai_88"


def test_a_written_time_is_the_agents_local_time() -> None:
    chosen = chosen_time("at", "2026-12-24T09:30", now=MONDAY, zones=Zones("Europe/Helsinki"))
    assert chosen.astimezone(UTC).isoformat() == "2026-12-24T07:30:00+00:00"
    with pytest.raises(Refusal):
        chosen_time("at", "soon", now=MONDAY, zones=Zones("UTC"))


def test_the_clock_is_the_customers() -> None:
    with translation.override("en"):
        clock = clock_by(zone_of_market("TH"))
    assert clock is not None
    assert clock.city == "Bangkok"
    with translation.override("en"):
        american = clock_by(zone_of_market("US"))
    assert american is not None and american.city == "probably New York"
    assert clock_by(zone_of_market("")) is None


def test_found_words_are_marked_and_the_rest_is_escaped() -> None:
    assert marked("<b> KSL-20418", "20418") == "&lt;b&gt; KSL-<mark>20418</mark>"


def test_open_slots_are_named_once() -> None:
    assert open_slots("Order {order} of {date}, {order}") == ["{order}", "{date}"]


def test_what_is_known_to_be_wrong_is_told_quietly_once() -> None:
    faults = ("number:4", "number:60", "order:x", "lost:KSL-1", "term:lamp|lamppu", "forbidden:cheap|")
    shown = TranslationView("en", "Hello", "engine", 0.5, reviewed=False, machine=True, faults=faults)
    reading = reading_of_theirs("สวัสดี", language="th", translations={"en": shown}, readers=["en"])
    assert reading.doubts == (
        "A number may be missing: read the original.",
        "Something may be missing (KSL-1): read the original.",
        "The glossary says “lamppu” for “lamp”.",
    )
    seen = TranslationView("en", "Hello", "engine", 0.5, reviewed=True, machine=True, faults=faults)
    assert not reading_of_theirs("สวัสดี", language="th", translations={"en": seen}, readers=["en"]).doubts
