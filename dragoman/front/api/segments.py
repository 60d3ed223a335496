"""`/segments`: customers under a name, counted, listed, asked about; `/metrics/segments`: what they do here."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.customers.fields import fields_by_key
from dragoman.core.customers.queries import get_customer
from dragoman.core.segments.actions.segments import change_segment, remove_segment, save_segment
from dragoman.core.segments.criteria import facts_of, problems_of, read_clauses, stored_clauses
from dragoman.core.segments.figures import figures_of
from dragoman.core.segments.membership import count_members, members_of, segments_of
from dragoman.core.segments.models import Segment
from dragoman.core.segments.segments import all_segments, get_segment

from .conversations import number_of, workspace_of
from .customers import CustomerOut, customer_json
from .problems import ERRORS
from .schemas import In, Listed, Moment, page_below

router = Router(tags=["segments"])
Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Value = Annotated[str, StringConstraints(max_length=200)] | bool | int | float


class CriterionIn(In):
    """One thing that is asked; `values` of which one must fit, `days` back that count, `not` for the contrary."""

    fact: Annotated[str, StringConstraints(max_length=60)]
    op: Literal["is", "contains", "known", "at_least", "at_most", "within", "older", "since", "before"]
    values: Annotated[list[Value], Field(max_length=70)] = []
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    negated: Annotated[bool, Field(alias="not")] = False


Clauses = Annotated[list[Annotated[list[CriterionIn], Field(max_length=10)]], Field(max_length=10)]


class SegmentIn(In):
    """A segment: every clause must hold, of each clause one criterion."""

    name: Name
    clauses: Clauses


class SegmentPatch(In):
    """What may be changed of a segment."""

    name: Name | None = None
    clauses: Clauses | None = None


class CountIn(In):
    """Clauses to count, saved or not."""

    clauses: Clauses


class CountOut(Schema):
    """How many customers fit; null where counting took too long."""

    members: int | None


class SegmentOut(Schema):
    """A segment; `problems` say what it asks that is gone: then it has no members."""

    id: str
    name: str
    clauses: list[list[dict[str, Any]]]
    problems: list[str]
    changed_at: Moment


class CountedOut(SegmentOut):
    """A segment with how many customers it has now; null where counting took too long."""

    members: int | None


class FactOut(Schema):
    """Something that can be asked."""

    name: str
    label: str
    kind: str
    ops: list[str]
    spans: bool


class NamedOut(Schema):
    """A segment by name."""

    id: str
    name: str


class FiguresOut(Schema):
    """A segment's numbers; null where there was no time to count."""

    segment: str
    name: str
    members: int | None
    open: int | None
    unassigned: int | None
    came_in: int | None
    reopened: int | None
    upset: int | None
    active: int | None


def _given(clauses: list[list[CriterionIn]]) -> list[list[dict[str, Any]]]:
    return [
        [{**one.dict(), "not": one.negated, "values": _texts(one)} for one in clause] for clause in clauses
    ]


def _texts(criterion: CriterionIn) -> list[str]:
    return [
        {True: "yes", False: "no"}[one] if isinstance(one, bool) else str(one) for one in criterion.values
    ]


def _shown(segment: Segment) -> dict[str, Any]:
    facts = facts_of(segment.workspace_id)
    return {
        "id": str(segment.pk),
        "name": segment.name,
        "clauses": segment.clauses,
        "problems": problems_of(stored_clauses(segment.clauses), facts),
        "changed_at": segment.changed_at,
    }


def _counted(segment: Segment) -> dict[str, Any]:
    members = count_members(segment.workspace_id, stored_clauses(segment.clauses))
    return {**_shown(segment), "members": members}


def _get(request: HttpRequest, opaque: str) -> Segment:
    return get_segment(workspace_of(request), number_of(opaque))


@router.get("/segments", response={200: Listed[SegmentOut], **ERRORS}, summary="List segments")
def list_segments(request: HttpRequest) -> Any:
    """List all segments by name, uncounted."""
    return {"items": [_shown(one) for one in all_segments(workspace_of(request))], "next": None}


