"""The statistical identifiers behind `detect`: py3langid, which knows the world's languages, and a model of our own.

Ours learned from shop messages and single words of the 28 languages: better on a few words, and it knows Hindi, Greek,
Arabic and Russian in Latin letters. Both are loaded at the first message that needs them.
"""

import importlib
import math
import threading
import unicodedata
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
                full = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
                full.set_languages(sorted(_KEPT & set(full.labels)))
                # Forgets the columns that were left out, which frees their memory.
                full._full_model = full.nb_ptc, full.nb_pc, full.nb_classes
                self._kept = full
        return self._kept


_models = _Models()


@lru_cache(maxsize=512)
def label_of(tag: str) -> str:
    """Return the model's label for a tag ("" if it has none): its base language, `no` for both Norwegians."""
    first = base(tag)
    label = {"nb": "no", "nn": "no", "yue": "zh"}.get(first, first)
    return label if label in _KEPT else ""


def rank(text: str, languages: Sequence[str]) -> list[tuple[str, float]]:
    """Return (label, probability) of a text among the languages, best first; empty if it knows none."""
    labels = _labels(tuple(languages))
    if not labels:
        return []
    world, ours = _world(text), _chances(text)
    top = max(world[label] for label, _tag in labels)
    likely = {label: math.exp(world[label] - top) for label, _tag in labels}
    total = sum(likely.values())
    # the model speaks of the share that falls to the languages it knows
    chances = {label: max(ours[tag], _TINY) for label, tag in labels if tag}
    share = sum(likely[label] for label in chances) / total / max(sum(chances.values()), _TINY)
    logs = {label: _log(one / total) for label, one in likely.items()}
    for label, chance in chances.items():
        logs[label] = _WORLD * logs[label] + (1 - _WORLD) * _log(chance * share)
    best = max(logs.values())
    powers = {label: math.exp(log - best) for label, log in logs.items()}
    total = sum(powers.values())
    return sorted(((label, power / total) for label, power in powers.items()), key=lambda pair: -pair[1])


def romanised(text: str) -> tuple[str, float]:
    """Return (tag, probability) of the likeliest language of other letters that a Latin text is in."""
    chances = _chances(text)
    best = max(_romanised(), key=chances.__getitem__, default="")
    return (best.removesuffix(LATIN), chances[best]) if best else ("", 0.0)


@lru_cache(maxsize=1)
def _romanised() -> tuple[str, ...]:
    return tuple(label for label in models()["language"].labels if label.endswith(LATIN))


@lru_cache(maxsize=64)
def _labels(languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (label, the tag of our model, "" where it has none) of some languages, in the order of the labels."""
    ours = {label_of(tag): tag for tag in models()["language"].labels if not tag.endswith(LATIN)}
    labels = sorted({label for tag in languages if (label := label_of(tag))})
    return tuple((label, ours.get(label, "")) for label in labels)


# One message is asked about three times: in other letters, among all languages, among those of a workspace.
@lru_cache(maxsize=16)
def _world(text: str) -> Mapping[str, float]:
    """Return how likely a text is in each language of py3langid (logarithms that differ by what it is)."""
    plain = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
    # the square root keeps what it says of short and long texts alike, as its own probabilities do
    heat = math.sqrt(len(plain.encode(errors="surrogatepass")) or 1)
    return {label: score / heat for label, score in _models.kept().rank(plain)}


@lru_cache(maxsize=16)
def _chances(text: str) -> Mapping[str, float]:
    return models()["language"].chances({"letters": letters(text)})


def _log(chance: float) -> float:
    return math.log(max(chance, _TINY))
