"""Phrases for the composer: in the agent's language, with the customer's beside, known slots filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import manner_in
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.slot_values import put_in, values_in, with_phrases
from dragoman.core.language import phrasebook
from dragoman.core.language.own_phrases import own_of
from dragoman.core.language.phrase_engine import sentences
from dragoman.core.language.phrase_near import nearest
from dragoman.core.language.phrasebook import Own
from dragoman.core.texts.queries import any_wording, matching, wording
from dragoman.core.texts.slots import filled, slots_in

from ..assist.views import SUGGESTION, draft_words
from ..elbow.law_lines import LAW, law_text
from ..elbow.pane import where_is
from ..frame import writing_language
from .slots import values_for

MOST = 40
WHOLE_BOOK = 700
MOST_BLOCKS = 5

MACRO = "macro:"


@dataclass(frozen=True)
class Offered:
    """A phrase or macro: `text` in the agent's language, `target_text` as the customer would read it, `insert` what is
    put into the draft (empty: the text). `missing` says that nobody wrote it in the customer's language."""

    key: str
    text: str
    language: str
    target_text: str
    target_language: str
    insert: str = ""
    name: str = ""
    shortcut: str = ""
    theme: str = ""
    missing: bool = False


@dataclass(frozen=True)
class Block:
    """A sentence that keeps an answer from being said without an engine; `is_phrase`: only not in this language."""

    text: str
    is_phrase: bool
    nearest: Sequence[Offered] = field(default_factory=tuple)


def _own(conversation: Conversation) -> Own:
    return own_of(conversation.workspace_id, conversation.brand_id)


def macros_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search macros; what is put into the draft is the customer's text where there is one, else the team's."""
    ours = writing_language(agent)
    order = next(iter(values_in(conversation, language=ours).get("order", ())), "")
    found = matching(agent, words, most=MOST)
    names = {name for macro in found for text in macro.texts.values() for name in slots_in(text)}

    @cache
    def values(language: str) -> dict[str, str]:
        return values_for(conversation, agent, order=order, language=language, names=names)

    def whole(text: str, language: str) -> str:
        # what stands in a text is written in the language of the text
        return filled(with_phrases(text, conversation, agent, language=language), values(language))

    offered = []
    for macro in found:
        read = any_wording(macro, language=ours)
        theirs = wording(macro, language=conversation.language, market=conversation.market)
        sent = theirs or any_wording(macro, language=ours, also=(conversation.brand.language,))
        said = whole(sent.text, sent.language)
        offered.append(
            Offered(
                key=f"{MACRO}{macro.pk}",
                text=whole(read.text, read.language),
                language=read.language,
                target_text=said if sent.language != read.language else "",
                target_language=sent.language,
                insert=said,
                name=macro.name,
                shortcut=macro.shortcut,
            )
        )
    return offered


def phrases_for(agent: Agent, conversation: Conversation, words: str) -> list[Offered]:
    """Search the phrases by words of the agent's language; without words all of them, by theme."""
    ours = writing_language(agent)
    own = _own(conversation)
    found = phrasebook.search(
        words,
        reader_language=ours,
        target_language=conversation.language,
        limit=MOST if words.strip() else WHOLE_BOOK,
        register=manner_in(conversation, agent).register,
        own=own,
    )
    if not words.strip():
        found.sort(key=lambda phrase: phrasebook.THEMES.index(phrase.theme))
    known = put_in(values_in(conversation, language=ours))
    return [_offered(phrase, conversation, ours, known, own) for phrase in found]


def _offered(
    phrase: phrasebook.Phrase, conversation: Conversation, ours: str, known: Mapping[str, str], own: Own
) -> Offered:
    return Offered(
        key=phrase.key,
        text=filled(phrase.text, known),
        language=phrasebook.reading(phrase.key, [ours], own=own)[0],
        # who reads what the agent reads is shown the sentence once
        target_text="" if phrase.target_text == phrase.text else filled(phrase.target_text, known),
        target_language=conversation.language,
        theme=phrase.theme,
        missing=not phrase.target_text,
    )


def text_of(key: str, conversation: Conversation, agent: Agent) -> str:
    """Return what a chosen phrase or macro puts into the draft, empty for an unknown key."""
    if key.startswith(MACRO):
        number = key.removeprefix(MACRO)
        offered = macros_for(agent, conversation, "") if number.isdigit() else []
        return next((one.insert for one in offered if one.key == key), "")
    if key.startswith(LAW):
        return law_text(key, where_is(conversation)[0], conversation, agent)
    if key.startswith(SUGGESTION):
        return draft_words(key, conversation)
    own, ours = _own(conversation), writing_language(agent)
    if key not in dict(phrasebook.agent_keys(own)):
        return ""
    return filled(phrasebook.reading(key, [ours], own=own)[1], put_in(values_in(conversation, language=ours)))


def blocks_in(agent: Agent, conversation: Conversation, shown: Preview | None) -> list[Block]:
    """Return the sentences that stand in the way of an answer no engine can say, each with phrases for its place."""
    if shown is None or shown.text is not None or not shown.target_language:
        return []
    own, source, target = _own(conversation), shown.source_language, shown.target_language
    told = [
        one for one in sentences(shown.source_text, source, target, own=own) if not (one.key and one.written)
    ]
    if not told:
        return []
    known = put_in(values_in(conversation, language=source))
    phrases = {
        one.key: one
        for one in phrasebook.search(
            "",
            reader_language=source,
            target_language=target,
            limit=WHOLE_BOOK,
            register=manner_in(conversation, agent).register,
            own=own,
        )
        if one.target_text
    }
    return [
        Block(
            one.text,
            bool(one.key),
            [
                _offered(phrases[key], conversation, source, known, own)
                for key in nearest(one.text, source, own=own, most=4)
                if key in phrases and key != one.key
            ][:3],
        )
        for one in told[:MOST_BLOCKS]
    ]
