"""Webinars, who comes, and paths of articles for those who are new."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.knowledge.actions.learning import (
    PathWish,
    WebinarWish,
    remove_path,
    remove_webinar,
    save_path,
    save_webinar,
)
from dragoman.core.knowledge.errors import BadArticle
from dragoman.core.knowledge.learning import (
    get_path,
    get_webinar,
    paths_of,
    said_in,
    sign_ups_of,
    webinars_of,
)
from dragoman.core.knowledge.listing import Wanted, lines_of
from dragoman.core.knowledge.models import Webinar
from dragoman.core.texts.chain import Reader
from dragoman.ground.markets.zones import zone
from dragoman.kit.errors import Refusal

from ..request import AgentRequest, number_in
from ..settings.languages import language_choices
from ..settings.texts.forms import rows_in, rows_of, texts_of
from .page import show

_BADGES = {Webinar.State.OPEN: "ok", Webinar.State.CANCELLED: "bad", Webinar.State.DRAFT: ""}


@require_GET
def learning(request: AgentRequest) -> HttpResponse:
    """Show webinars, the next first, and paths in their order."""
    workspace_id = request.agent.workspace_id
    reader = Reader(request.agent.ui_language, "", workspace_facts(workspace_id).language, "en")
    return show(
        request,
        "learning.html",
        tab="learning",
        webinars=list(webinars_of(workspace_id)[:200]),
        paths=[
            (one, said_in(one.names, reader, one.key), len(one.steps.all())) for one in paths_of(workspace_id)
        ],
        badges=_BADGES,
    )


@require_http_methods(["GET", "POST"])
def webinar(request: AgentRequest, webinar_id: int = 0) -> HttpResponse:
    """Write a webinar, and see who comes."""
    agent, problem, status = request.agent, "", 200
    row = get_webinar(agent.workspace_id, webinar_id) if webinar_id else None
    if request.method == "POST":
        try:
            return _posted(request, row)
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            problem, status = str(refusal), refusal.status
    return show(
        request,
        "webinar.html",
        tab="learning",
        up="/knowledge/learning",
        row=row,
        typed=_typed(request, row),
        comers=list(sign_ups_of(row)) if row else [],
        languages=language_choices(),
        brands=list(brands_of(agent.workspace_id)),
        conditions=Webinar.State.choices,
        problem=problem,
        status=status,
    )


def _posted(request: AgentRequest, row: Webinar | None) -> HttpResponse:
    agent = request.agent
    if "remove" in request.POST and row is not None:
        remove_webinar(agent.workspace_id, row.pk, agent=agent)
        messages.success(request, _("The webinar is removed."))
        return redirect("knowledge_learning")
    kept = save_webinar(
        agent.workspace_id, _wish(request, row), agent=agent, webinar_id=row.pk if row else None
    )
    messages.success(request, _("The webinar is saved."))
    return redirect("knowledge_webinar", kept.pk)


def _typed(request: AgentRequest, row: Webinar | None) -> dict[str, Any]:
    """Return what stands in the fields: what was typed, else what is stored."""
    names = ("title", "about", "language", "host", "place", "link", "state")
    if request.method == "POST":
        return {
            name: request.POST.get(name, "") for name in (*names, "starts_at", "minutes", "seats", "brand")
        }
    if row is None:
        team = workspace_facts(request.agent.workspace_id).language
        return {"language": team, "minutes": 60, "seats": 0, "state": Webinar.State.DRAFT}
    starts = row.starts_at.astimezone(zone(request.agent.time_zone)).strftime("%Y-%m-%dT%H:%M")
    kept = {name: getattr(row, name) for name in names}
    return {**kept, "starts_at": starts, "minutes": row.minutes, "seats": row.seats, "brand": row.brand_id}


def _wish(request: AgentRequest, row: Webinar | None) -> WebinarWish:
    given = request.POST
    return WebinarWish(
        number_in(request, "brand") or (row.brand_id if row else 0),
        given.get("title", ""),
        given.get("language", ""),
        _moment(given.get("starts_at", ""), request.agent.time_zone),
        minutes=number_in(request, "minutes"),
        time_zone=request.agent.time_zone,
        about=given.get("about", ""),
        host=given.get("host", ""),
        place=given.get("place", ""),
        link=given.get("link", "").strip(),
        seats=number_in(request, "seats"),
        state=given.get("state", ""),
    )


def _moment(given: str, time_zone: str) -> datetime:
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None:
        raise BadArticle("starts_at", _("Choose the day and time it begins."))
    return moment.replace(tzinfo=zone(time_zone)).astimezone(UTC) if moment.tzinfo is None else moment


@require_http_methods(["GET", "POST"])
def path(request: AgentRequest, key: str = "") -> HttpResponse:
    """Write a path: its names, and its articles in their order, one key a line."""
    agent, problem, status = request.agent, "", 200
    row = get_path(agent.workspace_id, key) if key else None
    rows = rows_of(row.names) if row else []
    keys = [one.article.key for one in row.steps.all()] if row else []
    if request.method == "POST":
        rows, keys = rows_in(request.POST, longest=120), request.POST.get("articles", "").split()
        try:
            if "remove" in request.POST and row is not None:
                remove_path(agent.workspace_id, row.key, agent=agent)
                messages.success(request, _("The path is removed. Its articles stay."))
            else:
                wish = PathWish(
                    texts_of(rows), keys, key, row.about if row else None,
                    number_in(request, "brand") or None, bool(request.POST.get("shown")),
                )  # fmt: skip
                save_path(agent.workspace_id, wish, agent=agent)
                messages.success(request, _("The path is saved."))
            return redirect("knowledge_learning")
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            problem, status = str(refusal), refusal.status
    written = {one.language for one in rows}
    return show(
        request,
        "path.html",
        tab="learning",
        up="/knowledge/learning",
        row=row,
        rows=rows,
        keys=keys,
        shown=bool(request.POST.get("shown")) if problem else (row.shown if row else True),
        lacking=[tag for tag in workspace_facts(agent.workspace_id).languages if tag not in written],
        languages=language_choices(),
        known=[(one.article.key, one.title) for one in lines_of(agent.workspace_id, Wanted())],
        brands=list(brands_of(agent.workspace_id)),
        problem=problem,
        status=status,
    )
