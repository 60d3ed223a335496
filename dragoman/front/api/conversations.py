"""`/conversations`: lists, one with its messages, answers, notes, changes."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Status

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.accounts.queries import agents_of, get_brand, teams_of, workspace_facts
from dragoman.core.conversations.access import conversation_in
from dragoman.core.conversations.actions import meaning
from dragoman.core.conversations.actions import status as change
from dragoman.core.conversations.actions.junk import mark_junk, mark_not_junk
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.mentions import Mention
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.conversations.queries import Sort, conversation_page, side_threads_of
from dragoman.core.conversations.shapes import Filters, MessageView, Row
from dragoman.core.conversations.thread import messages_of, views_of
from dragoman.core.segments.segments import has_segment
from dragoman.ground.channels.ports import channels
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import match, normalise

from .problems import ERRORS
from .schemas import (
    ConversationOut,
    ConversationPatch,
    FoundConversations,
    MentionIn,
    MessageOut,
    NoteIn,
    TransferIn,
)

router = Router(tags=["conversations"])
# a program that says no more than `negative` means no outburst
_MOOD_OF = {"negative": "tense", "neutral": "neutral", "positive": "calm"}


def workspace_of(request: HttpRequest) -> int:
    """Return the workspace whose token this is."""
    return int(request.caller.workspace_id)  # type: ignore[attr-defined]


def number_of(opaque: str) -> int:
    """Return the number behind an opaque id; 0, which nothing has, for what is none."""
    return int(opaque) if opaque.isascii() and opaque.isdigit() and len(opaque) < 19 else 0


def get_conversation(request: HttpRequest, opaque: str) -> Conversation:
    """Return a conversation of the caller's workspace, or the one it was merged into; raises NoConversation."""
    return conversation_in(workspace_of(request), number_of(opaque))


def message_json(message: MessageView) -> dict[str, Any]:
    """Return a message as the contract shows it."""
    outgoing = message.direction == "out"
    return {
        "id": str(message.id),
        "direction": message.direction,
        "channel": message.channel,
        "author": message.author_name,
        "language": message.language,
        "text": message.text,
        "original": message.original_text or None,
        "original_language": message.original_language or None,
        "translations": _translations(message),
        "attachments": [
            {"id": str(f.id), "name": f.name, "content_type": f.content_type, "size": f.size, "url": f.url}
            for f in message.attachments
        ],
        "marks": list(message.marks),
        "event": dict(message.event) if message.event else None,
        "to": [one for one in (message.to, *message.to_more) if one],
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "sent_at": message.sent_at or message.created_at,
        "send_at": None if message.hold == "review" else message.due_at,
        "delivery": message.delivery or None if outgoing else None,
        "failure": message.failure or None,
        "review": _review(message),
        "mentions": [
            {
                "agent": str(mark["agent"]) if "agent" in mark else None,
                "team": str(mark["team"]) if "team" in mark else None,
                "name": mark["name"],
                "told": mark["told"],
            }
            for mark in message.mentions
        ],
    }


def _translations(message: MessageView) -> dict[str, Any]:
    """Return a message in other languages; of an outgoing one what its writer wrote, and what is known of the pair."""
    found = {
        tag: {
            "text": made.text,
            "engine": made.engine,
            "confidence": made.confidence,
            "reviewed": made.reviewed,
            "faults": list(made.faults),
        }
        for tag, made in message.translations.items()
    }
    if message.original_text:
        found[message.original_language] = {
            "text": message.original_text,
            "engine": message.engine,
            "confidence": message.confidence,
            "reviewed": message.is_checked,
            "faults": list(message.faults),
        }
    return found


def _review(message: MessageView) -> dict[str, Any] | None:
    if message.hold == "review" and message.delivery == "scheduled":
        return {"state": "waiting", "by": None, "at": None}
    done = message.reviewed
    return {"state": done.state, "by": done.by, "at": done.moment} if done else None


def _common(row: Row | Conversation) -> dict[str, Any]:
    return {
        "id": str(row.pk if isinstance(row, Conversation) else row.id),
        "number": row.number,
        "subject": row.subject,
        "status": row.status,
        "priority": row.priority,
        "market": row.market,
        "language": row.language,
        "intent": row.intent or None,
        "sentiment": row.sentiment or None,
        "mood": row.mood or None,
        "channel": row.channel,
        "customer": str(row.customer_id),
        "assignee": str(row.assignee_id) if row.assignee_id else None,
        "team": str(row.team_id) if row.team_id else None,
        "tags": list(row.tags),
        "junk": row.junk,
        "preview": row.preview,
        "last_message_at": row.last_message_at,
    }


