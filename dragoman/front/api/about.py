"""`/customer-fields`, `/preference-kinds` and a customer's `/preferences`: what a workspace keeps of its own."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.customers.actions.fields import Definition, change_field, define_field, remove_field
from dragoman.core.customers.actions.preferences import (
    Consent,
    add_kind,
    change_kind,
    keep_preference,
    remove_kind,
    withdraw_preference,
)
from dragoman.core.customers.errors import NoPreference
from dragoman.core.customers.fields import fields_of, get_field
from dragoman.core.customers.models import CustomerField, CustomerPreference
from dragoman.core.customers.preferences import Kind, find_kind, kinds_of, preferences_of
from dragoman.core.customers.queries import get_customer

from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed, Moment

router = Router(tags=["customers"])
Key = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Choices = Annotated[list[Annotated[str, StringConstraints(max_length=80)]], Field(max_length=100)]
FieldKind = Literal["text", "number", "date", "yes_no", "choice"]
How = Literal["message", "call", "person", "form", "document"]


class FieldIn(In):
    """A field to define; `choices` belong to a choice."""

    key: Key
    label: Label
    kind: FieldKind = "text"
    choices: Choices = []


class FieldPatch(In):
    """What may be changed of a field; its key and kind stay."""

    label: Label | None = None
    choices: Choices | None = None


class FieldOut(Schema):
    """A field of customers."""

    key: str
    label: str
    kind: FieldKind
    choices: list[str]


class KindIn(In):
    """A kind of preference to keep; `special` is special-category data (GDPR Art. 9)."""

    key: Key
    label: Label
    special: bool = False


class KindPatch(In):
    """What may be changed of a kind; switched off, `delete_values` says that what is kept of it may go."""

    kept: bool | None = None
    label: Label | None = None
    delete_values: bool = False


class KindOut(Schema):
    """A kind of preference; `built_in` ones come with Dragoman."""

    key: str
    label: str
    special: bool
    kept: bool
    built_in: bool


class ConsentIn(In):
    """By what word it is kept: `how` it was given, by whom (empty: the customer), when (absent: now)."""

    how: How
    given_by: Annotated[str, StringConstraints(max_length=120)] = ""
    given_at: Moment | None = None
    explicit: bool = False


class PreferenceIn(In):
    """A preference to write down."""

    value: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    consent: ConsentIn


class ConsentOut(Schema):
    """The consent as it was written down; `recorded_by` is an agent's id, null for a program."""

    how: str
    given_by: str
    given_at: Moment
    explicit: bool
    recorded_by: str | None


class PreferenceOut(Schema):
    """A preference of a customer."""

    kind: str
    label: str
    value: str
    special: bool
    consent: ConsentOut


def _field(field: CustomerField) -> dict[str, Any]:
    return {"key": field.key, "label": field.label, "kind": field.kind, "choices": field.choices}


def preference_json(kind: Kind, row: CustomerPreference) -> dict[str, Any]:
    """Return a preference as the contract shows it."""
    return {
        "kind": kind.key,
        "label": kind.label,
        "value": row.value,
        "special": kind.special,
        "consent": {
            "how": row.how,
            "given_by": row.given_by,
            "given_at": row.given_at,
            "explicit": row.explicit,
            "recorded_by": str(row.agent_id) if row.agent_id else None,
        },
    }


@router.get("/customer-fields", response={200: Listed[FieldOut], **ERRORS}, summary="List own fields")
def list_fields(request: HttpRequest) -> Any:
    """List the workspace's own fields of customers in their order."""
    return {"items": [_field(one) for one in fields_of(workspace_of(request))], "next": None}


@router.post("/customer-fields", response={201: FieldOut, **ERRORS}, summary="Define a field")
def post_field(request: HttpRequest, data: FieldIn) -> Any:
    """Define a field, last in the order; a key that is used is refused (409 `field_taken`)."""
    wish = Definition(data.key, data.label, data.kind, data.choices)
    return Status(201, _field(define_field(workspace_of(request), agent=None, wish=wish)))


