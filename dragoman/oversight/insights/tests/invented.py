"""A house full of made-up conversations, the same for the same seed."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dragoman.core.accounts.actions import create_brand
from dragoman.core.accounts.models import Brand
from dragoman.core.conversations.models import Conversation, Message
from dragoman.core.customers.models import Customer
from dragoman.core.playbooks.actions.markets import choose_market
from tests.people import House

# the clocks of Berlin and New York change in these weeks
BEGIN, END = datetime(2026, 9, 20, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
COUNTRIES = ("DE", "DE", "DE", "US", "TH", "", "")
LANGUAGES = ("de", "de", "de-AT", "en", "th", "fi", "")
CHANNELS = ("email", "email", "chat", "whatsapp", "api")
INTENTS = ("return_request", "damaged_item", "order_status", "complaint", "thanks", "")
TEXTS = {
    "de": ("Die Lampe ist kaputt und zu klein", "Das Paket ist zu spät", "Danke", "Wo ist mein Geld zurück?"),
    "en": ("The lamp arrived broken", "It is too small and too late", "Thank you", "Nobody answers!"),
}


@dataclass
class Invented:
    """What was made, as plain rows."""

    brands: list[Brand]
    customers: dict[int, Customer]
    conversations: dict[int, Conversation]
    messages: list[Message]


def invent(house: House, *, seed: int, conversations: int) -> Invented:
    """Store random customers, conversations (some junk, merged, side threads) and messages."""
    chance, workspace_id = random.Random(seed), house.workspace.pk
    second = create_brand(workspace_id, slug=f"second-{seed}", name="Second")
    brands = [house.brand, second]
    for country in ("DE", "TH"):
        choose_market(workspace_id, agent=None, brand_id=house.brand.pk, country=country)
    people = Customer.objects.bulk_create(
        Customer(
            workspace_id=workspace_id,
            market=chance.choice(COUNTRIES),
            leaving_at=END if chance.random() < 0.05 else None,
        )
        for _one in range(conversations // 3)
    )
    made = Conversation.objects.bulk_create(
        _conversation(chance, workspace_id, brands, people, number) for number in range(conversations)
    )
    _merge(chance, made)
    messages = [one for talk in made for one in _messages(chance, talk)]
    Message.objects.bulk_create(messages, batch_size=2000)
    last: dict[int, datetime] = {}
    for one in messages:
        talk_id = one.conversation_id
        last[talk_id] = max(last.get(talk_id, BEGIN), one.created_at)
    for talk in made:
        talk.last_message_at = last.get(talk.pk, BEGIN)
    for talk in made:
        if talk.merged_into_id:
            survivor = next(one for one in made if one.pk == talk.merged_into_id)
            survivor.last_message_at = max(survivor.last_message_at, talk.last_message_at)
    Conversation.objects.bulk_update(made, ["last_message_at", "merged_into", "joined", "side_of", "status"])
    return Invented(brands, {one.pk: one for one in people}, {one.pk: one for one in made}, messages)


def _conversation(
    chance: random.Random, workspace_id: int, brands: list[Brand], people: list[Customer], number: int
) -> Conversation:
    customer = chance.choice(people)
    told = customer.market if chance.random() < 0.8 else chance.choice(COUNTRIES)
    return Conversation(
        workspace_id=workspace_id,
        brand=chance.choice(brands),
        customer=customer,
        thread_key=f"t{number}",
        channel="email",
        market=told,
        language=chance.choice(LANGUAGES),
        intent=chance.choice(INTENTS),
        sentiment=chance.choice(("", "neutral", "negative", "positive")),
        tension=chance.choice((0, 0, 35, 80)),
        junk=chance.random() < 0.05,
        reopened_at=_moment(chance) if chance.random() < 0.2 else None,
    )


def _merge(chance: random.Random, made: list[Conversation]) -> None:
    for talk in made:
        fate = chance.random()
        other = chance.choice(made)
        if other is talk or other.merged_into_id or talk.joined or other.side_of_id:
            continue
        if fate < 0.1:
            talk.merged_into, talk.status = other, "merged"
            other.joined = [*(other.joined or ()), talk.pk]
        elif fate < 0.14:
            talk.side_of = other


def _moment(chance: random.Random) -> datetime:
    seconds = int((END - BEGIN).total_seconds())
    return BEGIN + timedelta(seconds=chance.randrange(seconds))


def _messages(chance: random.Random, talk: Conversation) -> list[Message]:
    at, found = _moment(chance), []
    for _turn in range(chance.choice((0, 1, 1, 2, 4, 7))):
        found.append(_message(chance, talk, at))
        at += timedelta(seconds=chance.choice((20, 299, 300, 1200, 7200, 90_000, 900_000)))
    return found


def _message(chance: random.Random, talk: Conversation, at: datetime) -> Message:
    direction = chance.choice(("in", "in", "in", "out", "out", "note", "event"))
    language = chance.choice(("de", "de", "en", "de-AT", ""))
    facts: dict[str, Any] = {}
    if direction == "in" and chance.random() < 0.1:
        facts["marks"] = [chance.choice(("auto_reply", "bounce"))]
    if direction == "out":
        facts["delivery"] = chance.choice(("sent", "sent", "delivered", "queued", "failed", "scheduled"))
        facts["sent_at"] = (
            at + timedelta(minutes=chance.choice((0, 0, 90))) if chance.random() < 0.8 else None
        )
        facts["meta"] = {"automatic": True} if chance.random() < 0.2 else {}
    return Message(
        workspace_id=talk.workspace_id,
        conversation=talk,
        direction=direction,
        channel=chance.choice(CHANNELS) if direction in {"in", "out"} else "",
        language=language,
        text=chance.choice(TEXTS["en" if language == "en" else "de"]),
        created_at=at,
        **facts,
    )
