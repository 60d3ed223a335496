"""Payment vendors: refunds where the shop gives nothing back, webhooks once and in any order, disputes answered once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.authority_models import ActionKind
from dragoman.core.accounts.models import Agent, Role, Workspace
from dragoman.core.accounts.queries import facts
from dragoman.core.commerce import tasks_of_payments as tasks
from dragoman.core.commerce.action_models import ActionState, OrderAction
from dragoman.core.commerce.actions.asking import Asker, ask
from dragoman.core.commerce.actions.disputes import answer_dispute, look_at_answer, note_dispute, send_answer
from dragoman.core.commerce.actions.executing import go_on
from dragoman.core.commerce.actions.mirror import mirror_order
from dragoman.core.commerce.actions.payment_hooks import read_payment_hook
from dragoman.core.commerce.actions.payments import (
    Given,
    change_payments,
    connect_payments,
    remove_payments,
    switch_payments,
)
from dragoman.core.commerce.actions.shops import shop_of_the_api
from dragoman.core.commerce.doers import offered
from dragoman.core.commerce.errors import (
    DisputeOver,
    MoreThanLeft,
    NotByProgram,
    NotForAgents,
    NotForDisputes,
    NotOffered,
)
from dragoman.core.commerce.evidence import pack_of
from dragoman.core.commerce.models import Dispute, Order, PaymentAccount, PaymentHook
from dragoman.core.commerce.paying import account_as_called, payment_accounts_of
from dragoman.core.commerce.personal import PERSONAL
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.wants import Wanted
from dragoman.core.connections.models import VendorAccount
from dragoman.core.notifications.models import Notification
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.providers.payments import paypal
from dragoman.ground.providers.payments.ports import Disputed
from dragoman.ground.providers.shops.facts import PaymentFacts, ShipmentFacts, TotalFacts
from dragoman.ground.providers.statuses import DisputeState
from dragoman.kit.errors import Refusal
from tests.people import House, a_house
from tests.servers.adyen import Adyen, adyen_account
from tests.servers.paypal import PayPal, paypal_app

from .facts import order as told

pytestmark = pytest.mark.django_db


@dataclass
class Till:
    """A house whose shop only tells us its orders, with accounts at Adyen and PayPal."""

    house: House
    lead: Agent
    mika: Agent
    adyen: Adyen
    paypal: PayPal
    at_adyen: PaymentAccount
    at_paypal: PaymentAccount

    def order(self, number: str, gateway: str, payment: str, amount: int = 9000) -> Order:
        paid = PaymentFacts(method="card", amount=amount, gateway=gateway, external_id=payment)
        shop = shop_of_the_api(self.house.brand)
        made = mirror_order(
            shop, facts=told(number, currency="EUR", payments=[paid], totals=TotalFacts(total=amount))
        ).order
        return order_by_id(self.house.workspace.pk, made.pk)

    def refund(self, order: Order, amount: int, key: str = "k1") -> OrderAction:
        wanted = Wanted(kind="refund", amount=amount)
        action = ask(order.workspace_id, order.pk, asker=Asker(self.lead, key), wanted=wanted)
        return self.go_on(action)

    def go_on(self, action: OrderAction) -> OrderAction:
        OrderAction.objects.filter(pk=action.pk, due_at__isnull=False).update(due_at=action.created_at)
        go_on(action.workspace_id, action.pk)
        action.refresh_from_db()
        return action

    def posted(self, row: PaymentAccount, body: bytes, headers: dict[str, str] | None = None):
        sent = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
        return Client().post(f"/hooks/{row.hook_key}", body, content_type="application/json", **sent)  # type: ignore[arg-type]


@pytest.fixture
def till() -> Iterator[Till]:
    house = a_house()
    paypal._tokens.clear()
    with adyen_account() as adyen, paypal_app() as app, house.acting():
        lead = house.greta
        mika = add_agent(house.workspace.pk, email="mika@kaisla.example", name="Mika", role=Role.AGENT)
        at_adyen = connect_payments(
            lead, vendor="adyen",
            given=Given("Adyen", {"merchant_account": adyen.merchant, "api_key": adyen.key, "hmac_key": adyen.hmac_key}),
        )  # fmt: skip
        at_paypal = connect_payments(
            lead, vendor="paypal",
            given=Given("PayPal", {"client_id": app.client, "client_secret": app.secret, "webhook_id": app.webhook}),
        )  # fmt: skip
        VendorAccount.objects.filter(pk=at_adyen.account_id).update(address=adyen.address)
        VendorAccount.objects.filter(pk=at_paypal.account_id).update(address=app.address)
        Workspace.objects.filter(pk=house.workspace.pk).update(undo_order_action=10)
        facts.forget()
        here = payment_accounts_of(house.workspace.pk)
        yield Till(house, lead, mika, adyen, app, here.get(pk=at_adyen.pk), here.get(pk=at_paypal.pk))


def test_a_refund_goes_by_who_took_the_money_and_never_twice(till):
    payment = till.adyen.paid(9000)
    order = till.order("K-1", "adyen", payment)
    assert ActionKind.REFUND in set(offered(order))
    till.adyen.faults = ["lost"]

    action = till.refund(order, 4000)

    assert action.state == ActionState.UNCONFIRMED
    action = till.go_on(action)
    assert (action.state, action.external_id) == (ActionState.DONE, till.adyen.refunds[0]["pspReference"])
    assert [one["value"] for one in till.adyen.refunds] == [4000]
    # the shop has not told of it, and it counts as gone all the same
    with pytest.raises(MoreThanLeft):
        till.refund(order, 5001, "k2")
    assert till.refund(order, 5000, "k3").state == ActionState.DONE
    assert [one["value"] for one in till.adyen.refunds] == [4000, 5000]


def test_a_refund_that_comes_back_later_is_failed_and_may_go_another_way(till):
    order = till.order("K-2", "adyen", till.adyen.paid(9000))
    action = till.refund(order, 9000)
    till.adyen.told()
    till.adyen.failed(action.external_id)
    assert till.posted(till.at_adyen, till.adyen.told()[0]).status_code == 200
    read_payment_hook(PaymentHook.objects.select_related("account__account").get())
    action.refresh_from_db()
    assert action.state == ActionState.FAILED and "came back" in action.failure


def test_paypal_refuses_what_is_more_than_its_capture_in_its_own_words(till):
    order = till.order("K-3", "paypal", till.paypal.captured("50.00"))
    action = till.refund(order, 9000)
    assert action.state == ActionState.FAILED and "less than or equal" in action.failure
    assert till.refund(order, 5000, "k2").state == ActionState.DONE


def test_without_a_live_account_no_refund_is_offered(till):
    order = till.order("K-4", "adyen", till.adyen.paid(9000))
    switch_payments(till.lead, till.at_adyen, on=False)
    assert ActionKind.REFUND not in set(offered(order))
    with pytest.raises(NotOffered):
        till.refund(order, 100)
    # unknown vendors, and payments without a number, are the shop's own matter
    assert ActionKind.REFUND not in set(offered(till.order("K-5", "klarna", "x1")))
    assert ActionKind.REFUND not in set(offered(till.order("K-6", "paypal", "")))


def test_webhooks_are_stored_sealed_once_and_a_forged_one_is_refused_with_a_line(till, caplog):
    till.adyen.paid(9000)
    body = till.adyen.told()[0]
    forged = body.replace(b"9000", b"9001")
    assert till.posted(till.at_adyen, forged).status_code == 401
    assert "refused" in caplog.text
    assert [till.posted(till.at_adyen, body).status_code for _n in range(2)] == [200, 200]
    (stored,) = PaymentHook.objects.all()
    assert b"pspReference" not in bytes(stored.sealed)
    assert till.posted(till.at_paypal, body).status_code == 401
    assert Client().post("/hooks/unknown", body, content_type="application/json").status_code == 401


def test_a_webhook_its_vendor_cannot_verify_now_is_asked_for_again(till):
    body, headers = till.paypal.event("PAYMENT.CAPTURE.COMPLETED", {"id": "x1"})
    VendorAccount.objects.filter(pk=till.at_paypal.account_id).update(address="http://127.0.0.1:9")
    assert till.posted(till.at_paypal, body, headers).status_code == 503
    assert not PaymentHook.objects.exists()


def _dispute(till: Till, number: str = "K-1001", **more) -> Dispute:
    payment = till.adyen.paid(9000, reference=number)
    till.order(number, "adyen", payment)
    till.adyen.told()
    till.adyen.charged_back(payment, ends=(timezone.now() + timedelta(days=9)).isoformat(timespec="seconds"))
    for body in till.adyen.told():
        assert till.posted(till.at_adyen, body).status_code == 200
    for hook in PaymentHook.objects.select_related("account__account"):
        read_payment_hook(hook)
    return Dispute.objects.get()


def test_a_dispute_comes_with_its_order_and_deadline_and_leads_are_told(till):
    dispute = _dispute(till)
    assert (dispute.order.number, dispute.amount, dispute.currency) == ("K-1001", 9000, "EUR")
    assert (dispute.state, dispute.scheme, dispute.code) == (DisputeState.OPEN, "visa", "10.4")
    opened = StoredEvent.objects.filter(name="DisputeOpened")
    assert opened.count() == 1
    tasks.tell_of_dispute(tasks.DisputeOpened(dispute_id=dispute.pk, order_id=dispute.order_id))
    assert {one.agent_id for one in Notification.objects.filter(kind="dispute_opened")} >= {till.lead.pk}


def test_what_comes_out_of_order_changes_nothing_and_what_is_newer_does(till):
    row, at = till.at_paypal, datetime(2026, 11, 20, tzinfo=UTC)

    def say(state: DisputeState, hours: int) -> Dispute:
        return note_dispute(row, Disputed(
            external_id="PP-D-1", payment="", amount=100, currency="EUR", reason="X", status=state, state=state,
            moved_at=at + timedelta(hours=hours), opened_at=at,
        ))  # fmt: skip

    say(DisputeState.OPEN, 0)
    say(DisputeState.WON, 5)
    assert say(DisputeState.REVIEW, 3).state == DisputeState.WON
    assert say(DisputeState.WON, 5).state == DisputeState.WON
    assert say(DisputeState.OPEN, 9).state == DisputeState.OPEN
    assert Dispute.objects.count() == 1


def test_evidence_is_sent_once_by_a_lead_and_says_all_that_is_known(till):
    dispute = _dispute(till)
    delivered = datetime(2026, 11, 19, 12, tzinfo=UTC)
    parcel = ShipmentFacts(
        carrier="DHL",
        tracking_number="JJD0001",
        status="delivered",
        shipped_at=delivered,
        delivered_at=delivered,
    )
    shop = shop_of_the_api(till.house.brand)
    mirror_order(
        shop, facts=told("K-1001", currency="EUR", shipments=[parcel], totals=TotalFacts(total=9000))
    )
    texts = "\n".join(part.text for chapter in pack_of(dispute).chapters for part in chapter.paragraphs)
    for word in ("K-1001", "JJD0001", "2026-11-19 12:00 UTC", "Loimu table lamp", "Somchai"):
        assert word in texts
    with pytest.raises(NotForDisputes):
        answer_dispute(till.mika, dispute, statement="It arrived.")

    answer_dispute(till.lead, dispute, statement="It arrived.")
    for _again in range(2):
        send_answer(dispute.workspace_id, dispute.pk)

    dispute.refresh_from_db()
    assert (dispute.answer, dispute.state, dispute.answered_by) == ("sent", DisputeState.REVIEW, till.lead)
    assert len([one for one in till.adyen.written if one.path.endswith("defendDispute")]) == 1
    assert len(dispute.paper_hash) == 64
    assert StoredEvent.objects.filter(name="DisputeAnswered").count() == 1
    with pytest.raises(DisputeOver):
        answer_dispute(till.lead, dispute, statement="Again.")


def test_an_answer_nobody_knows_of_is_looked_up_and_not_sent_again(till):
    number = till.paypal.disputed(
        till.paypal.captured("90.00"), due=(timezone.now() + timedelta(days=5)).isoformat()
    )
    tasks.ask_vendor(till.house.workspace.pk, till.at_paypal.pk)
    dispute = Dispute.objects.get(external_id=number)
    till.paypal.faults = ["lost"]
    answer_dispute(till.lead, dispute, statement="It arrived.")
    send_answer(dispute.workspace_id, dispute.pk)
    dispute.refresh_from_db()
    assert dispute.answer == "unsure"
    look_at_answer(dispute.workspace_id, dispute.pk)
    dispute.refresh_from_db()
    assert (dispute.answer, dispute.state, len(till.paypal.evidence)) == ("sent", DisputeState.REVIEW, 1)


def test_what_is_too_late_or_has_no_account_is_not_sent(till):
    dispute = _dispute(till)
    Dispute.objects.update(due_by=timezone.now() - timedelta(minutes=1))
    with pytest.raises(DisputeOver):
        answer_dispute(till.lead, dispute, statement="")
    Dispute.objects.update(due_by=None)
    remove_payments(till.lead, till.at_adyen)
    assert not VendorAccount.objects.filter(pk=till.at_adyen.account_id).exists()
    with pytest.raises(NotByProgram):
        answer_dispute(till.lead, dispute, statement="")


def test_a_deadline_is_warned_of_once_three_days_before(till):
    dispute = _dispute(till)
    tasks.watch_deadlines()
    assert not Notification.objects.filter(kind="dispute_due").exists()
    Dispute.objects.update(due_by=timezone.now() + timedelta(days=2))
    for _again in range(2):
        tasks.watch_deadlines()
    dispute.refresh_from_db()
    assert dispute.warned_at is not None
    assert Notification.objects.filter(kind="dispute_due", agent=till.lead).count() == 1


def test_accounts_are_for_leads_and_secrets_stay_where_none_is_typed(till):
    mika = till.mika
    with pytest.raises(NotForAgents):
        connect_payments(mika, vendor="stripe", given=Given("Mine", {"api_key": "sk_1"}))
    with pytest.raises(Refusal) as missing:
        connect_payments(till.lead, vendor="stripe", given=Given("Mine", {}))
    assert missing.value.details == {"field": "api_key"}
    change_payments(till.lead, till.at_adyen, given=Given("Ours", {"merchant_account": till.adyen.merchant}))
    row = payment_accounts_of(till.house.workspace.pk).get(pk=till.at_adyen.pk)
    assert (row.title, account_as_called(row).secrets["api_key"]) == ("Ours", till.adyen.key)
    assert till.adyen.key.encode() not in bytes(row.account.sealed)
    assert "api_key" not in json.dumps(row.settings)


def test_a_deleted_persons_dispute_keeps_what_books_need(till):
    dispute = _dispute(till)
    Dispute.objects.update(statement="Somchai wrote", **{})
    Dispute.objects.filter(order_id=dispute.order_id).update(**PERSONAL[Dispute])
    dispute.refresh_from_db()
    assert (dispute.statement, dispute.amount) == ("", 9000)
