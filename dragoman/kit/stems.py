"""Stems of words, marked with their language (`fi~paket`), by Snowball's algorithms."""

import re
import threading
from functools import lru_cache

import Stemmer

from dragoman.kit.text import fold, lowered

_LONGEST = 100  # characters of a word

# Base language -> Snowball algorithm, by the script a word must be in to be worth stemming.
_LATIN = {
    "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch",
    "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_OTHERS = {"ar": "arabic", "fa": "persian", "el": "greek", "hi": "hindi", "ru": "russian", "hy": "armenian"}
STEMMED = _LATIN | _OTHERS
_SCRIPTS = {
    "ar": ("\u0600", "\u06ff"), "fa": ("\u0600", "\u06ff"), "el": ("\u0370", "\u03ff"),
    "hi": ("\u0900", "\u097f"), "ru": ("\u0400", "\u04ff"), "hy": ("\u0530", "\u058f"),
}  # fmt: skip
# Consonants change inside these words (tilaus, tilauksen), so that the stem alone finds half of them.
LOOSE = ("fi", "et")
# Their strong and weak grades become one letter: kenkä, kengät; lamppu, lamput; ranta, rannat.
_GRADES = re.compile("kk|pp|tt|n[gknt]|m[mp]|l[lt]|r[rt]|h[dt]")


class _Stemmers(threading.local):
    """Snowball objects are not safe to share between threads, so each thread makes its own."""

    def __init__(self) -> None:
        self._by_name: dict[str, Stemmer.Stemmer] = {}

    def stem(self, word: str, algorithm: str) -> str:
        if algorithm not in self._by_name:
            self._by_name[algorithm] = Stemmer.Stemmer(algorithm)
        stem: str = self._by_name[algorithm].stemWord(word)
        return stem


_stemmers = _Stemmers()


@lru_cache(maxsize=20_000)
def stems_of_lowered(word: str, language: str) -> frozenset[str]:
    """Return the marked stems of a lowered word in one language, from its accented and its bare form."""
    base = language.lower().partition("-")[0]
    algorithm = STEMMED.get(base)
    if not algorithm or len(word) < 3 or len(word) > _LONGEST or any(c.isdigit() for c in word):
        return frozenset()
    low, high = _SCRIPTS.get(base, ("\u0000", "\u024f"))
    if not low <= word[0] <= high:
        return frozenset()
    stems = {fold(_stemmers.stem(form, algorithm)) for form in {word, fold(word)}}
    if base in LOOSE:
        stems = {_GRADES.sub(lambda pair: pair.group()[0], stem) for stem in stems}
    marker = "no" if base == "nb" else base
    return frozenset(f"{marker}~{stem}" for stem in stems if len(stem) >= 3)


def stems_of(word: str, language: str) -> frozenset[str]:
    """Return the marked stems of a word in one language (BCP 47), for comparing with another's."""
    return stems_of_lowered(lowered(word), language)
