"""Royal Mail's Tracking API v2 (https://developer.royalmail.net/product/tracking): one number a call."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .reading import read_words
from .wire import at, call, complaint, country, listed, moment, place, words

HOME: Final = "https://api.royalmail.net"
_TRIAL: Final = "090367574000000FE1E1B"  # in the vendor's documentation

# those whose meaning is public; the others are read from their words
CODES: Final[Mapping[str, State]] = {
    "EVKSP": (S.DELIVERED, D.SIGNED), "EVKOP": (S.DELIVERED, None), "EVKSF": (S.DELIVERED, D.TO_SAFE_PLACE),
    "EVKSN": (S.DELIVERED, D.TO_NEIGHBOUR), "EVKNA": (S.ATTEMPT_FAILED, D.NOBODY_HOME),
    "EVGPD": (S.OUT_FOR_DELIVERY, None), "EVNDA": (S.READY_TO_COLLECT, None), "EVNSR": (S.IN_TRANSIT, D.RESCHEDULED),
    "EVORI": (S.IN_TRANSIT, D.ARRIVED), "EVODO": (S.IN_TRANSIT, D.DEPARTED), "EVNMI": (S.IN_TRANSIT, None),
}  # fmt: skip
CATEGORIES: Final[Mapping[str, State]] = {
    "DELIVERED": (S.DELIVERED, None), "IN TRANSIT": (S.IN_TRANSIT, None), "WITH YOU TODAY": (S.OUT_FOR_DELIVERY, None),
    "RETURNED": (S.RETURNING, None), "ATTEMPTED": (S.ATTEMPT_FAILED, None),
}  # fmt: skip


class RoyalMail(Silent):
    """See this file's head."""

    title = "Royal Mail"
    fields: Sequence[Field] = (
        Field("client", _("Client ID"), help="X-IBM-Client-Id"),
        Field("secret", _("Client secret"), secret=True, help="X-IBM-Client-Secret"),
    )
    carriers: frozenset[str] = frozenset({"royal_mail"})
    batch = 1

    def check(self, account: Account) -> None:
        """Ask for the number of the documentation: any answer but a refused key will do."""
        self._ask(account, Asked(_TRIAL))

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        headers = {
            "X-IBM-Client-Id": account.settings.get("client", ""),
            "X-IBM-Client-Secret": account.secrets.get("secret", ""),
            "X-Accept-RMG-Terms": "yes",
            "Accept": "application/json",
        }
        path = f"/mailpieces/v2/{asked.number}/events"
        answer = call(account, "GET", path, home=HOME, headers=headers)
        if answer.status == 404:
            return ParcelFacts(number=asked.number, carrier="royal_mail", known=False)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        return _parcel(asked, at(answer.body, "mailPieces"))


def _parcel(asked: Asked, told: Any) -> ParcelFacts:
    summary = at(told, "summary")
    coded = CATEGORIES.get(words(at(summary, "statusCategory")).upper(), (S.IN_TRANSIT, None))
    events = [_event(one, coded if not place else (S.IN_TRANSIT, None)) for place, one in _newest_first(told)]
    return ParcelFacts(
        number=asked.number,
        carrier="royal_mail",
        service=words(at(summary, "productName"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(at(told, "estimatedDelivery", "date")),
        origin=country(at(summary, "originCountryCode")),
        destination=country(at(summary, "destinationCountryCode")),
    )


def _newest_first(told: Any) -> Sequence[tuple[int, dict[str, Any]]]:
    rows = sorted(listed(at(told, "events")), key=lambda one: words(one.get("eventDateTime")), reverse=True)
    return list(enumerate(rows))


def _event(told: dict[str, Any], coded: State) -> EventFacts | None:
    when = moment(told.get("eventDateTime"))
    if when is None:
        return None
    text = words(told.get("eventName"))
    status, detail = CODES.get(words(told.get("eventCode"))) or read_words(text, coded)
    return EventFacts(
        at=when, status=status, detail=detail or "", text=text, place=place(told.get("locationName"))
    )


trackers.register("royal_mail")(RoyalMail())
