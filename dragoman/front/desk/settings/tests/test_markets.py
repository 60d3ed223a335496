"""Settings, Markets: where a brand sells, law and policy side by side, refusals, corrections, notes, what is unknown."""

import datetime

import pytest
from django.forms import TypedChoiceField
from django.test import Client

from dragoman.core.accounts.actions import create_brand
from dragoman.core.playbooks.models import BrandMarket, FactOverride, MarketNote
from dragoman.core.playbooks.queries import told
from dragoman.front.desk.settings.markets.atlas import by_region, found
from dragoman.front.desk.settings.markets.value_form import ValueForm
from dragoman.ground.markets.facts import KINDS
from dragoman.ground.markets.playbook import checked_value, countries, playbook
from tests.people import House

DAY = datetime.date(2026, 11, 27)
THIRTY = {
    "right": "statutory",
    "days": "30",
    "day_type": "calendar",
    "starts": "delivery",
    "reason": "We like it",
}
POLICY = "/settings/markets/de/withdrawal/policy"


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize(
    ("words", "code"),
    [("thai", "TH"), ("ไทย", "TH"), ("タイ", "TH"), ("السعودية", "SA"), ("日本", "JP"), ("osterreich", "AT"), ("th", "TH"), ("Saksa", "DE")],
)  # fmt: skip
def test_a_market_is_found_by_any_of_its_names(words, code):
    assert code in found(words)


def test_every_market_stands_in_one_region_of_the_world():
    regions = by_region(list(countries()))
    assert sorted(code for _name, inside in regions for code in inside) == list(countries())
    assert [name for name, _inside in regions] == ["Europe", "Asia", "Americas", "Africa", "Oceania"]
    assert found("atlantis") == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_form_shows_it_reads_back(kind):
    for country in countries():
        fact = playbook(country).fact(kind, on=DAY)
        if fact is None:
            continue
        shown = ValueForm(kind, country, fact.plain)
        posted = {}
        for name in shown.fields:
            value = shown[name].value()
            told = isinstance(shown.fields[name], TypedChoiceField)
            posted[name] = "" if value is None else str(value) if told else value
        posted = {name: value for name, value in posted.items() if value is not False}
        again = ValueForm(kind, country, fact.plain, posted)
        assert again.is_valid(), (country, again.errors)
        assert checked_value(kind, again.plain) == fact.value, country


def test_a_brand_sells_in_a_market_with_its_region_and_leaves_it(house: House, as_greta: Client) -> None:
    assert "has chosen no market yet" in page(as_greta, "/settings/markets")
    assert as_greta.post("/settings/markets/de/choose", {"region": "BY", "time_zone": ""}).status_code == 302
    listed = page(as_greta, "/settings/markets")
    assert "Where " in listed and " sells" in listed and "Bayern" in listed
    assert as_greta.post("/settings/markets/de/choose", {"region": "Moon"}).status_code == 422
    assert as_greta.post("/settings/markets/de/leave", {}).status_code == 302
    with house.acting():
        assert not BrandMarket.objects.exists()


def test_a_policy_stands_beside_the_law_and_one_below_it_is_refused_at_the_field(
    house: House, as_greta: Client
) -> None:
    refused = as_greta.post(POLICY, {**THIRTY, "days": "7"})
    body = refused.content.decode()
    with house.acting():
        law = told(house.workspace.pk, house.brand.pk, "DE", on=DAY)["withdrawal"].fact.law
        assert not FactOverride.objects.exists()
    assert refused.status_code == 422 and law in body and "at least 14 days" in body and 'value="7"' in body
    assert as_greta.post(POLICY, THIRTY).status_code == 302
    shown = page(as_greta, "/settings/markets/de")
    assert "Our policy" in shown and "30 days from delivery" in shown and "14 days from delivery" in shown
    assert "We like it" in shown
    assert as_greta.post(f"{POLICY}/take-back", {}).status_code == 302
    assert "taken back" in page(as_greta, "/settings/markets/de")


def test_a_correction_asks_for_its_source(as_greta: Client) -> None:
    at = "/settings/markets/de/withdrawal/correction"
    assert "a correction needs one" in page(as_greta, at)
    refused = as_greta.post(at, {**THIRTY, "source": "", "url": ""})
    assert refused.status_code == 422 and "Say where the correction stands" in refused.content.decode()
    bad = as_greta.post(at, {**THIRTY, "source": "New law", "url": "javascript:alert(1)"})
    assert bad.status_code == 422 and "https://example.org" in bad.content.decode()
    assert (
        as_greta.post(at, {**THIRTY, "source": "New law", "url": "https://example.org/x"}).status_code == 302
    )
    assert "corrected by you" in page(as_greta, "/settings/markets/de")


