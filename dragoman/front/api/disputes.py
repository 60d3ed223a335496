"""`/disputes`: contested payments with their deadlines, and the evidence that a person sends."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import F
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import StringConstraints

from dragoman.core.accounts.queries import agents_of
from dragoman.core.commerce.actions.disputes import answer_dispute, keep_statement
from dragoman.core.commerce.evidence import pack_of
from dragoman.core.commerce.models import Dispute
from dragoman.core.commerce.paying import disputes_of, get_dispute
from dragoman.core.conversations.cursors import decode, encode
from dragoman.kit.errors import Refusal

from .commerce import MoneyOut
from .conversations import number_of, workspace_of
from .problems import ERRORS
from .schemas import In, Listed

router = Router(tags=["commerce"])


class DisputeOut(Schema):
    """A contested payment. `due_by`: until when evidence is taken; `answer`: how far ours came."""

    id: str
    number: str
    vendor: str
    scheme: str
    code: str
    reason: str
    status: str
    state: str
    amount: MoneyOut
    payment: str
    reference: str
    order: str | None
    opened_at: datetime
    due_by: datetime | None
    statement: str
    answer: str
    answer_error: str
    answered_at: datetime | None
    answered_by: str | None


class ChapterOut(Schema):
    """One chapter of the evidence; `texts` in the order they are read."""

    title: str
    texts: list[str]


class DisputeWholeOut(DisputeOut):
    """A dispute with what would be sent, in English; what people wrote stays in their words."""

    evidence: list[ChapterOut]


class EvidenceIn(In):
    """What is said to a dispute. `agent`: the lead or owner who answers for it; `send` false keeps the words only."""

    agent: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    statement: Annotated[str, StringConstraints(max_length=5000)] = ""
    send: bool = False


def _json(row: Dispute) -> dict[str, Any]:
    same = (
        "vendor",
        "scheme",
        "code",
        "reason",
        "status",
        "state",
        "payment",
        "reference",
        "opened_at",
        "due_by",
    )
    mine = ("statement", "answer", "answer_error", "answered_at")
    return {
        **{name: getattr(row, name) for name in (*same, *mine)},
        "id": str(row.pk),
        "number": row.external_id,
        "amount": {"amount": row.amount, "currency": row.currency},
        "order": row.order.number if row.order else None,
        "answered_by": str(row.answered_by_id) if row.answered_by_id else None,
    }


def _whole(row: Dispute) -> dict[str, Any]:
    chapters = [
        {"title": one.title, "texts": [part.text for part in one.paragraphs]} for one in pack_of(row).chapters
    ]
    return {**_json(row), "evidence": chapters}


@router.get("/disputes", response={200: Listed[DisputeOut], **ERRORS}, summary="List disputes")
def list_disputes(
    request: HttpRequest,
    state: Literal["", "open", "review", "won", "lost", "closed"] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str, Query(max_length=200)] = "",
) -> Any:
    """List disputes, what is due first before what has no deadline."""
    rows = disputes_of(workspace_of(request)).order_by(F("due_by").asc(nulls_last=True), "pk")
    if state:
        rows = rows.filter(state=state)
    skip = int(decode(cursor, (int,))[0]) if cursor else 0
    found = list(rows[skip : skip + limit + 1])
    following = encode([skip + limit]) if len(found) > limit else None
    return {"items": [_json(one) for one in found[:limit]], "next": following}


@router.get("/disputes/{dispute}", response={200: DisputeWholeOut, **ERRORS}, summary="Get a dispute")
def one_dispute(request: HttpRequest, dispute: str) -> Any:
    """Return a dispute with its evidence."""
    return _whole(get_dispute(workspace_of(request), number_of(dispute)))


@router.post(
    "/disputes/{dispute}/evidence", response={200: DisputeWholeOut, **ERRORS}, summary="Answer a dispute"
)
def answer(request: HttpRequest, dispute: str, data: EvidenceIn) -> Any:
    """Keep what is said to a dispute, or send all its evidence: once, for good, in the name of a lead or owner.

    409 `dispute_over` where it was answered, decided or is too late, `not_by_program` where its account is gone.
    """
    workspace_id = workspace_of(request)
    agent = agents_of(workspace_id).filter(pk=number_of(data.agent), is_active=True).first()
    if agent is None:
        raise Refusal("There is no such agent.", code="unknown_agent", status=422)
    found = get_dispute(workspace_id, number_of(dispute))
    if data.send:
        answer_dispute(agent, found, statement=data.statement)
    else:
        keep_statement(agent, found, statement=data.statement)
    return _whole(get_dispute(workspace_id, found.pk))
