"""Small strict servers that speak each vendor's documented wire: what lacks a header or a field, or is too much, is refused."""

import base64
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from dragoman.ground.providers.translation.tests.servers.loopback import Answered, Asked


@dataclass
class AfterShip:
    """One account: `followed` holds trackings by number, `busy` calls are told to slow down."""

    key: str = "asat_test"
    followed: dict[str, dict[str, Any]] = field(default_factory=dict)
    busy: int = 0
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        self.asked.append(asked)
        if asked.headers.get("as-api-key") != self.key:
            return _meta(401, 401, "The API key is invalid.")
        if self.busy:
            self.busy -= 1
            return Answered(429, {"meta": {"code": 429}}, {"Retry-After": "3"})
        if asked.path != "/tracking/2024-07/trackings":
            return _meta(404, 4004, "Tracking does not exist.")
        if asked.method == "POST":
            return self._register(asked)
        numbers = [one for one in asked.query.get("tracking_numbers", "").split(",") if one]
        if len(numbers) > 50 or not 1 <= int(asked.query.get("limit", "100")) <= 200:
            return _meta(400, 4000, "limit is not valid")
        found = [one for number, one in self.followed.items() if number in numbers]
        return Answered(
            200, {"meta": {"code": 200}, "data": {"pagination": {"total": len(found)}, "trackings": found}}
        )

    def _register(self, asked: Asked) -> Answered:
        body = asked.json() or {}
        number = body.get("tracking_number")
        if (
            set(body) - {"tracking_number", "slug"}
            or not isinstance(number, str)
            or "_" in body.get("slug", "")
        ):
            return _meta(400, 4002, "Value of `tracking_number` is invalid.")
        if number in self.followed:
            return _meta(400, 4003, "Tracking already exists.")
        if number.startswith("?"):
            return _meta(400, 4012, "Cannot detect courier.")
        self.followed[number] = {
            "tracking_number": number,
            "slug": body.get("slug"),
            "tag": "Pending",
            "checkpoints": [],
        }
        return Answered(201, {"meta": {"code": 201}, "data": self.followed[number]})


def _meta(status: int, code: int, message: str) -> Answered:
    return Answered(status, {"meta": {"code": code, "message": message, "type": "BadRequest"}, "data": {}})


@dataclass
class SeventeenTrack:
    """One account: `known` holds track_info by number, `registered` those it follows."""

    key: str = "17secret"
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    registered: set[str] = field(default_factory=set)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.headers.get("17token") != self.key:
            return Answered(
                401, {"code": -18010002, "data": {"errors": [{"code": -18010002, "message": "Invalid key"}]}}
            )
        body = asked.json()
        if asked.method != "POST" or not isinstance(body, list):
            return Answered(
                200, {"code": -18010013, "data": {"errors": [{"message": "Submitted data is invalid."}]}}
            )
        if asked.path == "/track/v2.2/getquota":
            return Answered(200, {"code": 0, "data": {"quota_total": 100}})
        if not 1 <= len(body) <= 40 or any(
            set(one) - {"number", "carrier"} or not one.get("number") for one in body
        ):
            return Answered(
                200, {"code": -18010015, "data": {"errors": [{"message": "Between 1 and 40 numbers."}]}}
            )
        numbers = [one["number"] for one in body]
        if asked.path == "/track/v2.2/register":
            self.registered |= set(numbers)
            return Answered(
                200, {"code": 0, "data": {"accepted": [{"number": one} for one in numbers], "rejected": []}}
            )
        if asked.path != "/track/v2.2/gettrackinfo":
            return Answered(404, {})
        known = [one for one in numbers if one in self.registered]
        return Answered(200, {"code": 0, "data": {
            "accepted": [{"number": one, "track_info": self.known.get(one, {"latest_status": {"status": "NotFound"}})} for one in known],
            "rejected": [{"number": one, "error": {"code": -18019902, "message": "not registered"}} for one in numbers if one not in known],
        }})  # fmt: skip


