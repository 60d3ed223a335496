"""USPS's Tracking API v3 (https://developers.usps.com/trackingv3): OAuth 2, one number a call, 60 calls an hour."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .reading import read_words
from .tokens import token_of
from .wire import at, call, complaint, country, listed, moment, place, words

HOME: Final = "https://apis.usps.com"
_NO_SCAN: Final = "-2147219283"
_MARKUP: Final = re.compile(r"<[^>]*>|&#?\w+;")
# a moment without its offset is by the clock of the place; of a state with two, the one most of it has
_CLOCKS: Final = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
}
_CLOCK_OF: Final = {state: ZoneInfo(name) for name, states in _CLOCKS.items() for state in states.split()}

# https://postalpro.usps.com/pub199, appendix on event codes; the others are read from their words
CODES: Final[Mapping[str, State]] = {
    "01": (S.DELIVERED, None), "02": (S.ATTEMPT_FAILED, D.NOBODY_HOME), "03": (S.IN_TRANSIT, D.PICKED_UP),
    "04": (S.EXCEPTION, D.REFUSED), "05": (S.EXCEPTION, D.BAD_ADDRESS), "06": (S.IN_TRANSIT, None),
    "07": (S.IN_TRANSIT, D.ARRIVED), "09": (S.RETURNING, None), "10": (S.IN_TRANSIT, None),
    "14": (S.READY_TO_COLLECT, None), "16": (S.READY_TO_COLLECT, None), "OF": (S.OUT_FOR_DELIVERY, None),
    "GX": (S.INFO_RECEIVED, None), "MA": (S.INFO_RECEIVED, None),
}  # fmt: skip
CATEGORIES: Final[Mapping[str, State]] = {
    "delivered": (S.DELIVERED, None), "out for delivery": (S.OUT_FOR_DELIVERY, None),
    "in transit": (S.IN_TRANSIT, None), "accepted": (S.IN_TRANSIT, D.PICKED_UP),
    "pre-shipment": (S.INFO_RECEIVED, None), "alert": (S.EXCEPTION, None),
    "available for pickup": (S.READY_TO_COLLECT, None),
    "delivery attempt": (S.ATTEMPT_FAILED, None),
}  # fmt: skip


class Usps(Silent):
    """See this file's head."""

    title = "USPS"
    fields: Sequence[Field] = (
        Field("client", _("Client ID"), help="Consumer Key"),
        Field("secret", _("Client secret"), secret=True, help="Consumer Secret"),
    )
    carriers: frozenset[str] = frozenset({"usps"})
    batch = 1

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def _token(self, account: Account) -> str:
        client, secret = account.settings.get("client", ""), account.secrets.get("secret", "")

        def fresh() -> tuple[str, float]:
            body = {"client_id": client, "client_secret": secret, "grant_type": "client_credentials"}
            answer = call(account, "POST", "/oauth2/v3/token", home=HOME, body=body)
            if answer.status >= 400 or not at(answer.body, "access_token"):
                raise answer.refused(complaint(answer.body))
            return str(answer.body["access_token"]), float(at(answer.body, "expires_in") or 0)

        return token_of("usps", account.address, f"{client}:{secret}", fresh)

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        headers = {"Authorization": f"Bearer {self._token(account)}", "Accept": "application/json"}
        path = f"/tracking/v3/tracking/{asked.number}"
        answer = call(account, "GET", path, home=HOME, headers=headers, query={"expand": "DETAIL"})
        errors = listed(at(answer.body, "error", "errors"))
        if answer.status == 404 or any(one.get("code") == _NO_SCAN for one in errors):
            return ParcelFacts(number=asked.number, carrier="usps", known=False)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        return _parcel(asked, answer.body)


def _parcel(asked: Asked, told: Any) -> ParcelFacts:
    rows = listed(at(told, "trackingEvents"))
    now = CATEGORIES.get(words(at(told, "statusCategory")).lower(), (S.IN_TRANSIT, None))
    events = [_event(one, (S.IN_TRANSIT, None) if number else now) for number, one in enumerate(rows)]
    wanted = (
        at(told, "predictedDeliveryDate")
        or at(told, "predictedDeliveryTimeStamp")
        or at(told, "expectedDeliveryTimeStamp")
    )
    return ParcelFacts(
        number=asked.number,
        carrier="usps",
        service=_MARKUP.sub("", words(at(told, "mailClass"), 80)).replace("_", " ").strip(),
        events=[one for one in events if one is not None],
        estimated_at=moment(wanted),
        origin=country(at(told, "originCountry")) or ("US" if at(told, "originZIP") else ""),
        destination=country(at(told, "destinationCountryCode")),
    )


def _when(told: dict[str, Any]) -> datetime | None:
    """Return the moment in UTC where it is told, else by the clock of the place: its Z says nothing."""
    if (found := moment(told.get("GMTTimestamp"))) is not None:
        return found
    found = moment(words(told.get("eventTimestamp")).removesuffix("Z"))
    clock = _CLOCK_OF.get(words(told.get("eventState")).upper())
    return found.replace(tzinfo=clock).astimezone(UTC) if found and clock else found


def _event(told: dict[str, Any], fallback: State) -> EventFacts | None:
    when = _when(told)
    if when is None:
        return None
    text = words(told.get("eventType"))
    coded = CODES.get(words(told.get("eventCode")).upper(), fallback)
    status, detail = read_words(text, coded)
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(told.get("eventCity"), told.get("eventState")),
        # at home it names no country
        country=country(told.get("eventCountry")) or ("US" if told.get("eventZIP") else ""),
    )


trackers.register("usps")(Usps())
