"""Two small towers over what texts mean: one for questions, one for what answers them, so that both end up close.

Trained by the usual contrastive loss (InfoNCE both ways, several right answers allowed) on lines that say which topic or
pair they belong to, in all languages at once. Plain numpy: a hidden layer beside a linear map that both towers share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WIDE, HIDDEN = 192, 320
_NEAR = 0.07  # temperature
_BATCH, _ROUNDS = 1024, 24
_NOISE, _FADE = 0.15, 1e-4  # of inputs; what weights are drawn to nought by
_STEP = 2e-3


@dataclass(frozen=True)
class Lines:
    """Meanings of questions and of answers (rows), each with the number of what it is about."""

    asks: Floats
    asks_of: NDArray[np.int64]
    says: Floats
    says_of: NDArray[np.int64]


def fit(lines: Lines, *, seed: int = 0, rounds: int = _ROUNDS) -> dict[str, NDArray[Any]]:
    """Return the weights of both towers by the names that `learned` reads them by."""
    chance = np.random.default_rng(seed)
    everything = np.concatenate([lines.asks, lines.says])
    middle, spread = everything.mean(axis=0), float(everything.std())
    asks, says = (lines.asks - middle) / spread, (lines.says - middle) / spread
    weights = _begun(np.concatenate([asks, says])[::3], chance)
    first = {name: np.zeros_like(one) for name, one in weights.items()}
    second = {name: np.zeros_like(one) for name, one in weights.items()}
    answers: dict[int, NDArray[np.int64]] = {
        int(one): np.flatnonzero(lines.says_of == one) for one in np.unique(lines.says_of)
    }
    steps = max(1, rounds * len(asks) // _BATCH)
    for at in range(1, steps + 1):
        chosen = chance.choice(len(asks), min(_BATCH, len(asks)), replace=False)
        beside = np.array(
            [_one_of(answers.get(int(one)), len(says), chance) for one in lines.asks_of[chosen]]
        )
        noisy = [_noisy(asks[chosen], chance), _noisy(says[beside], chance)]
        slopes = _slopes(weights, noisy[0], noisy[1], lines.asks_of[chosen], lines.says_of[beside])
        step = _STEP * min(1.0, at / 50) * (1 - at / steps) + 1e-5
        for name, slope in slopes.items():
            if name != "base":
                slope = slope + 2 * _FADE * weights[name]
            first[name] = 0.9 * first[name] + 0.1 * slope
            second[name] = 0.999 * second[name] + 0.001 * slope**2
            even = np.sqrt(second[name] / (1 - 0.999**at)) + 1e-8
            weights[name] = weights[name] - np.float32(step) * (first[name] / (1 - 0.9**at)) / even
    told = {f"tower.{name}": one for name, one in weights.items()}
    for name in ("base", "asks.inner", "says.inner"):
        told[f"tower.{name}"] = told[f"tower.{name}"] / spread
    return {name: one.astype(np.float16) for name, one in told.items()} | {
        "tower.middle": middle.astype(np.float32)
    }


def _begun(rows: Floats, chance: np.random.Generator) -> dict[str, Floats]:
    _left, _sizes, right = np.linalg.svd(rows, full_matrices=False)
    width = rows.shape[1]
    told = {"base": np.ascontiguousarray(right[:WIDE].T)}
    for side in ("asks", "says"):
        told[f"{side}.inner"] = chance.standard_normal((width, HIDDEN)) / width**0.5
        told[f"{side}.inner_start"] = np.zeros(HIDDEN)
        told[f"{side}.outer"] = chance.standard_normal((HIDDEN, WIDE)) / HIDDEN**0.5 / 2
        told[f"{side}.outer_start"] = np.zeros(WIDE)
    return {name: one.astype(np.float32) for name, one in told.items()}


def _one_of(places: NDArray[np.int64] | None, count: int, chance: np.random.Generator) -> int:
    """Return one of the answers, or where there is none any: it is wrong for all questions of the lot."""
    if places is None:
        return int(chance.integers(count))
    return int(places[chance.integers(len(places))])


def _noisy(rows: Floats, chance: np.random.Generator) -> Floats:
    return rows + np.float32(_NOISE) * chance.standard_normal(rows.shape, np.float32)


def _slopes(
    weights: Mapping[str, Floats], asks: Floats, says: Floats, asks_of: NDArray[Any], says_of: NDArray[Any]
) -> dict[str, Floats]:
    """Return the slopes of the loss of one lot: questions to answers, answers to questions, questions to questions."""
    one, back_one = _forth(weights, "asks", asks)
    two, back_two = _forth(weights, "says", says)
    scores = one @ two.T / np.float32(_NEAR)
    right = (asks_of[:, None] == says_of[None, :]).astype(np.float32)
    slope = _share(scores, right) + _share(scores.T, right.T).T
    alone = one @ one.T / np.float32(_NEAR)
    np.fill_diagonal(alone, -1e9)
    same = (asks_of[:, None] == asks_of[None, :]).astype(np.float32)
    np.fill_diagonal(same, 0)
    own = _share(alone, same) * np.float32(0.3)
    to_one = (slope @ two + (own + own.T) @ one) / np.float32(_NEAR)
    to_two = slope.T @ one / np.float32(_NEAR)
    told = back_one(to_one)
    for name, more in back_two(to_two).items():
        told[name] = told[name] + more if name in told else more
    return told


def _share(scores: Floats, right: Floats) -> Floats:
    """Return the slope of the cross entropy of rows against their right columns; rows without one have none."""
    power = np.exp(scores - scores.max(axis=1, keepdims=True))
    chance = power / power.sum(axis=1, keepdims=True)
    count = right.sum(axis=1, keepdims=True)
    has = count > 0
    return np.asarray(
        np.where(has, chance - right / np.maximum(count, 1), 0) / max(1, int(has.sum())), np.float32
    )


def _forth(weights: Mapping[str, Floats], side: str, rows: Floats) -> tuple[Floats, Any]:
    """Return rows through a tower, and how slopes come back through it."""
    inner, outer = weights[f"{side}.inner"], weights[f"{side}.outer"]
    before = rows @ inner + weights[f"{side}.inner_start"]
    tangent = np.tanh(0.7978845608 * (before + 0.044715 * before**3))
    bent = 0.5 * before * (1 + tangent)
    found = rows @ weights["base"] + bent @ outer + weights[f"{side}.outer_start"]
    length = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-6)
    even = found / length

    def back(slope: Floats) -> dict[str, Floats]:
        wrong = (slope - even * (slope * even).sum(axis=1, keepdims=True)) / length
        rise = 0.5 * (1 + tangent) + 0.5 * before * (1 - tangent**2) * 0.7978845608 * (
            1 + 3 * 0.044715 * before**2
        )
        within = (wrong @ outer.T) * rise
        return {
            "base": rows.T @ wrong,
            f"{side}.inner": rows.T @ within,
            f"{side}.inner_start": within.sum(axis=0),
            f"{side}.outer": bent.T @ wrong,
            f"{side}.outer_start": wrong.sum(axis=0),
        }

    return even, back
