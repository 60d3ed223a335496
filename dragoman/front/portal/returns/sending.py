"""What the page of a return shows of the way: what to print, what is near, days to be fetched on, customs papers."""

from typing import Any

from django.utils import timezone

from dragoman.service.returns.models import Method, Return
from dragoman.service.returns.papers import papers_of
from dragoman.service.returns.ways import way_of


def sending(made: Return) -> dict[str, Any]:
    """Return what the page of a return shows of the way."""
    way = way_of(made, now=timezone.now())
    return {
        "near": way.near if way.is_open else [],
        "fetch_days": way.fetch_days if way.is_open else [],
        "prints": way.is_open and made.method != Method.KEEP_ITEM,
        "has_papers": way.is_open and not made.gift and papers_of(made).is_known,
    }
