"""Keeping what an agent writes, on any device, without ever losing one of two texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

from ..access import check_may_reply
from ..models import Conversation, Direction, Draft, Message

LONGEST = 200_000
MOST_FILES = 20
MOST_FIELDS = 40
OVERTAKEN = timedelta(seconds=30)


@dataclass(frozen=True)
class Written:
    """What a composer holds: `revision` is the one it began from (0: none), `force` overrides another device's text."""

    kind: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    attachments: Sequence[int] = ()
    revision: int = 0
    device: str = ""
    force: bool = False


@dataclass(frozen=True)
class Kept:
    """What became of it: the draft as it is stored (None: none), and whether it is another one than was written."""

    draft: Draft | None
    conflict: bool = False


@transaction.atomic
def save_draft(conversation: Conversation, *, agent: Agent, written: Written) -> Kept:
    """Store a draft, or remove it where nothing is left of it.

    Another text saved in between, from another device or window, is not overwritten: `Kept.conflict` and that draft
    come back, and the person decides (`force` then stores this one and keeps the other as `earlier`).
    """
    if written.kind not in Draft.Kind.values:
        raise Refusal(_("A draft is a reply or a note."), code="bad_kind", status=422)
    if written.kind == Draft.Kind.REPLY:
        check_may_reply(agent)
    text = clean(written.text)
    if len(text) > LONGEST or len(written.fields) > MOST_FIELDS:
        raise Refusal(_("This draft is too long to be kept."), code="too_long", status=413)
    found = Draft.objects.select_for_update().filter(
        workspace_id=agent.workspace_id, conversation_id=conversation.pk, agent_id=agent.pk, kind=written.kind
    )
    stored = found.first()
    if stored is not None and stored.revision != written.revision and not _is_same(stored, text, written):
        if not written.force:
            return Kept(stored, conflict=True)
        stored.earlier = stored.text
    nothing_left = not text.strip() and not written.attachments
    if nothing_left or _was_just_sent(conversation, agent, text, written.kind):
        found.delete()
        return Kept(None)
    return Kept(_store(conversation, agent, stored, text, written))


def _was_just_sent(conversation: Conversation, agent: Agent, text: str, kind: str) -> bool:
    """Say whether this is a save that was overtaken by its own sending."""
    direction = Direction.NOTE if kind == Draft.Kind.NOTE else Direction.OUT
    newest = Message.objects.filter(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        agent_id=agent.pk,
        direction=direction,
        created_at__gt=timezone.now() - OVERTAKEN,
    )
    texts = newest.order_by("-pk").values_list("text", "original")[:3]
    return any(text.strip() in {said.strip() for said in pair if said} for pair in texts)


def _is_same(stored: Draft, text: str, written: Written) -> bool:
    return stored.text == text and list(stored.attachments) == list(written.attachments)


def _store(
    conversation: Conversation, agent: Agent, stored: Draft | None, text: str, written: Written
) -> Draft:
    newest = Message.objects.filter(
        workspace_id=conversation.workspace_id, conversation_id=conversation.pk
    ).aggregate(newest=Max("pk"))["newest"]
    values = {
        "text": text,
        "fields": dict(written.fields),
        "attachments": list(written.attachments)[:MOST_FILES],
        "device": written.device[:80],
        "after": newest or 0,
        "updated_at": timezone.now(),
        "revision": stored.revision + 1 if stored else max(written.revision, 0) + 1,
        "earlier": stored.earlier if stored else "",
    }
    draft, _made = Draft.objects.update_or_create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        agent_id=agent.pk,
        kind=written.kind,
        defaults=values,
    )
    return draft


def discard_draft(conversation: Conversation, *, agent: Agent, kind: str) -> None:
    """Forget a draft: it was thrown away."""
    Draft.objects.filter(
        workspace_id=agent.workspace_id, conversation_id=conversation.pk, agent_id=agent.pk, kind=kind
    ).delete()


def forget_sent(workspace_id: int, message_ids: Sequence[int], *, kind: str) -> None:
    """Remove the drafts that became these messages: their authors' own, saved before them."""
    sent = Message.objects.filter(
        workspace_id=workspace_id, pk__in=list(message_ids), agent_id__isnull=False
    ).values_list("conversation_id", "agent_id", "pk")
    for conversation_id, agent_id, pk in sent:
        Draft.objects.filter(
            workspace_id=workspace_id,
            conversation_id=conversation_id,
            agent_id=agent_id,
            kind=kind,
            after__lt=pk,
        ).delete()
