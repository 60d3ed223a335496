"""Hours: the list by what they are for, the editor of a week, calendars of days off."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.hours.actions import (
    HoursWritten,
    add_feed,
    ask_again,
    checked,
    remove_feed,
    remove_hours,
    save_hours,
)
from dragoman.core.accounts.hours.queries import feeds_of, get_hours, rows_of
from dragoman.core.accounts.hours.rows import Scope, hours_of
from dragoman.core.accounts.models import ServiceHours
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from . import words
from .draft import Draft, promised
from .forms import FeedForm, HoursForm, places

_SCOPE = ("market", "channel", "time_zone", "country", "region")


@require_GET
@leads_only
def hours(request: AgentRequest) -> HttpResponse:
    """List all hours with whether they are open, and the calendars of days off."""
    return _list(request)


def _list(request: AgentRequest, *, form: FeedForm | None = None) -> HttpResponse:
    workspace_id, zone = request.agent.workspace_id, request.agent.time_zone
    feeds, rows, now = list(feeds_of(workspace_id)), list(rows_of(workspace_id)), datetime.now(UTC)
    named = {row.pk: words.scope_words(row) for row in rows}
    lines = []
    for row in rows:
        read = hours_of(row, feeds)
        said = words.saying(read.calendar, now=now, zone=zone) if read else None
        lines.append((row, named[row.pk], words.week_words(row.week), said))
    return show(
        request,
        "hours.html",
        place="hours",
        lines=sorted(lines, key=lambda one: (one[0].brand_id or 0, one[0].market, one[0].team_id or 0)),
        feeds=[
            (feed, named.get(feed.hours_id or 0, ""), words.FEED_ERRORS.get(feed.error, "")) for feed in feeds
        ],
        form=form or FeedForm(rows=[(str(pk), said) for pk, said in named.items()]),
        status=422 if form else 200,
    )


@require_http_methods(["GET", "POST"])
@leads_only
def editor(request: AgentRequest, hours_id: int | None = None) -> HttpResponse:
    """Make hours, or change some; a button of the editor changes what it shows, and stores nothing."""
    workspace_id = request.agent.workspace_id
    known = get_hours(workspace_id, hours_id) if hours_id else None
    form = HoursForm(request.POST or None, initial=_initial(request, known), workspace_id=workspace_id)
    if request.method == "GET":
        return _editor(request, known, form, Draft.of(known) if known else Draft.new())
    draft = Draft.sent(request.POST)
    if "do" in request.POST:
        unchecked = HoursForm(initial=request.POST.dict(), workspace_id=workspace_id)
        return _editor(request, known, unchecked, draft.after(request.POST["do"]))
    if form.is_valid():
        try:
            written = draft.written(form.cleaned_data, form.scope())
            save_hours(workspace_id, agent=request.agent, written=written, hours_id=hours_id)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The hours are saved."))
            return redirect("settings_hours")
    return _editor(request, known, form, draft, status=422)


def _initial(request: AgentRequest, known: ServiceHours | None) -> dict[str, Any]:
    if known is None:
        return {"time_zone": request.agent.time_zone}
    scope = {"brand": known.brand_id or "", "team": known.team_id or ""}
    return {**{name: getattr(known, name) for name in _SCOPE}, **scope}


def _editor(
    request: AgentRequest, known: ServiceHours | None, form: HoursForm, draft: Draft, *, status: int = 200
) -> HttpResponse:
    now = datetime.now(UTC)
    country, region = (str(form[name].value() or "") for name in ("country", "region"))
    return show(
        request,
        "hours_edit.html",
        place="hours",
        up="/settings/hours",
        status=status,
        form=form,
        known=known,
        named=words.scope_words(known) if known else "",
        draft=draft,
        days=words.day_names(),
        promised=promised(),
        zones=places(),
        holidays=words.holidays_ahead(country, region, today=now.date()),
        now_said=_said(request, form, draft),
    )


@require_POST
@leads_only
def saying(request: AgentRequest) -> HttpResponse:
    """Say whether it would be open, while somebody types; nothing is stored."""
    form = HoursForm(request.POST, workspace_id=request.agent.workspace_id)
    said = _said(request, form, Draft.sent(request.POST))
    if said is None:
        return HttpResponse(status=204)
    return render(request, "desk/settings/_hours_saying.html", {"now_said": said})


def _said(request: AgentRequest, form: HoursForm, draft: Draft) -> words.Saying | None:
    """Return what the hours of an editor say now; None while they are none."""
    facts = {name: str(form[name].value() or "") for name in ("time_zone", "country", "region")}
    try:
        if form.is_bound and form.is_valid():
            facts = form.cleaned_data
        written: HoursWritten = draft.written(facts, Scope())
        row = ServiceHours(**checked(written))
    except Refusal:
        return None
    read = hours_of(row, [feed for feed in feeds_of(request.agent.workspace_id) if feed.hours_id is None])
    return words.saying(read.calendar, now=datetime.now(UTC), zone=request.agent.time_zone) if read else None


@require_POST
@leads_only
def remove(request: AgentRequest, hours_id: int) -> HttpResponse:
    """Remove hours."""
    remove_hours(request.agent.workspace_id, agent=request.agent, hours_id=hours_id)
    messages.success(request, _("The hours are removed. More general ones hold from now on."))
    return redirect("settings_hours")


@require_POST
@leads_only
def new_feed(request: AgentRequest) -> HttpResponse:
    """Add a calendar of days off."""
    workspace_id = request.agent.workspace_id
    rows = [(str(row.pk), words.scope_words(row)) for row in rows_of(workspace_id)]
    form = FeedForm(request.POST, rows=rows)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            add_feed(
                workspace_id,
                agent=request.agent,
                name=facts["name"],
                url=facts["url"],
                hours_id=int(facts["hours"] or 0) or None,
            )
        except Refusal as refusal:
            form.add_error("url", str(refusal))
        else:
            messages.success(request, _("The calendar is added. It is fetched within a minute."))
            return redirect("settings_hours")
    return _list(request, form=form)


@require_POST
@leads_only
def fetch_again(request: AgentRequest, feed_id: int) -> HttpResponse:
    """Let a calendar be fetched now."""
    ask_again(request.agent.workspace_id, agent=request.agent, feed_id=feed_id)
    messages.success(request, _("It is fetched within a minute."))
    return redirect("settings_hours")


@require_POST
@leads_only
def drop_feed(request: AgentRequest, feed_id: int) -> HttpResponse:
    """Remove a calendar and its days off."""
    remove_feed(request.agent.workspace_id, agent=request.agent, feed_id=feed_id)
    messages.success(request, _("The calendar is removed, and its days off with it."))
    return redirect("settings_hours")
