"""The help centre's answer in a model's words, made before the message is dealt with: no conversation is locked and no
transaction is open while a machine elsewhere is waited for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.order_tools import NoOwnOrder
from dragoman.core.knowledge.wording import PATIENCE, Worded, may_be_worded, worded
from dragoman.core.language.scope import Scope

from .engine import decide
from .flows_known import flows_for
from .hearing import heard as heard_of
from .help import asking_of, helped
from .memory import recalled
from .models import Bot, Talk, Turn
from .queries import bot_of, bounds_of
from .standing import agents_wrote, is_due_now, is_for_bots, may_speak
from .world import Heard, Helped


@dataclass
class Foreseen:
    """A world in which only the help centre is there: what the bot would ask it, and what it would say."""

    conversation: Conversation
    language: str
    found: Helped | None = None

    def own_orders(self, *, changing: bool) -> Sequence[str] | None:
        """Know nobody."""
        return None

    def is_open_to(self, number: str, *, changing: bool) -> str:
        """Show no order to anybody."""
        return ""

    def send_code(self, number: str, contact: str) -> bool:
        """Send nothing."""
        return False

    def check_code(self, said: str) -> str:
        """Take no code."""
        return ""

    def use(self, tool: str, arguments: Mapping[str, str], *, order: str) -> dict[str, Any]:
        """Use nothing."""
        raise NoOwnOrder

    def help(self, question: str) -> Helped:
        """Ask the help centre, and keep what it says."""
        self.found = helped(asking_of(self.conversation), question, self.language)
        return self.found


def is_wanted(workspace_id: int) -> bool:
    """Say whether any bot of a workspace lets a model word its answers."""
    return Bot.objects.filter(workspace_id=workspace_id, is_on=True, wording=True).exists()


def worded_for(
    workspace_id: int, message_id: int, *, late: bool = False, patience: float = PATIENCE
) -> Worded | None:
    """Return a model's wording of what the help centre will answer to a message; None where there is none to send.

    `patience` in seconds. Whoever stores the answer asks the help centre again, and takes the wording only if it rests
    on what it says then.
    """
    found = Message.objects.filter(workspace_id=workspace_id, pk=message_id)
    message = found.select_related("conversation__customer", "conversation__brand").first()
    if message is None:
        return None
    conversation = message.conversation
    bot = bot_of(workspace_id, conversation.brand_id)
    if not bot.wording or not may_speak(bot, message) or not is_for_bots(message):
        return None
    if not late and not is_due_now(bot, conversation):
        return None
    scope = Scope(
        workspace_id=workspace_id,
        brand_id=conversation.brand_id,
        market=conversation.market or conversation.customer.market,
        purpose="answer",
        conversation_id=conversation.pk,
    )
    heard = heard_of(message)
    if not may_be_worded(scope, heard.language) or _is_dealt_with(message, late=late):
        return None
    said = _foreseen(bot, conversation, heard)
    if said is None or not said.text or said.fallback:
        return None
    return worded(said.sentences, heard.text, language=said.language, scope=scope, patience=patience)


def _is_dealt_with(message: Message, *, late: bool) -> bool:
    before = Turn.objects.filter(workspace_id=message.workspace_id, message_id=message.pk).first()
    return before is not None and not (late and before.outcome == Turn.Outcome.WAITING)


def _foreseen(bot: Bot, conversation: Conversation, heard: Heard) -> Helped | None:
    """Return what the help centre would be asked to say; nobody is asked to word what a flow answers."""
    here = Talk.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    talk = here.first() or Talk(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    if agents_wrote(talk):
        return None
    world = Foreseen(conversation, heard.language)
    decide(
        heard,
        recalled(talk.memory).copy(),
        flows_for(conversation.workspace_id, conversation.brand_id),
        world,
        bounds=bounds_of(bot, conversation.brand),
        waiting=talk.state == Talk.State.HANDED_OVER,
    )
    return world.found
