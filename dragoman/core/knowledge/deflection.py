"""How many found their answer by themselves: searched, read, and did not turn to people within a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from .gaps import Span
from .models import Visiting

WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class Deflection:
    """Visits of a span whose day has passed: all, those that searched, read, did both, and of these did not write."""

    language: str
    visits: int
    searched: int
    read: int
    both: int
    deflected: int

    @property
    def share(self) -> float | None:
        """Return the share of those who searched and read that did not write; None where nobody did."""
        return self.deflected / self.both if self.both else None


def _visits(workspace_id: int, span: Span) -> QuerySet[Visiting]:
    # whoever came less than a day ago may still write
    ended = timezone.now() - WITHIN
    found = Visiting.objects.filter(workspace_id=workspace_id, began_at__gte=span.since, last_at__lte=ended)
    named = {"brand_id": span.brand_id, "language": span.language, "market": span.market}
    return found.filter(**{name: value for name, value in named.items() if value})


_BOTH = Q(searched__gt=0, read__gt=0)
_SILENT = Q(wrote_at=None) | Q(wrote_at__gt=F("last_at") + WITHIN)
_COUNTS = {
    "visits": Count("pk"),
    "searched_too": Count("pk", filter=Q(searched__gt=0)),
    "read_too": Count("pk", filter=Q(read__gt=0)),
    "both": Count("pk", filter=_BOTH),
    "deflected": Count("pk", filter=_BOTH & _SILENT),
}


def deflection_in(workspace_id: int, span: Span) -> Deflection:
    """Return the figures of a span."""
    return _as_facts("", _visits(workspace_id, span).aggregate(**_COUNTS))


def deflection_by_language(workspace_id: int, span: Span) -> list[Deflection]:
    """Return the figures of a span by the language that was read in, the most visited first."""
    rows: Iterable[Mapping[str, Any]] = _visits(workspace_id, span).values("language").annotate(**_COUNTS)
    found = [_as_facts(row["language"], row) for row in rows]
    return sorted(found, key=lambda one: (-one.visits, one.language))


def _as_facts(language: str, row: Mapping[str, int]) -> Deflection:
    return Deflection(
        language, row["visits"], row["searched_too"], row["read_too"], row["both"], row["deflected"]
    )
