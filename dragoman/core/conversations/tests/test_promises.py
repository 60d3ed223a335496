"""Promises: told in the customer's language and by their clock, kept in mind, and late ones known."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.hours.queries import known
from dragoman.core.conversations.actions.acknowledge import Words, words_for
from dragoman.core.conversations.actions.merge import merge_conversations
from dragoman.core.conversations.actions.reply import Draft, send_reply
from dragoman.core.conversations.models import Acknowledgement, Conversation, Message
from dragoman.core.conversations.promises import STATES, Due, due_for, in_promise, late_among, promise_of
from dragoman.core.texts.slots import without_sentences
from dragoman.kit import memo
from tests.people import House, a_house, write

pytestmark = pytest.mark.django_db
WEEK = [*[[("09:00", "17:00")]] * 5, [], []]
HELSINKI, BANGKOK = ZoneInfo("Europe/Helsinki"), ZoneInfo("Asia/Bangkok")


@pytest.fixture
def house() -> House:
    memo.forget_all()
    made = a_house()
    written = HoursWritten(time_zone="Europe/Helsinki", week=WEEK, targets={"api": 240, "email": 240})
    with made.acting():
        save_hours(made.workspace.pk, agent=None, written=written)
    known.forget()
    return made


def conversation(house: House, **changes: object) -> Conversation:
    got = write(house, "Where is my order?", language="en")
    with house.acting():
        found = Conversation.objects.select_related("customer", "brand").get(pk=got.conversation_id)
    for name, value in changes.items():
        setattr(found, name, value)
    return found


def at(text: str, zone: ZoneInfo = HELSINKI) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


def test_what_is_due_is_said_by_the_customers_clock(house: House) -> None:
    with house.acting():
        due = due_for(conversation(house, market="TH"), channel="email", at=at("2026-11-27T20:00", BANGKOK))
    assert due is not None
    assert (due.at, due.zone, due.named) == (at("2026-11-30T11:00"), "Asia/Bangkok", False)
    assert due.said("th", "TH", now=at("2026-11-27T15:00")) == "วันจันทร์ 30 พฤศจิกายน 16:00"


def test_a_clock_that_is_only_guessed_is_named(house: House) -> None:
    with house.acting():
        american = due_for(conversation(house, market="US"), channel="email", at=at("2026-11-27T10:00"))
        unknown = due_for(conversation(house), channel="email", at=at("2026-11-27T10:00"))
    for due in (american, unknown):
        assert due is not None and due.named and due.zone == "Europe/Helsinki"
        assert due.said("en", "", now=at("2026-11-27T10:00")) == "14:00 (Helsinki)"


@pytest.mark.parametrize(
    ("language", "market", "zone", "text", "said"),
    [
        (
            "fi",
            "FI",
            "Europe/Helsinki",
            "Vastaamme viimeistään {answer_by}.",
            "maanantaina 30. marraskuuta 11.00.",
        ),
        ("de", "DE", "Europe/Berlin", "Wir antworten bis {answer_by}.", "bis Montag, 30. November, 10:00."),
        ("ja", "JP", "Asia/Tokyo", "{answer_by}までにお返事します。", "11月30日(月曜日) 18:00までに"),
        ("ar", "SA", "Asia/Riyadh", "نجيبك قبل {answer_by}.", "الاثنين، 30 نوفمبر، 12:00 م"),
        ("th", "TH", "Asia/Bangkok", "เราจะตอบภายใน {answer_by}", "วันจันทร์ 30 พฤศจิกายน 16:00"),
    ],
)
def test_the_slot_is_filled_in_the_language_of_the_text(
    house: House, monkeypatch: pytest.MonkeyPatch, language: str, market: str, zone: str, text: str, said: str
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at("2026-11-27T16:00"))
    with house.acting():
        words = words_for(
            house.brand,
            language=language,
            market=market,
            slots={"name": "", "number": "7", "brand": "Kaisla"},
            texts={language: text},
            due=Due(at("2026-11-30T11:00"), zone, named=False),
        )
    assert said in words.text.replace("\u202f", " ") and words.promises


def test_without_a_promise_the_sentence_goes_and_nothing_is_promised(house: House) -> None:
    def said(text: str) -> Words:
        return words_for(
            house.brand, language="en", market="", slots={"name": "Anna", "number": "7", "brand": "K"}, texts={"en": text}
        )  # fmt: skip

    with house.acting():
        words = said("Hello {name}. We answer by {answer_by}. Your number is {number}.")
        assert (words.text, words.promises) == ("Hello Anna. Your number is 7.", False)
        assert said("We answer by {answer_by|tomorrow}.").text == "We answer by tomorrow."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A. By {answer_by}! B", "A. B"),
        ("受け取りました。{answer_by}までにお返事します。番号は7です。", "受け取りました。番号は7です。"),
        ("First\nBy {answer_by}\nLast", "First\nLast"),
        ("First\n\nLast", "First\n\nLast"),
        ("By {answer_by}", ""),
        ("Version 1.5 by {answer_by}. Next", "Next"),
    ],
)
def test_a_sentence_with_an_empty_slot_is_left_out(text: str, left: str) -> None:
    assert without_sentences(text, "answer_by") == left


def promised(house: House, by: datetime.datetime) -> Conversation:
    found = conversation(house)
    with house.acting():
        Acknowledgement.objects.create(
            workspace_id=house.workspace.pk, conversation=found, answer_by=by, created_at=timezone.now()
        )
    return found


def test_a_promise_is_open_late_kept_or_broken(house: House) -> None:
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    soon = promised(house, now + hour)
    with house.acting():
        assert promise_of(conversation(house, pk=soon.pk + 1000)) is None
        found = promise_of(soon)
        assert found and (found.state, found.by) == ("open", now + hour)
        Acknowledgement.objects.filter(workspace_id=house.workspace.pk).update(answer_by=now - hour)
        late = promise_of(soon)
        assert late and late.state == "late"
        sent = send_reply(soon, agent=house.greta, draft=Draft("It is on its way.", send_as="original"))
        Message.objects.filter(workspace_id=house.workspace.pk, pk=sent.pk).update(sent_at=timezone.now())
        broken = promise_of(soon)
        assert broken and broken.state == "broken"
        Acknowledgement.objects.filter(workspace_id=house.workspace.pk).update(answer_by=now + hour)
        kept = promise_of(soon)
        assert kept and kept.state == "kept"


def test_promises_are_found_by_their_state_also_where_the_answer_stands_in_what_was_merged(
    house: House,
) -> None:
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    found = promised(house, now - hour)

    def states() -> list[str]:
        mine = Conversation.objects.filter(workspace_id=house.workspace.pk, pk=found.pk)
        return [state for state in STATES if mine.filter(in_promise(state)).exists()]

    other = conversation(house, pk=write(house, "Again", thread_key="api:again").conversation_id)
    with house.acting():
        assert (states(), late_among(house.workspace.pk, [found.pk])) == (["late"], {found.pk})
        sent = send_reply(other, agent=house.greta, draft=Draft("It is on its way.", send_as="original"))
        Message.objects.filter(workspace_id=house.workspace.pk, pk=sent.pk).update(sent_at=timezone.now())
        assert states() == ["late"]
        merge_conversations(other, found, agent=house.greta)
        assert (states(), late_among(house.workspace.pk, [found.pk])) == (["broken"], set())
        Acknowledgement.objects.filter(workspace_id=house.workspace.pk).update(answer_by=now + hour)
        assert states() == []


def test_mallory_learns_of_no_promise(house: House) -> None:
    found, other = promised(house, timezone.now()), a_house("mallory", owner="mallory")
    with other.acting():
        assert promise_of(found) is None
