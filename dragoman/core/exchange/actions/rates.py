"""Keeping public rates of exchange."""

from collections.abc import Sequence

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.rates.ecb import DayRate
from dragoman.kit.errors import Refusal

from ..events import ReferenceRatesRead
from ..models import ReferenceRate

_BATCH = 2000


def keep_rates(workspace_id: int, *, agent: Agent | None, rates: Sequence[DayRate], source: str) -> int:
    """Store the rates of a table by day and return how many are new; a day that is known is mended, none is lost.

    `agent` None is the task; raises Refusal for who may not lead.
    """
    if agent is not None and not agent.can_lead:
        raise Refusal("Only leads change the rates.", code="not_allowed", status=403)
    once = {(one.day, one.currency): one for one in rates}
    with transaction.atomic():
        before = ReferenceRate.objects.filter(workspace_id=workspace_id).count()
        ReferenceRate.objects.bulk_create(
            [
                ReferenceRate(
                    workspace_id=workspace_id,
                    day=one.day,
                    currency=one.currency,
                    rate=one.rate,
                    source=source[:200],
                )
                for one in once.values()
            ],
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["workspace", "day", "currency"],
            update_fields=["rate", "source"],
        )
        made = ReferenceRate.objects.filter(workspace_id=workspace_id).count() - before
        if made:
            publish(ReferenceRatesRead(newest=max(one.day for one in once.values()).isoformat()))
    return made
