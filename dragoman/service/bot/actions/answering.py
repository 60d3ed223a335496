"""Answering a customer: decided and stored in one transaction, so that a message is answered once whoever dies."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dragoman.core.conversations.access import locked_conversation
from dragoman.core.conversations.actions.status import set_status
from dragoman.core.conversations.errors import NoChannel
from dragoman.core.conversations.events import ConversationChanged, ReplyQueued, ReplyStored
from dragoman.core.conversations.marks import AUTOMATIC, MACHINE_WORDING
from dragoman.core.conversations.models import Conversation, Delivery, Direction, Message, Status
from dragoman.core.conversations.routes import Route, get_route
from dragoman.core.knowledge.wording import Worded
from dragoman.ground.channels.ports import channels
from dragoman.ground.events.actions import publish

from ..engine import decide
from ..events import BotAnswered
from ..flows_known import flows_for
from ..hearing import heard as heard_of
from ..memory import Memory, kept, recalled
from ..models import Bot, Hours, Talk, Turn
from ..queries import bot_of, bounds_of
from ..real import Real
from ..standing import agents_wrote, is_due_now, is_for_bots, may_speak
from ..words import said
from ..world import Decision, Heard
from .handing import hand_over


@dataclass(frozen=True)
class _Turned:
    """One message with what it belongs to."""

    bot: Bot
    talk: Talk
    message: Message
    conversation: Conversation
    route: Route
    memory: Memory


def answer_message(
    workspace_id: int, message_id: int, *, late: bool = False, worded: Worded | None = None
) -> Turn | None:
    """Deal with a customer's message once; None where the bot has no part in it. `late`: people had their time.

    `worded` is what a model made of the help centre's answer beforehand (`wording.py`).
    """
    with transaction.atomic():
        found = Message.objects.filter(workspace_id=workspace_id, pk=message_id)
        message = found.select_related("conversation__customer", "conversation__brand").first()
        if message is None or not is_for_bots(message):
            return None
        bot = bot_of(workspace_id, message.conversation.brand_id)
        if not may_speak(bot, message):
            return None
        conversation = locked_conversation(workspace_id, message.conversation_id)
        talk = _talk_of(conversation)
        before = Turn.objects.filter(workspace_id=workspace_id, message_id=message.pk).first()
        if before is not None and not (late and before.outcome == Turn.Outcome.WAITING):
            return before
        turn = before or Turn(
            workspace_id=workspace_id, conversation_id=conversation.pk, message_id=message.pk
        )
        if agents_wrote(talk):
            return _left(turn, "agent") if before else None
        if not late and not is_due_now(bot, conversation):
            return _wait(turn, bot) if bot.hours == Hours.UNANSWERED else None
        return _answered(bot, talk, message, conversation, turn, worded)


def _talk_of(conversation: Conversation) -> Talk:
    here = Talk.objects.filter(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)
    found = here.select_for_update(no_key=True, of=("self",)).first()
    if found is not None:
        return found
    return Talk.objects.create(workspace_id=conversation.workspace_id, conversation_id=conversation.pk)


def _left(turn: Turn, why: str) -> Turn:
    turn.outcome, turn.why, turn.due_at = Turn.Outcome.LEFT, why, None
    turn.save()
    return turn


def _wait(turn: Turn, bot: Bot) -> Turn:
    turn.outcome = Turn.Outcome.WAITING
    turn.due_at = timezone.now() + timedelta(minutes=bot.after_minutes)
    turn.save()
    return turn


def _answered(
    bot: Bot,
    talk: Talk,
    message: Message,
    conversation: Conversation,
    turn: Turn,
    worded: Worded | None,
) -> Turn:
    try:
        route = get_route(conversation, message.channel)
    except NoChannel:
        return _left(turn, "no_channel")
    memory = recalled(talk.memory)
    heard = heard_of(message)
    if memory.proof.get("stage") != "code":
        memory.asked = [*memory.asked, heard.text][-6:]
    waiting = talk.state == Talk.State.HANDED_OVER
    world = Real(conversation, message, memory, heard.language, to=route.to, worded=worded)
    flows = flows_for(conversation.workspace_id, conversation.brand_id)
    state_before = recalled(kept(memory))
    made = decide(heard, memory, flows, world, bounds=bounds_of(bot, conversation.brand), waiting=waiting)
    turned = _Turned(bot, talk, message, conversation, route, memory)
    if made.hands_over:
        hand_over(conversation, bot, made, state_before, memory, heard)
        talk.state = Talk.State.HANDED_OVER
    elif made.resolves:
        talk.state = Talk.State.RESOLVED
    elif not waiting:
        talk.state = Talk.State.TALKING
    answer = _stored(turned, made, heard) if made.text else None
    memory.greeted = memory.greeted or answer is not None
    talk.memory, talk.heard, talk.changed_at = kept(memory), message.pk, timezone.now()
    talk.save()
    turn.outcome = made.outcome
    turn.why, turn.flow, turn.intent, turn.language = made.why[:60], made.flow, heard.intent, heard.language
    turn.answer_id, turn.due_at = answer.pk if answer else None, None
    turn.save()
    _let_stand(conversation, made, waiting=waiting, answered=answer is not None)
    publish(BotAnswered(conversation_id=conversation.pk, turn_id=turn.pk))
    return turn


def _stored(turned: _Turned, made: Decision, heard: Heard) -> Message:
    """Store the answer as the bot's own message; on the first one it says what it is."""
    conversation, route = turned.conversation, turned.route
    local = channels[route.channel].traits.local
    lines = [made.text]
    if not turned.memory.greeted:
        lines.insert(0, said("disclosure", heard.language, name=turned.bot.name))
    if route.channel != "chat":
        lines += _in_plain(made, heard.language)
    message = Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.pk,
        direction=Direction.OUT,
        channel=route.channel,
        source=route.source,
        author=turned.bot.name,
        text="\n\n".join(lines),
        language=heard.language,
        meta={"to": route.to, AUTOMATIC: True},
        marks=[MACHINE_WORDING] if made.worded else [],
        extras=_extras(made),
        delivery=Delivery.SENT if local else Delivery.QUEUED,
        sent_at=timezone.now() if local else None,
        due_at=None if local else timezone.now(),
    )
    publish(ReplyStored(conversation_id=conversation.pk, message_id=message.pk))
    if not local:
        publish(ReplyQueued(conversation_id=conversation.pk, message_id=message.pk))
    return message