def row_json(row: Row) -> dict[str, Any]:
    """Return a row as the contract shows it."""
    found = {"passage": row.passage, "found_in": row.found_in} if row.found_in else {}
    return {**_common(row), "brand": row.brand_slug, "customer_name": row.customer_name, **found}


def conversation_json(conversation: Conversation) -> dict[str, Any]:
    """Return a whole conversation as the contract shows it."""
    return {
        **_common(conversation),
        "brand": conversation.brand.slug,
        "customer_name": conversation.customer.name,
        "language_locked": conversation.language_locked,
        "snoozed_until": conversation.snoozed_until,
        "previous": str(conversation.previous_id) if conversation.previous_id else None,
        "side_of": str(conversation.side_of_id) if conversation.side_of_id else None,
        "side_threads": [str(side.pk) for side in side_threads_of(conversation)],
        "merged": [str(pk) for pk in conversation.joined or ()],
        "sla": {},
        "messages": [message_json(message) for message in messages_of(conversation)],
    }


@router.get("/conversations", response={200: FoundConversations, **ERRORS}, summary="List conversations")
def list_conversations(
    request: HttpRequest,
    status: Annotated[str, Query(max_length=60)] = "",
    channel: Annotated[str, Query(max_length=30)] = "",
    brand: Annotated[str, Query(max_length=63)] = "",
    market: Annotated[str, Query(max_length=2)] = "",
    language: Annotated[str, Query(max_length=35)] = "",
    intent: Annotated[str, Query(max_length=30)] = "",
    mood: Literal["", "neutral", "calm", "tense", "upset"] = "",
    assignee: Annotated[str, Query(max_length=20)] = "",
    team: Annotated[str, Query(max_length=20)] = "",
    tag: Annotated[str, Query(max_length=50)] = "",
    segment: Annotated[str, Query(max_length=20)] = "",
    customer: Annotated[str, Query(max_length=20)] = "",
    junk: bool = False,
    q: Annotated[str, Query(max_length=300)] = "",
    sort: Annotated[Sort, Query()] = "-last_message_at",
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
) -> Any:
    """List conversations, last activity first; what `q` looks for in messages by its newest match. `status` may name
    several, separated by commas; `assignee=none` and `team=none` find those nobody has. With `sort=id` a program
    reads along: what is new comes last."""
    states = [name for name in status.split(",") if name]
    if unknown := [
        name for name in states if name not in {"open", "pending", "snoozed", "resolved", "closed"}
    ]:
        raise Refusal(f"Unknown status “{unknown[0][:20]}”.", code="bad_status", status=422)
    workspace_id = workspace_of(request)
    known = workspace_facts(workspace_id).languages
    if brand:
        # a name misspelt is an error, not an empty list
        get_brand(workspace_id, brand.replace("\x00", ""))
    if channel and channel not in channels:
        raise Refusal(f"Unknown channel “{channel[:20]}”.", code="bad_channel", status=422)
    if language and not normalise(language):
        raise Refusal("Give a language tag such as “fi” or “pt-BR”.", code="bad_language", status=422)
    if segment and not has_segment(workspace_id, segment):
        raise Refusal("There is no such segment.", code="unknown_segment", status=422)
    filters = Filters(
        status=states,
        channel=channel.replace("\x00", ""),
        brand=brand.replace("\x00", ""),
        market=market.replace("\x00", ""),
        language=match(language, known) or normalise(language) or language.replace("\x00", "")[:20],
        intent=intent.replace("\x00", ""),
        mood=mood,
        assignee="" if assignee == "none" else (assignee and str(number_of(assignee))),
        unassigned=assignee == "none",
        team="" if team == "none" else (team and str(number_of(team))),
        without_team=team == "none",
        tag=tag.replace("\x00", ""),
        segment=segment,
        customer=number_of(customer) if customer else None,
        junk=junk,
        q=q.replace("\x00", ""),
    )
    page = conversation_page(workspace_id, filters=filters, sort=sort, cursor=cursor, limit=limit)
    return {
        "items": [row_json(row) for row in page.items],
        "next": page.next,
        "hints": list(page.hints),
        "partial": page.partial,
    }


