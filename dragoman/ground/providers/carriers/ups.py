"""UPS's Tracking API (https://developer.ups.com/tag/Tracking): OAuth client credentials, one number a call."""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .reading import read_words
from .tokens import token_of
from .wire import at, call, complaint, country, listed, moment, place, words

HOME: Final = "https://onlinetools.ups.com"

TYPES: Final[Mapping[str, State]] = {
    "D": (S.DELIVERED, None), "I": (S.IN_TRANSIT, None), "M": (S.INFO_RECEIVED, None), "MV": (S.CANCELLED, None),
    "P": (S.IN_TRANSIT, D.PICKED_UP), "O": (S.OUT_FOR_DELIVERY, None), "RS": (S.RETURNED, None),
    "X": (S.EXCEPTION, None), "DO": (S.DELIVERED, None), "DD": (S.DELIVERED, None), "W": (S.IN_TRANSIT, None),
    "NA": (S.PENDING, None),
}  # fmt: skip


class Ups(Silent):
    """See this file's head."""

    title = "UPS"
    fields: Sequence[Field] = (
        Field("client", _("Client ID")),
        Field("secret", _("Client secret"), secret=True),
    )
    carriers: frozenset[str] = frozenset({"ups"})
    batch = 1

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def _token(self, account: Account) -> str:
        pair = f"{account.settings.get('client', '')}:{account.secrets.get('secret', '')}"
        basic = base64.b64encode(pair.encode()).decode()

        def fresh() -> tuple[str, float]:
            answer = call(
                account, "POST", "/security/v1/oauth/token", home=HOME, form={"grant_type": "client_credentials"},
                headers={"Authorization": f"Basic {basic}"},
            )  # fmt: skip
            if answer.status >= 400 or not at(answer.body, "access_token"):
                raise answer.refused(complaint(answer.body))
            return str(answer.body["access_token"]), float(at(answer.body, "expires_in") or 0)

        return token_of("ups", account.address, pair, fresh)

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        headers = {
            "Authorization": f"Bearer {self._token(account)}",
            "transId": uuid4().hex,
            "transactionSrc": "dragoman",
        }
        path = f"/api/track/v1/details/{asked.number}"
        answer = call(account, "GET", path, home=HOME, headers=headers, query={"locale": "en_US"})
        if answer.status == 404:
            return ParcelFacts(number=asked.number, carrier="ups", known=False)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        shipments = listed(at(answer.body, "trackResponse", "shipment"))
        packages = [one for shipment in shipments for one in listed(shipment.get("package"))]
        mine = [one for one in packages if words(one.get("trackingNumber")) == asked.number] or packages
        return (
            _parcel(asked, mine[0]) if mine else ParcelFacts(number=asked.number, carrier="ups", known=False)
        )


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    events = [_event(one) for one in listed(told.get("activity"))]
    dates = {words(one.get("type")): words(one.get("date")) for one in listed(told.get("deliveryDate"))}
    wanted = dates.get("RDD") or dates.get("SDD") or ""
    addresses = {
        words(one.get("type")): at(one, "address", "countryCode")
        for one in listed(told.get("packageAddress"))
    }
    return ParcelFacts(
        number=asked.number,
        carrier="ups",
        service=words(at(told, "service", "description"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(f"{wanted[:4]}-{wanted[4:6]}-{wanted[6:8]}") if len(wanted) == 8 else None,
        origin=country(addresses.get("ORIGIN")),
        destination=country(addresses.get("DESTINATION")),
    )


def _when(told: dict[str, Any]) -> datetime | None:
    """The moment in UTC where UPS tells it, else as if its local clock were UTC."""
    day, hour = words(told.get("gmtDate")), words(told.get("gmtTime")).replace(":", "")
    if not day or not hour:
        day, hour = words(told.get("date")), words(told.get("time"))
    try:
        return datetime.strptime(f"{day}{hour or '120000'}", "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = _when(told)
    if when is None:
        return None
    text = words(at(told, "status", "description"))
    status, detail = read_words(text, TYPES.get(words(at(told, "status", "type")), (S.IN_TRANSIT, None)))
    where = at(told, "location", "address")
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(at(where, "city"), at(where, "stateProvince")),
        country=country(at(where, "countryCode") or at(where, "country")),
    )


trackers.register("ups")(Ups())
