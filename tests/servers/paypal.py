"""PayPal's REST APIs as developer.paypal.com and PayPal's published OpenAPI files tell them, strictly.

OAuth by client credentials, Payments v2 (captures and refunds), Disputes v1, and webhooks whose signature is verified by
asking. The signature here is no certificate's: only `verify-webhook-signature` can tell a true one, and it takes the event
only as it was sent, byte for byte, as the real one does (its checksum is of the raw body). Where the pages are silent: a
second call with a `PayPal-Request-Id` gets the state of the first whatever is in it. PayPal's own library (PyPI, paypal-server-sdk 2.4.0) was run against it once:
token, capture, refund with a key, and refusals.
"""

import base64
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Final
from urllib.parse import parse_qsl

from .door import Answer, Call, open_door

_CURRENCIES: Final = {
    "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "EUR", "HKD", "HUF", "ILS", "JPY", "MYR", "MXN", "TWD", "NZD", "NOK", "PHP",
    "PLN", "GBP", "SGD", "SEK", "CHF", "THB", "USD",
}  # fmt: skip
# PayPal's own list, which is not ISO 4217's: forints and New Taiwan dollars have two digits there
_WHOLE: Final = {"HUF", "JPY", "TWD"}
_REFUND: Final = {"amount", "invoice_id", "custom_id", "note_to_payer", "payment_instruction"}
_LONGEST: Final = {"invoice_id": 127, "custom_id": 127, "note_to_payer": 255}
_LIST: Final = {
    "start_time", "disputed_transaction_id", "page_size", "next_page_token", "dispute_state", "update_time_before",
    "update_time_after",
}  # fmt: skip
_EVIDENCE: Final = {
    "PROOF_OF_FULFILLMENT",
    "PROOF_OF_REFUND",
    "PROOF_OF_DELIVERY_SIGNATURE",
    "RETURN_POLICY",
    "OTHER",
}
_VERIFY: Final = {
    "auth_algo": r"[a-zA-Z0-9]{1,100}",
    "cert_url": r"https?://\S{1,490}",
    "transmission_id": r"(?!\d+$)\w\S{1,49}",
    "transmission_sig": r"(?!\d+$)\w\S{1,499}",
    "transmission_time": r"\d{4}-\d\d-\d\dT\S{1,80}",
    "webhook_id": r"[a-zA-Z0-9]{1,50}",
}
_MALFORMED: Final = "Request is not well-formed, syntactically incorrect, or violates schema."
_IMPOSSIBLE: Final = (
    "The requested action could not be performed, semantically incorrect, or failed business validation."
)
_ISSUES: Final = {
    "CANNOT_BE_ZERO_OR_NEGATIVE": "Must be greater than zero. If the currency supports decimals, only two decimal place precision is supported.",
    "CAPTURE_FULLY_REFUNDED": "The capture has already been fully refunded",
    "DECIMAL_PRECISION": "If the currency supports decimals, only two decimal place precision is supported.",
    "DECIMALS_NOT_SUPPORTED": "Currency does not support decimals.",
    "INVALID_CURRENCY_CODE": "Currency code is invalid or is not currently supported.",
    "REFUND_AMOUNT_EXCEEDED": "The refund amount must be less than or equal to the capture amount that has not yet been refunded.",
    "REFUND_CAPTURE_CURRENCY_MISMATCH": "Refund must be in the same currency as the capture.",
}


