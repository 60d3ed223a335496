"""Adyen's Checkout API v71, Disputes API v30 and standard webhooks as Adyen's pages tell them, strictly.

Written from https://docs.adyen.com (api-idempotency, error-codes, verify-hmac-signatures, online-payments/refund,
disputes-api) and Adyen's published OpenAPI files. A refund is only ever `received`; what becomes of it comes by webhook:
`told()` hands out what waits. Where the pages are silent: a second call with a key gets the first answer whatever is in
it, and a key of more than 64 characters is refused with 702. Adyen's own library (PyPI, 16.0.0) was run against it once:
refund with a key, refusal, signatures of webhooks, and a dispute defended.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Final

from .door import Answer, Call, open_door

_REFUND: Final = {
    "merchantAccount", "amount", "reference", "merchantRefundReason", "lineItems", "splits", "store", "applicationInfo",
    "capturePspReference", "enhancedSchemeData",
}  # fmt: skip
_CANCEL: Final = {"merchantAccount", "reference", "applicationInfo", "enhancedSchemeData"}
_REASONS: Final = {"FRAUD", "CUSTOMER REQUEST", "RETURN", "DUPLICATE", "OTHER"}
_DISPUTE: Final = {"merchantAccountCode", "disputePspReference"}
_DISPUTES: Final = {
    "retrieveApplicableDefenseReasons": _DISPUTE,
    "supplyDefenseDocument": {*_DISPUTE, "defenseDocuments"},
    "deleteDisputeDefenseDocument": {*_DISPUTE, "defenseDocumentType"},
    "defendDispute": {*_DISPUTE, "defenseReasonCode"},
    "acceptDispute": _DISPUTE,
}
_DOCUMENT: Final = {"defenseDocumentTypeCode", "contentType", "content"}
_SIZES: Final = {
    "image/jpg": 10_000_000, "image/jpeg": 10_000_000, "image/tiff": 10_000_000, "application/pdf": 2_000_000,
}  # fmt: skip
# reason -> {type of document: must it be there?}
_DEFENCES: Final = {
    "GoodsNotReturned": {"GoodsNotReturned": True, "TIDorInvoice": False},
    "SupplyDefenseMaterial": {"DefenseMaterial": True, "TIDorInvoice": False},
}
_SIGNED: Final = (
    "pspReference", "originalReference", "merchantAccountCode", "merchantReference", "value", "currency", "eventCode",
    "success",
)  # fmt: skip


def signature_of(item: dict[str, Any], key: str) -> str:
    """Return the signature of a NotificationRequestItem: eight fields with colons between, HMAC-SHA256, base64."""
    told = {**item, **item["amount"]}
    text = ":".join(str(told.get(name, "")) for name in _SIGNED)
    return base64.b64encode(hmac.new(bytes.fromhex(key), text.encode(), hashlib.sha256).digest()).decode()


@dataclass
class Adyen:
    """A merchant account; `faults` are what happens to the next calls: "busy", "lost", "broken", "in progress"."""

    address: str = ""
    key: str = "AQEyhmfxK-test"
    merchant: str = "KaislaECOM"
    hmac_key: str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: list[dict[str, Any]] = field(default_factory=list)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    written: list[Call] = field(default_factory=list)
    _waiting: list[dict[str, Any]] = field(default_factory=list)
    _kept: dict[str, Answer] = field(default_factory=dict)
    _given: int = 0

    def paid(
        self, amount: int, currency: str = "EUR", *, reference: str = "order-7", captured: bool = True
    ) -> str:
        """Take a payment and return its pspReference; its AUTHORISATION waits in `told()`."""
        number = self._number("P")
        one = {
            "value": amount,
            "currency": currency,
            "reference": reference,
            "captured": captured,
            "refunded": 0,
        }
        self.payments[number] = one
        item = self._item("AUTHORISATION", number, "", one, reference=reference)
        self._waiting.append({**item, "reason": "036147:1111:03/2030", "paymentMethod": "visa"})
        return number

    def charged_back(self, payment: str, *, ends: str = "2026-12-18T10:15:30+01:00", amount: int = 0) -> str:
        """Open a dispute over a payment and return its pspReference; its two webhooks wait."""
        number, paid = self._number("D"), self.payments[payment]
        one = {"payment": payment, "ends": ends, "documents": {}, "status": "Undefended"}
        one |= {
            "value": amount or paid["value"],
            "currency": paid["currency"],
            "reference": paid["reference"],
        }
        self.disputes[number] = one
        for event in ("NOTIFICATION_OF_CHARGEBACK", "CHARGEBACK"):
            self._waiting.append(self._disputed(event, number))
        return number

    def decided(self, dispute: str, *, won: bool) -> None:
        """End a dispute."""
        self.disputes[dispute]["status"] = "Won" if won else "Lost"
        self._waiting.append(self._disputed("CHARGEBACK_REVERSED" if won else "SECOND_CHARGEBACK", dispute))

    def failed(self, refund: str) -> None:
        """Let a refund that was accepted fail at the card's bank, days later."""
        one = next(one for one in self.refunds if one["pspReference"] == refund)
        self.payments[one["payment"]]["refunded"] -= one["value"]
        item = self._item("REFUND_FAILED", refund, one["payment"], one, reference=one["reference"])
        self._waiting.append({**item, "reason": "Contact your Adyen account manager"})

    def told(self) -> list[bytes]:
        """Hand out the webhooks that wait, signed, each the body of a POST of its own."""
        bodies = [self.posted(one) for one in self._waiting]
        self._waiting.clear()
        return bodies

    def posted(self, item: dict[str, Any]) -> bytes:
        """Return the body of a webhook with one item, signed."""
        extra = {**item.get("additionalData", {}), "hmacSignature": signature_of(item, self.hmac_key)}
        one = {"NotificationRequestItem": {**item, "additionalData": extra}}
        return json.dumps({"live": "false", "notificationItems": [one]}).encode()

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        if call.headers.get("x-api-key") != self.key:
            return _no(401, "000", "HTTP Status Response - Unauthorized", kind="security")
        if call.method == "GET" and call.path == "/v3/me":
            return Answer(
                200, {"id": "S2-1", "companyName": "Kaisla", "associatedMerchantAccounts": [self.merchant]}
            )
        if call.method != "POST":
            return _no(404, "000", "Not Found", kind="internal")
        if not call.headers.get("content-type", "").startswith("application/json"):
            return _no(415, "000", "Unsupported Media Type", kind="internal")
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "busy":
            return Answer(429, {"status": 429, "errorCode": "000", "message": "Too many requests"})
        told = self._once(call, fault)
        if fault == "broken":
            return _no(500, "905", "Internal error", kind="internal")
        return replace(told, lost=fault == "lost")

    def _once(self, call: Call, fault: str) -> Answer:
        key = call.headers.get("idempotency-key", "")
        if len(key) > 64:
            return _no(422, "702", "The idempotency key has more than 64 characters")
        if fault == "in progress":
            told = _no(422, "704", "request already processed or in progress")
            return replace(told, headers={"transient-error": "true"})
        if key in self._kept:
            return self._kept[key]
        try:
            body = call.json()
        except ValueError:
            return _no(400, "000", "Unable to parse message")
        self.written.append(call)
        answer = self._routed(call.path, body)
        if key:
            answer.headers["idempotency-key"] = key
            if answer.status < 500:
                self._kept[key] = answer
        return answer

    def _routed(self, path: str, body: Any) -> Answer:
        if not isinstance(body, dict):
            return _no(400, "000", "Unable to parse message")
        if found := re.fullmatch(r"/v71/payments/(\w+)/(refunds|cancels)", path):
            return self._refund(found[1], body) if found[2] == "refunds" else self._cancel(found[1], body)
        if path == "/v71/paymentMethods":
            wrong = self._wrong("PaymentMethodsRequest", body, {"merchantAccount", "countryCode", "amount"})
            return wrong or Answer(200, {"paymentMethods": [{"name": "Cards", "type": "scheme"}]})
        found = re.fullmatch(r"/ca/services/DisputeService/v30/(\w+)", path)
        if found and found[1] in _DISPUTES:
            return self._dispute(found[1], body)
        return _no(404, "000", "Not Found", kind="internal")

    def _wrong(self, name: str, body: dict[str, Any], known: set[str], account: str = "") -> Answer | None:
        if strange := sorted(set(body) - known):
            said = f"Structure of {name} contains the following unknown fields: [{', '.join(strange)}]"
            return _no(400, "702", said)
        if body.get(account or "merchantAccount") != self.merchant:
            return _no(403, "901", "Invalid Merchant Account", kind="security")
        reference = body.get("reference", "")
        if not isinstance(reference, str) or len(reference) > 80:
            return _no(422, "702", "The reference has more than 80 characters")
        return None

    def _refund(self, payment: str, body: dict[str, Any]) -> Answer:
        wrong = self._wrong("PaymentRefundRequest", body, _REFUND) or _wrong_amount(body.get("amount"))
        if wrong:
            return wrong
        if body.get("merchantRefundReason", "OTHER") not in _REASONS:
            return _no(422, "702", "merchantRefundReason is not one of the values")
        paid = self.payments.get(payment)
        if paid is None:
            return _no(422, "167", "Original pspReference required for this operation")
        number, amount = self._number("R"), body["amount"]
        why = ""
        if amount["currency"] != paid["currency"] or not paid["captured"]:
            why = "Transaction hasn't been captured, refund not possible"
        elif paid["refunded"] + amount["value"] > paid["value"]:
            why = "Insufficient balance on payment"
        else:
            paid["refunded"] += amount["value"]
        reference = body.get("reference", "")
        made = {"pspReference": number, "payment": payment, "reference": reference, **amount}
        if not why:
            self.refunds.append(made)
        item = self._item("REFUND", number, payment, amount, reference=reference or paid["reference"])
        self._waiting.append({**item, "success": "false" if why else "true", "reason": why})
        return self._received(number, payment, body)

    def _cancel(self, payment: str, body: dict[str, Any]) -> Answer:
        if wrong := self._wrong("PaymentCancelRequest", body, _CANCEL):
            return wrong
        paid = self.payments.get(payment)
        if paid is None:
            return _no(422, "167", "Original pspReference required for this operation")
        number = self._number("C")
        done = not paid["captured"]
        item = self._item("CANCELLATION", number, payment, paid, reference=body.get("reference", ""))
        self._waiting.append({**item, "success": "true" if done else "false"})
        return self._received(number, payment, body)

    def _received(self, number: str, payment: str, body: dict[str, Any]) -> Answer:
        told = {name: body[name] for name in ("merchantAccount", "amount", "reference") if name in body}
        return Answer(
            201, {**told, "paymentPspReference": payment, "pspReference": number, "status": "received"}
        )

    def _dispute(self, what: str, body: dict[str, Any]) -> Answer:
        known = _DISPUTES[what]
        if wrong := self._wrong(f"{what[0].upper()}{what[1:]}Request", body, known, "merchantAccountCode"):
            return wrong
        if missing := sorted(known - set(body)):
            return _no(422, "702", f"Required field '{missing[0]}' is not provided")
        one = self.disputes.get(body["disputePspReference"])
        if one is None:
            return _result("Dispute not found")
        if what == "retrieveApplicableDefenseReasons":
            return Answer(200, {"defenseReasons": _reasons(one), "disputeServiceResult": {"success": True}})
        if one["status"] != "Undefended" or datetime.fromisoformat(one["ends"]) < datetime.now(UTC):
            return _result("The dispute is not defendable")
        if what == "supplyDefenseDocument":
            return _supplied(one, body["defenseDocuments"])
        if what == "deleteDisputeDefenseDocument":
            gone = one["documents"].pop(body["defenseDocumentType"], None)
            return _result("" if gone else "Document not found")
        if what == "defendDispute":
            wanted = _DEFENCES.get(body["defenseReasonCode"])
            if wanted is None:
                return _result("Invalid defense reason code")
            if any(must and name not in one["documents"] for name, must in wanted.items()):
                return _result("Required documents are missing")
        one["status"] = "Pending" if what == "defendDispute" else "Accepted"
        event = "INFORMATION_SUPPLIED" if what == "defendDispute" else "DISPUTE_DEFENSE_PERIOD_ENDED"
        self._waiting.append(self._disputed(event, body["disputePspReference"]))
        return _result("")

    def _item(
        self, event: str, number: str, original: str, amount: dict[str, Any], *, reference: str
    ) -> dict[str, Any]:
        item: dict[str, Any] = {
            "amount": {"value": amount["value"], "currency": amount["currency"]},
            "eventCode": event,
            "eventDate": "2026-11-22T11:00:00+01:00",
            "merchantAccountCode": self.merchant,
            "merchantReference": reference,
            "pspReference": number,
            "reason": "",
            "success": "true",
        }
        return {**item, "originalReference": original} if original else item

    def _disputed(self, event: str, number: str) -> dict[str, Any]:
        one = self.disputes[number]
        extra = {
            "chargebackReasonCode": "10.4",
            "chargebackSchemeCode": "visa",
            "defendable": "true",
            "defensePeriodEndsAt": one["ends"],
            "disputeStatus": one["status"],
        }
        item = self._item(event, number, one["payment"], one, reference=one["reference"])
        told = {
            "reason": "Other Fraud-Card Absent Environment",
            "paymentMethod": "visa",
            "additionalData": extra,
        }
        return {**item, **told}

    def _number(self, letter: str) -> str:
        self._given += 1
        return f"{letter}{self._given:015d}"


