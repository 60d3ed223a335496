"""What the strict PayPal refuses."""

import base64
import json
from typing import Any

import pytest

from .door import Answer, Call
from .paypal import PayPal


def _token(app: PayPal) -> str:
    pair = base64.b64encode(f"{app.client}:{app.secret}".encode()).decode()
    headers = {"authorization": f"Basic {pair}"}
    call = Call("POST", "/v1/oauth2/token", {}, headers, b"grant_type=client_credentials")
    return str(app.answer(call).body["access_token"])


def _send(app: PayPal, path: str, body: bytes, **headers: str) -> Answer:
    told = {"authorization": f"Bearer {_token(app)}", "content-type": "application/json"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    return app.answer(Call("POST", path, {}, told, body))


def _refund(app: PayPal, capture: str, body: Any, **headers: str) -> Answer:
    return _send(app, f"/v2/payments/captures/{capture}/refund", json.dumps(body).encode(), **headers)


def _get(app: PayPal, path: str, **query: str) -> Answer:
    return app.answer(Call("GET", path, query, {"authorization": f"Bearer {_token(app)}"}, b""))


def _money(value: Any, currency: str = "EUR") -> dict[str, Any]:
    return {"amount": {"currency_code": currency, "value": value}}


@pytest.mark.parametrize(
    ("currency", "body", "status", "issue"),
    [
        ("EUR", _money("10.01"), 422, "REFUND_AMOUNT_EXCEEDED"),
        ("EUR", _money("1.001"), 422, "DECIMAL_PRECISION"),
        ("EUR", _money("0.00"), 422, "CANNOT_BE_ZERO_OR_NEGATIVE"),
        ("EUR", _money("1", "USD"), 422, "REFUND_CAPTURE_CURRENCY_MISMATCH"),
        ("EUR", _money("1.000", "KWD"), 422, "INVALID_CURRENCY_CODE"),
        ("JPY", _money("1.00", "JPY"), 422, "DECIMALS_NOT_SUPPORTED"),
        ("HUF", _money("1.00", "HUF"), 422, "DECIMALS_NOT_SUPPORTED"),
        ("EUR", _money(1), 400, "INVALID_PARAMETER_SYNTAX"),
        ("EUR", _money("1,00"), 400, "INVALID_PARAMETER_SYNTAX"),
        ("EUR", {"colour": "red"}, 400, "INVALID_PARAMETER_SYNTAX"),
        ("EUR", {"amount": {"value": "1"}}, 400, "MISSING_REQUIRED_PARAMETER"),
        ("EUR", {"note_to_payer": "n" * 256}, 400, "INVALID_STRING_LENGTH"),
    ],
)
def test_what_the_pages_do_not_allow_is_refused(currency: str, body: Any, status: int, issue: str) -> None:
    app = PayPal()
    capture = app.captured("10.00" if currency == "EUR" else "10", currency)
    answer = _refund(app, capture, body)
    assert (answer.status, answer.body["details"][0]["issue"], app.refunds) == (status, issue, {})


def test_a_key_makes_a_refund_once_and_what_is_left_is_counted() -> None:
    app = PayPal()
    capture = app.captured("10.00")
    first = _refund(app, capture, _money("4.00"), paypal_request_id="a")
    again = _refund(app, capture, _money("4.00"), paypal_request_id="a", prefer="return=representation")
    assert (first.status, again.status, set(first.body)) == (201, 200, {"id", "status", "links"})
    assert again.body["id"] == first.body["id"] and again.body["amount"]["value"] == "4.00"
    assert _refund(app, capture, _money("6.01")).status == 422
    assert _get(app, f"/v2/payments/captures/{capture}").body["status"] == "PARTIALLY_REFUNDED"
    assert _refund(app, capture, {}).status == 201
    assert _refund(app, capture, _money("1")).body["details"][0]["issue"] == "CAPTURE_FULLY_REFUNDED"
    assert _get(app, f"/v2/payments/refunds/{first.body['id']}").status == 200
    assert _refund(app, "NONE", {}).body["name"] == "RESOURCE_NOT_FOUND"


def test_an_old_token_and_a_wrong_secret_are_let_nowhere() -> None:
    app = PayPal()
    token = _token(app)
    app.expire()
    call = Call("GET", "/v1/customer/disputes", {}, {"authorization": f"Bearer {token}"}, b"")
    assert app.answer(call).body["name"] == "AUTHENTICATION_FAILURE"
    pair = {"authorization": "Basic eDp5"}
    assert app.answer(Call("POST", "/v1/oauth2/token", {}, pair, b"")).body["error"] == "invalid_client"


def test_only_a_webhook_that_is_as_it_was_sent_is_verified() -> None:
    app = PayPal()
    body, headers = app.event("PAYMENT.CAPTURE.REFUNDED", {"id": "R1", "amount": {"value": "1.00"}})
    names = ("auth-algo", "cert-url", "transmission-id", "transmission-sig", "transmission-time")
    told = {name.replace("-", "_"): headers[f"paypal-{name}"] for name in names}

    def verified(event: bytes, **more: str) -> Answer:
        head = json.dumps({**told, "webhook_id": app.webhook, **more}).encode()
        raw = head[:-1] + b', "webhook_event": ' + event + b"}"
        return _send(app, "/v1/notifications/verify-webhook-signature", raw)

    assert verified(body).body == {"verification_status": "SUCCESS"}
    for event, more in (
        (body.replace(b"1.00", b"9.00"), {}),
        (json.dumps(json.loads(body), indent=1).encode(), {}),
        (body, {"webhook_id": "OTHER"}),
    ):
        assert verified(event, **more).body == {"verification_status": "FAILURE"}
    assert verified(body, auth_algo="").status == 400


def test_disputes_are_paged_and_take_evidence_once_and_in_parts() -> None:
    app = PayPal()
    capture = app.captured("10.00")
    first, _second, _third = (app.disputed(capture) for _one in range(3))
    page = _get(app, "/v1/customer/disputes", page_size="2").body
    assert ([len(page["items"]), page["links"][-1]["rel"]]) == [2, "next"]
    assert "seller_response_due_date" not in page["items"][0]
    assert _get(app, "/v1/customer/disputes", page_size="51").status == 400
    path = f"/v1/customer/disputes/{first}"
    assert _get(app, path).body["links"][-1]["rel"] == "provide_evidence"
    row: dict[str, Any] = {"evidence_type": "PROOF_OF_FULFILLMENT"}

    def provide(row: dict[str, Any], kind: str = "multipart/form-data; boundary=x") -> Answer:
        part = (
            b'--x\r\nContent-Disposition: form-data; name="input"\r\nContent-Type: application/json\r\n\r\n'
        )
        raw = part + json.dumps({"evidences": [row]}).encode() + b"\r\n--x--\r\n"
        return _send(app, f"{path}/provide-evidence", raw, content_type=kind)

    assert provide(row).body["details"][0]["issue"] == "MISSING_TRACKING_INFO"
    row["evidence_info"] = {"tracking_info": [{"carrier_name": "DHL", "tracking_number": "JD1"}]}
    assert provide(row, "application/json").status == 400
    assert provide(row).status == 200
    assert provide(row).body["details"][0]["issue"] == "ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE"
    assert _get(app, path).body["links"][-1]["rel"] == "self"
