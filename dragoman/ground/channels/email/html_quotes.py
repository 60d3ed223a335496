"""Quotations in HTML: found by the marks of each program or by their words, and wrapped so that they fold."""

import re

from lxml import etree

from dragoman.ground.channels.email.quotes import (
    MAX_ATTRIBUTION,
    begins_header_block,
    is_attribution,
    is_header_block,
)

QUOTED_CLASS = "dragoman-quoted"
BLOCKS = {"blockquote", "p", "div", "td", "font", "span"}

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


def fold_quotes(tree: etree._Element) -> None:
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
