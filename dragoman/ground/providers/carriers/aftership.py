"""AfterShip's Tracking API, 2024-07 and later (https://www.aftership.com/docs/tracking): over a thousand carriers.

A number is registered once; from then on AfterShip follows it and calls our webhook.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.signatures import check_base64

from .facts import EventFacts, ParcelFacts, State
from .formats import carrier_named
from .ports import Account, Asked, Field, Hook, trackers
from .wire import at, call, complaint, country, listed, moment, place, read_json, words

HOME: Final = "https://api.aftership.com"
VERSION: Final = "2024-07"
_EXISTS: Final = 4003  # "Tracking already exists."

# https://www.aftership.com/docs/tracking/2024-07/enum/delivery-statuses
TAGS: Final[Mapping[str, State]] = {
    "Pending": (S.PENDING, None), "InfoReceived": (S.INFO_RECEIVED, None), "InTransit": (S.IN_TRANSIT, None),
    "OutForDelivery": (S.OUT_FOR_DELIVERY, None), "AttemptFail": (S.ATTEMPT_FAILED, None),
    "AvailableForPickup": (S.READY_TO_COLLECT, None), "Delivered": (S.DELIVERED, None),
    "Exception": (S.EXCEPTION, None), "Expired": (S.EXPIRED, None),
}  # fmt: skip
# .../enum/delivery-sub-statuses; what is not here stands where its tag does
SUBTAGS: Final[Mapping[str, State]] = {
    "InTransit_002": (S.IN_TRANSIT, D.PICKED_UP), "InTransit_003": (S.IN_TRANSIT, D.ARRIVED),
    "InTransit_004": (S.IN_TRANSIT, D.ARRIVED), "InTransit_005": (S.IN_TRANSIT, D.CUSTOMS_CLEARED),
    "InTransit_006": (S.IN_TRANSIT, D.CUSTOMS), "InTransit_007": (S.IN_TRANSIT, D.DEPARTED),
    "InTransit_008": (S.EXCEPTION, D.DELAYED), "InTransit_009": (S.IN_TRANSIT, D.ARRIVED_COUNTRY),
    "OutForDelivery_003": (S.OUT_FOR_DELIVERY, None), "OutForDelivery_004": (S.IN_TRANSIT, D.RESCHEDULED),
    "AttemptFail_002": (S.ATTEMPT_FAILED, D.NOBODY_HOME), "AttemptFail_003": (S.ATTEMPT_FAILED, D.NO_ACCESS),
    "Delivered_002": (S.DELIVERED, None), "Delivered_003": (S.DELIVERED, D.SIGNED),
    "Delivered_004": (S.DELIVERED, D.PAID_ON_DELIVERY), "Delivered_005": (S.DELIVERED, D.TO_NEIGHBOUR),
    "Exception_002": (S.EXCEPTION, D.BAD_ADDRESS), "Exception_003": (S.EXCEPTION, D.REFUSED),
    "Exception_004": (S.EXCEPTION, D.CUSTOMS_HOLD), "Exception_005": (S.EXCEPTION, D.DELAYED),
    "Exception_006": (S.EXCEPTION, D.CUSTOMS_PAYMENT), "Exception_007": (S.EXCEPTION, D.BAD_ADDRESS),
    "Exception_008": (S.EXCEPTION, D.UNCLAIMED), "Exception_009": (S.EXCEPTION, D.UNCLAIMED),
    "Exception_010": (S.RETURNING, None), "Exception_011": (S.RETURNED, None),
    "Exception_012": (S.EXCEPTION, D.DAMAGED), "Exception_013": (S.LOST, None),
    "Exception_016": (S.EXCEPTION, D.DELAYED), "Exception_017": (S.EXCEPTION, D.DELAYED),
    "Exception_018": (S.EXCEPTION, D.CUSTOMS_PAPERS),
}  # fmt: skip
# AfterShip's slugs where they are not our words with a dash
SLUGS: Final[Mapping[str, str]] = {
    "dhl": "dhl-germany", "dhl_express": "dhl", "dhl_ecommerce": "dhl-global-mail", "postnl": "postnl-3s",
    "la_poste": "la-poste-colissimo", "correos": "spain-correos-es", "correios": "brazil-correios",
    "ctt": "portugal-ctt", "bring": "posten-norge", "posti": "posti", "evri": "myhermes-uk", "gls": "gls",
    "poste_italiane": "poste-italiane", "japan_post": "japan-post", "yamato": "taqbin-jp", "sagawa": "sagawa",
    "four_px": "4px", "sf_express": "sf-express", "hermes": "hermes-de", "brt": "brt-it", "inpost": "inpost-paczkomaty",
}  # fmt: skip
_OURS: Final = {slug: code for code, slug in SLUGS.items()}


class AfterShip:
    """See this file's head."""

    title = "AfterShip"
    fields: Sequence[Field] = (
        Field("key", _("API key"), secret=True, help="as-api-key"),
        Field("hook_secret", _("Webhook secret"), secret=True, required=False),
    )
    carriers: frozenset[str] = frozenset()
    batch = 50
    hooks = True

    def check(self, account: Account) -> None:
        """Ask for one page of nothing."""
        answer = self._call(account, "GET", "/trackings", query={"limit": "1"})
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for those that are followed, and register the others."""
        numbers = ",".join(one.number for one in parcels)
        answer = self._call(
            account, "GET", "/trackings", query={"tracking_numbers": numbers, "limit": str(self.batch)}
        )
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        found = {
            words(one.get("tracking_number")).upper(): one
            for one in listed(at(answer.body, "data", "trackings"))
        }
        return [
            _parcel(found[one.number.upper()])
            if one.number.upper() in found
            else self._register(account, one)
            for one in parcels
        ]

    def _register(self, account: Account, asked: Asked) -> ParcelFacts:
        body = {"tracking_number": asked.number}
        if asked.carrier:
            body["slug"] = SLUGS.get(asked.carrier, asked.carrier.replace("_", "-"))
        answer = self._call(account, "POST", "/trackings", body=body)
        if answer.status < 300:
            return _parcel(at(answer.body, "data"))
        if at(answer.body, "meta", "code") != _EXISTS and answer.status != 400:
            raise answer.refused(complaint(answer.body))
        # a number whose carrier it cannot tell is no fault of the others in this batch
        return ParcelFacts(number=asked.number, known=False)

    def verify(self, account: Account, hook: Hook) -> None:
        """`aftership-hmac-sha256` is base64 of HMAC-SHA256 over the body as it came."""
        signature = hook.headers.get("aftership-hmac-sha256", "")
        check_base64(account.secrets.get("hook_secret", ""), hook.body, signature)

    def told(self, body: bytes) -> Sequence[ParcelFacts]:
        """Read one update."""
        message = at(read_json(body), "msg")
        return [_parcel(message)] if words(at(message, "tracking_number")) else []

    def _call(self, account: Account, method: str, path: str, **more: Any) -> Any:
        headers = {"as-api-key": account.secrets.get("key", "")}
        return call(account, method, f"/tracking/{VERSION}{path}", home=HOME, headers=headers, **more)


def state_of(tag: object, subtag: object) -> State:
    """Return where a parcel stands by AfterShip's words."""
    return SUBTAGS.get(words(subtag)) or TAGS.get(words(tag), (S.IN_TRANSIT, None))


def carrier_of(slug: object) -> str:
    """Return our word for a slug, the slug where we have none."""
    said = words(slug, 60)
    known = carrier_named(said)
    return _OURS.get(said) or (known.code if known else said)


def _parcel(told: Any) -> ParcelFacts:
    points = [_event(one) for one in listed(at(told, "checkpoints"))]
    estimate = at(told, "latest_estimated_delivery", "datetime") or at(
        told, "courier_estimated_delivery_date", "estimated_delivery_date"
    )
    return ParcelFacts(
        number=words(at(told, "tracking_number"), 80),
        carrier=carrier_of(at(told, "slug")),
        service=words(at(told, "shipment_type"), 80),
        events=[one for one in points if one is not None],
        estimated_at=moment(estimate),
        origin=country(at(told, "origin_country_region")),
        destination=country(at(told, "destination_country_region")),
        known=at(told, "tag") != "Pending" or bool(points),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = moment(told.get("checkpoint_time"))
    if when is None:
        return None
    status, detail = state_of(told.get("tag"), told.get("subtag"))
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=words(told.get("message")),
        place=place(told.get("location")) or place(told.get("city"), told.get("state")),
        country=country(told.get("country_region")),
    )


trackers.register("aftership")(AfterShip())
