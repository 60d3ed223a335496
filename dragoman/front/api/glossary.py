"""`/glossary`: what a workspace's things are called in each language, and what nobody is to say."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import get_brand
from dragoman.core.language.actions.exchange import import_glossary, plan_glossary
from dragoman.core.language.actions.glossary import Worded, WrittenEntry, remove_entry, save_entry
from dragoman.core.language.exchange_files import read_glossary, write_tbx
from dragoman.core.language.exchange_tables import write_glossary_csv
from dragoman.core.language.glossary import entries_of, get_entry
from dragoman.core.language.glossary_models import GlossaryEntry

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Market, Tag, page_below

router = Router(tags=["glossary"])

Slug = Annotated[str, StringConstraints(max_length=63)]
Use = Literal["preferred", "admitted", "forbidden"]
Speech = Literal["", "noun", "verb", "adjective", "adverb", "properNoun", "other"]


class TermIn(In):
    """A word; without a language it is the same in all, which only kept and forbidden words are."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    language: Tag | None = None
    market: Market = ""
    use: Use = "preferred"


class TermOut(Schema):
    """A word of an entry."""

    text: str
    language: str | None
    market: str
    use: Use


class EntryIn(In):
    """An entry; `keep` says that nobody translates it, without `brand` it counts for all."""

    terms: Annotated[list[TermIn], Field(min_length=1, max_length=300)]
    brand: Slug | None = None
    keep: bool = False
    case_sensitive: bool = False
    part_of_speech: Speech = ""
    note: Annotated[str, StringConstraints(max_length=2000)] = ""
    status: Literal["approved", "proposed"] = "approved"


class EntryPatch(In):
    """What may be changed of an entry; what is absent stays, `terms` replaces all terms."""

    terms: Annotated[list[TermIn], Field(min_length=1, max_length=300)] | None = None
    brand: Slug | None = None
    keep: bool | None = None
    case_sensitive: bool | None = None
    part_of_speech: Speech | None = None
    note: Annotated[str, StringConstraints(max_length=2000)] | None = None
    status: Literal["approved", "proposed"] | None = None


class EntryOut(Schema):
    """An entry with all its terms."""

    id: str
    terms: list[TermOut]
    brand: str | None
    keep: bool
    case_sensitive: bool
    part_of_speech: str
    note: str
    status: Literal["approved", "proposed"]


class FileIn(In):
    """A file as text: TBX or CSV; with `preview` nothing is stored."""

    content: Annotated[str, StringConstraints(min_length=1, max_length=10_485_760)]
    preview: bool = False


class ImportOut(Schema):
    """What a file changed, or would; `errors` (only with `preview`) name its lines."""

    made: int
    changed: int
    same: int
    errors: list[dict[str, Any]] = []


def entry_json(entry: GlossaryEntry) -> dict[str, Any]:
    """Return an entry as the API shows it."""
    return {
        "id": str(entry.pk),
        "terms": [
            {"text": term.text, "language": term.language or None, "market": term.market, "use": term.use}
            for term in entry.terms.all()
        ],
        "brand": entry.brand.slug if entry.brand else None,
        "keep": entry.keep,
        "case_sensitive": entry.case_sensitive,
        "part_of_speech": entry.speech,
        "note": entry.note,
        "status": entry.status,
    }


def _words(terms: list[TermIn]) -> list[Worded]:
    return [Worded(term.text, term.language or "", term.market, term.use) for term in terms]


def _brand_id(request: HttpRequest, slug: str | None) -> int | None:
    return get_brand(workspace_of(request), slug).pk if slug else None


