"""The trained models: which language, which purpose, which mood; one small file, made by `make models`.

A model is a table of weights per family of columns (see `features.py`): a text's score for a label is the sum of
the weights of its columns, each family brought to length one. Nothing is loaded before the first message.
"""

import importlib.resources
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.core.language.features import Columns

FILE = "models.npz"


@dataclass(frozen=True)
class Table:
    """The weights of one family: `weights` of columns by labels, int8 times `scale`; `idf` of columns."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    idf: NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """One question: its labels, the tables of its families, and what each label starts with."""

    labels: tuple[str, ...]
    tables: Mapping[str, Table]
    start: NDArray[np.float32]

    def chances(self, columns: Mapping[str, Columns]) -> dict[str, float]:
        """Return the probability of each label."""
        score = self.start.copy()
        for family, table in self.tables.items():
            found = columns[family]
            idf = table.idf.take(found)
            length = float(np.sqrt(idf @ idf))
            if length:
                score += (idf / length) @ table.weights.take(found, axis=0).astype(np.float32) * table.scale
        power = np.exp(score - score.max())
        power /= power.sum()
        return dict(zip(self.labels, map(float, power), strict=True))


@lru_cache(maxsize=1)
def models() -> Mapping[str, Model]:
    """Return the models by their question: `language`, `intent`, `sentiment`."""
    path = importlib.resources.files("dragoman.core.language") / FILE
    with importlib.resources.as_file(path) as file, np.load(file, allow_pickle=False) as kept:
        told: dict[str, Any] = json.loads(str(kept["told"]))
        return {
            name: Model(
                tuple(labels),
                {
                    family: Table(
                        kept[f"{name}.{family}.weights"],
                        kept[f"{name}.{family}.scale"],
                        kept[f"{name}.{family}.idf"],
                    )
                    for family in told["families"][name]
                },
                kept[f"{name}.start"],
            )
            for name, labels in told["labels"].items()
        }


def made_from() -> str:
    """Return the fingerprint of the data that the models were made from."""
    path = importlib.resources.files("dragoman.core.language") / FILE
    with importlib.resources.as_file(path) as file, np.load(file, allow_pickle=False) as kept:
        return str(json.loads(str(kept["told"]))["data"])
