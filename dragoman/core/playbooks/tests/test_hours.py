"""When customers are answered, what is promised, and when nobody is written to unasked."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.hours.queries import known
from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.playbooks import quiet as quiet_hours
from dragoman.core.playbooks.actions.facts import set_policy
from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.core.playbooks.hours import answer_by, expected_minutes, service_for, working_time
from dragoman.core.playbooks.models import FactOverride
from dragoman.core.playbooks.opening import opening_in
from dragoman.core.playbooks.places import place_of
from dragoman.core.playbooks.quiet import OURS, Quiet, is_quiet, next_allowed
from dragoman.ground.markets.errors import NoTimeZone
from dragoman.ground.markets.facts import QuietHours
from dragoman.kit import memo
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
ALL = Scope()
WORKDAYS = [*[[("09:00", "17:00")]] * 5, [], []]
HELSINKI, BANGKOK = ZoneInfo("Europe/Helsinki"), ZoneInfo("Asia/Bangkok")


@pytest.fixture
def house() -> House:
    memo.forget_all()
    return a_house()


def put(house: House, scope: Scope = ALL, **more: object) -> None:
    known_facts = {"time_zone": "Europe/Helsinki", "week": WORKDAYS, "scope": scope, **more}
    written = HoursWritten(**known_facts)  # type: ignore[arg-type]
    with house.acting():
        save_hours(house.workspace.pk, agent=None, written=written)
    known.forget()


def at(text: str, zone: ZoneInfo = HELSINKI) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


def test_without_hours_of_its_own_a_market_is_answered_as_is_usual_there(house: House) -> None:
    pk = house.workspace.pk
    with house.acting():
        assert service_for(pk) is None
        assert service_for(pk, market="QQ") is None
        german = service_for(pk, brand_id=house.brand.pk, market="DE")
        assert german and german.hours is None and german.calendar.zone.key == "Europe/Berlin"
        assert not german.calendar.is_open(at("2026-12-25T12:00", ZoneInfo("Europe/Berlin")))
        assert german.why(datetime.date(2026, 12, 25), "en") == "Christmas Day"
    put(house)
    with house.acting():
        own = service_for(pk, brand_id=house.brand.pk, market="DE")
        assert own and own.hours and own.calendar.zone.key == "Europe/Helsinki"
        day = datetime.timedelta(days=1)
        start = at("2026-11-27T00:00")
        assert working_time(own, start, start + 7 * day) == datetime.timedelta(hours=40)


def test_a_brands_region_closes_its_holidays(house: House) -> None:
    pk, epiphany = house.workspace.pk, at("2026-01-06T12:00", ZoneInfo("Europe/Berlin"))
    with house.acting():
        before = service_for(pk, brand_id=house.brand.pk, market="DE")
        assert before and before.calendar.is_open(epiphany)
        choose_market(pk, agent=None, brand_id=house.brand.pk, country="DE", region="BY")
        memo.forget_all()
        after = service_for(pk, brand_id=house.brand.pk, market="DE")
        assert after and not after.calendar.is_open(epiphany)


def test_a_target_is_counted_in_open_time_and_holds_over_clocks_and_weekends(house: House) -> None:
    put(house, targets={"email": 240})
    asked = Scope(brand_id=house.brand.pk, market="TH", channel="email")
    with house.acting():
        # Friday evening in Bangkok is Friday afternoon in Helsinki: two hours are left, two come on Monday
        due = answer_by(house.workspace.pk, asked, at("2026-11-27T20:00", BANGKOK))
        assert due == at("2026-11-30T11:00")
        assert due and due.astimezone(BANGKOK).hour == 16
        # the clock of Helsinki goes back on 25 October: still nine o'clock there
        assert answer_by(house.workspace.pk, asked, at("2026-10-24T12:00")) == at("2026-10-26T13:00")


def test_what_the_market_expects_counts_by_the_wall_clock_and_ends_on_a_working_day(house: House) -> None:
    put(house)
    asked = Scope(market="TH", channel="email")
    with house.acting():
        expected = expected_minutes(house.workspace.pk, asked)
        due = answer_by(house.workspace.pk, asked, at("2026-11-28T12:00"))
        if expected is None:
            assert due is None
        else:
            soonest = at("2026-11-30T09:00") + datetime.timedelta(minutes=expected)
            assert due and due >= soonest
        assert answer_by(house.workspace.pk, Scope(channel="email"), at("2026-11-27T12:00")) is None


def test_nothing_is_promised_without_hours_of_ones_own_or_where_it_never_opens(house: House) -> None:
    asked = Scope(market="DE", channel="email")
    with house.acting():
        assert answer_by(house.workspace.pk, asked, at("2026-11-27T12:00")) is None
    put(house, week=[[]] * 7, targets={"email": 60})
    with house.acting():
        assert answer_by(house.workspace.pk, asked, at("2026-11-27T12:00")) is None


def quiet_at(house: House, text: str, country: str, zone: str) -> bool:
    with house.acting():
        return is_quiet(
            house.workspace.pk,
            brand_id=house.brand.pk,
            country=country,
            time_zone=zone,
            at=at(text, ZoneInfo(zone)),
        )


def test_our_own_quiet_hours_stand_in_and_say_so(house: House) -> None:
    with house.acting():
        found = quiet_hours.quiet_hours(
            house.workspace.pk, brand_id=None, country="QQ", on=datetime.date(2026, 11, 27)
        )
    assert found.is_ours and found.hours == OURS
    zone = "Asia/Bangkok"
    assert quiet_at(house, "2026-11-27T23:40", "QQ", zone)
    assert quiet_at(house, "2026-11-27T07:59", "QQ", zone)
    assert not quiet_at(house, "2026-11-27T08:00", "QQ", zone)
    with house.acting():
        soonest = next_allowed(
            house.workspace.pk, brand_id=None, country="", time_zone=zone, at=at("2026-11-27T23:40", BANGKOK)
        )
    assert soonest == at("2026-11-28T08:00", BANGKOK)


def test_a_brands_policy_is_heard(house: House) -> None:
    with house.acting():
        set_policy(
            house.workspace.pk,
            agent=None,
            brand_id=house.brand.pk,
            country="FI",
            kind="quiet_hours",
            value={"start": "18:00", "end": "10:00", "days_off": ["sat", "sun"], "holidays_off": True},
        )
    memo.forget_all()
    zone = "Europe/Helsinki"
    assert not quiet_at(house, "2026-11-27T12:00", "FI", zone)
    assert quiet_at(house, "2026-11-27T18:00", "FI", zone)
    assert quiet_at(house, "2026-11-28T12:00", "FI", zone)
    # Independence Day, a Monday in 2027
    assert quiet_at(house, "2027-12-06T12:00", "FI", zone)


@pytest.mark.parametrize(
    ("start", "end", "open_at"),
    [
        ("21:00", "08:00", range(8, 21)),
        ("12:00", "14:00", [*range(12), *range(14, 24)]),
        ("00:00", "06:00", range(6, 24)),
        ("20:00", "00:00", range(20)),
        ("00:00", "00:00", []),
    ],
)
def test_quiet_hours_leave_the_rest_of_the_day(start: str, end: str, open_at: list[int]) -> None:
    hours = QuietHours(start=datetime.time.fromisoformat(start), end=datetime.time.fromisoformat(end))
    allowed = Quiet(hours, None).allowed(HELSINKI)
    assert [hour for hour in range(24) if allowed.is_open(at(f"2026-11-27T{hour:02}:00"))] == list(open_at)


def test_every_clock_reads_one_zone_the_chosen_one_then_the_corrected_then_the_playbooks(
    house: House,
) -> None:
    workspace, brand = house.workspace.pk, house.brand.pk
    noon = at("2026-11-27T12:00", ZoneInfo("UTC"))
    asked = {"brand_id": brand, "country": "US"}

    def clocks() -> set[str]:
        memo.forget_all()
        service = service_for(workspace, brand_id=brand, market="US")
        told = opening_in(workspace, **asked, at=noon)
        assert service is not None
        return {place_of(workspace, brand, "US").zone, service.calendar.zone.key, told.time_zone}

    with house.acting():
        assert clocks() == {"America/New_York"}
        FactOverride.objects.create(
            workspace_id=workspace, brand=house.brand, country="US", kind="time_zone", sort="correction",
            value="America/Chicago", source="Our orders",
        )  # fmt: skip
        assert clocks() == {"America/Chicago"}
        # what is no zone is left out, never half read
        FactOverride.objects.update(value="Mars/Olympus")
        assert clocks() == {"America/New_York"}
        FactOverride.objects.update(value="America/Chicago")
        # a region has the clock of the people there, and an own choice goes before both
        choose_market(workspace, agent=None, **asked, region="CA")
        assert clocks() == {"America/Los_Angeles"}
        choose_market(workspace, agent=None, **asked, region="CA", time_zone="America/Denver")
        assert clocks() == {"America/Denver"}
        with pytest.raises(NoTimeZone):
            choose_market(workspace, agent=None, **asked, time_zone="Europe/Berlin")
        assert opening_in(workspace, **asked, region="HI", at=noon).time_zone == "Pacific/Honolulu"
        with pytest.raises(NoTimeZone):
            opening_in(workspace, **asked, time_zone="Asia/Tokyo", at=noon)
