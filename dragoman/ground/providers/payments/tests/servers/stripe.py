"""Stripe as its documentation describes it: form-encoded calls, idempotency keys, refunds never above what is left.

Written from https://docs.stripe.com/api (authentication, errors, idempotent requests, PaymentIntents, Refunds), not from our
client: what a call lacks is an error here.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

KEY = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
REFUND = {"payment_intent", "charge", "amount", "reason", "currency", "instructions_email", "expand[]"}
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}


def wrong(
    status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
) -> Answered:
    error = {
        "type": kind,
        "message": message,
        **({"code": code} if code else {}),
        **({"param": param} if param else {}),
    }
    return Answered(status, {"error": error})


@dataclass
class Stripe:
    """One account: intents by id. So many next calls that write: `breaks` does them and answers 502; `fails` does nothing,
    answers 500, and keeps that under the call's key, as Stripe says it does."""

    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, tuple[bytes, Answered]] = field(default_factory=dict)
    breaks: int = 0
    fails: int = 0
    busy: int = 0

    def paid(self, amount: int, currency: str = "eur", method: str = "card") -> str:
        number = f"pi_{len(self.intents) + 1:024d}"
        details = {"type": method, method: {"brand": "visa", "last4": "4242"} if method == "card" else {}}
        charge = {"id": f"ch_{number[3:]}", "object": "charge", "amount": amount, "amount_refunded": 0, "created": 1795680000,
                  "payment_method_details": details, "disputed": False}  # fmt: skip
        self.intents[number] = {
            "id": number, "object": "payment_intent", "amount": amount, "amount_received": amount, "currency": currency,
            "status": "succeeded", "latest_charge": charge, "created": 1795680000,
        }  # fmt: skip
        return number

    def __call__(self, asked: Asked) -> Answered:
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return wrong(401, "Invalid API Key provided: sk_test_****", code="api_key_invalid")
        if not re.fullmatch(r"20\d\d-\d\d-\d\d(\.\w+)?", asked.headers.get("stripe-version", "")):
            return wrong(400, "Invalid Stripe API version")
        if self.busy:
            self.busy -= 1
            return Answered(429, {"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests"}}, {"Retry-After": "2"})  # fmt: skip
        if asked.method == "POST":
            return self._once(asked)
        return self.read(asked)

    def read(self, asked: Asked) -> Answered:
        """Answer GET."""
        if asked.path == "/v1/account":
            return Answered(
                200,
                {"id": "acct_1", "object": "account", "settings": {"dashboard": {"display_name": "Kaisla"}}},
            )
        if found := re.fullmatch(r"/v1/payment_intents/(\w+)", asked.path):
            intent = self.intents.get(found[1])
            if intent is None:
                return wrong(
                    404, f"No such payment_intent: '{found[1]}'", code="resource_missing", param="intent"
                )
            if asked.query.get("expand[]") != "latest_charge":
                return Answered(200, {**intent, "latest_charge": intent["latest_charge"]["id"]})
            return Answered(200, intent)
        if asked.path == "/v1/refunds":
            return self._list(asked)
        return wrong(404, f"Unrecognized request URL ({asked.method}: {asked.path})")

    def _list(self, asked: Asked) -> Answered:
        rows = [
            one
            for one in reversed(self.refunds)
            if one["payment_intent"] == asked.query.get("payment_intent")
        ]
        ids = [one["id"] for one in rows]
        after = asked.query.get("starting_after")
        begin = ids.index(after) + 1 if after in ids else 0
        limit = int(asked.query.get("limit", "10"))
        if not 1 <= limit <= 100:
            return wrong(400, "Invalid limit", param="limit")
        page = rows[begin : begin + limit]
        return Answered(
            200, {"object": "list", "data": page, "has_more": begin + limit < len(rows), "url": "/v1/refunds"}
        )

    def _once(self, asked: Asked) -> Answered:
        form = "multipart/form-data" if asked.path == "/v1/files" else "application/x-www-form-urlencoded"
        if not asked.headers.get("content-type", "").startswith(form):
            return wrong(400, f"Invalid request: the body must be {form}")
        key = asked.headers.get("idempotency-key", "")
        # what stands between the parts of a file is no parameter
        mark = asked.headers["content-type"].partition("boundary=")[2].encode()
        body = (asked.path.encode() + b"\n" + asked.body).replace(mark or b"\0", b"")
        if len(key) > 255:
            return wrong(400, "Idempotency keys must be at most 255 characters", kind="idempotency_error")
        if key in self.kept:
            before, answer = self.kept[key]
            if before != body:
                said = "Keys for idempotent requests can only be used with the same parameters they were first used with."
                return wrong(400, said, kind="idempotency_error")
            return Answered(answer.status, answer.body, {**answer.headers, "Idempotent-Replayed": "true"})
        if self.fails:
            self.fails -= 1
            answer = Answered(500, {"error": {"type": "api_error", "message": "An unknown error occurred"}})
        else:
            answer = self.write(asked)
        # what fails validation began nothing, and is not kept
        if key and not 400 <= answer.status < 500:
            self.kept[key] = (body, answer)
        if self.breaks:
            self.breaks -= 1
            return Answered(502, {"error": {"type": "api_error", "message": "Bad gateway"}})
        return answer

    def write(self, asked: Asked) -> Answered:
        """Answer POST."""
        if asked.path == "/v1/refunds":
            return self._refund(dict(parse_qsl(asked.body.decode(), keep_blank_values=True)))
        return wrong(404, f"Unrecognized request URL ({asked.method}: {asked.path})")

    def _refund(self, given: dict[str, str]) -> Answered:
        strange = [
            name for name in given if name not in REFUND and not re.fullmatch(r"metadata\[\w{1,40}\]", name)
        ]
        if strange:
            return wrong(
                400, f"Received unknown parameter: {strange[0]}", code="parameter_unknown", param=strange[0]
            )
        intent = self.intents.get(given.get("payment_intent", ""))
        if intent is None:
            return wrong(404, "No such payment_intent", code="resource_missing", param="payment_intent")
        if given.get("reason", "duplicate") not in REASONS:
            return wrong(400, "Invalid reason", param="reason")
        charge = intent["latest_charge"]
        left = charge["amount"] - charge["amount_refunded"]
        written = given.get("amount", str(left))
        if not re.fullmatch(r"\d{1,12}", written) or int(written) < 1:
            return wrong(400, f"Invalid integer: {written}", code="parameter_invalid_integer", param="amount")
        if left == 0:
            return wrong(
                400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
            )
        if int(written) > left:
            return wrong(
                400,
                f"Refund amount ({written}) is greater than unrefunded amount on charge ({left})",
                param="amount",
            )
        charge["amount_refunded"] += int(written)
        metadata = {name[9:-1]: value for name, value in given.items() if name.startswith("metadata[")}
        refund = {
            "id": f"re_{len(self.refunds) + 1:024d}", "object": "refund", "amount": int(written), "currency": intent["currency"],
            "payment_intent": intent["id"], "charge": charge["id"], "status": "succeeded", "created": 1795766400,
            "metadata": metadata, "reason": given.get("reason"),
        }  # fmt: skip
        self.refunds.append(refund)
        return Answered(200, refund)
