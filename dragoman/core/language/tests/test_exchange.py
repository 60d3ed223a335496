"""Glossaries and memories as files: what is written is read, what others write too, what is hostile harms nothing."""

import codecs

import pytest
from lxml import etree

from dragoman.core.language import exchange, exchange_files, exchange_tables
from dragoman.core.language.actions.exchange import import_glossary, import_memory, plan_glossary
from dragoman.core.language.actions.glossary import Worded, WrittenEntry, save_entry
from dragoman.core.language.actions.memory import Pair, remember
from dragoman.core.language.glossary import entries_of
from dragoman.core.language.memory import remembered, units_of
from dragoman.core.language.scope import Scope
from dragoman.kit.errors import Refusal
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


WORDS = [
    Worded("lampshade", "en"),
    Worded("โป๊ะโคม", "th"),
    Worded("Lampenschirm", "de"),
    Worded("Schirm", "de", use="admitted"),
    Worded("Lampentüte", "de", use="forbidden"),
    Worded("Lampendach", "de", "AT"),
    Worded("cúpula", "pt-BR"),
    Worded('; = "quoted", <b>', "fi"),
]


def facts_of(house: House) -> list:
    with house.acting():
        return [
            (
                sorted((term.language, term.market, term.text, term.use) for term in entry.terms.all()),
                entry.keep,
                entry.case_sensitive,
                entry.speech,
                entry.note,
                entry.brand.slug if entry.brand else "",
            )
            for entry in entries_of(house.workspace.pk).order_by("pk")
        ]


def fill(house: House) -> None:
    with house.acting():
        for written in (
            WrittenEntry(WORDS, speech="noun", note="The part\nabove the bulb"),
            WrittenEntry([Worded("Havu")], keep=True, case_sensitive=True, brand_id=house.brand.pk),
        ):
            save_entry(house.workspace.pk, agent=house.greta, written=written)


def bring(house: House, raw: bytes):
    with house.acting():
        return import_glossary(house.workspace.pk, exchange_files.read_glossary(raw), agent=house.greta)


@pytest.mark.parametrize("write", [exchange_files.write_tbx, exchange_tables.write_glossary_csv])
def test_a_glossary_written_is_read_again_as_it_was(house, write):
    fill(house)
    before = [(*facts[:4], " ".join(facts[4].split()), facts[5]) for facts in facts_of(house)]
    with house.acting():
        raw = write(list(entries_of(house.workspace.pk).order_by("pk")))
        for entry in entries_of(house.workspace.pk):
            entry.delete()
    plan = bring(house, raw)
    assert (len(plan.made), len(plan.changed)) == (2, 0)
    assert [(*facts[:4], " ".join(facts[4].split()), facts[5]) for facts in facts_of(house)] == before
    again = bring(house, raw)
    assert (len(again.made), len(again.changed), again.same) == (0, 0, 2)


def test_a_memory_written_is_read_again_as_it_was(house):
    pairs = [
        Pair(
            "Your order KSL-1234 left <today> & tomorrow.",
            "พัสดุ KSL-1234 ออกแล้ววันนี้",
            "en",
            "th",
            house.brand.pk,
            "TH",
        ),
        Pair('=SUM of it; "all"', "Summa", "en", "fi"),
    ]
    for write in (exchange_files.write_tmx, exchange_tables.write_memory_csv):
        with house.acting():
            remember(house.workspace.pk, pairs)
            units = list(units_of(house.workspace.pk).select_related("brand").order_by("pk"))
            before = [(u.source, u.target, u.pair, u.brand_id, u.market) for u in units]
            raw = write(units)
            units_of(house.workspace.pk).delete()
            assert import_memory(house.workspace.pk, exchange_files.read_memory(raw), agent=house.greta) == 2
            after = units_of(house.workspace.pk).order_by("pk")
            assert sorted((u.source, u.target, u.pair, u.brand_id or 0, u.market) for u in after) == sorted(
                (s, t, p, b or 0, m) for s, t, p, b, m in before
            )
            units_of(house.workspace.pk).delete()