@router.get("/segments/facts", response={200: Listed[FactOut], **ERRORS}, summary="What can be asked")
def list_facts(request: HttpRequest) -> Any:
    """List what a segment may ask of a customer here, and how."""
    facts = facts_of(workspace_of(request)).values()
    items = [
        {"name": one.name, "label": one.label, "kind": one.kind, "ops": list(one.ops), "spans": one.spans}
        for one in facts
    ]
    return {"items": items, "next": None}


@router.post("/segments", response={201: CountedOut, **ERRORS}, summary="Save a segment")
def post_segment(request: HttpRequest, data: SegmentIn) -> Any:
    """Save customers under a name; a name that is used is refused (409 `name_taken`)."""
    made = save_segment(workspace_of(request), agent=None, name=data.name, clauses=_given(data.clauses))
    return Status(201, _counted(made))


@router.post("/segments/count", response={200: CountOut, **ERRORS}, summary="Count customers")
def post_count(request: HttpRequest, data: CountIn) -> Any:
    """Count who fits clauses; nothing is saved."""
    workspace_id = workspace_of(request)
    return {"members": count_members(workspace_id, read_clauses(workspace_id, _given(data.clauses)))}


@router.get("/segments/{segment}", response={200: CountedOut, **ERRORS}, summary="One segment")
def get_one(request: HttpRequest, segment: str) -> Any:
    """Return a segment, counted now."""
    return _counted(_get(request, segment))


@router.patch("/segments/{segment}", response={200: CountedOut, **ERRORS}, summary="Change a segment")
def patch_segment(request: HttpRequest, segment: str, data: SegmentPatch) -> Any:
    """Change the name, or what is asked."""
    clauses = None if data.clauses is None else _given(data.clauses)
    return _counted(change_segment(_get(request, segment), agent=None, name=data.name, clauses=clauses))


@router.delete("/segments/{segment}", response={204: None, **ERRORS}, summary="Remove a segment")
def delete_segment(request: HttpRequest, segment: str) -> Any:
    """Remove a segment; its customers stay, and views that name it show nobody."""
    remove_segment(_get(request, segment), agent=None)
    return Status(204, None)


@router.get("/segments/{segment}/customers", response={200: Listed[CustomerOut], **ERRORS}, summary="Members")
def list_members(
    request: HttpRequest,
    segment: str,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List who belongs to a segment now, newest customer first."""
    rows, more = page_below(members_of(_get(request, segment)), cursor, limit)
    keys = fields_by_key(workspace_of(request))
    return {"items": [customer_json(one, keys) for one in rows], "next": more}


@router.get(
    "/customers/{customer}/segments", response={200: Listed[NamedOut], **ERRORS}, summary="Segments of one"
)
def list_of_customer(request: HttpRequest, customer: str) -> Any:
    """List the segments a customer belongs to now."""
    found = get_customer(workspace_of(request), number_of(customer))
    theirs = segments_of(found, all_segments(found.workspace_id))
    return {"items": [{"id": str(one.pk), "name": one.name} for one in theirs], "next": None}


@router.get("/metrics/segments", response={200: Listed[FiguresOut], **ERRORS}, summary="Metrics by segment")
def get_figures(
    request: HttpRequest,
    days: Annotated[int, Query(ge=1, le=365)] = 30,
    segment: Annotated[str, Query(max_length=20)] = "",
) -> Any:
    """Return how many members each segment has and what they do here, over the last days; `segment` narrows to one."""
    wanted = [_get(request, segment)] if segment else list(all_segments(workspace_of(request)))
    items = [
        {
            "segment": str(one.segment.pk),
            "name": one.segment.name,
            "members": one.members,
            "open": one.open,
            "unassigned": one.unassigned,
            "came_in": one.came,
            "reopened": one.reopened,
            "upset": one.upset,
            "active": one.active,
        }
        for one in figures_of(wanted, days=days)
    ]
    return {"items": items, "next": None}
