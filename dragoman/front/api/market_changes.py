"""What a brand makes of a market: policies, corrections, history, notes, and where it sells."""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of, get_brand
from dragoman.core.playbooks.actions.facts import correct_fact, set_policy, take_back
from dragoman.core.playbooks.actions.markets import choose_market, leave_market
from dragoman.core.playbooks.actions.notes import remove_note, write_note
from dragoman.core.playbooks.errors import NoOverride
from dragoman.core.playbooks.models import FactChange, MarketNote
from dragoman.core.playbooks.queries import changes_of, markets_of, notes_of, told
from dragoman.ground.markets.facts import KINDS
from dragoman.ground.markets.playbook import playbook
from dragoman.kit.address import clean
from dragoman.kit.errors import NotFound

from .conversations import number_of, workspace_of
from .markets import FactOut, PlaceOut, fact_json, place_json, region_of
from .problems import ERRORS
from .schemas import In, Listed, page_below

router = Router(tags=["markets"])

Slug = Annotated[str, StringConstraints(min_length=1, max_length=63)]
Code = Annotated[str, StringConstraints(max_length=40)]
Zone = Annotated[str, StringConstraints(max_length=64)]
Address = Annotated[str, StringConstraints(max_length=500)]


class FactIn(In):
    """What a brand says of a kind of fact: its policy, or that the playbook is wrong (then `source` says by what).

    `confirm`, with the `url` of the law's text: it was read there that the law gives less than the playbook says.
    """

    brand: Slug
    sort: Literal["policy", "correction"]
    value: Any = Field(description="In the shape of the kind, as GET /markets/{country} shows it")
    reason: Annotated[str, StringConstraints(max_length=2000)] = ""
    source: Annotated[str, StringConstraints(max_length=1000)] = ""
    url: Address = ""
    confirm: bool = False


class PlaceIn(In):
    """Where in the country a brand sells; empty: the usual."""

    region: Code = ""
    time_zone: Zone = ""


class NoteIn(In):
    """What the team learnt, with where it stands; `kind` where it is about one kind of fact."""

    brand: Slug
    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    kind: Literal[("", *KINDS)] = ""  # type: ignore[valid-type]
    source: Annotated[str, StringConstraints(max_length=1000)] = ""
    url: Address = ""


class NoteOut(Schema):
    """A note; `author` is null where a program wrote it."""

    id: str
    text: str
    kind: str
    source: str
    url: str
    author: str | None
    at: datetime.datetime


class ChangeOut(Schema):
    """One line of the history: what held before and what was said then; null where there was, or is, nothing.

    `from_playbook`: what held before was the playbook's own.
    """

    kind: str
    sort: Literal["policy", "correction"]
    before: Any
    after: Any
    from_playbook: bool
    reason: str
    author: str | None
    at: datetime.datetime


def brand_in(request: HttpRequest, word: str) -> Brand:
    """Return a brand of the caller's workspace by slug or id; raises NotFound."""
    if clean(word) != word:
        raise NotFound
    found = brands_of(workspace_of(request))
    brand = found.filter(slug=word).first() or found.filter(pk=number_of(word)).first()
    if brand is None:
        raise NotFound
    return brand


@router.put(
    "/markets/{country}/facts/{kind}",
    response={200: FactOut, **ERRORS},
    summary="Set a policy, or correct a fact",
)
def put_fact(request: HttpRequest, country: str, kind: str, data: FactIn) -> Any:
    """Say what a brand does (`policy`, never below the law), or that the playbook is wrong (`correction`).

    What the value leaves out of a law stays as the law has it.
    """
    workspace_id, code = workspace_of(request), _known(country)
    brand = get_brand(workspace_id, data.brand)
    if data.sort == "policy":
        set_policy(
            workspace_id, agent=None, brand_id=brand.pk, country=code, kind=kind, value=data.value, reason=data.reason
        )  # fmt: skip
    else:
        correct_fact(
            workspace_id, agent=None, brand_id=brand.pk, country=code, kind=kind, value=data.value,
            source=data.source, url=data.url, reason=data.reason, confirmed=data.confirm,
        )  # fmt: skip
    today = datetime.datetime.now(datetime.UTC).date()
    return fact_json(told(workspace_id, brand.pk, code, on=today)[kind], today)


@router.delete(
    "/markets/{country}/facts/{kind}",
    response={204: None, **ERRORS},
    summary="Take a policy or correction back",
)
def delete_fact(
    request: HttpRequest,
    country: str,
    kind: str,
    brand: Annotated[str, Query(min_length=1, max_length=63)],
    sort: Literal["policy", "correction"],
) -> Any:
    """Take back what a brand said, so that the playbook holds again."""
    workspace_id = workspace_of(request)
    ours = get_brand(workspace_id, brand)
    if kind not in KINDS:
        raise NoOverride
    take_back(workspace_id, agent=None, brand_id=ours.pk, country=_known(country), kind=kind, sort=sort)
    return Status(204, None)