def test_tmx_of_other_programs_is_read_with_codes_left_out_and_slots_kept(house):
    raw = """<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header creationtool="X" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"
 srclang="EN-US" datatype="html"/><body>
<tu tuid="1"><tuv xml:lang="DE-DE"><seg>Ihre <bpt i="1">&lt;b&gt;</bpt>Lampe<ept i="1">&lt;/b&gt;</ept> kommt, <ph>{name}</ph>.</seg></tuv>
<tuv xml:lang="EN-US"><seg>Your <bpt i="1">&lt;b&gt;</bpt><hi>lamp</hi><ept i="1">&lt;/b&gt;</ept> is coming, <ph>{name}</ph>.</seg></tuv>
<tuv xml:lang="fi"><seg>Lamppusi tulee, <ph>{name}</ph>.</seg></tuv></tu>
</body></tmx>""".encode("utf-16")
    read = exchange_files.read_memory(raw)
    assert not read.problems
    assert [(one.pair.source, one.pair.target, one.pair.target_language) for one in read.pairs] == [
        ("Your lamp is coming, {name}.", "Ihre Lampe kommt, {name}.", "de-DE"),
        ("Your lamp is coming, {name}.", "Lamppusi tulee, {name}.", "fi"),
    ]
    with house.acting():
        import_memory(house.workspace.pk, read, agent=house.greta)
        scope = Scope(house.workspace.pk, names=("Aino",))
        [said] = remembered(["Your lamp is coming, Aino."], source="en", target="de", scope=scope)
    assert said is not None and said.text == "Ihre Lampe kommt, Aino."


V3_DCT = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
 xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader>
