"""What the macros in a draft say, for an agent who does not read the customer's language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

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
_TRIES = 500  # places where the end of a gap is looked for, of one macro
_ALL_TRIES = 20_000  # and of all of them
_GAP = re.compile(rf"{SLOT.pattern}|{PHRASE.pattern}")
_LINE_ENDS = re.compile(r"[ \t]*(?:\n|\Z)")


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
    tries = iter(range(_ALL_TRIES))
    for macro in macros_of(agent)[:_MOST]:
        theirs = wording(macro, language=conversation.language, market=conversation.market)
        if theirs is None or max(_GAP.sub("\0", _clean(theirs.text)).split("\0"), key=len) not in text:
            continue
        whole = with_phrases(_clean(theirs.text), conversation, agent, language=theirs.language)
        there = _Shape.of(whole).place(text, islice(tries, _TRIES))
        if there and not any(one.start < there.end and there.start < one.end for one in found):
            put = _put(there.gaps, whole)
            found.append(Found(macro, there.start, there.end, text[there.start : there.end], put))
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
        values_for(conversation, agent, order=order, language=language, names=found.gaps)
        for language in (conversation.language, read.language)
    )
    values = {
        slot: ours.get(slot, value) if value == theirs.get(slot) else value
        for slot, value in found.gaps.items()
    }
    return filled(with_phrases(read.text, conversation, agent, language=read.language), {**ours, **values})


@dataclass(frozen=True)
class _Place:
    start: int
    end: int
    gaps: dict[str, str]


@dataclass(frozen=True)
class _Shape:
    """What a macro looks like with its gaps filled or open: pieces, and the names of the gaps between them."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "_Shape":
        pieces, names, at = [], [], 0
        for gap in SLOT.finditer(text):
            pieces.append(text[at : gap.start()])
            names.append(gap[1])
            at = gap.end()
        return cls((*pieces, text[at:]), tuple(names))

    def place(self, text: str, tries: Iterator[int]) -> _Place | None:
        """Find where it stands first in a text; None for one that is gaps alone, or when no try is left."""
        if not any(map(str.isalpha, "".join(self.pieces))):
            return None
        for start in islice(self._starts(text), _TRIES):
            if there := self._fitted(text, start, tries):
                return there
        return None

    def _starts(self, text: str) -> Iterator[int]:
        """Tell where it may begin: at its first piece, or with the line or as far before that as gaps reach."""
        before, piece = next((number, piece) for number, piece in enumerate(self.pieces) if piece)
        # what a first gap says again later may be less than its line
        again = any(name in self.names[number + 1 :] for number, name in enumerate(self.names[:before]))
        fresh, at = 0, text.find(piece)
        while at >= 0:
            start = at
            if before:
                start = max(text.rfind("\n", 0, at) + 1, at - before * _LONGEST)
            for one in range(max(start, fresh), at + 1 if again else start + 1):
                yield one
                fresh = one + 1
            at = text.find(piece, at + 1)

    def _fitted(self, text: str, start: int, tries: Iterator[int]) -> _Place | None:
        """Fit it in where it begins, each gap as short as can be."""
        at = start + len(self.pieces[0])
        # where a gap begins, from where on its end is looked for, and what stands in the gaps before
        left: list[tuple[int, int, tuple[str, ...]]] = [(at, at, ())]
        while left:
            at, least, put = left.pop()
            number = len(put)
            if number == len(self.names):
                return _Place(start, at, dict(zip(self.names, put, strict=True)))
            if next(tries, None) is None:
                return None
            end = self._end(text, at, least, put)
            if end < 0:
                continue
            left.append((at, end + 1, put))
            at, put = end + len(self.pieces[number + 1]), (*put, text[at:end])
            left.append((at, at, put))
        return None

    def _end(self, text: str, at: int, least: int, put: tuple[str, ...]) -> int:
        """Say where a gap ends that begins `at`, `least` or later; -1 where it cannot."""
        number = len(put)
        piece, is_last = self.pieces[number + 1], number + 1 == len(self.names)
        first = self.names.index(self.names[number])
        most = text.find("\n", at, at + _LONGEST)
        most = most if most >= 0 else min(at + _LONGEST, len(text))
        if first < number:
            # the same gap again says the same
            end = at + len(put[first]) if text.startswith(put[first] + piece, at) else -1
        elif is_last and not piece:
            # a gap at the end takes the rest of its line
            end = at + len(text[at:most].rstrip(" \t"))
        else:
            end = text.find(piece, least, most + len(piece))
        is_whole = bool(piece) or not is_last or (end >= 0 and _LINE_ENDS.match(text, end) is not None)
        return end if end >= least and is_whole else -1


def _put(gaps: dict[str, str], whole: str) -> dict[str, str]:
    """Return what fills the gaps of a macro, "" where that is the fall-back of the customer's language."""
    instead = {gap[1]: gap[2] for gap in SLOT.finditer(whole) if gap[2] is not None}
    return {slot: value if value != instead.get(slot) else "" for slot, value in gaps.items()}


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
