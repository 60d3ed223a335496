"""Each kind of action, what makes it legal for an order, and what stays of it when a person is deleted."""

import pytest

from dragoman.core.commerce.actions.asking import preview, undo
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.doers import offered
from dragoman.core.commerce.errors import BadWish, NotOffered
from dragoman.core.commerce.models import Order, OrderAction
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.commerce.tests.facts import order as api_order
from dragoman.core.commerce.wants import Wanted, free_of
from dragoman.core.customers.actions import delete_customer, erase_customer
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json")


def test_cancel_address_reship_and_a_code(house, trial):
    with house.acting():
        here = house.workspace.pk
        assert set(offered(order_by_id(here, trial.order.pk))) == {
            "refund",
            "cancel",
            "address",
            "reship",
            "discount",
            "store_credit",
            "duplicate",
        }
        code = trial.go_on(trial.ask("d", kind="discount", lines=[], percent=10, days=30))
        assert (code.state, code.code, code.amount) == ("done", "THANKS1", 850)
        again = trial.go_on(trial.ask("r", kind="reship"))
        assert (again.state, again.amount) == ("done", 3000)
        with pytest.raises(BadWish):
            trial.ask("x", kind="address", lines=[], address={"lines": ["Katu 1"], "city": "Turku"})
        to = {"name": "Somchai", "lines": ["Katu 1"], "city": "Turku", "country": "fi", "postcode": "20100"}
        with pytest.raises(BadWish):
            trial.ask("x", kind="address", lines=[], address={**to, "country": "SE"})
        trial.go_on(trial.ask("a", kind="address", lines=[], address=to))
        assert Order.objects.get().shipping_address["city"] == "Turku"
        trial.go_on(trial.ask("l", kind="cancel", lines=[(trial.line("Blanket"), 1)]))
        assert trial.state["lines"]["l2"]["cancelled"] == 1
        order = order_by_id(here, trial.order.pk)
        assert free_of(order, list(order.actions.all())) == {
            trial.line("Lamp"): 2,
            trial.line("Blanket"): 0,
        }
        whole = trial.go_on(trial.ask("w", kind="cancel", lines=[]))
        assert (whole.state, Order.objects.get().status) == ("done", "cancelled")
        assert set(offered(order_by_id(here, trial.order.pk))) <= {"refund", "duplicate"}
        for kind in ("cancel", "reship", "exchange"):
            with pytest.raises(NotOffered):
                trial.ask(f"n{kind}", kind=kind)


def test_an_exchange_sends_what_the_shop_sells_and_says_the_difference_both_ways(house, tmp_path):
    with house.acting():
        trial = a_trial(house, tmp_path / "sent.json", sent=True)
        here = house.workspace.pk
        order = order_by_id(here, trial.order.pk)
        assert "exchange" in set(offered(order))
        lines = [(trial.line("Lamp"), 1)]
        for sku, amount, difference in (("RED", 3500, 500), ("SMALL", 1000, -2000)):
            wanted = Wanted(kind="exchange", lines=lines, sends=found_in(order, [(sku, 1)]))
            plan = preview(here, order.pk, agent=house.greta, wanted=wanted).plan
            assert (plan.amount, plan.difference) == (amount, difference)
        for sku in ("RARE", "BLUE"):
            with pytest.raises(BadWish, match=sku):
                found_in(order, [(sku, 1)])
        with pytest.raises(BadWish):
            trial.ask("none", kind="exchange")
        done = trial.go_on(trial.ask("x", kind="exchange", lines=lines, sends=wanted.sends))
        assert (done.state, done.wanted["sends"][0]["sku"]) == ("done", "SMALL")
        # what is exchanged is not given back as well
        order = order_by_id(here, trial.order.pk)
        assert free_of(order, list(order.actions.all()))[trial.line("Lamp")] == 1


def test_the_same_order_again_costs_no_authority_and_takes_all_lines_or_those_named(house, trial):
    with house.acting():
        whole = trial.go_on(trial.ask("again", kind="duplicate", lines=[]))
        assert (whole.state, whole.amount, [one[1] for one in whole.goods]) == ("done", 0, [2, 1])
        some = trial.ask("some", kind="duplicate")
        assert [one[:2] for one in some.goods] == [[trial.line("Lamp"), 1]]
        with pytest.raises(BadWish):
            trial.ask("many", kind="duplicate", lines=[(trial.line("Lamp"), 3)])


def test_a_shop_that_tells_no_lines_of_refunds_gives_none_back_twice(house, tmp_path):
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json", quiet=True)
        assert trial.go_on(trial.ask("a")).settled
        order = order_by_id(house.workspace.pk, trial.order.pk)
        assert free_of(order, list(order.actions.all()))[trial.line("Lamp")] == 1
        with pytest.raises(BadWish):
            trial.ask("b", lines=[(trial.line("Lamp"), 2)])


def test_what_has_left_the_house_is_not_cancelled(house, tmp_path):
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json", sent=True)
        assert not {"cancel", "address"} & set(offered(order_by_id(house.workspace.pk, trial.order.pk)))


def test_a_shop_that_only_tells_us_is_asked_nothing(house):
    with house.acting():
        order = mirror_order(shop_of_the_api(house.brand), facts=api_order(external_id="7")).order
        assert list(offered(order_by_id(house.workspace.pk, order.pk))) == []
        with pytest.raises(NotOffered):
            preview(house.workspace.pk, order.pk, agent=house.greta, wanted=Wanted(kind="refund", amount=1))


def test_who_is_deleted_is_taken_out_of_what_was_asked(house, trial):
    with house.acting():
        to = {"name": "Somchai", "lines": ["Katu 1"], "city": "Turku", "country": "FI"}
        trial.go_on(trial.ask(kind="address", lines=[], address=to, note="for Somchai"))
        delete_customer(Order.objects.get().customer, agent=house.greta)
    settle()
    with house.acting():
        erase_customer(house.workspace.pk, trial.order.customer_id)
        kept = OrderAction.objects.get()
        assert (kept.wanted, kept.note, kept.kind) == ({}, "", "address")


def test_what_still_waits_when_its_customer_is_erased_loses_the_person_as_it_ends(house, trial):
    with house.acting():
        to = {"name": "Somchai", "lines": ["Katu 1"], "city": "Turku", "country": "FI"}
        waiting = trial.ask(kind="address", lines=[], address=to, note="for Somchai")
        delete_customer(Order.objects.get().customer, agent=house.greta)
    settle()
    with house.acting():
        erase_customer(house.workspace.pk, trial.order.customer_id)
        assert OrderAction.objects.get().wanted != {}
        undo(house.workspace.pk, waiting.pk, agent=house.greta)
        kept = OrderAction.objects.get()
        assert (kept.state, kept.wanted, kept.note) == ("undone", {}, "")
