"""Thailand Post's Track API (https://track.thailandpost.co.th/developerGuide): a token for a month, 100 numbers a call.

Its words are kept in Thai; its years are those of the Buddhist era.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.ground.providers.statuses import ShipmentDetail as D
from dragoman.ground.providers.statuses import ShipmentStatus as S
from dragoman.kit.errors import Rejected, Unavailable

from .facts import EventFacts, ParcelFacts, State
from .ports import Account, Asked, Field, Silent, trackers
from .tokens import forget_token, token_of
from .wire import at, call, complaint, listed, moment, place, words

HOME: Final = "https://trackapi.thailandpost.co.th"
_BUDDHIST: Final = 543
_WRITTEN: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{2}:\d{2})(:\d{2})?([+-]\d{2}:?\d{2})?\Z")
_HOLDS: Final = 20 * 3600.0  # asked anew each day, whatever it holds
_LIMIT: Final = 6 * 3600.0  # numbers are counted by the day

STATES: Final[Mapping[str, State]] = {
    "101": (S.INFO_RECEIVED, None), "102": (S.INFO_RECEIVED, D.HANDED_OVER), "103": (S.IN_TRANSIT, D.PICKED_UP),
    "201": (S.IN_TRANSIT, None), "202": (S.IN_TRANSIT, D.CUSTOMS), "203": (S.RETURNING, None),
    "204": (S.IN_TRANSIT, D.DEPARTED), "205": (S.IN_TRANSIT, D.ARRIVED_COUNTRY), "206": (S.IN_TRANSIT, D.ARRIVED),
    "207": (S.IN_TRANSIT, None), "301": (S.OUT_FOR_DELIVERY, None), "302": (S.READY_TO_COLLECT, None),
    "401": (S.ATTEMPT_FAILED, None), "501": (S.DELIVERED, None),
}  # fmt: skip


class ThailandPost(Silent):
    """See this file's head."""

    title = "Thailand Post"
    fields: Sequence[Field] = (Field("key", _("API key"), secret=True, help="Token"),)
    carriers: frozenset[str] = frozenset({"thailand_post"})
    batch = 100

    def check(self, account: Account) -> None:
        """Get a token."""
        self._token(account)

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Ask for all at once."""
        headers = {"Authorization": f"Token {self._token(account)}"}
        body = {"status": "all", "language": "TH", "barcode": [one.number for one in parcels]}
        try:
            answer = call(account, "POST", "/post/api/v1/track", home=HOME, headers=headers, body=body)
        except Rejected:
            forget_token("thailand_post", account.address, account.secrets.get("key", ""))
            raise
        if answer.status >= 400:
            raise answer.refused(complaint(answer.body))
        if at(answer.body, "status") is False:
            raise self._refused(answer.body)
        found = at(answer.body, "response", "items")
        known = found if isinstance(found, dict) else {}
        return [_parcel(one, listed(known.get(one.number))) for one in parcels]

    def _refused(self, told: Any) -> Rejected | Unavailable:
        """Return a refusal; one that the day's numbers are used up is for later."""
        said = complaint(told) or "no reason given"
        return Unavailable(said, retry_after=_LIMIT) if "limit" in said.lower() else Rejected(said)

    def _token(self, account: Account) -> str:
        key = account.secrets.get("key", "")

        def fresh() -> tuple[str, float]:
            answer = call(
                account, "POST", "/post/api/v1/authenticate/token", home=HOME,
                headers={"Authorization": f"Token {key}"},
            )  # fmt: skip
            if answer.status >= 400 or not at(answer.body, "token"):
                raise answer.refused(complaint(answer.body))
            return str(answer.body["token"]), _HOLDS

        return token_of("thailand_post", account.address, key, fresh)


def _parcel(asked: Asked, told: Sequence[dict[str, Any]]) -> ParcelFacts:
    events = [_event(one) for one in told]
    return ParcelFacts(
        number=asked.number,
        carrier="thailand_post",
        events=[one for one in events if one is not None],
        known=bool(told),
    )


def _event(told: dict[str, Any]) -> EventFacts | None:
    when = _moment(words(told.get("status_date")))
    if when is None:
        return None
    status, detail = STATES.get(words(told.get("status")), (S.IN_TRANSIT, None))
    parts = [words(told.get("status_description")), words(told.get("delivery_description"))]
    return EventFacts(
        at=when,
        status=status,
        detail=detail or "",
        text=": ".join(dict.fromkeys(one for one in parts if one)),
        place=place(told.get("location")),
        # 99999 stands for every place abroad
        country="" if words(told.get("postcode")) in ("", "99999") else "TH",
    )


def _moment(written: str) -> datetime | None:
    """Return a moment such as 24/11/2569 14:30:00+07:00; one without a clock is by Bangkok's."""
    found = _WRITTEN.match(written)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3])
    year -= _BUDDHIST if year > 2400 else 0
    return moment(f"{year:04}-{month:02}-{day:02}T{found[4]}{found[5] or ':00'}{found[6] or '+07:00'}")


trackers.register("thailand_post")(ThailandPost())
