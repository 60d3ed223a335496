"""What a brand makes of a country's playbook."""

import datetime

import pytest

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Role
from dragoman.core.playbooks.actions.facts import correct_fact, set_policy, take_back
from dragoman.core.playbooks.actions.markets import checked_link, choose_market, leave_market
from dragoman.core.playbooks.actions.notes import remove_note, write_note
from dragoman.core.playbooks.errors import (
    BelowTheLaw,
    LowersTheLaw,
    NoNote,
    NoOverride,
    NotChosen,
    NotYours,
    OnlyCorrected,
    SourceNeeded,
)
from dragoman.core.playbooks.hours import service_for
from dragoman.core.playbooks.models import FactOverride
from dragoman.core.playbooks.places import Place, place_of
from dragoman.core.playbooks.queries import (
    changes_of,
    chosen_markets,
    fact_for,
    markets_of,
    notes_of,
    rows_told,
    told,
)
from dragoman.core.playbooks.quiet import is_quiet
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.markets.errors import NoMarket, NoRegion, NoTimeZone, WrongFact, ZoneElsewhere
from dragoman.ground.markets.public_holidays import regions
from dragoman.kit.errors import Refusal
from tests.people import a_house

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 27)
THIRTY = {"right": "statutory", "days": 30, "starts": "delivery"}


@pytest.fixture
def house():
    return a_house()


def place(house, country="DE"):
    return {"agent": house.greta, "brand_id": house.brand.pk, "country": country}


def holds(house, kind, country="DE"):
    return fact_for(house.workspace.pk, house.brand.pk, country, kind, on=DAY).plain


def test_a_brand_chooses_its_markets_with_the_region_whose_holidays_count(house):
    with house.acting():
        choose_market(house.workspace.pk, **place(house), region="BY")
        choose_market(house.workspace.pk, **place(house), region="BE", time_zone="Europe/Berlin")
        (market,) = markets_of(house.workspace.pk, house.brand.pk)
        assert (market.country, market.region) == ("DE", "BE")
        leave_market(house.workspace.pk, **place(house))
        with pytest.raises(NotChosen):
            leave_market(house.workspace.pk, **place(house))


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"country": "ZZ"}, NoMarket),
        ({"region": "Moon"}, NoRegion),
        ({"time_zone": "Europe/Kiev"}, NoTimeZone),
    ],
)
def test_a_market_that_cannot_be_is_refused(house, more, refusal):
    with house.acting(), pytest.raises(refusal):
        choose_market(house.workspace.pk, **{**place(house), **more})


def test_a_policy_above_the_law_holds_and_the_law_stays_beside_it(house):
    with house.acting():
        set_policy(
            house.workspace.pk, **place(house), kind="withdrawal", value=THIRTY, reason="We like it so"
        )
        assert holds(house, "withdrawal")["days"] == 30
        both = told(house.workspace.pk, house.brand.pk, "DE", on=DAY)["withdrawal"]
        assert (both.fact.plain["days"], both.policy.plain["days"]) == (14, 30)
        (line,) = changes_of(house.workspace.pk, house.brand.pk, "DE")
        assert (line.before["days"], line.from_playbook) == (14, True)
        assert (line.after["days"], line.agent) == (30, house.greta)
        assert both.policy.plain["months_more_if_not_informed"] == 12
        set_policy(house.workspace.pk, **place(house), kind="withdrawal", value={"days": 40})
        last = changes_of(house.workspace.pk, house.brand.pk, "DE")[0]
        assert (last.before["days"], last.from_playbook, last.after["starts"]) == (30, False, "delivery")
        with pytest.raises(BelowTheLaw, match="12 months more"):
            shorter = {**THIRTY, "months_more_if_not_informed": 6}
            set_policy(house.workspace.pk, **place(house), kind="withdrawal", value=shorter)


def test_a_policy_below_the_law_is_refused_with_the_article_and_nothing_changes(house):
    with house.acting():
        with pytest.raises(BelowTheLaw) as refused:
            set_policy(house.workspace.pk, **place(house), kind="withdrawal", value={**THIRTY, "days": 10})
        law = told(house.workspace.pk, house.brand.pk, "DE", on=DAY)["withdrawal"].fact.law
        assert law and law in str(refused.value) and "14 days" in str(refused.value)
        assert refused.value.details["law"] == law
        assert not FactOverride.objects.exists() and not changes_of(house.workspace.pk, house.brand.pk, "DE")


