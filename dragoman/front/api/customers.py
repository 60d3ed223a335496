"""`/customers`: people, their addresses, their timeline."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from dragoman.core.conversations.queries import conversation_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.actions import add_identity, change_customer, create_customer, delete_customer
from dragoman.core.customers.fields import fields_by_key, kept
from dragoman.core.customers.models import Customer, CustomerField, Identity
from dragoman.core.customers.queries import customer_page, get_customer
from dragoman.kit.errors import Refusal

from .conversations import number_of, row_json, workspace_of
from .problems import ERRORS
from .schemas import ConversationRow, In, Listed, Market, Tag

router = Router(tags=["customers"])


# the form of address somebody wants, and the grammatical gender; empty for what is not known
Register = Literal["", "polite", "casual", "honorific"]
Gender = Literal["", "woman", "man"]
# checked against the workspace's own fields, which tell in the refusal what they take
Values = Annotated[dict[str, Any], Field(max_length=50)]


class IdentityOut(Schema):
    """An address of a customer."""

    id: str
    kind: Literal["email", "phone", "handle"]
    value: str
    verified: bool


class CustomerOut(Schema):
    """A customer; `form_of_address` is the one they want, `gender` the grammatical one; empty: not known.

    `fields` are the workspace's own, by key; one that is not known is not there.
    """

    id: str
    name: str
    language: str
    market: str
    time_zone: str
    notes: str
    form_of_address: str
    gender: str
    fields: dict[str, str | bool | int | float]
    identities: list[IdentityOut]
    created_at: datetime


class IdentityIn(In):
    """An address to add."""

    kind: Literal["email", "phone", "handle"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=254)]
    verified: bool = False


class CustomerIn(In):
    """A customer to make."""

    name: Annotated[str, StringConstraints(max_length=200)] = ""
    language: Tag | None = None
    market: Market = ""
    time_zone: Annotated[str, StringConstraints(max_length=64)] = ""
    notes: Annotated[str, StringConstraints(max_length=10_000)] = ""
    form_of_address: Register = ""
    gender: Gender = ""
    fields: Values = {}
    identities: Annotated[list[IdentityIn], Field(max_length=20)] = []


class CustomerPatch(In):
    """What may be changed of a customer."""

    name: Annotated[str, StringConstraints(max_length=200)] | None = None
    language: Tag | None = None
    market: Market | None = None
    time_zone: Annotated[str, StringConstraints(max_length=64)] | None = None
    notes: Annotated[str, StringConstraints(max_length=10_000)] | None = None
    form_of_address: Register | None = None
    gender: Gender | None = None
    fields: Values = {}


def _identity(identity: Identity) -> dict[str, Any]:
    return {
        "id": str(identity.pk),
        "kind": identity.kind,
        "value": identity.value,
        "verified": identity.verified_at is not None,
    }


def customer_json(customer: Customer, keys: Mapping[str, CustomerField] | None = None) -> dict[str, Any]:
    """Return a customer as the contract shows it; `keys` are the workspace's own fields, asked for where not given."""
    keys = fields_by_key(customer.workspace_id) if keys is None else keys
    own = {key: kept(keys[key], customer.own) for key in customer.own if key in keys}
    return {
        "id": str(customer.pk),
        "name": customer.name,
        "language": customer.language,
        "market": customer.market,
        "time_zone": customer.time_zone,
        "notes": customer.notes,
        "form_of_address": customer.register,
        "gender": customer.gender,
        "fields": {key: value for key, value in own.items() if value is not None},
        "identities": [_identity(identity) for identity in customer.identities.all()],
        "created_at": customer.created_at,
    }


def _get(request: HttpRequest, opaque: str) -> Customer:
    return get_customer(workspace_of(request), number_of(opaque))


@router.get("/customers", response={200: Listed[CustomerOut], **ERRORS}, summary="List customers")
def list_customers(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=300)] = "",
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List customers, newest first; `q` looks in names and addresses."""
    if cursor is not None and not number_of(cursor):
        raise Refusal(
            "This cursor is not one of ours: start again without it.", code="bad_cursor", status=422
        )
    below = number_of(cursor) if cursor else None
    page = customer_page(workspace_of(request), q=q.replace("\x00", ""), below=below, limit=limit)
    keys = fields_by_key(workspace_of(request))
    return {
        "items": [customer_json(row, keys) for row in page.items],
        "next": str(page.next) if page.next else None,
    }


@router.post("/customers", response={201: CustomerOut, **ERRORS}, summary="Make a customer")
def post_customer(request: HttpRequest, data: CustomerIn) -> Any:
    """Make a customer; an address that is another customer's is refused (409 `identity_taken`)."""
    customer = create_customer(
        workspace_of(request),
        identities=[(one.kind, one.value, one.verified) for one in data.identities],
        own=data.fields,
        name=data.name,
        language=data.language or "",
        market=data.market,
        time_zone=data.time_zone,
        notes=data.notes,
        register=data.form_of_address,
        gender=data.gender,
    )
    return Status(201, customer_json(_get(request, str(customer.pk))))


@router.get("/customers/{customer}", response={200: CustomerOut, **ERRORS}, summary="One customer")
def get_one(request: HttpRequest, customer: str) -> Any:
    """Return a customer."""
    return customer_json(_get(request, customer))


@router.patch("/customers/{customer}", response={200: CustomerOut, **ERRORS}, summary="Change a customer")
def patch_customer(request: HttpRequest, customer: str, data: CustomerPatch) -> Any:
    """Change what is named, all of it or nothing; of `fields` only those given, null clears one."""
    found = _get(request, customer)
    given = {name: value for name, value in data.dict(exclude_unset=True).items() if value is not None}
    fields = given.pop("fields", {})
    if "form_of_address" in given:
        given["register"] = given.pop("form_of_address")
    change_customer(found, changes=given, own=fields)
    return customer_json(_get(request, customer))


@router.delete("/customers/{customer}", response={204: None, **ERRORS}, summary="Delete a customer")
def delete_one(request: HttpRequest, customer: str) -> Any:
    """Delete a customer with every address at once; conversations, messages and files follow in the background."""
    delete_customer(_get(request, customer), agent=None)
    return Status(204, None)


@router.post(
    "/customers/{customer}/identities", response={201: IdentityOut, **ERRORS}, summary="Add an address"
)
def post_identity(request: HttpRequest, customer: str, data: IdentityIn) -> Any:
    """Add an address; the same one again changes nothing."""
    found = _get(request, customer)
    return Status(
        201, _identity(add_identity(found, kind=data.kind, value=data.value, verified=data.verified))
    )


@router.get(
    "/customers/{customer}/timeline", response={200: Listed[ConversationRow], **ERRORS}, summary="Timeline"
)
def timeline(
    request: HttpRequest,
    customer: str,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List the customer's conversations, last activity first."""
    found = _get(request, customer)
    page = conversation_page(
        workspace_of(request), filters=Filters(customer=found.pk), cursor=cursor, limit=limit
    )
    return {"items": [row_json(row) for row in page.items], "next": page.next}