<text><body><conceptEntry id="c1"><min:subjectField>shop</min:subjectField>
<langSec xml:lang="en"><termSec><term>parcel</term><min:partOfSpeech>noun</min:partOfSpeech>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="de-AT"><termSec><term>Packerl</term></termSec><termSec><term>Sendung</term>
<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry></body></text></tbx>"""
V3_DCA = """<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><tbxHeader/><text><body>
<conceptEntry id="c1"><note>a thing</note><langSec xml:lang="en"><termSec><term>parcel</term><termNote type="partOfSpeech">noun</termNote>
</termSec></langSec><langSec xml:lang="de-AT"><termSec><term>Packerl</term></termSec><termSec><term>Sendung</term>
<termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec></conceptEntry></body></text></tbx>"""
V2_NTIG = """<martif type="TBX" xml:lang="en"><martifHeader/><text><body><termEntry id="c1">
<langSet xml:lang="en"><ntig><termGrp><term>parcel</term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="de-AT"><ntig><termGrp><term>Packerl</term></termGrp></ntig><tig><term>Sendung</term>
<termNote type="administrativeStatus">forbidden</termNote></tig></langSet></termEntry></body></text></martif>"""


@pytest.mark.parametrize("text", [V3_DCT, V3_DCA, V2_NTIG], ids=["3 DCT", "3 DCA", "2 ntig"])
def test_every_dialect_of_tbx_says_the_same(text):
    read = exchange_files.read_glossary(text.encode())
    assert not read.problems
    [entry] = read.entries
    assert entry.written.speech == "noun"
    assert [(word.text, word.language, word.market, word.use) for word in entry.written.words] == [
        ("parcel", "en", "", "preferred"),
        ("Packerl", "de", "AT", "preferred"),
        ("Sendung", "de", "AT", "forbidden"),
    ]


def test_excels_tables_are_read_with_their_semicolons_and_marks(house):
    raw = (
        codecs.BOM_UTF8
        + "sep=;\r\nen;fi;de!;*;kept\r\nparcel | package;lähetys;Sendung;;\r\n;;;Havu;yes\r\n".encode()
    )
    plan = bring(house, raw)
    assert (len(plan.made), plan.problems) == (2, [])
    assert facts_of(house)[0][0] == [
        ("de", "", "Sendung", "forbidden"),
        ("en", "", "package", "admitted"),
        ("en", "", "parcel", "preferred"),
        ("fi", "", "lähetys", "preferred"),
    ]
    assert facts_of(house)[1][:2] == ([("", "", "Havu", "preferred")], True)
    tabs = "en\tfi\nlamp\tlamppu\n".encode("utf-16")
    assert len(bring(house, tabs).made) == 1


def test_what_a_file_says_of_a_language_counts_and_other_languages_stay(house):
    fill(house)
    plan = bring(house, b"en,fi\nlampshade,lampunvarjostin\n")
    assert (len(plan.made), len(plan.changed)) == (0, 1)
    words = facts_of(house)[0][0]
    assert ("fi", "", "lampunvarjostin", "preferred") in words
    assert ("th", "", "โป๊ะโคม", "preferred") in words
    assert not [word for word in words if word[0] == "fi" and "quoted" in word[2]]


def test_faults_name_their_line_and_nothing_is_half_brought_in(house):
    raw = ("en,fi\nlamp,lamppu\n,\n" + "x" * 201 + ",y\n,pelkkä\n,,\n").encode()
    read = exchange_files.read_glossary(raw + b"a,b,\n")
    assert [problem.line for problem in read.problems] == [4]
    with pytest.raises(Refusal) as refused:
        bring(house, raw)
    assert refused.value.code == "bad_file"
    assert refused.value.details["errors"][0]["line"] == 4
    assert facts_of(house) == []
    with house.acting():
        plan = plan_glossary(house.workspace.pk, exchange_files.read_glossary(b"en,brand\nlamp,nobody\n"))
    assert plan.problems[0].line == 2 and "nobody" in plan.problems[0].said


@pytest.mark.parametrize(
    "raw, code",
    [
        (b"", "empty"),
        (b"<tmx><body>", "bad_file"),
        (b"<html/>", "bad_file"),
        ("en,fi\nlamp,l\xe4mp\xf6\n".encode("latin-1"), "bad_file"),
        (b'en,fi\n"lamp,lamppu\n' + b"x" * 140_000, "bad_file"),
        (b"x" * (exchange.MOST_BYTES + 1), "too_large"),
        (
            b'<!DOCTYPE tbx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><tbx><term>&b;</term></tbx>',
            "bad_file",
        ),
        (b'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx><term>&x;</term></tbx>', "bad_file"),
        (b'<!DOCTYPE tbx [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]><tbx/>', "bad_file"),
    ],
)
def test_what_cannot_be_read_or_is_hostile_is_refused_with_words(raw, code):
    with pytest.raises(Refusal) as refused:
        exchange_files.read_glossary(raw)
    assert refused.value.code == code


def test_a_name_deep_in_elements_without_end_harms_nothing():
    deep = (
        b"<tmx version='1.4'><header srclang='en'/><body>"
        + b"<tu>" * 5000
        + b"</tu>" * 5000
        + b"</body></tmx>"
    )
    with pytest.raises(Refusal):
        exchange_files.read_memory(deep)


def test_a_spreadsheet_takes_no_word_for_a_formula(house):
    with house.acting():
        written = WrittenEntry([Worded("=cmd()", "en"), Worded("-5 %", "fi")], note="@x")
        save_entry(house.workspace.pk, agent=house.greta, written=written)
        raw = exchange_tables.write_glossary_csv(list(entries_of(house.workspace.pk))).decode("utf-8-sig")
    assert "'=cmd()" in raw and "'-5 %" in raw and "'@x" in raw


def test_what_is_written_is_well_formed_and_says_its_standard(house):
    fill(house)
    with house.acting():
        remember(house.workspace.pk, [Pair("Hello there {order} you", "Hei {order} sinä", "en", "fi")])
        tbx = etree.fromstring(exchange_files.write_tbx(entries_of(house.workspace.pk)))
        tmx = etree.fromstring(exchange_files.write_tmx(units_of(house.workspace.pk).select_related("brand")))
    assert (tbx.tag, tbx.get("type")) == ("martif", "TBX-Basic")
    assert (tmx.tag, tmx.get("version")) == ("tmx", "1.4")
    needed = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
    assert needed <= set(tmx.find("header").attrib)
    assert [ph.text for ph in tmx.iter("ph")] == ["{1}", "{1}"]


def test_who_does_not_lead_brings_nothing_in(house):
    mallory = a_house("northbound", owner="mallory")
    with mallory.acting():
        mallory.greta.role = "agent"
        for act in (import_glossary, import_memory):
            with pytest.raises(Refusal):
                act(mallory.workspace.pk, exchange.Read(), agent=mallory.greta)


@pytest.mark.parametrize(
    "raw", [b'en;fi\nlabel"x;tarra;yksi;kaksi\n', b"en,fi\nbox,laatikko\nlid,kansi,liikaa\n"]
)
def test_a_line_with_more_cells_than_names_is_refused_and_named(raw):
    with pytest.raises(Refusal, match=r"Line [23] has more cells"):
        exchange_tables.read_glossary_csv(raw)


def test_empty_cells_at_the_end_of_a_line_are_no_fault():
    assert len(exchange_tables.read_glossary_csv(b"en;fi\nbox;laatikko;;\n").entries) == 1