@dataclass
class PayPal:
    """An app; `faults` are what happens to the next calls that change: "busy", "lost", "broken", "in progress", "pending"."""

    address: str = ""
    client: str = "AeA1QIZXiflr1_-r0U2UbWTziOWX"
    secret: str = "ECYYrrSHdKfk_Q0EdvzdGkzj58a6"
    webhook: str = "1JE4291016473214C"
    captures: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    evidence: list[tuple[str, Any, list[str]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    written: list[Call] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    _kept: dict[str, str] = field(default_factory=dict)
    _of: dict[str, str] = field(default_factory=dict)
    _given: int = 0

    def captured(self, value: str, currency: str = "EUR", **told: Any) -> str:
        """Capture a payment and return its id."""
        number = self._number()
        money = {"currency_code": currency, "value": value}
        self.captures[number] = {
            "id": number,
            "status": "COMPLETED",
            "amount": money,
            "final_capture": True,
            "seller_receivable_breakdown": {"gross_amount": money},
            "create_time": "2026-11-20T09:15:00Z",
            "update_time": "2026-11-20T09:15:00Z",
            "links": self._links(f"captures/{number}", f"captures/{number}/refund"),
            **told,
        }
        return number

    def disputed(self, capture: str, *, due: str = "2026-12-18T10:15:30.000Z", **told: Any) -> str:
        """Open a dispute over a capture and return its id."""
        number = f"PP-D-{27803 + len(self.disputes)}"
        paid = self.captures[capture]
        self.disputes[number] = {
            "dispute_id": number,
            "create_time": "2026-11-22T10:00:00.000Z",
            "update_time": f"2026-11-22T10:00:0{len(self.disputes) % 10}.000Z",
            "disputed_transactions": [
                {
                    "seller_transaction_id": capture,
                    "gross_amount": paid["amount"],
                    "transaction_status": "COMPLETED",
                }
            ],
            "reason": "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
            "status": "WAITING_FOR_SELLER_RESPONSE",
            "dispute_state": "REQUIRED_ACTION",
            "dispute_amount": paid["amount"],
            "dispute_life_cycle_stage": "CHARGEBACK",
            "dispute_channel": "INTERNAL",
            "seller_response_due_date": due,
            **told,
        }
        return number

    def event(self, kind: str, resource: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        """Return the body and the headers of a webhook."""
        told = {
            "id": f"WH-{self._number()}-{len(self.tokens)}",
            "create_time": "2026-11-22T10:05:00Z",
            "resource_type": kind.split(".")[1].lower(),
            "event_type": kind,
            "summary": "",
            "resource": resource,
        }
        body = json.dumps(told).encode()
        sent, at = f"t{self._given}-d67a-11e5-baa3-778b53f4ae55", "2026-11-22T10:05:01Z"
        headers = {
            "paypal-transmission-id": sent,
            "paypal-transmission-time": at,
            "paypal-transmission-sig": self._sign(sent, at, self.webhook, body),
            "paypal-auth-algo": "SHA256withRSA",
            "paypal-cert-url": "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77",
            "content-type": "application/json",
        }
        return body, headers

    def expire(self) -> None:
        """Let all tokens be old."""
        self.tokens = ["" for _one in self.tokens]

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        if call.path == "/v1/oauth2/token":
            return self._token(call)
        kind, _blank, token = call.headers.get("authorization", "").partition(" ")
        if kind != "Bearer" or not token or token not in self.tokens:
            said = "Authentication failed due to missing authorization header, or invalid authentication credentials."
            return _no(401, "AUTHENTICATION_FAILURE", said)
        if call.method == "GET":
            return self._asked(call)
        if call.path == "/v1/notifications/verify-webhook-signature":
            return self._verified(call)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "busy":
            return _no(429, "RATE_LIMIT_REACHED", "Too many requests. Blocked due to rate limiting.")
        if fault == "in progress":
            return _no(409, "RESOURCE_CONFLICT", _IMPOSSIBLE, "PREVIOUS_REQUEST_IN_PROGRESS")
        told = self._done(call, fault)
        if fault == "broken":
            return _no(500, "INTERNAL_SERVER_ERROR", "An internal server error has occurred.")
        return replace(told, lost=fault == "lost")

    def _token(self, call: Call) -> Answer:
        pair = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        if call.headers.get("authorization") != f"Basic {pair}":
            told = {"error": "invalid_client", "error_description": "Client Authentication failed"}
            return Answer(401, told)
        form = dict(parse_qsl(call.body.decode()))
        if call.method != "POST" or form.get("grant_type") != "client_credentials":
            return Answer(
                400, {"error": "unsupported_grant_type", "error_description": "Unsupported grant_type"}
            )
        self.tokens.append(f"A21AAF{len(self.tokens):06d}")
        return Answer(
            200,
            {
                "scope": "https://uri.paypal.com/services/payments/refund",
                "access_token": self.tokens[-1],
                "token_type": "Bearer",
                "app_id": "APP-80W284485P519543T",
                "expires_in": 32400,
            },
        )

    def _asked(self, call: Call) -> Answer:
        if call.path == "/v1/customer/disputes":
            return self._list(call.query)
        kept = {"captures": self.captures, "refunds": self.refunds, "disputes": self.disputes}
        found = re.fullmatch(r"/v2/payments/(captures|refunds)/([^/]+)", call.path) or re.fullmatch(
            r"/v1/customer/(disputes)/([A-Za-z0-9-]+)", call.path
        )
        if not found or found[2] not in kept[found[1]]:
            return _missing()
        one = kept[found[1]][found[2]]
        return Answer(200, self._whole(one) if found[1] == "disputes" else one)

    def _done(self, call: Call, fault: str) -> Answer:
        if found := re.fullmatch(r"/v2/payments/captures/([^/]+)/refund", call.path):
            if call.headers.get("content-type", "").partition(";")[0] != "application/json":
                return _no(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "The server does not support the request payload's media type.",
                )
            return self._once(found[1], call, fault)
        if found := re.fullmatch(r"/v1/customer/disputes/([A-Za-z0-9-]+)/provide-evidence", call.path):
            return self._evidence(found[1], call)
        return _missing()

    def _once(self, capture: str, call: Call, fault: str) -> Answer:
        key = call.headers.get("paypal-request-id", "")
        if len(key) > 108:
            return _no(
                400, "INVALID_REQUEST", _MALFORMED, "INVALID_STRING_MAX_LENGTH", field="PayPal-Request-Id"
            )
        whole = "return=representation" in call.headers.get("prefer", "")
        if key in self._kept:
            return Answer(200, _shown(self.refunds[self._kept[key]], whole))
        try:
            body = call.json() or {}
        except ValueError:
            return _no(400, "INVALID_REQUEST", _MALFORMED, "MALFORMED_REQUEST_JSON")
        if wrong := _wrong_refund(body):
            return wrong
        paid = self.captures.get(capture)
        if paid is None:
            return _missing()
        left = Decimal(paid["amount"]["value"]) - self._back(capture)
        money = body.get("amount", {**paid["amount"], "value": str(left)})
        issue = _issue(money, paid["amount"]["currency_code"], left)
        if issue:
            return _impossible(issue)
        self.written.append(call)
        made = self._made(capture, body, money, "PENDING" if fault == "pending" else "COMPLETED")
        if key:
            self._kept[key] = made["id"]
        return Answer(201, _shown(made, whole))

    def _made(self, capture: str, body: dict[str, Any], money: dict[str, str], status: str) -> dict[str, Any]:
        number, paid = self._number(), self.captures[capture]
        made = {"id": number, "status": status, "amount": money}
        made |= {name: body[name] for name in _LONGEST if name in body}
        made |= {"create_time": "2026-11-22T11:00:00Z", "update_time": "2026-11-22T11:00:00Z"}
        self.refunds[number], self._of[number] = made, capture
        made["links"] = [
            {"href": f"{self.address}/v2/payments/refunds/{number}", "rel": "self", "method": "GET"},
            {"href": f"{self.address}/v2/payments/captures/{capture}", "rel": "up", "method": "GET"},
        ]
        back = self._back(capture)
        total = {"currency_code": money["currency_code"], "value": str(back)}
        made["seller_payable_breakdown"] = {"gross_amount": money, "total_refunded_amount": total}
        if status == "PENDING":
            made["status_details"] = {"reason": "ECHECK"}
        rest = Decimal(paid["amount"]["value"]) - back
        paid["status"] = "PARTIALLY_REFUNDED" if rest else "REFUNDED"
        return made

    def _back(self, capture: str) -> Decimal:
        made = [one for one in self.refunds.values() if self._of[one["id"]] == capture]
        return sum((Decimal(one["amount"]["value"]) for one in made), Decimal(0))

    def _list(self, query: dict[str, str]) -> Answer:
        if strange := sorted(set(query) - _LIST):
            return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_VALUE", field=strange[0])
        size = query.get("page_size", "10")
        if not size.isdigit() or not 1 <= int(size) <= 50:
            return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_VALUE", field="page_size")
        if "start_time" in query and "disputed_transaction_id" in query:
            return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_VALUE", field="start_time")
        found = [one for one in self.disputes.values() if _wanted(one, query)]
        skip = int(query.get("next_page_token", "0") or 0)
        page = found[skip : skip + int(size)]
        links = [{"href": f"{self.address}/v1/customer/disputes", "rel": "self", "method": "GET"}]
        if skip + len(page) < len(found):
            rest = f"?page_size={size}&next_page_token={skip + len(page)}"
            links.append({"href": links[0]["href"] + rest, "rel": "next", "method": "GET"})
        return Answer(200, {"items": [_summary(one) for one in page], "links": links})

    def _whole(self, one: dict[str, Any]) -> dict[str, Any]:
        here = f"{self.address}/v1/customer/disputes/{one['dispute_id']}"
        links = [{"href": here, "rel": "self", "method": "GET"}]
        if one["status"] == "WAITING_FOR_SELLER_RESPONSE":
            links.append({"href": f"{here}/provide-evidence", "rel": "provide_evidence", "method": "POST"})
        return {**one, "links": links}

    def _evidence(self, number: str, call: Call) -> Answer:
        one = self.disputes.get(number)
        if one is None:
            return _missing()
        parts = _parts(call)
        if parts is None or "input" not in parts:
            return _no(400, "INVALID_REQUEST", _MALFORMED, "MISSING_REQUIRED_PARAMETER", field="input")
        try:
            told = json.loads(parts["input"][1])
        except ValueError:
            return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_SYNTAX", field="input")
        if issue := _wrong_evidence(told):
            return _no(400, "INVALID_REQUEST", _MALFORMED, issue, field="evidences")
        if one["status"] != "WAITING_FOR_SELLER_RESPONSE":
            return _impossible("ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE")
        self.written.append(call)
        self.evidence.append((number, told, [name for name, _raw in parts.values() if name]))
        one |= {"status": "UNDER_REVIEW", "dispute_state": "UNDER_PAYPAL_REVIEW"}
        return Answer(200, {"links": self._whole(one)["links"]})

    def _verified(self, call: Call) -> Answer:
        try:
            told, raw = call.json(), _raw_event(call.body)
        except (ValueError, AttributeError):
            return _no(400, "VALIDATION_ERROR", "Invalid request - see details", "MALFORMED_REQUEST_JSON")
        for name, shape in _VERIFY.items():
            if not re.fullmatch(shape, str(told.get(name, ""))):
                return _no(
                    400, "VALIDATION_ERROR", "Invalid request - see details", "REQUIRED_FIELD", field=name
                )
        sign = self._sign(told["transmission_id"], told["transmission_time"], told["webhook_id"], raw)
        same = hmac.compare_digest(sign, told["transmission_sig"]) and told["webhook_id"] == self.webhook
        return Answer(200, {"verification_status": "SUCCESS" if same else "FAILURE"})

    def _sign(self, sent: str, at: str, webhook: str, body: bytes) -> str:
        text = f"{sent}|{at}|{webhook}|{zlib.crc32(body)}"
        return (
            "s"
            + base64.b64encode(
                hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).digest()
            ).decode()
        )

    def _links(self, here: str, refund: str) -> list[dict[str, str]]:
        base = f"{self.address}/v2/payments"
        return [
            {"href": f"{base}/{here}", "rel": "self", "method": "GET"},
            {"href": f"{base}/{refund}", "rel": "refund", "method": "POST"},
        ]

    def _number(self) -> str:
        self._given += 1
        return f"{self._given:04d}GG279541U4719"


def _wrong_refund(body: Any) -> Answer | None:
    if not isinstance(body, dict) or set(body) - _REFUND:
        return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_SYNTAX")
    for name, most in _LONGEST.items():
        if name in body and (not isinstance(body[name], str) or not 0 < len(body[name]) <= most):
            return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_STRING_LENGTH", field=f"/{name}")
    money = body.get("amount", {"currency_code": "EUR", "value": "1"})
    if not isinstance(money, dict) or set(money) != {"currency_code", "value"}:
        return _no(400, "INVALID_REQUEST", _MALFORMED, "MISSING_REQUIRED_PARAMETER", field="/amount")
    value = money["value"]
    if not isinstance(value, str) or len(value) > 32 or not re.fullmatch(r"-?[0-9]+|-?[0-9]*\.[0-9]+", value):
        return _no(400, "INVALID_REQUEST", _MALFORMED, "INVALID_PARAMETER_SYNTAX", field="/amount/value")
    return None


def _issue(money: dict[str, str], currency: str, left: Decimal) -> str:
    named, value = money["currency_code"], Decimal(money["value"])
    if named not in _CURRENCIES:
        return "INVALID_CURRENCY_CODE"
    if named in _WHOLE and "." in money["value"]:
        return "DECIMALS_NOT_SUPPORTED"
    if len(money["value"].partition(".")[2]) > 2:
        return "DECIMAL_PRECISION"
    if not left:
        return "CAPTURE_FULLY_REFUNDED"
    if value <= 0:
        return "CANNOT_BE_ZERO_OR_NEGATIVE"
    if named != currency:
        return "REFUND_CAPTURE_CURRENCY_MISMATCH"
    return "REFUND_AMOUNT_EXCEEDED" if value > left else ""


def _shown(made: dict[str, Any], whole: bool) -> dict[str, Any]:
    return made if whole else {name: made[name] for name in ("id", "status", "links")}


def _summary(one: dict[str, Any]) -> dict[str, Any]:
    left_out = {"seller_response_due_date", "evidences", "messages"}
    return {name: value for name, value in one.items() if name not in left_out}


def _wanted(one: dict[str, Any], query: dict[str, str]) -> bool:
    about = query.get("disputed_transaction_id")
    if about and all(row["seller_transaction_id"] != about for row in one["disputed_transactions"]):
        return False
    if query.get("dispute_state", one["dispute_state"]) != one["dispute_state"]:
        return False
    created, changed = (datetime.fromisoformat(one[name]) for name in ("create_time", "update_time"))
    return (
        created >= datetime.fromisoformat(query.get("start_time", one["create_time"]))
        and changed >= datetime.fromisoformat(query.get("update_time_after", one["update_time"]))
        and changed <= datetime.fromisoformat(query.get("update_time_before", one["update_time"]))
    )


def _parts(call: Call) -> dict[str, tuple[str, bytes]] | None:
    """Return the parts of a multipart body: name -> (name of the file, what is in it)."""
    kind = call.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return None
    told = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + call.body)
    return {
        str(part.get_param("name", header="content-disposition")): (
            part.get_filename() or "",
            part.get_payload(decode=True) or b"",
        )
        for part in told.iter_parts()
    }


def _wrong_evidence(told: Any) -> str:
    rows = told.get("evidences") if isinstance(told, dict) else None
    if not rows or not isinstance(rows, list):
        return "MISSING_REQUIRED_PARAMETER"
    for row in rows:
        about = row.get("evidence_info") or {}
        if row.get("evidence_type") not in _EVIDENCE or len(row.get("notes", "-")) not in range(1, 2001):
            return "INVALID_PARAMETER_VALUE"
        sent = about.get("tracking_info") or []
        if row["evidence_type"] == "PROOF_OF_FULFILLMENT" and not (
            sent and all(one.get("carrier_name") and one.get("tracking_number") for one in sent)
        ):
            return "MISSING_TRACKING_INFO"
        if row["evidence_type"] == "PROOF_OF_REFUND" and not about.get("refund_ids"):
            return "MISSING_REFUND_ID"
    return ""


def _raw_event(body: bytes) -> bytes:
    text = body.decode()
    found = re.search(r'"webhook_event"\s*:\s*', text)
    begin = found.end() if found else len(text)
    _told, end = json.JSONDecoder().raw_decode(text, begin)
    return text[begin:end].encode()


def _missing() -> Answer:
    said = "Specified resource ID does not exist. Please check the resource ID and try again."
    return _no(
        404, "RESOURCE_NOT_FOUND", "The specified resource does not exist.", "INVALID_RESOURCE_ID", said
    )


def _impossible(issue: str) -> Answer:
    return _no(422, "UNPROCESSABLE_ENTITY", _IMPOSSIBLE, issue, _ISSUES.get(issue, ""))


def _no(status: int, name: str, message: str, issue: str = "", said: str = "", *, field: str = "") -> Answer:
    told: dict[str, Any] = {"name": name, "message": message, "debug_id": "b1d1f06c7246c", "links": []}
    if issue:
        where = {"field": field} if field else {}
        told["details"] = [
            {**where, "issue": issue, "description": said or "The value of a field is invalid."}
        ]
    return Answer(status, told)


@contextmanager
def paypal_app() -> Iterator[PayPal]:
    """Run an app while the block runs."""
    app = PayPal()
    with open_door(app.answer) as address:
        app.address = address
        yield app
