"""Whether the words of a sentence stand in others: by stem or form, by four letters in a row, or, in a script without
spaces, by two or three signs in a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from dragoman.core.language.word_forms import is_form
from dragoman.kit.stems import stems_of_lowered
from dragoman.kit.tags import base
from dragoman.kit.tokens import Piece, pieces_of

from .seen import gram_tokens
from .weighty import glue_of, plain, weights

_GRAM_SHARE: Final = 0.6
_HEAD: Final = 3  # letters that a word and its form begin with: `möglich` is no form of `unmöglich`
_SHORT: Final = 2  # letters of the shortest word that says something
_SIGNS: Final = {"th": 3}
_SIGNS_ELSE: Final = 2
_STRETCH: Final = {"th": 2}  # signs in a row that may be new: an ending
_STRETCH_ELSE: Final = 1
_NEW_SIGNS: Final = 0.15
# one of them is a word
_IDEOGRAM: Final = re.compile("[\u30a0-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Text:
    """Sentences of one language, taken apart for comparing."""

    words: str
    language: str

    @property
    def flat(self) -> str:
        """Return the text as its words are compared."""
        return plain(self.words)

    @cached_property
    def pieces(self) -> list[Piece]:
        """Return its words and runs without the weighty ones, which are compared by what they do."""
        bare = list(self.flat)
        for one in weights(self.words, self.language):
            bare[one.start : one.end] = " " * (one.end - one.start)
        return [one for one in pieces_of("".join(bare)) if not one.text.isdigit()]

    @cached_property
    def content(self) -> list[Piece]:
        """Return the words that say something of the matter."""
        glue = glue_of(self.language)
        return [
            one for one in self.pieces if not one.is_run and len(one.text) >= _SHORT and one.text not in glue
        ]

    @cached_property
    def runs(self) -> list[str]:
        """Return the runs of a script without spaces."""
        return [one.text for one in self.pieces if one.is_run]

    @cached_property
    def whole(self) -> list[Piece]:
        """Return all words and runs, the weighty ones too."""
        return pieces_of(plain(self.words))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Return the stems of all its words."""
        return frozenset(stem for one in self.whole for stem in stems_of_lowered(one.plain, self.language))


def uncovered(said: Text, source: Text) -> list[str]:
    """Return the words of one text that stand in no form in another."""
    return [one.text for one in said.content if not _stands(one, source)]


def _stands(word: Piece, source: Text) -> bool:
    known = {one.text for one in source.whole if not one.is_run}
    if word.text in known or stems_of_lowered(word.plain, source.language) & source.stems:
        return True
    if any(one.isdigit() for one in word.text):
        return False
    near = [one for one in source.whole if not one.is_run and one.text[:_HEAD] == word.text[:_HEAD]]
    return any(is_form(word.plain, one.plain, base(source.language)) or _is_alike(word, one) for one in near)


def _is_alike(word: Piece, other: Piece) -> bool:
    mine, theirs = set(gram_tokens(word)), set(gram_tokens(other))
    return len(mine & theirs) >= _GRAM_SHARE * max(len(mine), len(theirs))


def new_runs(said: Text, source: Text) -> bool:
    """Say whether a text in a script without spaces has more that is new than an ending here and there."""
    tag = base(said.language)
    size, stretch = _SIGNS.get(tag, _SIGNS_ELSE), _STRETCH.get(tag, _STRETCH_ELSE)
    known = {
        run[at : at + size]
        for run in (one.text for one in source.whole if one.is_run)
        for at in range(max(1, len(run) - size + 1))
    }
    fresh = total = 0
    for run in said.runs:
        new = _new_signs(run, known, size, glue_of(said.language))
        fresh, total = fresh + sum(new), total + len(new)
        marked = "".join("1" if one else "0" for one in new)
        if any(
            _IDEOGRAM.match(one) and one not in source.flat
            for one, is_new in zip(run, new, strict=True)
            if is_new
        ):
            return True
        if any(len(one) > stretch for one in re.findall("1+", marked)):
            return True
    return fresh > _NEW_SIGNS * total


def _new_signs(run: str, known: set[str], size: int, glue: frozenset[str]) -> list[bool]:
    new = [True] * len(run)
    pieces: Sequence[str] = [run[at : at + size] for at in range(max(1, len(run) - size + 1))]
    for at, one in enumerate(pieces):
        if one in known:
            new[at : at + len(one)] = [False] * len(one)
    for word in glue:
        at = run.find(word)
        while at >= 0:
            new[at : at + len(word)] = [False] * len(word)
            at = run.find(word, at + 1)
    return new


def says_more(said: Text, source: Text) -> bool:
    """Say whether a text says anything of the matter that another does not."""
    return bool(uncovered(said, source)) or new_runs(said, source)
