"""HTML of strangers: made harmless, divided into new and quoted, and told as plain text."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

import nh3
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

from dragoman.ground.channels.email.charset import clean
from dragoman.ground.channels.email.quotes import (
    MAX_ATTRIBUTION,
    begins_header_block,
    is_attribution,
    is_header_block,
)

MAX_HTML = 2 * 1024 * 1024
QUOTED_CLASS = "dragoman-quoted"
# Private-use letters mark where the quotation begins and ends while the tree becomes text.
BEGIN, END = "\ue0f1", "\ue0f2"

TAGS = {
    "a", "abbr", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1",
    "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
GONE_WITH_CONTENT = {
    "script", "style", "title", "template", "object", "applet", "noembed", "noscript", "svg", "math",
    "iframe",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir", "title", "style", "align", "valign", "width", "height", "bgcolor"},
    "a": {"href"},
    "img": {"src", "data-src", "data-tracks", "alt"},
    "font": {"color", "face", "size"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "table": {"border", "cellpadding", "cellspacing"},
    "ol": {"start", "type"},
    "details": {"class"},
}
# Properties that can neither load a file nor leave the frame.
STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width",
    "color", "direction", "display", "font-family", "font-size", "font-style", "font-weight", "height",
    "line-height", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-width",
    "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align",
    "text-decoration", "text-indent", "unicode-bidi", "vertical-align", "white-space", "width",
    "word-break",
}  # fmt: skip
BLOCKS = {"blockquote", "p", "div", "td", "font", "span"}
TINY = re.compile(
    r"display:\s*none|(?:^|[;\s])(?:max-)?(?:width|height):\s*[012](?:px)?\s*(?:;|!|$)", re.IGNORECASE
)
HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden|mso-hide:\s*all", re.IGNORECASE)
COLLAPSED = re.compile(r"(?:max-)?height:\s*0|opacity:\s*0(?:\.0+)?\s*(?:;|!|$)", re.IGNORECASE)
OVERFLOW = re.compile(r"overflow:\s*hidden|font-size:\s*[01]px|max-width:\s*0|opacity:\s*0", re.IGNORECASE)
SITE = re.compile(r"^\s*(?:https?://)?([\w-]{1,63}(?:\.[\w-]{1,63}){1,6})(?:[/:?\s]|$)", re.IGNORECASE)
MAX_TITLE = 500
DATA_IMAGE = re.compile(r"data:image/(png|gif|jpe?g|webp);base64,", re.IGNORECASE)
LINK = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)

# An element that holds the quotation: Gmail, Thunderbird, Yahoo, Proton, Zoho, Outlook for phones.
HOLDS_QUOTE = {
    "gmail_quote", "gmail_quote_container", "gmail_extra", "yahoo_quoted", "protonmail_quote",
    "zmail_extra", "moz-cite-prefix", "tutanota_quote", "wordsection1_quote",
    "ms-outlook-mobile-reference-message", "qt", "mailmate-quote", "mail-app-auto-quote", "wisestamp_quote",
    "netease-mail-quote", "ntes_not_fresh_mail", "isforwardcontent", "samsung_quote", "front-blockquote",
    "hmmessage_quote", "rps_quote", "airmail_ext_on", "naver_quote", "zoho_quote", "superhuman-quote",
    # signatures as the programs mark them
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block", "applemailsignature",
    "applemailsignatureholder", "ms-outlook-mobile-signature", "mobile_signature", "tutanota_signature",
    "edo-signature", "bloop_sign", "composer_signature", "yahoo_signature", "ymail_android_signature",
}  # fmt: skip
# An element after which everything is quoted (Outlook and its web, QQ, 163).
BEFORE_QUOTE = {
    "divrplyfwdmsg", "appendonsend", "outlookmessageheader", "mail-editor-reference-message-container",
    "stopspelling", "isreplycontent", "origbody", "reply-intro", "yahoo-mail-quote-header",
    "mail-editor-reference-message-container-wrapper", "x_divrplyfwdmsg",
}  # fmt: skip
OUTLOOK_BORDER = re.compile(
    r"border:\s*none;\s*border-top:\s*(solid\s*#(e1e1e1|b5c4df)|#(e1e1e1|b5c4df)\s+(1pt|1\.0pt)\s+solid)"
    r"|border-top-color:\s*(rgb\(229, ?229, ?229\)|#e5e5e5)",
    re.IGNORECASE,
)
MAX_BLOCKS = 30


@dataclass(frozen=True)
class Page:
    """One HTML body: safe markup, its new text and the text it quotes, `language` as the page names it."""

    html: str
    text: str
    quoted: str
    language: str


def read_page(source: str) -> Page:
    """Sanitise and read one HTML body; what cannot be parsed at all gives an empty page."""
    source = clean(source).replace(BEGIN, "").replace(END, "")
    tree = _tree(source)
    if tree is None:
        return Page("", "", "", "")
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    _drop_hidden(tree)
    _hold_back_pictures(tree)
    _tell_links(tree)
    _fold_quotes(tree)
    safe = sanitise(lxml_html.tostring(tree, encoding="unicode"))
    text, quoted = _texts(safe)
    if not text and quoted:
        text, quoted = quoted, ""
    if not text:
        text = _bare_text(source)
    return Page(safe, text, quoted, language)


def sanitise(source: str) -> str:
    """Return markup without scripts, handlers, forms, style sheets or anything that loads from elsewhere."""
    return nh3.clean(
        source,
        tags=TAGS,
        clean_content_tags=GONE_WITH_CONTENT,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        filter_style_properties=STYLES,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        strip_comments=True,
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures only from the mail itself, links only to the outside, one class of ours."""
    if name == "src":
        return value if value.lower().startswith("cid:") or DATA_IMAGE.match(value) else None
    if name == "data-src":
        return value if value.lower().startswith(("http://", "https://")) else None
    if name == "data-tracks":
        return value if value == "1" else None
    if name == "href":
        return value if LINK.match(value.strip()) else None
    if name == "class":
        return value if value == QUOTED_CLASS else None
    if name == "style":
        return None if "url(" in value.lower() or "expression" in value.lower() else value
    return value


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


