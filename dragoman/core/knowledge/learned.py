"""What the search learned before any shop wrote an article: how usual tokens are, which topics there are, what counts
how much.

One small file, `learned.npz`, made by `make knowledge` (`tests/quality/learn.py`) from its `lines/`, articles of
an imagined shop, and what the language room knows of customers' messages.
"""

import importlib.resources
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language.understand import INTENTS, OUTSIDE
from dragoman.kit.tags import match

FILE = "learned.npz"
Floats = NDArray[np.float32]
_RAREST = 255
PURPOSES = (*INTENTS, OUTSIDE)


@lru_cache(maxsize=1)
def _file() -> Mapping[str, NDArray[Any]]:
    path = importlib.resources.files("dragoman.core.knowledge") / FILE
    with importlib.resources.as_file(path) as file, np.load(file, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    return tuple(name.partition(":")[2] for name in _file() if name.startswith("words.ids:"))


@lru_cache(maxsize=128)
def _usual(tag: str, family: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    return _file()[f"{family}.ids:{tag}"], _file()[f"{family}.rare:{tag}"]


def rarity(language: str, family: str, ids: Sequence[int]) -> Floats:
    """Return for each token how rare it is among what customers of a language write: 0 stands everywhere, 1 nowhere."""
    found = np.ones(len(ids), np.float32)
    tag = match(language, _languages())
    if tag is None or not len(ids):
        return found
    known, rare = _usual(tag, family)
    wanted = np.asarray(ids, np.uint32)
    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    is_known = known[places] == wanted
    found[is_known] = rare[places[is_known]].astype(np.float32) / _RAREST
    return found


@lru_cache(maxsize=1)
def topics() -> tuple[Floats, Floats]:
    """Return what tells the topics apart: weights (numbers of a meaning by topics) and what each topic starts with."""
    kept = _file()
    return kept["topics.weights"].astype(np.float32), kept["topics.start"].astype(np.float32)


@lru_cache(maxsize=8)
def weights(name: str) -> dict[str, float]:
    """Return what counts how much: `ranking`, `ranking_bare` (nothing has a meaning), `answering`, `answering_bare`."""
    told: dict[str, dict[str, float]] = json.loads(str(_file()["weights"]))
    return told[name]


def topics_of(meanings: Floats) -> Floats:
    """Return for each meaning (a row) the chance of each topic, as roots: two texts are as near as their product."""
    weight, start = topics()
    score = meanings @ weight + start
    power = np.exp(score - score.max(axis=-1, keepdims=True))
    return np.asarray(np.sqrt(power / power.sum(axis=-1, keepdims=True)), np.float32)


def as_asked(meanings: Floats) -> Floats:
    """Return what questions mean (rows) as questions and what answers them lie close together."""
    return _through("asks", meanings)


def as_said(meanings: Floats) -> Floats:
    """Return what passages mean (rows) as `as_asked` has questions."""
    return _through("says", meanings)


@lru_cache(maxsize=2)
def _tower(side: str) -> tuple[Floats, ...]:
    names = ("middle", "base", f"{side}.inner", f"{side}.inner_start", f"{side}.outer", f"{side}.outer_start")
    return tuple(_file()[f"tower.{name}"].astype(np.float32) for name in names)


def _through(side: str, meanings: Floats) -> Floats:
    middle, base, inner, inner_start, outer, outer_start = _tower(side)
    rows = meanings - middle
    bent = rows @ inner + inner_start
    # GELU, by its usual tangent
    bent = 0.5 * bent * (1 + np.tanh(0.7978845608 * (bent + 0.044715 * bent**3)))
    found = rows @ base + bent @ outer + outer_start
    length = np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-6)
    return np.asarray(found / length, np.float32)


def packed_usual(tokens: Iterable[tuple[int, float]]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return tokens with how rare they are as they are kept: in order, in one byte each."""
    rows = sorted(tokens)
    ids = np.array([token for token, _rare in rows], np.uint32)
    return ids, np.array([round(rare * _RAREST) for _token, rare in rows], np.uint8)


def purposes_of(topics: Floats) -> Floats:
    """Return for rows of topics the roots of the chances of the purposes that they have."""
    table = _file()["topics.purposes"].astype(np.float32)
    return np.asarray(np.sqrt(np.maximum((topics**2) @ table, 0)), np.float32)


@lru_cache(maxsize=1)
def far_topics() -> NDArray[np.int64]:
    """Return the places of the topics that no shop writes of: the weather, homework."""
    return np.asarray(_file()["topics.far"], np.int64)
