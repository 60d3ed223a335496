"""Calendars give the answers of the wall clock, over zones, years, holidays and changes of the clock."""

import datetime
import random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from dragoman.ground.markets.calendar import UTC, WHOLE_DAY, Calendar, Span
from dragoman.ground.markets.zones import zone

from . import brute

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = (*[(Span(540, 1020),)] * 5, (), ())


def at(text: str, name: str = "Europe/Berlin") -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(name))


@pytest.mark.parametrize("seed", range(3))
def test_answers_are_those_of_the_wall_clock(seed):
    dice = random.Random(seed)
    zones = sorted(available_timezones() - {"localtime", "Factory"})
    for _ in range(20):
        here = ZoneInfo(dice.choice(zones))
        when = brute.moment(dice, here)
        days = [when.date() + datetime.timedelta(days=step) for step in range(-2, 4)]
        off = set(dice.sample(days, k=2))
        calendar = brute.some_calendar(dice, here, off.__contains__, days)
        stretch = dice.randrange(1, 2000)
        assert calendar.is_open(when) == brute.is_open(calendar, when)
        apart = (calendar.is_open(when), calendar.next_opening(when), calendar.next_close(when))
        assert calendar.state(when) == apart
        worked = calendar.working_time(when, when + stretch * brute.MINUTE)
        assert worked == brute.minutes_open(calendar, when, stretch) * brute.MINUTE, (here, when, calendar)
        for opens, answer in ((True, calendar.next_opening(when)), (False, calendar.next_close(when))):
            walked = brute.next_change(calendar, when, opens=opens, most=3000)
            if walked is not None or (answer and answer < when + 2999 * brute.MINUTE):
                assert answer == walked, (here, when, calendar)


def test_an_hour_that_comes_twice_is_worked_twice_and_a_skipped_one_never():
    night = Calendar(BERLIN, ((Span(60, 240),),) * 7)
    autumn, spring = at("2026-10-25T00:00"), at("2026-03-29T00:00")
    day = datetime.timedelta(days=1)
    assert night.working_time(autumn, at("2026-10-26T00:00")) == datetime.timedelta(hours=4)
    assert night.working_time(spring, spring.astimezone(UTC) + day) == datetime.timedelta(hours=2)


def test_an_hour_that_comes_twice_in_a_night_is_not_counted_for_both_of_its_days():
    night = {
        datetime.date(2021, 10, 30): (Span(1375, 1590),),
        datetime.date(2021, 10, 31): (Span(35, 580), Span(640, 1950), Span(825, 1490)),
    }
    copenhagen = Calendar(ZoneInfo("Europe/Copenhagen"), ((),) * 7, special=night)
    when = datetime.datetime(2021, 10, 30, 22, 23, tzinfo=UTC)
    assert copenhagen.working_time(when, when + 83 * brute.MINUTE) == 83 * brute.MINUTE
    for opens, answer in ((True, copenhagen.next_opening(when)), (False, copenhagen.next_close(when))):
        assert answer == brute.next_change(copenhagen, when, opens=opens, most=1500)
    assert copenhagen.state(when) == (True, copenhagen.next_opening(when), copenhagen.next_close(when))


def test_past_midnight_belongs_to_the_day_it_began():
    bar = Calendar(BERLIN, ((), (), (), (), (Span.of(datetime.time(22), datetime.time(3)),), (), ()))
    assert bar.is_open(at("2026-11-28T02:59"))
    assert not bar.is_open(at("2026-11-28T03:00"))
    assert bar.next_close(at("2026-11-27T23:00")) == at("2026-11-28T03:00")


def test_a_holiday_is_closed_and_a_one_off_day_opens_it_again():
    day = datetime.date(2026, 12, 25)
    shut = Calendar(BERLIN, NINE_TO_FIVE, lambda it: it == day)
    assert shut.next_open(at("2026-12-24T18:00")) == at("2026-12-28T09:00")
    again = Calendar(BERLIN, NINE_TO_FIVE, lambda it: it == day, {day: (Span(600, 720),)})
    assert again.next_open(at("2026-12-24T18:00")) == at("2026-12-25T10:00")


def test_always_open_never_closes_and_never_open_never_opens():
    always, never = Calendar(BERLIN, ((WHOLE_DAY,),) * 7), Calendar(BERLIN, ((),) * 7)
    now = at("2026-11-27T12:00")
    assert always.is_open(now) and always.next_close(now) is None and always.next_opening(now) is None
    assert always.next_open(now) == now
    assert never.next_open(now) is None and never.after(now, datetime.timedelta(minutes=1)) is None


def test_work_is_done_when_so_much_open_time_has_passed():
    shop = Calendar(BERLIN, NINE_TO_FIVE)
    assert shop.after(at("2026-11-27T16:00"), datetime.timedelta(hours=2)) == at("2026-11-30T10:00")
    assert shop.after(at("2026-11-28T12:00"), datetime.timedelta(0)) == at("2026-11-30T09:00")


def test_a_zone_that_lost_a_day_is_counted_right():
    apia = Calendar(zone("Pacific/Apia"), NINE_TO_FIVE)
    start = at("2011-12-29T00:00", "Pacific/Apia")
    assert apia.working_time(start, at("2012-01-01T00:00", "Pacific/Apia")) == datetime.timedelta(hours=8)


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 1500), (600, 600), (600, 2041)])
def test_what_is_no_span_of_a_day_is_refused(start, end):
    with pytest.raises(ValueError, match="no span"):
        Span(start, end)
