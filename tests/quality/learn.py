"""`make knowledge`: what the search of the help centre learns, from topics and from the tuning sets; writes `learned.npz`.

Never reads the sets by which it is judged (`sets/help`).
"""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.core.knowledge import learned
from dragoman.core.knowledge.seen import FAMILIES, number_of, seen
from dragoman.core.language import meaning, training

FOLDER = Path(__file__).resolve().parents[2] / "dragoman" / "core" / "knowledge"
_STEEP = 8.0


def usual() -> dict[str, NDArray[Any]]:
    """Return how rare tokens are among customers' messages, by family and language."""
    kept: dict[str, NDArray[Any]] = {}
    messages: dict[str, list[str]] = {}
    for one in training.examples():
        messages.setdefault(one.language, []).append(one.text)
    for tag, lines in messages.items():
        count: dict[str, Counter[int]] = {family: Counter() for family in FAMILIES}
        for line in lines:
            found = seen(line, tag)
            for family in FAMILIES:
                count[family].update(number_of(family, token) for token in found.of(family))
        most = np.log(len(lines) + 1)
        for family, tokens in count.items():
            rows = [
                (token, max(0.05, float(1 - np.log(times) / most)))
                for token, times in tokens.items()
                if times > 2
            ]
            kept[f"{family}.ids:{tag}"], kept[f"{family}.rare:{tag}"] = learned.packed_usual(rows)
    return kept


def topics() -> dict[str, NDArray[Any]]:
    """Return what tells the topics of `data/topics.toml` apart."""
    told = tomllib.loads((FOLDER / "data" / "topics.toml").read_text("utf-8"))
    encoder = meaning.encoder()
    assert encoder is not None, "nothing has a meaning here: install the package of the weights"
    rows, labels = [], []
    for at, topic in enumerate(told.values()):
        for kind, encode in (("asks", encoder.questions), ("says", encoder.passages)):
            if topic.get(kind):
                rows.append(encode(topic[kind]))
                labels += [at] * len(topic[kind])
    texts, wanted = np.concatenate(rows), np.array(labels)
    middle = texts.mean(axis=0)
    weight, start = _regression((texts - middle) * _STEEP, wanted, len(told))
    far = [at for at, topic in enumerate(told.values()) if not topic.get("says")]
    return {
        "topics.weights": (weight * _STEEP).astype(np.float16),
        "topics.start": (start - middle @ weight * _STEEP).astype(np.float32),
        "topics.far": np.array(far, np.int16),
    }


def _regression(
    rows: NDArray[Any], labels: NDArray[Any], count: int, *, stiff: float = 2e-4, rounds: int = 300
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fit weights (columns by labels) and starts by gradient descent (Adam)."""
    values = [np.zeros((rows.shape[1], count)), np.zeros(count)]
    first, second = [np.zeros_like(one) for one in values], [np.zeros_like(one) for one in values]
    meant = np.eye(count)[labels]
    for at in range(1, rounds + 1):
        score = rows @ values[0] + values[1]
        power = np.exp(score - score.max(axis=1, keepdims=True))
        wrong = (power / power.sum(axis=1, keepdims=True) - meant) / len(rows)
        for place, slope in enumerate((rows.T @ wrong + stiff * values[0], wrong.sum(axis=0))):
            first[place] = 0.9 * first[place] + 0.1 * slope
            second[place] = 0.999 * second[place] + 0.001 * slope**2
            step = first[place] / (1 - 0.9**at) / (np.sqrt(second[place] / (1 - 0.999**at)) + 1e-9)
            values[place] = values[place] - 0.05 * step
    return values[0], values[1]
