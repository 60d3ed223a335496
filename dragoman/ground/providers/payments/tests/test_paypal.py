"""PayPal: captures read and refunded once, found again by their key; events verified by PayPal; disputes answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from dragoman.ground.providers.payments import paypal, paypal_desk
from dragoman.ground.providers.payments.ports import (
    Account,
    Evidence,
    Hook,
    NotSent,
    RefundWish,
    Sent,
    desks,
    gateways,
)
from dragoman.ground.providers.statuses import DisputeState, MoneyStatus
from dragoman.kit.errors import Forged, Rejected, Unavailable
from tests.servers.paypal import PayPal, paypal_app

ours, desk = gateways["paypal"], desks["paypal"]
assert paypal_desk


@pytest.fixture
def far() -> Iterator[tuple[PayPal, Account]]:
    with paypal_app() as vendor:
        paypal._tokens.clear()
        settings = {"client_id": vendor.client, "webhook_id": vendor.webhook}
        yield vendor, Account(vendor.address, {"client_secret": vendor.secret}, settings)


wish = partial(RefundWish, key="dragoman-1-7", currency="EUR", amount=1000)


def test_an_account_opens_and_an_old_token_is_made_anew(far):
    vendor, account = far
    assert ours.check(account) == vendor.client
    vendor.expire()
    assert ours.payment(account, vendor.captured("49.90"))
    with pytest.raises(Rejected, match="Client Authentication failed"):
        ours.check(replace(account, secrets={"client_secret": "another"}))


def test_a_capture_is_read_and_an_unknown_one_is_none(far):
    vendor, account = far
    found = ours.payment(account, vendor.captured("49.90"))
    assert found and (found.amount, found.currency, found.status, found.method) == (
        4990,
        "EUR",
        MoneyStatus.DONE,
        "paypal",
    )
    assert ours.payment(account, "nothing") is None
    assert ours.payment(account, "../disputes") is None


@pytest.mark.parametrize("fault", ["lost", "broken"])
def test_a_refund_whose_answer_never_came_is_found_and_not_done_twice(far, fault):
    vendor, account = far
    capture = vendor.captured("49.90")
    vendor.faults = [fault]
    with pytest.raises(Unavailable):
        ours.refund(account, wish(payment=capture))
    found = ours.find(account, wish(payment=capture, asked_at=datetime.now(UTC)))
    assert found and (found.amount, found.status) == (1000, MoneyStatus.DONE)
    assert len(vendor.refunds) == 1
    with pytest.raises(Unavailable, match="no longer knows"):
        ours.find(account, wish(payment=capture))


def test_what_never_arrived_is_known_not_to_be_done(far):
    vendor, account = far
    capture = vendor.captured("49.90")
    vendor.faults = ["busy"]
    with pytest.raises(NotSent):
        ours.refund(account, wish(payment=capture))
    assert ours.find(account, wish(payment=capture, asked_at=datetime.now(UTC))) is None
    assert vendor.refunds == {}


def test_more_than_is_left_is_refused_in_paypals_words(far):
    vendor, account = far
    capture = vendor.captured("10.00")
    ours.refund(account, wish(payment=capture, amount=400))
    with pytest.raises(Rejected, match="less than or equal"):
        ours.refund(account, wish(payment=capture, amount=601, key="another"))


def test_amounts_have_paypals_decimals(far):
    vendor, account = far
    yen, forint = vendor.captured("5000", "JPY"), vendor.captured("5000", "HUF")
    ours.refund(account, wish(payment=yen, currency="JPY", amount=500))
    ours.refund(account, wish(payment=forint, currency="HUF", amount=50000, key="two"))
    assert [one["amount"]["value"] for one in vendor.refunds.values()] == ["500", "500"]
    assert ours.payment(account, forint).amount == 500000  # type: ignore[union-attr]
    with pytest.raises(Rejected, match="this fine"):
        ours.refund(account, wish(payment=forint, currency="HUF", amount=50050, key="three"))
    with pytest.raises(Rejected, match="KWD"):
        ours.refund(account, wish(payment=forint, currency="KWD", key="four"))


def test_an_event_is_verified_by_paypal_byte_for_byte(far):
    vendor, account = far
    capture = vendor.captured("49.90")
    back = ours.refund(account, wish(payment=capture))
    body, headers = vendor.event("PAYMENT.CAPTURE.REFUNDED", vendor.refunds[back.external_id])
    told = ours.told(account, Hook(headers, body))
    assert (told.payments, told.refunds[0].external_id, told.refunds[0].amount) == (
        [capture],
        back.external_id,
        1000,
    )
    forged = [
        (body.replace(b"10.00", b"99.00"), headers), (body, {}), (b"{", headers),
        (body, {**headers, "paypal-transmission-sig": "sforged"}),
    ]  # fmt: skip
    for other, signed in forged:
        with pytest.raises(Forged):
            ours.told(account, Hook(signed, other))
    with pytest.raises(Forged):
        ours.told(replace(account, settings={"client_id": vendor.client}), Hook(headers, body))


def test_disputes_are_listed_read_and_answered_with_proof_of_delivery(far):
    vendor, account = far
    number = vendor.disputed(vendor.captured("49.90"))
    for _one in range(2):
        vendor.disputed(vendor.captured("5.00"))
    listed = desk.disputes(account, since=datetime(2026, 11, 1, tzinfo=UTC))
    assert len(listed) == 3
    assert listed[0].due_by == datetime(2026, 12, 18, 10, 15, 30, tzinfo=UTC)
    parcel = Sent(carrier="DHL", number="00340434161094042557")

    desk.submit(account, number, Evidence(key="e1", text="Delivered.", parcels=[parcel], paper=b"%PDF-1.4"))

    (_number, told, papers) = vendor.evidence[0]
    assert told["evidences"][0]["evidence_info"]["tracking_info"][0]["tracking_number"] == parcel.number
    assert papers == ["evidence.pdf"]
    now = desk.dispute(account, number)
    assert now and now.state == DisputeState.REVIEW
    with pytest.raises(Rejected):
        desk.submit(account, number, Evidence(key="e2", text="Again."))
    assert desk.dispute(account, "PP-D-0") is None
