"""The statistical identifiers behind `detect`: py3langid, which knows the world's languages, and a model of our own.

Ours learned from shop messages and single words of the 28 languages: better on a few words, and it knows Hindi, Greek,
Arabic and Russian in Latin letters. Both are loaded at the first message that needs them.
"""

import copy
import importlib
import math
import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from dragoman.core.language.features import letters
from dragoman.core.language.model import models
from dragoman.kit.tags import base

LATIN = "-Latn"  # how the model names a language written in Latin letters
# Columns kept from the model's 142: what a shop's customers write, and what that is mistaken for. The
# others would cost 20 MB in every process.
_KEPT = frozenset({
    "ar", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr",
    "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko", "lo", "lt",
    "lv", "mk", "mn", "ms", "my", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "ta",
    "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
})  # fmt: skip
_WORLD = 0.35  # py3langid's share of the opinion on languages that both know
_TINY = 1e-6


class _Models:
    """Loads by name at the first call: numpy and the model cost 90 MB that many processes never need."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: Any = None

    def kept(self) -> Any:
        """Return the identifier over the languages we keep."""
        with self._lock:
            if self._kept is None:
                langid = importlib.import_module("py3langid.langid")
                full = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
                full.set_languages(sorted(_KEPT & set(full.labels)))
                # Forgets the columns that were left out, which frees their memory.
                full._full_model = full.nb_ptc, full.nb_pc, full.nb_classes
                self._kept = full
        return self._kept


_models = _Models()


@lru_cache(maxsize=8)
def _restricted(labels: frozenset[str]) -> Any:
    """Return an identifier that knows only these labels; the copy shares all but its own columns."""
    identifier = copy.copy(_models.kept())
    identifier.set_languages(sorted(labels))
    return identifier


@lru_cache(maxsize=512)
def label_of(tag: str) -> str:
    """Return the model's label for a tag ("" if it has none): its base language, `no` for both Norwegians."""
    first = base(tag)
    label = {"nb": "no", "nn": "no", "yue": "zh"}.get(first, first)
    return label if label in _KEPT else ""


def rank(text: str, languages: Sequence[str]) -> list[tuple[str, float]]:
    """Return (label, probability) of a text among the languages, best first; empty if it knows none."""
    labels = frozenset(filter(None, map(label_of, languages)))
    if not labels:
        return []
    world = dict(_restricted(labels).rank(text))
    ours = {label_of(tag): chance for tag, chance in _ours(text, labels).items()}
    known = sum(world[label] for label in ours if label in world)
    logs = {
        label: _log(chance)
        if label not in ours
        # the model speaks of the share that falls to the languages it knows
        else _WORLD * _log(chance) + (1 - _WORLD) * _log(ours[label] * known)
        for label, chance in world.items()
    }
    top = max(logs.values())
    powers = {label: math.exp(log - top) for label, log in logs.items()}
    total = sum(powers.values())
    return sorted(((label, power / total) for label, power in powers.items()), key=lambda pair: -pair[1])


def romanised(text: str) -> tuple[str, float]:
    """Return (tag, probability) of the likeliest language of other letters that a Latin text is in."""
    found = {label: chance for label, chance in _chances(text).items() if label.endswith(LATIN)}
    best = max(found, key=found.__getitem__, default="")
    return (best.removesuffix(LATIN), found[best]) if best else ("", 0.0)


def _ours(text: str, labels: frozenset[str]) -> dict[str, float]:
    """Return the chances of the model's languages among some labels, which make one together."""
    found = {
        label: max(chance, _TINY)
        for label, chance in _chances(text).items()
        if not label.endswith(LATIN) and label_of(label) in labels
    }
    total = sum(found.values())
    return {label: chance / total for label, chance in found.items()}


# one message is asked about three times: in other letters, among all languages, among those of a workspace
@lru_cache(maxsize=16)
def _chances(text: str) -> Mapping[str, float]:
    return models()["language"].chances({"letters": letters(text)})


def _log(chance: float) -> float:
    return math.log(max(chance, _TINY))
