"""Glossaries that stand at a vendor: `glossary=ID` for every pair, or `glossary=en-fi:ID,en-pt-BR:OTHER`."""

from collections.abc import Mapping

from dragoman.ground.providers.translation.ports import pair_for
from dragoman.kit.tags import normalise

EVERY_PAIR = ("", "")


def glossaries_in(option: str) -> dict[tuple[str, str], str]:
    """Read the option of a URL; ValueError for what is no pair."""
    found: dict[tuple[str, str], str] = {}
    for part in filter(None, map(str.strip, option.split(","))):
        pair, separator, name = part.rpartition(":")
        if not separator:
            found[EVERY_PAIR] = name
            continue
        found[_pair(pair)] = name
    return found


def _pair(written: str) -> tuple[str, str]:
    parts = written.split("-")
    for cut in range(1, len(parts)):
        source, target = normalise("-".join(parts[:cut])), normalise("-".join(parts[cut:]))
        if source and target:
            return source, target
    raise ValueError(f"{written} is no pair of languages, such as en-fi")


def glossary_for(known: Mapping[tuple[str, str], str], source: str, target: str) -> str:
    """Return the glossary of a pair, or an empty string."""
    pair = pair_for((pair for pair in known if pair != EVERY_PAIR), source, target)
    return known[pair] if pair else known.get(EVERY_PAIR, "")
