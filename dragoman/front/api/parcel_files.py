"""`/shipments/file`: a file that tells of parcels, CSV or EDIFACT, as any program sends it."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import AfterValidator, Field, StringConstraints

from dragoman.core.commerce.actions.parcel_files import bring_parcels
from dragoman.core.commerce.parcel_files import Reading
from dragoman.ground.markets.zones import zone, zone_today

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In

router = Router(tags=["commerce"])
Word = Annotated[str, StringConstraints(min_length=1, max_length=120)]


def _zone(name: str) -> str:
    found = zone_today(name)
    if not found:
        raise ValueError("give a time zone such as Europe/Helsinki")
    return found


class FileIn(In):
    """`content` is the file's text. `columns`: our word to the file's name; `statuses`: the file's word to ours.

    `time_zone` is the clock of moments that name none.
    """

    content: Annotated[str, StringConstraints(min_length=1, max_length=5_000_000)]
    columns: Annotated[dict[Word, Word], Field(max_length=20)] = {}
    statuses: Annotated[dict[Word, Word], Field(max_length=500)] = {}
    time_zone: Annotated[str, AfterValidator(_zone)] = "UTC"


class ProblemOut(Schema):
    """What is wrong with a line (0: the file); of an interchange with a segment."""

    line: int
    said: str


class FileOut(Schema):
    """How many things the file told, of how many parcels, how many are new, and the lines that were not taken."""

    told: int
    parcels: int
    new: int
    problems: list[ProblemOut]
    more: int


@router.post("/shipments/file", response={200: FileOut, **ERRORS}, summary="Parcels by file")
def post_file(request: HttpRequest, data: FileIn) -> Any:
    """Take in a CSV or an EDIFACT IFTSTA; a wrong line holds up no other, and the same file again changes nothing."""
    reading = Reading(data.columns, data.statuses, zone(data.time_zone))
    brought = bring_parcels(workspace_of(request), data.content.encode(), reading=reading)
    return {
        "told": brought.told,
        "parcels": brought.parcels,
        "new": brought.new,
        "problems": [{"line": one.line, "said": one.said} for one in brought.problems],
        "more": brought.more,
    }