@router.get(
    "/markets/{country}/history", response={200: Listed[ChangeOut], **ERRORS}, summary="What was changed"
)
def list_changes(
    request: HttpRequest,
    country: str,
    brand: Annotated[str, Query(min_length=1, max_length=63)],
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> Any:
    """List what a brand changed of a country's playbook, the newest first."""
    workspace_id = workspace_of(request)
    rows = changes_of(workspace_id, get_brand(workspace_id, brand).pk, _known(country))
    found, more = page_below(rows, cursor, limit)
    return {"items": [_change_json(row) for row in found], "next": more}


@router.get("/markets/{country}/notes", response={200: Listed[NoteOut], **ERRORS}, summary="The team's notes")
def list_notes(
    request: HttpRequest,
    country: str,
    brand: Annotated[str, Query(min_length=1, max_length=63)],
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> Any:
    """List what the team noted about a market, the newest first."""
    workspace_id = workspace_of(request)
    rows = notes_of(workspace_id, get_brand(workspace_id, brand).pk, _known(country))
    found, more = page_below(rows, cursor, limit)
    return {"items": [_note_json(row) for row in found], "next": more}


@router.post("/markets/{country}/notes", response={201: NoteOut, **ERRORS}, summary="Write a note")
def post_note(request: HttpRequest, country: str, data: NoteIn) -> Any:
    """Keep what was learnt about a market, with its source."""
    workspace_id = workspace_of(request)
    note = write_note(
        workspace_id, agent=None, brand_id=get_brand(workspace_id, data.brand).pk, country=_known(country),
        text=data.text, source=data.source, url=data.url, kind=data.kind,
    )  # fmt: skip
    note.refresh_from_db()
    return Status(201, _note_json(note))


@router.delete("/markets/{country}/notes/{note}", response={204: None, **ERRORS}, summary="Remove a note")
def delete_note(
    request: HttpRequest, country: str, note: str, brand: Annotated[str, Query(min_length=1, max_length=63)]
) -> Any:
    """Remove a note."""
    workspace_id = workspace_of(request)
    ours = get_brand(workspace_id, brand)
    kept = notes_of(workspace_id, ours.pk, _known(country)).filter(pk=number_of(note)).first()
    remove_note(workspace_id, agent=None, brand_id=ours.pk, note_id=kept.pk if kept else 0)
    return Status(204, None)


@router.get(
    "/brands/{brand}/markets", response={200: Listed[PlaceOut], **ERRORS}, summary="Where a brand sells"
)
def list_places(request: HttpRequest, brand: str) -> Any:
    """List the markets a brand chose, by country; `brand` is its slug or id."""
    rows = markets_of(workspace_of(request), brand_in(request, brand).pk)
    return {"items": [place_json(row) for row in rows], "next": None}


@router.put(
    "/brands/{brand}/markets/{country}", response={200: PlaceOut, **ERRORS}, summary="Sell in a market"
)
def put_place(request: HttpRequest, brand: str, country: str, data: PlaceIn) -> Any:
    """Add a market to a brand, or change its region and time zone."""
    code = _known(country)
    market = choose_market(
        workspace_of(request), agent=None, brand_id=brand_in(request, brand).pk, country=code,
        region=region_of(code, data.region), time_zone=data.time_zone,
    )  # fmt: skip
    return place_json(market)


@router.delete("/brands/{brand}/markets/{country}", response={204: None, **ERRORS}, summary="Leave a market")
def delete_place(request: HttpRequest, brand: str, country: str) -> Any:
    """Take a market from a brand; its policies and corrections are kept for when it comes back."""
    leave_market(
        workspace_of(request), agent=None, brand_id=brand_in(request, brand).pk, country=_known(country)
    )
    return Status(204, None)


def _known(country: str) -> str:
    return playbook(country.upper()).country


def _note_json(note: MarketNote) -> dict[str, Any]:
    return {
        "id": str(note.pk),
        "text": note.text,
        "kind": note.kind,
        "source": note.source,
        "url": note.url,
        "author": note.agent.name if note.agent else None,
        "at": note.created_at,
    }


def _change_json(row: FactChange) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "sort": row.sort,
        "before": row.before,
        "after": row.after,
        "from_playbook": row.from_playbook,
        "reason": row.reason,
        "author": row.agent.name if row.agent else None,
        "at": row.at,
    }
