"""TMX and TBX: read as other programs write them, written as they read them."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from dragoman.core.language.actions.glossary import LONGEST_WORD, Worded, WrittenEntry
from dragoman.core.language.actions.memory import Pair
from dragoman.core.language.exchange import (
    EVERY,
    MOST_ROWS,
    SPEECH,
    Read,
    ReadEntry,
    ReadPair,
    check_size,
    is_xml,
    placed,
    tag_of,
)
from dragoman.core.language.exchange_tables import read_glossary_csv, read_memory_csv
from dragoman.core.language.glossary_models import GlossaryEntry
from dragoman.core.language.memory_models import MemoryUnit
from dragoman.core.language.memory_shapes import LONGEST
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, is_market, normalise, same

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SLOT = re.compile(r"\{(?:\d{1,2}|\w[\w.]*)\}|%\(\w+\)[sd]|%[sd]")
_CODES = frozenset(("bpt", "ept", "it", "ph", "ut"))
_USES = {"preferredTerm": "preferred", "preferred": "preferred", "admittedTerm": "admitted", "admitted": "admitted",
    "deprecatedTerm": "forbidden", "supersededTerm": "forbidden", "deprecated": "forbidden", "superseded": "forbidden",
    "forbidden": "forbidden", "obsolete": "forbidden", "notRecommended": "forbidden"}  # fmt: skip
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}


def parsed(raw: bytes) -> Any:
    """Return the root of an XML file, nothing expanded and nothing fetched; raises Refusal `bad_file`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise Refusal(
            _("This is no XML that can be read (line %(line)s). Save the file again as TMX, TBX or CSV.")
            % {"line": line},
            code="bad_file",
            status=422,
        ) from None
    if len(list(_declared(root))):
        raise Refusal(
            _("The file declares entities of its own; they are never read. Save it without."),
            code="bad_file",
            status=422,
        )
    return root


def _declared(root: Any) -> Iterator[Any]:
    definition = root.getroottree().docinfo.internalDTD
    if definition is not None:
        yield from definition.iterentities()


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if _local(child) in names)


def _within(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element.iter() if _local(child) in names)


# --- TMX


def read_tmx(raw: bytes) -> Read:
    """Read a TMX file of any 1.x version: each unit gives pairs from its source language to each other one."""
    root = parsed(raw)
    if _local(root) != "tmx":
        raise Refusal(_("This is no TMX file."), code="bad_file", status=422)
    found = Read()
    header = next(_children(root, "header"), None)
    from_all = header.get("srclang", "") if header is not None else ""
    for number, unit in enumerate(_within(root, "tu")):
        if number >= MOST_ROWS:
            found.wrong(unit.sourceline, _("A file has at most 20,000 units: cut it in parts."))
            break
        _read_unit(unit, unit.get("srclang") or from_all, found)
    if not found.pairs and not found.problems:
        found.wrong(0, _("There is not one pair of texts in this file."))
    return found


def _read_unit(unit: Any, source: str, found: Read) -> None:
    said: list[tuple[str, str, int]] = []
    for variant in _children(unit, "tuv"):
        tag = normalise(variant.get(_LANG) or variant.get("lang") or "")
        seg = next(_children(variant, "seg"), None)
        if not tag or not is_known(tag):
            found.wrong(variant.sourceline, _("A text says in no known language that it is (xml:lang)."))
            return
        text = " ".join(_inline(seg).split()) if seg is not None else ""
        if len(text) > LONGEST:
            found.wrong(variant.sourceline, _("A text has at most 2,000 characters."))
            return
        if text:
            said.append((tag, text, variant.sourceline))
    if len(said) < 2:
        found.wrong(unit.sourceline, _("A unit has a text in one language only."))
        return
    first = next((one for one in said if source and same(one[0], source)), said[0])
    props = {prop.get("type", ""): (prop.text or "").strip() for prop in _children(unit, "prop")}
    market = props.get("x-market", "").upper()
    for tag, text, line in said:
        if not same(tag, first[0]):
            pair = Pair(
                first[1], text, first[0], tag, origin="import", author=unit.get("creationid") or "",
                market=market if is_market(market) else "",
            )  # fmt: skip
            found.pairs.append(ReadPair(line, pair, props.get("x-brand", "")))


def _inline(element: Any) -> str:
    """Return the words of a segment: codes of other programs are left out, slots and marked words stay."""
    parts = [element.text or ""]
    for child in element:
        if _local(child) in _CODES:
            inside = "".join(child.itertext())
            parts.append(inside if _SLOT.fullmatch(inside.strip()) else "")
        elif _local(child):
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def write_tmx(units: Iterable[MemoryUnit]) -> bytes:
    """Write remembered sentences as TMX 1.4b; slots are `<ph>`, brand and market properties."""
    out = io.BytesIO()
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write(
                etree.Element(
                    "header",
                    {
                        "creationtool": "Dragoman", "creationtoolversion": "1", "segtype": "sentence",
                        "o-tmf": "dragoman", "adminlang": "en", "srclang": "*all*", "datatype": "plaintext",
                    },
                )
            )  # fmt: skip
            with file.element("body"):
                for unit in units:
                    file.write(_tu(unit))
    return out.getvalue()


def _tu(unit: MemoryUnit) -> Any:
    facts = {
        "tuid": str(unit.pk),
        "srclang": unit.source_language,
        "usagecount": str(unit.used),
        "changedate": unit.changed_at.strftime("%Y%m%dT%H%M%SZ"),
    }
    if unit.author:
        facts["creationid"] = unit.author
    element = etree.Element("tu", facts)
    named = {
        "x-brand": unit.brand.slug if unit.brand else "",
        "x-market": unit.market,
        "x-origin": unit.origin,
    }
    for kind, value in named.items():
        if value:
            etree.SubElement(element, "prop", type=kind).text = value
    for tag, text in ((unit.source_language, unit.source), (unit.target_language, unit.target)):
        seg = etree.SubElement(etree.SubElement(element, "tuv", {_LANG: tag}), "seg")
        _put_inline(seg, text)
    return element


