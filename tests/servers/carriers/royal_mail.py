"""Royal Mail's Tracking API v2 as it is known, strictly: two headers, one mail piece a call, or up to thirty for a summary.

Sources: developer.royalmail.net/product/76894 (what it is for; calls a day by plan), and for the wire the public client
elliotjreed/royal-mail-tracking (recorded answers, error codes E0001 to E1308). The vendor's own OpenAPI document is behind a
log-in and was not read. Not sourced: that a summary takes thirty numbers at most, what a plan "(T & C)" answers to whoever does
not send `X-Accept-RMG-Terms: yes` (`terms` asks for it), and a `Retry-After`.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

MOST: Final = 30  # mail pieces a summary
_EVENTS: Final = re.compile(r"/mailpieces/v2/([^/]+)/events")


def piece(number: str = "FQ087430672GB", **told: Any) -> dict[str, Any]:
    """Return a mail piece as an answer shows one."""
    return {
        "mailPieceId": number,
        "carrierShortName": "RM",
        "carrierFullName": "Royal Mail Group Ltd",
        "summary": {
            "uniqueItemId": "090367574000000FE1E1B",
            "oneDBarcode": number,
            "productId": "SD2",
            "productName": "Special Delivery Guaranteed",
            "productDescription": "Our guaranteed next day service with tracking and a signature on delivery",
            "productCategory": "NON-INTERNATIONAL",
            "destinationCountryCode": "GBR",
            "destinationCountryName": "United Kingdom of Great Britain and Northern Ireland",
            "originCountryCode": "GBR",
            "originCountryName": "United Kingdom of Great Britain and Northern Ireland",
            "lastEventCode": "EVNMI",
            "lastEventName": "Forwarded - Mis-sort",
            "lastEventDateTime": "2026-11-26T10:04:00+00:00",
            "lastEventLocationName": "Stafford DO",
            "statusDescription": "It is being redirected",
            "statusCategory": "IN TRANSIT",
            "statusHelpText": "The item is in transit",
            "summaryLine": f"Item {number} was forwarded to the Delivery Office on 2026-11-26.",
        },
        "estimatedDelivery": {
            "date": "2026-11-27",
            "startOfEstimatedWindow": "08:00:00+00:00",
            "endOfEstimatedWindow": "11:00:00+00:00",
        },
        "events": [
            {
                "eventCode": "EVNMI",
                "eventName": "Forwarded - Mis-sort",
                "eventDateTime": "2026-11-26T10:04:00+00:00",
                "locationName": "Stafford DO",
            }
        ],
        "links": {"summary": {"href": f"/mailpieces/v2/summary?mailPieceId={number}", "title": "Summary"}},
        **told,
    }


@dataclass
class RoyalMail:
    """One application: `pieces` by number; `untrackable` numbers are known and tell nothing; `busy` calls are refused."""

    client: str = "rm-client"
    secret: str = "rm-secret"
    pieces: dict[str, dict[str, Any]] = field(default_factory=dict)
    untrackable: set[str] = field(default_factory=set)
    terms: bool = False
    busy: int = 0
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        told = self._refused(asked)
        if told is not None:
            return told
        if asked.path == "/mailpieces/v2/summary":
            return self._summary(asked)
        found = _EVENTS.fullmatch(asked.path)
        if found is None:
            return _gateway(404, "Not Found", "No resources match requested URI")
        number = found[1]
        if number in self.untrackable:
            return _refused(404, "E1307", "Tracking information is not available for this barcode")
        if number not in self.pieces:
            return _refused(404, "E1142", "Barcode reference isn't recognised")
        return Answered(200, {"mailPieces": deepcopy(self.pieces[number])})

    def _refused(self, asked: Asked) -> Answered | None:
        given = asked.headers.get("x-ibm-client-id"), asked.headers.get("x-ibm-client-secret")
        if given != (self.client, self.secret):
            return _gateway(401, "Unauthorized", "Client id not registered.")
        if self.terms and asked.headers.get("x-accept-rmg-terms") != "yes":
            return _gateway(403, "Forbidden", "The terms and conditions were not accepted.")
        if "application/json" not in asked.headers.get("accept", "*/*").replace("*/*", "application/json"):
            return _refused(400, "E0004", "Failed schema validation")
        if self.busy:
            self.busy -= 1
            return _refused(429, "E0010", "Too many requests")
        if asked.method != "GET":
            return _gateway(405, "Method Not Allowed", "The method is not allowed for the requested URL")
        return None

    def _summary(self, asked: Asked) -> Answered:
        numbers = [one for one in asked.query.get("mailPieceId", "").split(",") if one]
        if not numbers:
            return _refused(400, "E0004", "Failed schema validation")
        if len(numbers) > MOST:
            return _refused(400, "E0013", "Maximum parameters exceeded")
        return Answered(200, {"mailPieces": [self._short(one) for one in numbers]})

    def _short(self, number: str) -> dict[str, Any]:
        if number not in self.pieces:
            error = _error("E1142", "Barcode reference isn't recognised")
            return {"mailPieceId": number, "status": "404", "error": error}
        found = self.pieces[number]
        kept = ("mailPieceId", "carrierShortName", "carrierFullName", "summary", "links")
        return {"status": "200", **{name: deepcopy(found[name]) for name in kept}}


def _error(code: str, description: str) -> dict[str, str]:
    return {
        "errorCode": code,
        "errorDescription": description,
        "errorCause": "A mail item with that barcode cannot be located" if code == "E1142" else description,
        "errorResolution": "Please check the request and submit again",
    }


def _refused(status: int, code: str, description: str) -> Answered:
    names = {400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}
    body = {"httpCode": str(status), "httpMessage": names[status], "errors": [_error(code, description)]}
    return Answered(status, body)


def _gateway(status: int, name: str, more: str) -> Answered:
    return Answered(status, {"httpCode": str(status), "httpMessage": name, "moreInformation": more})
