"""Stripe: paid and refunded amounts, once and never more than is left; webhooks only with their signature, in time."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dragoman.ground.providers.payments.ports import Account, Hook, NotSent, RefundWish, gateways
from dragoman.ground.providers.payments.stripe import check_signature, from_wire, to_wire
from dragoman.ground.providers.statuses import MoneyStatus
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Forged, Rejected, Unavailable

from .servers.stripe import KEY, Stripe

SECRET = "whsec_test"
ours = gateways["stripe"]


@pytest.fixture
def far() -> Iterator[tuple[Stripe, Account]]:
    vendor = Stripe()
    with serving(vendor) as place:
        yield vendor, Account(f"http://{place}", {"api_key": KEY, "hook_secret": SECRET})


def wish(payment: str, amount: int = 1000, key: str = "refund-1", currency: str = "EUR") -> RefundWish:
    return RefundWish(key=key, payment=payment, amount=amount, currency=currency)


def test_an_account_is_checked_and_a_wrong_key_is_said(far):
    _vendor, account = far
    assert ours.check(account) == "Kaisla"
    with pytest.raises(Rejected, match="Invalid API Key"):
        ours.check(replace(account, secrets={"api_key": "sk_other"}))


def test_a_payment_names_its_means_and_never_its_number(far):
    vendor, account = far
    found = ours.payment(account, vendor.paid(4990))
    assert found and (found.amount, found.currency, found.method, found.said) == (
        4990,
        "EUR",
        "card",
        "Visa •••• 4242",
    )
    assert found.status == MoneyStatus.DONE and found.paid_at
    assert ours.payment(account, "pi_unknown") is None and ours.payment(account, "../charges") is None


def test_parts_are_refunded_up_to_what_is_left_and_no_further(far):
    vendor, account = far
    payment = vendor.paid(4990)
    done = ours.refund(account, wish(payment, 2000))
    assert (done.amount, done.currency, done.status, done.payment) == (2000, "EUR", MoneyStatus.DONE, payment)
    with pytest.raises(Rejected, match="greater than unrefunded"):
        ours.refund(account, wish(payment, 2991, "refund-2"))
    ours.refund(account, wish(payment, 2990, "refund-3"))
    with pytest.raises(Rejected, match="already been refunded"):
        ours.refund(account, wish(payment, 1, "refund-4"))
    assert ours.payment(account, payment).refunded == 4990 and len(vendor.refunds) == 2


def test_the_same_wish_twice_is_one_refund_and_another_body_is_refused(far):
    vendor, account = far
    payment = vendor.paid(4990)
    assert ours.refund(account, wish(payment)) == ours.refund(account, wish(payment))
    assert len(vendor.refunds) == 1
    with pytest.raises(Rejected, match="same parameters"):
        ours.refund(account, wish(payment, 1001))


def test_after_a_broken_answer_the_refund_is_found_and_never_made_again(far):
    vendor, account = far
    payment = vendor.paid(4990)
    assert ours.find(account, wish(payment)) is None
    vendor.breaks = 1
    with pytest.raises(Unavailable):
        ours.refund(account, wish(payment))
    # a day later the key of the call is forgotten, the mark on the refund is not
    vendor.kept.clear()
    found = ours.find(account, wish(payment))
    assert found and found.amount == 1000 and len(vendor.refunds) == 1


def test_a_refund_is_found_behind_more_than_one_page(far):
    vendor, account = far
    payment = vendor.paid(100_000)
    for number in range(120):
        ours.refund(account, wish(payment, 10, f"key-{number}"))
    assert ours.find(account, wish(payment, 10, "key-3")).external_id == "re_" + "4".zfill(24)


def test_what_was_not_heard_may_be_tried_again(far):
    vendor, account = far
    payment = vendor.paid(4990)
    vendor.busy = 1
    with pytest.raises(NotSent):
        ours.refund(account, wish(payment))
    with pytest.raises(NotSent):
        ours.refund(replace(account, address="http://127.0.0.1:9"), wish(payment))
    assert not vendor.refunds


@pytest.mark.parametrize(
    ("minor", "currency", "wire"),
    [
        (4990, "EUR", 4990),
        (5000, "JPY", 5000),
        (1230, "KWD", 1230),
        (500, "ISK", 50_000),
        (500, "UGX", 50_000),
        (500, "MGA", 5),
    ],
)
def test_amounts_are_counted_as_stripe_counts_them(minor, currency, wire):
    assert to_wire(minor, currency) == wire and from_wire(wire, currency) == minor


@pytest.mark.parametrize(("minor", "currency"), [(1234, "KWD"), (550, "MGA")])
def test_an_amount_it_cannot_move_is_refused_and_not_rounded(minor, currency):
    with pytest.raises(Rejected):
        to_wire(minor, currency)


def signed(body: bytes, *, at: float | None = None, secret: str = SECRET) -> str:
    stamp = str(int(time.time() if at is None else at))
    made = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"t={stamp},v1={made}"


def event(kind: str, thing: dict) -> bytes:
    return json.dumps({"id": "evt_1", "object": "event", "type": kind, "data": {"object": thing}}).encode()


DISPUTE = {
    "id": "dp_1", "object": "dispute", "amount": 4990, "currency": "eur", "payment_intent": "pi_1", "charge": "ch_1",
    "reason": "product_not_received", "status": "needs_response", "evidence_details": {"due_by": 1796688000},
}  # fmt: skip


def told(account: Account, body: bytes, header: str | None = None):
    return ours.told(account, Hook({"stripe-signature": signed(body) if header is None else header}, body))


def test_a_dispute_comes_with_its_deadline_and_a_refund_with_its_state(far):
    _vendor, account = far
    found = told(account, event("charge.dispute.created", DISPUTE))
    (dispute,) = found.disputes
    assert (dispute.reason, dispute.amount, dispute.currency, dispute.payment) == (
        "product_not_received",
        4990,
        "EUR",
        "pi_1",
    )
    assert (
        dispute.due_by and dispute.due_by.isoformat() == "2026-12-08T00:00:00+00:00" and found.key == "evt_1"
    )
    refund = {
        "id": "re_1",
        "object": "refund",
        "amount": 5,
        "currency": "eur",
        "payment_intent": "pi_1",
        "status": "failed",
    }
    assert told(account, event("refund.failed", refund)).refunds[0].status == MoneyStatus.FAILED
    assert told(
        account, event("payment_intent.succeeded", {"id": "pi_9", "object": "payment_intent"})
    ).payments == ["pi_9"]


@pytest.mark.parametrize("header", ["", "t=1", "v1=ab", "t=x,v1=ab", "t=1,v1=é", "t=99999999999999,v1=ab"])
def test_what_is_not_signed_is_forged(far, header):
    with pytest.raises(Forged):
        told(far[1], event("charge.dispute.created", DISPUTE), header)


def test_a_signature_of_another_secret_another_body_or_another_hour_is_forged(far):
    body = event("charge.dispute.created", DISPUTE)
    for header in (
        signed(body, secret="whsec_other"),
        signed(body + b" "),
        signed(body, at=time.time() - 301),
    ):
        with pytest.raises(Forged):
            told(far[1], body, header)
    with pytest.raises(Forged):
        ours.told(
            replace(far[1], secrets={"api_key": KEY}),
            Hook({"stripe-signature": signed(body, secret="")}, body),
        )
    # two secrets while one is being replaced: either may match
    check_signature(SECRET, body, signed(body).replace("v1=", "v1=00,v1="))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b'{"id":1,"type":"x","data":[]}'])
def test_what_cannot_be_read_is_refused(far, body):
    with pytest.raises(Rejected):
        told(far[1], body)
