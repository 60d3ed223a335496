"""Today: six live numbers on one page, each a way into its list."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dragoman.core.conversations.shapes import UNKNOWN
from dragoman.core.conversations.today import MOST, Today, today_of
from dragoman.ground.design.functions import format_number

from ..frame import frame
from ..request import AgentRequest

MINUTE, HOUR, DAY = 60, 3600, 86400


def duration(seconds: float) -> str:
    """Write a span in its largest unit or two: "40 s", "12 min", "1 h 12 min", "3 days"."""
    whole = max(0, int(seconds))
    if whole < MINUTE:
        return _("%(seconds)s s") % {"seconds": format_number(whole)}
    if whole < HOUR:
        return _("%(minutes)s min") % {"minutes": format_number(whole // MINUTE)}
    if whole < DAY:
        parts = {"hours": format_number(whole // HOUR), "minutes": format_number(whole % HOUR // MINUTE)}
        return _("%(hours)s h %(minutes)s min") % parts
    days = whole // DAY
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": format_number(days)}


def age(since: datetime) -> str:
    """Write how long ago something was."""
    return duration((timezone.now() - since).total_seconds())


def _change(today: Today) -> tuple[str, str]:
    """Say how the first response compares with what is usual: a sentence, and whether it is `ok`, `bad` or neither."""
    if today.first_response is None or today.first_response_usual is None:
        return "", ""
    usual = duration(today.first_response_usual)
    if today.first_response <= today.first_response_usual:
        return _("usual on this weekday: %(usual)s") % {"usual": usual}, "ok"
    return _("slower than usual on this weekday: %(usual)s") % {"usual": usual}, "bad"


def _list(view: str, **filters: str) -> str:
    return "/?" + urlencode({"view": view, **{name: value for name, value in filters.items() if value}})


def _matter(request: AgentRequest) -> dict[str, object]:
    today = today_of(request.agent.workspace_id, zone=request.agent.time_zone)
    change, kind = _change(today)
    busiest = max(today.by_hour)
    return {
        "today": today,
        "most": MOST,
        "change": change,
        "change_kind": kind,
        "busiest": busiest,
        "hour_now": timezone.now().astimezone(today.day_begins.tzinfo).hour,
        "duration": duration,
        "age": age,
        "unknown": UNKNOWN,
        "list_of": _list,
    }


@require_GET
def today(request: AgentRequest) -> HttpResponse:
    """Show the page."""
    return render(
        request, "desk/today.html", frame(request, section="today", title=_("Today"), **_matter(request))
    )


@require_GET
def numbers(request: AgentRequest) -> HttpResponse:
    """Fetch the numbers anew."""
    return render(request, "desk/_today.html", {**_matter(request), "zone": request.agent.time_zone})
