"""Promises: by when a customer is told to have an answer, and whether it came in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dragoman.core.accounts.hours.rows import Scope
from dragoman.core.playbooks.hours import answer_by, service_for
from dragoman.ground.markets.zones import zone
from dragoman.kit.moments import said_moment

from .countries import whereabouts_of
from .marks import AUTOMATIC
from .models import Acknowledgement, Conversation, Direction, Message

SLOT = "answer_by"
# what can be looked for: not answered and still in time, not answered and late, answered late
STATES: Final = ("open", "late", "broken")


@dataclass(frozen=True)
class Due:
    """An instant to be promised, the zone by whose clock, and whether that has to be `named`: it may not be theirs."""

    at: datetime
    zone: str
    named: bool

    def said(self, language: str, market: str, *, now: datetime) -> str:
        """Return it in words for a customer."""
        return said_moment(self.at, zone(self.zone), language, now=now, market=market, named=self.named)


@dataclass(frozen=True)
class Promise:
    """What a customer was told, and what became of it."""

    by: datetime
    answered_at: datetime | None
    state: Literal["open", "late", "kept", "broken"]


def due_for(conversation: Conversation, *, channel: str, at: datetime) -> Due | None:
    """Return by when a customer who wrote at an instant may be told to have an answer; None: nothing is promised.

    It is said by the customer's clock; where that is only a guess, by the clock of the hours, whose place is named.
    """
    market = conversation.market or conversation.customer.market
    asked = Scope(conversation.brand_id, market, conversation.team_id, channel)
    due = answer_by(conversation.workspace_id, asked, at)
    if due is None:
        return None
    found = whereabouts_of(conversation)
    if found and not found.guessed:
        return Due(due, found.zone, named=False)
    service = service_for(
        conversation.workspace_id,
        brand_id=asked.brand_id,
        market=asked.market,
        team_id=asked.team_id,
        channel=channel,
    )
    return Due(due, service.calendar.zone.key, named=True) if service else None


def promise_of(conversation: Conversation) -> Promise | None:
    """Return what the customer of a conversation was told, with whether a person has answered since; None: nothing."""
    told = Acknowledgement.objects.filter(
        workspace_id=conversation.workspace_id, conversation_id=conversation.pk, answer_by__isnull=False
    ).first()
    if told is None or told.answer_by is None:
        return None
    answers = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id__in=conversation.parts,
        direction=Direction.OUT,
        sent_at__isnull=False,
        created_at__gte=told.created_at,
    ).exclude(meta__has_key=AUTOMATIC)
    answered = answers.order_by("sent_at").values_list("sent_at", flat=True).first()
    if answered is not None:
        return Promise(told.answer_by, answered, "kept" if answered <= told.answer_by else "broken")
    return Promise(told.answer_by, None, "late" if timezone.now() > told.answer_by else "open")


def in_promise(state: str) -> Q:
    """Return what a promise in a state asks of a conversation: `open`, `late` (not answered yet), `broken`."""
    told = Acknowledgement.objects.filter(
        workspace_id=OuterRef("workspace_id"), conversation_id=OuterRef("pk"), answer_by__isnull=False
    )
    if state == "broken":
        too_late, in_time = Q(sent_at__gt=OuterRef("answer_by")), Q(sent_at__lte=OuterRef("answer_by"))
        return Q(Exists(told.filter(_is_answered(too_late), ~_is_answered(in_time))))
    waiting = told.filter(~_is_answered())
    now = timezone.now()
    if state == "late":
        return Q(Exists(waiting.filter(answer_by__lt=now)))
    return Q(Exists(waiting.filter(answer_by__gte=now))) if state == "open" else Q(pk__in=[])


def late_among(workspace_id: int, conversation_ids: Sequence[int]) -> set[int]:
    """Return which conversations wait for an answer longer than their customer was told."""
    told = Acknowledgement.objects.filter(
        workspace_id=workspace_id, conversation_id__in=conversation_ids, answer_by__lt=timezone.now()
    )
    return set(told.filter(~_is_answered()).values_list("conversation_id", flat=True))


def _is_answered(when: Q | None = None) -> Q:
    """Say of an acknowledgement whether people answered since, in its conversation or in one that was merged into it.

    Two questions, each by its index: one with an "or" over both tables reads every answer of the workspace.
    """
    sent = Message.objects.filter(
        when or Q(),
        workspace_id=OuterRef("workspace_id"),
        direction=Direction.OUT,
        sent_at__isnull=False,
        created_at__gte=OuterRef("created_at"),
    ).exclude(meta__has_key=AUTOMATIC)
    here = sent.filter(conversation_id=OuterRef("conversation_id"))
    merged = sent.filter(conversation__merged_into=OuterRef("conversation_id"))
    return Q(Exists(here)) | Q(Exists(merged))
