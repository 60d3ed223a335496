"""Numbers of payment cards and of bank accounts, however they are grouped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum import ean, iban, luhn

from dragoman.core.language.entities.found import GLUE
from dragoman.core.language.personal.found import Span
from dragoman.core.language.personal.words import ends_before

# Who issues, by the first digits, and how many digits they issue (ISO/IEC 7812; lists of the schemes).
_ISSUERS = (
    (re.compile("4"), {13, 16, 18, 19}),
    (re.compile("5[1-5]|2(?:2[3-9]|22[1-9]|[3-6]|7[01]|720)"), {16}),
    (re.compile("3[47]"), {15}),
    (re.compile("3(?:0[0-5]|095|6|[89])"), {14, 15, 16, 17, 18, 19}),
    (re.compile("35(?:2[89]|[3-8])"), {16, 17, 18, 19}),
    (re.compile("220[0-4]"), {16, 17, 18, 19}),
    (re.compile("8[12]|9792"), {16}),
    (re.compile("50|5[6-8]|6"), {13, 14, 15, 16, 17, 18, 19}),
)
_WIDE = re.compile("50|5[6-8]|6")  # the ranges that most shops' own numbers fall into
_DIGITS = range(13, 20)
# How cards are printed and typed.
_PRINTED = {
    (4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 4, 2), (4, 4, 4, 4, 1), (6, 13), (8, 8),
    (4, 4, 4, 3), (4, 4, 5), (6, 4, 5), (4, 4, 4, 2), (6, 6, 4), (6, 10), (4, 12), (12, 4), (2,) * 8,
    *((count,) for count in _DIGITS), *((1,) * count for count in _DIGITS),
}  # fmt: skip
_EAN_LENGTHS = {13, 14}
# figures with up to three signs or one new line between them
_RUN = re.compile(rf"(?<!{GLUE})\d+(?:(?:[^\w\n]{{1,3}}|[^\w\n]?\n[^\w\n]?)\d+)*")
_GROUP = re.compile(r"\d+")
_LETTER = re.compile(GLUE)
_GLUED_BEFORE, _GLUED_AFTER = "-+./#_", "-/_."
_SIMPLE = {"", " ", "-"}
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})?|\d{4}-\d\d-\d\d")
_CLOSE = 10  # code points between a word of orders and a number that is printed like a card

_IBAN = re.compile(
    rf"(?<!{GLUE})(?:IBAN[ :.]{{0,2}})?(?P<iban>[A-Z]{{2}}[ -]?\d{{2}}(?:[ .-]{{0,2}}\n?[A-Z0-9]){{11,30}})(?!{GLUE})",
    re.IGNORECASE,
)
_BLANKS = " .-\n"


@dataclass(frozen=True)
class _Run:
    """A row of groups of figures in a text, with what stands between them."""

    text: str
    groups: Sequence[tuple[int, int]]

    def sizes(self, first: int, last: int) -> tuple[int, ...]:
        return tuple(end - start for start, end in self.groups[first : last + 1])

    def digits(self, first: int, last: int) -> str:
        return "".join(self.text[start:end] for start, end in self.groups[first : last + 1])

    def between(self, first: int, last: int) -> list[str]:
        pairs = zip(self.groups[first:last], self.groups[first + 1 : last + 1], strict=True)
        return [self.text[one[1] : other[0]] for one, other in pairs]


def cards(text: str, begin: int, end: int) -> Iterator[Span]:
    """Yield the cards of a stretch of a plain text, an order's number that looks like one left out."""
    for found in _RUN.finditer(text, begin, end):
        run = _Run(text, [group.span() for group in _GROUP.finditer(text, *found.span())])
        at, after_card = 0, True
        while at < len(run.groups):
            last = _card_at(run, at, after_card=after_card)
            if last is not None:
                yield Span(run.groups[at][0], run.groups[last][1], "card")
            at, after_card = (at + 1, False) if last is None else (last + 1, True)


def _card_at(run: _Run, first: int, *, after_card: bool) -> int | None:
    """Return the last group of the card that begins with a group, or None."""
    # in a row of like groups a card begins where the row does: inside, every tenth place would pass the check
    if not after_card and run.sizes(first - 1, first - 1) == run.sizes(first, first) and _goes_on(run, first):
        return None
    count, best = 0, None
    for last in range(first, min(first + 19, len(run.groups))):
        count += run.sizes(last, last)[0]
        if count > 19:
            break
        if count in _DIGITS and _is_card(run, first, last) and _stands_alone(run, first, last):
            best = last
            if run.sizes(first, last) in _PRINTED:
                break
    return best


