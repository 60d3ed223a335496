"""Whose parcel a number is: by its shape and its check digit, and honestly several where several use the same shape.

What carriers there are, what their numbers look like and where they are tracked stands in `data/*.toml`.
"""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote

import pycountry
from django.utils.translation import get_language

from .digits import RULES

LONGEST: Final = 60
# what the first letter of an S10 item says it is (UPU S10-12); letters left out are reserved or each country's own
_SERVICES: Final[Mapping[str, str]] = {
    "C": "parcel", "E": "ems", "H": "ecommerce", "L": "letter_tracked", "M": "m_bag", "Q": "business_reply",
    "R": "registered", "U": "letter", "V": "insured",
}  # fmt: skip
# issuers of S10 items that are no countries
_ISSUERS: Final = {"YP": "CN"}
_LETTERS: Final = re.compile(r"[A-Z]")
_NOT_MEANT: Final = frozenset({"Zs", "Zl", "Zp", "Pd", "Cf", "Cc", "Mn"})


@dataclass(frozen=True)
class Carrier:
    """A carrier: `code` is our word for it, `names` what people call it, `url` where `{number}` is tracked."""

    code: str
    name: str
    country: str = ""
    url: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """How one kind of a carrier's numbers is written.

    `check` names a rule of digits.py; empty: it has no check digit, or none that is published. `shared`: other things,
    or parcels of many others, are written alike. `source` is where the rule is told.
    """

    carrier: str
    name: str
    pattern: re.Pattern[str]
    check: str
    shared: bool
    source: str

    def fits(self, number: str) -> bool:
        """Say whether a number has this shape, and the right check digit where there is one."""
        return bool(self.pattern.fullmatch(number)) and (not self.check or RULES[self.check](number))


@dataclass(frozen=True)
class Candidate:
    """Whose number it may be. `checked`: a check digit says so; `sure`: nothing but a parcel is written
    like this.

    `number` is as the carrier takes it; `country` issued it, where that is told; `service` is S10's kind of item.
    """

    carrier: Carrier
    format: str
    number: str
    checked: bool
    sure: bool
    country: str = ""
    service: str = ""

    @property
    def url(self) -> str:
        """Return where it is tracked, in the reader's language where the carrier knows it."""
        return tracking_url(self.carrier.code, self.number)


def plain_number(number: str) -> str:
    """Return a number in capitals and ASCII figures, without blanks, dashes, dots and invisible marks."""
    kept = []
    for one in unicodedata.normalize("NFKC", number[: LONGEST * 3]).upper():
        if unicodedata.category(one) in _NOT_MEANT or one == ".":
            continue
        figure = unicodedata.decimal(one, None)
        kept.append(one if figure is None else str(figure))
    return "".join(kept)


def recognise(number: str, *, country: str = "", carrier: str = "") -> list[Candidate]:
    """Return whose number it may be, the likeliest first: sure, checked, of a country or carrier that is named.

    A wrong check digit is no candidate for a format that has one. Empty where nothing is written like this.
    """
    text = plain_number(number)
    if not text.isascii() or not 7 <= len(text) <= LONGEST:
        return []
    found = [
        Candidate(carriers()[one.carrier], one.name, text, bool(one.check), not one.shared)
        for one in _formats()
        if one.fits(text)
    ]
    item = _s10(text)
    found = [item, *found] if item else found
    best: dict[str, Candidate] = {}
    for one in sorted(found, key=lambda one: _rank(one, country, carrier)):
        best.setdefault(one.carrier.code, one)
    return list(best.values())


def _rank(one: Candidate, country: str, carrier: str) -> tuple[bool, ...]:
    near = bool(country) and country in (one.carrier.country, one.country)
    return (one.carrier.code != carrier, not one.sure, not one.checked, not near)


def sure_carrier(number: str) -> Candidate | None:
    """Return whose number it most likely is where nothing but a parcel is written like it, else None."""
    return next((one for one in recognise(number) if one.sure), None)


_ITEM: Final = re.compile(r"([A-Z])[A-Z]\d{9}([A-Z]{2})")


def _s10(text: str) -> Candidate | None:
    """Return an item of the world's posts (UPU S10), by the post of the country that issued it."""
    item = _ITEM.fullmatch(text)
    if item is None or not RULES["s10"](text):
        return None
    country = _ISSUERS.get(item[2], item[2])
    if pycountry.countries.get(alpha_2=country) is None:
        return None
    post = _prefixed(text) or _posts().get(item[2]) or _posts().get(country) or carriers()["upu"]
    return Candidate(
        post, "UPU S10", text, checked=True, sure=True, country=country, service=_SERVICES.get(item[1], "")
    )


def _prefixed(text: str) -> Carrier | None:
    """Return the carrier that has letters of its own among the items of its country's post."""
    for code, pattern in _own_letters():
        if pattern.fullmatch(text):
            return carriers()[code]
    return None


def tracking_url(carrier: str, number: str) -> str:
    """Return the address where a carrier tells of a number; empty where it has none that takes numbers."""
    known = carriers().get(carrier)
    if known is None or not known.url:
        return ""
    language = (get_language() or "en").partition("-")[0]
    return known.url.replace("{number}", quote(plain_number(number), safe="")).replace("{language}", language)


def carrier_named(name: str) -> Carrier | None:
    """Return the carrier that somebody names (`dhl`, `DHL Express`, `ไปรษณีย์ไทย`), None where we know none so called."""
    return _by_name().get(_squeezed(name))


def names_of_carriers() -> list[str]:
    """Return every name that carriers are called by in messages, the longest first."""
    return sorted(
        {name for one in carriers().values() for name in one.names}, key=lambda one: (-len(one), one)
    )


def _squeezed(name: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one.isalnum())


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Any]]:
    """Read what is known of carriers: {code: name, country, url, names, formats, s10}."""
    folder = importlib.resources.files(__package__) / "data"
    told: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            told |= tomllib.loads(file.read_text("utf-8"))
    return told


@lru_cache(maxsize=1)
def carriers() -> Mapping[str, Carrier]:
    """Return all carriers by code."""
    return {
        code: Carrier(
            code,
            told["name"],
            told.get("country", ""),
            told.get("url", ""),
            tuple(told.get("names", [told["name"]])),
        )
        for code, told in _data().items()
    }


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Carrier]:
    found: dict[str, Carrier] = {}
    for one in carriers().values():
        for name in (one.code, one.name, *one.names):
            found.setdefault(_squeezed(name), one)
    return found


@lru_cache(maxsize=1)
def _formats() -> Sequence[Format]:
    return [
        Format(
            code,
            one["name"],
            re.compile(one["pattern"]),
            one["check"],
            one.get("shared", False),
            one["source"],
        )
        for code, told in _data().items()
        for one in told.get("formats", ())
    ]


def all_formats() -> Sequence[Format]:
    """Return every format there is, S10 left out: it is one for all posts."""
    return _formats()


@lru_cache(maxsize=1)
def _posts() -> Mapping[str, Carrier]:
    """Return the post that a country's letters at the end of an S10 item stand for."""
    return {issuer: carriers()[code] for code, told in _data().items() for issuer in told.get("s10", ())}


@lru_cache(maxsize=1)
def _own_letters() -> Sequence[tuple[str, re.Pattern[str]]]:
    return [(code, re.compile(told["s10_own"])) for code, told in _data().items() if "s10_own" in told]
