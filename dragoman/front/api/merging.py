"""`/merge`, `/split`, their undoing with `dry_run`, and `/identities`: who is whom, and which conversations are one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from dragoman.core.conversations.actions.merge import merge_conversations, preview_merge, undo_merge
from dragoman.core.conversations.actions.people import colliding, merge_customers, undo_customer_merge
from dragoman.core.conversations.actions.split import plan_split, split_conversation, undo_split
from dragoman.core.customers.actions import move_identity, remove_identity
from dragoman.core.customers.merging import choices_of, settled, warnings_of
from dragoman.core.customers.models import Identity
from dragoman.core.customers.queries import get_customer, get_identity, identities_of
from dragoman.kit.errors import Refusal

from .conversations import conversation_json, get_conversation, number_of, workspace_of
from .problems import ERRORS
from .schemas import ConversationOut, In, Line, Listed

router = Router(tags=["merging"])

Id = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class MergeIn(In):
    """Where to, and which side each conflicting field is taken from. `dry_run` only tells what would be."""

    into: Id
    fields: dict[str, Literal["survivor", "merged", "both"]] = {}
    dry_run: bool = False


class ChoiceOut(Schema):
    """A field both sides know differently, and which side is taken."""

    field: str
    survivor: str
    merged: str
    taken: str


class MergedOut(Schema):
    """What was merged, or would be. `warnings` are codes of what does not fit; `running` are pairs of running
    conversations (merged, survivor) that become one with their customers."""

    merged: str
    survivor: str
    dry_run: bool
    choices: list[ChoiceOut]
    warnings: list[str]
    running: list[list[str]] = []


class SplitIn(In):
    """Which message, and whether all after it go too (`only` false) or it alone."""

    message: Id
    only: bool = False
    subject: Line = ""
    dry_run: bool = False


class SplitOut(Schema):
    """What was split off, or would be: the new conversation (null before), the messages that go, how many stay."""

    origin: str
    conversation: str | None
    subject: str
    messages: list[str]
    staying: int
    dry_run: bool


class UndoneOut(Schema):
    """What stands alone again (or came back), and where it had been."""

    merged: str
    survivor: str


class AddressOut(Schema):
    """An address with its customer."""

    id: str
    kind: Literal["email", "phone", "handle"]
    value: str
    verified: bool
    customer: str
    created_at: datetime


class MoveIn(In):
    """Whose the address is, and how that was proved."""

    customer: Id
    proof: Literal["mail", "chat", "call", "order", "document"]


def _choices(found: Any) -> list[dict[str, str]]:
    return [
        {"field": one.field, "survivor": one.survivor, "merged": one.merged, "taken": one.taken}
        for one in found
    ]


@router.post(
    "/conversations/{conversation}/merge", response={200: MergedOut, **ERRORS}, summary="Merge into another"
)
def post_merge(request: HttpRequest, conversation: str, data: MergeIn) -> Any:
    """Merge this conversation into `into`, which keeps its number; it can be undone."""
    gone, stays = get_conversation(request, conversation), get_conversation(request, data.into)
    plan = preview_merge(gone, stays, agent=None, fields=data.fields)
    if not data.dry_run:
        merge_conversations(gone, stays, agent=None, fields=data.fields)
    return {
        "merged": str(gone.pk),
        "survivor": str(stays.pk),
        "dry_run": data.dry_run,
        "choices": _choices(plan.choices),
        "warnings": plan.warnings,
    }


@router.post(
    "/conversations/{conversation}/merge/undo",
    response={200: ConversationOut, **ERRORS},
    summary="Part a merged conversation again",
)
def post_merge_undo(request: HttpRequest, conversation: str) -> Any:
    """Part this conversation, which was merged into another, and return it; what came in meanwhile stays there."""
    workspace_id, number = workspace_of(request), number_of(conversation)
    get_conversation(request, conversation)
    undo_merge(workspace_id, number, agent=None)
    return conversation_json(get_conversation(request, conversation))


@router.post(
    "/conversations/{conversation}/split",
    response={200: SplitOut, 201: SplitOut, **ERRORS},
    summary="Split off a message, or all from it on",
)
def post_split(request: HttpRequest, conversation: str, data: SplitIn) -> Any:
    """Make a conversation of its own of a message (`only`), or of it and all after it; 200 for a dry run."""
    origin = get_conversation(request, conversation)
    scope: Literal["from", "only"] = "only" if data.only else "from"
    message = number_of(data.message)
    plan = plan_split(origin, message_id=message, scope=scope, subject=data.subject)
    made = (
        None
        if data.dry_run
        else split_conversation(origin, agent=None, message_id=message, scope=scope, subject=data.subject)
    )
    shown = {
        "origin": str(origin.pk),
        "conversation": str(made.pk) if made else None,
        "subject": plan.subject,
        "messages": [str(one.pk) for one in plan.moving],
        "staying": plan.staying,
        "dry_run": data.dry_run,
    }
    return Status(201 if made else 200, shown)


@router.post(
    "/conversations/{conversation}/split/undo",
    response={200: ConversationOut, **ERRORS},
    summary="Bring a split conversation back",
)
def post_split_undo(request: HttpRequest, conversation: str) -> Any:
    """Bring what was split off back to where it came from, and return that conversation."""
    get_conversation(request, conversation)
    origin = undo_split(workspace_of(request), number_of(conversation), agent=None)
    return conversation_json(get_conversation(request, str(origin.pk)))


@router.post("/customers/{customer}/merge", response={200: MergedOut, **ERRORS}, summary="Merge into another")
def post_customer_merge(request: HttpRequest, customer: str, data: MergeIn) -> Any:
    """Merge this customer into `into`, who gets the addresses and conversations; it can be undone."""
    workspace_id = workspace_of(request)
    gone = get_customer(workspace_id, number_of(customer))
    stays = get_customer(workspace_id, number_of(data.into))
    if gone.pk == stays.pk:
        raise Refusal("These are one customer already.", code="same", status=422)
    choices = choices_of(gone, stays, data.fields)
    settled(gone, stays, choices)
    shown = {
        "merged": str(gone.pk),
        "survivor": str(stays.pk),
        "dry_run": data.dry_run,
        "choices": _choices(choices),
        "warnings": warnings_of(gone, stays),
        "running": [[str(one) for one in pair] for pair in colliding(workspace_id, gone.pk, stays.pk)],
    }
    if not data.dry_run:
        merge_customers(gone, stays, agent=None, fields=data.fields)
    return shown


@router.post(
    "/customers/{customer}/merge/undo",
    response={200: UndoneOut, **ERRORS},
    summary="Part a merged customer again",
)
def post_customer_merge_undo(request: HttpRequest, customer: str) -> Any:
    """Part this customer, who was merged into another; addresses and conversations go back, new ones stay."""
    workspace_id, number = workspace_of(request), number_of(customer)
    survivor = get_customer(workspace_id, number)
    undo_customer_merge(workspace_id, number, agent=None)
    return {"merged": str(number), "survivor": str(survivor.pk)}


def _address(identity: Identity) -> dict[str, Any]:
    return {
        "id": str(identity.pk),
        "kind": identity.kind,
        "value": identity.value,
        "verified": identity.verified_at is not None,
        "customer": str(identity.customer_id),
        "created_at": identity.created_at,
    }


@router.get("/identities", response={200: Listed[AddressOut], **ERRORS}, summary="List addresses")
def list_identities(
    request: HttpRequest,
    kind: Annotated[Literal["", "email", "phone", "handle"], Query()] = "",
    value: Annotated[str, Query(max_length=254)] = "",
    customer: Annotated[str, Query(max_length=20)] = "",
    cursor: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List addresses, oldest first; `value` finds one as it is stored (mail in lower case, phone in E.164)."""
    workspace_id = workspace_of(request)
    found = identities_of(workspace_id)
    if cursor is not None:
        if not number_of(cursor):
            raise Refusal(
                "This cursor is not one of ours: start again without it.", code="bad_cursor", status=422
            )
        found = found.filter(pk__gt=number_of(cursor))
    if kind:
        found = found.filter(kind=kind)
    if value:
        found = found.filter(value=value.replace("\x00", ""))
    if customer:
        found = found.filter(customer_id=get_customer(workspace_id, number_of(customer)).pk)
    rows = list(found[: limit + 1])
    more = str(rows[limit - 1].pk) if len(rows) > limit else None
    return {"items": [_address(row) for row in rows[:limit]], "next": more}


@router.post(
    "/identities/{identity}/move", response={200: AddressOut, **ERRORS}, summary="Give to another customer"
)
def post_move(request: HttpRequest, identity: str, data: MoveIn) -> Any:
    """Give an address to another customer because somebody proved whose it is; conversations stay where they are."""
    workspace_id = workspace_of(request)
    found = get_identity(workspace_id, number_of(identity))
    owner = get_customer(workspace_id, number_of(data.customer))
    return _address(move_identity(found, to=owner, proof=data.proof))


@router.delete("/identities/{identity}", response={204: None, **ERRORS}, summary="Take an address away")
def delete_identity(request: HttpRequest, identity: str) -> Any:
    """Take an address away; the last one of a customer stays (409 `last_identity`)."""
    remove_identity(get_identity(workspace_of(request), number_of(identity)))
    return Status(204, None)
