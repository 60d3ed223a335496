"""Texts as XLIFF 2.1: written, read back the same, and hostile files harmless."""

import time

import pytest
from lxml import etree

from dragoman.core.language.xliff import NAMESPACE, Unit, read, written
from dragoman.kit.errors import Refusal

N = f"{{{NAMESPACE}}}"
TEXT = "Hello {customer.name|there},\nyour order {order} left today. It comes on 3 December.\n\nKaisla <team> & co"
UNIT = Unit("macro-12", "Shipped", TEXT)


def file_of(*units, said="", **more) -> bytes:
    facts = {"file_id": "order-1-de", "title": "October", "source": "en", "target": "de", **more}
    return written(units or [Unit("macro-12", "Shipped", TEXT, said)], **facts)


def translated(content: bytes, change=lambda text: text.upper()) -> bytes:
    """Do what a translator's program does: fill in targets with the source's codes."""
    root = etree.fromstring(content)
    for part in root.iter(f"{N}segment"):
        source = part.find(f"{N}source")
        target = etree.fromstring(etree.tostring(source))
        target.tag, target.tail = f"{N}target", None
        for element in target.iter():
            if element.text:
                element.text = change(element.text)
            if element.tail:
                element.tail = change(element.tail)
        part.append(target)
        part.set("state", "translated")
    return etree.tostring(root)


def test_a_round_trip_keeps_slots_their_words_and_what_stands_between():
    content = file_of(terms=["Kaisla"])
    root = etree.fromstring(content)
    assert root.get("version") == "2.1" and root.get("srcLang") == "en" and root.get("trgLang") == "de"
    [unit] = root.iter(f"{N}unit")
    assert unit.get("id") == "macro-12"
    assert [one.text for one in unit.iter(f"{N}mrk")] == ["Kaisla"]
    assert [one.get("equiv") for one in unit.iter(f"{N}ph")] == ["{order}"]
    [pc] = unit.iter(f"{N}pc")
    assert pc.text == "there"
    back = read(translated(content))
    [came] = back.units
    assert came.source == TEXT and not back.problems and not back.missing
    assert (
        came.text
        == "HELLO {customer.name|THERE},\nYOUR ORDER {order} LEFT TODAY. IT COMES ON 3 DECEMBER.\n\nKAISLA <TEAM> & CO"
    )
    assert came.state == "translated"


def test_a_translation_that_is_there_goes_along_with_the_sources_codes():
    said = TEXT.replace("Hello", "Hallo")
    root = etree.fromstring(file_of(said=said))
    [unit] = root.iter(f"{N}unit")
    codes = [
        [(code.tag, code.get("id")) for code in side.iter(f"{N}ph", f"{N}pc")]
        for side in (next(unit.iter(f"{N}source")), next(unit.iter(f"{N}target")))
    ]
    assert codes[0] == codes[1]
    assert read(file_of(said=said)).units[0].text == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "ご注文{order}を発送しました。ありがとうございます。"),
        ("ar", "تم شحن طلبك {order}. شكرًا لك."),
        ("th", "พัสดุ {order} ออกแล้วค่ะ\nขอบคุณค่ะ"),
        ("en", "\x00\x0bodd \ud800 signs {order} {order}"),
        ("en", "{order}"),
    ],
)
def test_any_script_comes_back(language, text):
    content = file_of(Unit("macro-1", "x", text), source=language, target="fi")
    [came] = read(translated(content, lambda one: one)).units
    assert came.text == came.source.strip() and "{order}" in came.text


def test_what_is_missing_or_lost_is_told_by_line():
    content = file_of(Unit("a", "A", "One.\nTwo {order}."), Unit("b", "B", "Three."))
    pretty = etree.tostring(etree.fromstring(content), pretty_print=True)
    back = read(pretty)
    assert [(one.unit, one.text) for one in back.missing] == [
        ("a", "Not translated: “One.”"),
        ("a", "Not translated: “Two {order}.”"),
        ("b", "Not translated: “Three.”"),
    ]
    assert all(one.line > 1 for one in back.missing)
    lost = translated(content)
    root = etree.fromstring(lost)
    for target in root.iter(f"{N}target"):
        for ph in target.findall(f"{N}ph"):
            target.remove(ph)
    [problem] = read(etree.tostring(root)).problems
    assert problem.text == "The slot {order} is missing." and problem.unit == "a"
    more = translated(content).replace(b"THREE", b"THREE {password}")
    assert "{password}" in read(more).problems[0].text


def test_targets_in_another_order_and_foreign_codes_are_read():
    content = f"""<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="en" trgLang="de"
      xmlns:x="urn:x"><file id="f"><unit id="u"><originalData><data id="d1">{{order}}</data></originalData>
      <segment state="final"><source>First <ph id="1" dataRef="d1"/>.</source><target order="3">Erstens <x:b><ph id="1" dataRef="d1"/></x:b>.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="translated"><source>Second.</source><target order="1">Zweitens, <sm id="m"/>bitte<em startRef="m"/>.</target></segment>
      </unit></file></xliff>""".encode()
    [came] = read(content).units
    assert came.text == "Zweitens, bitte. Erstens {order}." and came.state == "translated"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xliff xmlns="%s" version="2.1" srcLang="en" trgLang="de">&c;</xliff>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<xliff xmlns="%s" version="2.1" srcLang="en" trgLang="de"><file id="f"><unit id="u"><segment><source>x</source>
<target>&f;</target></segment></unit></file></xliff>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<xliff",
        b"\xff\xfe\x00",
        b"<html/>",
        b"<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'/>",
        f"<xliff xmlns='{NAMESPACE}' version='9.0' srcLang='en' trgLang='de'/>".encode(),
        f"<xliff xmlns='{NAMESPACE}' version='2.1' srcLang='en'/>".encode(),
        f"<xliff xmlns='{NAMESPACE}' version='2.1' srcLang='en' trgLang='de'/>".encode(),
        BOMB.replace(b"%s", NAMESPACE.encode()),
        OUTSIDE.replace(b"%s", NAMESPACE.encode()),
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_such_file_is_refused_at_once(content):
    began = time.monotonic()
    with pytest.raises(Refusal) as refused:
        read(content)
    assert refused.value.code in ("bad_xliff", "too_large") and "root:" not in str(refused.value)
    assert time.monotonic() - began < 2


def test_a_text_that_stands_twice_or_has_no_id_is_a_fault():
    one = "<unit id='u'><segment state='odd'><source>x</source><target>y</target></segment></unit>"
    content = f"<xliff xmlns='{NAMESPACE}' version='2.1' srcLang='en' trgLang='de'><file id='f'>{one}{one}<unit/></file></xliff>"
    assert [problem.text for problem in read(content.encode()).problems] == [
        "There is no state “odd”.",
        "This text stands in the file twice.",
        "A text has no id.",
    ]