@router.get("/glossary", response={200: Listed[EntryOut], **ERRORS}, summary="List entries")
def list_entries(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200)] = "",
    language: Tag | None = None,
    brand: Annotated[str | None, Query(max_length=63)] = None,
    status: Literal["approved", "proposed"] | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: Annotated[str | None, Query(max_length=20)] = None,
) -> Any:
    """List entries, the newest first, narrowed by a word, a language, a brand (and all brands') and status."""
    found = entries_of(
        workspace_of(request),
        words=q,
        language=language or "",
        brand_id=_brand_id(request, brand),
        status=status or "",
    )
    rows, more = page_below(found, cursor, limit)
    return {"items": [entry_json(row) for row in rows], "next": more}


@router.post("/glossary", response={201: EntryOut, **ERRORS}, summary="Make an entry")
def post_entry(request: HttpRequest, data: EntryIn) -> Any:
    """Make an entry."""
    written = WrittenEntry(
        _words(data.terms),
        brand_id=_brand_id(request, data.brand),
        keep=data.keep,
        case_sensitive=data.case_sensitive,
        speech=data.part_of_speech,
        note=data.note,
        status=data.status,
        origin="api",
    )
    made = save_entry(workspace_of(request), agent=None, written=written)
    return Status(201, entry_json(get_entry(workspace_of(request), made.pk)))


@router.get("/glossary/export", summary="Take the glossary out", response={200: None, **ERRORS})
def export(request: HttpRequest, format: Literal["tbx", "csv"] = "tbx") -> HttpResponse:
    """Return the whole glossary as TBX-Basic or as a table."""
    entries = list(entries_of(workspace_of(request)).order_by("pk"))
    if format == "csv":
        return HttpResponse(write_glossary_csv(entries), content_type="text/csv; charset=utf-8")
    return HttpResponse(write_tbx(entries), content_type="application/x-tbx; charset=utf-8")


@router.post("/glossary/import", response={200: ImportOut, **ERRORS}, summary="Bring a file in")
def bring_in(request: HttpRequest, data: FileIn) -> Any:
    """Bring TBX or CSV in, all of it or nothing (422 `bad_file` with `errors` by line); `preview` only looks."""
    read = read_glossary(data.content.encode())
    workspace_id = workspace_of(request)
    plan = (
        plan_glossary(workspace_id, read) if data.preview else import_glossary(workspace_id, read, agent=None)
    )
    errors = [{"line": one.line, "message": one.said} for one in plan.problems]
    return {"made": len(plan.made), "changed": len(plan.changed), "same": plan.same, "errors": errors}


@router.get("/glossary/{entry}", response={200: EntryOut, **ERRORS}, summary="One entry")
def get_one(request: HttpRequest, entry: str) -> Any:
    """Return an entry."""
    return entry_json(get_entry(workspace_of(request), number_of(entry)))


@router.patch("/glossary/{entry}", response={200: EntryOut, **ERRORS}, summary="Change an entry")
def patch_entry(request: HttpRequest, entry: str, data: EntryPatch) -> Any:
    """Change what is named; `"brand": null` lets it count for all brands."""
    workspace_id = workspace_of(request)
    found = get_entry(workspace_id, number_of(entry))
    kept = [Worded(term.text, term.language, term.market, term.use) for term in found.terms.all()]
    named = "brand" in data.model_fields_set
    written = WrittenEntry(
        _words(data.terms) if data.terms else kept,
        brand_id=_brand_id(request, data.brand) if named else found.brand_id,
        keep=found.keep if data.keep is None else data.keep,
        case_sensitive=found.case_sensitive if data.case_sensitive is None else data.case_sensitive,
        speech=found.speech if data.part_of_speech is None else data.part_of_speech,
        note=found.note if data.note is None else data.note,
        status=data.status or found.status,
    )
    save_entry(workspace_id, agent=None, written=written, entry=found)
    return entry_json(get_entry(workspace_id, found.pk))


@router.delete("/glossary/{entry}", response={204: None, **ERRORS}, summary="Remove an entry")
def delete_entry(request: HttpRequest, entry: str) -> Any:
    """Remove an entry with all its terms."""
    remove_entry(get_entry(workspace_of(request), number_of(entry)), agent=None)
    return Status(204, None)
