"""The two shops of the demo as data: words and goods in six languages, read once."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.core.language import phrasebook
from dragoman.ground.design.functions import language_name
from dragoman.kit import tags


@dataclass(frozen=True)
class Shop:
    """One shop page in one language; `words` are the page's own, `questions` ready for the chat."""

    slug: str
    name: str
    scene: str
    language: str
    direction: str
    goods: Mapping[str, Any]
    words: Mapping[str, str]
    questions: Sequence[str]
    languages: Sequence[tuple[str, str]]


@cache
def _pages() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("shops.toml").read_text("utf-8"))


def find_shop(slug: str, language: str) -> Shop | None:
    """Find a shop's page in the language nearest to a BCP 47 tag, English where there is none."""
    pages = _pages()
    shop = pages["shops"].get(slug)
    if shop is None:
        return None
    spoken = list(pages["words"])
    tag = tags.match(language, spoken) or "en"
    slots = {"order": shop["order"]}
    return Shop(
        slug=slug,
        name=shop["name"],
        scene=shop["scene"],
        language=tag,
        direction=tags.direction(tag),
        goods=shop[tag],
        words=pages["words"][tag],
        questions=[phrasebook.render(key, tag, slots) for key in pages["questions"]],
        languages=[(one, language_name(one, one)) for one in spoken],
    )