def test_a_correction_needs_a_source_and_policies_are_held_against_it(house):
    with house.acting():
        ten = {**THIRTY, "days": 10}
        with pytest.raises(SourceNeeded):
            correct_fact(house.workspace.pk, **place(house), kind="withdrawal", value=ten, source=" ")
        correct_fact(
            house.workspace.pk, **place(house), kind="withdrawal", value=ten, source="BGB, new § 355",
            url="https://example.org/bgb", confirmed=True,
        )  # fmt: skip
        set_policy(house.workspace.pk, **place(house), kind="withdrawal", value={**THIRTY, "days": 12})
        with pytest.raises(BelowTheLaw, match="BGB, new § 355"):
            set_policy(house.workspace.pk, **place(house), kind="withdrawal", value={**THIRTY, "days": 9})
        with pytest.raises(BelowTheLaw):
            take_back(house.workspace.pk, **place(house), kind="withdrawal", sort="correction")
        assert holds(house, "withdrawal")["days"] == 12


def test_the_law_is_not_talked_away_by_a_correction_without_its_text(house):
    three = {"right": "statutory", "days": 3}
    said = {"kind": "withdrawal", "value": three, "source": "my uncle"}
    with house.acting():
        written = told(house.workspace.pk, house.brand.pk, "TH", on=DAY)["withdrawal"].written
        assert written.verified and written.plain["days"] == 7
        for more in ({}, {"confirmed": True}, {"url": "https://example.org/law"}):
            with pytest.raises(LowersTheLaw, match="7 days") as refused:
                correct_fact(house.workspace.pk, **place(house, "TH"), **said, **more)
            assert written.law in str(refused.value)
        assert not FactOverride.objects.exists()
        correct_fact(
            house.workspace.pk, **place(house, "TH"), **said, url="https://example.org/law", confirmed=True
        )
        known = told(house.workspace.pk, house.brand.pk, "TH", on=DAY)["withdrawal"]
        assert "7 days" in known.lowers and known.correction.confirmed and not known.fact.verified
        FactOverride.objects.update(confirmed=False)
        four = {"kind": "withdrawal", "value": {"right": "statutory", "days": 4}}
        with pytest.raises(BelowTheLaw, match="7 days") as below:
            set_policy(house.workspace.pk, **place(house, "TH"), **four)
        assert below.value.details["law"] == written.law
        FactOverride.objects.update(confirmed=True)
        set_policy(house.workspace.pk, **place(house, "TH"), **four)
        assert holds(house, "withdrawal", "TH")["days"] == 4


def test_a_zone_of_another_country_is_nobodys_fact_there(house):
    said = {"kind": "time_zone", "source": "A map"}
    with house.acting():
        with pytest.raises(ZoneElsewhere):
            correct_fact(house.workspace.pk, **place(house, "US"), **said, value="Europe/Berlin")
        with pytest.raises(ZoneElsewhere):
            set_policy(house.workspace.pk, **place(house, "US"), kind="time_zone", value="Europe/Berlin")
        assert not FactOverride.objects.exists()
        correct_fact(house.workspace.pk, **place(house, "US"), **said, value="Pacific/Guam")
        assert holds(house, "time_zone", "US") == "Pacific/Guam"


def test_a_region_of_the_main_zone_keeps_it_whatever_is_usual(house):
    with house.acting():
        correct_fact(
            house.workspace.pk,
            **place(house, "US"),
            kind="time_zone",
            value="America/Chicago",
            source="Our parcels",
        )
        choose_market(house.workspace.pk, **place(house, "US"), region="NY")
        assert place_of(house.workspace.pk, house.brand.pk, "US") == Place("NY", "America/New_York")


def test_a_correction_above_the_policy_waits_until_the_policy_is_raised(house):
    with house.acting():
        set_policy(house.workspace.pk, **place(house), kind="withdrawal", value={**THIRTY, "days": 14})
        with pytest.raises(BelowTheLaw):
            correct_fact(
                house.workspace.pk, **place(house), kind="withdrawal", value=THIRTY, source="New law"
            )