def _goes_on(run: _Run, first: int) -> bool:
    """Say whether a group stands in one row with the group before: by the same sign as the next, not after a comma."""
    before, *after = run.between(first - 1, min(first + 1, len(run.groups) - 1))
    return not after or before.strip() == after[0].strip()


def _is_card(run: _Run, first: int, last: int) -> bool:
    """Say whether groups pass every check that the figures and their groups allow."""
    digits, sizes, between = run.digits(first, last), run.sizes(first, last), run.between(first, last)
    is_whole = first == 0 and last == len(run.groups) - 1
    is_simple = _SIMPLE.issuperset(between)
    is_even = len({sign.strip() for sign in between}) < 2
    if not (sizes in _PRINTED and is_even) and not (is_simple and is_whole):
        return False
    issued = any(len(digits) in lengths and begin.match(digits) for begin, lengths in _ISSUERS)
    return issued and len(set(digits)) > 1 and bool(luhn.is_valid(digits))


def _stands_alone(run: _Run, first: int, last: int) -> bool:
    """Say whether groups are no piece of a longer number, and no order's number."""
    text, start, end = run.text, run.groups[first][0], run.groups[last][1]
    if text[start - 1 : start] in {*_GLUED_BEFORE} or _LETTER.match(text, end):
        return False
    if text[end : end + 1] in {*_GLUED_AFTER} and text[end + 1 : end + 2].isdigit():
        return False
    if last + 1 < len(run.groups):
        if _is_cut(run, first, last):
            return False
        following = run.digits(last + 1, last + 1)
        is_card_next = last + 4 < len(run.groups) and _is_card(run, last + 1, last + 4)
        if len(following) == 4 == run.sizes(last, last)[0] and following[:2] != "20" and not is_card_next:
            return False
    return not _is_order(text, start, end, sizes=run.sizes(first, last))


def _is_cut(run: _Run, first: int, last: int) -> bool:
    """Say whether groups are the beginning of a longer number: one or two figures more after the same sign.

    A real card that words follow (`4111 ... 1111 2 times`) is rather masked; who issues that long is believed less.
    """
    between, text = run.between(first, last + 1), run.text
    size = run.sizes(last + 1, last + 1)[0]
    if len(between) < 2 or len(set(between)) > 1 or not _SIMPLE.issuperset(between) or size > 2:
        return False
    # `12/28`, and `12 28`, is when a card ends
    if last + 2 < len(run.groups):
        return False
    return _WIDE.match(text, run.groups[first][0]) is not None or not re.match(
        r"[ \t]*\w|/", text[run.groups[last + 1][1] :]
    )


def _is_order(text: str, start: int, end: int, *, sizes: Sequence[int]) -> bool:
    """Say whether the words before a number make it an order's, an article's or a parcel's."""
    digits = "".join(filter(str.isdigit, text[start:end]))
    near = ends_before(text, start)
    order, card = near.get("order", -1), near.get("card", -1)
    if near.get("with", -1) > max(order, near.get("number", -1)):
        card = max(card, near["with"])
    if card >= order and card >= 0:
        return False
    if len(digits) in _EAN_LENGTHS and len(sizes) == 1 and ean.is_valid(digits):
        return True
    if order < 0:
        return False
    # a word speaks of the first number after it, and of those like it that follow
    numbers = [re.sub(r"\D", "", one) for one in re.findall(r"\d[\d -]*", _DATE.sub("", text[order:start]))]
    if any(len(one) != len(digits) for one in numbers):
        return False
    return len(sizes) == 1 or start - order <= _CLOSE


def ibans(text: str, begin: int, end: int) -> Iterator[Span]:
    """Yield the IBANs of a stretch of a plain text."""
    for found in _IBAN.finditer(text, begin, end):
        written = found["iban"]
        # words may follow without a sign between: the longest beginning that passes the check
        for length in range(len(written), 14, -1):
            if written[length - 1] in _BLANKS or (length < len(written) and written[length] not in _BLANKS):
                continue
            number = re.sub(r"[ .\n-]", "", written[:length]).upper()
            if _passes(number) and iban.is_valid(number, check_country=False):
                yield Span(found.start("iban"), found.start("iban") + length, "iban")
                break


def _passes(number: str) -> bool:
    """Say whether the check digits are right (ISO 7064 mod 97-10), before the library looks the country up."""
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1
