"""A return ends at its shop: within authority, once, when the shop did it, and not when nobody knows."""

import pytest

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.authority.actions import approvals
from dragoman.core.accounts.models import Approval, Role
from dragoman.core.commerce.actions.asking import undo
from dragoman.core.commerce.models import OrderAction
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.service.returns.actions import refunds, steps
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.errors import RefundUnderWay
from dragoman.service.returns.models import Return, State
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json")


def by(agent) -> By:
    return By("agent", agent)


def back(trial, lamps: int = 1, agent=None, guarantee: bool = True) -> Return:
    """Bring lamps back to where they are looked at."""
    house, key = trial.house, trial.order.lines.get(title="Lamp").external_id
    asked = Request(lines=[AskedLine(sku=key, quantity=lamps, reason="damaged")], guarantee=guarantee)
    made = request_return(
        house.workspace.pk, order_id=trial.order.pk, request=asked, by=by(agent or house.greta)
    )
    return steps.receive_return(house.workspace.pk, made.pk, by=by(house.greta))


def refund(trial, made: Return, agent=None, **more) -> Return:
    return refunds.refund_return(trial.house.workspace.pk, made.pk, by=by(agent or trial.house.greta), **more)


def test_the_shop_is_asked_once_and_the_return_ends_when_it_did_it(house, trial):
    with house.acting():
        made = back(trial)
        waits = refund(trial, made)
        assert (waits.state, waits.ending, waits.amount) == (State.RECEIVED, State.REFUNDED, 3000)
        # asked again, nothing is asked twice
        refund(trial, made)
        action = OrderAction.objects.get()
        assert (action.kind, action.reason, action.goods[0][1:]) == ("refund", "damaged", [1, 3000])
        with pytest.raises(RefundUnderWay):
            steps.reject_return(house.workspace.pk, made.pk, by=by(house.greta), note="Not ours")
        trial.go_on(action)
        settle()
        made.refresh_from_db()
        assert (made.state, made.amount, made.kept_promise, trial.back) == (State.REFUNDED, 3000, True, 3000)
        assert made.reference == "fake_1" and made.refunded_at == action.done_at
        assert trial.state["lines"]["l1"]["refunded"] == 1
        assert refund(trial, made).state == State.REFUNDED and trial.back == 3000


def test_a_sum_that_is_no_line_is_sent_as_a_sum(house, trial):
    with house.acting():
        made = back(trial)
        refund(trial, made, amount=1234)
        action = OrderAction.objects.get()
        assert (action.amount, action.goods) == (1234, [])


def test_what_is_beyond_authority_waits_for_approval_and_is_open_again_when_declined(house, trial):
    with house.acting():
        mika = add_agent(house.workspace.pk, email="mika@kaisla.example", name="Mika", role=Role.AGENT)
        made = back(trial, lamps=2)
        refund(trial, made, agent=mika)
        approval = Approval.objects.get()
        approvals.decline(house.workspace.pk, approval.pk, agent=house.greta, comment="Look at it first")
        settle()
        made.refresh_from_db()
        assert (made.state, made.refund_key, trial.back) == (State.RECEIVED, "", 0)
        refund(trial, made)
        trial.go_on(OrderAction.objects.get(state="queued"))
        settle()
        made.refresh_from_db()
        assert (made.state, made.amount) == (State.REFUNDED, 6000)


def test_what_was_taken_back_or_refused_leaves_the_return_open_with_the_shops_words(house, trial):
    with house.acting():
        made = back(trial)
        refund(trial, made)
        undo(house.workspace.pk, OrderAction.objects.get().pk, agent=house.greta)
        settle()
        trial.set(says="This card is closed.")
        refund(trial, made)
        trial.go_on(OrderAction.objects.get(state="queued"))
        settle()
        made.refresh_from_db()
        assert (made.state, made.refund_failure) == (State.RECEIVED, "This card is closed.")


def test_unconfirmed_stays_so_until_the_shop_says_what_became_of_it(house, trial):
    with house.acting():
        made = back(trial)
        refund(trial, made)
        action = OrderAction.objects.get()
        trial.set(lost="after")
        assert trial.go_on(action).state == "unconfirmed"
        settle()
        assert refund(trial, made).state == State.RECEIVED and trial.back == 3000
        trial.set()
        assert trial.go_on(action).state == "done"
        settle()
        made.refresh_from_db()
        assert (made.state, trial.back, OrderAction.objects.count()) == (State.REFUNDED, 3000, 1)


def test_an_exchange_goes_out_at_once_and_says_what_it_costs_beside(house, trial):
    with house.acting():
        made = back(trial)
        sent = refunds.exchange_return(
            house.workspace.pk,
            made.pk,
            by=by(house.greta),
            out=refunds.Out(lines=[(trial.line("Blanket"), 1)]),
        )
        assert (sent.state, sent.difference) == (State.RECEIVED, -1000)
        trial.go_on(OrderAction.objects.get(kind="reship"))
        settle()
        made.refresh_from_db()
        assert (made.state, made.amount, made.difference) == (State.EXCHANGED, None, -1000)


def test_a_reference_says_that_the_shop_did_it_already(house, trial):
    with house.acting():
        made = back(trial)
        assert refund(trial, made, reference="re_42").state == State.REFUNDED
        assert (OrderAction.objects.count(), trial.back) == (0, 0)