def test_what_is_taken_back_leaves_the_playbook_and_a_line(house):
    with house.acting():
        set_policy(house.workspace.pk, **place(house, "JP"), kind="humour", value={"level": "avoid"})
        take_back(house.workspace.pk, **place(house, "JP"), kind="humour", sort="policy")
        with pytest.raises(NoOverride):
            take_back(house.workspace.pk, **place(house, "JP"), kind="humour", sort="policy")
        last = changes_of(house.workspace.pk, house.brand.pk, "JP")[0]
        assert (last.before, last.after) == ({"level": "avoid"}, None)


def test_the_customs_of_a_border_are_no_policy(house):
    with house.acting():
        value = {"duty_free_up_to": "500 EUR"}
        with pytest.raises(OnlyCorrected):
            set_policy(house.workspace.pk, **place(house), kind="import_relief", value=value)
        correct_fact(house.workspace.pk, **place(house), kind="import_relief", value=value, source="Reg. 1")
        assert holds(house, "import_relief")["duty_free_up_to"] == {"amount": 50000, "currency": "EUR"}


def test_a_correction_may_change_with_the_calendar_and_days_it_is_silent_on_are_the_playbooks(house):
    def due(day):
        fact = fact_for(house.workspace.pk, house.brand.pk, "DE", "import_relief", on=day)
        return fact.plain["duty_free_up_to"], fact.valid_from, fact.valid_to

    new_year, last_day = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
    rows = [
        {"value": {"duty_free_up_to": "20 EUR"}, "valid_from": "2028-01-01", "valid_to": "2028-03-31"},
        {"value": {"duty_free_up_to": "10 EUR"}, "valid_from": "2027-01-01", "valid_to": "2027-12-31"},
    ]
    with house.acting():
        correct_fact(house.workspace.pk, **place(house), kind="import_relief", value=rows, source="Reg. 1")
        assert due(new_year) == ({"amount": 1000, "currency": "EUR"}, new_year, last_day)
        assert due(datetime.date(2028, 1, 1))[0]["amount"] == 2000
        assert due(DAY)[0] is None and due(datetime.date(2028, 7, 1))[0]["amount"] == 0
        line = changes_of(house.workspace.pk, house.brand.pk, "DE")[0]
        assert line.from_playbook and len(line.before) == 3 and line.before[0]["valid_to"] == "2026-06-30"
        both = rows_told(house.workspace.pk, house.brand.pk, "DE", "import_relief")
        assert [row.valid_from for row in both] == [new_year, datetime.date(2028, 1, 1)]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ([], "import_relief"),
        ([{"value": {}}] * 2, "1.valid_from"),
        (
            [{"value": {}, "valid_to": "2027-01-01"}, {"value": {}, "valid_from": "2027-01-01"}],
            "1.valid_from",
        ),
        ([{"value": {}, "valid_from": "2027-02-01", "valid_to": "2027-01-01"}], "0.valid_to"),
        ([{"value": {"duty_free_up_to": "much"}}], "0.duty_free_up_to"),
        ([{"value": {}, "valid_from": "soon"}], "0.valid_from"),
        ([{"value": [[[]]]}], "0"),
        ([{}], "0.value"),
        (["x"], "0"),
        ([{"value": {}}] * 30, "import_relief"),
    ],
)
def test_rows_that_cannot_be_are_refused_by_their_place(house, rows, where):
    with house.acting(), pytest.raises(WrongFact) as refused:
        correct_fact(house.workspace.pk, **place(house), kind="import_relief", value=rows, source="Reg. 1")
    assert where in str(refused.value)
    with house.acting(), pytest.raises(WrongFact):
        correct_fact(house.workspace.pk, **place(house), kind="humour", value=rows, source="Reg. 1")


@pytest.mark.parametrize("kind", ["weather", "", "withdrawal"])
def test_a_value_of_the_wrong_shape_is_refused_by_its_place(house, kind):
    with house.acting(), pytest.raises(WrongFact) as refused:
        set_policy(
            house.workspace.pk, **place(house), kind=kind, value={"right": "statutory", "days": "many"}
        )
    if kind:
        assert kind in str(refused.value)


def test_notes_are_kept_with_their_source(house):
    with house.acting():
        with pytest.raises(Refusal):
            write_note(house.workspace.pk, **place(house, "TH"), text="  ")
        write_note(house.workspace.pk, **place(house, "TH"), text="They ask by LINE", source="Our own count")
        (note,) = notes_of(house.workspace.pk, house.brand.pk, "TH")
        remove_note(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, note_id=note.pk)
        with pytest.raises(NoNote):
            remove_note(house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, note_id=note.pk)


