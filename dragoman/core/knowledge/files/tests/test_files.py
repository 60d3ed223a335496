"""Articles from files: what is read, what is refused and where, and nothing doubled."""

import io
import json
import zipfile

import pytest
from PIL import Image

from dragoman.core.knowledge.actions.bringing import Brought, How, bring_articles
from dragoman.core.knowledge.files.html import as_markdown
from dragoman.core.knowledge.files.opening import read_files
from dragoman.core.knowledge.files.pieces import BadFile, Pile
from dragoman.core.knowledge.models import ArticleFile
from dragoman.core.knowledge.queries import articles_of, get_article, get_category
from dragoman.core.knowledge.reading import page_of
from tests.people import House, a_house

HEAD = """---
title: Palautus
key: returns
category: returns
questions:
  - "Miten palautan?"
---
30 päivää.
"""


def faults_of(pile: Pile) -> list[tuple[str, int]]:
    return [(one.file, one.line) for one in pile.faults]


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_markdown_file_says_what_it_is_by_its_head_its_folder_or_its_name() -> None:
    pile = read_files(
        [
            ("help/fi/palautus.md", HEAD.encode()),
            ("help/de@AT/returns.md", b"# R\xc3\xbccksendung\n\n14 Tage."),
            ("returns.th.md", "---\ntitle: คืนสินค้า\n---\nภายใน 30 วัน".encode()),
            ("plain.md", b"# Plain\n\nWords."),
        ],
        language="nb",
    )
    said = [(one.key, one.language, one.market, one.title) for one in pile.pieces]
    assert said == [
        ("returns", "fi", "", "Palautus"),
        ("returns", "de", "AT", "Rücksendung"),
        ("returns", "th", "", "คืนสินค้า"),
        ("plain", "nb", "", "Plain"),
    ]
    assert pile.pieces[0].questions == ["Miten palautan?"] and pile.pieces[0].category == "returns"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("fi/a.md", b'---\ntitle: "open\ncategory: x\n---\nwords', 2),
        ("fi/a.md", b"---\ntitle: T\nkind: poem\n---\nwords", 3),
        ("fi/a.md", b"---\ntitle: T\nquestions:\n  a: b\n---\nwords", 3),
        ("fi/a.md", b"---\ntitle: T\n---\n", 4),
        ("fi/a.md", b"words without a title", 1),
        ("a.md", b"# T\n\nno language", 1),
        ("fi/a.md", b"\xff\xfe\x00", 0),
        ("a.html", b"", 0),
        ("a.json", b'{"articles": [', 1),
        ("a.json", b'{"tickets": []}', 0),
        ("a.csv", b"subject,words\na,b", 1),
        ("a.docx", b"...", 0),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(name: str, content: bytes, line: int) -> None:
    pile = read_files([(name, content)])
    assert not pile.pieces and faults_of(pile) == [(name, line)]


def test_html_becomes_markdown_without_scripts() -> None:
    said = as_markdown(
        "<h2>One</h2><script>x()</script><ul><li>a <b>b</b></li></ul><p><a href='/hc/1'>l</a></p>"
    )
    assert said == "## One\n\n- a **b**\n\n[l](/hc/1)"
    page = b"<html lang=fi><head><title>T</title></head><body><nav>n</nav><h1>Otsikko</h1><p>Sanat</p></body></html>"
    piece = read_files([("otsikko.html", page)]).pieces[0]
    assert (piece.title, piece.body, piece.language) == ("Otsikko", "Sanat", "fi")


def test_a_zip_that_unpacks_to_too_much_or_is_none_is_refused() -> None:
    for raw in (b"PK\x03\x04 broken", zipped({"a.md": b"0" * 32_000_000})):
        with pytest.raises(BadFile):
            read_files([("a.zip", raw)])


