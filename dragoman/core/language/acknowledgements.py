"""The words that tell a customer that a message has arrived, in every language of a new workspace."""

import importlib.resources
import tomllib
from collections.abc import Mapping
from functools import lru_cache

from dragoman.kit.tags import match

_FILE = importlib.resources.files("dragoman.core.language") / "acknowledgements.toml"


@lru_cache(maxsize=1)
def texts() -> Mapping[str, str]:
    """Return {language: text}."""
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def text_for(language: str) -> tuple[str, str]:
    """Return (text, its language) for a customer's language; ("", "") where the house has none."""
    found = match(language, texts())
    return (texts()[found], found) if found else ("", "")
