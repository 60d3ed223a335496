"""HTML of strangers made harmless: nothing runs, nothing loads, no link names another place than it leads to."""

import re
from urllib.parse import urlsplit

import nh3
from lxml import etree

from dragoman.ground.channels.email.html_quotes import QUOTED_CLASS

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


def hold_back_pictures(tree: etree._Element) -> None:
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


def drop_hidden(tree: etree._Element) -> None:
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


def tell_links(tree: etree._Element) -> None:
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
