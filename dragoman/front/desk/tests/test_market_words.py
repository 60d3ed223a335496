"""Every fact of every playbook is said in words, in the agent's language."""

import datetime
from typing import get_args

import pytest
from django.utils import translation

from dragoman.front.desk import market_codes as codes
from dragoman.front.desk import market_lines
from dragoman.front.desk import market_words as words
from dragoman.ground.markets import facts
from dragoman.ground.markets.facts import CHANNELS, KINDS
from dragoman.ground.markets.playbook import checked_value, countries, playbook

DAY = datetime.date(2026, 11, 27)


def said(kind, value, language="en"):
    with translation.override(language):
        return market_lines.said(checked_value(kind, value))


@pytest.mark.parametrize("language", ["en", "ar", "ja"])
def test_every_fact_of_every_market_is_said(language):
    with translation.override(language):
        for country in countries():
            for rows in playbook(country).facts.values():
                for fact in rows:
                    lines = market_lines.lines(fact.value)
                    assert lines and all(line.text or line.label for line in lines), (country, fact.kind)
                    assert words.standing_words(fact, on=DAY)


def test_every_kind_stands_in_one_group_and_has_a_name():
    grouped = [kind for _name, _label, kinds in codes.GROUPS for kind in kinds]
    assert sorted(grouped) == sorted(KINDS) and set(codes.KINDS) == set(KINDS)


@pytest.mark.parametrize(
    ("known", "model", "field"),
    [
        (codes.ORDERS, facts.Names, "order"),
        (codes.REGISTERS, facts.Register, "level"),
        (codes.DIRECTNESS, facts.Directness, "level"),
        (codes.HUMOUR, facts.Humour, "level"),
        (codes.APOLOGIES, facts.Apology, "manner"),
        (codes.PAYERS, facts.ReturnCost, "payer"),
        (codes.GREETINGS, facts.Greeting, "customs"),
        (codes.APOLOGY_CUSTOMS, facts.Apology, "customs"),
        (codes.TABOOS, facts.Taboos, "root"),
        (codes.COLLECTORS, facts.ImportRelief, "collected_by"),
    ],
)
def test_no_code_is_without_its_word(known, model, field):
    taken = get_args(model.model_fields[field].annotation)
    taken = get_args(taken[0]) if get_args(taken[0]) else taken
    assert set(taken) == set(known)
    assert set(CHANNELS) == set(codes.CHANNELS)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("service_hours", [{"days": ["sun", "mon", "tue", "wed", "thu"], "start": "09:00", "end": "17:00"}], "Sun–Thu: 09:00–17:00"),
        ("service_hours", [{"days": ["sat", "mon"], "start": "22:00", "end": "02:00"}], "Mon, Sat: 22:00–02:00"),
        ("withdrawal", {"right": "statutory", "days": 5, "day_type": "business", "starts": "delivery"}, "5 business days from delivery"),
        ("withdrawal", {"right": "none"}, "No right to send goods back"),
        ("refund_deadline", {"days": 0, "starts": "notice"}, "At once"),
        ("guarantee", {"form": "expected_lifetime"}, "As long as such goods usually last"),
        ("names", {"order": "given_first", "formal": "คุณ{given}"}, "The given name stands first · Formal: คุณ‹given name›"),
        ("import_relief", {"no_duty": True, "tax_free_up_to": "0 EUR"}, "Duty: none at any value · Tax: due from the first EUR"),
        ("import_relief", {}, "Duty: not known · Tax: not known"),
        ("import_relief", {"duty_free_up_to": "10000 JPY", "tax_free_up_to": "62.50 CHF"}, "Duty: none up to ¥10,000 · Tax: none up to CHF\xa062.50"),
        ("response_times", {"chat": 2, "email": 1440}, "Chat: 2 minutes · E-mail: 24 hours"),
        ("payments", [{"method": "line_pay"}, {"method": "new_thing", "refund_days": [3, 5]}], "LINE Pay · New thing: there after 3–5 days"),
    ],
)  # fmt: skip
def test_a_value_is_said_plainly(kind, value, expected):
    assert said(kind, value) == expected


def test_amounts_and_hours_follow_the_reader():
    assert said("import_relief", {"duty_free_up_to": "150 EUR"}, "fi").startswith(
        "Tulli"
    ) or "150\xa0€" in said("import_relief", {"duty_free_up_to": "150 EUR"}, "fi")
    hours = [{"days": ["mon"], "start": "09:00", "end": "17:00"}]
    assert "9.00" in said("service_hours", hours, "fi")


def test_how_sure_a_fact_is_stands_beside_it():
    fact = playbook("DE").fact("withdrawal", on=DAY)
    assert words.standing(fact, on=DAY) == "read" and words.standing(None, on=DAY) == "unknown"
    late = DAY + datetime.timedelta(days=430)
    assert words.standing(fact, on=late) == "stale"
    assert words.standing_words(fact, on=late) == "Checked 14 months ago"
    known = playbook("TH").fact("humour", on=DAY)
    assert words.standing(known, on=DAY) == "general"
