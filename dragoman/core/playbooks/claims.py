"""What a reply says of a right: "you have 10 days to send it back" claims ten days of withdrawal; pure.

The words are in `claims.toml`, by language; a sentence in another one claims nothing.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel

from dragoman.ground.markets.facts import Guarantee, RefundDeadline, Withdrawal
from dragoman.kit.tags import match

KINDS: Final = ("withdrawal", "refund_deadline", "guarantee")
LONGEST: Final = 20_000  # characters that are looked at
_FILE = Path(__file__).parent / "claims.toml"
_SENTENCE = re.compile(r"[^.!?…。！？;；\n]+")
# in days, or in months for a guarantee
_DAYS: Final = {"day": 1, "week": 7}
_MONTHS: Final = {"month": 1, "year": 12}


@dataclass(frozen=True)
class Claim:
    """A stretch of time that a text gives for a kind of right, in days, for a guarantee in months."""

    kind: str
    amount: int
    start: int
    end: int


@dataclass(frozen=True)
class _Words:
    times: Mapping[str, re.Pattern[str]]
    topics: Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _file() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@lru_cache(maxsize=64)
def _words(language: str) -> _Words | None:
    tag = match(language, _file()) if language else None
    if tag is None:
        return None
    said = _file()[tag]
    no_more = f"(?!{said['not_after']})" if "not_after" in said else ""
    return _Words(
        times={
            unit: re.compile(rf"(?<![\d.,])(\d{{1,3}})[\s\u00a0-]?(?>{said[unit]}){no_more}")
            for unit in (*_DAYS, *_MONTHS)
        },
        topics={kind: re.compile(said[kind]) for kind in KINDS},
    )


def claims_in(text: str, language: str) -> list[Claim]:
    """Return what a text claims, in its order; each stretch of time belongs to what is named nearest to it."""
    words = _words(language)
    if words is None:
        return []
    text = _small(text[:LONGEST])
    return [claim for found in _SENTENCE.finditer(text) for claim in _claims(found, words)]


def _small(text: str) -> str:
    """Return small letters, each in its place: a letter that becomes two stays as it is."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _claims(sentence: re.Match[str], words: _Words) -> list[Claim]:
    named = [
        (found.start(), found.end(), kind)
        for kind, topic in words.topics.items()
        for found in topic.finditer(sentence.group())
    ]
    if not named:
        return []
    made = []
    for unit, pattern in words.times.items():
        for found in pattern.finditer(sentence.group()):
            _far, kind = min((_between(found.span(), (start, end)), kind) for start, end, kind in named)
            times = _MONTHS if kind == "guarantee" else _DAYS
            if unit in times:
                begin = sentence.start() + found.start()
                made.append(Claim(kind, int(found[1]) * times[unit], begin, begin + len(found.group())))
    return sorted(made, key=lambda one: one.start)


def _between(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)


def contradicts(claim: Claim, value: BaseModel) -> bool:
    """Say whether a claim is another than what holds: a refund may come sooner, a guarantee last longer."""
    if isinstance(value, Withdrawal):
        counted = value.right in ("statutory", "unless_policy_shown") and value.days is not None
        return counted and value.day_type == "calendar" and claim.amount != value.days
    if isinstance(value, RefundDeadline):
        return value.day_type == "calendar" and claim.amount > value.days
    if isinstance(value, Guarantee):
        return value.months is not None and claim.amount < value.months
    return False
