"""`/macros`: texts sent often, one for each language and market."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.texts.actions.macros import Written, remove_macro, save_macro
from dragoman.core.texts.errors import NoMacro
from dragoman.core.texts.models import Macro
from dragoman.core.texts.queries import shared_macros
from dragoman.core.texts.slots import unknown_slots

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed

router = Router(tags=["macros"])


MacroTexts = Annotated[
    dict[
        Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=20_000)]
    ],
    Field(max_length=200),
]

Tags = Annotated[list[Annotated[str, StringConstraints(max_length=50)]], Field(max_length=10)]


class MacroIn(In):
    """A macro; `texts` is keyed by language (`de`) or language and market (`de@AT`)."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    texts: MacroTexts
    shortcut: Annotated[str, StringConstraints(max_length=40)] = ""
    tags: Tags = []
    then: Literal["resolved"] | None = None


class MacroPatch(In):
    """What may be changed of a macro; what is absent stays."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)] | None = None
    texts: MacroTexts | None = None
    shortcut: Annotated[str, StringConstraints(max_length=40)] | None = None
    tags: Tags | None = None
    then: Literal["resolved"] | None = None


class MacroOut(Schema):
    """A macro. `unknown_slots` stand in its texts and nobody fills them in: a slip, or a gap for who sends it."""

    id: str
    name: str
    shortcut: str
    texts: dict[str, str]
    tags: list[str]
    then: str | None
    used: int
    unknown_slots: list[str] = []


def macro_json(macro: Macro) -> dict[str, Any]:
    """Return a macro as the contract shows it."""
    return {
        "id": str(macro.pk),
        "name": macro.name,
        "shortcut": macro.shortcut,
        "texts": macro.texts,
        "tags": list(macro.tags),
        "then": macro.then or None,
        "used": macro.used,
        "unknown_slots": unknown_slots(macro.texts.values()),
    }


def get_macro(request: HttpRequest, opaque: str) -> Macro:
    """Return one of everybody's macros; raises NoMacro. Agents' own ones are theirs alone."""
    found = shared_macros(workspace_of(request)).filter(pk=number_of(opaque)).first()
    if found is None:
        raise NoMacro
    return found


@router.get("/macros", response={200: Listed[MacroOut], **ERRORS}, summary="List macros")
def list_macros(request: HttpRequest) -> Any:
    """List everybody's macros by name, all of them."""
    return {"items": [macro_json(macro) for macro in shared_macros(workspace_of(request))], "next": None}


@router.post("/macros", response={201: MacroOut, **ERRORS}, summary="Make a macro")
def post_macro(request: HttpRequest, data: MacroIn) -> Any:
    """Make a macro for everybody; 409 `name_taken` where there is one of this name."""
    written = Written(data.name, data.texts, data.shortcut, data.tags, data.then or "")
    return Status(201, macro_json(save_macro(workspace_of(request), agent=None, written=written)))


@router.get("/macros/{macro}", response={200: MacroOut, **ERRORS}, summary="One macro")
def get_one(request: HttpRequest, macro: str) -> Any:
    """Return a macro with all its texts."""
    return macro_json(get_macro(request, macro))


@router.patch("/macros/{macro}", response={200: MacroOut, **ERRORS}, summary="Change a macro")
def patch_macro(request: HttpRequest, macro: str, data: MacroPatch) -> Any:
    """Change what is named; `texts` replaces all texts."""
    found = get_macro(request, macro)
    given = data.model_dump(exclude_unset=True, exclude_none=True)
    kept = {key: getattr(found, key) for key in ("name", "texts", "shortcut", "tags", "then")}
    if "then" in data.model_fields_set and data.then is None:
        given["then"] = ""
    written = Written(**{**kept, **given})
    return macro_json(save_macro(workspace_of(request), agent=None, written=written, macro=found))


@router.delete("/macros/{macro}", response={204: None, **ERRORS}, summary="Remove a macro")
def delete_macro(request: HttpRequest, macro: str) -> Any:
    """Remove a macro; what was sent with it stays."""
    remove_macro(get_macro(request, macro), agent=None)
    return Status(204, None)
