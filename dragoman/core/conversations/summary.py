"""A long thread in a few lines, taken word for word from what was written: what was asked, what was promised, how long
it waits. Nothing is put into other words, so nothing can be said that nobody said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dragoman.core.commerce.numbers import search_key
from dragoman.core.commerce.queries import orders_of
from dragoman.core.language.entities.find import find
from dragoman.core.language.lexicon import concepts_of
from dragoman.core.language.sentences import sentences_of
from dragoman.kit.tags import same
from dragoman.kit.text import fold, shortened

from .models import Conversation, Direction
from .shapes import MessageView
from .slot_values import values_in
from .thread import messages_of

LONG = 6  # messages from which on a thread is worth a summary
_MOST_LINES, _LONGEST = 4, 220
# said in nearly every message, and of no matter
_MANNERS: Final = frozenset(
    {"hello", "please", "thanks", "sorry", "praise", "happy", "can", "ask", "help", "friendly"}
)
# what an answer may hold out, and the words that say when or how much
_HELD_OUT: Final = frozenset(
    {
        "refund", "money_back", "partial_refund", "store_credit", "replace", "exchange", "send", "compensate", "cancel",
        "repair", "dispatched", "redirect", "change", "correct", "return_label", "confirm", "escalate", "check_look",
    }
)  # fmt: skip
_WHEN: Final = frozenset(
    {"today", "tomorrow", "day", "week", "weekday", "hour", "soon", "until_by", "promised"}
)


@dataclass(frozen=True)
class Line:
    """One sentence somebody wrote, in `language`; `translated`: a machine's words for it."""

    text: str
    language: str
    at: datetime
    translated: bool = False


@dataclass(frozen=True)
class Summary:
    """A thread in a few lines; `waiting_since` is when the customer wrote what nobody answered yet."""

    intent: str
    mood: str
    language: str
    market: str
    orders: Sequence[str]
    asked: Sequence[Line]
    promised: Sequence[Line]
    messages: int
    waiting_since: datetime | None


def is_long(conversation: Conversation) -> bool:
    """Say whether a thread is worth a summary."""
    return len(messages_of(conversation, public=True, most=LONG)) >= LONG


def summary_of(conversation: Conversation, *, language: str) -> Summary:
    """Return a thread's summary for a reader of a language (BCP 47): lines in it where they were said or
    translated so."""
    thread = messages_of(conversation, public=True)
    asked = [
        line
        for one in thread
        if one.direction == Direction.IN and (line := _asked(one, conversation, language))
    ]
    promised = [line for one in thread if one.direction == Direction.OUT for line in _promised(one, language)]
    waiting = None
    for one in reversed(thread):
        if one.direction == Direction.OUT:
            break
        waiting = one.sent_at or one.created_at
    return Summary(
        intent=conversation.intent,
        mood=conversation.mood,
        language=conversation.language,
        market=conversation.market or conversation.customer.market,
        orders=_orders(conversation, language or "en"),
        asked=_kept(asked),
        promised=_kept(promised),
        messages=len(thread),
        waiting_since=waiting,
    )


def _orders(conversation: Conversation, language: str) -> tuple[str, ...]:
    """Return the numbers a thread names: those of orders where there are such, a code of six figures looks like one."""
    named = values_in(conversation, language=language).get("order", ())
    keys = [search_key(one) for one in named]
    known = set(
        orders_of(conversation.workspace_id).filter(search_key__in=keys).values_list("search_key", flat=True)
    )
    there = [one for one in named if search_key(one) in known]
    return tuple((there or named)[:3])


def _kept(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Keep how it began and how it stands, each line once."""
    once = list({fold(one.text): one for one in lines}.values())
    return tuple(once if len(once) <= _MOST_LINES else [once[0], *once[1 - _MOST_LINES :]])


def _words(message: MessageView, language: str) -> tuple[str, str, bool]:
    """Return a message's words, their language, and whether a machine said them: the reader's where there are any."""
    if message.original_text and same(message.original_language, language):
        return message.original_text, message.original_language, False
    made = next((one for tag, one in message.translations.items() if same(tag, language)), None)
    if made is not None and not same(message.language, language):
        return made.text, made.language, made.machine
    return message.text, message.language, False


def _asked(message: MessageView, conversation: Conversation, language: str) -> Line | None:
    """Return the sentence that says most of what a customer wants."""
    words, said_in, translated = _words(message, language)
    said_in = said_in or conversation.language or "en"
    sentences = [one.text.strip() for one in sentences_of(words, said_in) if one.text.strip()]
    if not sentences or any(one.text.strip() == words.strip() for one in find(words, said_in)):
        # a number or an address that somebody asked for is no question
        return None
    best = max(sentences, key=lambda one: _weight(one, said_in))
    if not _weight(best, said_in):
        return None
    return Line(shortened(best, _LONGEST), said_in, message.sent_at or message.created_at, translated)


def _weight(sentence: str, language: str) -> float:
    named = {hit.label for hit in concepts_of(fold(sentence), language)} - _MANNERS
    return len(named) + (1.5 if named and sentence.rstrip().endswith(("?", "؟", "？")) else 0)


def _promised(message: MessageView, language: str) -> Iterable[Line]:
    """Yield the sentences of an answer that hold something out."""
    words, said_in, translated = _words(message, language)
    for one in sentences_of(words, said_in or "en"):
        sentence = one.text.strip()
        named = {hit.label for hit in concepts_of(fold(sentence), said_in or "en")}
        if named & _HELD_OUT and not sentence.endswith(("?", "؟", "？")):
            told = {entity.type for entity in find(sentence, said_in or "en")}
            if named & _WHEN or told & {"date", "amount"}:
                yield Line(
                    shortened(sentence, _LONGEST), said_in, message.sent_at or message.created_at, translated
                )
