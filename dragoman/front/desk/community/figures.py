"""What was reported, decided and complained about in a span of time, to read and as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from dragoman.service.community.models import Decision
from dragoman.service.community.moderation import Figures, decisions_of, figures
from dragoman.service.community.moderation_models import Ground

from ..request import AgentRequest
from .views import show

_MOST = 100


@require_GET
def page(request: AgentRequest) -> HttpResponse:
    """Show the figures of a span of days, the last year where none is named; `csv` gives them as a file."""
    today = timezone.now().date()
    since, until = _day(request, "from", today - timedelta(days=365)), _day(request, "to", today)
    begin = datetime.combine(since, time(), UTC)
    end = datetime.combine(until, time(), UTC) + timedelta(days=1)
    found = figures(request.agent.workspace_id, begin, end)
    if "csv" in request.GET:
        return _csv(found, since, until)
    return show(
        request,
        "figures.html",
        found=found,
        since=since,
        until=until,
        grounds=_named(Ground.choices, found.grounds),
        reports=_named(Ground.choices, found.reports),
        kinds=_named(Decision.Kind.choices, found.decisions),
        found_by=_named(Decision.FoundBy.choices, found.found_by),
        decisions=decisions_of(request.agent.workspace_id)[:_MOST],
    )


def _day(request: AgentRequest, name: str, usual: date) -> date:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return usual


def _named(
    choices: Sequence[tuple[str, Promise | str]], counted: Mapping[str, int]
) -> list[tuple[Promise | str, int]]:
    return [(label, counted[name]) for name, label in choices if counted.get(name)]


def _csv(found: Figures, since: date, until: date) -> HttpResponse:
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["figure", "kind", "count"])
    for figure, counted in (
        ("reports", found.reports),
        ("decisions", found.decisions),
        ("limiting_by_ground", found.grounds),
        ("limiting_by_source", found.found_by),
    ):
        lines.writerows([figure, kind, count] for kind, count in sorted(counted.items()))
    lines.writerow(["suspensions", "", found.bans])
    lines.writerow(["complaints", "", found.appeals])
    lines.writerow(["complaints_reversed", "", found.reversed])
    lines.writerow(["automated_decisions", "", 0])
    if found.median_hours is not None:
        lines.writerow(["median_hours_to_decide_a_report", "", f"{found.median_hours:.1f}"])
    made = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    made["Content-Disposition"] = f'attachment; filename="community-{since}-{until}.csv"'
    return made
