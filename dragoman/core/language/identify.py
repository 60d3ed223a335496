"""The statistical identifier behind `detect`: py3langid, loaded at the first message that needs it."""

import copy
import importlib
import importlib.util
import math
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from dragoman.kit.tags import base, normalise

# Columns kept from the model's 142: what a shop's customers write, and what that is mistaken for. The
# others would cost 20 MB in every process.
_KEPT = frozenset({
    "ar", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr",
    "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko", "lo", "lt",
    "lv", "mk", "mn", "ms", "my", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "ta",
    "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
})  # fmt: skip
_SHORT = 20  # characters under which a second opinion pays


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


@lru_cache(maxsize=4)
def _second_opinion(labels: frozenset[str]) -> Any:
    """Return a lingua detector for these languages, or None where lingua is missing or does not know them."""
    if importlib.util.find_spec("lingua") is None:
        return None
    lingua = importlib.import_module("lingua")
    wanted = {"nb" if label == "no" else label for label in labels}
    known = [one for one in lingua.Language.all() if one.iso_code_639_1.name.lower() in wanted]
    return (
        lingua.LanguageDetectorBuilder.from_languages(*known).build()
        if len(known) == len(wanted) > 1
        else None
    )


def label_of(tag: str) -> str:
    """Return the model's label for a tag ("" if it has none): its base language, `no` for both Norwegians."""
    first = base(tag)
    label = {"nb": "no", "nn": "no", "yue": "zh"}.get(first, first)
    return label if label in _KEPT else ""


def rank(text: str, languages: Sequence[str]) -> list[tuple[str, float]]:
    """Return (label, probability) of a text among the languages, best first; empty if it knows none."""
    labels = frozenset(filter(None, map(label_of, languages)))
    ranked: list[tuple[str, float]] = _restricted(labels).rank(text) if labels else []
    return ranked


def rank_twice(text: str, languages: Sequence[str]) -> list[tuple[str, float]]:
    """Return the same for the few languages of a workspace, with lingua's opinion on a short text.

    Lingua's models cost 30 MB a language, so that it is never asked about all.
    """
    ranked = rank(text, languages)
    labels = frozenset(label for label, _ in ranked)
    second = _second_opinion(labels) if len(text) < _SHORT else None
    return _averaged(ranked, second.compute_language_confidence_values(text)) if second else ranked


def _averaged(ranked: Iterable[tuple[str, float]], opinions: Iterable[Any]) -> list[tuple[str, float]]:
    """Return the normalised geometric mean of both opinions."""
    other = {normalise(one.language.iso_code_639_1.name): one.value for one in opinions}
    logs = {
        label: (math.log(max(p, 1e-6)) + math.log(max(other.get(normalise(label), 0.0), 1e-6))) / 2
        for label, p in ranked
    }
    total = sum(map(math.exp, logs.values()))
    return sorted(((label, math.exp(log) / total) for label, log in logs.items()), key=lambda pair: -pair[1])
