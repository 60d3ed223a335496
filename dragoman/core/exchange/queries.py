"""Asking what an amount is worth in another currency, by a public table of a day."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Max, QuerySet

from dragoman.kit.money import Money, converted

from .models import ReferenceRate

# weekends and the longest row of bank holidays; an older table says nothing of today
MOST_AGE: Final = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Table:
    """The rates of one day: how much of each currency one euro was worth, and where that stands."""

    day: datetime.date
    source: str
    rates: Mapping[str, Decimal]

    def rate(self, currency: str, target: str) -> Decimal | None:
        """Return how much of `target` one of `currency` was worth; None where the table lacks one of them."""
        if currency == target:
            return Decimal(1)
        known = {**self.rates, "EUR": Decimal(1)}
        if currency not in known or target not in known:
            return None
        return known[target] / known[currency]

    def exchange(self, money: Money, target: str) -> Money | None:
        """Return an amount in another currency, for show; None where the table lacks one of them."""
        rate = self.rate(money.currency, target)
        return None if rate is None else Money(converted(money.minor, money.currency, target, rate), target)


def rates_of(workspace_id: int) -> QuerySet[ReferenceRate]:
    """All rates a workspace has, the newest day first."""
    return ReferenceRate.objects.filter(workspace_id=workspace_id).order_by("-day", "currency")


def table_on(workspace_id: int, day: datetime.date) -> Table | None:
    """Return the newest table that was out on a day, None where there is none of the week before it."""
    known = ReferenceRate.objects.filter(workspace_id=workspace_id)
    newest = known.filter(day__lte=day, day__gte=day - MOST_AGE).aggregate(newest=Max("day"))["newest"]
    if newest is None:
        return None
    rows = list(known.filter(day=newest))
    return Table(newest, rows[0].source, {one.currency: one.rate for one in rows})


def exchange_on(workspace_id: int, money: Money, target: str, *, day: datetime.date) -> Money | None:
    """Return an amount in another currency by the table of a day, for show; None where nobody knows."""
    table = table_on(workspace_id, day)
    return table.exchange(money, target) if table else None
