"""Arranging a return's way: to which place it goes, when it is fetched, what customs are told of its goods."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.commerce.queries import order_by_id
from dragoman.core.shipping.places import is_country
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..customs_goods import SHORTEST_HS
from ..errors import BadCustoms, BadFetch, BadStep, NoPlace, NotFetched
from ..events import ReturnArranged
from ..fetching import fetch_days
from ..places import get_place
from ..policy_models import Method
from ..queries import place_for
from ..return_models import Return
from ..states import NEXT, VOID
from .requests import By, log
from .steps import locked_return

# a thing of a shop that is heavier goes by no parcel
HEAVIEST: Final = 10_000_000
_LONGEST_HS: Final = 12


@transaction.atomic
def send_to(workspace_id: int, return_id: int, *, by: By, place_id: int) -> Return:
    """Have a return go to another place of its brand. Raises NoReturn, NoPlace, BadStep (it has ended)."""
    made = _open(workspace_id, return_id)
    place = get_place(workspace_id, place_id)
    if place.brand_id != made.brand_id or not place.is_open:
        raise NoPlace
    if made.place_id == place.pk:
        return made
    made.place = place
    made.save(update_fields=["place"])
    _arranged(made, "place", by, _("It goes to %(place)s.") % {"place": place.name})
    return made


@transaction.atomic
def ask_to_fetch(
    workspace_id: int,
    return_id: int,
    *,
    by: By,
    first: datetime.date,
    last: datetime.date,
    note: str = "",
) -> Return:
    """Ask that goods are fetched between two days on which both sides work. Raises NoReturn, NotFetched, BadFetch."""
    made = _open(workspace_id, return_id)
    if made.method != Method.PICK_UP:
        raise NotFetched
    place = place_for(order_by_id(workspace_id, made.order_id))
    days = fetch_days(made, today=place.day(timezone.now()), region=place.region)
    if first not in days or last not in days or last < first:
        raise BadFetch(days)
    made.fetch_from, made.fetch_until = first, last
    made.fetch_note = " ".join(clean(note).split())[:200]
    made.save(update_fields=["fetch_from", "fetch_until", "fetch_note"])
    said = {"first": first.isoformat(), "last": last.isoformat()}
    _arranged(made, "fetch", by, _("To be picked up between %(first)s and %(last)s.") % said)
    return made


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an agent tells customs of a line; what is empty is left as the shop says."""

    text: str = ""
    hs_code: str = ""
    origin: str = ""
    weight: int | None = None


@transaction.atomic
def tell_customs(workspace_id: int, return_id: int, *, by: By, lines: Mapping[int, Told]) -> Return:
    """Note what customs are told of lines: {id of the order's line: what}. Raises NoReturn, BadCustoms."""
    made = locked_return(workspace_id, return_id)
    for row in made.lines.all():
        told = lines.get(row.line_id)
        if told is None:
            continue
        row.customs_text = " ".join(clean(told.text).split())[:200]
        row.hs_code, row.origin, row.weight = _hs(told.hs_code), _origin(told.origin), _weight(told.weight)
        row.save(update_fields=["customs_text", "hs_code", "origin", "weight"])
    _arranged(made, "customs", by, _("What customs are told was filled in."))
    return made


def _hs(written: str) -> str:
    code = "".join(written.replace(".", "").split())
    if code and not (code.isascii() and code.isdigit() and SHORTEST_HS <= len(code) <= _LONGEST_HS):
        raise BadCustoms("hs_code", _("Give 6 to 12 digits of the customs tariff, such as 640411."))
    return code


def _origin(written: str) -> str:
    code = written.strip().upper()
    if code and not is_country(code):
        raise BadCustoms("origin", _("Give the country it was made in as two letters, such as VN."))
    return code


def _weight(grams: int | None) -> int | None:
    if grams is not None and not 0 < grams <= HEAVIEST:
        raise BadCustoms("weight", _("Give the weight of one in grams."))
    return grams


def _open(workspace_id: int, return_id: int) -> Return:
    """Return one whose goods are still to come, whether or not its money went already."""
    made = locked_return(workspace_id, return_id)
    if made.state in VOID or made.received_at:
        raise BadStep(made.state, tuple(NEXT[made.state]))
    return made


def _arranged(made: Return, what: str, by: By, note: str) -> None:
    log(made, made.state, by=by, note=note)
    publish(
        ReturnArranged(
            return_id=made.pk,
            order_id=made.order_id,
            what=what,
            agent_id=by.agent.pk if by.agent else None,
        )
    )