@router.get(
    "/conversations/{conversation}", response={200: ConversationOut, **ERRORS}, summary="One conversation"
)
def get_one(request: HttpRequest, conversation: str) -> Any:
    """Return a conversation with its newest 500 messages, oldest first."""
    return conversation_json(get_conversation(request, conversation))


@router.post(
    "/conversations/{conversation}/notes", response={201: MessageOut, **ERRORS}, summary="Leave a note"
)
def post_note(request: HttpRequest, conversation: str, data: NoteIn) -> Any:
    """Leave a private note; who is mentioned is told."""
    found = get_conversation(request, conversation)
    note = add_note(
        found,
        agent=None,
        text=data.text,
        author=data.author or "API",
        mentions=[_mention(request, one) for one in data.mentions],
    )
    return Status(201, shown(note))


def _mention(request: HttpRequest, given: MentionIn) -> Mention:
    agent, team = _agent(request, given.agent), _team(request, given.team)
    if (agent is None) == (team is None):
        raise Refusal("A mention names an agent or a team.", code="bad_mention", status=422)
    return Mention(agent_id=agent.pk if agent else 0, team_id=team.pk if team else 0)


def shown(message: Message) -> dict[str, Any]:
    """Return a stored message as the contract shows it."""
    return message_json(views_of([message])[0])


@router.patch("/conversations/{conversation}", response={200: ConversationOut, **ERRORS}, summary="Change")
def patch_conversation(request: HttpRequest, conversation: str, data: ConversationPatch) -> Any:
    """Change what is named; all or nothing is refused first, then applied one after another."""
    found = get_conversation(request, conversation)
    given = data.model_fields_set
    assignee = _agent(request, data.assignee) if "assignee" in given else None
    team = _team(request, data.team) if "team" in given else None
    if "assignee" in given:
        change.assign(found, agent=None, assignee=assignee)
    if "team" in given:
        change.set_team(found, agent=None, team=team)
    if data.priority is not None:
        change.set_priority(found, agent=None, priority=data.priority)
    if data.tags is not None:
        change.set_tags(found, agent=None, tags=data.tags)
    if data.subject is not None:
        change.set_subject(found, agent=None, subject=data.subject)
    if data.language is not None:
        change.set_language(found, agent=None, language=data.language)
    if data.language_locked is not None:
        change.set_language_lock(found, agent=None, locked=data.language_locked)
    if data.intent is not None:
        meaning.set_intent(found, agent=None, intent=data.intent)
    if data.sentiment is not None:
        # who confirms what is known does not make it milder
        mood = found.mood if data.sentiment == found.sentiment else _MOOD_OF[data.sentiment]
        meaning.set_mood(found, agent=None, mood=mood)
    if data.junk is not None:
        (mark_junk if data.junk else mark_not_junk)(found, agent=None)
    if data.snoozed_until is not None:
        change.snooze(found, agent=None, until=data.snoozed_until)
    elif data.status is not None:
        change.set_status(found, agent=None, status=data.status)
    return conversation_json(get_conversation(request, conversation))


@router.post(
    "/conversations/{conversation}/transfer", response={200: ConversationOut, **ERRORS}, summary="Hand over"
)
def transfer(request: HttpRequest, conversation: str, data: TransferIn) -> Any:
    """Hand over to an agent or a team, with a note for whoever takes it."""
    found = get_conversation(request, conversation)
    assignee, team = _agent(request, data.assignee), _team(request, data.team)
    change.assign(found, agent=None, assignee=assignee)
    if "team" in data.model_fields_set:
        change.set_team(found, agent=None, team=team)
    if data.note:
        add_note(found, agent=None, text=data.note, author="API")
    return conversation_json(get_conversation(request, conversation))


def _agent(request: HttpRequest, opaque: str | None) -> Agent | None:
    if opaque is None:
        return None
    agent = agents_of(workspace_of(request)).filter(pk=number_of(opaque)).first()
    if agent is None:
        raise Refusal("There is no such agent.", code="unknown_agent", status=422)
    return agent


def _team(request: HttpRequest, opaque: str | None) -> Team | None:
    if opaque is None:
        return None
    team = teams_of(workspace_of(request)).filter(pk=number_of(opaque)).first()
    if team is None:
        raise Refusal("There is no such team.", code="unknown_team", status=422)
    return team
