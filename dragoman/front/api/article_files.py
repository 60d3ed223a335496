"""`/articles/import`: articles from Markdown, HTML, tables, zips of them, and other desks' help centres."""

import base64
import binascii
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from dragoman.core.knowledge.actions.bringing import How, bring_articles
from dragoman.core.knowledge.files.opening import read_files
from dragoman.core.knowledge.files.pieces import MOST_BYTES
from dragoman.ground.files.store import TooLarge
from dragoman.kit.errors import Refusal

from .articles import brand_id_of
from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Tag

router = Router(tags=["articles"])
# base64 is a third longer
_LONGEST = MOST_BYTES * 4 // 3 + 4


class FileIn(In):
    """A file with the path by which others name it: `data` is base64."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    data: Annotated[str, StringConstraints(max_length=_LONGEST)]


class ImportIn(In):
    """Files of articles; `language` is for those that name none. With `publish` false all become drafts; with `dry_run`
    nothing is kept."""

    files: Annotated[list[FileIn], Field(min_length=1, max_length=5000)]
    language: Tag | None = None
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    publish: bool = True
    dry_run: bool = False


class FaultOut(Schema):
    """What was not read: in which file and line (0: all of it), and why."""

    file: str
    line: int
    text: str


class AbroadOut(Schema):
    """A picture that stays on the host of somebody else, and the file whose text shows it."""

    file: str
    address: str


class CameOut(Schema):
    """A text that is new or changed; `status` is what its words become."""

    key: str
    title: str
    language: str
    market: str
    is_new: bool
    status: str


class ImportOut(Schema):
    """How many texts are new, changed (named in `texts`) or as they were.

    `pictures` counts those that became files of articles, `abroad` are those that stay on foreign hosts, `faults` what
    stayed outside, `more` how many of them are not named.
    """

    texts: list[CameOut]
    new: int
    changed: int
    same: int
    pictures: int
    abroad: list[AbroadOut]
    faults: list[FaultOut]
    more: int


def _content(file: FileIn) -> bytes:
    try:
        return base64.b64decode(file.data, validate=True)
    except (binascii.Error, ValueError):
        message = f"`data` of “{file.name[:80]}” is not base64."
        raise Refusal(message, code="bad_data", status=422) from None


@router.post("/articles/import", response={200: ImportOut, **ERRORS}, summary="Bring articles in")
def post_files(request: HttpRequest, data: ImportIn) -> Any:
    """Store what files hold, each text by itself: one that is refused keeps no other out. The same file again changes
    nothing."""
    workspace_id = workspace_of(request)
    files = [(one.name, _content(one)) for one in data.files]
    if sum(len(content) for _name, content in files) > MOST_BYTES:
        message = "The files have more than 30 MB together: send them in parts."
        raise TooLarge(message, details={"limit": MOST_BYTES})
    pile = read_files(files, language=data.language or "")
    how = How(brand_id_of(workspace_id, data.brand), publish=data.publish, only_look=data.dry_run)
    came = bring_articles(workspace_id, pile, how=how, agent=None)
    faults = [{"file": one.file, "line": one.line, "text": one.said} for one in came.faults]
    abroad = [one.__dict__ for one in came.abroad]
    return {
        "texts": [one.__dict__ for one in came.texts],
        "new": came.new,
        "changed": came.changed,
        "same": came.same,
        "pictures": len(came.pictures),
        "abroad": abroad,
        "faults": faults,
        "more": came.more,
    }