ZENDESK = {
    "articles.json": {
        "articles": [
            {"id": 7, "title": "Returns", "locale": "en-us", "source_locale": "en-us", "section_id": 3, "position": 2,
             "draft": False, "body": '<p>See <a href="https://x.zendesk.com/hc/en-us/articles/8-Pay">pay</a>.</p>'},
            {"id": 8, "title": "Returns", "locale": "en-us", "source_locale": "en-us", "section_id": 3,
             "draft": True, "body": "<p>Card.</p>", "user_segment_id": 12},
            {"id": 9, "title": "Empty", "locale": "en-us", "body": None},
            {"title": "No number"},
        ]
    },
    "translations.json": {
        "translations": [
            {"source_id": 7, "source_type": "Article", "locale": "fi", "title": "Palautus", "body": "<p>30.</p>"},
            {"source_id": 7, "source_type": "Article", "locale": "xx", "title": "?", "body": "<p>?</p>"},
            {"source_id": 3, "source_type": "Section", "locale": "fi", "title": "Palautukset"},
        ]
    },
    "sections.json": {"sections": [{"id": 3, "name": "Returns", "locale": "en-us", "position": 1}]},
}  # fmt: skip


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.mark.django_db
def test_zendesks_help_centre_comes_in_whole_and_twice_is_once(house: House) -> None:
    raw = zipped({name: json.dumps(said).encode() for name, said in ZENDESK.items()})

    def bring(*, look: bool = False) -> Brought:
        pile = read_files([("export.zip", raw)])
        how = How(brand_id=house.brand.pk, only_look=look)
        return bring_articles(house.workspace.pk, pile, how=how, agent=None)

    with house.acting():
        looked = bring(look=True)
        assert (looked.new, articles_of(house.workspace.pk).count()) == (3, 0)
        first, again = bring(), bring()
        assert (first.new, first.changed, first.same) == (3, 0, 0)
        assert (again.new, again.changed, again.same) == (0, 0, 3)
        refused = [(one.file, one.line) for one in first.faults]
        assert refused == [("articles.json", 4), ("translations.json", 2), ("articles.json", 3)]
        article = get_article(house.workspace.pk, "returns")
        texts = {one.name: one for one in article.texts.all()}
        assert set(texts) == {"en", "fi"} and article.source == "en"
        assert texts["en"].live and "article:returns-8" in texts["en"].live.body
        assert "/knowledge/articles/returns-8" in page_of(texts["en"].live.body).html
        # the other is a draft for the team: customers get its words without a link
        assert "<a" not in page_of(texts["en"].live.body, brand=house.brand, language="fi").html
        other = get_article(house.workspace.pk, "returns-8")
        assert other.internal and [one.status for one in other.texts.all()] == ["draft"]
        assert get_category(house.workspace.pk, "returns").names == {"en": "Returns", "fi": "Palautukset"}


@pytest.mark.django_db
def test_gorgias_tables_and_answers_come_in(house: House) -> None:
    table = "Title;Content;Locale;Slug;Status\nPalautus;<p>30</p>;fi-FI;returns;UNLISTED\nNo words;;fi;;\n"
    said = {
        "data": [
            {
                "id": 5,
                "translation": {"locale": "en-US", "title": "Pay", "content": "<p>Card</p>", "slug": "pay"},
            }
        ]
    }
    with house.acting():
        pile = read_files([("a.csv", table.encode()), ("b.json", json.dumps(said).encode())])
        brought = bring_articles(house.workspace.pk, pile, how=How(brand_id=None), agent=house.greta)
        assert brought.new == 2 and faults_of(pile) == [("a.csv", 3)]
        assert [one.status for one in get_article(house.workspace.pk, "returns").texts.all()] == ["draft"]


def a_picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), colour).save(out, "PNG")
    return out.getvalue()


@pytest.mark.django_db
def test_pictures_come_along_once_and_foreign_ones_are_named() -> None:
    house = a_house()
    text = """# Lamp

![A](../img/Lämpö%201.PNG "T") ![B](<../img/b.png>) [manual][m] ![C][c]
![gone](nowhere.png) ![far](https://cdn.example/x.png) ![bad](/img/bad.png) [site](https://shop.example)

[m]: ../m.pdf
[c]: ../img/b.png
"""
    page = '<html lang="fi"><h1>Lamppu</h1><table><tr><td><img src="img/b.png"></td></tr></table></html>'
    files = {
        "h/en/lamp.md": text.encode(),
        "h/lamp.html": page.encode(),
        "h/img/La\u0308mpo\u0308 1.png": a_picture("red"),
        "h/img/b.png": a_picture("blue"),
        "img/bad.png": b"<svg/>",
        "h/m.pdf": b"%PDF-1.7 ...",
    }
    pile = read_files([("h.zip", zipped(files))])
    with house.acting():
        looked = bring_articles(house.workspace.pk, pile, how=How(only_look=True), agent=house.greta)
        assert not ArticleFile.objects.exists()
        came = bring_articles(house.workspace.pk, pile, how=How(), agent=house.greta)
        kept = {one.name: one.path for one in ArticleFile.objects.all()}
        assert len(looked.pictures) == 4 and len(came.pictures) == len(kept) == 3
        lost = ["nowhere.png", "bad.png"]
        assert [one.address for one in came.abroad] == ["https://cdn.example/x.png"]
        assert [any(name in one.said + one.file for one in came.faults) for name in lost] == [True, True]
        article = get_article(house.workspace.pk, "lamp")
        bodies = {one.language: one.head.body for one in article.texts.all() if one.head}
        assert all(path in bodies["en"] for path in kept.values()) and kept["b.png"] in bodies["fi"]
        assert "[site](https://shop.example)" in bodies["en"] and "![bad](/img/bad.png)" in bodies["en"]
        again = bring_articles(house.workspace.pk, pile, how=How(), agent=house.greta)
        assert (again.same, again.changed, len(again.pictures)) == (2, 0, 0)
        assert ArticleFile.objects.count() == 3
