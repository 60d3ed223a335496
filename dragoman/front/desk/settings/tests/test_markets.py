"""Settings, Markets: where a brand sells, law and policy side by side, refusals, corrections, notes, what is unknown."""

import datetime

import pytest
from django.forms import MultiWidget, TypedChoiceField
from django.test import Client

from dragoman.core.accounts.actions import create_brand
from dragoman.core.accounts.hours.actions import HoursWritten, save_hours
from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.playbooks.models import BrandMarket, FactOverride, MarketNote
from dragoman.core.playbooks.queries import told
from dragoman.front.desk.settings.markets.atlas import by_region, found
from dragoman.front.desk.settings.markets.value_form import ValueForm
from dragoman.ground.markets.dated import DATED, checked_rows
from dragoman.ground.markets.facts import KINDS
from dragoman.ground.markets.playbook import countries, playbook
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


def posted(form):
    """Return what a browser sends of a form that nobody touched."""
    sent = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field.widget, MultiWidget):
            parts = field.widget.decompress(value)
            sent |= {f"{name}_{place}": "" if one is None else str(one) for place, one in enumerate(parts)}
        elif isinstance(field, TypedChoiceField):
            sent[name] = "" if value is None else str(value)
        elif value is not False:
            sent[name] = "" if value is None else value
    return sent


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_form_shows_it_reads_back(kind):
    for country in countries():
        fact = playbook(country).fact(kind, on=DAY)
        if fact is None:
            continue
        value = [{"value": fact.plain}] if kind in DATED else fact.plain
        again = ValueForm(kind, country, value, posted(ValueForm(kind, country, value)))
        assert again.is_valid(), (country, again.errors)
        (row,) = checked_rows(kind, again.plain)
        assert row.value == fact.value, country


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
    shown = page(as_greta, "/settings/markets/de")
    assert "corrected by you" in shown and "Your correction" in shown and "Your source, " in shown
    assert "playbook: 14 days" in shown and "yours: 30 days" in shown


def test_a_correction_below_the_law_is_confirmed_and_marked(as_greta: Client) -> None:
    at = "/settings/markets/de/withdrawal/correction"
    assert 'name="confirm"' in page(as_greta, at)
    assert 'name="confirm"' not in page(as_greta, "/settings/markets/de/humour/correction")
    less = {**THIRTY, "days": "10", "source": "New law", "url": "https://example.org/x"}
    refused = as_greta.post(at, less)
    assert refused.status_code == 422 and "confirm that you read it there" in refused.content.decode()
    assert as_greta.post(at, {**less, "confirm": "on"}).status_code == 302
    shown = page(as_greta, "/settings/markets/de")
    assert "source says: at least 14 days" in shown
    assert "Corrected by Greta on" in shown and "https://example.org/x" in shown


def test_hours_are_set_interval_by_interval(house: House, as_greta: Client) -> None:
    at = "/settings/markets/de/service_hours/policy"
    half = as_greta.post(at, {"days0": ["mon"], "start0": "09:00", "end0": ""})
    assert half.status_code == 422 and "Give days, a beginning and an end" in half.content.decode()
    good = {"days0": ["mon", "tue"], "start0": "09:00", "end0": "12:00", "days1": ["mon"], "start1": "22:00", "end1": "02:00"}  # fmt: skip
    assert as_greta.post(at, good).status_code == 302
    with house.acting():
        assert len(FactOverride.objects.get().value) == 2


BODIES = "/settings/markets/de/complaint_bodies/policy"
OFFICE = {"name0": "Consumers", "url0": "https://a.example/", "name1": "", "url1": ""}


def test_offices_are_set_row_by_row_and_what_is_wrong_is_told_at_its_row(
    house: House, as_greta: Client
) -> None:
    wrong = {**OFFICE, "name1": "Ministry", "url1": "javascript:alert(1)", "reason": "Kept?"}
    refused = as_greta.post(BODIES, wrong)
    body = refused.content.decode()
    assert refused.status_code == 422 and 'value="Ministry"' in body and "Kept?" in body
    assert "https://example.org" in body.split('id="id_url1-more"')[1].split("</div>")[0]
    assert "err" not in body.split('id="id_url0-more"')[1].split("</div>")[0]
    nameless = as_greta.post(BODIES, {"name0": "", "url0": "https://a.example/"})
    assert nameless.status_code == 422 and "Say what the office is called" in nameless.content.decode()
    assert "Fill in at least one" in as_greta.post(BODIES, {"name0": "", "url0": ""}).content.decode()
    assert as_greta.post(BODIES, OFFICE).status_code == 302
    with house.acting():
        assert FactOverride.objects.get().value == [{"name": "Consumers", "url": "https://a.example/"}]


