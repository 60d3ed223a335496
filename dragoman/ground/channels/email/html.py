"""One HTML body read: made harmless, divided into new and quoted, and told as plain text."""

import re
from collections.abc import Callable
from functools import cached_property
from html import unescape

from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.html_quotes import QUOTED_CLASS, fold_quotes
from dragoman.ground.channels.email.html_safe import (
    GONE_WITH_CONTENT,
    drop_hidden,
    hold_back_pictures,
    sanitise,
    tell_links,
)

MAX_HTML = 2 * 1024 * 1024
# Private-use letters mark where the quotation begins and ends while the tree becomes text.
BEGIN, END = "\ue0f1", "\ue0f2"


class Page:
    """One HTML body: safe markup, its new `text` and the text it quotes, `language` as the page names it.

    To lay a page out as text costs more than all else about it, so that is done when the text is first asked for.
    """

    def __init__(self, html: str, language: str, lay_out: Callable[[], tuple[str, str]]) -> None:
        self.html = html
        self.language = language
        self._lay_out = lay_out

    @cached_property
    def _told(self) -> tuple[str, str]:
        return self._lay_out()

    @property
    def text(self) -> str:
        """Return the new text."""
        return self._told[0]

    @property
    def quoted(self) -> str:
        """Return the text that the page quotes."""
        return self._told[1]

    @property
    def has_fold(self) -> bool:
        """Say, without laying the page out, whether it marks a quotation."""
        return QUOTED_CLASS in self.html


def read_page(source: str) -> Page:
    """Sanitise and read one HTML body; what cannot be parsed at all gives an empty page."""
    source = clean(source).replace(BEGIN, "").replace(END, "")
    tree = _tree(source)
    if tree is None:
        return Page("", "", lambda: ("", ""))
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    drop_hidden(tree)
    hold_back_pictures(tree)
    tell_links(tree)
    fold_quotes(tree)
    safe = sanitise(lxml_html.tostring(tree, encoding="unicode"))

    def lay_out() -> tuple[str, str]:
        text, quoted = _texts(safe)
        if not text and quoted:
            text, quoted = quoted, ""
        return text or _bare_text(source), quoted

    return Page(safe, language, lay_out)


def joined(pages: list[Page]) -> Page:
    """Several pages of one mail are read one after another."""
    if len(pages) == 1:
        return pages[0]

    def lay_out() -> tuple[str, str]:
        texts, quotes = [page.text for page in pages], [page.quoted for page in pages]
        return "\n\n".join(filter(None, texts)), "\n\n".join(filter(None, quotes))

    html = "<hr>".join(page.html for page in pages if page.html)
    return Page(html, next((page.language for page in pages if page.language), ""), lay_out)


def _tree(source: str) -> etree._Element | None:
    """Parse what browsers would still show; None where there is nothing."""
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source)
    if not source.strip():
        return None
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _texts(safe: str) -> tuple[str, str]:
    """Return the new and the quoted text of sanitised markup."""
    tree = _tree(safe)
    if tree is None:
        return "", ""
    for fold in tree.iter("details"):
        if fold.get("class") == QUOTED_CLASS:
            fold.tag = "div"
            fold[0].text = BEGIN if len(fold) else None
            if len(fold):
                fold[0].tag = "p"
            ending = etree.SubElement(fold, "p")
            ending.text = END
    try:
        told = Inscriptis(tree, ParserConfig(css=CSS_PROFILES["strict"].copy())).get_text()
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        told = " ".join(str(piece) for piece in tree.itertext())
    return _divide(told)


def _bare_text(source: str) -> str:
    """The last resort for markup too broken or too deep to lay out: its words without its tags, in one pass."""
    words: list[str] = []
    hidden = ""
    for number, piece in enumerate(source.split("<")):
        tag, closed, text = piece.partition(">") if number else ("", ">", piece)
        name = tag.split(maxsplit=1)[0].lower().rstrip("/") if tag.strip() else ""
        if hidden:
            hidden = "" if name == f"/{hidden}" else hidden
        elif name in GONE_WITH_CONTENT:
            hidden = name
        if not hidden and closed:
            words.append(text)
    return _tidy(unescape(" ".join(words)))


def _divide(told: str) -> tuple[str, str]:
    """Sort the lines by the markers; nested quotations belong to the outermost."""
    new: list[str] = []
    old: list[str] = []
    depth = 0
    for piece in re.split(f"([{BEGIN}{END}])", told):
        if piece == BEGIN:
            depth += 1
        elif piece == END:
            depth = max(0, depth - 1)
        else:
            (old if depth else new).append(piece)
    return _tidy("\n".join(new)), _tidy("\n".join(old))


def _tidy(text: str) -> str:
    """Layout tables leave deserts of blanks: at most two in a row, at most one empty line."""
    lines = [re.sub(r"[ \t\u00a0]{2,}", "  ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
