"""XLIFF 2.1: texts written for translators' programs, and read back from them.

Outside source: OASIS XLIFF Version 2.1 (2018), the core of which keeps the namespace of 2.0. One `file` for one target
language, one `unit` a text, one `segment` a sentence. A slot is a `ph`, one with words of its own (`{name|there}`) a
`pc` around them; what is not translated is an `mrk translate="no"`. Nothing is stored here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree

from dragoman.core.language.side_by_side import pieces
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import normalise, same
from dragoman.kit.text import shortened

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
VERSIONS = ("2.0", "2.1", "2.2")
LARGEST = 20 * 1024 * 1024
MOST_UNITS = 5_000
MOST_PROBLEMS = 200
_SLOT = re.compile(r"\{(?P<name>[a-z_]+(?:\.[a-z_]+)?)(?:\|(?P<words>[^{}]*))?\}")
_ID = re.compile(r"[^A-Za-z0-9._-]")
# what XML cannot hold, besides what kit.address.clean takes away
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
STATES = ("initial", "translated", "reviewed", "final")


@dataclass(frozen=True)
class Unit:
    """A text to be translated; `said` is what there is of a translation."""

    id: str
    title: str
    text: str
    said: str = ""
    note: str = ""
    state: str = "initial"


@dataclass(frozen=True)
class Returned:
    """A text as it came back; `line` is where it stands in the file."""

    id: str
    source: str
    text: str
    state: str
    line: int


@dataclass(frozen=True)
class Problem:
    """Something about a file that came back: `line` 0 is the whole file; a `warning` hinders nothing.

    `of_slots` says that a translation has not the slots of its source.
    """

    line: int
    text: str
    unit: str = ""
    warning: bool = False
    of_slots: bool = False


@dataclass
class Back:
    """What a file that came back holds."""

    source: str
    target: str
    file_id: str = ""
    units: list[Returned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: list[Problem] = field(default_factory=list)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def written(
    units: Sequence[Unit],
    *,
    file_id: str,
    title: str,
    source: str,
    target: str,
    note: str = "",
    terms: Sequence[str] = (),
) -> bytes:
    """Return the file for one target language; `terms` are marked as not to be translated."""
    root = etree.Element(_name("xliff"), nsmap={None: NAMESPACE})
    root.set("version", "2.1")
    root.set("srcLang", source)
    root.set("trgLang", target)
    file = etree.SubElement(root, _name("file"), id=_ID.sub("-", file_id), original=_plain(title))
    if note.strip():
        notes = etree.SubElement(file, _name("notes"))
        etree.SubElement(notes, _name("note"), category="instructions").text = _plain(note)
    for unit in units:
        _write_unit(file, unit, source, target, terms)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False))


def _plain(text: str) -> str:
    return _UNWRITABLE.sub("", clean(text))


def _write_unit(file: "etree._Element", unit: Unit, source: str, target: str, terms: Sequence[str]) -> None:
    element = etree.SubElement(file, _name("unit"), id=_ID.sub("-", unit.id), name=_plain(unit.title))
    notes = etree.SubElement(element, _name("notes"))
    etree.SubElement(notes, _name("note"), category="title").text = _plain(unit.title)
    if unit.note.strip():
        etree.SubElement(notes, _name("note"), category="reason").text = _plain(unit.note)
    slots = _Slots(terms)
    sentences = pieces(_plain(unit.text), source)
    said = pieces(_plain(unit.said), target)
    paired = len(said) == len(sentences)
    made = []
    for n, sentence in enumerate(sentences, start=1):
        segment = etree.Element(_name("segment"), id=f"s{n}", state=unit.state if paired else "initial")
        slots.write(_child(segment, "source"), sentence.text)
        if paired and unit.said:
            slots.again().write(_child(segment, "target"), said[n - 1].text)
        made.append(segment)
        if sentence.gap:
            ignorable = etree.Element(_name("ignorable"), id=f"i{n}")
            _child(ignorable, "source").text = sentence.gap
            if paired and unit.said:
                _child(ignorable, "target").text = said[n - 1].gap
            made.append(ignorable)
    if slots.data:
        kept = etree.SubElement(element, _name("originalData"))
        for key, value in slots.data.items():
            etree.SubElement(kept, _name("data"), id=key).text = value
    element.extend(made)


def _child(parent: "etree._Element", local: str) -> "etree._Element":
    child = etree.SubElement(parent, _name(local))
    child.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return child


class _Slots:
    """Writes texts of one unit: ids of inline codes are unique in it, and the target's are the source's."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.data: dict[str, str] = {}
        self._codes = 0
        self._marks = 0
        self._known: dict[str, list[str]] = {}
        longest = sorted(
            {term.strip().rstrip("*") for term in terms if term.strip("* ")}, key=len, reverse=True
        )
        self._terms = (
            re.compile("|".join(rf"(?<!\w){re.escape(term)}(?!\w)" for term in longest)) if longest else None
        )

    def again(self) -> "_Slots":
        """Return a writer for the translation of what was written last: slots it names have the source's ids."""
        other = _Slots(())
        other.data, other._codes = self.data, self._codes
        other._known = {text: list(ids) for text, ids in self._known.items()}
        return other

    def write(self, element: "etree._Element", text: str) -> None:
        end = 0
        for found in _SLOT.finditer(text):
            self._text(element, text[end : found.start()])
            self._slot(element, found)
            end = found.end()
        self._text(element, text[end:])

    def _slot(self, element: "etree._Element", found: "re.Match[str]") -> None:
        whole, words = found.group(), found["words"]
        ids = self._known.get(whole, [])
        code = ids.pop(0) if element.tag == _name("target") and ids else self._new(whole)
        if not words:
            ph = etree.SubElement(element, _name("ph"), id=code, dataRef=f"d{code}", equiv=whole, disp=whole)
            ph.set("canCopy", "no")
            ph.set("canDelete", "no")
            self.data[f"d{code}"] = whole
            return
        pc = etree.SubElement(element, _name("pc"), id=code, dataRefStart=f"d{code}a", dataRefEnd=f"d{code}b")
        pc.set("canCopy", "no")
        pc.set("canDelete", "no")
        pc.set("equivStart", f"{{{found['name']}|")
        pc.set("equivEnd", "}")
        pc.text = words
        self.data[f"d{code}a"], self.data[f"d{code}b"] = f"{{{found['name']}|", "}"

    def _new(self, whole: str) -> str:
        self._codes += 1
        code = str(self._codes)
        self._known.setdefault(whole, []).append(code)
        return code

    def _text(self, element: "etree._Element", text: str) -> None:
        end = 0
        for found in self._terms.finditer(text) if self._terms else ():
            _append(element, text[end : found.start()])
            self._marks += 1
            mark = etree.SubElement(element, _name("mrk"), id=f"m{self._marks}", translate="no")
            mark.text = found.group()
            end = found.end()
        _append(element, text[end:])