def test_rows_come_and_go_without_a_script_and_what_was_typed_stays(house: House, as_greta: Client) -> None:
    typed = {"name0": "First", "url0": "half an addr", "name1": "Second", "url1": "", "reason": "Because"}
    more = as_greta.post(BODIES, {**typed, "do": "more"})
    body = more.content.decode()
    assert more.status_code == 200 and 'name="name2"' in body and 'value="half an addr"' in body
    assert "Because" in body and "Nothing was saved" not in body
    less = as_greta.post(BODIES, {**typed, "do": "drop-0"}).content.decode()
    assert 'value="Second"' in less and "First" not in less and 'name="name1"' not in less
    for strange in ("drop-999", "drop-x", "dance", "drop-٣"):
        assert as_greta.post(BODIES, {**typed, "do": strange}).status_code == 200
    last = as_greta.post(BODIES, {"name0": "Only", "url0": "", "do": "drop-0"}).content.decode()
    assert 'name="name0"' in last and "Only" not in last
    many = {f"name{place}": "x" for place in range(200)}
    assert 'name="name12"' not in as_greta.post(BODIES, {**many, "do": "more"}).content.decode()
    with house.acting():
        assert not FactOverride.objects.exists()


def test_languages_are_chosen_by_name_in_the_readers_language(house: House, as_greta: Client) -> None:
    at = "/settings/markets/ch/languages/policy"
    shown = page(as_greta, at)
    assert "Romansh" in shown and "JSON" not in shown
    assert as_greta.post(at, {"language0": "tlh"}).status_code == 422
    twice = {"language0": "fr", "language1": "", "language2": "de", "language3": "fr"}
    assert as_greta.post(at, twice).status_code == 302
    with house.acting():
        assert FactOverride.objects.get().value == ["fr", "de"]
    assert "French, German" in page(as_greta, "/settings/markets/ch")


def test_habits_of_shopping_have_fields(house: House, as_greta: Client) -> None:
    at = "/settings/markets/de/shopping/policy"
    assert as_greta.post(at, {"mobile_share": "140", "live": ""}).status_code == 422
    good = {"mobile_share": "62.5", "live": "False", "social": ["instagram", "youtube"]}
    assert as_greta.post(at, good).status_code == 302
    with house.acting():
        kept = {"mobile_share": 62.5, "live": False, "social": ["instagram", "youtube"]}
        assert FactOverride.objects.get().value == kept


DUTY = "/settings/markets/de/import_relief/correction"
MONEY = {f"{name}{row}_{part}": "EUR" if part else "" for name in ("duty_free_up_to", "tax_free_up_to", "flat_duty", "flat_up_to") for row in (0, 1) for part in (0, 1)}  # fmt: skip
CHANGE = {
    **MONEY, "duty_free_up_to0_0": "150", "valid_to0": "2026-06-30", "valid_from1": "2026-07-01", "flat_duty1_0": "3.50",
    "flat_per1": "parcel", "collected_by1": ["seller"], "source": "Reg. 1", "url": "",
}  # fmt: skip


def test_what_is_due_at_the_border_changes_by_date(house: House, as_greta: Client) -> None:
    shown = page(as_greta, DUTY)
    assert shown.count('type="date"') == 6 and 'value="2026-07-01"' in shown and "EUR · Euro" in shown
    assert as_greta.post(DUTY, CHANGE).status_code == 302
    with house.acting():
        before, later = (
            told(house.workspace.pk, house.brand.pk, "DE", on=day)["import_relief"].fact
            for day in (datetime.date(2026, 6, 30), datetime.date(2026, 7, 1))
        )
    assert before.plain["duty_free_up_to"] == {"amount": 15000, "currency": "EUR"}
    assert later.plain["flat_duty"] == {"amount": 350, "currency": "EUR"} and later.law == "Reg. 1"
    history = page(as_greta, "/settings/markets/de")
    assert "a parcel" in history and "From 1 Jul 2026" in history


