"""Making the models from the examples in `data/`: `make models`. Nothing here runs in production.

Needs scikit-learn (the dependency group `train`). The same data give the same file. With `--held-out` nothing is made:
a fifth of the examples is told by models of the rest, and `held_out.json` says how well, beside the models.
"""

import hashlib
import importlib
import importlib.resources
import json
import sys
import tomllib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from dragoman.core.language import features, identify, lexicon, model, phrasebook
from dragoman.kit.text import fold, lowered

FOLDER = Path(str(importlib.resources.files("dragoman.core.language")))
OUTSIDE = "outside"
FAMILIES = {"language": ("letters",), "intent": ("grams", "ideas"), "sentiment": ("signs", "grams", "ideas")}
# how much a family counts beside the others
_WEIGHT = {"letters": 1.0, "grams": 1.0, "ideas": 2.5, "signs": 2.0}
# C of the regression: the larger, the closer to the examples. Chosen on a held-out fifth: mood has macro F1 0.885 at
# 1.5 and 0.889 at 4.
_STRENGTH = {"language": 60.0, "intent": 20.0, "sentiment": 4.0}
_ROUNDS = {"language": 150, "intent": 150, "sentiment": 150}
_SHORT = 60  # characters of a text that is learned without its marks as well
# what is learned from; the other files of `data/` are looked up
_KINDS = ("lexicon", "messages", "romanised", "sentiment")
HELD_OUT = "held_out.json"
_FOLDS = 5


class Example(NamedTuple):
    """One line of the data: what a customer of a language writes, and what it is."""

    language: str
    intent: str
    sentiment: str
    text: str


def languages() -> list[str]:
    """Return the tags whose data are whole: messages, concepts and words of feeling."""
    kinds = ("messages", "lexicon", "sentiment")
    found = [{path.stem for path in (FOLDER / "data" / kind).glob("*.toml")} for kind in kinds]
    return sorted(set.intersection(*found))


def examples() -> Iterator[Example]:
    """Yield the messages of all languages."""
    for tag in languages():
        for intent, moods in _read("messages", tag).items():
            for mood, lines in moods.items():
                for line in lines:
                    yield Example(tag, intent, mood, line)


def words(tag: str) -> Iterator[str]:
    """Yield what else is known to be in a language: phrases, concepts, words of praise and anger."""
    if tag in phrasebook.languages():
        for entry in phrasebook._read(tag).values():
            yield from phrasebook.wordings_of(entry)
    for wordings in lexicon.entries(tag).values():
        yield from (wording.replace("*", "") for wording in wordings)
    feelings = _read("sentiment", tag)
    yield from (wording.replace("*", "") for wordings in feelings.values() for wording in wordings)


