"""Which country a conversation's customer is in: told, or presumed from their language."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from dragoman.core.customers.models import Customer
from dragoman.core.customers.zones import Whereabouts, zone_of_customer
from dragoman.core.playbooks.queries import brands_selling, chosen_markets
from dragoman.ground.markets.speaking import presumed_market
from dragoman.kit.memo import Memo

from .models import Conversation


@dataclass(frozen=True)
class Country:
    """An ISO 3166-1 code; `presumed`: nobody told it, it is what their language points at."""

    code: str
    presumed: bool = False


# which markets are sold to is decided once
_chosen: Memo[tuple[int, int], Collection[str]] = Memo(seconds=60)


def country_of(conversation: Conversation) -> Country | None:
    """Return the country of a conversation's customer; None where nothing points at one."""
    told = conversation.market or conversation.customer.market
    if told:
        return Country(told)
    if conversation.side_of_id is not None:
        return None
    return _presumed(conversation.language, _sold_to(conversation.workspace_id, conversation.brand_id))


def in_country(rows: QuerySet[Any], workspace_id: int, country: str) -> QuerySet[Any]:
    """Narrow conversations of a workspace to those whose customer is in a country, as `country_of` says of each.

    `told` is the country that was told, "" where it is presumed.
    """
    rows = rows.annotate(told=Coalesce(NullIf(F("market"), Value("")), F("customer__market")))
    here = Q(told=country)
    untold = rows.filter(told="", side_of=None).order_by().values_list("brand_id", "language")
    for brand_id, language in untold.distinct():
        found = _presumed(language, _sold_to(workspace_id, brand_id))
        if found and found.code == country:
            here |= Q(told="", side_of=None, brand_id=brand_id, language=language)
    return rows.filter(here)


def country_of_customer(customer: Customer) -> Country | None:
    """Return the country a customer is in, whichever brand they write to."""
    if customer.market:
        return Country(customer.market)
    where = (customer.workspace_id, 0)
    return _presumed(customer.language, _chosen.get(where, lambda: brands_selling(customer.workspace_id)))


def whereabouts_of(conversation: Conversation) -> Whereabouts | None:
    """Return whose clock a conversation's customer lives by; None: not known."""
    country = country_of(conversation)
    return zone_of_customer(
        conversation.customer,
        brand_id=conversation.brand_id,
        market=country.code if country else "",
        presumed=bool(country and country.presumed),
    )


def whereabouts_of_customer(customer: Customer) -> Whereabouts | None:
    """Return whose clock a customer lives by, whichever brand they write to; None: not known."""
    country = country_of_customer(customer)
    presumed = bool(country and country.presumed)
    return zone_of_customer(customer, market=country.code if country else "", presumed=presumed)


def _sold_to(workspace_id: int, brand_id: int) -> Collection[str] | None:
    where = (workspace_id, brand_id)
    return _chosen.get(where, lambda: chosen_markets(*where))


def _presumed(language: str, among: Collection[str] | None) -> Country | None:
    code = presumed_market(language, among or ()) if language else ""
    return Country(code, presumed=True) if code else None
