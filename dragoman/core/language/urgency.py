"""How soon a message wants an answer, and whether its writer has been waiting: words of a list per language.

The lists are `urgency/*.toml`, written by people. Words that cannot wait (a fire, a stolen card, a deadline of the
law, "urgent") count alone; a wedding or a flight only with a day beside it, medicine only where it has not come, and
"before it ships" only of an order that is to be stopped or sent elsewhere. `none` are wordings that say nothing.
"""

import importlib.resources
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from dragoman.core.language.terms import Terms
from dragoman.kit.tags import match
from dragoman.kit.text import fold

Level = Literal["low", "normal", "high", "urgent"]

_FOLDER = importlib.resources.files("dragoman.core.language") / "urgency"
_MOST = 1_200  # characters
# what says by itself that somebody waits; the first that a message has is its reason
_ALONE: Final = ("fraud", "legal", "now")
_WITH_A_DAY: Final = ("occasion", "travel")
# an order that did not come, or not as it should, while it can still be put right
_TROUBLE: Final = frozenset({
    "order_status", "delivery_delay", "cancel_order", "change_address", "damaged_item", "wrong_item", "missing_item",
})  # fmt: skip
_STOPPED: Final = frozenset({"cancel_order", "change_address"})
# what has no hurry in it, whatever its words
_NO_HURRY: Final = frozenset({"thanks", "other", "outside"})
# who cannot type because of an accident was not hurt by the shop's goods
_OTHER_ACCIDENTS: Final = frozenset({"speak_to_human", "change_address", "exchange", "cancel_order"})
# elsewhere "fraud" is what angry people call a shop
_ACCOUNTS: Final = frozenset({"", "account_access", "payment_problem", "cancel_order", "customs_charges"})
REASONS: Final = ("safety", "health", *_ALONE, "before", *_WITH_A_DAY, "again", "calm")
_SHOUTED = re.compile(r"\b[^\W\d_]{2,}\b")
_FEWEST_SHOUTED = 3  # words
_MARKS = re.compile(r"[!！][!！]|[?？][!！]|[!！][?？]|[?？]{3}")


@dataclass(frozen=True)
class Urgency:
    """How soon, and why: one of REASONS, "" where nothing speaks for it."""

    level: Level = "normal"
    reason: str = ""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the tags there are lists for."""
    return tuple(sorted(file.name[:-5] for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@lru_cache(maxsize=64)
def _lists(language: str) -> Terms:
    tag = match(language, languages())
    return Terms(tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8")) if tag else {})


@lru_cache(maxsize=16)
def _kinds(text: str, language: str) -> frozenset[str]:
    return frozenset(hit.label for hit in _lists(language).find(fold(text[:_MOST])))


def urgency_of(text: str, language: str, *, intent: str = "", sentiment: str = "") -> Urgency:
    """Return how soon a message wants an answer; its purpose and mood, where they are known, tell words apart."""
    kinds = set(_kinds(text, language))
    if intent in _OTHER_ACCIDENTS:
        kinds.discard("safety")
    if intent not in _ACCOUNTS:
        kinds.discard("fraud")
    if intent in _NO_HURRY:
        return Urgency()
    if "safety" in kinds:
        return Urgency("urgent", "safety")
    if "health" in kinds and intent in _TROUBLE:
        return Urgency("urgent" if kinds & {"now", "when"} else "high", "health")
    dated = next((kind for kind in _WITH_A_DAY if kind in kinds and "when" in kinds), "")
    # who thanks for something quick is in no hurry, unless a day is named too
    waits = sentiment != "positive" or "when" in kinds
    alone = next((kind for kind in _ALONE if kind in kinds), "") if waits else ""
    if alone or dated:
        return Urgency("high", dated if alone == "now" and dated else alone or dated)
    if "before" in kinds and intent in _STOPPED:
        return Urgency("high", "before")
    if "again" in kinds and sentiment != "positive":
        return Urgency("high", "again")
    return Urgency("low", "calm") if "calm" in kinds else Urgency()


def has_written_before(text: str, language: str) -> bool:
    """Say whether its writer tells that they had to write again, or that nobody answers."""
    return "again" in _kinds(text, language)


def is_loud(text: str) -> bool:
    """Say whether a message shouts: several marks in a row, or several words in capitals."""
    text = text[:_MOST]
    if _MARKS.search(text):
        return True
    words: list[str] = _SHOUTED.findall(text)
    shouted = sum(word.isupper() and word.lower() != word for word in words)
    return shouted >= _FEWEST_SHOUTED and shouted * 2 >= len(words)