@dataclass
class Dhl:
    """One key: `shipments` by number."""

    key: str = "dhl-key"
    shipments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.headers.get("dhl-api-key") != self.key:
            return Answered(
                401, {"status": 401, "title": "Unauthorized", "detail": "Unauthorized for given resource."}
            )
        number = asked.query.get("trackingNumber", "")
        if asked.path != "/track/shipments" or asked.method != "GET" or not number or "," in number:
            return Answered(
                400, {"status": 400, "title": "Bad Request", "detail": "trackingNumber is required"}
            )
        if number not in self.shipments:
            return Answered(
                404,
                {
                    "status": 404,
                    "title": "No result found",
                    "detail": "No shipment with given tracking number found.",
                },
            )
        return Answered(200, {"url": "", "shipments": [self.shipments[number]]})


@dataclass
class Ups:
    """One application: `packages` by number, `tokens` given."""

    client: str = "ups-client"
    secret: str = "ups-secret"
    packages: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.path == "/security/v1/oauth/token":
            return self._token(asked)
        given = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if given not in self.tokens:
            return _ups(401, "250002", "Invalid Authentication Information.")
        if not asked.headers.get("transid") or not asked.headers.get("transactionsrc"):
            return _ups(400, "TV0003", "Missing transId or transactionSrc")
        number = asked.path.removeprefix("/api/track/v1/details/")
        if number not in self.packages:
            return _ups(404, "TW0001", "Tracking Information Not Found")
        return Answered(
            200,
            {"trackResponse": {"shipment": [{"inquiryNumber": number, "package": [self.packages[number]]}]}},
        )

    def _token(self, asked: Asked) -> Answered:
        basic = base64.b64encode(f"{self.client}:{self.secret}".encode()).decode()
        form = parse_qs(asked.body.decode())
        if asked.headers.get("authorization") != f"Basic {basic}" or form.get("grant_type") != [
            "client_credentials"
        ]:
            return _ups(401, "10401", "ClientId is Invalid")
        self.tokens.append(f"token{len(self.tokens)}")
        return Answered(
            200,
            {
                "token_type": "Bearer",
                "access_token": self.tokens[-1],
                "expires_in": "14399",
                "status": "approved",
            },
        )


def _ups(status: int, code: str, message: str) -> Answered:
    return Answered(status, {"response": {"errors": [{"code": code, "message": message}]}})


@dataclass
class FedEx:
    """One project: `results` by number."""

    client: str = "fedex-key"
    secret: str = "fedex-secret"
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.path == "/oauth/token":
            form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
            if (form.get("client_id"), form.get("client_secret")) != (self.client, self.secret):
                return _fedex(401, "NOT.AUTHORIZED.ERROR", "The given client credentials were not valid.")
            self.tokens.append(f"token{len(self.tokens)}")
            return Answered(
                200, {"access_token": self.tokens[-1], "token_type": "bearer", "expires_in": 3599}
            )
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _fedex(401, "NOT.AUTHORIZED.ERROR", "Access token expired.")
        body = asked.json() or {}
        wanted = body.get("trackingInfo")
        if (
            asked.path != "/track/v1/trackingnumbers"
            or not isinstance(wanted, list)
            or not 1 <= len(wanted) <= 30
        ):
            return _fedex(400, "TRACKING.TRACKINGNUMBER.EMPTY", "Please provide tracking number.")
        numbers = [one["trackingNumberInfo"]["trackingNumber"] for one in wanted]
        missing = {
            "error": {
                "code": "TRACKING.TRACKINGNUMBER.NOTFOUND",
                "message": "Tracking number cannot be found.",
            }
        }
        return Answered(200, {"output": {"completeTrackResults": [
            {"trackingNumber": one, "trackResults": [self.results.get(one, missing)]} for one in numbers
        ]}})  # fmt: skip


def _fedex(status: int, code: str, message: str) -> Answered:
    return Answered(status, {"transactionId": "t", "errors": [{"code": code, "message": message}]})


@dataclass
class PostNord:
    """One key: `shipments` by number."""

    key: str = "postnord-key"
    shipments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.query.get("apikey") != self.key:
            return Answered(403, {"message": "Forbidden"})
        number = asked.query.get("id", "")
        if asked.path != "/rest/shipment/v5/trackandtrace/findByIdentifier.json" or not number:
            return Answered(
                400, {"compositeFault": {"faults": [{"explanationText": "id", "message": "id is mandatory"}]}}
            )
        found = [self.shipments[number]] if number in self.shipments else []
        return Answered(200, {"TrackingInformationResponse": {"shipments": found}})