def _append(element: "etree._Element", text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def read(content: bytes) -> Back:
    """Read a file that came back; raises Refusal `bad_xliff` where it is none, lists by line what is wrong in it.

    Entities, schemas and anything outside the file are never looked at.
    """
    if len(content) > LARGEST:
        raise Refusal(_("A file may have at most 20 MB."), code="too_large", status=413)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = error.position[0] if isinstance(error, etree.XMLSyntaxError) else 0
        raise _bad(_("Line %(line)s: this is no XML.") % {"line": line}) from None
    if root.getroottree().docinfo.doctype:
        raise _bad(_("A file with a document type is not read."))
    if root.tag != _name("xliff"):
        raise _bad(_("This is no XLIFF 2: its namespace must be %(name)s.") % {"name": NAMESPACE})
    if root.get("version") not in VERSIONS:
        raise _bad(_("This version of XLIFF is not read: use 2.0, 2.1 or 2.2."))
    back = Back(normalise(root.get("srcLang") or ""), normalise(root.get("trgLang") or ""))
    if not back.source or not back.target:
        raise _bad(_("The file does not say its languages (srcLang and trgLang)."))
    file = root.find(_name("file"))
    back.file_id = (file.get("id") or "") if file is not None else ""
    seen: set[str] = set()
    for unit in root.iter(_name("unit")):
        if len(seen) >= MOST_UNITS:
            raise _bad(_("A file may have at most 5,000 texts."))
        _read_unit(unit, back, seen)
    if not seen:
        raise _bad(_("There is no text in the file."))
    return back


def _bad(text: str) -> Refusal:
    return Refusal(text, code="bad_xliff", status=422)


def _read_unit(unit: "etree._Element", back: Back, seen: set[str]) -> None:
    key, line = unit.get("id") or "", int(unit.sourceline or 0)
    if not key or key in seen:
        said = _("A text has no id.") if not key else _("This text stands in the file twice.")
        back.problems.append(Problem(line, said, key))
        return
    seen.add(key)
    originals = unit.find(_name("originalData"))
    data = {one.get("id") or "": one.text or "" for one in (originals if originals is not None else ())}
    source, target, state, lacks = [], [], "final", False
    for part in _in_order(unit):
        is_segment = part.tag == _name("segment")
        here = part.find(_name("source"))
        there = part.find(_name("target"))
        before = _text_of(here, data, back, key) if here is not None else ""
        source.append(before)
        if is_segment:
            found = part.get("state") or "initial"
            if found not in STATES:
                told = _("There is no state “%(state)s”.") % {"state": found[:40]}
                back.problems.append(Problem(int(part.sourceline or 0), told, key))
                found = "initial"
            state = min(state, found, key=STATES.index)
        said = _text_of(there, data, back, key) if there is not None else ""
        if is_segment and before.strip() and not said.strip():
            lacks = True
            at = int(part.sourceline or 0)
            back.missing.append(
                Problem(at, _("Not translated: “%(text)s”") % {"text": shortened(before, 80)}, key)
            )
        target.append(said if is_segment or there is not None else before)
    if not lacks:
        _check_codes("".join(source), "".join(target), back, key, line)
        back.units.append(Returned(key, "".join(source), "".join(target).strip(), state, line))


def _in_order(unit: "etree._Element") -> "list[etree._Element]":
    """Return segments and what stands between them as the translation has them: targets may name another `order`."""
    parts = [part for part in unit if part.tag in (_name("segment"), _name("ignorable"))]
    placed = {}
    for place, part in enumerate(parts, start=1):
        there = part.find(_name("target"))
        order = there.get("order") if there is not None else None
        placed[place] = (
            int(order) if order and order.isascii() and order.isdigit() and len(order) < 6 else place
        )
    # only a complete new order is one
    if sorted(placed.values()) != list(range(1, len(parts) + 1)):
        return parts
    return [parts[place - 1] for place, _order in sorted(placed.items(), key=lambda pair: pair[1])]


def _text_of(element: "etree._Element", data: dict[str, str], back: Back, key: str) -> str:
    """Return a text with its slots as we write them; inline codes of a translator's program are left out."""
    parts = [element.text or ""]
    for child in element:
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if local == "ph":
            parts.append(data.get(child.get("dataRef") or "", child.get("equiv") or ""))
        elif local == "pc":
            start = data.get(child.get("dataRefStart") or "", child.get("equivStart") or "")
            end = data.get(child.get("dataRefEnd") or "", child.get("equivEnd") or "")
            parts += [start, _text_of(child, data, back, key), end]
        elif local == "cp":
            back.problems.append(
                Problem(int(child.sourceline or 0), _("A sign that no text can hold."), key, warning=True)
            )
        elif local in ("sc", "ec"):
            parts.append(data.get(child.get("dataRef") or "", child.get("equiv") or ""))
        else:
            parts.append(_text_of(child, data, back, key))
        parts.append(child.tail or "")
    return clean("".join(parts))


def _check_codes(source: str, target: str, back: Back, key: str, line: int) -> None:
    """Tell slots that are lost or that nobody asked for."""
    here = sorted(found["name"] for found in _SLOT.finditer(source))
    there = sorted(found["name"] for found in _SLOT.finditer(target))
    lost = [name for name in dict.fromkeys(here) if there.count(name) < here.count(name)]
    more = [name for name in dict.fromkeys(there) if there.count(name) > here.count(name)]
    for name in lost:
        said = _("The slot {%(name)s} is missing.") % {"name": name}
        back.problems.append(Problem(line, said, key, of_slots=True))
    for name in more:
        said = _("The slot {%(name)s} was not in the text.") % {"name": name}
        back.problems.append(Problem(line, said, key, of_slots=True))


def is_for(back: Back, *, source: str, target: str) -> bool:
    """Say whether a file is in these languages."""
    return same(back.source, source) and same(back.target, target)
