"""DPD's Shipper Webservices over REST (ParcelLifeCycle 2.0, Login 2.1) as integrations.dpd.nl tells them, strictly.

Sources: integrations.dpd.nl, "Login Service (REST API)" (request, answers 200, 400, 500; a token is valid for 24 hours and is not
asked for again in that time; times in UTC; 10 log-ins a day), "ParcelLifeCycle Service (REST API)" (POST, the request, parcels of
one's own volume only, one a call) and "API Developer Guidelines" (fourteen figures; no bulk). Error codes of tokens: doc.dpd.be.
Not sourced in JSON: the inside of `statusInfo`; it is the SOAP document's (`status`, `label`, `description`, `location`, `date`
such as "8/19/2021 10:41:25 PM", without a zone, in that letter case) put into JSON. DPD in other countries has other services.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked

LOGIN: Final = "/rest/services/LoginService/V2_1/getAuth"
LIFE: Final = "/rest/services/ParcelLifeCycleService/V2_0/getTrackingData"
LOGINS: Final = 10  # a day
_LANGUAGE: Final = re.compile(r"[a-z]{2}_[A-Z]{2}")


def _text(content: str) -> dict[str, Any]:
    return {"content": content, "bold": False, "paragraph": False}


def step(
    status: str, label: str, *, said: str = "", place: str = "", date: str = "", current: bool = False
) -> dict[str, Any]:
    """Return a step of a parcel's life; without a date it was not reached."""
    return {
        "status": status,
        "label": _text(label),
        "description": {"content": [_text(said)]} if said else None,
        "statusHasBeenReached": bool(date),
        "isCurrentStatus": current,
        "showContactInfo": False,
        "location": _text(place) if place else None,
        "date": _text(date) if date else None,
        "normalItems": None,
        "importantItems": None,
        "errorItems": None,
    }


def life(steps: Sequence[dict[str, Any]], service: str = "DPD HOME") -> dict[str, Any]:
    """Return what is told of a parcel."""
    info: dict[str, Any] = {"receiver": None, "predictInformation": None, "status": "SHIPMENT"}
    info["serviceDescription"] = {"label": _text("Your DPD service:"), "content": [_text(service)]}
    return {"trackingResult": {"shipmentInfo": info, "statusInfo": list(steps), "contactInfo": []}}


LIFE_OF_ONE: Final = life(
    (
        step(
            "SHIPMENT",
            "Order information has been transmitted to DPD.",
            place="Oirschot (NL)",
            date="11/25/2026 6:02:11 PM",
        ),
        step(
            "BETWEEN_DEPOTS",
            "In transit",
            said="The parcel is at the parcel dispatch centre.",
            place="Puurs (BE)",
            date="11/26/2026 10:41:25 PM",
            current=True,
        ),
        step("OUT_FOR_DELIVERY", "Parcel out for delivery"),
        step("DELIVERED", "Parcel delivered"),
    )
)


@dataclass
class Dpd:
    """One account: `lives` by number; `logins` counts how often it logged in; `expired` tokens are too old."""

    delis: str = "KD12345678"
    password: str = "dpd-secret"
    lives: dict[str, dict[str, Any]] = field(default_factory=dict)
    logins: int = 0
    expired: set[str] = field(default_factory=set)
    tokens: list[str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        body = asked.json()
        if (
            asked.method != "POST"
            or not isinstance(body, dict)
            or "json" not in asked.headers.get("content-type", "")
        ):
            return _invalid("$", "A non-empty request body is required.")
        if asked.path == LOGIN:
            return self._login(body)
        return self._life(body) if asked.path == LIFE else Answered(404, {})

    def _login(self, body: dict[str, Any]) -> Answered:
        for name in ("delisId", "password", "messageLanguage"):
            if not isinstance(body.get(name), str):
                return _invalid(name, f"The {name} field is required.")
        if not _LANGUAGE.fullmatch(body["messageLanguage"]):
            return _invalid("messageLanguage", "The field MessageLanguage must be a string of length '5'.")
        self.logins += 1
        if self.logins > LOGINS:
            return _fault("getAuthResponse", "LOGIN_LIMIT", "Too many log-ins today.")
        if (body["delisId"], body["password"]) != (self.delis, self.password):
            said = "Authentication failure, check delisId and password."
            return _fault("getAuthResponse", "DELICOM_ERR_AUTHENTICATION", said)
        if not self.tokens or self.tokens[-1] in self.expired:
            self.tokens.append(f"{len(self.tokens):064d}")
        told = {"delisId": self.delis, "customerUid": self.delis, "authToken": self.tokens[-1]}
        told |= {"depot": "0522", "authTokenExpires": "2026-11-29T08:37:02.635086Z"}
        return Answered(200, {"getAuthResponse": {"return": told}, "status": _VALID})

    def _life(self, body: dict[str, Any]) -> Answered:
        who, wanted = body.get("authentication"), body.get("getTrackingData")
        if not isinstance(who, dict) or not isinstance(wanted, dict):
            return _invalid("authentication", "The Authentication field is required.")
        for name in ("delisId", "authToken", "messageLanguage"):
            if not isinstance(who.get(name), str):
                return _invalid(name, f"The {name} field is required.")
        refused = self._token_refused(who)
        if refused:
            return _fault("getTrackingDataResponse", *refused)
        number = wanted.get("parcelLabelNumber")
        if not isinstance(number, str) or not re.fullmatch(r"[0-9]{14}", number):
            return _invalid("parcelLabelNumber", "The field ParcelLabelNumber must have 14 figures.")
        if number not in self.lives:
            said = "No data found for this parcel label number."
            return _fault("getTrackingDataResponse", "PLC_NO_DATA", said)
        return Answered(200, {"getTrackingDataResponse": deepcopy(self.lives[number]), "status": _VALID})

    def _token_refused(self, who: dict[str, str]) -> tuple[str, str] | None:
        token = who["authToken"]
        if len(token) != 64:
            return "DELICOM_ERR_AUTHENTICATION", "The token has not the right structure."
        if token in self.expired:
            return "ERR_DELICOM_TOKEN_EXPIRED", "The token is older than 24 hours."
        if token not in self.tokens or who["delisId"] != self.delis:
            return "ERR_DELICOM_TOKEN_INCORRECT", "The token is not recognised."
        return None


_VALID: Final = {"type": "OK", "code": "200", "message": "valid"}


def _fault(name: str, code: str, message: str) -> Answered:
    return Answered(500, {name: None, "status": {"type": "FaultCodeType", "code": code, "message": message}})


def _invalid(name: str, said: str) -> Answered:
    title = "One or more validation errors occurred."
    return Answered(400, {"errors": {name: [said]}, "title": title, "status": 400, "traceId": "00-1-00"})
