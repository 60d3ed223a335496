"""What a workspace taught, ready to be used; and what it would be made of anew."""

from collections.abc import Sequence
from typing import Any

from dragoman.core.language.layer import FEWEST, Layer, unpacked
from dragoman.core.language.understand import Layers
from dragoman.kit.memo import Memo

from .models import Direction, Learned, Lesson, Message

_EACH = 5  # lessons after which the layer is made anew
MOST = 500  # lessons of one question that are looked at, the newest
# messages of conversations that people answered and left as understood count as told rightly: of corrections alone
# one would learn that the model is always wrong
CONFIRMED_FOR_EACH = 2

_layers: Memo[int, Layers] = Memo(seconds=5)


def layers_of(workspace_id: int) -> Layers:
    """Return what is used of a workspace's lessons, by question; at most 5 s old."""
    return _layers.get(workspace_id, lambda: _load(workspace_id)) or {}


def _load(workspace_id: int) -> dict[str, Layer]:
    found = Learned.objects.filter(workspace_id=workspace_id, active=True)
    return {one.question: unpacked(one.labels, bytes(one.weights)) for one in found}


def is_due(workspace_id: int, question: str) -> bool:
    """Say whether there are enough lessons, and enough new ones."""
    count = Lesson.objects.filter(workspace_id=workspace_id, question=question).count()
    last = Learned.objects.filter(workspace_id=workspace_id, question=question).first()
    return count >= FEWEST and (last is None or count >= last.lessons + _EACH or count < last.lessons)


def lessons_of(workspace_id: int, question: str) -> list[tuple[str, str, str]]:
    """Return (text, language, what it is) of the newest lessons, newest first."""
    found = Lesson.objects.filter(workspace_id=workspace_id, question=question).order_by("-pk")
    rows = found.values_list("message__text", "message__language", "meant")[:MOST]
    return [(text, language, meant) for text, language, meant in rows if text.strip()]


def confirmed(workspace_id: int, question: str, *, most: int) -> Sequence[tuple[Any, ...]]:
    """Return (text, language) of last messages that an agent answered, and whose meaning nobody changed."""
    answered = Message.objects.filter(
        workspace_id=workspace_id, direction=Direction.OUT, agent__isnull=False
    ).order_by("-pk")
    talks = dict.fromkeys(answered.values_list("conversation_id", flat=True)[: most * 3])
    taught = Lesson.objects.filter(workspace_id=workspace_id, question=question)
    theirs = Message.objects.filter(
        workspace_id=workspace_id,
        direction=Direction.IN,
        conversation_id__in=list(talks),
        conversation__junk=False,
    ).exclude(conversation_id__in=taught.values("message__conversation_id"))
    return list(theirs.order_by("-pk").values_list("text", "language")[:most])
