"""Numbers that name an order or a parcel, told from sizes, models and article numbers."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dragoman.core.language.entities.found import GLUE, Cues, Entity, Taken
from dragoman.core.language.lexicon import concepts_of, numbered
from dragoman.core.language.terms import Terms
from dragoman.kit.text import fold

# UPU S10: service, eight digits and a check digit, country; spaces as people copy them.
_S10 = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}(?:[ ]?\d){9}[ ]?[A-Za-z]{2}(?![A-Za-z0-9])")
_UPS = re.compile(r"(?<![A-Za-z0-9])1[Zz](?:[ ]?[A-Za-z0-9]){16}(?![A-Za-z0-9])")
# Long runs of digits, a few letters before them: what the other carriers print.
_LONG = re.compile(rf"(?<!{GLUE})(?<![+/-])(?:[A-Z]{{2,5}})?\d(?:[ ]?\d){{10,23}}(?!{GLUE}|[/-]\d)")
_PART = rf"{GLUE}{{1,14}}"
_CODE = re.compile(
    rf"(?<!{GLUE})(?<![.,/_-])#?[ ]?(?=\S*\d|[A-Z]{{1,3}} \d)(?:[A-Z]{{1,3}}[ ](?=\d))?"
    rf"{_PART}(?:[-/_]{_PART}){{0,3}}(?:[ ]\d{{2,5}}(?!{GLUE}|[.,-]\d))?(?!{GLUE}|[-/_]\d)"
)
# letters and figures that name an order wherever they stand: with a dash, or long enough to be no model
_NAMED = re.compile(r"[^\W\d_]{1,6}\d{0,4}[-/_]\w*\d{3,}\w*(?:[-/]\w+)*(?: \d+)?|[^\W\d_]{1,6}\d{5,}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
# What stands before a number that is no order: a size, a model, an article, a house, a serial number.
_OTHERS = frozenset(
    {"size", "model", "serial_number", "street_or_flat", "address", "tax_number", "phone_number", "phone_device",
     "postcode_or_city", "product", "part", "screw", "computer", "hour", "measurement", "size_chart", "next_size",
     "article"}
)  # fmt: skip
# An article of the catalogue is named like an order; these words tell it apart, in every language.
_ARTICLES = Terms({"article": numbered()["article"]})
_CUES = frozenset({"order", "order_number", "invoice", "reserve", "receipt", "buy", "status", "cancel"})
_FEWEST = 3  # digits of an order
# How many digits make an order of a code, by its shape and whether a word of orders stands before it; others are none.
_DIGITS = {
    ("hash", True): (_FEWEST, 99),
    ("plain", True): (4, 99),
    ("dashed", True): (_FEWEST, 99),
    ("named", True): (_FEWEST, 99),
    ("loose", True): (_FEWEST, 99),
    ("plain", False): (6, 10),
    ("dashed", False): (4, 99),
    ("named", False): (5, 99),
}
_REACH = 30  # characters between a cue and its number
_UNITS = re.compile(
    r"\s?(?:%|[°º]|(?:cm|mm|m|km|kg|g|mg|ml|cl|l|w|kw|v|mah|gb|tb|mb|hz|ghz|inch|in|h|min|pcs|st|kpl|x|gsm)\b)",
    re.IGNORECASE,
)


def is_s10(code: str) -> bool:
    """Say whether a code of 13 characters has the right check digit (UPU S10)."""
    digits = code[2:11]
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return int(digits[8]) == {10: 0, 11: 5}.get(rest, rest)


def is_ups(code: str) -> bool:
    """Say whether a code `1Z...` of 18 characters has the right check digit."""
    values = [int(one) if one.isdigit() else (ord(one) - 63) % 10 for one in code[2:].upper()]
    total = sum(values[0:15:2]) + 2 * sum(values[1:15:2])
    return values[15] == -total % 10


def tracking_numbers(text: str, language: str, taken: Taken, *, sure: bool) -> Iterator[Entity]:
    """Yield parcel numbers: the `sure` ones by their check digit, or long ones that nothing else is."""
    if not sure:
        yield from _long(text, language, taken)
        return
    for found in _S10.finditer(text):
        code = found.group().replace(" ", "").upper()
        if len(code) == 13 and is_s10(code):
            yield Entity("tracking_number", *found.span(), found.group(), code)
    for found in _UPS.finditer(text):
        code = found.group().replace(" ", "").upper()
        if is_ups(code):
            yield Entity("tracking_number", *found.span(), found.group(), code)


def _long(text: str, language: str, taken: Taken) -> Iterator[Entity]:
    orders = Cues(hit for hit in concepts_of(fold(text), language) if hit.label in _CUES)
    for found in _LONG.finditer(text):
        code = found.group().replace(" ", "")
        digits = sum(map(str.isdigit, code))
        near = orders.before(found.start(), 4)
        if 11 <= digits <= 22 and not near and taken.is_free(*found.span()):
            yield Entity("tracking_number", *found.span(), found.group(), code)


def order_numbers(text: str, language: str, taken: Taken) -> Iterator[Entity]:
    """Yield order numbers among what no other entity has taken: after a word of orders, or by their shape."""
    if sum(map(str.isdigit, text)) < _FEWEST:
        return
    folded = fold(text)
    # cues stand at the same places only where folding keeps lengths; near enough everywhere else
    cues = Cues([*concepts_of(folded, language), *_ARTICLES.find(folded)])
    for found in _CODE.finditer(text):
        code = found.group()
        start = found.start() + len(code) - len(code.lstrip())
        # an ending that the sentence glued on (`8834021-es`)
        code = re.sub(r"(?<=\d)-[a-z\u00df-\u024f]{1,4}$", "", code.strip())
        if not taken.is_free(start, found.end()) or _UNITS.match(text, found.end()):
            continue
        if _is_order(code, [hit.label for hit in cues.before(start, _REACH, slack=1)]):
            yield Entity(
                "order_number", start, start + len(code), code, code.replace(" ", "").removeprefix("#")
            )


def _is_order(code: str, before: Sequence[str]) -> bool:
    """Tell by its shape, its digits and the words before it whether a code names an order."""
    shape = _shape_of(code)
    if shape != "hash" and before and before[-1] in _OTHERS:
        return False
    cued = shape == "hash" or not _CUES.isdisjoint(before[-2:])
    fewest, most = _DIGITS.get((shape, cued), (1, 0))
    return fewest <= sum(map(str.isdigit, code)) <= most


def _shape_of(code: str) -> str:
    if code.startswith("#"):
        return "hash"
    if code.isdigit():
        return "plain"
    if not _NAMED.fullmatch(code):
        return "loose"
    return "dashed" if "-" in code or "/" in code else "named"


def apart(entities: list[Entity]) -> list[Entity]:
    """Return the entities in order, of those that overlap the longest."""
    ordered = sorted(entities, key=lambda one: (one.start, one.start - one.end))
    kept: list[Entity] = []
    for one in ordered:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    assert all(before.end <= after.start for before, after in pairwise(kept))
    return kept
