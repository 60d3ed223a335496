"""What the lines of a shelf mean, row by row, and what is worked out of it; what a shelf before had is taken over."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language import meaning

from . import learned

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


def _none(width: int = 0) -> Floats:
    return np.zeros((0, width), np.float32)


@dataclass
class Meant:
    """Meanings (rows of length one), each with the place of its line; `matched` is as questions are compared with it.

    `topics` and `purposes` (roots of chances) have passages alone.
    """

    lines: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    rows: Floats = field(default_factory=lambda: _none(meaning.WIDTH))
    matched: Floats = field(default_factory=_none)
    topics: Floats = field(default_factory=_none)
    purposes: Floats = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.lines)

    def of(self, line: int) -> Floats:
        """Return the meanings of one line."""
        return np.asarray(self.rows[self.lines == line], np.float32)

    def moved(self, places: Numbers) -> "Meant":
        """Return what stays when each line moves to a new place; -1: it is gone."""
        now = places[self.lines]
        stays = now >= 0
        if not len(self) or not stays.any():
            return Meant()
        return Meant(
            now[stays], self.rows[stays], self.matched[stays], self.topics[stays], self.purposes[stays]
        )

    def and_more(self, more: "Meant") -> "Meant":
        """Return both together."""
        if not len(self) or not len(more):
            return more if not len(self) else self
        return Meant(
            np.concatenate([self.lines, more.lines]),
            np.concatenate([self.rows, more.rows]),
            np.concatenate([self.matched, more.matched]),
            np.concatenate([self.topics, more.topics]),
            np.concatenate([self.purposes, more.purposes]),
        )


@dataclass
class Meanings:
    """What a shelf's passages mean, their sentences (after the title's), and its stored questions."""

    parts: Meant = field(default_factory=Meant)
    sayings: Meant = field(default_factory=Meant)
    asked: Meant = field(default_factory=Meant)

    def moved(self, places: Numbers) -> "Meanings":
        """Return what stays when each line moves to a new place; -1: it is gone."""
        return Meanings(self.parts.moved(places), self.sayings.moved(places), self.asked.moved(places))

    def and_more(self, more: "Meanings") -> "Meanings":
        """Return both together."""
        return Meanings(
            self.parts.and_more(more.parts),
            self.sayings.and_more(more.sayings),
            self.asked.and_more(more.asked),
        )


def meanings_of(kept: Sequence[tuple[int, bool, bytes]]) -> Meanings:
    """Work out what lines mean, each (its place, whether it is a stored question, its meanings as they are kept)."""
    there = [one for one in kept if one[2]]
    if not there:
        return Meanings()
    rows = vectors_of(b"".join(vectors for _place, _is_question, vectors in there))
    sizes = [len(vectors) // meaning.WIDTH for _place, _is_question, vectors in there]
    first = np.cumsum([0, *sizes[:-1]])
    places = np.array([place for place, _is_question, _vectors in there], np.int64)
    asks = np.array([is_question for _place, is_question, _vectors in there])
    # the first row of a passage is all of it, the others are its sentences
    within = np.repeat(asks, sizes)
    within[first] = True
    made = Meanings(
        _part(places[~asks], rows[first[~asks]]),
        Meant(np.repeat(places, sizes)[~within], said := rows[~within], learned.as_said(said)),
        Meant(places[asks], asked := rows[first[asks]], learned.as_asked(asked)),
    )
    for one in (made.sayings, made.asked):
        one.topics = one.purposes = np.zeros((len(one), 0), np.float32)
    return made


def _part(places: Numbers, rows: Floats) -> Meant:
    topics = learned.topics_of(rows)
    return Meant(places, rows, learned.as_said(rows), topics, learned.purposes_of(topics))


def vectors_of(kept: bytes) -> Floats:
    """Return meanings as they were before they were kept in a byte a number."""
    rows = np.frombuffer(kept, np.int8).reshape(-1, meaning.WIDTH).astype(np.float32)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def packed_vectors(rows: Floats) -> bytes:
    """Return meanings in a byte a number."""
    most = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)
    return bytes(np.rint(rows / most * 127).astype(np.int8).tobytes())
