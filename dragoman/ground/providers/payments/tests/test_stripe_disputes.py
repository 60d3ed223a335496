"""Stripe's disputes: listed and read with their deadlines, answered once, whatever becomes of an answer on its way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dragoman.ground.providers.payments.ports import Account, Evidence, NotSent, Sent
from dragoman.ground.providers.payments.stripe_disputes import StripeDisputes as Desk
from dragoman.ground.providers.statuses import DisputeState
from dragoman.ground.providers.translation.tests.servers.loopback import serving
from dragoman.kit.errors import Rejected, Unavailable

from .servers.stripe import KEY
from .servers.stripe_disputes import OPENED, StripeDisputes

ours = Desk()
EVIDENCE = Evidence(
    key="dragoman-1-dispute-1-1",
    text="It was delivered and signed for.",
    parcels=[
        Sent(carrier="Posti", number="JJFI1", shipped_at=datetime(2026, 11, 3, tzinfo=UTC)),
        Sent(carrier="DHL", number="00340", shipped_at=datetime(2026, 11, 2, tzinfo=UTC)),
        Sent(carrier="Pickup", number=""),
    ],
    name="Somchai",
    email="somchai@example.com",
    goods="1 × Lamp",
    policy="Thirty days.",
    paper=b"%PDF-1.7 all of it",
)


@pytest.fixture
def far() -> Iterator[tuple[StripeDisputes, Account]]:
    vendor = StripeDisputes()
    with serving(vendor) as place:
        yield vendor, Account(f"http://{place}", {"api_key": KEY})


def test_all_pages_of_disputes_are_read_since_a_day(far):
    vendor, account = far
    for _number in range(130):
        vendor.contested()
    found = ours.disputes(account, since=datetime.fromtimestamp(OPENED + 10, UTC))
    assert len({one.external_id for one in found}) == 120
    newest = found[0]
    assert (newest.external_id, newest.amount, newest.currency) == ("du_" + "130".zfill(24), 4990, "EUR")
    assert (newest.reason, newest.code, newest.scheme) == ("product_not_received", "13.1", "visa")
    assert newest.payment.startswith("pi_") and newest.due_by == datetime(2026, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("warning_needs_response", DisputeState.OPEN),
        ("warning_under_review", DisputeState.REVIEW),
        ("warning_closed", DisputeState.CLOSED),
        ("needs_response", DisputeState.OPEN),
        ("under_review", DisputeState.REVIEW),
        ("prevented", DisputeState.CLOSED),
        ("won", DisputeState.WON),
        ("lost", DisputeState.LOST),
    ],
)
def test_every_word_for_a_state_is_known(far, status, state):
    vendor, account = far
    found = ours.dispute(account, vendor.contested(status))
    assert found and (found.state, found.status) == (state, status)


@pytest.mark.parametrize("due_by", [0, None])
def test_where_the_bank_lets_nobody_answer_nothing_is_asked_of_us(far, due_by):
    vendor, account = far
    found = ours.dispute(account, vendor.contested(due_by=due_by))
    assert found and found.due_by is None and found.state == DisputeState.REVIEW


def test_a_dispute_over_another_means_of_payment_names_it_and_its_reason(far):
    vendor, account = far
    details = {"type": "klarna", "klarna": {"reason_code": "goods_not_received"}}
    found = ours.dispute(account, vendor.contested(payment_intent=None, payment_method_details=details))
    assert found and (found.scheme, found.code, found.payment) == ("klarna", "goods_not_received", "")


def test_what_does_not_exist_is_none_and_a_wrong_key_is_said(far):
    _vendor, account = far
    assert ours.dispute(account, "du_unknown") is None and ours.dispute(account, "../charges") is None
    with pytest.raises(Rejected, match="Invalid API Key"):
        ours.disputes(replace(account, secrets={"api_key": "sk_other"}), since=datetime.now(UTC))


def test_evidence_goes_with_its_parcels_and_its_paper_for_good(far):
    vendor, account = far
    number = vendor.contested("warning_needs_response")
    told = ours.submit(account, number, EVIDENCE)
    assert told and (told.state, told.status) == (DisputeState.REVIEW, "warning_under_review")
    kept = vendor.disputes[number]["evidence"]
    assert vendor.disputes[number]["evidence_details"]["submission_count"] == 1
    assert (kept["shipping_carrier"], kept["shipping_tracking_number"]) == ("Posti, DHL", "JJFI1, 00340")
    assert (kept["shipping_date"], kept["customer_name"]) == ("2026-11-02", "Somchai")
    assert vendor.files[kept["uncategorized_file"]]["size"] == len(EVIDENCE.paper)


def test_long_words_are_cut_to_what_stripe_takes_and_nothing_empty_is_said(far):
    vendor, account = far
    number = vendor.contested()
    long = "ö" * 30_000
    ours.submit(account, number, Evidence(key="k", text=long, goods=long, policy=long))
    kept = vendor.disputes[number]["evidence"]
    assert {name: len(value) for name, value in kept.items()} == {
        "uncategorized_text": 20_000, "product_description": 20_000, "refund_policy_disclosure": 20_000,
    }  # fmt: skip


@pytest.mark.parametrize("status", ["under_review", "won", "lost", "warning_closed", "prevented"])
def test_what_was_answered_or_decided_takes_no_evidence(far, status):
    vendor, account = far
    with pytest.raises(Rejected, match=status):
        ours.submit(account, vendor.contested(status), EVIDENCE)
    with pytest.raises(Rejected, match="No such dispute"):
        ours.submit(account, "du_unknown", EVIDENCE)


def test_after_a_broken_answer_the_dispute_says_that_it_was_answered(far):
    vendor, account = far
    number = vendor.contested()
    vendor.breaks = 1
    with pytest.raises(Unavailable) as lost:
        ours.submit(account, number, replace(EVIDENCE, paper=b""))
    assert not isinstance(lost.value, NotSent)
    assert ours.dispute(account, number).state == DisputeState.REVIEW
    # the same call with the same key is answered again, and done once
    assert ours.submit(account, number, replace(EVIDENCE, paper=b"")).state == DisputeState.REVIEW
    assert vendor.disputes[number]["evidence_details"]["submission_count"] == 1


def test_a_paper_that_failed_is_sent_anew_with_the_next_try(far):
    vendor, account = far
    number = vendor.contested()
    vendor.fails = 1
    with pytest.raises(NotSent):
        ours.submit(account, number, EVIDENCE)
    assert vendor.disputes[number]["status"] == "needs_response"
    assert ours.submit(account, number, EVIDENCE).state == DisputeState.REVIEW


def test_what_was_not_heard_is_tried_again_with_a_paper_made_anew(far):
    vendor, account = far
    number = vendor.contested()
    # the paper arrives, then Stripe is too busy for the words
    taken = vendor.write

    def busy_after(asked):
        vendor.busy, vendor.write = 1, taken
        return taken(asked)

    vendor.write = busy_after
    with pytest.raises(NotSent):
        ours.submit(account, number, EVIDENCE)
    assert len(vendor.files) == 1 and vendor.disputes[number]["status"] == "needs_response"
    anew = replace(EVIDENCE, paper=b"%PDF-1.7 made a minute later")
    assert ours.submit(account, number, anew).state == DisputeState.REVIEW
    with pytest.raises(NotSent):
        ours.submit(replace(account, address="http://127.0.0.1:9"), number, anew)
