"""Which text of a shelf answers a question best, and whether the help centre answers it at all.

Both are sums of features with learned weights (`learned.py`, made on articles and questions of an imagined shop); where
nothing has a meaning there are weights for what is left.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import learned
from .meant import Floats
from .shelf import Asking, Shelf, features

# what a feature is where a text lacks it, and its scale: meanings of unlike texts are about 0.8 alike
_MIDDLE = {
    "part": 0.82,
    "saying": 0.82,
    "asked": 0.92,
    "topic": 0.0,
    "purpose": 0.0,
    "match": 0.0,
    "match_saying": 0.0,
}
_SCALE = {"part": 20.0, "saying": 20.0, "asked": 20.0}
_COVERED = ("words", "words_share", "grams", "grams_share", "concepts", "concepts_share")
_SHARES = ("words_share", "grams_share", "concepts_share")
MEANT = ("part", "saying", "topic", "asked", "purpose", "match", "match_saying", "asked_match")
NAMES = (*_COVERED, *MEANT)


@dataclass(frozen=True)
class Ranked:
    """The texts of a shelf with their scores and what speaks for each."""

    scores: Floats
    found: Mapping[str, Floats]
    has_meaning: bool


def table(found: Mapping[str, Floats], count: int) -> Floats:
    """Return the features as columns, in the order of `NAMES`."""
    columns = np.zeros((count, len(NAMES)), np.float32)
    for at, name in enumerate(NAMES):
        values = found.get(name)
        if values is None:
            continue
        middle = _MIDDLE.get(name, 0.0)
        columns[:, at] = (np.maximum(values, middle) - middle) * _SCALE.get(name, 1.0)
    return columns


def ranked(shelf: Shelf, question: Asking, synonyms: tuple[tuple[str, ...], ...] = ()) -> Ranked:
    """Compare all texts of a shelf with a question."""
    found = features(shelf, question, synonyms)
    has_meaning = "part" in found
    told = learned.weights("ranking" if has_meaning else "ranking_bare")
    weight = np.array([told.get(name, 0.0) for name in NAMES], np.float32)
    return Ranked(table(found, len(shelf)) @ weight, found, has_meaning)


def evidence(here: Ranked, best: int, question: Asking, others: Floats) -> dict[str, float]:
    """Return what speaks for the best text being an answer; `others` are the scores of all that were compared."""
    found = {name: float(values[best]) for name, values in here.found.items()}
    score = float(here.scores[best])
    rest = np.delete(others, int(np.argmax(others))) if len(others) > 1 else np.zeros(0, np.float32)
    ahead = score - float(rest.max()) if len(rest) else 2.0
    power = np.exp(np.clip(others - score, -50, 50))
    told = {
        "one": 1.0,
        "score": score,
        "ahead": min(ahead, 6.0),
        "chance": 1 / float(power.sum()),
        "few": 1 / len(others),
        **{
            name: max(0.0, found.get(name, 0.0))
            for name in (*_SHARES, "topic", "purpose", "match", "match_saying", "asked_match")
        },
    }
    for name in ("part", "saying", "asked"):
        middle = _MIDDLE[name]
        told[name] = (max(found.get(name, middle), middle) - middle) * _SCALE[name]
    for name in ("part", "saying", "match"):
        values = here.found.get(name)
        if values is not None and len(values) > 4:
            told[f"{name}_over"] = float((values[best] - values.mean()) / (values.std() + 1e-3))
        else:
            told[f"{name}_over"] = 2.0
    topics = question.topics
    told["sure_topic"] = float((topics**4).sum()) if topics is not None else 0.0
    told["away"] = float((topics[learned.far_topics()] ** 2).sum()) if topics is not None else 0.0
    return told


def confidence(told: Mapping[str, float], *, has_meaning: bool) -> float:
    """Return the chance (0 to 1) that the best text answers the question."""
    weight = learned.weights("answering" if has_meaning else "answering_bare")
    total = sum(weight.get(name, 0.0) * value for name, value in told.items())
    return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))
