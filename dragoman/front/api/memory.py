"""`/memory`: sentences that people approved in two languages."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.language.actions.exchange import import_memory, plan_memory
from dragoman.core.language.actions.memory import Pair, add_pair, change_unit, forget_unit, get_unit
from dragoman.core.language.exchange_files import read_memory, write_tmx
from dragoman.core.language.exchange_tables import write_memory_csv
from dragoman.core.language.memory import searched
from dragoman.core.language.memory_models import MemoryUnit

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Market, Moment, Tag, page_below

router = Router(tags=["memory"])
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class UnitIn(In):
    """A sentence in two languages; numbers, codes and addresses that stand in both become slots."""

    source_language: Tag
    target_language: Tag
    source: Sentence
    target: Sentence
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    market: Market = ""


class UnitPatch(In):
    """What may be changed of a sentence."""

    source: Sentence | None = None
    target: Sentence | None = None


class UnitOut(Schema):
    """A remembered sentence; `{1}`, `{name}` stand for what differs each time."""

    id: str
    source_language: str
    target_language: str
    source: str
    target: str
    brand: str | None
    market: str
    origin: Literal["reply", "review", "macro", "import", "person"]
    author: str
    used: int
    changed_at: Moment


class MemoryFileIn(In):
    """A file as text: TMX or CSV; with `preview` nothing is stored."""

    content: Annotated[str, StringConstraints(min_length=1, max_length=10_485_760)]
    preview: bool = False


class MemoryImportOut(Schema):
    """How many pairs the file holds and how many sentences of them are kept; `errors` (only with `preview`)."""

    pairs: int
    kept: int
    errors: list[dict[str, Any]] = []


def unit_json(unit: MemoryUnit) -> dict[str, Any]:
    """Return a remembered sentence as the API shows it."""
    return {
        "id": str(unit.pk),
        "source_language": unit.source_language,
        "target_language": unit.target_language,
        "source": unit.source,
        "target": unit.target,
        "brand": unit.brand.slug if unit.brand else None,
        "market": unit.market,
        "origin": unit.origin,
        "author": unit.author,
        "used": unit.used,
        "changed_at": unit.changed_at,
    }


@router.get("/memory", response={200: Listed[UnitOut], **ERRORS}, summary="List remembered sentences")
def list_units(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200)] = "",
    source: Tag | None = None,
    target: Tag | None = None,
    brand: Annotated[str | None, Query(max_length=63)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> Any:
    """List sentences, the newest first, narrowed by words of either side, languages and brand."""
    workspace_id = workspace_of(request)
    found = searched(
        workspace_id,
        words=q,
        source=source or "",
        target=target or "",
        brand_id=get_brand(workspace_id, brand).pk if brand else None,
    )
    rows, more = page_below(found, cursor, limit)
    return {"items": [unit_json(row) for row in rows], "next": more}


@router.post("/memory", response={201: UnitOut, **ERRORS}, summary="Remember a sentence")
def post_unit(request: HttpRequest, data: UnitIn) -> Any:
    """Remember a sentence; known already, it gets this translation. 422 `personal` where one side only has a number."""
    workspace_id = workspace_of(request)
    pair = Pair(
        data.source,
        data.target,
        data.source_language,
        data.target_language,
        brand_id=get_brand(workspace_id, data.brand).pk if data.brand else None,
        market=data.market.upper(),
        author="API",
    )
    return Status(201, unit_json(add_pair(workspace_id, pair, agent=None)))


@router.get("/memory/export", summary="Take the memory out", response={200: None, **ERRORS})
def export(request: HttpRequest, format: Literal["tmx", "csv"] = "tmx") -> HttpResponse:
    """Return the whole memory as TMX 1.4b or as a table."""
    units = searched(workspace_of(request)).order_by("pk").iterator(chunk_size=2000)
    if format == "csv":
        return HttpResponse(write_memory_csv(units), content_type="text/csv; charset=utf-8")
    return HttpResponse(write_tmx(units), content_type="application/x-tmx+xml; charset=utf-8")


@router.post("/memory/import", response={200: MemoryImportOut, **ERRORS}, summary="Bring a file in")
def bring_in(request: HttpRequest, data: MemoryFileIn) -> Any:
    """Bring TMX or CSV in, all of it or nothing (422 `bad_file` with `errors` by line); `preview` only looks."""
    read = read_memory(data.content.encode())
    workspace_id = workspace_of(request)
    plan = plan_memory(workspace_id, read)
    kept = 0 if data.preview else import_memory(workspace_id, read, agent=None)
    errors = [{"line": one.line, "message": one.said} for one in plan.problems]
    return {"pairs": len(plan.pairs), "kept": kept, "errors": errors}


@router.get("/memory/{unit}", response={200: UnitOut, **ERRORS}, summary="One sentence")
def get_one(request: HttpRequest, unit: str) -> Any:
    """Return a remembered sentence."""
    return unit_json(get_unit(workspace_of(request), number_of(unit)))


@router.patch("/memory/{unit}", response={200: UnitOut, **ERRORS}, summary="Mend a sentence")
def patch_unit(request: HttpRequest, unit: str, data: UnitPatch) -> Any:
    """Write a sentence or its translation anew."""
    found = get_unit(workspace_of(request), number_of(unit))
    pair = Pair(
        data.source or found.source,
        data.target or found.target,
        found.source_language,
        found.target_language,
        brand_id=found.brand_id,
        market=found.market,
        author="API",
    )
    return unit_json(change_unit(found, pair, agent=None))


@router.delete("/memory/{unit}", response={204: None, **ERRORS}, summary="Forget a sentence")
def delete_unit(request: HttpRequest, unit: str) -> Any:
    """Forget a sentence; what was sent with it stays."""
    forget_unit(get_unit(workspace_of(request), number_of(unit)), agent=None)
    return Status(204, None)
