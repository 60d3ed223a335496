"""What a vendor may be used for: taken before a call, given back when it came to nothing.

Taking is one conditional statement for each limit, so that calls at the same moment never pass a limit together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from .vendor_models import VendorUsage

EVERYTHING = ""
MILLION = 1_000_000
_TAKE = """
INSERT INTO connections_vendorusage AS u (workspace_id, family, month, engine, calls, failures, characters, cost)
VALUES (%(workspace)s, %(family)s, %(month)s, %(engine)s, 0, 0, 0, 0) ON CONFLICT DO NOTHING
"""
_ADD = """
UPDATE connections_vendorusage SET calls = calls + 1, characters = characters + %(characters)s, cost = cost + %(cost)s
WHERE workspace_id = %(workspace)s AND family = %(family)s AND month = %(month)s AND engine = %(engine)s
  AND (%(most_characters)s::bigint IS NULL OR characters + %(characters)s <= %(most_characters)s)
  AND (%(most_cost)s::bigint IS NULL OR cost + %(cost)s <= %(most_cost)s)
"""


@dataclass(frozen=True)
class Limit:
    """What may be used of an engine in a month; None for no limit. Money in minor units."""

    characters: int | None = None
    money: int | None = None

    @property
    def is_set(self) -> bool:
        """Say whether there is one at all."""
        return self.characters is not None or self.money is not None


NO_LIMIT = Limit()


@dataclass(frozen=True)
class Taken:
    """What was taken for one call, from the rows of these keys."""

    workspace_id: int
    family: str
    month: date
    keys: tuple[str, ...]
    characters: int
    cost: int


class UsedUp(Exception):
    """A budget does not hold this call; `engine` says whose, empty for the workspace's own."""

    def __init__(self, engine: str) -> None:
        super().__init__(engine)
        self.engine = engine


def this_month() -> date:
    """Return the first day of the month in which budgets count (UTC)."""
    return timezone.now().date().replace(day=1)


@transaction.atomic
def take(
    workspace_id: int,
    *,
    family: str,
    engine: str,
    characters: int,
    price: int = 0,
    limits: Mapping[str, Limit] | None = None,
    is_bought: bool = True,
) -> Taken:
    """Take what one call will use of an engine and of the workspace; raises UsedUp and takes nothing.

    `limits` holds that of the engine's key and, under the empty one, that of the workspace. That one is for what is
    bought: what runs at home is counted for itself alone.
    """
    keys = (engine, EVERYTHING) if is_bought else (engine,)
    taken = Taken(workspace_id, family, this_month(), keys, characters, characters * price)
    with connection.cursor() as cursor:
        # always in this order: two calls never wait for one another crosswise
        for key in keys:
            limit = (limits or {}).get(key, NO_LIMIT)
            values: dict[str, Any] = {
                "workspace": workspace_id, "family": family, "month": taken.month, "engine": key,
                "characters": characters, "cost": taken.cost, "most_characters": limit.characters,
                "most_cost": None if limit.money is None else limit.money * MILLION,
            }  # fmt: skip
            cursor.execute(_TAKE, values)
            cursor.execute(_ADD, values)
            if not cursor.rowcount:
                raise UsedUp(key)
    return taken


@transaction.atomic
def give_back(taken: Taken) -> None:
    """Give back what a call that failed took; the call itself is counted as a failure."""
    for key in taken.keys:
        _rows(taken.workspace_id, taken.family, taken.month, key).update(
            failures=F("failures") + 1,
            characters=F("characters") - taken.characters,
            cost=F("cost") - taken.cost,
        )


def first_to_tell(workspace_id: int, *, family: str, engine: str) -> bool:
    """Say whether nobody was told yet that a budget of this month is used up, and note that somebody is told now."""
    VendorUsage.objects.get_or_create(
        workspace_id=workspace_id, family=family, month=this_month(), engine=engine
    )
    untold = _rows(workspace_id, family, this_month(), engine).filter(told_at=None)
    return bool(untold.update(told_at=timezone.now()))


def forget_told(workspace_id: int, *, family: str, engine: str) -> None:
    """Let a budget that was changed be told of anew."""
    _rows(workspace_id, family, this_month(), engine).update(told_at=None)


def used_this_month(workspace_id: int, *, family: str) -> dict[str, VendorUsage]:
    """Return what was used this month by engine; under the empty key all together."""
    found = VendorUsage.objects.filter(workspace_id=workspace_id, family=family, month=this_month())
    return {usage.engine: usage for usage in found}


def _rows(workspace_id: int, family: str, month: date, engine: str) -> Any:
    return VendorUsage.objects.filter(workspace_id=workspace_id, family=family, month=month, engine=engine)
