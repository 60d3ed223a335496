"""The policy in plain words, before and after buying: a page, and a block for a shop's pages and mails."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from dragoman.core.playbooks.queries import has_playbook, markets_of
from dragoman.ground.design.functions import market_name
from dragoman.ground.markets.playbook import countries

from .door import Visit, at_portal, page
from .policy_words import Policy, policy_of
from .start import buttons


@require_safe
@at_portal
def policy(visit: Visit) -> HttpResponse:
    """Show what holds in a country; without one, ask which."""
    chosen = _countries(visit)
    country = visit.country or (chosen[0][0] if len(chosen) == 1 else "")
    return page(
        visit,
        "policy.html",
        cached=True,
        told=_told(visit, country),
        countries=chosen,
        country=country,
        **buttons(visit),
    )


@csrf_exempt
@require_safe
@at_portal
def block(visit: Visit) -> HttpResponse:
    """Return the policy as a piece of HTML without script, style or picture: for a shop's page, and its mail."""
    chosen = _countries(visit)
    country = visit.country or (chosen[0][0] if len(chosen) == 1 else "")
    base = settings.BASE_URL or f"{visit.request.scheme}://{visit.request.get_host()}"
    made = page(
        visit,
        "policy_block.html",
        cached=True,
        told=_told(visit, country),
        country=country,
        base=base,
        **buttons(visit),
    )
    # what everybody may read, a shop's page may read, too
    made["Access-Control-Allow-Origin"] = "*"
    return made


def _told(visit: Visit, country: str) -> Policy | None:
    return policy_of(visit.brand, country, on=timezone.now().date()) if country else None


def _countries(visit: Visit) -> list[tuple[str, str]]:
    """Return the brand's markets by name, all that we know where it chose none, and the one that was asked for."""
    mine = {one.country for one in markets_of(visit.brand.workspace_id, visit.brand.pk)}
    known = mine or {one for one in countries() if has_playbook(one)}
    known |= {visit.country} - {""}
    return sorted(((one, market_name(one)) for one in known), key=lambda pair: pair[1])