def test_hours_are_set_interval_by_interval(house: House, as_greta: Client) -> None:
    at = "/settings/markets/de/service_hours/policy"
    half = as_greta.post(at, {"days0": ["mon"], "start0": "09:00", "end0": ""})
    assert half.status_code == 422 and "Give days, a beginning and an end" in half.content.decode()
    good = {"days0": ["mon", "tue"], "start0": "09:00", "end0": "12:00", "days1": ["mon"], "start1": "22:00", "end1": "02:00"}  # fmt: skip
    assert as_greta.post(at, good).status_code == 302
    with house.acting():
        assert len(FactOverride.objects.get().value) == 2


@pytest.mark.parametrize(
    ("written", "said"), [("{", "This is no JSON"), ('[{"name": "X"}]', "cannot be that")]
)
def test_what_is_written_by_hand_is_checked(as_greta: Client, written: str, said: str) -> None:
    at = "/settings/markets/de/complaint_bodies/policy"
    refused = as_greta.post(at, {"written": written})
    assert refused.status_code == 422 and said in refused.content.decode()


@pytest.mark.parametrize(
    "path", ["zz", "de/weather/policy", "de/import_relief/policy", "de/withdrawal/whim", "%2e%2e"]
)
def test_what_there_is_not_is_not_found(as_greta: Client, path: str) -> None:
    assert as_greta.get(f"/settings/markets/{path}").status_code == 404


def test_notes_are_kept_with_their_source(house: House, as_greta: Client) -> None:
    assert as_greta.post("/settings/markets/th/notes", {"text": ""}).status_code == 422
    kept = {"text": "They ask by LINE", "source": "Our count", "url": "https://example.org/"}
    assert as_greta.post("/settings/markets/th/notes", kept).status_code == 302
    assert "They ask by LINE" in page(as_greta, "/settings/markets/th")
    with house.acting():
        number = MarketNote.objects.get().pk
    assert as_greta.post(f"/settings/markets/de/notes/{number}/remove", {}).status_code == 404
    assert as_greta.post(f"/settings/markets/th/notes/{number}/remove", {}).status_code == 302


def test_what_is_known_and_what_is_not_is_counted(as_greta: Client) -> None:
    shown = page(as_greta, "/settings/markets/coverage")
    assert "Right of withdrawal" in shown and "Unknown:" in shown


def test_agents_read_and_do_not_decide_and_mallory_sees_nothing(
    house: House, as_greta: Client, as_lars: Client, as_mallory: Client
) -> None:
    as_greta.post(POLICY, THIRTY)
    assert "Set our policy" not in page(as_lars, "/settings/markets/th")
    for path in (POLICY, "/settings/markets/de/choose", "/settings/markets/de/notes"):
        assert as_lars.post(path, {**THIRTY, "text": "x"}).status_code == 403
    asked = f"?brand={house.brand.pk}"
    assert "We like it" not in page(as_mallory, f"/settings/markets/de{asked}")
    as_mallory.post(POLICY, {**THIRTY, "brand": house.brand.pk, "days": "60"})
    with house.acting():
        assert FactOverride.objects.get().value["days"] == 30


def test_what_is_set_names_its_brand_and_never_falls_to_the_first(house: House, as_greta: Client) -> None:
    assert as_greta.post(POLICY, {**THIRTY, "brand": "999999999"}).status_code == 404
    assert as_greta.post("/settings/markets/de/choose?brand=x", {"region": "BY"}).status_code == 404
    with house.acting():
        second = create_brand(house.workspace.pk, slug="second", name="Second")
    assert as_greta.post(POLICY, THIRTY).status_code == 404
    assert as_greta.post("/settings/markets/de/choose", {"region": "BY"}).status_code == 404
    assert as_greta.get("/settings/markets/de?brand=999999999").status_code == 200
    assert as_greta.post(f"{POLICY}?brand={second.pk}", THIRTY).status_code == 302
    with house.acting():
        assert FactOverride.objects.get().brand_id == second.pk and not BrandMarket.objects.exists()


def test_a_nul_written_by_hand_is_left_out(house: House, as_greta: Client) -> None:
    at = "/settings/markets/de/complaint_bodies/policy"
    written = '[{"name": "Con\\u0000sumers", "url": "https://a.example/"}]'
    assert as_greta.post(at, {"written": written}).status_code == 302
    with house.acting():
        assert FactOverride.objects.get().value[0]["name"] == "Consumers"
    assert as_greta.post(at, {"written": "[" * 9000}).status_code == 422
