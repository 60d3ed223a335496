"""What goes out in two languages and was approved by a person enters the translation memory."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.actions.memory import Pair, note_used, remember, replace_origin
from dragoman.core.language.memory import NAME, keys_in
from dragoman.core.language.memory_shapes import pair_of
from dragoman.core.texts.queries import shared_macros
from dragoman.kit.tags import same
from dragoman.kit.variants import parted

from ..models import Direction, Message

# what nobody approved anew: sentences of the phrasebook, and what is the same in every language
_OWN = frozenset(("phrasebook", "as_is", NAME))
_NAMED = re.compile(r"\{(?:customer\.)?name(?:\|[^{}]*)?\}")
_FALLBACK = re.compile(r"\{([a-z]+(?:\.[a-z]+)?)\|[^{}]*\}")


def remember_replies(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Remember answers whose translation their agent changed, or could read; count what the memory said itself."""
    sent = Message.objects.filter(
        workspace_id=workspace_id, pk__in=list(message_ids), direction=Direction.OUT
    )
    pairs: list[Pair] = []
    for message in sent.exclude(original="").select_related("conversation__customer", "agent"):
        if message.engine == NAME and not message.meta.get("amended_from"):
            pair = pair_of(message.original_language, message.language)
            note_used(
                workspace_id, keys_in(message.original, message.original_language, _names(message)), pair
            )
        elif is_approved(message):
            pairs.append(pair_from(message))
    if pairs:
        remember(workspace_id, pairs)


def is_approved(message: Message) -> bool:
    """Say whether its agent stands for the translation: changed it by hand, or speaks the language it is in."""
    if message.agent is None or message.meta.get("faults"):
        return False
    if message.meta.get("amended_from"):
        return True
    spoken = [entry.get("tag", "") for entry in message.agent.languages]
    reads = any(same(tag, message.language) for tag in spoken)
    return reads and message.engine not in _OWN


def pair_from(message: Message) -> Pair:
    """Return an answer as the memory takes it, its people left out."""
    conversation = message.conversation
    return Pair(
        source=message.original,
        target=message.text,
        source_language=message.original_language,
        target_language=message.language,
        brand_id=conversation.brand_id,
        market=conversation.market,
        origin="reply",
        conversation_id=conversation.pk,
        names=_names(message),
        agent_id=message.agent_id,
        author=message.author,
    )


def _names(message: Message) -> tuple[str, ...]:
    customer, agent = message.conversation.customer.name, message.agent.name if message.agent else ""
    return names_in(customer, agent)


def names_in(*names: str) -> tuple[str, ...]:
    """Return full names and their parts."""
    parts = [part for name in names for part in (name, *name.split()) if len(part) > 1]
    return tuple(dict.fromkeys(parts))


def remember_macro(workspace_id: int, macro_id: int) -> None:
    """Remember what a macro says in the team's language beside its others, both ways; gone, it is forgotten."""
    macro = shared_macros(workspace_id).filter(pk=macro_id).first()
    pairs = list(_macro_pairs(workspace_id, macro_id, macro.texts)) if macro else []
    replace_origin(workspace_id, origin="macro", origin_id=macro_id, pairs=pairs)


def _macro_pairs(workspace_id: int, macro_id: int, texts: dict[str, str]) -> Iterator[Pair]:
    team = workspace_facts(workspace_id).language
    ours = next((key for key in texts if same(parted(key)[0], team) and not parted(key)[1]), None)
    if ours is None:
        return
    for key, text in texts.items():
        language, market = parted(key)
        if same(language, team):
            continue
        mine, theirs = _slotted(texts[ours]), _slotted(text)
        there = Pair(
            mine, theirs, parted(ours)[0], language, market=market, origin="macro", origin_id=macro_id
        )
        yield there
        yield replace(
            there,
            source=theirs,
            target=mine,
            source_language=language,
            target_language=parted(ours)[0],
            market="",
        )


def _slotted(text: str) -> str:
    return _FALLBACK.sub(r"{\1}", _NAMED.sub("{name}", text))
