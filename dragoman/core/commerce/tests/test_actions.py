"""What a shop is asked to do: once, within authority, never more than is left, never twice by guess."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.authority.actions import approvals
from dragoman.core.accounts.authority.errors import NoAuthority, UndoTooLate
from dragoman.core.accounts.authority.queries import running_use
from dragoman.core.accounts.models import Approval, Role
from dragoman.core.accounts.tasks import expire_approvals
from dragoman.core.commerce.actions.asking import preview, undo
from dragoman.core.commerce.errors import (
    ActionBegun,
    BadWish,
    KeyReused,
    MoreThanLeft,
    NoAction,
    NoOrder,
    NotYourAction,
)
from dragoman.core.commerce.models import Order, OrderAction
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.commerce.wants import Wanted, left_of, worth_of
from dragoman.core.notifications.models import Notification
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.shops.fake import read_fake_shop
from dragoman.kit.errors import Refusal
from tests.people import a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return a_house()


@pytest.fixture
def trial(house, tmp_path):
    with house.acting():
        return a_trial(house, tmp_path / "shop.json")


def mika(house, role=Role.AGENT, name="mika"):
    return add_agent(house.workspace.pk, email=f"{name}@kaisla.example", name=name.title(), role=role)


def left(trial):
    order = order_by_id(trial.house.workspace.pk, trial.order.pk)
    return left_of(order, list(order.actions.all()))


def test_a_refund_is_held_then_done_once_and_seen_in_the_mirror(house, trial):
    with house.acting():
        action = trial.ask(shipping=500, restock=True)
        assert (action.state, action.amount, left(trial)) == ("queued", 3500, 5000)
        # the time to take it back is not over
        from_the_shop = trial.back
        trial.go_on(action)
        assert (from_the_shop, trial.back) == (0, 3500)
        assert (action.state, action.external_id, action.settled) == ("done", "fake_1", True)
        trial.go_on(action)
        assert trial.back == 3500
        kept = Order.objects.get()
        assert (kept.refunded_total, left(trial)) == (3500, 5000)
        assert trial.state["lines"]["l1"]["refunded"] == 1
        told = StoredEvent.objects.filter(name__startswith="OrderAction").order_by("pk")
        assert [one.name for one in told] == ["OrderActionAsked", "OrderActionChanged", "OrderActionChanged"]


def test_the_same_key_is_the_same_refund_and_another_body_is_refused(house, trial):
    with house.acting():
        first = trial.ask()
        assert trial.ask().pk == first.pk
        with pytest.raises(KeyReused):
            trial.ask(shipping=500)
        assert left(trial) == 5500


def test_more_than_is_left_is_refused_before_anything_is_sent(house, trial):
    with house.acting():
        trial.ask("a", lines=[(trial.line("Lamp"), 2)])
        with pytest.raises(BadWish) as refused:
            trial.ask("b", lines=[(trial.line("Lamp"), 1)])
        assert "0" in str(refused.value)
        with pytest.raises(MoreThanLeft) as refused:
            trial.ask("c", lines=[], amount=2501)
        assert refused.value.details["left"] == {"amount": 2500, "currency": "EUR"}
        with pytest.raises(BadWish):
            trial.ask("d", lines=[(trial.line("Blanket"), 1)], shipping=501)
        assert trial.ask("e", lines=[], amount=2500).state == "queued"
        assert read_fake_shop(trial.path)["calls"] == []


@pytest.mark.parametrize(
    "bad",
    [
        {"lines": []},
        {"lines": [(0, 1)]},
        {"lines": [(1, -1)]},
        {"reason": "because"},
        {"amount": 100, "shipping": 1},
        {"lines": [], "amount": -5},
        {"lines": [], "amount": 10**16},
    ],
)
def test_what_makes_no_sense_is_refused(house, trial, bad):
    with house.acting(), pytest.raises(BadWish):
        trial.ask(**bad)


def test_what_is_taken_back_in_time_is_never_sent_and_gives_its_share_back(house, trial):
    with house.acting():
        agent, other = mika(house), mika(house, name="lauri")
        action = trial.ask(agent=agent)
        assert running_use(house.workspace.pk, agent).sums == (("EUR", 3000),)
        with pytest.raises(NotYourAction):
            undo(house.workspace.pk, action.pk, agent=other)
        undo(house.workspace.pk, action.pk, agent=agent)
        trial.go_on(action)
        assert (action.state, trial.back, left(trial)) == ("undone", 0, 8500)
        assert running_use(house.workspace.pk, agent).month == 0
        done = trial.go_on(trial.ask("again", agent=agent))
        with pytest.raises(ActionBegun):
            undo(house.workspace.pk, done.pk, agent=agent)


def test_two_agents_at_once_never_pass_what_is_left(house, trial):
    def one(place: int) -> bool:
        try:
            with house.acting():
                trial.ask(f"key{place}", lines=[], amount=4000)
            return True
        except Refusal:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(one, range(4))) == 2
    with house.acting():
        assert left(trial) == 500


def test_the_shop_is_asked_one_thing_at_a_time(house, trial):
    with house.acting():
        trial.set(lost="after")
        first = trial.go_on(trial.ask("a"))
        second = trial.go_on(trial.ask("b"))
        assert (first.state, second.state) == ("unconfirmed", "queued")
        trial.set()
        trial.go_on(first)
        trial.go_on(second)
        # the second was asked with what the first had given back
        assert (first.state, second.state, second.before, trial.back) == ("done", "done", 3000, 6000)


def test_no_answer_is_asked_about_and_never_sent_twice(house, trial):
    with house.acting():
        trial.set(lost="after")
        action = trial.go_on(trial.ask())
        assert (action.state, action.failure, trial.back) == ("unconfirmed", "No answer.", 3000)
        assert timedelta(seconds=3) < action.due_at - timezone.now() <= timedelta(seconds=5)
        assert left(trial) == 5500
        settle()
        assert Notification.objects.get(kind="action_unsure").agent_id == house.greta.pk
        trial.set(lost="after", down="yes")
        trial.go_on(action)
        assert action.state == "unconfirmed"
        assert action.due_at - timezone.now() > timedelta(seconds=20)
        trial.set(lost="after")
        trial.go_on(action)
        assert (action.state, trial.back, action.settled) == ("done", 3000, True)
        assert read_fake_shop(trial.path)["calls"] == [f"dragoman-{house.workspace.pk}-{action.pk}"]


def test_what_the_shop_does_not_know_of_was_not_done_and_is_not_tried_again_by_itself(house, trial):
    with house.acting():
        trial.set(lost="before")
        action = trial.go_on(trial.ask())
        trial.set()
        # once may be too early: what was sent may still be on its way
        trial.go_on(action)
        assert action.state == "unconfirmed"
        trial.go_on(action)
        assert (action.state, trial.back, left(trial)) == ("failed", 0, 8500)
        assert running_use(house.workspace.pk, house.greta).month == 0


def test_a_refusal_shows_the_words_of_the_shop_and_what_never_left_is_tried_again(house, trial):
    with house.acting():
        trial.set(says="Capture has expired.")
        action = trial.go_on(trial.ask())
        assert (action.state, action.failure, left(trial)) == ("failed", "Capture has expired.", 8500)
        settle()
        assert Notification.objects.get(kind="action_failed").agent_id == house.greta.pk
        trial.set(down="yes")
        action = trial.go_on(trial.ask("again"))
        assert (action.state, action.attempts) == ("queued", 1)
        assert "cannot be reached" in action.failure
        # it may have been about to arrive: not to be taken back any more
        with pytest.raises(ActionBegun):
            undo(house.workspace.pk, action.pk, agent=house.greta)
        trial.set()
        assert trial.go_on(action).state == "done"
        assert trial.back == 3000


def test_what_the_shop_gave_back_itself_meanwhile_is_not_given_twice(house, trial):
    with house.acting():
        action = trial.ask(lines=[], amount=8000)
        Order.objects.update(refunded_total=4000)
        trial.go_on(action)
        assert (action.state, trial.back) == ("failed", 0)
        assert read_fake_shop(trial.path)["calls"] == []


def test_beyond_ones_authority_somebody_else_says_yes(house, trial):
    with house.acting():
        agent, lead = mika(house), mika(house, Role.LEAD, "lena")
        here = house.workspace.pk
        seen = preview(here, trial.order.pk, agent=agent, wanted=Wanted(kind="refund", amount=6000))
        assert seen.verdict.outcome == "needs_approval"
        action = trial.ask(agent=agent, lines=[], amount=6000)
        assert (action.state, left(trial)) == ("waiting_approval", 2500)
        trial.go_on(action)
        assert trial.back == 0
        approvals.approve(here, action.approval_id, agent=lead)
        action.refresh_from_db()
        assert action.state == "queued"
        approvals.undo_decision(here, action.approval_id, agent=lead)
        trial.go_on(action)
        assert trial.back == 0
        approvals.approve(here, action.approval_id, agent=lead)
        trial.go_on(action)
        assert (action.state, trial.back) == ("done", 6000)
        assert running_use(here, lead).sums == (("EUR", 6000),)
        with pytest.raises(UndoTooLate):
            approvals.undo_decision(here, action.approval_id, agent=lead)


def test_what_is_declined_expires_or_is_taken_back_frees_its_share(house, trial):
    with house.acting():
        agent, here = mika(house), house.workspace.pk
        declined = trial.ask("a", agent=agent, lines=[], amount=6000)
        approvals.decline(here, declined.approval_id, agent=house.greta, comment="No")
        declined.refresh_from_db()
        assert (declined.state, left(trial)) == ("cancelled", 8500)
        taken = trial.ask("b", agent=agent, lines=[], amount=6000)
        undo(here, taken.pk, agent=agent)
        assert Approval.objects.get(pk=taken.approval_id).state == "withdrawn"
        late = trial.ask("c", agent=agent, lines=[], amount=6000)
        Approval.objects.filter(pk=late.approval_id).update(expires_at=timezone.now())
    expire_approvals()
    with house.acting():
        late.refresh_from_db()
        assert (late.state, left(trial)) == ("cancelled", 8500)


def test_light_agents_and_mallory_do_nothing(house, trial):
    other = a_house("mallory", owner="mallory")
    with house.acting():
        with pytest.raises(NoAuthority):
            trial.ask(agent=mika(house, Role.LIGHT, "lumi"))
        action = trial.ask("mine")
    with other.acting():
        with pytest.raises(NoOrder):
            preview(other.workspace.pk, trial.order.pk, agent=other.greta, wanted=Wanted(kind="refund"))
        with pytest.raises(NoAction):
            undo(other.workspace.pk, action.pk, agent=other.greta)
        assert not OrderAction.objects.exists()


@pytest.mark.parametrize(("currency", "scale"), [("JPY", 1), ("KWD", 100)])
def test_currencies_of_no_and_of_three_decimals(house, tmp_path, currency, scale):
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json", currency=currency, scale=scale)
        action = trial.go_on(trial.ask())
        assert (action.state, trial.back, action.currency) == ("done", 3000 * scale, currency)
        rate = Decimal("0.006")
        Order.objects.update(rate=rate, store_currency="EUR", store_total=1)
        order = order_by_id(house.workspace.pk, trial.order.pk)
        seen = preview(
            house.workspace.pk, order.pk, agent=house.greta, wanted=Wanted(kind="refund", amount=1000 * scale)
        )
        # 1000 JPY are 6.00 EUR, 100.000 KWD are 0.60
        assert seen.plan.store_amount == {"JPY": 600, "KWD": 60}[currency]


def test_a_discount_of_the_order_is_spread_and_nothing_is_lost_in_rounding(house, tmp_path):
    with house.acting():
        lines = {f"l{n}": {"title": f"T{n}", "quantity": 3, "price": 333} for n in range(3)}
        trial = a_trial(house, tmp_path / "shop.json", lines=lines, paid=1500, shipping=0)
        Order.objects.update(total=1500)
        order = order_by_id(house.workspace.pk, trial.order.pk)
        assert sum(worth_of(order).values()) == 1500
        amounts = []
        for number in range(3):
            wanted = [(one.pk, 1) for one in order.lines.all()]
            amounts.append(trial.go_on(trial.ask(f"k{number}", lines=wanted)).amount)
            Order.objects.update(total=1500)
        assert (sum(amounts), trial.back) == (1500, 1500)
