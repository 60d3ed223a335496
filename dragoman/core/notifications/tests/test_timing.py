"""When notifications leave the house: away, digests, quiet hours over midnight and over a change of the clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.notifications.timing import Wishes, mail_time, postponed, push_time, quiet_until

BANGKOK, HELSINKI = ZoneInfo("Asia/Bangkok"), ZoneInfo("Europe/Helsinki")
NOON = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)  # 12:00 in Bangkok


def test_a_mail_goes_at_once_to_who_is_away_and_later_to_who_is_here():
    away = Wishes(BANGKOK, seen_at=NOON - timedelta(minutes=9))
    here = Wishes(BANGKOK, seen_at=NOON - timedelta(minutes=1))
    assert mail_time(NOON, away) - NOON < timedelta(minutes=1)
    assert mail_time(NOON, here) - NOON == timedelta(minutes=5)
    assert postponed(NOON, here) == NOON + timedelta(minutes=4)
    assert postponed(NOON, away) is None


def test_digests_go_at_the_full_hour_and_at_eight_of_the_agents_own_day():
    assert mail_time(NOON + timedelta(minutes=7), Wishes(BANGKOK, "hourly")) == NOON + timedelta(hours=1)
    daily = mail_time(NOON, Wishes(BANGKOK, "daily"))
    assert daily.astimezone(BANGKOK) == datetime(2026, 11, 27, 8, 0, tzinfo=BANGKOK)


def test_quiet_hours_over_midnight_hold_until_the_morning():
    wishes = Wishes(HELSINKI, quiet_from=time(22), quiet_to=time(7))
    night = datetime(2026, 11, 26, 23, 30, tzinfo=HELSINKI)
    early = datetime(2026, 11, 27, 3, 0, tzinfo=HELSINKI)
    for at in (night, early):
        assert push_time(at, wishes).astimezone(HELSINKI) == datetime(2026, 11, 27, 7, 0, tzinfo=HELSINKI)
    day = datetime(2026, 11, 27, 12, 0, tzinfo=HELSINKI)
    assert quiet_until(day, wishes) == day


@given(
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    st.sampled_from(["Europe/Helsinki", "Asia/Bangkok", "America/Sao_Paulo", "Pacific/Auckland", "UTC"]),
)
def test_nothing_is_held_longer_than_a_day_nor_sent_before_its_time(at, start, end, zone):  # type: ignore[no-untyped-def]
    until = quiet_until(at, Wishes(ZoneInfo(zone), quiet_from=start, quiet_to=end))
    assert until == at or at < until <= at + timedelta(hours=25)
