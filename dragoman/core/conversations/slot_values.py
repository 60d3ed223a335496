"""What a conversation fills the slots of phrases with: read from its messages, the newest first."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from dragoman.core.accounts.models import Agent
from dragoman.core.language import phrasebook
from dragoman.core.language.entities.find import find
from dragoman.core.language.entities.found import Entity
from dragoman.core.language.own_phrases import own_of
from dragoman.core.language.slots import read_amount, read_date, write_amount, write_date
from dragoman.ground.providers.carriers.formats import names_of_carriers

from .actions.translation import manner_in
from .models import Conversation
from .thread import messages_of

RECENT = 20
MOST = 4
# what an entity is in a phrase
_SLOTS: Final = {
    "order_number": "order",
    "tracking_number": "tracking",
    "amount": "amount",
    "date": "date",
}
# these are put in by themselves, the newest one; which amount or date is meant only a person knows
BY_THEMSELVES: Final = ("name", "order", "tracking", "carrier")
_PHRASE = re.compile(r"\{phrase:([a-z0-9_]{1,64})\}")


def values_in(conversation: Conversation, *, language: str) -> dict[str, list[str]]:
    """Return the values that messages name for each slot, written as in a language, the newest first."""
    found: dict[str, list[str]] = {}
    messages = messages_of(conversation, public=True, most=RECENT)[::-1]
    texts = [(one.text, one.language or conversation.language) for one in messages]
    for text, written in [*texts, (conversation.subject, conversation.language)]:
        entities = find(text, written or language)
        # of one message what stands first counts first
        for entity in entities:
            value = _as_slot(entity, language)
            if value:
                found.setdefault(_SLOTS[entity.type], []).append(value)
        found.setdefault("carrier", []).extend(_carriers(text))
    if conversation.customer.name:
        found["name"] = [conversation.customer.name]
    return {slot: list(dict.fromkeys(values))[:MOST] for slot, values in found.items() if values}


def put_in(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the values that are put into a phrase by themselves."""
    return {slot: values[slot][0] for slot in BY_THEMSELVES if values.get(slot)}


def _as_slot(entity: Entity, language: str) -> str:
    """Return an entity as its slot takes it in a language; empty for one that is no slot's."""
    if entity.type == "amount":
        currency, _blank, number = entity.value.partition(" ")
        written = write_amount(Decimal(number), currency, language=language)
        return written if read_amount(written, language=language) else f"{currency} {number}"
    if entity.type == "date":
        try:
            written = write_date(date.fromisoformat(entity.value), language=language)
        except ValueError:  # a day without its year: as it was written, where that can be read
            written = entity.text
        return written if read_date(written, language=language) else ""
    return entity.text.strip() if entity.type in _SLOTS else ""


@lru_cache(maxsize=1)
def _carrier_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, names_of_carriers()))
    return re.compile(rf"(?<!\w)(?:{names})(?![a-zA-Z])")


def _carriers(text: str) -> list[str]:
    return _carrier_pattern().findall(text[:5_000])


def with_phrases(text: str, conversation: Conversation, agent: Agent | None, *, language: str) -> str:
    """Put phrases in the place of `{phrase:key}`, in a language and the manner due; what nobody wrote stays there."""
    if "{phrase:" not in text:
        return text
    own = own_of(conversation.workspace_id, conversation.brand_id)
    register = manner_in(conversation, agent).register

    def said(found: "re.Match[str]") -> str:
        wording = phrasebook.wording(found[1], language, register=register, own=own)
        return wording[1]["other"] if wording else found[0]

    return _PHRASE.sub(said, text)
