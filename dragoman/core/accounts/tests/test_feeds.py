"""Calendars of days off: what is read of them, and that a bad one takes nothing away."""

import datetime
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.core.accounts import tasks
from dragoman.core.accounts.hours import feed
from dragoman.core.accounts.hours.actions import HoursWritten, add_feed, ask_again, remove_feed, save_hours
from dragoman.core.accounts.hours.errors import FeedTaken, NoFeed
from dragoman.core.accounts.hours.queries import get_feed, hours_for, known
from dragoman.core.accounts.models import HolidayFeed
from dragoman.kit import guarded
from tests.people import House, a_house

TODAY = datetime.date(2026, 11, 27)
WEEK = [[("00:00", "24:00")]] * 7


def calendar(*events: str) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{inner}END:VCALENDAR\r\n".encode()


GOOD = calendar("UID:1\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Joulu")


class _Server(BaseHTTPRequestHandler):
    said = GOOD
    status = 200

    def do_GET(self) -> None:
        kind = type(self)
        if self.path == "/slow":
            time.sleep(1.0)
        self.send_response(kind.status)
        self.end_headers()
        self.wfile.write(kind.said)

    def log_message(self, *words: object) -> None: ...


@pytest.fixture
def far_side(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    _Server.said, _Server.status = GOOD, 200
    server = HTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    fetch = feed.fetch_days
    monkeypatch.setattr(
        feed,
        "fetch_days",
        lambda url, *, today: fetch(url, today=today, allows=lambda _ip: True, ports=(port,)),
    )
    yield port
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(db: None) -> House:
    known.forget()
    return a_house()


def a_feed(house: House, port: int, path: str = "/off.ics") -> int:
    """Put a calendar of this machine, which nobody could through the form."""
    with house.acting():
        made = add_feed(house.workspace.pk, agent=house.greta, name="Off", url="https://a.example/off.ics")
        HolidayFeed.objects.filter(workspace_id=house.workspace.pk, pk=made.pk).update(
            url=f"http://127.0.0.1:{port}{path}"
        )
        return int(made.pk)


def fetched(house: House, pk: int) -> HolidayFeed:
    with house.acting():
        tasks.fetch_feed(workspace_id=house.workspace.pk, feed_id=pk)
        known.forget()
        return get_feed(house.workspace.pk, pk)


def days(*events: str) -> list[str]:
    return [one["day"] for one in feed.read_days(calendar(*events), today=TODAY)]


def test_days_are_read_whole_named_and_without_the_last_one_of_dtend() -> None:
    found = feed.read_days(GOOD, today=TODAY)
    assert [one["day"] for one in found] == ["2026-12-24", "2026-12-25", "2026-12-26"]
    assert {one["name"] for one in found} == {"Joulu"}


def test_events_with_an_hour_cancelled_long_past_and_endless_ones_are_left_out() -> None:
    assert days("UID:1\r\nDTSTART:20261224T090000Z\r\nDTEND:20261224T100000Z\r\nSUMMARY:Meeting") == []
    assert days("UID:1\r\nDTSTART;VALUE=DATE:20261224\r\nSTATUS:CANCELLED") == []
    assert days("UID:1\r\nDTSTART;VALUE=DATE:20200101") == []
    assert days("UID:1\r\nDTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20271201") == []
    assert days("UID:1\r\nSUMMARY:without a day") == []
    assert days("UID:1\r\nDTSTART;VALUE=DATE:20261332") == []


def test_a_rule_is_followed_for_two_years_without_what_it_leaves_out() -> None:
    yearly = "UID:1\r\nDTSTART;VALUE=DATE:20100606\r\nRRULE:FREQ=YEARLY"
    assert days(yearly) == ["2027-06-06", "2028-06-06"]
    assert days(f"{yearly}\r\nEXDATE;VALUE=DATE:20270606") == ["2028-06-06"]
    assert days(f"{yearly};UNTIL=20271231T235959Z") == ["2027-06-06"]
    assert days("UID:1\r\nDTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=SECONDLY") == []


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>Log in</html>",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nEND:VEVENT\r\n",
        b"{}",
    ],
)
def test_rubbish_is_no_calendar(data: bytes) -> None:
    with pytest.raises(feed.BadFeed):
        feed.read_days(data, today=TODAY)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_comes_is_read_or_refused(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(GOOD)))
    put = data.draw(
        st.binary(max_size=40) | st.sampled_from([b"RRULE:FREQ=\r\n", b"DTSTART:\r\n", b"END:VEVENT\r\n"])
    )
    try:
        found = feed.read_days(GOOD[:cut] + put + GOOD[cut:], today=TODAY)
    except feed.BadFeed:
        return
    assert all(datetime.date.fromisoformat(one["day"]) for one in found)