def _without_marks(said: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield what is short and in Latin letters once more as thumbs write it: `tres decu`, `losenordet`."""
    for tag, text in said:
        bare = fold(text)
        if len(text) <= _SHORT and bare.isascii() and bare != lowered(text):
            yield tag, bare


def fingerprint() -> str:
    """Say which data and which columns these are."""
    told = hashlib.sha256()
    for path in [
        *sorted(path for kind in _KINDS for path in (FOLDER / "data" / kind).glob("*.toml")),
        FOLDER / "features.py",
        FOLDER / "terms.py",
        Path(__file__),
    ]:
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:20]


def _read(kind: str, tag: str) -> dict[str, Any]:
    path = FOLDER / "data" / kind / f"{tag}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def columns(text: str, language: str, families: Sequence[str]) -> dict[str, features.Columns]:
    """Return the columns of a text in some families."""
    made = {
        "letters": lambda: features.letters(text),
        "grams": lambda: features.grams(text),
        "ideas": lambda: features.ideas(text, language),
        "signs": lambda: features.signs(text, language),
    }
    return {family: made[family]() for family in families}


def fitted(
    question: str, rows: Sequence[Mapping[str, features.Columns]], labels: Sequence[str]
) -> tuple[model.Model, Any]:
    """Return the model of some rows and their labels, and the regression behind it."""
    # the group `train` alone has them
    sparse: Any = importlib.import_module("scipy.sparse")
    linear: Any = importlib.import_module("sklearn.linear_model")

    blocks, inverse = [], {}
    for family in FAMILIES[question]:
        size = 1 << features.BITS[family]
        found = [row[family] for row in rows]
        indices = np.concatenate(found).astype(np.int64)
        seen = np.bincount(indices, minlength=size)
        inverse[family] = np.where(seen > 0, np.log((1 + len(rows)) / (1 + seen)) + 1, 0).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum([len(each) for each in found])])
        block = sparse.csr_matrix((inverse[family][indices], indices, starts), shape=(len(rows), size))
        lengths = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel())
        lengths[lengths == 0] = 1
        blocks.append(sparse.diags(_WEIGHT[family] / lengths) @ block)
    table = sparse.hstack(blocks).tocsr()
    used = np.unique(table.indices)
    # a mood is as often meant in a small language as in a large one, and glad people write least
    balance = "balanced" if question == "sentiment" else None
    regression = linear.LogisticRegression(
        C=_STRENGTH[question], max_iter=_ROUNDS[question], tol=1e-4, class_weight=balance
    )
    regression.fit(table[:, used], list(labels))
    rounds = int(max(regression.n_iter_))
    print(f"{question}: {rounds} rounds" + (", not converged" if rounds >= _ROUNDS[question] else ""))
    weights = np.zeros((table.shape[1], len(regression.classes_)), np.float32)
    weights[used] = regression.coef_.T
    tables, at = {}, 0
    for family in FAMILIES[question]:
        size = 1 << features.BITS[family]
        part = weights[at : at + size] * _WEIGHT[family]
        scale = (np.abs(part).max(axis=0) / 127).astype(np.float32)
        scale[scale == 0] = 1
        tables[family] = model.Table(np.rint(part / scale).astype(np.int8), scale, inverse[family])
        at += size
    made = model.Model(tuple(map(str, regression.classes_)), tables, regression.intercept_.astype(np.float32))
    return made, regression


def held_out() -> dict[str, dict[str, float]]:
    """Return, by language, how well a fifth of its messages is told by models of the rest.

    `intent` is the share told rightly, `sentiment` the macro F1 of the moods.
    """
    known = list(examples())
    rows = [columns(one.text, one.language, ("grams", "ideas", "signs")) for one in known]
    # which fifth a message falls into hangs on its words, so that the same message is never on both sides
    fold = [zlib.crc32("".join(filter(str.isalnum, one.text.lower())).encode()) % _FOLDS for one in known]
    learned = [at for at, place in enumerate(fold) if place]
    judged = [at for at, place in enumerate(fold) if not place]
    told: dict[str, dict[str, float]] = {tag: {} for tag in languages()}
    for question in ("intent", "sentiment"):
        meant = [str(getattr(one, question)) for one in known]
        made, _regression = fitted(question, [rows[at] for at in learned], [meant[at] for at in learned])
        pairs: dict[str, list[tuple[str, str]]] = {tag: [] for tag in told}
        for at in judged:
            chances = made.chances(rows[at])
            pairs[known[at].language].append((meant[at], max(chances, key=chances.__getitem__)))
        for tag, found in pairs.items():
            score = _macro_f1(found) if question == "sentiment" else _share(found)
            told[tag][question] = round(score, 3)
    return told


def _share(pairs: Sequence[tuple[str, str]]) -> float:
    return sum(meant == found for meant, found in pairs) / len(pairs)


def _macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    scores = []
    for label in {meant for meant, _found in pairs}:
        hit = sum(meant == found == label for meant, found in pairs)
        named = sum((meant == label) + (found == label) for meant, found in pairs)
        scores.append(2 * hit / named)
    return sum(scores) / len(scores)


def main(arguments: Sequence[str] = ()) -> int:
    """Make the file of the models, or measure what is held out."""
    if "--held-out" in arguments:
        facts = {"data": fingerprint(), "languages": held_out()}
        (FOLDER / HELD_OUT).write_text(json.dumps(facts, indent=1) + "\n")
        return 0
    known = list(examples())
    print(f"{len(known)} messages of {len(languages())} languages")
    made = {}
    rows = [columns(one.text, one.language, ("grams", "ideas", "signs")) for one in known]
    made["intent"] = fitted("intent", rows, [one.intent for one in known])[0]
    print("intent: made")
    made["sentiment"] = fitted("sentiment", rows, [one.sentiment for one in known])[0]
    print("sentiment: made")
    said = [(one.language, one.text) for one in known] + [
        (tag, word) for tag in languages() for word in words(tag)
    ]
    for path in (FOLDER / "data" / "romanised").glob("*.toml"):
        lines = tomllib.loads(path.read_text("utf-8"))["lines"]
        said += [(path.stem + identify.LATIN, line) for line in lines]
    said += list(_without_marks(said))
    letters = [{"letters": features.letters(text)} for _tag, text in said]
    made["language"] = fitted("language", letters, [tag for tag, _text in said])[0]
    print("language: made")
    _write(made)
    return 0


def _write(made: Mapping[str, model.Model]) -> None:
    arrays: dict[str, Any] = {
        "told": json.dumps(
            {
                "data": fingerprint(),
                "labels": {name: one.labels for name, one in made.items()},
                "families": {name: list(one.tables) for name, one in made.items()},
            }
        )
    }
    for name, one in made.items():
        arrays[f"{name}.start"] = one.start
        for family, table in one.tables.items():
            for part in ("weights", "scale", "idf"):
                arrays[f"{name}.{family}.{part}"] = getattr(table, part)
    np.savez_compressed(FOLDER / model.FILE, **arrays)
    print(f"{model.FILE}: {(FOLDER / model.FILE).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
