"""What becomes of two conversations when they are merged: each field, and what speaks against it. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal
from dragoman.kit.tags import base

from .models import Conversation, Direction, Message, Priority, Status

FIELDS: Final = ("subject", "assignee", "team", "priority", "language")
SIDES: Final = ("survivor", "merged")
_COLUMNS: Final = {"assignee": "assignee_id", "team": "team_id"}
# of two, the livelier status stands
_LIVELY: Final = (Status.OPEN, Status.PENDING, Status.SNOOZED, Status.RESOLVED)
NEWEST: Final = ("preview", "preview_translated", "channel", "last_message_at")


@dataclass(frozen=True)
class Choice:
    """A field both sides have and differ in: the words of each, and which side is taken."""

    field: str
    survivor: str
    merged: str
    taken: str


@dataclass(frozen=True)
class Side:
    """One of the two as the preview shows it; `people` are the addresses that wrote or were written to."""

    conversation: Conversation
    messages: int
    people: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MergePlan:
    """What merging would do: `values` are the survivor's columns that change, `warnings` codes of what does not fit."""

    merged: Side
    survivor: Side
    choices: list[Choice]
    values: dict[str, Any]
    warnings: list[str]


def plan_merge(
    merged: Conversation, survivor: Conversation, wanted: Mapping[str, str] | None = None
) -> MergePlan:
    """Work out a merge without storing it; raises Refusal for what cannot be one conversation."""
    check_may_join(merged, survivor)
    choices = _choices(merged, survivor, wanted or {})
    return MergePlan(
        merged=_side(merged),
        survivor=_side(survivor),
        choices=choices,
        values=_values(merged, survivor, choices),
        warnings=_warnings(merged, survivor),
    )


def check_may_join(merged: Conversation, survivor: Conversation) -> None:
    """Refuse the same one twice, one that is merged already, two brands, and a closed survivor."""
    if merged.pk == survivor.pk:
        raise Refusal(_("Choose two different conversations."), code="same", status=422)
    if merged.merged_into_id or survivor.merged_into_id:
        raise Refusal(
            _("Somebody has just merged one of these. Look at it again."), code="already_merged", status=409
        )
    if merged.side_of_id or survivor.side_of_id:
        raise Refusal(
            _("A side thread is with an outsider and stays apart from what the customer reads."),
            code="side_thread",
            status=409,
        )
    if merged.brand_id != survivor.brand_id:
        raise Refusal(
            _("These belong to two brands: an answer would come from the wrong shop. Leave a note instead."),
            code="other_brand",
            status=409,
        )
    if survivor.status == merged.status == Status.CLOSED:
        raise Refusal(_("Both are closed and stay as they are."), code="closed", status=409)
    if survivor.status == Status.CLOSED:
        raise Refusal(
            _("A closed conversation cannot take others in. Keep the other one of the two."),
            code="closed",
            status=409,
        )


def _side(conversation: Conversation) -> Side:
    said = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        direction__in=[Direction.IN, Direction.OUT],
    )
    people: dict[str, None] = {}
    for meta in said.order_by("-pk").values_list("meta", flat=True)[:200]:
        people.update(
            dict.fromkeys(
                str(one) for one in (meta.get("from"), meta.get("to"), *(meta.get("cc") or ())) if one
            )
        )
    return Side(conversation, said.count(), list(people)[:20])


def _words(conversation: Conversation, name: str) -> str:
    if name in _COLUMNS:
        found = getattr(conversation, name)
        return found.name if found else ""
    return str(getattr(conversation, name))


def _choices(merged: Conversation, survivor: Conversation, wanted: Mapping[str, str]) -> list[Choice]:
    for name, side in wanted.items():
        if name not in FIELDS or side not in SIDES:
            raise Refusal(_("Choose “survivor” or “merged” for a field."), code="bad_choice", status=422)
    found = []
    for name in FIELDS:
        ours, theirs = _words(survivor, name), _words(merged, name)
        if ours and theirs and ours != theirs:
            found.append(Choice(name, ours, theirs, wanted.get(name, _usual(name, ours, theirs))))
    return found


def _usual(name: str, ours: str, theirs: str) -> str:
    """Return the side taken if nobody says: the survivor's, but of two priorities the higher."""
    if name != "priority":
        return "survivor"
    order = list(Priority.values)
    return "merged" if order.index(theirs) > order.index(ours) else "survivor"


def _values(merged: Conversation, survivor: Conversation, choices: list[Choice]) -> dict[str, Any]:
    taken = {choice.field: choice.taken for choice in choices}
    values: dict[str, Any] = {}
    for name in FIELDS:
        column = _COLUMNS.get(name, name)
        ours, theirs = getattr(survivor, column), getattr(merged, column)
        values[column] = theirs if taken.get(name) == "merged" or not ours else ours
    values["tags"] = list(dict.fromkeys([*survivor.tags, *merged.tags]))[:30]
    values["unread"] = survivor.unread or (merged.unread and merged.status != Status.CLOSED)
    source = _liveliest(merged, survivor)
    for name in ("status", "snoozed_until", "resolved_at"):
        values[name] = getattr(source, name)
    newer = merged if merged.last_message_at > survivor.last_message_at else survivor
    for name in NEWEST:
        values[name] = getattr(newer, name)
    return {name: value for name, value in values.items() if value != getattr(survivor, name)}


def _liveliest(merged: Conversation, survivor: Conversation) -> Conversation:
    if merged.status not in _LIVELY:
        return survivor
    rank = [str(status) for status in _LIVELY]
    return merged if rank.index(merged.status) < rank.index(survivor.status) else survivor


def _warnings(merged: Conversation, survivor: Conversation) -> list[str]:
    found = []
    if merged.customer_id != survivor.customer_id:
        found.append("customers")
    if merged.language and survivor.language and base(merged.language) != base(survivor.language):
        found.append("languages")
    if merged.status == Status.CLOSED:
        found.append("closed")
    return found
