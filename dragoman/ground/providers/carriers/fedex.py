"""FedEx's Track API (https://developer.fedex.com/api/en-us/catalog/track): OAuth, 30 numbers a call."""

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

HOME: Final = "https://apis.fedex.com"

CODES: Final[Mapping[str, State]] = {
    "OC": (S.INFO_RECEIVED, None), "IN": (S.INFO_RECEIVED, None), "PU": (S.IN_TRANSIT, D.PICKED_UP),
    "AR": (S.IN_TRANSIT, D.ARRIVED), "DP": (S.IN_TRANSIT, D.DEPARTED), "IT": (S.IN_TRANSIT, None),
    "AF": (S.IN_TRANSIT, D.ARRIVED), "FD": (S.IN_TRANSIT, D.ARRIVED), "CC": (S.IN_TRANSIT, D.CUSTOMS_CLEARED),
    "CD": (S.EXCEPTION, D.CUSTOMS_HOLD), "CP": (S.IN_TRANSIT, D.CUSTOMS), "OD": (S.OUT_FOR_DELIVERY, None),
    "DL": (S.DELIVERED, None), "DE": (S.ATTEMPT_FAILED, None), "HL": (S.READY_TO_COLLECT, None),
    "HP": (S.READY_TO_COLLECT, None), "RS": (S.RETURNING, None), "RT": (S.RETURNED, None), "CA": (S.CANCELLED, None),
    "SE": (S.EXCEPTION, None), "DY": (S.EXCEPTION, D.DELAYED), "DD": (S.EXCEPTION, D.DELAYED),
    "RD": (S.IN_TRANSIT, D.RESCHEDULED),
}  # fmt: skip
# why it could not be delivered
REASONS: Final[Mapping[str, D]] = {
    "08": D.NOBODY_HOME, "03": D.BAD_ADDRESS, "07": D.REFUSED, "02": D.DAMAGED, "17": D.RESCHEDULED,
}  # fmt: skip


class FedEx(Silent):
    """See this file's head."""

    title = "FedEx"
    fields: Sequence[Field] = (
        Field("client", _("API key")),
        Field("secret", _("Client secret"), secret=True),
    )
    carriers: frozenset[str] = frozenset({"fedex"})
    batch = 30

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for all at once."""
        body = {
            "includeDetailedScans": True,
            "trackingInfo": [{"trackingNumberInfo": {"trackingNumber": one.number}} for one in parcels],
        }
        headers = {"Authorization": f"Bearer {self._token(account)}", "X-locale": "en_US"}
        answer = call(account, "POST", "/track/v1/trackingnumbers", home=HOME, headers=headers, body=body)
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        found = {
            words(one.get("trackingNumber")): (listed(one.get("trackResults")) or [{}])[-1]
            for one in listed(at(answer.body, "output", "completeTrackResults"))
        }
        return [_parcel(one, found.get(one.number, {})) for one in parcels]

    def _token(self, account: Account) -> str:
        client, secret = account.settings.get("client", ""), account.secrets.get("secret", "")

        def fresh() -> tuple[str, float]:
            form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
            answer = call(account, "POST", "/oauth/token", home=HOME, form=form)
            if answer.status >= 400 or not at(answer.body, "access_token"):
                raise answer.refused(complaint(answer.body))
            return str(answer.body["access_token"]), float(at(answer.body, "expires_in") or 0)

        return token_of("fedex", account.address, f"{client}:{secret}", fresh)


def _parcel(asked: Asked, told: dict[str, Any]) -> ParcelFacts:
    events = [_event(one) for one in listed(told.get("scanEvents"))]
    dates = {words(one.get("type")): one.get("dateTime") for one in listed(told.get("dateAndTimes"))}
    return ParcelFacts(
        number=asked.number,
        carrier="fedex",
        service=words(at(told, "serviceDetail", "description"), 80),
        events=[one for one in events if one is not None],
        estimated_at=moment(dates.get("ESTIMATED_DELIVERY")),
        origin=country(at(told, "shipperInformation", "address", "countryCode")),
        destination=country(at(told, "recipientInformation", "address", "countryCode")),
        known="error" not in told and bool(told),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = moment(told.get("date"))
    if when is None:
        return None
    why = words(told.get("exceptionDescription"))
    text = ": ".join(said for said in (words(told.get("eventDescription")), why) if said)
    status, detail = CODES.get(words(told.get("eventType")), (S.IN_TRANSIT, None))
    detail = detail or REASONS.get(words(told.get("exceptionCode")))
    status, detail = read_words(text, (status, detail))
    where = told.get("scanLocation")
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=text,
        place=place(at(where, "city"), at(where, "stateOrProvinceCode")),
        country=country(at(where, "countryCode")),
    )


trackers.register("fedex")(FedEx())
