"""GLS Group's Track And Trace V1 as it is known, strictly: a token of OAuth client credentials, up to ten numbers a call.

Sources: public code that quotes the vendor's OpenAPI document 1.0.7 (dev-portal.gls-group.net, behind a log-in, not read): the
two paths, the statuses, `showEvents`, errors of three shapes (of a parcel in a 200, a problem document on 400 and 404, Apigee's
`fault` on 401, 403, 429), 500 requests a day. Not sourced: further fields of an event than `eventDateTime`, `description`,
`city`, `country`, its code's name (`code`), and the exact words of faults.
"""

import base64
import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

MOST: Final = 10  # numbers a call
STATUSES: Final = frozenset({
    "PLANNEDPICKUP", "PREADVICE", "INPICKUP", "NOTPICKEDUP", "INTRANSIT", "INWAREHOUSE", "INDELIVERY", "DELIVEREDPS",
    "DELIVERED", "NOTDELIVERED", "CANCELED",
})  # fmt: skip
_TRACK: Final = re.compile(r"/track-and-trace-v1/tracking/simple/(trackids|references)/([^/]+)")


def parcel(number: str = "53123456789", status: str = "INDELIVERY", **told: Any) -> dict[str, Any]:
    """Return a parcel as an answer shows one, newest event first."""
    assert status in STATUSES
    return {
        "requested": number,
        "unitno": number,
        "status": status,
        "statusDateTime": "2026-11-27T07:12:00+0100",
        "events": [
            {
                "code": "11.0",
                "city": "Wien",
                "postalCode": "1010",
                "country": "AT",
                "description": "The parcel is expected to be delivered during the day.",
                "eventDateTime": "2026-11-27T07:12:00+0100",
            },
            {
                "code": "1.0",
                "city": "Neuenstein",
                "postalCode": "36286",
                "country": "DE",
                "description": "The parcel has left the parcel center.",
                "eventDateTime": "2026-11-26T22:41:00+0100",
            },
        ],
        **told,
    }


@dataclass
class Gls:
    """One application: `parcels` by number; `broken` numbers fail at GLS; `quota` calls are left today."""

    client: str = "gls-client"
    secret: str = "gls-secret"
    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    quota: int = 500
    tokens: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        if asked.path in {"/oauth2/v1/token", "/oauth2/v2/token"}:  # v2: Authentication API v2, 2.0.0
            return self._token(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _fault(401, "Invalid Access Token", "keymanagement.service.invalid_access_token")
        if self.quota <= 0:
            return _fault(429, "Rate limit quota violation", "policies.ratelimit.QuotaViolation")
        self.quota -= 1
        found = _TRACK.fullmatch(asked.path)
        if found is None or asked.method != "GET":
            return _problem(404, "Not Found", "No static resource")
        if any(
            asked.query.get(name, "true") not in {"true", "false"} for name in ("showEvents", "showLinks")
        ):
            return _problem(400, "Bad Request", "showEvents and showLinks are true or false")
        numbers = found[2].split(",")
        if len(numbers) > MOST:
            return _problem(400, "Bad Request", f"At most {MOST} ids are allowed")
        events = asked.query.get("showEvents", "true") == "true"
        return Answered(200, {"parcels": [self._told(one, events) for one in numbers]})

    def _token(self, asked: Asked) -> Answered:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        pair = f"{self.client}:{self.secret}"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        inside = f"{form.get('client_id')}:{form.get('client_secret')}"
        if asked.method != "POST" or form.get("grant_type") != "client_credentials":
            return _fault(400, "Unsupported grant type", "steps.oauth.v2.InvalidGrantType")
        if asked.headers.get("authorization") != basic and inside != pair:
            return _fault(401, "Invalid client identifier", "oauth.v2.InvalidClientIdentifier")
        self.tokens.append(f"gls-token-{len(self.tokens)}")
        return Answered(200, {"access_token": self.tokens[-1], "token_type": "Bearer", "expires_in": "14399"})

    def _told(self, number: str, events: bool) -> dict[str, Any]:
        if number in self.broken:
            return {
                "requested": number,
                "errorCode": "E_500_01",
                "errorMessage": "The parcel could not be read.",
            }
        if number not in self.parcels:
            return {"requested": number, "errorCode": "E_404_01", "errorMessage": "No parcel was found."}
        told = deepcopy(self.parcels[number])
        return told if events else {name: value for name, value in told.items() if name != "events"}


def _fault(status: int, said: str, code: str) -> Answered:
    return Answered(status, {"fault": {"faultstring": said, "detail": {"errorcode": code}}})


def _problem(status: int, title: str, detail: str) -> Answered:
    return Answered(status, {"type": "about:blank", "title": title, "status": status, "detail": detail})
