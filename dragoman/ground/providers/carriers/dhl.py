"""DHL's Shipment Tracking, Unified (https://developer.dhl.com/api-reference/shipment-tracking): all its divisions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.signatures import check_word

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Hook, trackers
from .reading import read_words
from .wire import at, call, complaint, country, listed, moment, place, read_json, words

HOME: Final = "https://api-eu.dhl.com"
_TRIAL: Final = "00340434292135100186"  # in the vendor's documentation

STATES: Final[Mapping[str, State]] = {
    "pre-transit": (S.INFO_RECEIVED, None), "transit": (S.IN_TRANSIT, None),
    "delivered": (S.DELIVERED, None), "failure": (S.EXCEPTION, None), "unknown": (S.PENDING, None),
}  # fmt: skip
_SERVICES: Final = {
    "express": "dhl_express", "parcel-de": "dhl", "ecommerce": "dhl_ecommerce", "parcel-nl": "dhl_ecommerce_nl",
    "parcel-pl": "dhl_ecommerce_pl", "parcel-uk": "dhl_ecommerce_uk", "freight": "dhl_freight", "dgf": "dhl_global",
    "post-de": "deutsche_post",
}  # fmt: skip


class Dhl:
    """See this file's head. It takes one number a call and few calls a day.

    Its push (https://developer.dhl.com/api-reference/shipment-tracking-unified-push) signs nothing: it shows the word
    that was named when it was subscribed to (`ApiKeyAuthentication`), in the header `x-dragoman-token`.
    """

    title = "DHL"
    fields: Sequence[Field] = (
        Field("key", _("API key"), secret=True, help="DHL-API-Key"),
        Field(
            "hook_token",
            _("Webhook token"),
            secret=True,
            required=False,
            help=_("A word of your own: when you subscribe, name it for the header X-Dragoman-Token."),
        ),
    )
    carriers: frozenset[str] = frozenset(_SERVICES.values())
    batch = 1
    hooks = True

    def check(self, account: Account) -> None:
        """Ask for the number of the documentation: any answer but a refused key will do."""
        self._ask(account, Asked(_TRIAL))

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for each."""
        return [self._ask(account, one) for one in parcels]

    def verify(self, account: Account, hook: Hook) -> None:
        """Compare the word that the push shows."""
        check_word(account.secrets.get("hook_token", ""), hook.headers.get("x-dragoman-token", ""))

    def told(self, body: bytes) -> Sequence[ParcelFacts]:
        """Read a push; a word about the subscription itself tells of no parcel."""
        told = read_json(body)
        found = listed(at(told, "shipments")) or listed([at(told, "shipment")])
        return [_parcel(Asked(number), one) for one in found if (number := words(one.get("id"), 80))]

    def _ask(self, account: Account, asked: Asked) -> ParcelFacts:
        query = {"trackingNumber": asked.number, "language": "en"}
        if asked.country and asked.postcode:
            query |= {"recipientPostalCode": asked.postcode}
        answer = call(
            account, "GET", "/track/shipments", home=HOME, query=query,
            headers={"DHL-API-Key": account.secrets.get("key", ""), "Accept": "application/json"},
        )  # fmt: skip
        if answer.status == 404:
            return ParcelFacts(number=asked.number, known=False)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        found = listed(at(answer.body, "shipments"))
        return _parcel(asked, found[0]) if found else ParcelFacts(number=asked.number, known=False)


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    events = [_event(one) for one in listed(told.get("events")) or listed([told.get("status")])]
    return ParcelFacts(
        number=asked.number,
        carrier=_SERVICES.get(words(told.get("service")), asked.carrier or "dhl"),
        service=words(at(told, "details", "product", "productName"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(told.get("estimatedTimeOfDelivery")),
        origin=country(at(told, "origin", "address", "countryCode")),
        destination=country(at(told, "destination", "address", "countryCode")),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = moment(told.get("timestamp"))
    if when is None:
        return None
    text = words(told.get("description")) or words(told.get("status"))
    status, detail = read_words(text, STATES.get(words(told.get("statusCode")), (S.IN_TRANSIT, None)))
    where = at(told, "location", "address")
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(at(where, "addressLocality")),
        country=country(at(where, "countryCode")),
    )


trackers.register("dhl")(Dhl())