def test_a_feed_closes_its_days(house: House, far_side: int) -> None:
    with house.acting():
        written = HoursWritten(time_zone="Europe/Helsinki", week=WEEK)
        save_hours(house.workspace.pk, agent=None, written=written)
    pk = a_feed(house, far_side)
    found = fetched(house, pk)
    assert (found.error, len(found.days), found.good_at is not None) == ("", 3, True)
    with house.acting():
        hours = hours_for(house.workspace.pk)
        assert hours is not None
        assert not hours.calendar.is_open(datetime.datetime(2026, 12, 24, 12, tzinfo=datetime.UTC))
        assert hours.why(datetime.date(2026, 12, 24), "en") == "Joulu"
        remove_feed(house.workspace.pk, agent=house.greta, feed_id=pk)
        known.forget()
        hours = hours_for(house.workspace.pk)
        assert hours and hours.calendar.is_open(datetime.datetime(2026, 12, 24, 12, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("said", "status", "path", "error"),
    [
        (b"<html>gone</html>", 200, "/off.ics", "not_a_calendar"),
        (b"", 503, "/off.ics", "refused"),
        (b"x" * (feed.MOST_BYTES + 1), 200, "/off.ics", "too_large"),
        (GOOD, 200, "/slow", "too_slow"),
    ],
)
def test_a_feed_that_fails_keeps_the_last_good_days_and_says_why(
    house: House,
    far_side: int,
    monkeypatch: pytest.MonkeyPatch,
    said: bytes,
    status: int,
    path: str,
    error: str,
) -> None:
    pk = a_feed(house, far_side)
    good = fetched(house, pk)
    _Server.said, _Server.status = said, status
    monkeypatch.setattr(guarded, "SECONDS", 0.4)
    with house.acting():
        HolidayFeed.objects.filter(workspace_id=house.workspace.pk, pk=pk).update(
            url=f"http://127.0.0.1:{far_side}{path}"
        )
    bad = fetched(house, pk)
    assert (bad.error, bad.days, bad.good_at) == (error, good.days, good.good_at)


def test_addresses_inside_are_never_asked(house: House) -> None:
    with house.acting():
        made = add_feed(house.workspace.pk, agent=None, name="", url="http://localhost/off.ics")
    assert made.name == "localhost"
    assert fetched(house, made.pk).error == "private"


def test_the_sweep_asks_for_what_is_due_and_once(house: House, far_side: int) -> None:
    pk = a_feed(house, far_side)
    asked: list[int] = []
    real = tasks.fetch_feed.defer
    tasks.fetch_feed.defer = lambda **facts: asked.append(facts["feed_id"])
    try:
        tasks.fetch_days_off()
        tasks.fetch_days_off()
        assert asked == [pk]
        with house.acting():
            ask_again(house.workspace.pk, agent=house.greta, feed_id=pk)
        tasks.fetch_days_off()
        assert asked == [pk, pk]
    finally:
        tasks.fetch_feed.defer = real


def test_twice_is_refused_and_mallory_sees_none(house: House, far_side: int) -> None:
    pk = a_feed(house, far_side)
    other = a_house("mallory", owner="mallory")
    with other.acting(), pytest.raises(NoFeed):
        remove_feed(other.workspace.pk, agent=other.greta, feed_id=pk)
    with house.acting(), pytest.raises(FeedTaken):
        add_feed(house.workspace.pk, agent=None, name="x", url="https://b.example/1.ics")
        add_feed(house.workspace.pk, agent=None, name="y", url="https://b.example/1.ics")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=YEARLY;BYHOUR=0,1,2;BYMINUTE=0,1,2;BYSECOND=0,1,2",
        "FREQ=YEARLY;BYYEARDAY=1",
        "FREQ=YEARLY;BYWEEKNO=1",
        "FREQ=SECONDLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;COUNT=0",
    ],
)
def test_a_rule_that_would_never_end_gives_no_day_at_once(rule: str) -> None:
    begun = time.process_time()
    assert days(f"DTSTART;VALUE=DATE:20260101\r\nRRULE:{rule}") == []
    assert time.process_time() - begun < 3


def test_the_ends_of_time_bring_nothing() -> None:
    assert days("DTSTART;VALUE=DATE:00010101\r\nRRULE:FREQ=WEEKLY") == []
    assert days("DTSTART;VALUE=DATE:99991231\r\nDURATION:P10D") == []
    assert days("DTSTART;VALUE=DATE:99991231\r\nDURATION:P10D\r\nRRULE:FREQ=YEARLY") == []


def test_a_calendar_of_endless_rules_is_too_large() -> None:
    one = "DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    begun = time.process_time()
    with pytest.raises(feed.BadFeed) as refused:
        days(*[one] * 1000)
    assert refused.value.code == "too_large" and time.process_time() - begun < 30


def test_an_old_rule_is_counted_from_its_beginning() -> None:
    rule = "DTSTART;VALUE=DATE:20000229\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1"
    assert days(f"{rule};COUNT=27") == []
    assert days(f"{rule};COUNT=28") == ["2027-02-28"]
    assert days(f"{rule};UNTIL=20270228T235959Z") == ["2027-02-28"]
