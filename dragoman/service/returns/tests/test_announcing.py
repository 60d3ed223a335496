"""A return is told once to a shop that keeps returns, both hear of its end, and exchanges bring one of their own."""

import json

import pytest

from dragoman.core.commerce.actions.asking import undo
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.connecting import account_of, connector_of
from dragoman.core.commerce.errors import BadWish
from dragoman.core.commerce.models import OrderAction
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.tests.acting import Trial, a_trial
from dragoman.ground.providers.shops.fake import FakeShop, read_fake_shop
from dragoman.ground.providers.shops.ports import Can
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.announcing import announce_return, told_by
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.errors import ExchangedAlready, NoExchange
from dragoman.service.returns.finding import get_return
from dragoman.service.returns.models import Return, State
from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json", sent=True)


def by(house: House) -> By:
    return By("agent", house.greta)


def opened(trial: Trial, *, lamps: int = 1, instead: str = "") -> Return:
    house, key = trial.house, trial.order.lines.get(title="Lamp").external_id
    line = AskedLine(sku=key, quantity=lamps, reason="size", instead=instead)
    asked = Request(lines=[line], guarantee=True)
    made = request_return(house.workspace.pk, order_id=trial.order.pk, request=asked, by=by(house))
    steps.approve_return(house.workspace.pk, made.pk, by=by(house))
    settle()
    return get_return(house.workspace.pk, made.pk)


def again(made: Return) -> Return:
    settle()
    return get_return(made.workspace_id, made.pk)


def told(trial: Trial) -> list[tuple[bool, list[list[object]]]]:
    """Return the shop's own returns: whether each is off, and what it sends for it."""
    return [(one["off"], one["sends"]) for one in trial.state.get("returns", {}).values()]


def test_a_return_is_told_once_however_the_answer_was_lost_and_calling_it_off_is_told_too(house, trial):
    with house.acting():
        made = opened(trial)
        action = told_by(made)
        assert action is not None and (action.kind, action.state, action.agent) == (
            "return",
            "queued",
            house.greta,
        )
        trial.set(lost="after")
        assert trial.go_on(action).state == "unconfirmed"
        announce_return(house.workspace.pk, made.pk)
        trial.set()
        assert trial.go_on(action).state == "done"
        announce_return(house.workspace.pk, made.pk)
        made = again(made)
        assert (told(trial), made.shop_return, OrderAction.objects.count()) == ([(False, [])], "fake_1", 1)
        steps.cancel_return(house.workspace.pk, made.pk, by=by(house))
        settle()
        assert trial.go_on(OrderAction.objects.get(kind="return_off")).state == "done"
        assert told(trial) == [(True, [])]
        # the shop's own word of it changes nothing more
        assert again(made).events.count() == 3


def test_what_the_shop_refused_is_shown_and_told_anew_and_what_it_never_heard_is_taken_back(house, trial):
    with house.acting():
        made = opened(trial)
        trial.set(says="This order is too old.")
        first = trial.go_on(told_by(made))
        assert (first.state, first.failure) == ("failed", "This order is too old.")
        announce_return(house.workspace.pk, made.pk)
        second = told_by(again(made))
        assert second is not None and (second.pk != first.pk, second.state) == (True, "queued")
        steps.cancel_return(house.workspace.pk, made.pk, by=by(house))
        settle()
        second.refresh_from_db()
        assert (second.state, told(trial)) == ("undone", [])


def test_what_the_shop_called_off_is_called_off_here_unless_it_is_on_its_way(house, trial):
    with house.acting():
        first = opened(trial)
        second = opened(trial)
        for one in (first, second):
            trial.go_on(told_by(one))
        settle()
        steps.send_off(house.workspace.pk, second.pk, by=by(house))
        state = read_fake_shop(trial.path)
        for one in state["orders"]["o1"]["returns"].values():
            one["off"] = True
        trial.path.write_text(json.dumps(state))
        connector = connector_of(trial.shop)
        mirror_order(trial.shop, facts=connector.order(account_of(trial.shop), "o1"))
        assert (again(first).state, again(second).state) == (State.CANCELLED, State.IN_TRANSIT)
        assert again(first).events.last().actor == "system"
        # the shop is not told what it said itself
        assert not OrderAction.objects.filter(kind="return_off").exists()


