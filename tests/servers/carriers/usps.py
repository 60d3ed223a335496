"""USPS's Tracking API v3 as USPS/api-examples tells it, strictly: a token of client credentials, one number a call.

Sources: github.com/USPS/api-examples (the vendor's own: the token's request and answer in JSON, `expand=detail`, the shape of the
detail, `TrackResults` for a summary, figures and flags as text), api-evangelist's copy of the OpenAPI document (`expand` is
SUMMARY or DETAIL). Not sourced: the case of `expand` in use (both are taken), the status of a number without a scan (`absent`;
400 in one public client, 404 in others), the hour's limit (60, as its FAQ is quoted) and a `Retry-After`. `eventTimestamp` ends in
Z and is nevertheless local at the place, as the detail's own `statusSummary` shows.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

_PATH: Final = "/tracking/v3/tracking/"
_NUMBER: Final = re.compile(r"[0-9]{20,34}|[A-Z]{2}[0-9]{9}[A-Z]{2}")


def package(number: str = "9400111899223397910390", **told: Any) -> dict[str, Any]:
    """Return a package's detail as the pages show one."""
    return {
        "destinationCity": "CEDAR RAPIDS",
        "destinationState": "IA",
        "destinationZIP": "52404",
        "emailEnabled": "true",
        "kahalaIndicator": "false",
        "mailClass": "Priority Mail<SUP>&reg;</SUP>",
        "mailType": "DM",
        "originCity": "RICHMOND",
        "originState": "VA",
        "originZIP": "23227",
        "proofOfDeliveryEnabled": "false",
        "restoreEnabled": "false",
        "RRAMEnabled": "false",
        "RREEnabled": "false",
        "services": "USPS Tracking<SUP>&#174;</SUP>",
        "serviceTypeCode": "14",
        "status": "USPS in possession of item",
        "statusCategory": "Accepted",
        "statusSummary": "USPS is now in possession of your item as of 7:31 am on November 24, 2026 in RICHMOND, VA 23227.",
        "trackingEvents": [event("USPS in possession of item", "2026-11-24T07:31:00Z", code="03")],
        "trackingNumber": number,
        **told,
    }


def event(
    kind: str, at: str, *, code: str, city: str = "RICHMOND", country: str | None = None
) -> dict[str, Any]:
    """Return an event as the pages show one."""
    return {
        "eventType": kind,
        "eventTimestamp": at,
        "eventCountry": country,
        "eventCity": city,
        "eventState": None if country else "VA",
        "eventZIP": None if country else "23227",
        "firm": None,
        "name": None,
        "authorizedAgent": "false",
        "eventCode": code,
        "additionalProp": None,
    }


@dataclass
class Usps:
    """One application: `packages` by number; `left` calls in this hour."""

    client: str = "usps-key"
    secret: str = "usps-secret"
    packages: dict[str, dict[str, Any]] = field(default_factory=dict)
    absent: int = 404
    left: int = 60
    tokens: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        if asked.path == "/oauth2/v3/token":
            return self._token(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _error(401, "Unauthorized", "The access token is invalid or has expired.")
        if self.left <= 0:
            return _error(
                429, "Too Many Requests", "Too many requests have been received.", {"Retry-After": "60"}
            )
        self.left -= 1
        number, expand = asked.path.removeprefix(_PATH), asked.query.get("expand", "SUMMARY").upper()
        if asked.method != "GET" or not asked.path.startswith(_PATH):
            return _error(404, "Not Found", "The resource does not exist.")
        if set(asked.query) - {"expand"} or expand not in {"SUMMARY", "DETAIL"}:
            return _error(400, "Invalid parameter", "expand is SUMMARY or DETAIL")
        if not _NUMBER.fullmatch(number):
            return _error(400, "Invalid parameter", "trackingNumber has not the pattern of one")
        if number not in self.packages:
            said = "A status update is not yet available on your package. It will be available when the shipper provides an update."
            return _error(self.absent, "-2147219283", said)
        found = deepcopy(self.packages[number])
        if expand == "DETAIL":
            return Answered(200, found)
        info = {"@ID": number, "TrackSummary": found["statusSummary"]}
        return Answered(200, {"TrackResults": {"RequestSeqNumber": None, "TrackInfo": info}})

    def _token(self, asked: Asked) -> Answered:
        if "json" in asked.headers.get("content-type", ""):
            given = asked.json() or {}
        else:
            given = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if asked.method != "POST" or given.get("grant_type") != "client_credentials":
            return Answered(400, {"error": "invalid_request", "error_description": "grant_type is missing"})
        if (given.get("client_id"), given.get("client_secret")) != (self.client, self.secret):
            return Answered(401, {"error": "invalid_client", "error_description": "Invalid credentials"})
        self.tokens.append(f"usps-token-{len(self.tokens)}")
        return Answered(
            200,
            {
                "access_token": self.tokens[-1],
                "token_type": "Bearer",
                "issued_at": "1796000000000",
                "expires_in": "28799",
                "status": "approved",
                "scope": "tracking",
                "issuer": "api.usps.com",
                "client_id": self.client,
                "application_name": "shop",
                "api_products": "[Tracking]",
            },
        )


def _error(status: int, code: str, said: str, headers: dict[str, str] | None = None) -> Answered:
    one = {"status": str(status), "code": code, "title": code, "detail": said}
    error = {"code": str(status), "message": said, "errors": [one]}
    return Answered(status, {"apiVersion": "/tracking/v3", "error": error}, headers or {})