@router.patch("/customer-fields/{key}", response={200: FieldOut, **ERRORS}, summary="Change a field")
def patch_field(request: HttpRequest, key: str, data: FieldPatch) -> Any:
    """Change the name or the choices of a field; who has a choice that is gone keeps it."""
    known = get_field(workspace_of(request), key)
    return _field(change_field(known, agent=None, label=data.label, choices=data.choices))


@router.delete("/customer-fields/{key}", response={204: None, **ERRORS}, summary="Remove a field")
def delete_field(request: HttpRequest, key: str) -> Any:
    """Remove a field; its values follow in the background, and segments that name it match nobody."""
    remove_field(get_field(workspace_of(request), key), agent=None)
    return Status(204, None)


@router.get("/preference-kinds", response={200: Listed[KindOut], **ERRORS}, summary="List preference kinds")
def list_kinds(request: HttpRequest) -> Any:
    """List the kinds of preferences, whether they are kept or not."""
    return {"items": [one.__dict__ for one in kinds_of(workspace_of(request))], "next": None}


@router.post("/preference-kinds", response={201: KindOut, **ERRORS}, summary="Add a preference kind")
def post_kind(request: HttpRequest, data: KindIn) -> Any:
    """Keep a kind of preference of your own."""
    workspace_id = workspace_of(request)
    made = add_kind(workspace_id, agent=None, key=data.key, label=data.label, special=data.special)
    return Status(201, made.__dict__)


@router.patch("/preference-kinds/{key}", response={200: KindOut, **ERRORS}, summary="Switch a kind on or off")
def patch_kind(request: HttpRequest, key: str, data: KindPatch) -> Any:
    """Switch a kind on or off, or rename one of your own; off while somebody has it is 409 `preference_in_use`."""
    changed = change_kind(
        workspace_of(request),
        key,
        agent=None,
        kept=data.kept,
        label=data.label,
        delete_values=data.delete_values,
    )
    return changed.__dict__


@router.delete("/preference-kinds/{key}", response={204: None, **ERRORS}, summary="Remove a preference kind")
def delete_kind(request: HttpRequest, key: str, delete_values: bool = False) -> Any:
    """Remove a kind of your own; ours are switched off instead."""
    remove_kind(workspace_of(request), key, agent=None, delete_values=delete_values)
    return Status(204, None)


@router.get(
    "/customers/{customer}/preferences",
    response={200: Listed[PreferenceOut], **ERRORS},
    summary="Preferences",
)
def list_preferences(request: HttpRequest, customer: str) -> Any:
    """List a customer's preferences with the consent of each."""
    found = get_customer(workspace_of(request), number_of(customer))
    return {"items": [preference_json(kind, row) for kind, row in preferences_of(found)], "next": None}


@router.put(
    "/customers/{customer}/preferences/{kind}",
    response={200: PreferenceOut, **ERRORS},
    summary="Keep a preference",
)
def put_preference(request: HttpRequest, customer: str, kind: str, data: PreferenceIn) -> Any:
    """Write a preference down in place of what was known; special-category data needs `consent.explicit`."""
    found = get_customer(workspace_of(request), number_of(customer))
    consent = Consent(**data.consent.dict())
    row = keep_preference(found, kind=kind, value=data.value, consent=consent, agent=None)
    known = find_kind(found.workspace_id, kind)
    if known is None:
        raise NoPreference
    return preference_json(known, row)


@router.delete(
    "/customers/{customer}/preferences/{kind}", response={204: None, **ERRORS}, summary="Withdraw consent"
)
def delete_preference(request: HttpRequest, customer: str, kind: str) -> Any:
    """Delete a preference: the customer withdrew consent."""
    found = get_customer(workspace_of(request), number_of(customer))
    withdraw_preference(found, kind=kind, agent=None)
    return Status(204, None)
