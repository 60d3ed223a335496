"""What goes on in the background: the public table is fetched when the installer named one."""

import logging

from django.conf import settings

from dragoman.core.accounts.models import Workspace
from dragoman.ground.events.registry import every
from dragoman.ground.providers.rates.ecb import MOST_BYTES, read_rates
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal
from dragoman.kit.guarded import NotFetched, fetch

from .actions.rates import keep_rates

_log = logging.getLogger(__name__)
HOURS = 6  # the table comes out once a working day, at about four in the afternoon in Frankfurt


@every(seconds=HOURS * 3600)
def fetch_rates() -> None:
    """Read the table at the address of REFERENCE_RATES_URL into every workspace; without one nothing is fetched."""
    url = settings.REFERENCE_RATES_URL
    if not url:
        return
    try:
        rates = read_rates(fetch(url, accept="*/*", agent="Dragoman (reference rates)", limit=MOST_BYTES))
    except (NotFetched, Refusal) as fault:
        _log.warning("The reference rates were not read: %s", fault)
        return
    with workspace.everywhere(reason="keep the public rates of exchange"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for one in ids:
        with workspace.acting_in(one):
            keep_rates(one, agent=None, rates=rates, source=url)
