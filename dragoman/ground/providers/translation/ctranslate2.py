"""Argos packages on this machine: `ctranslate2:///folder` (or one `.argosmodel` file), nothing leaves it.

Reads {metadata.json, model/, sentencepiece.model} with ctranslate2 and sentencepiece alone, the optional
extra `translate`; two languages without a package of their own are joined through English.
"""

import importlib
import importlib.util
import io
import json
import math
import re
import threading
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines, pair_for
from dragoman.kit.errors import Unavailable
from dragoman.kit.tags import normalise, same

_CODES = {"zt": "zh-Hant", "pb": "pt-BR"}
_PIVOT = "en"
_MOST_LOADED = 6  # models of 80 to 200 MB each
_BEAM = 2
_SENTENCE = re.compile(r"(?<=[.!?。！？।])(?:\s+|(?<=[。！？]))(?=\S)")
_WHAT_TO_INSTALL = "ctranslate2:// needs the optional parts: pip install 'dragoman[translate]'"


@dataclass(frozen=True)
class _Package:
    """One package on disk, a folder or a zip, and the languages it joins."""

    path: Path
    source: str
    target: str
    prefix: str


@engines.register("ctranslate2")
class ArgosPackages:
    """A folder of Argos packages, read again when packages come or go."""

    name = "ctranslate2"
    local = True
    # The models break rare signs into pieces and lose them; capitals and digits they copy.
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        self._folder = Path(unquote(urlsplit(url).path))
        if not self._folder.exists():
            raise ValueError(f"{self._folder} is not there; it should be a folder of .argosmodel files")

    def _packages(self) -> Mapping[tuple[str, str], _Package]:
        if (
            importlib.util.find_spec("ctranslate2") is None
            or importlib.util.find_spec("sentencepiece") is None
        ):
            raise Unavailable(_WHAT_TO_INSTALL)
        try:
            places = [self._folder] if self._folder.is_file() else sorted(self._folder.iterdir())
        except OSError as error:
            raise Unavailable(f"{self._folder} cannot be read: {error.strerror}") from error
        found = filter(None, map(_package, places))
        return {(package.source, package.target): package for package in found}

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs of the packages and those through English; or raise Unavailable."""
        direct = set(self._packages())
        joined = {
            (source, target)
            for source, middle in direct
            for other, target in direct
            if middle == other == _PIVOT and not same(source, target)
        }
        return frozenset(direct | joined)

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate sentence by sentence; the confidence is the model's own probability of its words."""
        packages = self._packages()
        pair = pair_for(self.pairs(), source, target)
        if pair is None:
            return [None] * len(texts)
        steps = [pair] if pair in packages else [(pair[0], _PIVOT), (_PIVOT, pair[1])]
        answers: list[Translated | None] = []
        for text in texts:
            said, sure = text, 1.0
            for step in steps:
                said, confidence = _loaded(packages[step].path, packages[step].prefix).text(said)
                sure = min(sure, confidence)
            answers.append(Translated(said, self.name, round(sure, 3)) if said.strip() else None)
        return answers


def _package(path: Path) -> _Package | None:
    """Read what a package says of itself; None for anything else in the folder."""
    try:
        meta = json.loads(_files(path, "metadata.json")["metadata.json"])
        source, target = (
            _CODES.get(code) or normalise(code) for code in (str(meta["from_code"]), str(meta["to_code"]))
        )
        return _Package(path, source, target, str(meta.get("target_prefix", "")))
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return None


def _files(path: Path, *wanted: str) -> dict[str, bytes]:
    """Return files of a package by their path in it, a folder's content when the name ends with a slash."""
    if path.is_dir():
        names = {str(file.relative_to(path)): file for file in path.rglob("*") if file.is_file()}
        return {name: file.read_bytes() for name, file in names.items() if name.startswith(wanted)}
    with zipfile.ZipFile(path) as archive:
        inside = {name.partition("/")[2]: name for name in archive.namelist() if not name.endswith("/")}
        return {name: archive.read(full) for name, full in inside.items() if name.startswith(wanted)}


class _Model:
    """One loaded package."""

    def __init__(self, path: Path, prefix: str) -> None:
        files = _files(path, "model/", "sentencepiece.model")
        engine, pieces = importlib.import_module("ctranslate2"), importlib.import_module("sentencepiece")
        inner = {name.removeprefix("model/"): io.BytesIO(data) for name, data in files.items() if "/" in name}
        self._pieces = pieces.SentencePieceProcessor(model_proto=files["sentencepiece.model"])
        # One thread: the web process has other work, and two cores are a common machine.
        self._model = engine.Translator(
            str(path), device="cpu", compute_type="int8", intra_threads=1, files=inner
        )
        self._prefix = prefix
        self._lock = threading.Lock()

    def text(self, text: str) -> tuple[str, float]:
        """Return the translation with its lines kept, and the least probability of its sentences, 0..1."""
        lines: list[str] = []
        sure = 1.0
        for line in text.split("\n"):
            sentences = [sentence for sentence in _SENTENCE.split(line.strip()) if sentence.strip()]
            said = self._sentences(sentences) if sentences else []
            lines.append(" ".join(sentence for sentence, _ in said))
            sure = min([sure, *(confidence for _, confidence in said)])
        return "\n".join(lines), sure

    def _sentences(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        with self._lock:
            answers: list[Any] = self._model.translate_batch(
                [self._pieces.encode(sentence, out_type=str) for sentence in sentences],
                target_prefix=[[self._prefix]] * len(sentences) if self._prefix else None,
                beam_size=_BEAM,
                replace_unknowns=True,
                return_scores=True,
                max_decoding_length=256,
            )
        return [
            (self._pieces.decode(answer.hypotheses[0]).strip(), math.exp(min(0.0, answer.scores[0])))
            for answer in answers
        ]


@lru_cache(maxsize=_MOST_LOADED)
def _loaded(path: Path, prefix: str) -> _Model:
    """Load a package once; the least used gives way."""
    try:
        return _Model(path, prefix)
    except (KeyError, RuntimeError, OSError, ValueError) as error:
        raise Unavailable(f"{path.name} cannot be loaded: {error}") from error
