"""`/texts`: what customers read, in every language and market: how it stands, what it says, who gets what."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.accounts.queries import get_brand, workspace_facts
from dragoman.core.texts.actions.variants import (
    Wording,
    confirm_variant,
    placed,
    remove_variant,
    write_variant,
)
from dragoman.core.texts.localised import (
    Entry,
    cell_of,
    entries_of,
    get_entry,
    languages_of,
    served,
    state_of,
)
from dragoman.core.texts.models import Variant
from dragoman.core.texts.slots import slots_in
from dragoman.kit.variants import key_of, parted

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Market, Tag

router = Router(tags=["texts"])

State = Literal["source", "right", "stale", "machine", "every", "ours", "missing"]
Version = Annotated[int, Field(ge=0, lt=2**31)]


class VariantIn(In):
    """What a text says in a language and market.

    `version` is the one you read (0: there was none): if somebody wrote since, the answer is 409. `source_version` is
    the version of the source that this was written from, today's without it.
    """

    text: Annotated[str, StringConstraints(max_length=20_000)]
    made: Literal["person", "machine"] = "person"
    version: Version | None = None
    source_version: Version | None = None


class Confirmed(In):
    """Which version of the source was looked at; without it the one of now."""

    source_version: Version | None = None


class VariantOut(Schema):
    """One language, or one language in one market; `version` goes back with a change."""

    language: str
    market: str
    text: str
    state: State
    made: Literal["person", "machine"]
    version: int
    source_version: int
    by: str | None
    written_at: datetime
    confirmed_at: datetime | None


class CellOut(Schema):
    """How a text stands in a language, in all markets."""

    language: str
    state: State


class TextOut(Schema):
    """A text, written or not. `source` names the variant that the others are written from."""

    id: str
    kind: str
    key: str
    brand: str | None
    title: str
    slots: list[str]
    source: str | None
    variants: list[VariantOut]
    coverage: list[CellOut]


class LookedOut(Schema):
    """A place that was looked at; `found` names the variant there, `ours` for our own sentence."""

    whose: Literal["customer", "every", "brand", "team", "ours", "any"]
    language: str
    market: str
    found: str | None


class ResolvedOut(Schema):
    """What a customer gets, slots open; `variant` is null for our own sentence and where nothing serves."""

    text: str | None
    language: str | None
    variant: str | None
    slots: list[str]
    looked: list[LookedOut]


def _variant_json(entry: Entry, one: Variant) -> dict[str, Any]:
    return {
        "language": one.language,
        "market": one.market,
        "text": one.words,
        "state": state_of(entry, one),
        "made": one.made,
        "version": one.version,
        "source_version": one.source_version,
        "by": one.agent.name if one.agent else None,
        "written_at": one.written_at,
        "confirmed_at": one.confirmed_at,
    }


def _json(entry: Entry, languages: list[str]) -> dict[str, Any]:
    return {
        "id": entry.ref,
        "kind": entry.kind,
        "key": entry.key,
        "brand": entry.brand.slug if entry.brand else None,
        "title": entry.title,
        "slots": list(entry.of.slots),
        "source": entry.source.name if entry.source else None,
        "variants": [_variant_json(entry, one) for one in entry.variants],
        "coverage": [
            {"language": language, "state": cell_of(entry, language).state} for language in languages
        ],
    }


def _languages(workspace_id: int, entries: list[Entry]) -> list[str]:
    switched_on = workspace_facts(workspace_id).languages
    return list(dict.fromkeys([*languages_of(workspace_id, entries), *switched_on]))


def _one(request: HttpRequest, text: str) -> dict[str, Any]:
    workspace_id = workspace_of(request)
    entry = get_entry(workspace_id, text)
    return _json(entry, _languages(workspace_id, [entry]))


@router.get("/texts", response={200: Listed[TextOut], **ERRORS}, summary="List texts")
def list_texts(
    request: HttpRequest,
    kind: Annotated[str, Query(max_length=20)] = "",
    brand: Annotated[str | None, Query(max_length=63)] = None,
    language: Tag | None = None,
    state: State | None = None,
) -> Any:
    """List all texts with how they stand; `state` keeps those that stand so in `language`, or in any."""
    workspace_id = workspace_of(request)
    entries = entries_of(workspace_id)
    languages = [placed(language)[0]] if language else _languages(workspace_id, entries)
    wanted = get_brand(workspace_id, brand).pk if brand else None
    items = [
        _json(entry, languages)
        for entry in entries
        if (not kind or entry.kind == kind)
        and (wanted is None or (entry.brand is not None and entry.brand.pk == wanted))
    ]
    if state:
        items = [item for item in items if state in {cell["state"] for cell in item["coverage"]}]
    return {"items": items, "next": None}


@router.get("/texts/{text}", response={200: TextOut, **ERRORS}, summary="One text")
def get_text(request: HttpRequest, text: str) -> Any:
    """Return a text with all its variants."""
    return _one(request, text)


@router.get("/texts/{text}/resolved", response={200: ResolvedOut, **ERRORS}, summary="What a customer gets")
def get_resolved(request: HttpRequest, text: str, language: Tag, market: Market = "") -> Any:
    """Say what a customer of a language and market gets, and which places were looked at for it."""
    found = served(
        get_entry(workspace_of(request), text), language=placed(language)[0], market=market.upper()
    )
    looked = found.looked if found else ()
    return {
        "text": found.words if found else None,
        "language": found.language if found else None,
        "variant": (found.key or None) if found else None,
        "slots": slots_in(found.words) if found else [],
        "looked": [
            {
                "whose": one.whose,
                "language": one.language,
                "market": one.market,
                "found": one.found or None,
            }
            for one in looked
        ],
    }


@router.put(
    "/texts/{text}/variants/{variant}",
    response={200: TextOut, 201: TextOut, **ERRORS},
    summary="Write a text in a language",
)
def put_variant(request: HttpRequest, text: str, variant: str, data: VariantIn) -> Any:
    """Write what a text says in `de`, or `de@AT`: 201, then 200; 409 `changed_meanwhile`, 422 `unknown_slot`."""
    entry = get_entry(workspace_of(request), text)
    language, market = placed(*parted(variant))
    wording = Wording(
        data.text, language, market, made=data.made, seen=data.version, source_seen=data.source_version
    )
    is_new = entry.find(language, market) is None
    write_variant(workspace_of(request), entry, wording, agent=None)
    return Status(201 if is_new else 200, _one(request, text))


@router.post(
    "/texts/{text}/variants/{variant}/confirm",
    response={200: TextOut, **ERRORS},
    summary="Note that a text is still right",
)
def post_confirm(request: HttpRequest, text: str, variant: str, data: Confirmed) -> Any:
    """Note that a variant is right for the source as it is, or that somebody looked at what a machine wrote."""
    entry = get_entry(workspace_of(request), text)
    name = key_of(*placed(*parted(variant)))
    confirm_variant(workspace_of(request), entry, name, source_seen=data.source_version, agent=None)
    return _one(request, text)


@router.delete(
    "/texts/{text}/variants/{variant}",
    response={204: None, **ERRORS},
    summary="Remove a text in a language",
)
def delete_variant(
    request: HttpRequest,
    text: str,
    variant: str,
    version: Annotated[int | None, Query(ge=0, lt=2**31)] = None,
) -> Any:
    """Take a text out of a language: 204; 409 `is_source` while others are written from it."""
    entry = get_entry(workspace_of(request), text)
    name = key_of(*placed(*parted(variant)))
    remove_variant(workspace_of(request), entry, name, agent=None, seen=version)
    return Status(204, None)
