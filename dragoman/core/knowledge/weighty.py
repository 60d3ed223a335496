"""Words that carry the weight of a sentence: what denies, limits, dates or promises; and words that carry none.

`data/weighty.toml` holds them for each language. `word*` is a beginning, `*word` an end, several words with `_` between
them a phrase; in a script without spaces an entry is found wherever it stands. `plain` are words that look like one of
the others and are none.
"""

import importlib.resources
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from dragoman.kit.tags import base, match
from dragoman.kit.text import fold
from dragoman.kit.tokens import MARKS

_GLUE, _PLAIN = "glue", "plain"
_SPACELESS: Final = frozenset({"th", "ja", "zh", "ko"})
# Arabic and Hebrew write small words onto the next
_BEFORE: Final = {"ar": "[وفبلك]?", "he": "[והשבלכמ]?"}
_LETTER = rf"[\w{MARKS}]"


@dataclass(frozen=True)
class Weight:
    """A weighty word of a folded text: what it does, and where it stands."""

    label: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    place = importlib.resources.files("dragoman.core.knowledge") / "data" / "weighty.toml"
    return tomllib.loads(place.read_text("utf-8"))


def knows(language: str) -> bool:
    """Say whether the weighty words of a language (BCP 47) are known."""
    return match(language, _data()) is not None


def plain(text: str) -> str:
    """Return a text as its words are compared: folded, with apostrophes of one kind."""
    return re.sub("[\u2018\u2019\u02bc\uff07`\u00b4]", "'", fold(text))


def is_written_without_spaces(language: str) -> bool:
    """Say whether words are not parted by blanks."""
    return base(language) in _SPACELESS


@lru_cache(maxsize=64)
def _table(tag: str) -> tuple[re.Pattern[str], Sequence[str]]:
    """Return one pattern of all entries, the longest first, and the label of each of its groups."""
    entries = [
        (plain(entry), label)
        for label, words in _data()[tag].items()
        if label != _GLUE
        for entry in words.split()
    ]
    entries.sort(key=lambda one: (-len(one[0].replace("*", "")), one[1] == _PLAIN))
    runs = base(tag) in _SPACELESS
    patterns = [_pattern(entry, tag, runs=runs) for entry, _label in entries]
    return re.compile("|".join(f"({one})" for one in patterns)), [label for _entry, label in entries]


def _pattern(entry: str, tag: str, *, runs: bool) -> str:
    words = r"\s+".join(map(re.escape, entry.strip("*").split("_")))
    if runs:
        return words
    before = rf"{_LETTER}*" if entry.startswith("*") else _BEFORE.get(base(tag), "")
    after = rf"{_LETTER}*" if entry.endswith("*") else ""
    return rf"(?<!{_LETTER}){before}{words}{after}(?!{_LETTER})"


def weights(text: str, language: str) -> list[Weight]:
    """Return the weighty words of a text in order; the places are those of `plain(text)`."""
    tag = match(language, _data())
    if tag is None:
        return []
    pattern, labels = _table(tag)
    found = [
        Weight(labels[(one.lastindex or 1) - 1], one.start(), one.end())
        for one in pattern.finditer(plain(text))
    ]
    return [one for one in found if one.label != _PLAIN]


@lru_cache(maxsize=64)
def _glue(tag: str) -> frozenset[str]:
    return frozenset(plain(one).replace("_", " ") for one in _data()[tag].get(_GLUE, "").split())


def glue_of(language: str) -> frozenset[str]:
    """Return the words, folded, that a sentence may have more than its source: they say nothing of the matter."""
    tag = match(language, _data())
    return _glue(tag) if tag else frozenset()