def _wrong_amount(amount: Any) -> Answer | None:
    if not isinstance(amount, dict):
        return _no(422, "100", "Required object 'amount' is not provided.")
    if strange := sorted(set(amount) - {"value", "currency"}):
        return _no(400, "702", f"Structure of Amount contains the following unknown fields: {strange}")
    if type(amount.get("value")) is not int or amount["value"] <= 0:
        return _no(422, "137", "Invalid amount specified")
    if not re.fullmatch(r"[A-Z]{3}", str(amount.get("currency"))):
        return _no(422, "138", "Unsupported currency specified")
    return None


def _reasons(one: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "defenseReasonCode": reason,
            "satisfied": all(name in one["documents"] or not must for name, must in wanted.items()),
            "defenseDocumentTypes": [
                {
                    "defenseDocumentTypeCode": name,
                    "requirementLevel": "Required" if must else "Optional",
                    "available": name in one["documents"],
                }
                for name, must in wanted.items()
            ],
        }
        for reason, wanted in _DEFENCES.items()
    ]


def _supplied(one: dict[str, Any], documents: Any) -> Answer:
    names = {name for wanted in _DEFENCES.values() for name in wanted}
    if not isinstance(documents, list) or any(set(paper) != _DOCUMENT for paper in documents):
        return _no(422, "702", "Required field 'defenseDocuments' is not provided")
    for paper in documents:
        try:
            size = len(base64.b64decode(paper["content"], validate=True))
        except (binascii.Error, ValueError):
            return _no(422, "702", "The content is not base64")
        if paper["defenseDocumentTypeCode"] not in names:
            return _result("Invalid defense document type")
        if not 0 < size <= _SIZES.get(paper["contentType"], 0):
            return _result("The document is too large, or of a type that is not taken")
    one["documents"] |= {paper["defenseDocumentTypeCode"]: paper for paper in documents}
    return _result("")


def _result(complaint: str) -> Answer:
    told = {"success": False, "errorMessage": complaint} if complaint else {"success": True}
    return Answer(200, {"disputeServiceResult": told})


def _no(status: int, code: str, message: str, *, kind: str = "validation") -> Answer:
    return Answer(status, {"status": status, "errorCode": code, "message": message, "errorType": kind})


@contextmanager
def adyen_account() -> Iterator[Adyen]:
    """Run an account while the block runs."""
    account = Adyen()
    with open_door(account.answer) as address:
        account.address = address
        yield account
