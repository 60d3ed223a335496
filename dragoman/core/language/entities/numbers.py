"""Numbers that name an order or a parcel, told from sizes, models and article numbers."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from stdnum import ean, luhn

from dragoman.core.language.entities.found import GLUE, Cues, Entity, Taken
from dragoman.core.language.entities.shapes import UNITS, Shape, shape_of
from dragoman.core.language.lexicon import concepts_of, numbered
from dragoman.core.language.terms import Hit, Terms, words_of
from dragoman.ground.providers.carriers.spotting import sure_numbers
from dragoman.kit.tags import base
from dragoman.kit.text import fold

# Long runs of digits, a few letters before them: what the other carriers print.
_LONG = re.compile(rf"(?<!{GLUE})(?<![+/-])(?:[A-Z]{{2,5}})?\d(?:[ ]?\d){{10,23}}(?!{GLUE}|[/-]\d)")
_FOURS = re.compile(rf"(?<!{GLUE})(?<![+/-])\d{{4}}-\d{{4}}-\d{{4}}(?!{GLUE}|[/-]\d)")
_PART = rf"{GLUE}{{1,14}}"
_CODE = re.compile(
    rf"(?<!{GLUE})(?<![/_-])(?<!\d[.,])#?[ ]?(?=\S*\d|[A-Z]{{1,3}} \d)(?:[A-Z]{{1,3}}[ ](?=\d))?"
    rf"{_PART}(?:[-/_]{_PART}){{0,3}}(?P<more>[ ]\d{{2,5}}(?!{GLUE}|[.,-]\d))?(?!{GLUE}|[-/_]\d)"
)
# `PO 4500128834`: a word for a number, and the number
_WORD = re.compile(r"(?:PO|NO|NR|ID)[ ]", re.IGNORECASE)
# Arabic and Hebrew write "and", "in", "to" onto what follows.
_GLUED = re.compile(
    "[\u0648\u0628\u0644\u0641\u05d1\u05dc\u05de\u05d4\u05d5\u05e9]{1,2}-?(?=[0-9A-Za-z\u0660-\u0669])"
)
# an ending that the sentence glued on (`8834021-es`)
_ENDING = re.compile(r"(?<=\d)-[a-z\u00df-\u024f]{1,4}$")
# What stands before a number that is no order: a size, a model, an article, a house, a serial number.
OTHERS = frozenset(
    {"size", "model", "serial_number", "street_or_flat", "address", "tax_number", "phone_number", "phone_device",
     "postcode_or_city", "product", "part", "screw", "computer", "hour", "measurement", "size_chart", "next_size",
     "article", "customer", "spare_part", "error_message"}
)  # fmt: skip
# An article of the catalogue is named like an order; these words tell it apart, in every language.
_NAMES = Terms({name: numbered()[name] for name in ("article", "customer", "order")})
_ANYWHERE = Terms(
    {"order": numbered()["order_anywhere"], "order_number": numbered()["order_number_anywhere"]}
)
_COUNTED = Terms({"count": numbered()["count"]})
_NUMBER = Terms({"number": numbered()["number"]})
_CUES = frozenset({"order", "order_number", "invoice", "reserve", "receipt", "buy", "status", "cancel"})
# What is asked about an order: its number is longer than a count of things.
_ABOUT = frozenset({"return_goods", "returned", "refund", "money_back", "refund_not_come", "exchange"})
_PARCELS = frozenset({
    "tracking", "tracking_number", "parcel", "shipping", "carrier", "carrier_name", "delivery", "parcel_locker",
})  # fmt: skip
_FEWEST = 3  # digits of an order
# How many digits make an order of a code, by its shape and whether a word of orders stands before it; others are none.
_DIGITS = {
    (Shape.HASH, True): (_FEWEST, 99),
    (Shape.PLAIN, True): (4, 99),
    (Shape.FIGURES, True): (_FEWEST, 99),
    (Shape.DASHED, True): (_FEWEST, 99),
    (Shape.NAMED, True): (_FEWEST, 99),
    (Shape.LOOSE, True): (_FEWEST, 99),
    (Shape.YEARLY, True): (_FEWEST, 99),
    (Shape.PLAIN, False): (6, 10),
    (Shape.DASHED, False): (4, 99),
    (Shape.NAMED, False): (5, 99),
    (Shape.YEARLY, False): (7, 99),
}
_ABOUT_FEWEST = 5
_REACH = 30  # characters between a cue and its number
_NEAR = 12
_ADJACENT = 3
_SURELY = 6  # digits that no name of a thing has
_AFTER = 10  # characters between a number and the cue after it
# Languages that name a thing after its number: `1001 számú rendelés`, `1001を注文`.
_NAMED_AFTER = frozenset({"hu", "tr", "fi", "et", "ja", "ko", "zh", "hi"})
APART = re.compile(r"[,.;:!?()、。，；：\n]|\b(?:ja|és|ve)\b|和|と")
_YEAR = re.compile(r"19[89]\d|20[0-4]\d|25[3-8]\d")


def tracking_numbers(text: str, language: str, taken: Taken, *, sure: bool) -> Iterator[Entity]:
    """Yield parcel numbers: the `sure` ones that nothing else is written like, or long ones that nothing else is."""
    if not sure:
        yield from _long(text, language, taken)
        return
    for spotted in sure_numbers(text):
        written = text[spotted.start : spotted.end]
        yield Entity("tracking_number", spotted.start, spotted.end, written, spotted.candidate.number)


# one message is asked for parcels, phones and orders
@lru_cache(maxsize=16)
def cues_of(text: str, language: str) -> Cues:
    """Return the words of a text that say what a number beside them is: concepts, and `numbers.toml`."""
    # cues stand at the same places only where folding keeps lengths; near enough everywhere else
    folded = fold(text)
    concepts = concepts_of(folded, language)
    told = Taken(len(folded), ((hit.start, hit.end) for hit in concepts))
    elsewhere = [hit for hit in _ANYWHERE.find(folded) if told.is_free(hit.start, hit.end)]
    return Cues([*elsewhere, *_asked_for(folded, concepts, language), *concepts, *_NAMES.find(folded)])


def _asked_for(folded: str, concepts: Sequence[Hit], language: str) -> Iterator[Hit]:
    """Yield the word of orders that a phrase of parcels ends in: `where is my order` names both."""
    for hit in concepts:
        if hit.label != "tracking":
            continue
        words = words_of(folded[hit.start : hit.end])
        if len(words) > 1 and any(one.label == "order" for one in concepts_of(words[-1].text, language)):
            yield Hit("order", hit.start + words[-1].start, hit.end)


def _long(text: str, language: str, taken: Taken) -> Iterator[Entity]:
    places = [*_LONG.finditer(text), *_FOURS.finditer(text)]
    if not places:
        return
    cues = cues_of(text, language)
    for found in places:
        code = found.group().replace(" ", "")
        if 11 <= sum(map(str.isdigit, code)) <= 24 and taken.is_free(*found.span()):
            named = _named(cues, found.start())
            in_fours = "-" in found.group()
            if named == "parcel" or (
                not named and (base(language) == "ja" if in_fours else not _is_good(code))
            ):
                yield Entity("tracking_number", *found.span(), found.group(), code)


def _named(cues: Cues, place: int) -> str:
    """Return what the nearest word before a long number says it is: `parcel`, `order`, `other` or nothing."""
    for hit in reversed(cues.before(place, _REACH)):
        if hit.label in _PARCELS:
            return "parcel"
        if hit.label in OTHERS:
            return "other"
        if hit.label == "order_number" or (hit.label in _CUES and place - hit.end <= _NEAR):
            return "order"
    return ""


def _is_good(code: str) -> bool:
    """Say whether a number passes the check of an article (EAN) or of a phone (IMEI)."""
    if not code.isdigit():
        return False
    return bool(len(code) == 13 and ean.is_valid(code)) or bool(
        len(code) == 15 and code[:2] in ("35", "86", "01") and luhn.is_valid(code)
    )


def order_numbers(text: str, language: str, taken: Taken) -> Iterator[Entity]:
    """Yield order numbers among what no other entity has taken: after a word of orders, or by their shape."""
    if sum(map(str.isdigit, text)) < _FEWEST:
        return
    cues = cues_of(text, language)
    for found in _CODE.finditer(text):
        start, end = found.span()
        if found["more"] and not taken.is_free(found.start("more"), end):
            end = found.start("more")
        code = text[start:end]
        start += len(code) - len(code.lstrip())
        code = _ENDING.sub("", code.strip())
        word = _WORD.match(code) or _GLUED.match(code)
        if word:
            start += word.end()
            code = code[word.end() :]
        if not taken.is_free(start, end) or UNITS.match(text, end):
            continue
        before = _unspent(cues, text, start)
        labels = [hit.label for hit in before]
        gap = text[before[-1].end : start] if before else ""
        if word and word.re is _WORD:
            labels, gap = [*labels, "order"], ""
        is_other = bool(labels) and labels[-1] in OTHERS
        if _counts(code, text, start + len(code), labels, gap):
            continue
        if _is_order(code, labels, gap) or (
            not is_other and _is_named_after(code, cues, text, start, language)
        ):
            yield Entity(
                "order_number", start, start + len(code), code, code.replace(" ", "").removeprefix("#")
            )


def _unspent(cues: Cues, text: str, start: int) -> list[Hit]:
    """Return the cues before a number; a size, an article or a phone named there has had its number by then."""
    return [
        hit
        for hit in cues.before(start, _REACH, slack=1)
        if hit.label not in OTHERS or not any(map(str.isdigit, text[hit.end : start]))
    ]


def _counts(code: str, text: str, end: int, before: Sequence[str], gap: str) -> bool:
    """Tell whether a bare number says how many, and not which: `1000 pieces`, or a round one by itself."""
    if not code.isdigit() or before[-1:] == ["order_number"]:
        return False
    following = fold(text[end : end + _AFTER])
    return any(hit.start <= 1 for hit in _COUNTED.find(following)) or (
        len(code) == 4 and code.endswith("00") and len(gap) > _ADJACENT
    )


def _is_order(code: str, before: Sequence[str], gap: str) -> bool:
    """Tell by its shape, its digits, the words before it and what stands between whether a code names an order."""
    shape = shape_of(code)
    if shape != Shape.HASH and before and before[-1] in OTHERS:
        return False
    if shape == Shape.PLAIN and len(code) == 4 and _YEAR.fullmatch(code):
        return before[-1:] == ["order_number"]
    if shape == Shape.SPACED:
        return before[-1:] == ["order_number"]
    digits = sum(map(str.isdigit, code))
    # what was bought is called like an order
    if before[-1:] == ["buy"] and shape in (Shape.DASHED, Shape.LOOSE) and digits < _SURELY:
        return False
    if shape == Shape.LOOSE and before[-1:] != ["order_number"] and not is_right_after(gap):
        return False
    cued = shape == Shape.HASH or not _CUES.isdisjoint(before[-2:])
    if not cued and digits >= _ABOUT_FEWEST:
        cued = not _ABOUT.isdisjoint(before[-1:])
    fewest, most = _DIGITS.get((shape, cued), (1, 0))
    return fewest <= digits <= most


def is_right_after(gap: str) -> bool:
    """Say whether nothing but a sign or a word for "number" stands between a word of orders and a code."""
    return len(gap) <= _ADJACENT or bool(_NUMBER.find(fold(gap)))


def _is_named_after(code: str, cues: Cues, text: str, start: int, language: str) -> bool:
    """Tell whether a word of orders stands right after a code, as in `1001 számú rendelés`."""
    end = start + len(code)
    # `RTX4090を注文` is a thing that was ordered
    if base(language) not in _NAMED_AFTER or shape_of(code) not in (Shape.PLAIN, Shape.FIGURES):
        return False
    if sum(map(str.isdigit, code)) < _FEWEST + 1 or _YEAR.fullmatch(code):
        return False
    return any(
        hit.label in ("order", "order_number") and not APART.search(text, end, hit.start)
        for hit in cues.after(end, _AFTER)
    )


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
