"""`/learning`: webinars, who signed up for them, and paths of articles for those who are new."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.knowledge.actions.learning import (
    PathWish,
    WebinarWish,
    remove_path,
    remove_webinar,
    save_path,
    save_webinar,
)
from dragoman.core.knowledge.learning import get_path, get_webinar, paths_of, sign_ups_of, webinars_of
from dragoman.core.knowledge.models import Path, SignUp, Webinar

from .articles import Key, Short, brand_id_of, slugs_of
from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Moment, Tag, page_below

router = Router(tags=["learning"])
Slug = Annotated[str, StringConstraints(max_length=63)]
Names = Annotated[dict[Annotated[str, StringConstraints(max_length=40)], Short], Field(max_length=200)]
State = Literal["draft", "open", "called_off"]


class WebinarIn(In):
    """A webinar: it begins at `starts_at` and lasts `minutes`; `time_zone` is the one it is announced in. `seats` 0: as
    many as come. `place` is where it is held, `link` where one joins. Customers see one that is `open`."""

    title: Annotated[str, StringConstraints(max_length=200)]
    language: Tag
    starts_at: Moment
    brand: Slug | None = None
    minutes: int = 60
    time_zone: Annotated[str, StringConstraints(max_length=64)] = "UTC"
    about: Annotated[str, StringConstraints(max_length=4000)] = ""
    host: Annotated[str, StringConstraints(max_length=120)] = ""
    place: Annotated[str, StringConstraints(max_length=200)] = ""
    link: Annotated[str, StringConstraints(max_length=500)] = ""
    seats: int = 0
    state: State = "draft"


class WebinarPatch(In):
    """What is absent stays. When or where another holds, or `state` becomes `called_off`, whoever signed up is told."""

    title: Annotated[str, StringConstraints(max_length=200)] | None = None
    language: Tag | None = None
    starts_at: Moment | None = None
    minutes: int | None = None
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    about: Annotated[str, StringConstraints(max_length=4000)] | None = None
    host: Annotated[str, StringConstraints(max_length=120)] | None = None
    place: Annotated[str, StringConstraints(max_length=200)] | None = None
    link: Annotated[str, StringConstraints(max_length=500)] | None = None
    seats: int | None = None
    state: State | None = None


class WebinarOut(Schema):
    """A webinar; `coming` is how many hold a seat, `sequence` how often when or where it is held became another."""

    id: str
    brand: str
    title: str
    about: str
    language: str
    starts_at: datetime
    minutes: int
    time_zone: str
    host: str
    place: str
    link: str
    seats: int
    coming: int
    state: State
    sequence: int


class SignUpOut(Schema):
    """Somebody who signed up; `cancelled_at` where they gave their seat back. `unsure`: nobody knows whether the mail
    about the last change reached them."""

    id: str
    name: str
    email: str
    language: str
    time_zone: str
    created_at: datetime
    cancelled_at: datetime | None
    unsure: bool


class PathIn(In):
    """Articles in the order in which somebody new reads them, by their keys; `names` and `about` by language (`de`) or
    language and market (`de@AT`). Customers see one that is `shown`."""

    key: Annotated[str, StringConstraints(max_length=120)] = ""
    names: Names
    articles: Annotated[list[Key], Field(max_length=50)]
    about: Names = {}
    brand: Slug | None = None
    shown: bool = False


class PathOut(Schema):
    """A path with the keys of its articles in their order."""

    key: str
    brand: str | None
    names: dict[str, str]
    about: dict[str, str]
    articles: list[str]
    shown: bool
    position: int


def _webinar_json(row: Webinar) -> dict[str, Any]:
    same = (name for name in WebinarOut.model_fields if name not in {"id", "brand"})
    return {**{name: getattr(row, name) for name in same}, "id": str(row.pk), "brand": row.brand.slug}


def _webinar(request: HttpRequest, opaque: str) -> Webinar:
    return get_webinar(workspace_of(request), number_of(opaque))


def _sign_up_json(row: SignUp) -> dict[str, Any]:
    same = (name for name in SignUpOut.model_fields if name not in {"id", "unsure"})
    return {**{name: getattr(row, name) for name in same}, "id": str(row.pk), "unsure": row.is_unsure}


def _path_json(row: Path, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "brand": slugs.get(row.brand_id or 0),
        "names": row.names,
        "about": row.about,
        "articles": [one.article.key for one in row.steps.all()],
        "shown": row.shown,
        "position": row.position,
    }


@router.get("/learning/webinars", response={200: Listed[WebinarOut], **ERRORS}, summary="List webinars")
def list_webinars(
    request: HttpRequest,
    brand: str = "",
    state: State | None = None,
    coming: bool = False,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: str | None = None,
) -> Any:
    """List webinars, those written last first; `coming` leaves out what has begun."""
    workspace_id = workspace_of(request)
    found = webinars_of(workspace_id)
    if brand:
        found = found.filter(brand=get_brand(workspace_id, brand))
    if state:
        found = found.filter(state=state)
    if coming:
        found = found.filter(starts_at__gt=timezone.now())
    rows, after = page_below(found, cursor, limit)
    return {"items": [_webinar_json(one) for one in rows], "next": after}


@router.post("/learning/webinars", response={201: WebinarOut, **ERRORS}, summary="Write a webinar")
def post_webinar(request: HttpRequest, data: WebinarIn) -> Any:
    """Store a new webinar; with the state `open` customers may sign up at once."""
    workspace_id = workspace_of(request)
    brand = brand_id_of(workspace_id, data.brand) or next(iter(slugs_of(workspace_id)), 0)
    wish = WebinarWish(brand, **data.model_dump(exclude={"brand"}))
    made = save_webinar(workspace_id, wish, agent=None)
    return Status(201, _webinar_json(get_webinar(workspace_id, made.pk)))


@router.get("/learning/webinars/{webinar}", response={200: WebinarOut, **ERRORS}, summary="One webinar")
def get_one(request: HttpRequest, webinar: str) -> Any:
    """Return a webinar."""
    return _webinar_json(_webinar(request, webinar))


@router.patch(
    "/learning/webinars/{webinar}", response={200: WebinarOut, **ERRORS}, summary="Change a webinar"
)
def patch_webinar(request: HttpRequest, webinar: str, data: WebinarPatch) -> Any:
    """Change what is named: move it, open it, call it off."""
    row = _webinar(request, webinar)
    given = data.model_dump(exclude_none=True)
    facts = {name: given.get(name, getattr(row, name)) for name in WebinarPatch.model_fields}
    save_webinar(row.workspace_id, WebinarWish(row.brand_id, **facts), agent=None, webinar_id=row.pk)
    return _webinar_json(_webinar(request, webinar))


@router.delete("/learning/webinars/{webinar}", response={204: None, **ERRORS}, summary="Remove a webinar")
def delete_webinar(request: HttpRequest, webinar: str) -> Any:
    """Remove a webinar with who signed up; one that people still wait for is called off first."""
    remove_webinar(workspace_of(request), number_of(webinar), agent=None)
    return Status(204, None)


@router.get(
    "/learning/webinars/{webinar}/sign-ups",
    response={200: Listed[SignUpOut], **ERRORS},
    summary="Who signed up",
)
def list_sign_ups(
    request: HttpRequest,
    webinar: str,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: str | None = None,
) -> Any:
    """List who signed up, the newest first, those who gave their seat back too."""
    rows, after = page_below(sign_ups_of(_webinar(request, webinar)), cursor, limit)
    return {"items": [_sign_up_json(one) for one in rows], "next": after}


@router.get("/learning/paths", response={200: Listed[PathOut], **ERRORS}, summary="List paths")
def list_paths(request: HttpRequest) -> Any:
    """List the paths in their order."""
    workspace_id = workspace_of(request)
    slugs = slugs_of(workspace_id)
    return {"items": [_path_json(one, slugs) for one in paths_of(workspace_id)], "next": None}


@router.post("/learning/paths", response={200: PathOut, **ERRORS}, summary="Write a path")
def post_path(request: HttpRequest, data: PathIn) -> Any:
    """Store a path by its key, a new one where there is none; without a key, by the first name."""
    workspace_id = workspace_of(request)
    wish = PathWish(
        data.names, data.articles, data.key, data.about, brand_id_of(workspace_id, data.brand), data.shown
    )
    made = save_path(workspace_id, wish, agent=None)
    return _path_json(get_path(workspace_id, made.key), slugs_of(workspace_id))


@router.get("/learning/paths/{key}", response={200: PathOut, **ERRORS}, summary="One path")
def get_one_path(request: HttpRequest, key: str) -> Any:
    """Return a path."""
    workspace_id = workspace_of(request)
    return _path_json(get_path(workspace_id, key), slugs_of(workspace_id))


@router.delete("/learning/paths/{key}", response={204: None, **ERRORS}, summary="Remove a path")
def delete_path(request: HttpRequest, key: str) -> Any:
    """Remove a path; its articles stay."""
    remove_path(workspace_of(request), key, agent=None)
    return Status(204, None)
