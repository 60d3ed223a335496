"""What a workspace's own lessons add to a model: a small correction of its scores, used only where proved to help.

The model's scores stand; the layer learns what is to be added to them, a weight per column and label, drawn strongly to
nought (logistic regression with an offset). Its columns are words and concepts, character n-grams, and what the model
thinks: a shop that calls every exchange a return teaches that with few lessons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language import features

Floats = NDArray[np.float32]

FEWEST = 24  # lessons below which nothing is tried
_HALF = 2048
COLUMNS = 2 * _HALF
_OPINION = 2.0  # how much what the model thinks counts beside the text
_FOLDS = 5
_ROUNDS = 150
_STIFFNESS = 0.4  # of the regularisation: the larger, the closer to the model
_BETTER = 2  # messages of the held-out ones that must be told rightly beyond those of the model


class Taught(NamedTuple):
    """A message with what the model thinks of it (probability of each label) and what it really is."""

    columns: Floats
    chances: Mapping[str, float]
    meant: str


@dataclass(frozen=True)
class Layer:
    """The weights of columns (of the text, then of what the model thinks) by labels, added to the model's scores."""

    labels: tuple[str, ...]
    weights: Floats

    def corrected(self, chances: Mapping[str, float], columns: Floats) -> dict[str, float]:
        """Return the probabilities with what was learned."""
        scores = _logs([chances], self.labels)[0] + _row(columns, chances, self.labels) @ self.weights
        power = np.exp(scores - scores.max())
        return dict(zip(self.labels, map(float, power / power.sum()), strict=True))


@dataclass(frozen=True)
class Proof:
    """How many of `messages` held out were told rightly by the model alone, and with the layer."""

    messages: int
    before: int
    after: int

    @property
    def helps(self) -> bool:
        """Say whether the layer is to be used."""
        return self.after >= self.before + _BETTER


def columns_of(text: str, language: str) -> Floats:
    """Return the columns of a text, each half brought to length one."""
    found = np.zeros(COLUMNS, np.float32)
    for start, seen in ((0, features.ideas(text, language)), (_HALF, features.grams(text))):
        if len(seen):
            half = np.bincount(seen % _HALF, minlength=_HALF).astype(np.float32)
            found[start : start + _HALF] = half / np.linalg.norm(half)
    return found


def learned(lessons: Sequence[Taught], labels: Sequence[str]) -> Layer:
    """Fit a layer to lessons, in the same order always the same."""
    table = np.stack([_row(one.columns, one.chances, labels) for one in lessons])
    offset = _logs([one.chances for one in lessons], labels)
    place = {label: at for at, label in enumerate(labels)}
    meant = np.zeros(offset.shape, np.float32)
    meant[np.arange(len(lessons)), [place[one.meant] for one in lessons]] = 1
    # a few hundred lessons and thousands of columns: the weights are sums of lessons, and those are what is sought
    alike = table @ table.T
    shares = np.zeros(offset.shape, np.float32)
    # no step is longer than the steepest curve allows
    step = np.float32(1 / (_STIFFNESS + 0.5 * np.linalg.eigvalsh(alike)[-1]))
    for _round in range(_ROUNDS):
        scores = offset + alike @ shares
        power = np.exp(scores - scores.max(axis=1, keepdims=True))
        wrong = power / power.sum(axis=1, keepdims=True) - meant
        shares -= step * (wrong + _STIFFNESS * shares)
    return Layer(tuple(labels), table.T @ shares)


def proved(lessons: Sequence[Taught], labels: Sequence[str]) -> Proof:
    """Measure a layer on lessons that it did not learn from: each fifth is told by what the rest taught."""
    before = after = 0
    for fold in range(_FOLDS):
        rest = [one for at, one in enumerate(lessons) if at % _FOLDS != fold]
        layer = learned(rest, labels)
        for one in lessons[fold::_FOLDS]:
            told = layer.corrected(one.chances, one.columns)
            before += max(one.chances, key=one.chances.__getitem__) == one.meant
            after += max(told, key=told.__getitem__) == one.meant
    return Proof(len(lessons), before, after)


def packed(layer: Layer) -> bytes:
    """Return the weights as bytes (half precision)."""
    return layer.weights.astype(np.float16).tobytes()


def unpacked(labels: Sequence[str], kept: bytes) -> Layer:
    """Return a layer from its bytes."""
    weights = np.frombuffer(kept, np.float16).astype(np.float32).reshape(COLUMNS + len(labels), len(labels))
    return Layer(tuple(labels), weights)


def _row(columns: Floats, chances: Mapping[str, float], labels: Sequence[str]) -> Floats:
    thinks = np.array([chances.get(label, 0.0) for label in labels], np.float32)
    return np.concatenate([columns, _OPINION * thinks])


def _logs(chances: Sequence[Mapping[str, float]], labels: Sequence[str]) -> Floats:
    table = np.array([[one.get(label, 0.0) for label in labels] for one in chances], np.float32)
    return np.log(np.maximum(table, 1e-6))