def _put_inline(seg: Any, text: str) -> None:
    at, last = 0, None
    for found in _SLOT.finditer(text):
        before = text[at : found.start()]
        if last is None:
            seg.text = before
        else:
            last.tail = before
        last = etree.SubElement(seg, "ph")
        last.text = found[0]
        at = found.end()
    if last is None:
        seg.text = text
    else:
        last.tail = text[at:]


# --- TBX


def read_tbx(raw: bytes) -> Read:
    """Read TBX: martif, termEntry, langSet of 2008, or tbx, conceptEntry, langSec of 2019 in DCA or DCT style."""
    root = parsed(raw)
    if _local(root) not in ("martif", "tbx"):
        raise Refusal(_("This is no TBX file."), code="bad_file", status=422)
    found = Read()
    for number, concept in enumerate(_within(root, "termEntry", "conceptEntry")):
        if number >= MOST_ROWS:
            found.wrong(concept.sourceline, _("A file has at most 20,000 entries: cut it in parts."))
            break
        _read_concept(concept, found)
    if not found.entries and not found.problems:
        found.wrong(0, _("There is not one term in this file."))
    return found


def _category(element: Any, name: str) -> str:
    """Return what an element says of a category: `<termNote type="x">` in DCA, `<min:x>` in DCT."""
    for child in element.iter():
        if not isinstance(child.tag, str):
            continue
        if child.get("type", "").lower() == name.lower() or _local(child).lower() == name.lower():
            return "".join(child.itertext()).strip()
    return ""


def _read_concept(concept: Any, found: Read) -> None:
    words: list[Worded] = []
    keep, speech = False, ""
    for section in _children(concept, "langSet", "langSec"):
        tag = section.get(_LANG) or section.get("lang") or ""
        language, market = ("", "") if tag.lower() in (EVERY, "und", "zxx", "*") else placed(tag)
        keep |= not language
        if language and not is_known(language):
            found.wrong(section.sourceline, _("“%(tag)s” is no language that is known.") % {"tag": tag[:20]})
            return
        for term in _within(section, "tig", "ntig", "termSec"):
            word = next(_within(term, "term"), None)
            text = " ".join("".join(word.itertext()).split()) if word is not None else ""
            if not text or len(text) > LONGEST_WORD:
                found.wrong(term.sourceline, _("A term has 1 to 200 characters."))
                return
            status = _category(term, "administrativeStatus") or _category(term, "normativeAuthorization")
            use = _USES.get(status.removesuffix("-admn-sts"), "preferred")
            speech = speech or SPEECH.get(_category(term, "partOfSpeech").lower(), "")
            keep |= _category(term, "translationNote").lower() == "no"
            words.append(Worded(text, language, market, use))
    if not words:
        found.wrong(concept.sourceline, _("An entry has no term."))
        return
    note = next((_text(one) for one in _within(concept, "note", "descrip", "definition") if _text(one)), "")
    cased = _category(concept, "x-case") == "sensitive"
    written = WrittenEntry(words, keep=keep, case_sensitive=cased, speech=speech, note=note, origin="import")
    brand = _category(concept, "customerSubset")
    found.entries.append(ReadEntry(concept.sourceline, written, brand))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def write_tbx(entries: Iterable[GlossaryEntry]) -> bytes:
    """Write a glossary as TBX-Basic (2008): the dialect that translation programs of all ages read."""
    root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    source = etree.SubElement(
        etree.SubElement(etree.SubElement(root, "martifHeader"), "fileDesc"), "sourceDesc"
    )
    etree.SubElement(source, "p").text = "A glossary of Dragoman"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    body.extend(_concept(entry) for entry in entries)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _concept(entry: GlossaryEntry) -> Any:
    element = etree.Element("termEntry", id=f"e{entry.pk}")
    if entry.brand:
        etree.SubElement(element, "admin", type="customerSubset").text = entry.brand.slug
    if entry.case_sensitive:
        etree.SubElement(element, "admin", type="x-case").text = "sensitive"
    if entry.note:
        etree.SubElement(element, "note").text = entry.note
    sections: dict[str, Any] = {}
    for term in entry.terms.all():
        tag = tag_of(term.language, term.market)
        if tag not in sections:
            sections[tag] = etree.SubElement(element, "langSet", {_LANG: tag})
        tig = etree.SubElement(sections[tag], "tig")
        etree.SubElement(tig, "term").text = term.text
        if entry.speech:
            etree.SubElement(tig, "termNote", type="partOfSpeech").text = entry.speech
        etree.SubElement(tig, "termNote", type="administrativeStatus").text = _STATUS[term.use]
        if entry.keep:
            etree.SubElement(tig, "termNote", type="translationNote").text = "no"
    return element


def read_glossary(raw: bytes) -> Read:
    """Read TBX or CSV, whichever it is; raises Refusal `too_large`, `empty`, `bad_file`."""
    check_size(raw)
    return read_tbx(raw) if is_xml(raw) else read_glossary_csv(raw)


def read_memory(raw: bytes) -> Read:
    """Read TMX or CSV, whichever it is; raises Refusal `too_large`, `empty`, `bad_file`."""
    check_size(raw)
    return read_tmx(raw) if is_xml(raw) else read_memory_csv(raw)