def test_only_leads_decide_and_mallory_sees_nothing(house):
    with house.acting():
        agent = add_agent(
            house.workspace.pk, email="a@kaisla.example", name="A", role=Role.AGENT, password="x" * 12
        )
        for act in (
            lambda: set_policy(
                house.workspace.pk, **{**place(house), "agent": agent}, kind="withdrawal", value=THIRTY
            ),
            lambda: choose_market(house.workspace.pk, **{**place(house), "agent": agent}),
            lambda: write_note(house.workspace.pk, **{**place(house), "agent": agent}, text="x"),
        ):
            with pytest.raises(NotYours):
                act()
        set_policy(house.workspace.pk, **place(house), kind="withdrawal", value=THIRTY)
    other = a_house("elsewhere", owner="mallory")
    with other.acting():
        assert not FactOverride.objects.exists()
        assert fact_for(other.workspace.pk, house.brand.pk, "DE", "withdrawal", on=DAY).plain["days"] == 14


def test_a_country_without_playbook_knows_nothing(house):
    with house.acting():
        assert fact_for(house.workspace.pk, house.brand.pk, "AQ", "withdrawal", on=DAY) is None


def test_a_short_reason_and_a_loud_scheme_are_shown_and_taken_back(house):
    with house.acting():
        set_policy(house.workspace.pk, **place(house), kind="withdrawal", value=THIRTY, reason="ok")
        correct_fact(
            house.workspace.pk, **place(house), kind="guarantee", value={"months": 36}, source="BGB",
            url="HTTPS://a.example/x",
        )  # fmt: skip
        FactOverride.objects.filter(kind="guarantee").update(url="HTTPS://a.example/X", source="B")
        known = told(house.workspace.pk, house.brand.pk, "DE", on=DAY)
        assert known["withdrawal"].policy.sources[0].title == "withdrawal"
        assert known["withdrawal"].policy_reason == "ok"
        assert known["guarantee"].fact.sources[0].url == "https://a.example/X"
        take_back(house.workspace.pk, **place(house), kind="withdrawal", sort="policy")
        take_back(house.workspace.pk, **place(house), kind="guarantee", sort="correction")
        assert checked_link(" HTTPS://a.example/X") == "https://a.example/X"


@pytest.mark.parametrize("country", ["AU", "BR", "CH", "ES", "NZ"])
def test_every_region_the_list_offers_can_be_chosen(house, country):
    with house.acting():
        for region in regions(country):
            assert choose_market(house.workspace.pk, **place(house, country), region=region).region == region


def test_a_region_there_is_no_more_does_not_stop_anybody_from_being_quiet(house):
    with house.acting():
        market = choose_market(house.workspace.pk, **place(house, "DE"), region="BY")
        type(market).objects.filter(pk=market.pk).update(region="Moon", time_zone="Europe/Kiev")
        value = {"start": "21:00", "end": "08:00", "holidays_off": True}
        set_policy(house.workspace.pk, **place(house, "DE"), kind="quiet_hours", value=value)
        night = datetime.datetime(2026, 11, 27, 23, tzinfo=datetime.UTC)
        asked = {"brand_id": house.brand.pk, "country": "DE"}
        assert is_quiet(house.workspace.pk, **asked, time_zone="Europe/Berlin", at=night)
        assert chosen_markets(house.workspace.pk, house.brand.pk) == ("DE",)
        assert place_of(house.workspace.pk, house.brand.pk, "DE") == Place("", "Europe/Kyiv")
        service = service_for(house.workspace.pk, brand_id=house.brand.pk, market="DE")
        assert service is not None and service.calendar.zone.key == "Europe/Kyiv"


def test_a_market_that_is_chosen_as_it_was_tells_nothing(house):
    with house.acting():
        told_so_far = StoredEvent.objects.filter(name="BrandMarketsChanged")
        for region, times in (("BY", 1), ("BY", 1), ("BE", 2)):
            chosen = choose_market(house.workspace.pk, **place(house), region=region)
            assert (chosen.region, told_so_far.count()) == (region, times)
