"""The concepts of a shop's customer service, found in a text of any language: the bridge that needs no engine."""

import importlib.resources
import tomllib
from functools import lru_cache

from dragoman.core.language.terms import Hit, Terms
from dragoman.kit.tags import match

_DATA = importlib.resources.files("dragoman.core.language") / "data"
_FOLDER = _DATA / "lexicon"


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the tags the lexicon is written in."""
    return tuple(sorted(file.name[:-5] for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@lru_cache(maxsize=64)
def entries(language: str) -> dict[str, list[str]]:
    """Return the entries of each concept in a language, as its file has them; empty for one it lacks."""
    tag = match(language, languages())
    return tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8")) if tag else {}


@lru_cache(maxsize=1)
def numbered() -> dict[str, list[str]]:
    """Return the words that say what a number is, whatever the language: of an `article`, of a `person`."""
    return tomllib.loads((_DATA / "numbers.toml").read_text("utf-8"))


@lru_cache(maxsize=64)
def _terms(language: str) -> Terms:
    return Terms(entries(language))


@lru_cache(maxsize=16)
def concepts_of(folded: str, language: str) -> tuple[Hit, ...]:
    """Return the concepts that a folded text names, in order; whoever looks at one message asks again and again."""
    return tuple(_terms(match(language, languages()) or "").find(folded))
