"""GLS's Track And Trace V1 (https://dev-portal.gls-group.net): OAuth, 10 numbers a call, 500 calls a day."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .reading import read_words
from .tokens import token_of
from .wire import at, call, complaint, country, listed, moment, place, words

HOME: Final = "https://api.gls-group.net"

STATES: Final[Mapping[str, State]] = {
    "PLANNEDPICKUP": (S.INFO_RECEIVED, None), "INPICKUP": (S.INFO_RECEIVED, None),
    "NOTPICKEDUP": (S.INFO_RECEIVED, None), "PREADVICE": (S.INFO_RECEIVED, None), "INTRANSIT": (S.IN_TRANSIT, None),
    "INDELIVERY": (S.OUT_FOR_DELIVERY, None), "DELIVEREDPS": (S.READY_TO_COLLECT, None),
    "DELIVERED": (S.DELIVERED, None), "INWAREHOUSE": (S.IN_TRANSIT, D.ARRIVED),
    "NOTDELIVERED": (S.ATTEMPT_FAILED, None), "CANCELED": (S.CANCELLED, None), "FINAL": (S.DELIVERED, None),
}  # fmt: skip
# an event's code is a kind and, behind a dot, how
CODES: Final[Mapping[str, State]] = {
    "INTIAL.PREADVICE": (S.INFO_RECEIVED, None), "INTIAL.E48_DATA": (S.INFO_RECEIVED, None),
    "INTIAL.NORMAL": (S.IN_TRANSIT, D.PICKED_UP), "INTIAL": (S.IN_TRANSIT, D.PICKED_UP),
    "DELIVD.PARCELSHOP": (S.READY_TO_COLLECT, None), "DELIVD": (S.DELIVERED, None),
    "OUTDEL": (S.OUT_FOR_DELIVERY, None), "NOTDEL": (S.ATTEMPT_FAILED, None), "INBOUN": (S.IN_TRANSIT, D.ARRIVED),
    "OUTBOU": (S.IN_TRANSIT, D.DEPARTED),
}  # fmt: skip


class Gls(Silent):
    """See this file's head."""

    title = "GLS"
    fields: Sequence[Field] = (
        Field("client", _("Client ID")),
        Field("secret", _("Client secret"), secret=True),
    )
    carriers: frozenset[str] = frozenset({"gls"})
    batch = 10

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for all at once."""
        headers = {"Authorization": f"Bearer {self._token(account)}", "Accept-Language": "EN"}
        path = "/track-and-trace-v1/tracking/simple/trackids/" + ",".join(one.number for one in parcels)
        answer = call(account, "GET", path, home=HOME, headers=headers)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        found = {words(one.get("requested")): one for one in listed(at(answer.body, "parcels"))}
        return [_parcel(one, found.get(one.number, {})) for one in parcels]

    def _token(self, account: Account) -> str:
        pair = f"{account.settings.get('client', '')}:{account.secrets.get('secret', '')}"
        basic = base64.b64encode(pair.encode()).decode()

        def fresh() -> tuple[str, float]:
            answer = call(
                account, "POST", "/oauth2/v2/token", home=HOME, form={"grant_type": "client_credentials"},
                headers={"Authorization": f"Basic {basic}"},
            )  # fmt: skip
            if answer.status >= 400 or not at(answer.body, "access_token"):
                raise answer.refused(complaint(answer.body))
            return str(answer.body["access_token"]), float(at(answer.body, "expires_in") or 0)

        return token_of("gls", account.address, pair, fresh)


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    if not told or told.get("errorCode"):
        return ParcelFacts(number=asked.number, carrier="gls", known=False)
    rows = sorted(listed(told.get("events")), key=lambda one: words(one.get("eventDateTime")), reverse=True)
    now = STATES.get(words(told.get("status")), (S.IN_TRANSIT, None))
    events = [_event(one, (S.IN_TRANSIT, None) if number else now) for number, one in enumerate(rows)]
    return ParcelFacts(number=asked.number, carrier="gls", events=[one for one in events if one is not None])


def _event(told: dict[str, Any], fallback: State) -> EventFacts | None:
    when = moment(told.get("eventDateTime"))
    if when is None:
        return None
    code, text = words(told.get("code")), words(told.get("description"))
    coded = CODES.get(code) or CODES.get(code.partition(".")[0]) or fallback
    status, detail = read_words(text, coded)
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(told.get("city")),
        country=country(told.get("country")),
    )


trackers.register("gls")(Gls())
