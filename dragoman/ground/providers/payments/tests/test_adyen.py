"""Adyen: a refund asked for once, told by signed webhooks; four currencies counted its way; a dispute defended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from dragoman.ground.providers.payments import adyen_disputes
from dragoman.ground.providers.payments.adyen import Adyen as Ours
from dragoman.ground.providers.payments.ports import (
    Account,
    Evidence,
    Hook,
    NotSent,
    RefundWish,
    desks,
    gateways,
)
from dragoman.ground.providers.statuses import DisputeState, MoneyStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.adyen import Adyen, adyen_account

ours = gateways["adyen"]
assert isinstance(ours, Ours) and adyen_disputes


@pytest.fixture
def far() -> Iterator[tuple[Adyen, Account]]:
    with adyen_account() as vendor:
        secrets = {"api_key": vendor.key, "hmac_key": vendor.hmac_key}
        yield vendor, Account(vendor.address, secrets, {"merchant_account": vendor.merchant})


wish = partial(RefundWish, key="dragoman-1-7", currency="EUR", amount=1000)


def _told(account: Account, body: bytes):
    return ours.told(account, Hook({}, body))


def test_an_account_opens_or_says_why_not(far):
    vendor, account = far
    assert ours.check(account) == vendor.merchant
    with pytest.raises(Rejected, match="Unauthorized"):
        ours.check(replace(account, secrets={"api_key": "another"}))


def test_a_refund_is_asked_for_once_and_its_end_is_told_by_webhook(far):
    vendor, account = far
    payment = vendor.paid(4990)
    vendor.told()
    vendor.faults = ["lost"]
    with pytest.raises(Unavailable):
        ours.refund(account, wish(payment=payment))

    found = ours.find(account, wish(payment=payment, asked_at=datetime.now(UTC)))

    assert found and (found.amount, found.status, found.payment) == (1000, MoneyStatus.PENDING, payment)
    assert len(vendor.refunds) == 1
    (back,) = _told(account, vendor.told()[0]).refunds
    assert (back.external_id, back.amount, back.status) == (found.external_id, 1000, MoneyStatus.DONE)
    vendor.failed(found.external_id)
    assert _told(account, vendor.told()[0]).refunds[0].status == MoneyStatus.FAILED


def test_an_old_key_is_never_sent_again(far):
    vendor, account = far
    long_ago = datetime.now(UTC) - timedelta(days=6, hours=1)
    for asked_at in (None, long_ago):
        with pytest.raises(Unavailable, match="Customer Area"):
            ours.find(account, wish(payment=vendor.paid(4990), asked_at=asked_at))
    assert vendor.refunds == []


@pytest.mark.parametrize(
    ("fault", "error"), [("busy", NotSent), ("broken", Unavailable), ("in progress", Unavailable)]
)
def test_what_was_not_heard_is_told_from_what_nobody_knows(far, fault, error):
    vendor, account = far
    vendor.faults = [fault]
    with pytest.raises(error):
        ours.refund(account, wish(payment=vendor.paid(4990)))


@pytest.mark.parametrize(
    ("currency", "minor", "wire"), [("JPY", 500, 500), ("KWD", 1234, 1234), ("ISK", 700, 70000), ("CLP", 700, 70000), ("IDR", 70000, 700)]
)  # fmt: skip
def test_amounts_are_counted_as_adyen_counts_them(far, currency, minor, wire):
    vendor, account = far
    payment = vendor.paid(10 * wire, currency)
    (paid,) = _told(account, vendor.told()[0]).paid
    assert (paid.amount, paid.currency) == (10 * minor, currency)
    ours.refund(account, wish(payment=payment, currency=currency, amount=minor))
    assert vendor.refunds[0]["value"] == wire
    if currency == "IDR":
        with pytest.raises(Rejected, match="this fine"):
            ours.refund(account, wish(payment=payment, currency="IDR", amount=70001, key="another"))


def test_a_forged_notification_is_refused_and_so_is_another_merchants(far):
    vendor, account = far
    vendor.paid(4990)
    body = vendor.told()[0]
    for other in (body.replace(b"4990", b"4991"), b"{}", b"[1]", b"", body.replace(b"hmacSignature", b"x")):
        with pytest.raises(Forged):
            _told(account, other)
    with pytest.raises(Forged):
        _told(replace(account, secrets={}), body)
    with pytest.raises(Forged, match="another merchant"):
        _told(replace(account, settings={"merchant_account": "Mallory"}), body)
    assert ours.told(replace(account, secrets={}), Hook({}, body), again=True).paid


def test_a_dispute_is_told_with_its_deadline_and_defended_with_a_paper(far):
    vendor, account = far
    payment = vendor.paid(4990, reference="K-1001")
    vendor.told()
    number = vendor.charged_back(payment)
    told = [_told(account, one).disputes[0] for one in vendor.told()]
    assert {one.external_id for one in told} == {number}
    one = told[-1]
    assert (one.payment, one.reference, one.scheme, one.code, one.state) == (
        payment,
        "K-1001",
        "visa",
        "10.4",
        DisputeState.OPEN,
    )
    assert one.due_by == datetime(2026, 12, 18, 9, 15, 30, tzinfo=UTC)

    desks["adyen"].submit(account, number, Evidence(key="e1", text="It was delivered.", paper=b"%PDF-1.4"))

    assert vendor.disputes[number]["status"] == "Pending"
    assert _told(account, vendor.told()[-1]).disputes[0].state == DisputeState.REVIEW
    with pytest.raises(Rejected, match="not defendable"):
        desks["adyen"].submit(account, number, Evidence(key="e1", text="Again", paper=b"%PDF-1.4"))
    vendor.decided(number, won=False)
    assert _told(account, vendor.told()[-1]).disputes[0].state == DisputeState.LOST
