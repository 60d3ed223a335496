"""A wording as its reader sees it: Markdown made safe HTML, with snippets filled in and internal parts left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import nh3
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from dragoman.core.accounts.models import Brand
from dragoman.core.texts.localised import said_to
from dragoman.kit.text import slug

from .addresses import help_path
from .markdown import markdown, plain, with_rows
from .queries import public_articles

SNIPPET, ARTICLE = "snippet", "article:"
_SNIPPET = re.compile(r"\{\{\s*snippet:([\w.-]{1,80})\s*\}\}")
_INTERNAL = re.compile(r"\[\[internal\]\](.*?)(?:\[\[/internal\]\]|\Z)", re.DOTALL)
_TAGS = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "i", "img", "kbd", "li", "ol", "p",
    "pre", "s", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul", "aside", "span",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "aside": {"class"},
    "th": {"align"},
    "td": {"align"},
}
_LINK = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")
_WORDS_A_MINUTE, _LETTERS_A_MINUTE = 200, 500  # of scripts without spaces


@dataclass(frozen=True)
class Heading:
    """A heading of a text: its level (2 or 3), words, and the anchor it is found at."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A wording as HTML that is safe to show, with its headings and how many minutes it takes to read."""

    html: str
    headings: Sequence[Heading]
    minutes: int


_parser = markdown()
_renderer = RendererHTML()


def parts_for(body: str, *, internal: bool) -> str:
    """Return Markdown without its internal parts, or with them without their marks."""
    if internal:
        return body.replace("[[internal]]", "").replace("[[/internal]]", "")
    return _INTERNAL.sub("", body)


def filled_in(body: str, brand: Brand | None, *, language: str, market: str = "") -> str:
    """Return Markdown with each `{{snippet:key}}` as the brand says it; one that nobody wrote leaves nothing."""
    if brand is None or "{{" not in body:
        return _SNIPPET.sub("", body)

    def say(found: "re.Match[str]") -> str:
        served = said_to(brand, SNIPPET, found[1], language=language, market=market)
        return served.words if served else ""

    return _SNIPPET.sub(say, body)


def snippets_in(body: str) -> list[str]:
    """Return the keys of the snippets that a text reuses, once each."""
    return list(dict.fromkeys(_SNIPPET.findall(body)))


def parsed(body: str) -> list[Token]:
    """Return Markdown as its tokens."""
    return _parser.parse(body)


def page_of(
    body: str, *, brand: Brand | None = None, language: str = "", market: str = "", internal: bool = False
) -> Page:
    """Return a wording as its reader sees it."""
    said = filled_in(parts_for(body, internal=internal), brand, language=language, market=market)
    tokens = _parser.parse(said)
    headings = list(_anchored(tokens))
    _led(tokens, brand, language, market)
    html = nh3.clean(
        _renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
    )
    return Page(html, headings, minutes_of(said))


def passages_of(body: str, *, internal: bool = False) -> list[tuple[str, str, str]]:
    """Return the parts between headings as (heading, anchor, words without marks); the first has no heading."""
    tokens = _parser.parse(_SNIPPET.sub("", parts_for(body, internal=internal)))
    anchors = iter(_anchored(tokens))
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    is_heading = False
    for token in with_rows(tokens):
        if token.type == "heading_open":
            is_heading = True
        elif token.type == "inline" and is_heading:
            heading = next(anchors)
            found.append((heading.words, heading.anchor, []))
            is_heading = False
        elif token.type in ("inline", "fence", "code_block"):
            found[-1][2].append(plain(token))
    return [(heading, anchor, "\n".join(said)) for heading, anchor, said in found if said or heading]


def _led(tokens: Sequence[Token], brand: Brand | None, language: str, market: str) -> None:
    """Let links to articles (`article:key`) lead to them in the reader's language, without a brand to the desk's.

    What readers of a brand cannot open is no link for them.
    """
    if brand is not None:
        _unlinked(tokens, brand)
    for token in tokens:
        for one in token.children or []:
            href = str(one.attrGet("href") or "") if one.type == "link_open" else ""
            if href.startswith(ARTICLE):
                key, _hash, anchor = href.removeprefix(ARTICLE).partition("#")
                path = (
                    help_path(brand.slug, language, unquote(key), market=market)
                    if brand
                    else f"/knowledge/articles/{key}"
                )
                one.attrSet("href", f"{path}#{anchor}" if anchor else path)


def _unlinked(tokens: Sequence[Token], brand: Brand) -> None:
    """Take out links to articles that are drafts, for the team alone, or not there."""
    keys = {_key_in(one): None for token in tokens for one in token.children or [] if _key_in(one)}
    known = set(public_articles(brand).filter(key__in=keys).values_list("key", flat=True)) if keys else set()
    for token in tokens:
        kept: list[Token] = []
        is_out = False
        for one in token.children or []:
            if one.type == "link_open":
                is_out = bool(_key_in(one)) and _key_in(one) not in known
            if not (is_out and one.type in ("link_open", "link_close")):
                kept.append(one)
            if one.type == "link_close":
                is_out = False
        if token.children:
            token.children = kept


def _key_in(token: Token) -> str:
    """Return the key of the article that a token leads to, "" where it leads to none."""
    href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
    return unquote(href.removeprefix(ARTICLE).partition("#")[0]) if href.startswith(ARTICLE) else ""


def _anchored(tokens: Sequence[Token]) -> Sequence[Heading]:
    """Give each heading its level (2 to 4: 1 is the title's) and an anchor of its own."""
    found: list[Heading] = []
    seen: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        level = min(max(int(token.tag[1]), 2), 4)
        words = plain(tokens[at + 1])
        anchor = wanted = slug(words, most=60) or "part"
        number = 2
        while anchor in seen:
            anchor, number = f"{wanted}-{number}", number + 1
        seen.add(anchor)
        token.tag = tokens[at + 2].tag = f"h{level}"
        token.attrSet("id", anchor)
        found.append(Heading(level, words, anchor))
    return found


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Links lead to the outside, to our own pages or within the page; pictures come from our own address or by TLS."""
    if name == "href":
        return value if _LINK.match(value.strip()) else None
    if name == "src":
        return value if value.startswith(("https://", "/")) and not value.startswith("//") else None
    if name == "class":
        return value if value in ("law", "note") else None
    return value


def minutes_of(body: str) -> int:
    """Return how many minutes it takes to read, at least one."""
    spaceless = sum(1 for letter in body if "\u0e00" <= letter <= "\u0e7f" or "\u3040" <= letter <= "\u9fff")
    words = len(body.split())
    return max(
        1,
        round(spaceless / _LETTERS_A_MINUTE + (words if spaceless < len(body) / 4 else 0) / _WORDS_A_MINUTE),
    )
