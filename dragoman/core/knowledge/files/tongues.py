"""The language of a text, from what a file says of it, from its folder or from its name."""

from pathlib import PurePosixPath

from dragoman.core.texts.actions.variants import placed
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES, base, is_known, is_market, normalise


def tongue_of(said: str) -> tuple[str, str] | None:
    """Return (language, market) of `de`, `de@AT`, `de-AT`, `en-us`, `pt_BR`; None for what is no language.

    A region that makes a language of its own (`pt-BR`, `zh-TW`) belongs to it, any other is a market.
    """
    language, _at, market = said.strip().replace("_", "-").partition("@")
    tag = normalise(language)
    if not tag or not is_known(tag):
        return None
    if not market and tag not in LANGUAGES:
        region = tag.rpartition("-")[2]
        mine = next((one for one in LANGUAGES if one == base(tag)), "")
        if mine and is_market(region):
            tag, market = mine, region
    try:
        return placed(tag, market)
    except Refusal:
        return None


def without_market(said: str) -> tuple[str, str] | None:
    """Return the language of a vendor's locale for every market: its `en-us` is its English, not that of the USA."""
    found = tongue_of(said)
    return (found[0], "") if found else None


def from_path(path: str) -> tuple[str, str, str]:
    """Return (key, language, market) as a path tells: `fi/returns.md`, `returns.fi.md`, `returns.md` (no language)."""
    whole = PurePosixPath(path)
    stem = whole.name.removesuffix(whole.suffix)
    name, dot, last = stem.rpartition(".")
    if dot and (found := tongue_of(last)):
        return name, *found
    for folder in reversed(whole.parts[:-1]):
        # folders such as `id` or `no` are languages, `images` is none
        if len(folder) <= 10 and (found := tongue_of(folder)):
            return stem, *found
    return stem, "", ""
