"""Setting where a brand's goods may come back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.core.shipping.places import is_country
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean
from dragoman.kit.tags import normalise

from ..errors import BadPlace, NotALead, PlaceTwice
from ..events import ReturnPlaceChanged
from ..models import PlaceKind, ReturnPlace
from ..places import get_place

MOST: Final = 500
_LONGEST: Final = {
    "name": 120, "street": 200, "postcode": 20, "city": 100, "region": 100, "phone": 40, "reference": 60,
    "hours": 300,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PlaceFacts:
    """A place as it is given; see `place_models.ReturnPlace`."""

    name: str
    street: str
    city: str
    country: str
    kind: str = PlaceKind.HUB
    postcode: str = ""
    region: str = ""
    phone: str = ""
    reference: str = ""
    languages: Sequence[str] = ()
    hours: str = ""
    takes_from: Sequence[str] = ()
    is_open: bool = True


@transaction.atomic
def set_place(
    workspace_id: int, *, agent: Agent | None, brand_id: int, facts: PlaceFacts, place_id: int | None = None
) -> ReturnPlace:
    """Make or change a place; `agent` None is a program's token. Raises NotALead, NoPlace, BadPlace, PlaceTwice."""
    _check_may(agent)
    if not brands_of(workspace_id).filter(pk=brand_id).exists():
        raise BadPlace("brand", _("There is no such brand."))
    row = get_place(workspace_id, place_id) if place_id else ReturnPlace(workspace_id=workspace_id)
    if not place_id and ReturnPlace.objects.filter(workspace_id=workspace_id).count() >= MOST:
        raise BadPlace("name", _("There are 500 return places already: remove one first."))
    for name, value in _checked(facts).items():
        setattr(row, name, value)
    row.brand_id, row.agent, row.changed_at = brand_id, agent, timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise PlaceTwice from None
    _tell(row, agent)
    return row


@transaction.atomic
def remove_place(workspace_id: int, *, agent: Agent | None, place_id: int) -> None:
    """Take a place away: returns on their way to it lose their address alone. Raises NotALead, NoPlace."""
    _check_may(agent)
    row = get_place(workspace_id, place_id)
    _tell(row, agent)
    row.delete()


def _check_may(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise NotALead


def _tell(row: ReturnPlace, agent: Agent | None) -> None:
    publish(ReturnPlaceChanged(brand_id=row.brand_id, place_id=row.pk, agent_id=agent.pk if agent else None))


def _checked(facts: PlaceFacts) -> dict[str, Any]:
    texts = {
        name: " ".join(clean(getattr(facts, name)).split())[:longest] for name, longest in _LONGEST.items()
    }
    for name in ("name", "street", "city"):
        if not texts[name]:
            raise BadPlace(name, _("Give name, street, city and country: parcels go there."))
    country = facts.country.strip().upper()
    if not is_country(country):
        raise BadPlace("country", _("Give a country as two letters, such as DE."))
    if facts.kind not in PlaceKind.values:
        raise BadPlace("kind", _("Choose of: %(known)s.") % {"known": ", ".join(PlaceKind.values)})
    served = sorted({one.strip().upper() for one in facts.takes_from if one.strip()})
    if any(not is_country(one) for one in served):
        raise BadPlace("takes_from", _("Give countries as two letters, such as DE."))
    written = [one for one in facts.languages if one.strip()]
    languages = list(dict.fromkeys(normalise(one) for one in written))
    if "" in languages or len(languages) > 20:
        raise BadPlace("languages", _("Give languages by their codes, such as de or pt-BR."))
    return {
        **texts,
        "country": country,
        "kind": facts.kind,
        "takes_from": served,
        "languages": languages,
        "is_open": facts.is_open,
    }
