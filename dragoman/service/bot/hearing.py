"""What the bot hears in a message: its purpose, its mood, the numbers and addresses it names."""

from typing import Any

from dragoman.core.conversations.learned import layers_of
from dragoman.core.conversations.models import Message
from dragoman.core.conversations.moods import UPSET
from dragoman.core.language.detect import detect
from dragoman.core.language.entities.find import find
from dragoman.core.language.understand import OUTSIDE, purpose_and_mood
from dragoman.kit import tags

from .world import Heard

_LONGEST = 4000
_FEWEST = 2  # letters


def heard(message: Message) -> Heard:
    """Return what a customer's message says."""
    meta: dict[str, Any] = message.meta
    conversation = message.conversation
    return heard_in(
        message.workspace_id,
        message.text,
        conversation.language or message.language,
        choice=str(meta.get("choice") or "")[:60],
        tension=conversation.tension,
        meta_order=str(meta.get("order") or "")[:40],
    )


def heard_in(
    workspace_id: int, text: str, language: str, *, choice: str = "", tension: int = 0, meta_order: str = ""
) -> Heard:
    """Return what a message says, in a language (BCP 47); without one it is found out.

    `meta_order`: the number that was asked for before the chat began. Without a workspace (0) nothing that one taught.
    """
    text = text.strip()
    spoken = language or detect(text[:_LONGEST], tags.LANGUAGES, fallback="en").language or "en"
    purpose, sure, _mood = purpose_and_mood(
        text[:_LONGEST], spoken, layers=layers_of(workspace_id) if workspace_id else {}
    )
    named = find(text[:_LONGEST], spoken)
    numbers = [one.text.strip() for one in named if one.type == "order_number"]
    return Heard(
        text=text[:_LONGEST],
        language=spoken,
        choice=choice,
        intent="other" if purpose == OUTSIDE else purpose,
        # figures alone have no purpose
        confidence=0.0 if choice or sum(one.isalpha() for one in text) < _FEWEST else sure,
        upset=tension >= UPSET,
        numbers=tuple(numbers or ([meta_order] if meta_order else [])),
        addresses=tuple(one.value for one in named if one.type == "email"),
    )
