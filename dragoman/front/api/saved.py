"""`/views`: lists saved under a name, shared with a team or everybody."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from dragoman.core.accounts.queries import teams_of
from dragoman.core.conversations.queries import conversation_page
from dragoman.core.segments.actions.views import (
    Wish,
    change_view,
    remove_view,
    rename_view,
    save_view,
    share_view,
)
from dragoman.core.segments.errors import NoView
from dragoman.core.segments.models import SavedView
from dragoman.core.segments.queries import listed_filters_of, shared_views_of
from dragoman.kit.errors import Refusal

from .conversations import number_of, row_json, workspace_of
from .problems import ERRORS
from .schemas import FoundConversations, In, Listed

router = Router(tags=["views"])
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class ViewIn(In):
    """A view; `filters` are menu choices by name, `q` a search with operators."""

    name: Name
    team: str | None = None
    view: Annotated[str, StringConstraints(max_length=20)] = "all"
    filters: dict[str, str] = {}
    q: Annotated[str, StringConstraints(max_length=300)] = ""
    sort: Literal["-last_message_at", "last_message_at", "-id", "id"] = "-last_message_at"


class ViewOut(Schema):
    """A saved view; `team` is null where everybody shares it."""

    id: str
    name: str
    team: str | None
    view: str
    filters: dict[str, str]
    q: str
    sort: str
    position: int


def _shown(view: SavedView) -> dict[str, Any]:
    return {
        "id": str(view.pk),
        "name": view.name,
        "team": str(view.team_id) if view.team_id else None,
        "view": view.view,
        "filters": view.chosen,
        "q": view.q,
        "sort": view.sort,
        "position": view.position,
    }


def _get(request: HttpRequest, opaque: str) -> SavedView:
    found = shared_views_of(workspace_of(request)).filter(pk=number_of(opaque)).first()
    if found is None:
        raise NoView
    return found


def _wish(request: HttpRequest, data: ViewIn) -> Wish:
    team = teams_of(workspace_of(request)).filter(pk=number_of(data.team or "")).first()
    if data.team and team is None:
        raise Refusal("There is no such team.", code="unknown_team", status=422)
    shared = "team" if team else "everybody"
    return Wish(data.name, shared, team, data.view, data.filters, data.q, data.sort)


@router.get("/views", response={200: Listed[ViewOut], **ERRORS}, summary="List views")
def list_views(request: HttpRequest) -> Any:
    """List all views that teams or everybody share, in their order; what agents keep to themselves is not shown."""
    return {"items": [_shown(view) for view in shared_views_of(workspace_of(request))], "next": None}


@router.post("/views", response={201: ViewOut, **ERRORS}, summary="Save a view")
def post_view(request: HttpRequest, data: ViewIn) -> Any:
    """Save a list under a name, for a team or everybody."""
    return Status(201, _shown(save_view(workspace_of(request), agent=None, wish=_wish(request, data))))


@router.get("/views/{view}", response={200: ViewOut, **ERRORS}, summary="One view")
def get_one(request: HttpRequest, view: str) -> Any:
    """Return a view."""
    return _shown(_get(request, view))


@router.patch("/views/{view}", response={200: ViewOut, **ERRORS}, summary="Change a view")
def patch_view(request: HttpRequest, view: str, data: ViewIn) -> Any:
    """Let a view have this name, list and team."""
    found, wish = _get(request, view), _wish(request, data)
    rename_view(found, agent=None, name=wish.name)
    change_view(found, agent=None, wish=wish)
    return _shown(share_view(found, agent=None, shared=wish.shared, team=wish.team))


@router.delete("/views/{view}", response={204: None, **ERRORS}, summary="Remove a view")
def delete_view(request: HttpRequest, view: str) -> Any:
    """Remove a view."""
    remove_view(_get(request, view), agent=None)
    return Status(204, None)


@router.get(
    "/views/{view}/conversations", response={200: FoundConversations, **ERRORS}, summary="What a view shows"
)
def list_conversations_of(
    request: HttpRequest,
    view: str,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List the conversations of a view in its order."""
    found = _get(request, view)
    page = conversation_page(
        workspace_of(request),
        filters=listed_filters_of(found),
        sort=found.sort,  # type: ignore[arg-type]
        cursor=cursor,
        limit=limit,
    )
    hints = {"hints": list(page.hints), "partial": page.partial}
    return {"items": [row_json(row) for row in page.items], "next": page.next, **hints}
