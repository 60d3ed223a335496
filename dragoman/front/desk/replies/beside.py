"""What the macros in a draft say, for an agent who does not read the customer's language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import scope_to
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.slot_values import with_phrases
from dragoman.core.language.detect import detect
from dragoman.core.language.translate import translate
from dragoman.core.texts.models import Macro
from dragoman.core.texts.queries import Worded, macros_of, wording
from dragoman.core.texts.slots import PHRASE, SLOT, filled
from dragoman.kit.errors import Unavailable
from dragoman.kit.tags import same

from ..conversations.reading import reads
from ..frame import reading_languages
from .slots import values_for

_MOST = 2_000  # macros that are looked through
_LONGEST = 200  # characters of what a person put into a gap
_GAP = re.compile(rf"{SLOT.pattern}|{PHRASE.pattern}")


@dataclass(frozen=True)
class Beside:
    """A macro of the draft in a language its sender reads; without a text nobody could say it there."""

    name: str
    text: str
    language: str
    engine: str = ""
    machine: bool = False


@dataclass(frozen=True)
class Found:
    """A macro that stands in a draft in the customer's language: where, and what fills its gaps."""

    macro: Macro
    start: int
    end: int
    text: str
    gaps: dict[str, str]


def macros_in(agent: Agent, conversation: Conversation, text: str) -> list[Found]:
    """Return the macros that stand in a draft as the customer reads them, where its sender does not read that language.

    Gaps may be filled by hand; a macro of which a word was changed is none any more.
    """
    if not text.strip() or reads(conversation.language, reading_languages(agent)):
        return []
    text = text.replace("\r\n", "\n")
    found: list[Found] = []
    for macro in macros_of(agent)[:_MOST]:
        theirs = wording(macro, language=conversation.language, market=conversation.market)
        if theirs is None or max(_GAP.sub("\0", _clean(theirs.text)).split("\0"), key=len) not in text:
            continue
        whole = with_phrases(_clean(theirs.text), conversation, agent, language=theirs.language)
        shape = _shape(whole)
        there = shape.search(text) if shape else None
        if there and not any(one.start < there.end() and there.start() < one.end for one in found):
            found.append(Found(macro, *there.span(), there.group(), _put(there, whole)))
    return sorted(found, key=lambda one: one.start)


def is_all(found: Sequence[Found], text: str) -> bool:
    """Say whether a draft is nothing but macros."""
    return bool(found) and not _rest(found, text)


def beside_of(agent: Agent, conversation: Conversation, shown: Preview | None) -> tuple[list[Beside], str]:
    """Return what the macros of a draft say, and what stands beside them in a language the customer does not read."""
    if shown is None or shown.reason != "same_language":
        return [], ""
    found = macros_in(agent, conversation, shown.source_text)
    rest = _rest(found, shown.source_text) if found else ""
    return [_said(one, agent, conversation) for one in found], rest if _is_foreign(rest, shown, agent) else ""


def _said(found: Found, agent: Agent, conversation: Conversation) -> Beside:
    mine, *more = reading_languages(agent)
    read = wording(found.macro, language=mine, market=conversation.market, also=tuple(more))
    if read is not None:
        return Beside(found.macro.name, _whole(read, found, agent, conversation), read.language)
    scope = replace(scope_to(conversation, agent), purpose="reply")
    try:
        made = translate(found.text, source=conversation.language, target=mine, scope=scope)
    except Unavailable:
        made = None
    if made is None:
        return Beside(found.macro.name, "", mine)
    return Beside(found.macro.name, made.text, mine, made.engine if made.machine else "", made.machine)


def _whole(read: Worded, found: Found, agent: Agent, conversation: Conversation) -> str:
    """Return a macro's text with what stands in the gaps of the draft; a day as its reader writes it."""
    order = found.gaps.get("order") or ""
    theirs, ours = (
        values_for(conversation, agent, order=order, language=language)
        for language in (conversation.language, read.language)
    )
    values = {
        slot: ours.get(slot, value) if value == theirs.get(slot) else value
        for slot, value in found.gaps.items()
    }
    return filled(with_phrases(read.text, conversation, agent, language=read.language), {**ours, **values})


def _shape(text: str) -> re.Pattern[str] | None:
    """Return what a macro looks like with its gaps filled or open; None for one that is gaps alone."""
    parts, at, seen = [], 0, set[str]()
    for gap in SLOT.finditer(text):
        name = gap[1].replace(".", "__")
        parts += [re.escape(text[at : gap.start()]), f"(?P={name})" if name in seen else _gap(name)]
        seen.add(name)
        at = gap.end()
    # a gap at the end takes the rest of its line
    parts.append(re.escape(text[at:]) or r"(?=[ \t]*(?:\n|\Z))")
    if not any(map(str.isalpha, SLOT.sub("", text))):
        return None
    return re.compile("".join(parts))


def _put(there: re.Match[str], whole: str) -> dict[str, str]:
    """Return what fills the gaps of a macro, "" where that is the fall-back of the customer's language."""
    instead = {gap[1]: gap[2] for gap in SLOT.finditer(whole) if gap[2] is not None}
    put = {name.replace("__", "."): value for name, value in there.groupdict().items()}
    return {slot: value if value != instead.get(slot) else "" for slot, value in put.items()}


def _gap(name: str) -> str:
    return rf"(?P<{name}>[^\n]{{0,{_LONGEST}}}?)"


def _rest(found: Sequence[Found], text: str) -> str:
    text = text.replace("\r\n", "\n")
    return " ".join(piece for piece in _between(found, text) if any(map(str.isalpha, piece)))


def _between(found: Sequence[Found], text: str) -> Iterator[str]:
    at = 0
    for one in found:
        yield text[at : one.start].strip()
        at = one.end
    yield text[at:].strip()


def _is_foreign(rest: str, shown: Preview, agent: Agent) -> bool:
    if not rest:
        return False
    seen = detect(rest, [shown.target_language, *reading_languages(agent)])
    return seen.certain and not same(seen.language, shown.target_language)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