@pytest.mark.parametrize(
    ("wrong", "place", "said"),
    [
        ({"valid_from1": "2026-06-30"}, "valid_from1", "must follow each other"),
        ({"valid_to1": "2026-01-01"}, "valid_to1", "cannot end before"),
        ({"valid_to0": "31.06.2026"}, "valid_to0", "valid date"),
        ({"flat_duty1_0": "3.505"}, "flat_duty1", "decimals"),
        ({"flat_duty1_1": "GOLD"}, "flat_duty1", "Select a valid choice"),
        ({"flat_duty1_0": "-1"}, "flat_duty1", "greater than or equal to 0"),
        ({"no_duty1": "on"}, "no_duty1", "leave one out"),
    ],
)
def test_a_wrong_border_is_told_beside_its_field(as_greta: Client, wrong, place, said) -> None:
    refused = as_greta.post(DUTY, {**CHANGE, **wrong})
    body = refused.content.decode()
    assert refused.status_code == 422 and 'value="150"' in body
    beside = body.split(f'name="{place}')[-1].split("</fieldset>")[0].split('<div class="field">')[0]
    assert said in beside


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
    assert as_mallory.get(f"/settings/markets/de{asked}").status_code == 404
    assert "We like it" not in page(as_mallory, "/settings/markets/de")
    as_mallory.post(POLICY, {**THIRTY, "brand": house.brand.pk, "days": "60"})
    with house.acting():
        assert FactOverride.objects.get().value["days"] == 30


def test_hours_that_the_workspace_set_stand_at_the_fact_they_go_before(
    house: House, as_greta: Client, as_lars: Client
) -> None:
    assert "Your service hours go before this" not in page(as_greta, "/settings/markets/de")
    with house.acting():
        week = [[("08:00", "20:00")]] * 7
        written = HoursWritten(time_zone="Europe/Berlin", week=week, scope=Scope(market="DE"))
        row = save_hours(house.workspace.pk, agent=house.greta, written=written)
    fact = (
        page(as_greta, "/settings/markets/de").partition('id="service_hours"')[2].partition("</article>")[0]
    )
    assert "Your service hours go before this: <bdi>" in fact and "Set for: <bdi>Germany</bdi>." in fact
    assert (
        f'href="/settings/hours/{row.pk}"' in fact
        and as_greta.get(f"/settings/hours/{row.pk}").status_code == 200
    )
    agents = page(as_lars, "/settings/markets/de")
    assert "go before this" in agents and "Change them in Hours" not in agents
    assert "go before this" not in page(as_greta, "/settings/markets/fi")


def test_what_a_number_in_the_list_counts_is_said(house: House, as_greta: Client) -> None:
    shown = page(as_greta, "/settings/markets")
    assert f"Of {len(KINDS)} kinds of fact" in shown and f"of {len(KINDS)} kinds of fact are known" in shown
    said = as_greta.post(
        "/settings/markets/us/choose", {"brand": house.brand.pk}, follow=True
    ).content.decode()
    assert "United States is among the markets of" in said and "sells in United States" not in said


def test_what_is_set_names_its_brand_and_never_falls_to_the_first(house: House, as_greta: Client) -> None:
    assert as_greta.post(POLICY, {**THIRTY, "brand": "999999999"}).status_code == 404
    assert as_greta.post("/settings/markets/de/choose?brand=x", {"region": "BY"}).status_code == 404
    with house.acting():
        second = create_brand(house.workspace.pk, slug="second", name="Second")
    assert as_greta.post(POLICY, THIRTY).status_code == 404
    assert as_greta.post("/settings/markets/de/choose", {"region": "BY"}).status_code == 404
    assert as_greta.get("/settings/markets/de?brand=999999999").status_code == 404
    assert as_greta.post(f"{POLICY}?brand={second.pk}", THIRTY).status_code == 302
    with house.acting():
        assert FactOverride.objects.get().brand_id == second.pk and not BrandMarket.objects.exists()
