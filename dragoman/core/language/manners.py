"""Forms of address: which a language offers, what it calls them, and which one a customer is answered in."""

import importlib.resources
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from dragoman.core.language.phrasebook import coverage
from dragoman.kit.tags import match
from dragoman.kit.text import fold
from dragoman.kit.variants import chosen

_FILE = importlib.resources.files("dragoman.core.language") / "manners.toml"
POLITE: Final = "polite"
# what may be chosen; polite is what is said where nothing else is
FORMS: Final = (POLITE, "casual", "honorific")
GENDERS: Final = ("woman", "man")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


class Speaking(Protocol):
    """A brand, as far as it is about manners."""

    @property
    def registers(self) -> Mapping[str, str]:
        """Return {language, or language@MARKET: form of address}."""


class Writing(Protocol):
    """Whoever writes; their grammatical gender, "" for neutral words."""

    @property
    def gender(self) -> str:
        """Return `woman`, `man` or "" for neutral words."""


class Addressed(Protocol):
    """Somebody who is written to; "" where a thing is not known."""

    @property
    def register(self) -> str:
        """Return the form of address they want, one of FORMS."""

    @property
    def gender(self) -> str:
        """Return `woman`, `man` or "" for neutral words."""


@dataclass(frozen=True)
class Manner:
    """How somebody is spoken to: the form of address, and the grammatical gender of writer and reader.

    `form` is "" for the polite default; `by` and `to` are `woman`, `man` or "" for neutral words.
    """

    form: str = ""
    by: str = ""
    to: str = ""

    @property
    def register(self) -> str:
        """Return the registers of the phrasebook, best first, parted by blanks."""
        named = [self.form, self.to and f"to_{self.to}", self.by and f"by_{self.by}"]
        return " ".join(name for name in named if name)


def manner_of(
    brand: Speaking, customer: Addressed | None, agent: Writing | None, language: str, *, market: str = ""
) -> Manner:
    """Return how a brand speaks to a customer in a language: the customer's own wish, else the brand's choice for the
    language in the market, else for the language, else politely; a form that the language has not is none.

    In which form the agent writes their own language has no say. Without an agent (a program, the desk itself) the
    writer's gender stays neutral.
    """
    wish = customer.register if customer else ""
    if not wish:
        key = chosen(brand.registers, language=language, market=market)
        wish = brand.registers[key] if key else ""
    form = wish if wish in forms_of(language) and wish != POLITE else ""
    by = agent.gender if agent else ""
    to = customer.gender if customer else ""
    return Manner(form, by if by in GENDERS else "", to if to in GENDERS else "")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, Mapping[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=64)
def forms_of(language: str) -> Mapping[str, str]:
    """Return {form: what the language calls it}, the polite one first; empty where there is nothing to choose."""
    tag = match(language, _names())
    return {form: _names()[tag][form] for form in FORMS if form in _names()[tag]} if tag else {}


@lru_cache(maxsize=64)
def genders_in(language: str) -> tuple[str, ...]:
    """Return whose grammatical gender changes phrases in a language: `by` (who writes), `to` (who reads)."""
    known = coverage(language).registers
    return tuple(whose for whose in ("by", "to") if any(f"{whose}_{one}" in known for one in GENDERS))


@lru_cache(maxsize=64)
def _familiar(language: str) -> frozenset[str]:
    tag = match(language, _names())
    words = _names()[tag].get("familiar", "") if tag else ""
    return frozenset(fold(word) for word in words.split())


def familiar_words(texts: Sequence[str], language: str) -> list[str]:
    """Return the words by which a writer shows to be on familiar terms, as written; a hint, never more."""
    wanted = _familiar(language)
    if not wanted:
        return []
    if match(language, ("zh", "ja")):
        found = [mark for text in texts for mark in wanted if mark in text and "您" not in text]
        return list(dict.fromkeys(found))
    words = [word for text in texts for word in _WORD.findall(text)]
    return list(dict.fromkeys(word.lower() for word in words if fold(word) in wanted))


def suggested_form(texts: Sequence[str], language: str, *, now: str) -> str:
    """Return the form that a customer's own words suggest and that is not the one in use, else ""."""
    if now == "casual" or "casual" not in forms_of(language):
        return ""
    return "casual" if familiar_words(texts, language) else ""
