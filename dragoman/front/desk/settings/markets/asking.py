"""What every page of markets asks first: which country, which brand, which day."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.playbooks.queries import has_playbook
from dragoman.ground.markets.errors import NoMarket
from dragoman.kit.errors import NotFound, Refusal

from ...request import AgentRequest


def today() -> datetime.date:
    """Return the day it is, in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def country_named(code: str) -> str:
    """Return a country by its code in any case; raises NoMarket."""
    if not has_playbook(code.upper()):
        raise NoMarket
    return code.upper()


def brand_asked(request: AgentRequest) -> tuple[Brand | None, list[Brand]]:
    """Return the brand that is looked at, and all: the first where none is named, but never where something is set.

    Raises NotFound.
    """
    brands = list(brands_of(request.agent.workspace_id))
    asked = request.POST.get("brand") or request.GET.get("brand") or ""
    named = next((brand for brand in brands if str(brand.pk) == asked), None)
    if named is None and (asked or (request.method == "POST" and len(brands) > 1)):
        raise NotFound(_("There is no such brand."))
    return named or (brands[0] if brands else None), brands


def brand_needed(request: AgentRequest) -> Brand:
    """Return the brand that is looked at; raises Refusal `no_brand`."""
    brand = brand_asked(request)[0]
    if brand is None:
        raise Refusal(_("Make a brand first: markets are chosen for one."), code="no_brand", status=422)
    return brand


def address(name: str, *args: str, brand: Brand | None) -> str:
    """Return the address of a page of markets, for a brand."""
    return reverse(f"settings_{name}", args=args) + (f"?brand={brand.pk}" if brand else "")
