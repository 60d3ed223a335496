"""Asking about bots: what a brand decided, and how its bot is called."""

from dataclasses import dataclass

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.kit.memo import Memo

from .engine import Bounds
from .memory import recalled
from .models import Bot, Talk
from .words import said

_bots: Memo[tuple[int, int], Bot] = Memo(seconds=5)


@dataclass(frozen=True)
class Disclosed:
    """What a bot is called, and the sentence that says it is one, in the reader's language."""

    name: str
    disclosure: str


def bot_of(workspace_id: int, brand_id: int) -> Bot:
    """Return what a brand decided about its bot, at most 5 s old; one that is off where it decided nothing."""

    def load() -> Bot:
        found = Bot.objects.filter(workspace_id=workspace_id, brand_id=brand_id).first()
        return found or Bot(workspace_id=workspace_id, brand_id=brand_id, channels=["chat"])

    kept = _bots.get((workspace_id, brand_id), load)
    assert kept is not None
    return kept


def bounds_of(bot: Bot, brand: Brand) -> Bounds:
    """Return what a brand's bot may deal with, and in which languages texts are looked for besides."""
    return Bounds(frozenset(bot.intents), (brand.language, workspace_facts(brand.workspace_id).language))


def proven_in(workspace_id: int, conversation_id: int) -> frozenset[int]:
    """Return the ids of the orders that a code from the order's own mailbox showed to be theirs in a conversation."""
    talk = Talk.objects.filter(workspace_id=workspace_id, conversation_id=conversation_id).first()
    return frozenset(recalled(talk.memory).proven) if talk else frozenset()


def forget_bots() -> None:
    """Let the next question be answered anew."""
    _bots.forget()


def disclosed(brand: Brand, language: str) -> Disclosed | None:
    """Return how a brand's bot presents itself in the chat; None where none answers there."""
    bot = bot_of(brand.workspace_id, brand.pk)
    if not bot.is_on or "chat" not in bot.channels:
        return None
    return Disclosed(bot.name, said("disclosure", language, name=bot.name))
