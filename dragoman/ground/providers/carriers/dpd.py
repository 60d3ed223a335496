"""DPD's Shipper Webservices as DPD in the Netherlands runs them (https://integrations.dpd.nl, ParcelLifecycle REST).

They know parcels of every DPD that were sent under the account; one number a call, one log-in a day.
"""

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
from .tokens import forget_token, token_of
from .wire import Answer, at, call_of_faults, complaint, country, listed, place, words

HOME: Final = "https://wsshipper.dpd.nl"
_LOGIN: Final = "/rest/services/LoginService/V2_1/getAuth"
_TRACK: Final = "/rest/services/ParcelLifeCycleService/V2_0/getTrackingData"
_CLOCK: Final = ZoneInfo("Europe/Amsterdam")
_NO_DATA: Final = "PLC_NO_DATA"
_DAY: Final = 23 * 3600.0  # a token holds for 24 hours
_WHERE: Final = re.compile(r"(.*?)\s*\(([A-Z]{2})\)\s*\Z")

STATES: Final[Mapping[str, State]] = {
    "shipment": (S.INFO_RECEIVED, None), "accepted": (S.IN_TRANSIT, D.PICKED_UP),
    "pickedup": (S.IN_TRANSIT, D.PICKED_UP), "betweendepots": (S.IN_TRANSIT, None), "ontheroad": (S.IN_TRANSIT, None),
    "depot": (S.IN_TRANSIT, D.ARRIVED), "atdeliverydepot": (S.IN_TRANSIT, D.ARRIVED),
    "courier": (S.OUT_FOR_DELIVERY, None), "outfordelivery": (S.OUT_FOR_DELIVERY, None),
    "parcelshop": (S.READY_TO_COLLECT, None), "deliveryfailure": (S.ATTEMPT_FAILED, None),
    "returningfromdelivery": (S.ATTEMPT_FAILED, None), "delivered": (S.DELIVERED, None),
    "returnedtosender": (S.RETURNED, None),
}  # fmt: skip


class Dpd(Silent):
    """See this file's head."""

    title = "DPD"
    fields: Sequence[Field] = (
        Field("client", _("User name"), help="Delis-ID"),
        Field("secret", _("Password"), secret=True),
    )
    carriers: frozenset[str] = frozenset({"dpd"})
    batch = 1

    def check(self, account: Account) -> None:
        """Log in."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def _token(self, account: Account) -> str:
        user, password = _pair(account)

        def fresh() -> tuple[str, float]:
            body = {"delisId": user, "password": password, "messageLanguage": "en_US"}
            answer = call_of_faults(account, _LOGIN, home=HOME, body=body)
            token = words(at(answer.body, "getAuthResponse", "return", "authToken"), 200)
            if answer.status >= 400 or not token:
                raise answer.refused(_why(answer.body))
            return token, _DAY

        return token_of("dpd", account.address, f"{user}:{password}", fresh)

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        answer = self._answer(account, asked)
        if "TOKEN" in _code(answer.body):
            user, password = _pair(account)
            forget_token("dpd", account.address, f"{user}:{password}")
            answer = self._answer(account, asked)
        response = at(answer.body, "getTrackingDataResponse")
        told = at(response, "trackingResult") or at(response, "trackingresult")
        if _code(answer.body) == _NO_DATA or (answer.status < 400 and not told):
            return ParcelFacts(number=asked.number, carrier="dpd", known=False)
        if answer.status >= 400:
            raise answer.refused(_why(answer.body))
        return _parcel(asked, told)

    def _answer(self, account: Account, asked: Asked) -> Answer:
        body = {
            "authentication": {
                "delisId": _pair(account)[0],
                "authToken": self._token(account),
                "messageLanguage": "en_US",
            },
            # a fifteenth sign on the label is its check character
            "getTrackingData": {"parcelLabelNumber": asked.number[:14]},
        }
        return call_of_faults(account, _TRACK, home=HOME, body=body)


def _pair(account: Account) -> tuple[str, str]:
    return account.settings.get("client", ""), account.secrets.get("secret", "")


def _code(told: Any) -> str:
    """Return the code of a fault, "" where there is none."""
    return words(at(told, "status", "code"))


def _why(told: Any) -> str:
    """Return the words of a fault, or of what was wrong with the request."""
    return words(at(told, "status", "message")) or complaint(told)


def _said(told: Any) -> str:
    """Return a text, which stands alone, in a list, or in one inside of it."""
    if isinstance(told, str):
        return words(told)
    if isinstance(told, list):
        return " ".join(said for one in told if (said := _said(one)))
    return _said(told.get("content")) if isinstance(told, dict) else ""


def _parcel(asked: Asked, told: Any) -> ParcelFacts:
    rows = told.get("statusInfo") if isinstance(told, dict) else None
    reached = [
        one for one in listed(rows if isinstance(rows, list) else [rows]) if one.get("statusHasBeenReached")
    ]
    events = [_event(one) for one in reached]
    return ParcelFacts(
        number=asked.number,
        carrier="dpd",
        service=_said(at(told, "shipmentInfo", "serviceDescription", "content"))[:80],
        events=[one for one in events if one is not None],
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = _moment(_said(told.get("date")))
    if when is None:
        return None
    text = _said(told.get("description")) or _said(told.get("label"))
    coded = STATES.get(words(told.get("status")).lower().replace("_", ""), (S.IN_TRANSIT, None))
    status, detail = read_words(text, coded) if coded[0] != S.OUT_FOR_DELIVERY else coded
    where = _said(told.get("location"))
    split = _WHERE.match(where)
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(split[1] if split else where),
        country=country(split[2]) if split else "",
    )


def _moment(written: str) -> datetime | None:
    """Return a moment that is written as in the United States, by the clock of the Netherlands."""
    for form in ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S"):
        try:
            return datetime.strptime(written, form).replace(tzinfo=_CLOCK).astimezone(UTC)
        except ValueError:
            continue
    return None


trackers.register("dpd")(Dpd())
