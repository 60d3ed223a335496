"""From the settings' URLs to engines, each made once."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from dragoman.ground.providers.translation.ports import Translator, engines
from dragoman.kit.registry import discover

_SEPARATORS = re.compile(r"[\s,]+(?=[a-z0-9]+://|$)")


@lru_cache(maxsize=1)
def _discover() -> None:
    discover("dragoman.ground.providers.translation")


def schemes() -> list[str]:
    """Return the schemes that TRANSLATOR_URL may begin with."""
    _discover()
    return sorted(engines)


@lru_cache(maxsize=32)
def engine_for(url: str) -> Translator:
    """Return the engine at a URL, made once; ValueError with what is expected where it cannot be one."""
    return new_engine(url)


def new_engine(url: str) -> Translator:
    """Make an engine; ValueError with what is expected where it cannot be one."""
    _discover()
    scheme = urlsplit(url).scheme
    if scheme not in engines:
        raise ValueError(f"{scheme or url}:// is no translation engine; known are {', '.join(schemes())}")
    return engines[scheme](url)


def urls_in(setting: str) -> list[str]:
    """Return the URLs of a setting that names several, separated by blanks or commas, in its order.

    `phrasebook://` is left out: the phrasebook is no vendor, always there and always asked first.
    """
    urls = _SEPARATORS.split(setting.strip())
    return [url for url in urls if url and not url.startswith("phrasebook:")]


def engines_for(setting: str) -> list[Translator]:
    """Return the engines of a setting in its order; ValueError for one that cannot be used."""
    return [engine_for(url) for url in urls_in(setting)]
