"""Stripe's disputes and files as its documentation describes them: evidence is sent once, staged where it is not.

Written from https://docs.stripe.com/api/disputes, /api/files, /api/idempotent_requests and Stripe's published specification,
not from our client. The words of a refusal for what was answered or decided already are not published: its kind is.
"""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

from .stripe import Stripe, wrong

OPENED, DUE = 1795680000, 1796688000
LISTED = {"charge", "payment_intent", "limit", "starting_after", "ending_before", "expand[]"}
LISTED |= {"created", *(f"created[{one}]" for one in ("gt", "gte", "lt", "lte"))}
LONG = {
    "access_activity_log", "cancellation_policy_disclosure", "cancellation_rebuttal", "duplicate_charge_explanation",
    "product_description", "refund_policy_disclosure", "refund_refusal_explanation", "uncategorized_text",
}  # fmt: skip
SHORT = {
    "billing_address", "customer_email_address", "customer_name", "customer_purchase_ip", "duplicate_charge_id",
    "service_date", "shipping_address", "shipping_carrier", "shipping_date", "shipping_tracking_number",
}  # fmt: skip
PAPERS = {
    "cancellation_policy", "customer_communication", "customer_signature", "duplicate_charge_documentation", "receipt",
    "refund_policy", "service_documentation", "shipping_documentation", "uncategorized_file",
}  # fmt: skip
ANSWERED = {"needs_response": "under_review", "warning_needs_response": "warning_under_review"}
KINDS = {b"%PDF-": "pdf", b"\x89PNG": "png", b"\xff\xd8\xff": "jpg"}


@dataclass
class StripeDisputes(Stripe):
    """An account whose charges are contested, the oldest first in `disputes`."""

    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def contested(self, status: str = "needs_response", *, due_by: int | None = DUE, **more: Any) -> str:
        """Contest a new payment; returns the id of the dispute."""
        number = f"du_{len(self.disputes) + 1:024d}"
        intent = self.intents[self.paid(4990)]
        card = {"brand": "visa", "case_type": "chargeback", "network_reason_code": "13.1"}
        self.disputes[number] = {
            "id": number, "object": "dispute", "amount": 4990, "currency": "eur", "charge": intent["latest_charge"]["id"],
            "payment_intent": intent["id"], "reason": "product_not_received", "status": status, "livemode": False,
            "created": OPENED + len(self.disputes), "evidence": {}, "metadata": {}, "is_charge_refundable": False,
            "evidence_details": {"due_by": due_by, "has_evidence": False, "past_due": False, "submission_count": 0},
            "payment_method_details": {"type": "card", "card": card}, **more,
        }  # fmt: skip
        return number

    def read(self, asked: Asked) -> Answered:
        """Answer GET."""
        if asked.path == "/v1/disputes":
            return self._listed(asked.query)
        if found := re.fullmatch(r"/v1/disputes/(\w+)", asked.path):
            return Answered(200, self.disputes[found[1]]) if found[1] in self.disputes else _unknown(found[1])
        return super().read(asked)

    def _listed(self, query: Any) -> Answered:
        strange = [name for name in query if name not in LISTED]
        if strange:
            return wrong(400, f"Received unknown parameter: {strange[0]}", code="parameter_unknown")
        limit = query.get("limit", "10")
        if not limit.isdigit() or not 1 <= int(limit) <= 100:
            return wrong(400, "Invalid limit", param="limit")
        written = [query[name] for name in query if name.startswith("created")]
        if not all(re.fullmatch(r"\d{1,10}", one) for one in written):
            return wrong(400, "Invalid timestamp", code="parameter_invalid_integer", param="created")
        since = int(query.get("created[gte]", 0))
        rows = [one for one in reversed(self.disputes.values()) if one["created"] >= since]
        ids, begin = [one["id"] for one in rows], 0
        if after := query.get("starting_after"):
            if after not in self.disputes:
                return _unknown(after, "starting_after")
            begin = ids.index(after) + 1
        page, more = rows[begin : begin + int(limit)], begin + int(limit) < len(rows)
        return Answered(200, {"object": "list", "url": "/v1/disputes", "has_more": more, "data": page})

    def write(self, asked: Asked) -> Answered:
        """Answer POST."""
        if asked.path == "/v1/files":
            return self._filed(asked)
        if found := re.fullmatch(r"/v1/disputes/(\w+)", asked.path):
            given = dict(parse_qsl(asked.body.decode(), keep_blank_values=True))
            return (
                self._answered(self.disputes[found[1]], given)
                if found[1] in self.disputes
                else _unknown(found[1])
            )
        return super().write(asked)

    def _filed(self, asked: Asked) -> Answered:
        given = multipart(asked)
        if set(given) != {"purpose", "file"}:
            return wrong(400, "Missing required param, or one that is unknown", code="parameter_missing")
        kind = next((name for mark, name in KINDS.items() if given["file"].startswith(mark)), "")
        if given["purpose"] != b"dispute_evidence" or not kind:
            return wrong(400, "This purpose does not take such a file", param="file")
        number = f"file_{len(self.files) + 1:024d}"
        size = len(given["file"])
        self.files[number] = {
            "id": number, "object": "file", "purpose": "dispute_evidence", "size": size, "type": kind, "created": OPENED,
        }  # fmt: skip
        return Answered(200, self.files[number])

    def _answered(self, dispute: dict[str, Any], given: dict[str, str]) -> Answered:
        told = {name[9:-1]: value for name, value in given.items() if name.startswith("evidence[")}
        strange = set(told) - LONG - SHORT - PAPERS
        strange |= {name for name in given if not re.fullmatch(r"(evidence|metadata)\[\w+\]|submit", name)}
        if strange:
            name = min(strange)
            return wrong(400, f"Received unknown parameter: {name}", code="parameter_unknown", param=name)
        for name, value in told.items():
            if len(value) > (20_000 if name in LONG else 5000):
                return wrong(400, f"Invalid string: {name} is too long", param=f"evidence[{name}]")
            if name in PAPERS and value and value not in self.files:
                return wrong(400, f"No such file upload: '{value}'", code="resource_missing", param=name)
        if sum(len(value) for value in told.values()) > 150_000:
            return wrong(400, "The evidence is longer than 150,000 characters", param="evidence")
        if given.get("submit", "true") not in {"true", "false"}:
            return wrong(400, "Invalid boolean", param="submit")
        details = dispute["evidence_details"]
        if dispute["status"] not in ANSWERED or details["submission_count"] or not details["due_by"]:
            return wrong(400, f"Evidence cannot be changed: the dispute is {dispute['status']}")
        dispute["evidence"] |= {name: value or None for name, value in told.items()}
        details["has_evidence"] = any(dispute["evidence"].values())
        if given.get("submit", "true") == "true":
            details["submission_count"] += 1
            dispute["status"] = ANSWERED[dispute["status"]]
        return Answered(200, dispute)


def multipart(asked: Asked) -> dict[str, bytes]:
    """Return the parts of a body by their names, whatever stands between them."""
    kind = asked.headers.get("content-type", "")
    found = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + asked.body)
    parts = found.get_payload() if found.is_multipart() else []
    return {
        str(one.get_param("name", header="content-disposition")): one.get_payload(decode=True)
        for one in parts
    }


def _unknown(number: str, param: str = "dispute") -> Answered:
    return wrong(404, f"No such dispute: '{number}'", code="resource_missing", param=param)
