"""What the open conversation shows: its head, its thread, its context, and the composer."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.utils import timezone

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import list_seats, list_teams, workspace_facts
from dragoman.core.conversations.actions.envelopes import may_read_envelopes
from dragoman.core.conversations.actions.junk import senders_of
from dragoman.core.conversations.junk import is_blocked, verdict_of
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.promises import promise_of
from dragoman.core.conversations.queries import others_of, side_threads_of
from dragoman.core.conversations.recipients import MailPeople, mail_people
from dragoman.core.conversations.routes import routes_of
from dragoman.core.conversations.shapes import MessageView

from ..drafting.restore import drafts_context, restored
from ..elbow.pane import elbow_of
from ..following.context import followers_context
from ..frame import reading_languages
from ..handling.snoozes import Zones, plan_times, snooze_times
from ..inbox.query import query_of
from ..junk.words import reason_of
from ..merging.undoing import undo_of
from ..moving import is_moving
from ..replies.drafts import composer_of
from ..replies.quiet import planned_note
from ..request import AgentRequest
from ..review.words import reason
from ..words import Say
from .address import address_of
from .clock import Clock, both, clock_for
from .drawing import drawn
from .event_lines import icon_of, sentence
from .paging import Part, part_of
from .promised import promise_line
from .reading import UNKNOWN, Known, Reading, reading_of_theirs
from .runs import Line, Run, kind_of, runs_of
from .telling import say_of
from .terms import KnownWords


@dataclass(frozen=True)
class Seen:
    """A message as its reader sees it."""

    message: MessageView
    reading: Reading
    author: str


def open_panes(
    request: AgentRequest, conversation: Conversation, *, with_composer: bool = True
) -> dict[str, Any]:
    """Return everything the four parts need; one thread, its people, and the agent's choices.

    Without the composer the ways to the customer are not asked for: it stays as it is on the page.
    """
    agent, customer = request.agent, conversation.customer
    facts, seats = workspace_facts(agent.workspace_id), list_seats(agent.workspace_id)
    clock, promise = clock_for(conversation), promise_of(conversation)
    zones = Zones(agent.time_zone, clock.zone if clock else "")
    part = part_of(request, conversation)
    messages = part.messages
    by_mail = any(one.channel == "email" for one in messages)
    mails = mail_people(conversation) if by_mail else MailPeople()
    spoken = [tag for tag in dict.fromkeys([conversation.language, *facts.languages]) if tag]
    return {
        "conversation": conversation,
        "customer_name": Say.customer(customer),
        "runs": _runs(part, agent, conversation, clock),
        "part": part,
        "drawn": drawn,
        "known_words": KnownWords(agent, conversation),
        "thread_moving": any(is_moving(message.created_at) for message in messages[-1:]),
        "previous": conversation.previous_id,
        **(_junk(agent, conversation) if conversation.junk else {}),
        "clock": clock,
        "both": both,
        "promise": promise_line(promise, clock, agent.time_zone),
        "quiet_at": planned_note(conversation, clock, lambda: promise),
        "identities": sorted(customer.identities.all(), key=lambda one: one.pk),
        "agents": [seat for seat in seats if seat.can_reply],
        "teams": list_teams(agent.workspace_id),
        "spoken": spoken,
        "others": others_of(agent, conversation),
        "snoozes": snooze_times(timezone.now(), zones),
        "plans": plan_times(timezone.now(), zones),
        "plan_city": clock.city if clock else "",
        "newest_in": max((one.id for one in messages if one.direction == "in"), default=0),
        "seen": max((one.id for one in messages if one.direction in ("in", "out")), default=0),
        "participants": mails.participants,
        "sides": side_threads_of(conversation) if conversation.side_of_id is None else [],
        "address": address_of(conversation, messages),
        **elbow_of(agent, conversation, clock, messages, promise),
        **followers_context(agent, conversation, seats),
        **(_composer(agent, conversation, mails) if with_composer else {"draft": None}),
        "preview": None,
        "verdict": None,
        "why_reviewed": reason,
        "phrases": None,
        "query": query_of(request),
        "words": Say,
        "may_read": may_read_envelopes(agent),
        "reader": facts.language,
        "zone": agent.time_zone,
        "may_reply": agent.can_reply,
    }


def _junk(agent: Agent, conversation: Conversation) -> dict[str, Any]:
    senders = senders_of(conversation)
    return {
        "junk_reason": reason_of(verdict_of(conversation), zone=agent.time_zone),
        "may_block": bool(senders) and not is_blocked(conversation.workspace_id, senders[0]),
    }


def _composer(agent: Agent, conversation: Conversation, mails: MailPeople) -> dict[str, Any]:
    kept = drafts_context(agent, conversation)
    return {
        **kept,
        "draft": restored(composer_of(conversation, routes_of(conversation), mails=mails), kept["drafts"]),
    }


def _runs(part: Part, agent: Agent, conversation: Conversation, clock: Clock | None) -> list[Run]:
    readers = reading_languages(agent)
    messages, is_whole = part.messages, not part.earlier and not part.is_past
    alone = is_whole and sum(message.direction == "in" for message in messages) == 1
    known = Known(conversation.intent, alone=alone)
    items: list[tuple[str, str, Any]] = []
    for message in messages:
        kind = kind_of(message.direction)
        if message.event is not None:
            words = sentence(message.event, by=message.author_name, zone=agent.time_zone, clock=clock)
            undo = undo_of(conversation, message.event) if agent.can_reply else ""
            say = (
                say_of(conversation, message.event, agent, at=message.created_at) if agent.can_reply else None
            )
            items.append((kind, "", Line(words, icon_of(message.event), message.created_at, undo, say)))
            continue
        author = message.author_name
        if message.direction == "in" and (not author or "@" in author or author.startswith("+")):
            author = conversation.customer.name or author or Say.customer(conversation.customer)
        seen = Seen(message, _reading(message, readers, known), author or Say.house())
        items.append((kind, message.channel, seen))
    return runs_of(items)


def _reading(message: MessageView, readers: list[str], known: Known) -> Reading:
    if message.direction != "out":
        return reading_of_theirs(
            message.text,
            language=message.language,
            translations=message.translations,
            readers=readers,
            known=known if message.direction == "in" else UNKNOWN,
        )
    if not message.original_text:
        read = reading_of_theirs(
            message.text, language=message.language, translations=message.translations, readers=readers
        )
        return read if read.other else Reading(message.text, message.language)
    return Reading(
        text=message.original_text,
        language=message.original_language,
        other=message.text,
        other_language=message.language,
        engine=message.engine,
        confidence=message.confidence if message.machine else None,
        machine=message.machine,
        reviewed=message.is_checked,
    )


def earlier_panes(request: AgentRequest, conversation: Conversation) -> dict[str, Any]:
    """Return what an earlier part of the thread needs, and no more."""
    agent = request.agent
    part, clock = part_of(request, conversation), clock_for(conversation)
    return {
        "conversation": conversation,
        "runs": _runs(part, agent, conversation, clock),
        "part": part,
        "drawn": drawn,
        "known_words": KnownWords(agent, conversation),
        "clock": clock,
        "both": both,
        "quiet_at": planned_note(conversation, clock, cache(partial(promise_of, conversation))),
        "query": query_of(request),
        "words": Say,
        "may_read": may_read_envelopes(agent),
        "reader": workspace_facts(agent.workspace_id).language,
        "zone": agent.time_zone,
        "may_reply": agent.can_reply,
    }
