"""What a message names: orders, parcels, money, dates, phones and addresses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import phonenumbers

from dragoman.core.language.entities.addresses import addresses
from dragoman.core.language.entities.amounts import amounts
from dragoman.core.language.entities.dates import dates
from dragoman.core.language.entities.found import GLUE, Cues, Entity, Taken
from dragoman.core.language.entities.numbers import (
    APART,
    OTHERS,
    apart,
    cues_of,
    is_right_after,
    order_numbers,
    tracking_numbers,
)
from dragoman.core.language.entities.products import products
from dragoman.core.language.terms import Hit
from dragoman.kit.tags import base
from dragoman.kit.text import LINK, in_ascii_digits

_MAIL = "A-Za-z0-9_\u00c0-\u024f"
_MOST = 20_000  # characters of one message that are looked through
_EMAIL = re.compile(
    rf"[{_MAIL}.+%-]{{1,64}}@[{_MAIL}-]{{1,63}}(?:\.[{_MAIL}-]{{1,63}}){{0,4}}\.[a-zA-Z]{{2,}}"
)
_BRACKETS = re.compile(r"\(\d{2,4}\) ?\d")
_FIGURE = re.compile(r"\d")
_FEWEST = 6  # digits of a phone number
_NEAR = 28  # characters before a number
_CLOSE = 12  # characters after it
_CALLED = frozenset({"phone_number", "phone_call"})
_ORDERED = frozenset({"order", "order_number", "tracking", "tracking_number", "invoice", "customer_number"})
_BOUGHT = frozenset({"order", "order_number"})
_PARTED = re.compile(r"[\d,;!?\n、，；。]|\.\s")
_OTHER = "other"  # a number of things: an article's, a customer's, a serial number
_NOT_CALLED = _ORDERED | {_OTHER}
# after these words of an address a phone may come as well
_NEIGHBOURS = frozenset(
    {"address", "street_or_flat", "postcode_or_city", "hour", "phone_device", "product", "computer"}
)
_LINK = re.compile(LINK)
_TORN = re.compile(rf"{GLUE}|[-/_#]")
_OF_A_YEAR = re.compile(r"20\d\d[/-]\d{3,}")
# Where a phone at home is written with a zero before it; a mobile of China is not.
_TRUNK = frozenset({
    "GB", "FI", "NL", "BE", "TH", "DE", "AT", "CH", "FR", "SE", "RO", "SA", "AE", "EG", "IL", "UA", "JP", "CN", "KR",
    "VN",
})  # fmt: skip
_CHINESE = re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}")
# Where a number without a country code is most likely at home, by the language it is written in.
_COUNTRIES = {
    "en": ("US", "GB"), "fi": ("FI",), "et": ("EE",), "pl": ("PL",), "nl": ("NL", "BE"), "th": ("TH",),
    "de": ("DE", "AT", "CH"), "fr": ("FR", "BE", "CH"), "es": ("ES", "MX"), "pt": ("BR", "PT"), "it": ("IT",),
    "sv": ("SE", "FI"), "da": ("DK",), "nb": ("NO",), "cs": ("CZ",), "ro": ("RO",), "hu": ("HU",),
    "tr": ("TR",), "ar": ("SA", "AE", "EG"), "he": ("IL",), "ru": ("RU", "KZ"), "uk": ("UA",), "el": ("GR",),
    "ja": ("JP",), "zh": ("CN",), "ko": ("KR",), "hi": ("IN",), "vi": ("VN",),
}  # fmt: skip


def find(text: str, language: str, names: Sequence[str] = ()) -> list[Entity]:
    """Return the things that a text names, in order, none within another; `names` are products that the shop knows."""
    written = text[:_MOST]
    # values are in ASCII digits, whatever the keyboard; every place is kept
    text = in_ascii_digits(written)
    links = [found.span() for found in _LINK.finditer(text)]
    # most messages have no figure in them
    has_figures = bool(_FIGURE.search(text))
    sure = [*emails(text), *dates(text, language)]
    if has_figures:
        sure += amounts(text, language)
        sure += tracking_numbers(text, language, Taken(len(text), links), sure=True)
    taken = Taken(len(text), [*links, *((one.start, one.end) for one in sure)])
    called = [one for one in phones(text, language) if taken.is_free(one.start, one.end)]
    for one in called:
        taken.take(one.start, one.end)
    parcels = list(tracking_numbers(text, language, taken, sure=False)) if has_figures else []
    for one in parcels:
        taken.take(one.start, one.end)
    found = apart([*sure, *called, *parcels, *order_numbers(text, language, taken)])
    linked = Taken(len(text), links)
    found = [one for one in found if linked.is_free(one.start, one.end)]
    if written != text:
        found = [replace(one, text=written[one.start : one.end]) for one in found]
    return _with_places(written, language, found, names)


def _with_places(text: str, language: str, found: list[Entity], names: Sequence[str]) -> list[Entity]:
    """Return what was found with addresses, in which a number is no order, and products."""
    taken = Taken(len(text), ((one.start, one.end) for one in found if one.type != "order_number"))
    places = [one for one in addresses(text, language) if taken.is_free(one.start, one.end)]
    placed = Taken(len(text), ((one.start, one.end) for one in places))
    rest = [one for one in found if placed.is_free(one.start, one.end)]
    for one in rest:
        placed.take(one.start, one.end)
    goods = [one for one in products(text, language, names) if placed.is_free(one.start, one.end)]
    return sorted([*rest, *places, *goods], key=lambda one: one.start)


def emails(text: str) -> Iterator[Entity]:
    """Yield the mail addresses of a text."""
    for found in _EMAIL.finditer(text):
        yield Entity("email", *found.span(), found.group(), found.group().lower())


def phones(text: str, language: str) -> Iterator[Entity]:
    """Yield the phone numbers of a text, those without a country code at home where its language is."""
    if sum(map(str.isdigit, text)) < _FEWEST:
        return
    seen: set[int] = set()
    cues = cues_of(text, language)
    for country in _COUNTRIES.get(base(language), ("US",)):
        for found in phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.POSSIBLE):
            raw = found.raw_string
            # `HU-2026/55182` and `RF18-2231` end in no phone
            if found.start in seen or _TORN.search(text, max(0, found.start - 1), found.start):
                continue
            around = _labels_around(cues, text, found.start, found.end)
            if not _is_phone(raw, found.number, around, country):
                continue
            seen.add(found.start)
            value = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
            yield Entity("phone", found.start, found.end, raw, value)


def _labels_around(cues: Cues, text: str, start: int, end: int) -> list[str]:
    """Return what the words around a number say it is; a phone or an order may be named after it too."""
    before = cues.before(start, _NEAR)
    # `call about order 40021`: the nearest word says it
    if before and before[-1].label in _BOUGHT and _says_next(before[-1], text, start):
        return [before[-1].label]
    around = [hit.label for hit in before][-2:]
    if around and around[-1] in OTHERS - _CALLED - _NEIGHBOURS:
        return [_OTHER]
    if set(around) & (_ORDERED | _CALLED):
        return around
    after = [hit for hit in cues.after(end, _CLOSE) if hit.label in _CALLED | _ORDERED]
    return around + [
        hit.label for hit in after if hit.label in _CALLED or not APART.search(text, end, hit.start)
    ]


def _says_next(cue: Hit, text: str, start: int) -> bool:
    """Say whether a word of orders speaks of the number right after it, and no clause ends between."""
    gap = text[cue.end : start]
    if cue.label == "order_number":
        gap = gap.removeprefix(".")
    return not _PARTED.search(gap) and is_right_after(gap)


def _is_phone(raw: str, number: phonenumbers.PhoneNumber, around: Sequence[str], country: str) -> bool:
    """Tell a phone from an order or a parcel by what is written around it, its plus or zero, and its groups."""
    if raw.startswith("+") or _BRACKETS.match(raw):
        return True
    if _OF_A_YEAR.match(raw):
        return False
    if set(around) & _CALLED:
        return True
    if country == "CN" and _CHINESE.fullmatch(raw) and not set(around) & _ORDERED:
        return True
    if set(around) & _NOT_CALLED or not phonenumbers.is_valid_number(number):
        return False
    # `3315/9425` is a number of papers; with a slash phones have their zero
    if "/" in raw and not raw.startswith("0"):
        return False
    if country in _TRUNK and not raw.lstrip("(").startswith("0"):
        return False
    # an order number is digits alone; a phone has a leading zero or is written in groups
    return not raw.isdigit() or (raw.startswith("0") and len(raw) <= 11)
