"""What a message names: orders, parcels, money, dates, phones and addresses."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from dragoman.core.language.entities.addresses import addresses
from dragoman.core.language.entities.amounts import amounts
from dragoman.core.language.entities.dates import dates
from dragoman.core.language.entities.found import Cues, Entity, Taken
from dragoman.core.language.entities.numbers import apart, order_numbers, tracking_numbers
from dragoman.core.language.entities.products import products
from dragoman.core.language.lexicon import concepts_of
from dragoman.kit.tags import base
from dragoman.kit.text import LINK, fold

_MAIL = "A-Za-z0-9_\u00c0-\u024f"
_MOST = 20_000  # characters of one message that are looked through
_EMAIL = re.compile(
    rf"[{_MAIL}.+%-]{{1,64}}@[{_MAIL}-]{{1,63}}(?:\.[{_MAIL}-]{{1,63}}){{0,4}}\.[a-zA-Z]{{2,}}"
)
_BRACKETS = re.compile(r"\(\d{2,4}\) ?\d")
_FIGURE = re.compile(r"\d")
_FEWEST = 6  # digits of a phone number
_NEAR = 28  # characters
_CALLED = frozenset({"phone_number", "phone_call"})
_ORDERED = frozenset({"order", "order_number", "tracking", "tracking_number", "invoice", "customer_number"})
_LINK = re.compile(LINK)
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
    text = text[:_MOST]
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
    return _with_places(text, language, found, names)


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
    cues = Cues(concepts_of(fold(text), language))
    for country in _COUNTRIES.get(base(language), ("US",)):
        for found in phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.POSSIBLE):
            raw = found.raw_string
            before = [hit.label for hit in cues.before(found.start, _NEAR)][-2:]
            # `HU-2026/55182` ends in no phone
            if text[found.start - 1 : found.start] in ("-", "/", "_", "#") or found.start in seen:
                continue
            if not _is_phone(raw, found.number, before):
                continue
            seen.add(found.start)
            value = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
            yield Entity("phone", found.start, found.end, raw, value)


def _is_phone(raw: str, number: phonenumbers.PhoneNumber, before: Sequence[str]) -> bool:
    """Tell a phone from an order or a parcel by what is written before it, its plus or zero, and its groups."""
    if raw.startswith("+") or _BRACKETS.match(raw):
        return True
    if set(before) & _CALLED:
        return True
    if set(before) & _ORDERED or not phonenumbers.is_valid_number(number):
        return False
    # an order number is digits alone; a phone has a leading zero or is written in groups
    return not raw.isdigit() or (raw.startswith("0") and len(raw) <= 11)
