"""Where articles are read: the addresses of the help centre, made in one place."""

import re
from urllib.parse import quote, unquote

from dragoman.kit.tags import base, is_market, match, normalise


def help_path(brand: str, language: str, key: str = "", *, market: str = "") -> str:
    """Return the path of an article, or without a key of the help centre, for a language and market."""
    path = f"/help/{brand}/{place_of(language, market)}/"
    return f"{path}{quote(key)}/" if key else path


def keys_in(text: str, brand: str) -> list[str]:
    """Return the keys of the articles of a brand that a text leads to, in their order."""
    found = re.findall(rf"/help/{re.escape(brand)}/[\w-]+/([^/\s?#<>\"')]+)", text)
    return list(dict.fromkeys(unquote(one) for one in found))


def place_of(language: str, market: str = "") -> str:
    """Return the language part of an address: `de`, `de-AT` for German in Austria, `pt-BR`, `pt-BR-PT`."""
    return f"{language}-{market}" if market and normalise(language).rpartition("-")[2] != market else language


def parted_place(place: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Return (language, market) of the language part of an address; ("", "") for what is no language.

    The language is one of `languages` where one serves its reader: `de-AT` gives `de` and `AT`.
    """
    parts = place.replace("_", "-").split("-")
    tag = normalise(place)
    if not tag or not base(tag):
        return "", ""
    last = parts[-1].upper() if len(parts) > 1 else ""
    market = last if len(last) == 2 and is_market(last) else ""
    if len(parts) > 2 and market:
        tag = normalise("-".join(parts[:-1]))
    return match(tag, languages) or "", market


def file_path(workspace_id: int, token: str) -> str:
    """Return the address of a picture or document of an article; nobody guesses its token."""
    return f"/help-files/{workspace_id}/{token}"