def test_an_exchange_sends_what_the_customer_chose_in_place_of_what_was_announced(house, trial):
    with house.acting():
        made = opened(trial, instead="RED")
        trial.go_on(told_by(made))
        settle()
        waits = refunds.exchange_return(house.workspace.pk, made.pk, by=by(house))
        assert (waits.ending, waits.difference, waits.shop_return) == (State.EXCHANGED, 500, "")
        refunds.exchange_return(house.workspace.pk, made.pk, by=by(house))
        action = OrderAction.objects.get(kind="exchange")
        assert (action.amount, action.wanted["instead"], action.wanted["worth"]) == (3500, "fake_1", 3000)
        trial.set(says="Sold out.")
        trial.go_on(action)
        open_again = again(made)
        # it is awaited anew: nobody knows whether the shop had called the old one off
        assert (open_again.state, open_again.refund_failure) == (State.APPROVED, "Sold out.")
        assert told_by(open_again).state == "queued"
        undo(house.workspace.pk, told_by(open_again).pk, agent=house.greta)
        trial.set()
        refunds.exchange_return(
            house.workspace.pk, made.pk, by=by(house), out=refunds.Out(sends=[("SMALL", 2)])
        )
        trial.go_on(OrderAction.objects.get(kind="exchange", state="queued"))
        done = again(made)
        assert (done.state, done.difference, done.amount) == (State.EXCHANGED, -1000, None)
        assert told(trial)[-1] == (False, [["v-SMALL", 2]])
        with pytest.raises(BadWish, match="BLUE"):
            refunds.exchange_return(
                house.workspace.pk, opened(trial).pk, by=by(house), out=refunds.Out(sends=[("BLUE", 1)])
            )


def test_an_exchange_asked_at_the_order_awaits_what_comes_back_and_nothing_else_ends_it(house, trial):
    with house.acting():
        order = order_by_id(house.workspace.pk, trial.order.pk)
        action = trial.ask(
            "x",
            kind="exchange",
            reason="different",
            lines=[(trial.line("Lamp"), 1)],
            sends=found_in(order, [("SMALL", 1)]),
        )
        trial.go_on(action)
        settle()
        made = get_return(house.workspace.pk, Return.objects.get().pk)
        assert (made.state, made.difference, made.reference, made.wish) == (
            State.APPROVED,
            -2000,
            "fake_1",
            "exchange",
        )
        assert [(row.quantity, row.amount, row.reason) for row in made.lines.all()] == [
            (1, 3000, "not_as_described")
        ]
        # the shop keeps the return of its exchange itself
        assert told_by(made) is None and len(told(trial)) == 1
        with pytest.raises(ExchangedAlready):
            steps.cancel_return(house.workspace.pk, made.pk, by=By("customer"))
        steps.receive_return(house.workspace.pk, made.pk, by=by(house))
        for end in (refunds.refund_return, refunds.credit_return):
            with pytest.raises(ExchangedAlready):
                end(house.workspace.pk, made.pk, by=by(house))
        done = refunds.exchange_return(house.workspace.pk, made.pk, by=by(house))
        assert (done.state, done.difference, OrderAction.objects.count()) == (State.EXCHANGED, -2000, 1)


def test_a_shop_that_exchanges_nothing_says_so_and_is_told_of_no_returns(house, trial, monkeypatch):
    monkeypatch.setattr(FakeShop, "can", frozenset({Can.REFUND, Can.RESHIP}))
    with house.acting():
        made = opened(trial)
        assert told_by(made) is None and not OrderAction.objects.exists()
        with pytest.raises(NoExchange):
            refunds.exchange_return(
                house.workspace.pk, made.pk, by=by(house), out=refunds.Out(sends=[("RED", 1)])
            )
        refunds.exchange_return(house.workspace.pk, made.pk, by=by(house))
        assert OrderAction.objects.get().kind == "reship"
