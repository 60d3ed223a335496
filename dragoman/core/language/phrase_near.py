"""The phrases nearest to a sentence that is none: offered in its place."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from dragoman.core.language.lexicon import concepts_of
from dragoman.core.language.phrase_match import SPACELESS
from dragoman.core.language.phrasebook import (
    NOTHING_OWN,
    SLOT,
    Own,
    _read,
    agent_keys,
    reading,
    tag_for,
    wordings_of,
)
from dragoman.kit.text import fold

_LEAST = 38.0  # of 100: farther is no help
_FIGURES = re.compile(r"\S*\d\S*")
# how much the words count beside the things of a shop that both name
_WORDS, _THINGS = 0.6, 0.4


def nearest(sentence: str, language: str, *, own: Own = NOTHING_OWN, most: int = 3) -> list[str]:
    """Return the keys of the phrases most like a sentence, best first: by words and by what both speak of."""
    folded = fold(_FIGURES.sub(" ", sentence))
    there = frozenset(hit.label for hit in concepts_of(folded, language))
    scored = [
        (max(_likeness(folded, there, one, language) for one in wordings), key)
        for key, _theme in agent_keys(own)
        if (wordings := _wordings(key, language) or _own_wordings(key, language, own))
    ]
    best = sorted((entry for entry in scored if entry[0] >= _LEAST), key=lambda entry: -entry[0])
    return [key for _score, key in best[:most]]


def _likeness(
    folded: str, there: frozenset[str], wording: tuple[str, frozenset[str]], language: str
) -> float:
    text, things = wording
    like = fuzz.partial_ratio if language.startswith(SPACELESS) else fuzz.token_sort_ratio
    both = there | things
    shared = 100 * len(there & things) / len(both) if both else 0.0
    return _WORDS * like(folded, text) + _THINGS * shared


@lru_cache(maxsize=32)
def _book(tag: str) -> dict[str, list[tuple[str, frozenset[str]]]]:
    return {key: [_measured(text, tag) for text in wordings_of(entry)] for key, entry in _read(tag).items()}


def _measured(text: str, language: str) -> tuple[str, frozenset[str]]:
    folded = fold(SLOT.sub(" ", text))
    return folded, frozenset(hit.label for hit in concepts_of(folded, language))


def _wordings(key: str, language: str) -> list[tuple[str, frozenset[str]]]:
    tag = tag_for(language)
    return _book(tag).get(key, []) if tag else []


def _own_wordings(key: str, language: str, own: Own) -> list[tuple[str, frozenset[str]]]:
    tag, text = reading(key, [language], own=own)
    return [_measured(text, tag)] if text else []
