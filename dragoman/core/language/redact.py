"""Personal data that nobody needs to answer a customer: found so that it can be masked before anything sees it.

Order, parcel and article numbers are left alone: a number that a word of orders or parcels stands before is none of
these, and figures without a check are none either. The time it takes grows with the text's length, whatever it holds.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from dragoman.core.language.detect import detect
from dragoman.core.language.entities.find import emails, find
from dragoman.core.language.entities.found import Taken
from dragoman.core.language.personal.cards import cards, ibans
from dragoman.core.language.personal.codes import codes
from dragoman.core.language.personal.found import Span, plain, stretches
from dragoman.core.language.personal.national import national_ids
from dragoman.core.language.personal.secrets import passwords, tokens
from dragoman.kit.text import LINK

TYPES: Final = ("card", "iban", "national_id", "password", "token", "email", "phone")

_PIECE = 8_000  # code points among which phones are looked for at once
_ROW = re.compile(r"(?:\d[ .-]?){64,}")  # figures that go on and on are no phones
_LINKED = re.compile(LINK)
_LONGEST = 2_000  # code points of a link
# a link's own numbers are those of pages and parcels, if it does not say otherwise
_SAID = re.compile(r"(?:card|pan|cc|iban|ssn|account)[\w-]*=$", re.IGNORECASE)


def redacted(text: str, types: Collection[str] = TYPES) -> list[Span]:
    """Return what of a text is to be masked, in order, no two over each other; of `types` only."""
    taken = Taken(len(text))
    spans: list[Span] = []

    def keep(found: Iterable[Span]) -> None:
        for one in found:
            if one.type in types and taken.is_free(one.start, one.end):
                taken.take(one.start, one.end)
                spans.append(one)

    if "email" in types and "@" in text:
        keep(Span(one.start, one.end, "email") for one in emails(text))
    numbers = list(stretches(text))
    plainly = plain(text) if numbers else ""
    keep(one for begin, end in numbers for one in ibans(plainly, begin, end))
    keep(tokens(text))
    keep(passwords(text))
    for find_all in (cards, national_ids):
        found = (one for begin, end in numbers for one in find_all(plainly, begin, end))
        keep(one for one in found if not _is_of_a_link(text, one))
    if any(one.type == "card" for one in spans):
        keep(codes(plainly))
    if "phone" in types and numbers:
        keep(_phones(text, spans))
    return sorted(spans, key=lambda one: one.start)


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with each span as `[type]`."""
    parts, at = [], 0
    for one in spans:
        parts += [text[at : one.start], f"[{one.type}]"]
        at = one.end
    return "".join(parts) + text[at:]


def _is_of_a_link(text: str, span: Span) -> bool:
    begin = span.start
    while begin and span.start - begin < _LONGEST and not text[begin - 1].isspace():
        begin -= 1
    link = next((one for one in _LINKED.finditer(text, begin, span.end) if one.end() > span.start), None)
    return link is not None and not _SAID.search(text, link.start(), span.start)


def _phones(text: str, known: Iterable[Span]) -> Iterator[Span]:
    """Yield what is no date, amount or order in the language of the text; pieces at a time, that time stays linear."""
    language = detect(text).language or "en"
    # what is known is no phone: a row of cards is not tried again for each of its figures
    blanked = list(text)
    for one in known:
        blanked[one.start : one.end] = "\n" * (one.end - one.start)
    bare = _ROW.sub(lambda row: "\n" * len(row.group()), "".join(blanked))
    for begin, end in _pieces(bare):
        for named in find(bare[begin:end], language):
            if named.type == "phone":
                yield Span(begin + named.start, begin + named.end, "phone")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield pieces that end where a line or at least a word does."""
    begin = 0
    while begin < len(text):
        end = min(len(text), begin + _PIECE)
        if end < len(text):
            cut = max(text.rfind("\n", begin + _PIECE // 2, end), -1)
            cut = cut if cut > 0 else text.rfind(" ", begin + _PIECE // 2, end)
            end = cut + 1 if cut > 0 else end
        yield begin, end
        begin = end
