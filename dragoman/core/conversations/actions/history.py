"""Storing conversations that already happened, elsewhere or in the demo: nobody is told, nothing is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.customers.models import Customer

from ..models import Conversation, Delivery, Direction, Message, Status, Translation
from .index import index_messages
from .receive import PREVIEW


@dataclass(frozen=True)
class Said:
    """One message of a story. For outgoing ones `original` is what the agent wrote before translation."""

    direction: str
    channel: str
    at: datetime
    text: str
    language: str
    source: str = ""
    author: str = ""
    agent: Agent | None = None
    original: str = ""
    original_language: str = ""
    translation: str = ""
    external_id: str | None = None
    engine: str = ""
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A conversation with its messages, oldest first; `team_language` is the language of translations."""

    brand: Brand
    customer: Customer
    channel: str
    language: str
    messages: Sequence[Said]
    team_language: str = "en"
    thread_key: str = ""
    subject: str = ""
    status: str = Status.OPEN
    priority: str = "normal"
    intent: str = ""
    tags: Sequence[str] = ()
    assignee: Agent | None = None
    snoozed_until: datetime | None = None


@transaction.atomic
def store_story(story: Story) -> Conversation:
    """Store one finished or running conversation with its translations, findable at once."""
    last = story.messages[-1]
    public = [said for said in story.messages if said.direction in {"in", "out"}] or [last]
    newest = public[-1]
    readable = newest.translation or newest.original
    conversation = Conversation.objects.create(
        workspace_id=story.brand.workspace_id,
        brand=story.brand,
        customer=story.customer,
        thread_key=story.thread_key,
        subject=story.subject[:500],
        status=story.status,
        priority=story.priority,
        channel=story.channel,
        language=story.language,
        market=story.customer.market,
        intent=story.intent,
        tags=list(story.tags),
        assignee=story.assignee,
        preview=" ".join(newest.text.split())[:PREVIEW],
        preview_translated=" ".join(readable.split())[:PREVIEW],
        unread=newest.direction == "in" and story.status == Status.OPEN,
        last_message_at=last.at,
        snoozed_until=story.snoozed_until,
        resolved_at=last.at if story.status in {Status.RESOLVED, Status.CLOSED} else None,
        created_at=story.messages[0].at,
    )
    stored = [_store(conversation, story, said) for said in story.messages]
    index_messages(conversation.workspace_id, [message.pk for message in stored])
    return conversation


def _store(conversation: Conversation, story: Story, said: Said) -> Message:
    out = said.direction == Direction.OUT
    message = Message.objects.create(
        workspace_id=conversation.workspace_id,
        conversation=conversation,
        direction=said.direction,
        channel="" if said.direction == Direction.NOTE else said.channel,
        source=said.source,
        external_id=said.external_id,
        agent=said.agent,
        author=said.author or (said.agent.name if said.agent else story.customer.name),
        text=said.text,
        language=said.language,
        original=said.original,
        original_language=said.original_language,
        engine=said.engine if said.original else "",
        meta={"machine": False, **said.meta},
        delivery=Delivery.DELIVERED if out else "",
        sent_at=said.at,
        created_at=said.at,
    )
    if said.translation:
        Translation.objects.create(
            workspace_id=conversation.workspace_id,
            message=message,
            language=story.team_language,
            text=said.translation,
            engine=said.engine,
            machine=False,
            reviewed_at=said.at,
        )
    return message
