"""Whose turn it is: whether a bot may speak on a channel, now, and whether people have taken over."""

from datetime import UTC, datetime, timedelta
from typing import Final

from django.utils import timezone

from dragoman.core.conversations.auto_answer import why_no_auto_answer
from dragoman.core.conversations.marks import AUTOMATIC
from dragoman.core.conversations.models import Conversation, Direction, Message
from dragoman.core.playbooks.hours import is_open, service_for
from dragoman.ground.channels.ports import channels
from dragoman.kit.tags import match

from .memory import recalled
from .models import Bot, Hours, Talk, Turn
from .queries import bot_of

FRESH: Final = timedelta(hours=24)
# so many messages of one conversation a day are dealt with: no loop grows, no flood costs
_TURNS_A_DAY: Final = 60
_NOBODY: Final = frozenset({"direction", "automatic", "nobody", "own", "junk"})


def is_for_bots(message: Message) -> bool:
    """Say whether a message is one that any bot may answer: new, of a person, with words, and not one too many."""
    conversation = message.conversation
    since = timezone.now() - FRESH
    old = message.created_at < since or (message.sent_at is not None and message.sent_at < since)
    aside = conversation.junk or conversation.side_of_id is not None
    if old or aside or "old" in message.meta or not (message.text.strip() or message.meta.get("choice")):
        return False
    why = why_no_auto_answer(message)
    if why in _NOBODY:
        return False
    # a chat has a person at its other end; by mail two machines may answer each other
    local = channels[message.channel].traits.local if message.channel in channels else False
    today = Turn.objects.filter(
        workspace_id=message.workspace_id,
        conversation_id=conversation.pk,
        created_at__gt=timezone.now() - timedelta(days=1),
    )
    return (local or not why) and today.count() < _TURNS_A_DAY


def may_speak(bot: Bot, message: Message) -> bool:
    """Say whether a bot answers on the channel and in the language of a message."""
    if not bot.is_on or message.channel not in bot.channels:
        return False
    language = message.conversation.language or message.language
    return not bot.languages or not language or match(language, bot.languages) is not None


def is_due_now(bot: Bot, conversation: Conversation) -> bool:
    """Say whether it answers at once, by its hours; where no hours are known nobody is thought to be there."""
    if bot.hours == Hours.UNANSWERED:
        return False
    if bot.hours == Hours.ALWAYS:
        return True
    found = service_for(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        market=conversation.market or conversation.customer.market,
        team_id=conversation.team_id,
        channel=conversation.channel,
    )
    return found is None or not is_open(found, datetime.now(UTC))


def agents_wrote(talk: Talk) -> bool:
    """Say whether a person (or their program) has answered the customer since the bot was last given the word."""
    here = Message.objects.filter(
        workspace_id=talk.workspace_id, conversation_id=talk.conversation_id, direction=Direction.OUT
    ).exclude(meta__has_key=AUTOMATIC)
    since = recalled(talk.memory).back_since
    return here.filter(created_at__gt=datetime.fromisoformat(since)).exists() if since else here.exists()


def may_be_given_back(conversation: Conversation) -> bool:
    """Say whether a bot that spoke here before and gave the word to people could take it again."""
    bot = bot_of(conversation.workspace_id, conversation.brand_id)
    if not bot.is_on or conversation.channel not in bot.channels:
        return False
    here = Talk.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    talk = here.first()
    return talk is not None and (talk.state == Talk.State.HANDED_OVER or agents_wrote(talk))
