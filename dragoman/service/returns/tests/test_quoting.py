"""What may be sent back: every rule of counting and excepting by a case whose answer the law's text gives."""

from datetime import date

import pytest

from dragoman.ground.markets.playbook import playbook
from dragoman.service.returns.quoting import Case, Goods, Happened, Law, Rule, quote
from dragoman.service.returns.windows import Rest


def law_of(country: str) -> Law:
    book, day = playbook(country), date(2026, 11, 1)
    facts = {kind: book.fact(kind, on=day) for kind in ("withdrawal", "refund_deadline", "return_cost")}
    values = {kind: fact.value if fact else None for kind, fact in facts.items()}
    return Law(
        country=country,
        withdrawal=values["withdrawal"],
        refund=values["refund_deadline"],
        cost=values["return_cost"],
        article="the law",
    )


def goods(**more):
    return Goods(**{"line_id": 1, "sku": "A", "title": "A", "asked": 1, "left": 1, "value": 5000, **more})


def judged(
    country, on, *, delivered=None, placed=date(2026, 1, 2), rules=(), informed=True, business=False, **line
):
    case = Case(
        law=law_of(country),
        rules=rules,
        happened=Happened(placed=placed, dispatched=None, delivered=delivered, informed=informed),
        rest=Rest(country),
        day=on,
        business=business,
    )
    return quote(case, [goods(**line)])


THIRTY = Rule(name="Thirty days", days=30)


@pytest.mark.parametrize(
    "country, delivered, first, last",
    [
        ("DE", date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 19)),
        # 14 days end on Saturday 21 March: Monday
        ("DE", date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 23)),
        # on Good Friday, 3 April, and the Tuesday after Easter
        ("DE", date(2026, 3, 20), date(2026, 3, 21), date(2026, 4, 7)),
        # Britain moves nothing
        ("GB", date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 21)),
        ("BR", date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 12)),
        # Japan counts the day of delivery
        ("JP", date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 9)),
        # five business days: a Friday's delivery counts from Monday; 16 March is a holiday
        ("MX", date(2026, 3, 13), date(2026, 3, 17), date(2026, 3, 23)),
        ("ZA", date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 14)),
    ],
)
def test_the_days_are_counted_as_the_law_counts(country, delivered, first, last):
    found = judged(country, delivered, delivered=delivered).answers[0]
    assert (found.basis, found.window.starts_on, found.window.ends_on) == ("law", first, last)
    assert judged(country, last, delivered=delivered).allowed
    over = judged(country, date.fromordinal(last.toordinal() + 1), delivered=delivered).answers[0]
    assert (over.allowed, over.reason) == (False, "window_over")


def test_what_has_not_arrived_may_be_given_back_already():
    found = judged("PL", date(2026, 3, 5)).answers[0]
    assert (found.allowed, found.reason, found.window.starts_on, found.window.ends_on) == (
        True,
        "not_begun",
        None,
        None,
    )


@pytest.mark.parametrize(
    "country, last", [("DE", date(2027, 3, 19)), ("TW", date(2026, 7, 6)), ("CL", date(2026, 6, 3))]
)
def test_who_was_not_told_has_longer(country, last):
    found = judged(country, date(2026, 5, 20), delivered=date(2026, 3, 5), informed=False)
    assert (found.allowed, found.answers[0].reason, found.answers[0].window.ends_on) == (
        True,
        "not_informed",
        last,
    )


def test_who_was_not_told_who_pays_does_not_pay():
    assert judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5)).payer == "customer"
    assert judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), informed=False).payer == "seller"


@pytest.mark.parametrize("country, reason", [("US", "no_right"), ("AU", "no_right"), ("AE", "not_known")])
def test_no_law_and_no_policy_is_no_return(country, reason):
    found = judged(country, date(2026, 3, 6), delivered=date(2026, 3, 5))
    assert (found.allowed, found.answers[0].reason) == (False, reason)
    kinder = judged(country, date(2026, 3, 6), delivered=date(2026, 3, 5), rules=[THIRTY]).answers[0]
    assert (kinder.allowed, kinder.basis, kinder.window.ends_on) == (True, "policy", date(2026, 4, 4))


def test_japan_takes_the_policy_that_was_shown():
    seven = Rule(name="Seven", days=7, excludes=frozenset(["final_sale"]))
    found = judged("JP", date(2026, 3, 9), delivered=date(2026, 3, 2), rules=[seven]).answers[0]
    assert (found.allowed, found.basis, found.window.ends_on) == (True, "policy", date(2026, 3, 9))
    sale = judged("JP", date(2026, 3, 9), delivered=date(2026, 3, 2), rules=[seven], final_sale=True).answers[
        0
    ]
    assert (sale.allowed, sale.reason) == (False, "final_sale")
    unshown = judged("JP", date(2026, 3, 9), delivered=date(2026, 3, 2), rules=[seven], informed=False)
    assert unshown.answers[0].basis == "law"


def test_a_final_sale_takes_no_right_away_but_a_promise():
    sale = Rule(name="Thirty days", days=30, excludes=frozenset(["final_sale"]))
    assert judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), rules=[sale], final_sale=True).allowed
    refused = judged("US", date(2026, 3, 6), delivered=date(2026, 3, 5), rules=[sale], final_sale=True)
    assert (refused.allowed, refused.answers[0].reason) == (False, "final_sale")


def test_what_was_made_to_order_is_excepted_where_the_law_excepts_it():
    assert (
        judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), custom_made=True).answers[0].reason
        == "custom_made"
    )
    # article 49 of Brazil's code knows no exception
    assert judged("BR", date(2026, 3, 6), delivered=date(2026, 3, 5), custom_made=True).allowed


def test_hygiene_goods_go_back_while_they_are_sealed():
    sealed = judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), hygiene=True).answers[0]
    assert (sealed.allowed, sealed.conditions) == (True, ("hygiene_unopened",))
    opened = judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), hygiene=True, opened=True).answers[0]
    assert (opened.allowed, opened.reason) == (False, "hygiene")


def test_a_download_is_counted_from_the_order():
    found = judged("DE", date(2026, 1, 10), digital=True).answers[0]
    assert (found.window.starts_on, found.window.ends_on) == (date(2026, 1, 3), date(2026, 1, 16))


def test_a_company_has_no_right_of_consumers():
    assert (
        judged("DE", date(2026, 3, 6), delivered=date(2026, 3, 5), business=True).answers[0].reason
        == "business"
    )


def test_the_narrowest_rule_counts_alone():
    wide = Rule(name="Wide", days=60)
    swim = Rule(name="Swimwear", days=10, category="swimwear", narrow=4)
    found = judged(
        "US", date(2026, 3, 20), delivered=date(2026, 3, 5), rules=[wide, swim], category="Swimwear"
    )
    assert (found.allowed, found.answers[0].source) == (False, "Swimwear")


def test_what_costs_little_may_be_kept():
    keep = Rule(name="Thirty days", days=30, keep_below=6000, methods=("prepaid_label",))
    assert judged("US", date(2026, 3, 6), delivered=date(2026, 3, 5), rules=[keep]).methods[0] == "keep_item"
    dear = judged("US", date(2026, 3, 6), delivered=date(2026, 3, 5), rules=[keep], value=6000)
    assert dear.methods == ("prepaid_label",)