def _hold_back_pictures(tree: etree._Element) -> None:
    """Remote pictures keep their address in `data-src`: nothing loads until someone asks for it."""
    for image in tree.iter("img"):
        image.attrib.pop("data-src", None)
        image.attrib.pop("data-tracks", None)
        address = (image.get("src") or "").strip()
        if address.startswith("//"):
            address = "https:" + address
        if address.lower().startswith(("http://", "https://")):
            image.attrib.pop("src")
            image.set("data-src", address)
            if _is_tracker(image):
                image.set("data-tracks", "1")


def _is_tracker(image: etree._Element) -> bool:
    """Say whether a picture is too small to be seen: it only tells its owner who reads."""
    sizes = [(image.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    if any(size in ("0", "1", "2") for size in sizes):
        return True
    return TINY.search(image.get("style") or "") is not None


def _drop_hidden(tree: etree._Element) -> None:
    """Take out what no reader would see, such as the preview line of newsletters; the words behind it stay."""
    for element in list(tree.iter()):
        parent = element.getparent()
        if parent is None or element.tag in ("html", "body") or not _is_hidden(element):
            continue
        previous = element.getprevious()
        if element.tail and previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        elif element.tail:
            parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style") or ""
    if element.get("hidden") is not None or HIDDEN.search(style):
        return True
    return COLLAPSED.search(style) is not None and OVERFLOW.search(style) is not None


def _tell_links(tree: etree._Element) -> None:
    """Name a link's real target: in full on hover, and beside its words where they name another place."""
    for link in tree.iter("a"):
        address = "".join((link.get("href") or "").split())
        if not address.lower().startswith(("http://", "https://")):
            continue
        host = _host(address)
        link.set(
            "title", address[:MAX_TITLE] if host in address.lower() else f"{host} ({address[:MAX_TITLE]})"
        )
        said = SITE.search("".join(str(piece) for piece in link.itertext())[:300])
        named = _plain_host(said[1]) if said else ""
        is_same = host == named or host.endswith(f".{named}") or named.endswith(f".{host}")
        is_odd = host.startswith("xn--") or ".xn--" in host
        if (named and not is_same) or (is_odd and not named):
            note = etree.SubElement(link, "small")
            note.text = f" [{host}]"


def _host(address: str) -> str:
    try:
        return _plain_host(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def _plain_host(name: str) -> str:
    """Return a host name as machines read it: no look-alike letters, no www."""
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = name.encode("ascii", "backslashreplace").decode("ascii")
    return name.lower().removeprefix("www.").strip(".")


def _fold_quotes(tree: etree._Element) -> None:
    """Wrap each quotation in <details>, so that it folds where no script may run."""
    for element in tree.iter("details"):
        element.attrib.pop("class", None)
    waiting = [tree]
    looked = 0
    while waiting:
        element = waiting.pop()
        kind = "" if element.tag in ("html", "head", "body") or element is tree else _quote_kind(element)
        if not kind and looked < MAX_BLOCKS and element.tag in BLOCKS and _may_quote(element):
            looked += 1
            kind = _kind_by_words(element)
        if kind == "before":
            _wrap_rest(element)
            return
        if kind == "holds":
            _wrap(element)
        else:
            waiting.extend(reversed(element))


def _quote_kind(element: etree._Element) -> str:
    """Say whether an element `holds` a quotation, stands `before` one, or neither ("")."""
    words = f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
    names = {word.removeprefix("x_") for word in words}
    if names & BEFORE_QUOTE or _is_outlook_border(element):
        return "before"
    cites = element.tag == "blockquote" and (element.get("type") == "cite" or element.get("cite"))
    is_gmx = element.tag == "div" and element.get("name") == "quote"
    return "holds" if cites or is_gmx or names & HOLDS_QUOTE else ""


def _may_quote(element: etree._Element) -> bool:
    """Look at an element's first words only: a plain blockquote, or the label of a copied From line."""
    return element.tag == "blockquote" or begins_header_block(_first_words(element))


def _first_words(element: etree._Element) -> str:
    pieces: list[str] = []
    for number, piece in enumerate(element.itertext()):
        pieces.append(str(piece))
        if number > 8 or (piece.strip() and len(" ".join(pieces).strip()) > 24):
            break
    return " ".join(pieces).replace("\u00a0", " ").strip()[:60]


def _kind_by_words(element: etree._Element) -> str:
    """Tell a quotation without markup: a blockquote below an attribution, or a copied header block below a text."""
    before = " ".join(" ".join(str(each) for each in _words_before(element)).split())
    if not before:
        return ""
    if element.tag == "blockquote":
        ends = before[-MAX_ATTRIBUTION:]
        starts = [match.end() for match in re.finditer(r"[.!?,\n]\s", ends)]
        return "holds" if any(is_attribution(ends[at:]) for at in [0, *starts]) else ""
    lines = [line.strip() for line in _lines(element)[:14]]
    return "before" if is_header_block([line for line in lines if line], 0) else ""


def _words_before(element: etree._Element) -> list[str]:
    """Return the last words that stand before an element, nearest last."""
    found: list[str] = []
    for each in element.xpath("preceding::text()[normalize-space()][position() <= 12]")[-12:]:
        found.append(str(each))
    return found


def _lines(element: etree._Element) -> list[str]:
    """Return the lines of a small element, broken where a browser breaks them."""
    words: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            if each.tag in ("br", "p", "div", "tr", "li"):
                words.append("\n")
            words += [" ".join((each.text or "").split()), " "]
        elif each is not element:
            words += [" ".join((each.tail or "").split()), " "]
        if len(words) > 400:
            break
    return "".join(words).split("\n")


def _is_outlook_border(element: etree._Element) -> bool:
    return element.tag == "div" and OUTLOOK_BORDER.search(element.get("style") or "") is not None


def _new_fold() -> etree._Element:
    fold = etree.Element("details")
    fold.set("class", QUOTED_CLASS)
    summary = etree.SubElement(fold, "summary")
    summary.text = "\u2022\u2022\u2022"
    return fold


def _wrap(element: etree._Element) -> None:
    """Put one element into a fold, with what follows it left outside."""
    fold = _new_fold()
    fold.tail, element.tail = element.tail, None
    element.getparent().replace(element, fold)
    fold.append(element)


def _wrap_rest(element: etree._Element) -> None:
    """Put an element and all that follows it, up to the body's end, into folds."""
    parent, following = element.getparent(), list(element.itersiblings())
    fold = _new_fold()
    parent.replace(element, fold)
    fold.append(element)
    while True:
        for each in following:
            fold.append(each)
        element, parent = parent, parent.getparent()
        if parent is None or element.tag in ("body", "html"):
            return
        following = list(element.itersiblings())
        if following:
            fold = _new_fold()
            parent.insert(parent.index(element) + 1, fold)


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
