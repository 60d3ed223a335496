"""How one customer is addressed: a market's pattern with their own name in it; pure."""

import re
from collections.abc import Mapping
from typing import Final

from dragoman.ground.markets.facts import Names

_PART: Final = re.compile(r"\{([\w-]+)\}")
_HAN: Final = re.compile(r"[\u3400-\u9fff]+")
_HANGUL: Final = re.compile(r"[\uac00-\ud7a3]+")
_EAST_ASIAN: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NO_NAME: Final = re.compile(r"[@\d/]")
# written against the name, so that a space does not part them
_ATTACHED: Final = re.compile(r"^คุณ\s*|\s*(?:様|さん|님|先生|小姐|女士)$")
_PARTICLES: Final = frozenset(
    {
        "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "ter", "ten",
        "zu", "bin", "ibn", "al", "el",
    }
)  # fmt: skip
# titles that are written before a name in many countries and asked for in no market's pattern
_DEGREES: Final = frozenset({"Dr", "Dr.", "Prof", "Prof.", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms."})
# two family names are usual: of three names nobody can tell which is the first of them
_TWO_SURNAMES: Final = frozenset({"AR", "CL", "CO", "ES", "MX"})


def addressed(name: str, pattern: str, names: Names, country: str) -> str:
    """Return a pattern with the parts of a name in it; "" where the name is not known or cannot be told apart."""
    if not pattern or not name.strip() or _NO_NAME.search(name):
        return ""
    parts = _parts(_ATTACHED.sub("", name.strip()), names, country)
    wanted = [part.removesuffix("-informal") for part in _PART.findall(pattern)]
    if any(part not in parts for part in wanted):
        return ""
    return _PART.sub(lambda found: parts[found[1].removesuffix("-informal")], pattern)


def _parts(name: str, names: Names, country: str) -> Mapping[str, str]:
    titles = [] if "," in names.honorific else [one.strip() for one in names.honorific.split("/")]
    parts = {"title": names.honorific} if titles and names.honorific else {}
    words = name.split()
    if all(word in titles or word in _DEGREES for word in words):
        # a title alone names nobody
        return {}
    if len(words) > 1 and words[0] in titles:
        parts["title"], words = words[0], words[1:]
        if len(words) == 1:
            return {**parts, "surname": words[0], "given": words[0]}
    if len(words) == 1:
        return {**parts, **_single(words[0], names, country)}
    first, last = words[0], words[-1]
    if names.order == "surname_first" and (_EAST_ASIAN.search(name) or country in ("HU", "VN")):
        return {**parts, "surname": first, "given": last if country == "VN" else " ".join(words[1:])}
    parts["given"] = first
    if country in _TWO_SURNAMES:
        if len(words) in (2, 4):
            parts["surname"] = words[-1] if len(words) == 2 else words[2]
        return parts
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return {**parts, "surname": " ".join(words[start:]) if start < len(words) - 1 else last}


def _single(word: str, names: Names, country: str) -> Mapping[str, str]:
    """Return what one word is: a given name where that stands first; Han and Hangul are written without a space."""
    if country == "JP":
        # with 様 the whole name is as right as the family name
        return {"surname": word} if _EAST_ASIAN.search(word) else {}
    if len(word) == 3 and (_HAN.fullmatch(word) or _HANGUL.fullmatch(word)):
        return {"surname": word[0], "given": word[1:]}
    return {"given": word} if names.order == "given_first" or country == "VN" else {}
