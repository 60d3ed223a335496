"""`/conversations/bulk`: one change to many conversations, tried first."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.conversations.shapes import Filters
from dragoman.core.segments.actions.bulk import (
    Change,
    selected_by,
    start_bulk,
    stop_bulk,
    try_bulk,
    undo_bulk,
)
from dragoman.core.segments.models import BulkRun
from dragoman.core.segments.queries import get_run
from dragoman.kit.errors import Refusal

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In

router = Router(tags=["conversations"])
Short = Annotated[str, StringConstraints(max_length=60)]


class BulkFilter(In):
    """A list of conversations; every field narrows it."""

    q: Annotated[str, StringConstraints(max_length=300)] = ""
    status: Literal["", "open", "pending", "snoozed", "resolved", "closed"] = ""
    channel: Short = ""
    brand: Short = ""
    market: Short = ""
    language: Short = ""
    intent: Short = ""
    mood: Short = ""
    tag: Short = ""
    segment: Short = ""


class BulkChange(In):
    """What is to be done: a verb and its value (an id, a status, a time, tags with commas)."""

    verb: Short
    value: Annotated[str, StringConstraints(max_length=500)] = ""


class BulkIn(In):
    """Which conversations: ids, or a filter that may hold up to 10,000; `dry_run` only counts."""

    ids: Annotated[list[Short], Field(max_length=10_000)] | None = None
    filter: BulkFilter | None = None
    change: BulkChange
    dry_run: bool = False


class BulkOut(Schema):
    """How far a change is, or what it would do. `skipped` counts by reason: same, closed, gone, refused."""

    id: str | None
    state: Literal["dry_run", "running", "done", "stopped"]
    total: int
    done: int
    changed: int
    skipped: dict[str, int]


def _shown(run: BulkRun) -> dict[str, Any]:
    return {
        "id": str(run.pk),
        "state": run.state,
        "total": run.total,
        "done": run.done,
        "changed": run.changed,
        "skipped": run.skipped,
    }


@router.post("/conversations/bulk", response={200: BulkOut, **ERRORS}, summary="Change many")
def post_bulk(request: HttpRequest, data: BulkIn) -> Any:
    """Change many conversations, or with `dry_run` say what would change. Up to 100 are done on return, more go on
    in the background: look after them with `GET`."""
    workspace_id = workspace_of(request)
    change = Change(data.change.verb, data.change.value)
    if (data.ids is None) == (data.filter is None):
        raise Refusal("Give either ids or a filter.", code="invalid", status=422)
    if data.filter is not None:
        given = data.filter.model_dump()
        status = given.pop("status")
        ids = selected_by(workspace_id, Filters(status=(status,) if status else (), junk=False, **given))
    else:
        ids = [number_of(one) for one in data.ids or ()]
    if data.dry_run:
        trial = try_bulk(workspace_id, agent=None, ids=ids, change=change)
        counts = {"total": trial.total, "done": 0, "changed": trial.changing, "skipped": trial.skipped}
        return {"id": None, "state": "dry_run", **counts}
    return _shown(start_bulk(workspace_id, agent=None, ids=ids, change=change))


@router.get("/conversations/bulk/{run}", response={200: BulkOut, **ERRORS}, summary="How far a change is")
def get_bulk(request: HttpRequest, run: str) -> Any:
    """Return how far a change is."""
    return _shown(get_run(workspace_of(request), number_of(run)))


@router.post("/conversations/bulk/{run}/stop", response={200: BulkOut, **ERRORS}, summary="Stop a change")
def post_stop(request: HttpRequest, run: str) -> Any:
    """Stop after the batch that is being changed."""
    return _shown(stop_bulk(get_run(workspace_of(request), number_of(run))))


@router.post("/conversations/bulk/{run}/undo", response={200: BulkOut, **ERRORS}, summary="Undo a change")
def post_undo(request: HttpRequest, run: str) -> Any:
    """Give every conversation that was changed back what it had; the answer is a change of its own."""
    return _shown(undo_bulk(get_run(workspace_of(request), number_of(run)), agent=None))
