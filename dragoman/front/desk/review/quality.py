"""The quality of translations, for leads: a card a pair of languages, and all of it as a table."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dragoman.core.conversations.quality import quality_of

from ..frame import frame
from ..request import AgentRequest
from ..settings.places import leads_only
from ..today.views import duration
from . import words

SPANS = (7, 30, 90)


@leads_only
@require_GET
def quality(request: AgentRequest) -> HttpResponse:
    """Show the figures of the last 7, 30 or 90 days."""
    given = request.GET.get("days", "")
    days = int(given) if given.isascii() and given.isdigit() and int(given[:4]) in SPANS else 30
    until = timezone.now()
    found = quality_of(
        request.agent.workspace_id,
        team=request.agent.workspace.language,
        since=until - timedelta(days=days),
        until=until,
    )
    context = frame(
        request,
        section="review",
        tab="quality",
        may_lead=True,
        title=_("Quality of translations"),
        quality=found,
        days=days,
        spans=SPANS,
        duration=duration,
        made_words=words.MADE,
        answers=sum(found.made.values()),
    )
    return render(request, "desk/review/quality.html", context)
