"""What the strict Adyen refuses, and that its signature is the one of Adyen's own example."""

import json
from typing import Any

import pytest

from .adyen import Adyen, signature_of
from .door import Answer, Call


def _send(account: Adyen, path: str, body: Any, **headers: str) -> Answer:
    told = {"x-api-key": account.key, "content-type": "application/json"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return account.answer(Call("POST", path, {}, told, json.dumps(body).encode()))


def _refund(account: Adyen, payment: str, value: Any = 500, **more: Any) -> Answer:
    headers = {name: more.pop(name) for name in ("idempotency_key", "x_api_key") if name in more}
    body = {"merchantAccount": account.merchant, "amount": {"value": value, "currency": "EUR"}, **more}
    return _send(account, f"/v71/payments/{payment}/refunds", body, **headers)


def _told(account: Adyen) -> list[dict[str, Any]]:
    return [json.loads(one)["notificationItems"][0]["NotificationRequestItem"] for one in account.told()]


def test_the_signature_is_the_one_of_adyens_example() -> None:
    item = {
        "pspReference": "7914073381342284",
        "merchantAccountCode": "TestMerchant",
        "merchantReference": "TestPayment-1407325143704",
        "amount": {"value": 1130, "currency": "EUR"},
        "eventCode": "AUTHORISATION",
        "success": "true",
    }
    key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
    assert signature_of(item, key) == "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0="


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"x_api_key": "no"}, 401, "000"),
        ({"merchantAccount": "Other"}, 403, "901"),
        ({"colour": "red"}, 400, "702"),
        ({"value": "500"}, 422, "137"),
        ({"value": 0}, 422, "137"),
        ({"amount": None}, 422, "100"),
        ({"reference": "r" * 81}, 422, "702"),
        ({"merchantRefundReason": "WHIM"}, 422, "702"),
        ({"idempotency_key": "k" * 65}, 422, "702"),
    ],
)
def test_what_the_pages_do_not_allow_is_refused(told: dict[str, Any], status: int, code: str) -> None:
    account = Adyen()
    answer = _refund(account, account.paid(9068), **told)
    assert (answer.status, answer.body["errorCode"], account.refunds) == (status, code, [])
    assert _refund(account, "NONE").body["errorCode"] == "167"


def test_a_refund_is_only_received_and_one_above_what_is_left_fails_by_webhook() -> None:
    account = Adyen()
    payment = account.paid(1000)
    assert _refund(account, payment, 600, idempotency_key="a").body["status"] == "received"
    again = _refund(account, payment, 600, idempotency_key="a")
    assert (again.headers, len(account.refunds)) == ({"idempotency-key": "a"}, 1)
    assert _refund(account, payment, 600, idempotency_key="b").status == 201
    events = [(one["eventCode"], one["success"], one["reason"]) for one in _told(account)[1:]]
    assert events == [("REFUND", "true", ""), ("REFUND", "false", "Insufficient balance on payment")]
    account.failed(account.refunds[0]["pspReference"])
    assert [one["eventCode"] for one in _told(account)] == ["REFUND_FAILED"]


def test_a_call_under_way_and_a_busy_vendor_have_their_own_words() -> None:
    account = Adyen(faults=["in progress", "busy", "broken"])
    payment = account.paid(1000)
    told = _refund(account, payment, idempotency_key="a")
    assert (told.body["errorCode"], told.headers) == ("704", {"transient-error": "true"})
    assert _refund(account, payment, idempotency_key="a").status == 429
    assert not account.refunds
    assert _refund(account, payment, idempotency_key="a").status == 500
    assert _refund(account, payment, idempotency_key="a").status == 201 and len(account.refunds) == 1


def test_a_dispute_is_defended_with_its_papers_until_its_end() -> None:
    account = Adyen()
    payment = account.paid(1000)
    number = account.charged_back(payment, ends="2999-12-18T10:15:30+01:00")
    late = account.charged_back(payment, ends="2020-12-18T10:15:30+01:00")
    about = {"merchantAccountCode": account.merchant, "disputePspReference": number}
    base = "/ca/services/DisputeService/v30"
    defence = {**about, "defenseReasonCode": "SupplyDefenseMaterial"}
    assert not _send(account, f"{base}/defendDispute", defence).body["disputeServiceResult"]["success"]
    paper = {
        "defenseDocumentTypeCode": "DefenseMaterial",
        "contentType": "application/pdf",
        "content": "JVBERi0=",
    }
    for wrong in ({**paper, "content": "%%"}, {**paper, "colour": "red"}):
        assert (
            _send(account, f"{base}/supplyDefenseDocument", {**about, "defenseDocuments": [wrong]}).status
            == 422
        )
    assert _send(account, f"{base}/supplyDefenseDocument", {**about, "defenseDocuments": [paper]}).body[
        "disputeServiceResult"
    ]["success"]
    reasons = _send(account, f"{base}/retrieveApplicableDefenseReasons", about).body["defenseReasons"]
    assert [one["satisfied"] for one in reasons] == [False, True]
    assert _send(account, f"{base}/defendDispute", defence).body["disputeServiceResult"]["success"]
    assert not _send(account, f"{base}/defendDispute", {**defence, "disputePspReference": late}).body[
        "disputeServiceResult"
    ]["success"]
    account.decided(number, won=True)
    events = [one["eventCode"] for one in _told(account)[-2:]]
    assert events == ["INFORMATION_SUPPLIED", "CHARGEBACK_REVERSED"]
