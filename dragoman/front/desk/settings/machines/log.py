"""What left the house: a page for whoever answers for privacy, and the same as a table file."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET

from dragoman.core.language.departures import Line, departures_of, totals_of
from dragoman.kit.tables import safe_cell

from ...request import AgentRequest
from ..exchange import taken_out
from ..places import leads_only, show

_PAGE = 100
_DAYS = 30
PURPOSES = {
    "message": later("Message of a customer"),
    "reply": later("Answer"),
    "macro": later("Macro"),
    "article": later("Article"),
    "answer": later("Answer of the bot"),
    "try": later("Try or program"),
}
COLUMNS = (
    "at",
    "engine",
    "vendor",
    "host",
    "source",
    "target",
    "texts",
    "characters",
    "purpose",
    "conversation_id",
)


def _since(request: AgentRequest) -> date:
    """Return the first day asked for, a month ago if none is."""
    try:
        return date.fromisoformat(request.GET.get("since", ""))
    except ValueError:
        return timezone.now().date() - timedelta(days=_DAYS)


@require_GET
@leads_only
def log(request: AgentRequest) -> HttpResponse:
    """List what left the house, the newest first."""
    workspace_id, since = request.agent.workspace_id, _since(request)
    before = request.GET.get("before", "")
    found = departures_of(
        workspace_id, since=since, before=int(before) if before.isascii() and before.isdigit() else None
    )
    lines = list(found[: _PAGE + 1])
    return show(
        request,
        "translation_log.html",
        place="translation",
        up="/settings/translation",
        lines=lines[:_PAGE],
        older=lines[_PAGE - 1].pk if len(lines) > _PAGE else None,
        totals=totals_of(workspace_id, since=since),
        since=since,
        purposes=PURPOSES,
    )


class _Echo:
    """A file that hands back what is written."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


@require_GET
@leads_only
def table(request: AgentRequest) -> HttpResponse:
    """Give the same as CSV (UTF-8 with its mark, times in UTC), all of it."""
    workspace_id, since = request.agent.workspace_id, _since(request)
    name = f"{_('left-the-house')}-{since}.csv"
    return taken_out("".join(_rows(workspace_id, since)), content_type="text/csv", name=name)


def _rows(workspace_id: int, since: date) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)
    before: int | None = None
    while True:
        lines: list[Line] = list(departures_of(workspace_id, since=since, before=before)[:1000])
        for line in lines:
            values = [getattr(line, name) for name in COLUMNS]
            values[0] = line.at.astimezone(UTC).isoformat(timespec="seconds")
            yield writer.writerow(["" if value is None else safe_cell(str(value)) for value in values])
        if len(lines) < 1000:
            return
        before = lines[-1].pk
