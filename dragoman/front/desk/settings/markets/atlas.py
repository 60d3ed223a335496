"""The markets by region of the world, and found by any name they have in our languages."""

import unicodedata
from functools import lru_cache
from typing import Final

from dragoman.ground.design.functions import locale_of, ui_language
from dragoman.ground.markets.playbook import countries
from dragoman.kit.tags import LANGUAGES

# UN M.49 regions, as CLDR names them
_ELSEWHERE: Final[dict[str, frozenset[str]]] = {
    "142": frozenset(
        ["JP", "KR", "CN", "TW", "HK", "SG", "TH", "VN", "ID", "MY", "PH", "IN", "AE", "SA", "IL", "TR"]
    ),
    "019": frozenset(["US", "CA", "MX", "BR", "AR", "CL", "CO"]),
    "002": frozenset(["ZA", "EG", "NG"]),
    "009": frozenset(["AU", "NZ"]),
}
_EUROPE: Final = "150"
_ORDER: Final = (_EUROPE, *_ELSEWHERE)


def by_region(codes: list[str]) -> list[tuple[str, list[str]]]:
    """Return (name of the region, its countries by name), empty regions left out."""
    locale = locale_of(ui_language())
    found: dict[str, list[str]] = {region: [] for region in _ORDER}
    for code in sorted(codes, key=lambda one: str(locale.territories.get(one, one)).casefold()):
        region = next((name for name, known in _ELSEWHERE.items() if code in known), _EUROPE)
        found[region].append(code)
    return [(str(locale.territories[region]), inside) for region, inside in found.items() if inside]


def found(words: str) -> list[str]:
    """Return the countries whose code is, or one of whose names in our languages holds, what was typed."""
    wanted = _folded(words.strip())
    if not wanted:
        return list(countries())
    return [
        code
        for code in countries()
        if code.casefold() == wanted or any(wanted in name for name in _names()[code])
    ]


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    locales = [locale_of(tag) for tag in LANGUAGES]
    return {
        code: frozenset(_folded(str(locale.territories.get(code, code))) for locale in locales)
        for code in countries()
    }
