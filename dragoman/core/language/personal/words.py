"""The words before a number that say whose it is: an order's, a card's, a person's. In every language at once."""

import re
from functools import lru_cache

from dragoman.core.language import lexicon
from dragoman.core.language.terms import Terms, placed_words

REACH = 24  # code points between a word and the number it speaks of
_SEEN = 64  # code points that are read for it
_CARDS = frozenset({
    "card", "pay", "payment", "payment_failed", "refund", "charge_verb", "charged_twice", "charged_too_much",
})  # fmt: skip
_ORDERS = frozenset({
    "order", "order_number", "tracking", "tracking_number", "parcel", "invoice", "receipt", "product", "shipping",
    "carrier", "carrier_name", "serial_number", "model", "tax_number",
})  # fmt: skip


@lru_cache(maxsize=1)
def _terms() -> dict[str, Terms]:
    """Return the words by what they name: a text to be masked has no language yet."""
    named: dict[str, list[str]] = {"order": [], "card": []}
    for tag in lexicon.languages():
        for concept, wordings in lexicon.entries(tag).items():
            for name, concepts in (("order", _ORDERS), ("card", _CARDS)):
                if concept in concepts:
                    named[name] += wordings
    return {
        "person": Terms({"person": lexicon.numbered()["person"]}),
        "card": Terms({"card": [*named["card"], *lexicon.numbered()["card"]]}),
        "order": Terms(
            {"order": [*named["order"], *lexicon.numbered()["article"], *lexicon.numbered()["customer"]]}
        ),
        "with": Terms({"with": lexicon.numbered()["with"]}),
        "number": Terms({"number": lexicon.numbered()["number"]}),
    }


def ends_before(text: str, place: int) -> dict[str, int]:
    """Return, of each name of `_terms`, where the last word for it ends, if it ends near before a place."""
    begin = max(0, place - _SEEN)
    # no word is cut in two
    blank = re.compile(r"\s").search(text, begin, place) if begin else None
    begin = blank.end() if blank else begin
    words = placed_words(text[begin:place])
    found = {}
    for name, terms in _terms().items():
        hits = terms.find("", words)
        if hits and place - begin - hits[-1].end <= REACH:
            found[name] = begin + hits[-1].end
    return found