def _extras(made: Decision) -> dict[str, Any]:
    sources = [{"title": one.title, "path": one.path, "quote": one.quote} for one in made.sources]
    return {
        "bot": True,
        "sources": sources,
        "choices": made.choices,
        **({MACHINE_WORDING: True} if made.worded else {}),
        **({"card": made.card} if made.card else {}),
        "state": "handed_over" if made.hands_over else "",
    }


def _in_plain(made: Decision, language: str) -> list[str]:
    """Return sources and choices as lines, for channels that show text alone."""
    titles = list(dict.fromkeys(one.title for one in made.sources))
    found = ["\n".join(said("source", language, title=one) for one in titles)] if titles else []
    if made.choices:
        found.append("\n".join(f"{place}. {one['label']}" for place, one in enumerate(made.choices, 1)))
    return found


def _let_stand(conversation: Conversation, made: Decision, *, waiting: bool, answered: bool) -> None:
    """Let the conversation wait for the customer where the bot answered; what a person is called for stays open."""
    if made.resolves:
        set_status(conversation, agent=None, status=Status.RESOLVED)
    elif answered and not waiting and not made.hands_over:
        conversation.refresh_from_db(fields=["status", "unread"])
        if conversation.status == Status.OPEN:
            conversation.status, conversation.unread = Status.PENDING, False
            conversation.save(update_fields=["status", "unread"])
            publish(ConversationChanged(conversation_id=conversation.pk, field="status"))
