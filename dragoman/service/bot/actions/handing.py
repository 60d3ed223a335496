"""Handing over to a person: the team, how soon, a note for them, and word to the customer of when they are back."""

from datetime import UTC, datetime
from typing import Final

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.actions.status import set_priority, set_status, set_team
from dragoman.core.conversations.general_tools import said_in_both_zones
from dragoman.core.conversations.models import Conversation, Priority, Status
from dragoman.core.conversations.promises import due_for
from dragoman.core.playbooks.hours import service_for
from dragoman.ground.events.actions import publish

from ..events import BotHandedOver
from ..memory import Memory
from ..models import Bot
from ..notes import note_for
from ..triage import team_for
from ..words import said
from ..world import Decision, Heard

_NO_MATTER: Final = {"speak_to_human", "other", ""}


def hand_over(
    conversation: Conversation, bot: Bot, made: Decision, before: Memory, memory: Memory, heard: Heard
) -> None:
    """Put a conversation before people, inside the caller's transaction, and say so in what the bot answers."""
    team = team_for(conversation) or bot.team
    if team is not None and conversation.team_id is None:
        set_team(conversation, agent=None, team=team)
    if made.why == "upset" and conversation.priority in {Priority.LOW, Priority.NORMAL}:
        set_priority(conversation, agent=None, priority=Priority.HIGH)
    if conversation.status != Status.OPEN:
        set_status(conversation, agent=None, status=Status.OPEN)
    language = workspace_facts(conversation.workspace_id).language
    told = _told(before, memory)
    # who asks for a person wants one for what it was about before
    intent = heard.intent
    if intent in _NO_MATTER:
        intent = before.purpose if conversation.intent in _NO_MATTER else conversation.intent
    text = note_for(told, why=made.why, intent=intent, customer_language=heard.language, language=language)
    add_note(conversation, agent=None, text=text, author=bot.name)
    made.lines.append(_when_back(conversation, heard.language))
    publish(BotHandedOver(conversation_id=conversation.pk, why=made.why))


def _told(before: Memory, memory: Memory) -> Memory:
    """Return what is to be told: what is remembered now, with the slots that leaving the flow forgot."""
    told = memory.copy()
    told.slots = {**before.slots, **memory.slots}
    told.values = {**before.values, **memory.values}
    told.proof = memory.proof or before.proof
    return told


def _when_back(conversation: Conversation, language: str) -> str:
    """Return that a person takes over, and by when, or when they are back, by both clocks."""
    now = datetime.now(UTC)
    market = conversation.market or conversation.customer.market
    lines = [said("handed_over", language)]
    found = service_for(
        conversation.workspace_id,
        brand_id=conversation.brand_id,
        market=market,
        team_id=conversation.team_id,
        channel=conversation.channel,
    )
    opens = found.calendar.next_open(now) if found else None
    if found and opens and opens > now:
        when = said_in_both_zones(conversation, opens, found.calendar.zone.key, language=language, now=now)
        lines.append(said("back_at", language, when=when))
    elif due := due_for(conversation, channel=conversation.channel, at=now):
        lines.append(said("answer_by", language, when=due.said(language, market, now=now)))
    lines.append(said("still_here", language))
    return " ".join(lines)
