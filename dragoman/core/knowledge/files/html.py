"""Articles as HTML: pages that were saved, and bodies as the vendors export them, made Markdown."""

import re
from collections.abc import Callable
from typing import Any

import lxml.html
from django.utils.translation import gettext as _
from lxml.etree import ParserError
from markdownify import markdownify

from dragoman.kit.text import slug

from .pieces import Piece, Pile
from .tongues import from_path, tongue_of

_GONE = ("script", "style", "nav", "footer", "header", "form", "noscript", "template", "iframe", "svg")
_BLANKS = re.compile(r"\s+")


def as_markdown(html: str, *, link: Callable[[str], str] | None = None) -> str:
    """Return HTML as Markdown; `link` gives each address its new one."""
    if not html.strip():
        return ""
    try:
        tree = lxml.html.fragment_fromstring(html, create_parent="div")
    except (ParserError, ValueError):
        return ""
    films = [one.get("src", "") for one in tree.iter("iframe")]
    _cleaned(tree)
    for one in tree.iter():
        for name in ("href", "src"):
            if one.get(name):
                address = str(one.get(name)).strip()
                # Markdown ends an address at a blank
                one.set(name, _BLANKS.sub("%20", link(address) if link is not None else address))
    said = markdownify(
        _markup(tree),
        heading_style="ATX",
        bullets="-",
        escape_underscores=False,
        keep_inline_images_in=["td", "th"],
    )
    lines = [line.rstrip() for line in said.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    more = [f"<{film}>" for film in films if film.startswith("https://")]
    return "\n".join([*kept, *(part for film in more for part in ("", film))])


def _markup(tree: Any) -> str:
    return str(lxml.html.tostring(tree, encoding="unicode"))


def _cleaned(tree: Any) -> None:
    for one in list(tree.iter(*_GONE)):
        one.drop_tree()


def read_html(path: str, raw: bytes, *, language: str = "") -> Pile:
    """Return the one text of a page: its language is that of the `<html>`, the path, or the one given."""
    pile = Pile()
    try:
        tree = lxml.html.document_fromstring(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pile.wrong(path, 0, _("The file is not in UTF-8."))
        return pile
    except (ParserError, ValueError):
        pile.wrong(path, 0, _("There is nothing in the file."))
        return pile
    key, tongue, market = from_path(path)
    said = tongue_of(str(tree.get("lang", ""))) or ((tongue, market) if tongue else tongue_of(language))
    if said is None:
        pile.wrong(path, 1, _("The page does not say its language: choose one for files that name none."))
        return pile
    heading = next(tree.iter("h1"), None)
    named = tree.find(".//title")
    title = (
        " ".join((heading if heading is not None else named).text_content().split())
        if (heading is not None or named is not None)
        else ""
    )
    if not title:
        pile.wrong(path, 1, _("The page has neither a heading nor a title."))
        return pile
    if heading is not None:
        heading.drop_tree()
    body = next(iter([*tree.iter("article"), *tree.iter("main"), *tree.iter("body")]), tree)
    words = as_markdown(_markup(body))
    if not words:
        pile.wrong(path, 1, _("There is nothing below the title."))
        return pile
    pile.pieces.append(
        Piece(path, 1, slug(key, most=120) or key[:120], said[0], title, words, market=said[1])
    )
    return pile
