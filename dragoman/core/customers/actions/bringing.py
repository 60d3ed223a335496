"""Storing a file's values of own fields, some hundred customers by one statement."""

import json

from django.db import connection, transaction
from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish

from ..bringing import Brought
from ..events import CustomerChanged
from .fields import check_may_define

BATCH = 500
_STORE = """
UPDATE customers_customer c SET own = c.own || v.own, own_at = c.own_at || v.own_at
FROM unnest(%s::bigint[], %s::jsonb[], %s::jsonb[]) AS v(id, own, own_at)
WHERE c.workspace_id = %s AND c.id = v.id AND c.leaving_at IS NULL
"""


def bring_values(workspace_id: int, brought: Brought, *, agent: Agent | None) -> int:
    """Store the values of a file without problems, batch by batch; returns how many customers were changed."""
    check_may_define(agent)
    when = timezone.now().isoformat()
    people = list(brought.values.items())
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        ids = [pk for pk, _own in batch]
        own = [json.dumps(values) for _pk, values in batch]
        own_at = [json.dumps(dict.fromkeys(values, when)) for _pk, values in batch]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_STORE, [ids, own, own_at, workspace_id])
            publish(*(CustomerChanged(customer_id=pk) for pk in ids))
    return len(people)
