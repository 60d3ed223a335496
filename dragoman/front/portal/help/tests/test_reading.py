"""A customer reads the help centre in their language and market, without a script, and sees nothing that is not theirs."""

import gzip
import json
import re
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_brand
from dragoman.kit.memo import forget_all
from tests.people import House, a_house

from .conftest import article

pytestmark = pytest.mark.django_db(transaction=True)


def get(path: str, **more: Any) -> Any:
    return Client(**more).get(f"/help/kaisla/{path}")


def said(path: str, **more: Any) -> str:
    return get(path, **more).content.decode()


def test_the_first_page_shows_shelves_in_the_readers_language_and_says_what_is_in_another(
    house: House,
) -> None:
    page = get("fi/")
    text = page.content.decode()
    assert (
        page.status_code == 200 and '<html lang="fi" dir="ltr"' in text and page["Content-Language"] == "fi"
    )
    assert "Rikkoutunut toimitus" in text and "Arrived broken" not in text
    assert '<span lang="en" dir="auto">Washing linen</span><span class="cap">englanti' in text
    assert 'action="/track/kaisla/?locale=fi"' in text and 'href="mailto:' not in text
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/help/kaisla/">' in text
    # nothing runs in the page but our own file
    scripts = re.findall(r"<script([^>]*)>", text)
    assert (
        all("src=" in one or 'type="application/ld+json"' in one for one in scripts) and "style=" not in text
    )
    arabic = said("ar/")
    assert '<html lang="ar" dir="rtl"' in arabic


def test_an_article_says_what_it_is_and_the_language_switch_stays_on_it(house: House) -> None:
    article(house, "broken", "et", title="Katki", made="machine")
    forget_all()
    page = said("fi/broken/")
    assert '<article class="prose" lang="fi" dir="ltr">' in page and '<h2 id="kuva">Kuva</h2>' in page
    assert '<a href="#kuva"' in page and '<p class="tldr">Ota kuva.</p>' in page
    assert '<link rel="canonical" href="http://testserver/help/kaisla/fi/broken/">' in page
    assert 'hreflang="en" href="http://testserver/help/kaisla/en/broken/"' in page
    assert page.count('href="/help/kaisla/et/broken/"') == 3
    data = [json.loads(one) for one in re.findall(r"ld\+json\">(.*?)</script>", page)]
    assert [one["@type"] for one in data] == ["BreadcrumbList", "Article"] and data[1]["inLanguage"] == "fi"
    # a machine wrote it, though publishing checked it
    assert "machine translation" in page or "konekäännös" in page.lower()


def test_what_is_only_in_another_language_is_shown_with_a_notice(house: House) -> None:
    page = said("ar/care/")
    assert '<html lang="ar" dir="rtl"' in page and '<article class="prose" lang="en" dir="ltr">' in page
    assert (
        'role="note"' in page
        and '<link rel="canonical" href="http://testserver/help/kaisla/en/care/">' in page
    )


def test_the_address_carries_language_and_market(house: House) -> None:
    article(house, "broken", "de", title="Kaputt")
    article(house, "broken", "de", market="AT", title="Kaputt in Österreich")
    forget_all()
    assert "Kaputt in Österreich" in said("de-AT/broken/") and "in Österreich" not in said("de/broken/")
    moved = get("DE_at/broken/?x=1")
    assert (moved.status_code, moved["Location"]) == (301, "/help/kaisla/de-AT/broken/?x=1")
    moved = get("de/broken/?market=AT")
    assert (moved.status_code, moved["Location"]) == (302, "/help/kaisla/de-AT/broken/")
    # where Switzerland has no words of its own, the one address of these words is named
    assert 'rel="canonical" href="http://testserver/help/kaisla/de/broken/"' in said("de-CH/broken/")
    assert get("", headers={"Accept-Language": "ja, de-AT;q=0.8"})["Location"] == "/help/kaisla/de/"
    wrong = get("xx/", headers={"Accept-Language": "fi"})
    assert wrong.status_code == 404 and 'role="search"' in wrong.content.decode()
    assert Client().get("/help/nobody/").status_code == Client().get("/help/nobody/fi/").status_code == 404


def test_nobody_reads_drafts_internal_articles_or_those_of_others(house: House) -> None:
    mallory = a_house("mallory")
    article(mallory, "secret", title="Hemmelig", body="lamppu")
    article(house, "inside", title="Hemmelig", body="lamppu", internal=True)
    article(house, "draft", title="Hemmelig", body="lamppu", status="draft")
    article(house, "part", title="Osa", body="Julki.\n\n[[internal]]Hemmelig lamppu[[/internal]]\n\nLoppu.")
    forget_all()
    paths = [
        "fi/",
        "fi/topics/returns/",
        "fi/part/",
        "fi/search?q=lamppu",
        "fi/instant?q=lamppu",
        "fi/feed.json",
    ]
    paths += [
        "sitemap-1.xml",
        "fi/block?keys=secret,inside,draft",
        "fi/block.json?keys=secret,inside&page=/lamppu",
    ]
    for path in paths:
        assert not re.search("hemmelig|secret/|inside/|draft/", said(path).lower()), path
    for key in ("secret", "inside", "draft"):
        page = get(f"fi/{key}/")
        assert page.status_code == 404 and "Hemmelig" not in page.content.decode()
        assert Client().post(f"/help/kaisla/fi/{key}/feedback", {"helped": "yes"}).status_code == 404


def test_markup_in_an_article_does_nothing(house: House) -> None:
    evil = "</script><script>alert(1)</script>"
    body = f"{evil}\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) [y](//evil.example)"
    article(house, "evil", title=f"A {evil}", summary=evil, body=body)
    for path in ("fi/evil/", "fi/", "fi/topics/returns/", "fi/search?q=alert", "fi/block?keys=evil"):
        page = said(path)
        assert (
            "<script>" not in page
            and "<img" not in page
            and "javascript:alert" not in page.replace("](javascript", "")
        )
    assert "<script>" not in json.loads(said("fi/feed.json"))["items"][0]["content_html"]


def test_machines_find_every_page_once_in_all_its_languages(house: House) -> None:
    index, part = said("sitemap.xml"), said("sitemap-1.xml")
    assert "http://testserver/help/kaisla/sitemap-1.xml" in index and get("sitemap-9.xml").status_code == 404
    assert part.count("<loc>http://testserver/help/kaisla/fi/broken/</loc>") == 1
    assert (
        '<xhtml:link rel="alternate" hreflang="en" href="http://testserver/help/kaisla/en/broken/"/>' in part
    )
    assert "Disallow: /\n" in Client().get("/robots.txt").content.decode()
    feed = json.loads(said("en/feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and len(feed["items"]) == 2
    assert feed["items"][0]["language"] == "en" and feed["items"][0]["content_html"].startswith("<p>")


def test_a_shops_page_gets_the_articles_it_names_or_those_that_fit_it(house: House) -> None:
    page = get("fi/block.json?keys=care,broken,nothing")
    facts = page.json()
    assert page["Access-Control-Allow-Origin"] == "*"
    assert [(one["title"], one["language"]) for one in facts["items"]] == [
        ("Washing linen", "en"),
        ("Rikkoutunut toimitus", "fi"),
    ]
    fitting = get("en/block.json?page=https://shop.example/products/linen-sheet").json()["items"]
    assert fitting[0]["url"].startswith("http://testserver/help/kaisla/en/care/")
    assert get("fi/embed.js")["Content-Type"].startswith("text/javascript")


def test_a_whole_page_weighs_little_and_speaks_of_its_brand(house: House, brand: Any) -> None:
    with house.acting():
        kept = {"shop_url": "https://kaisla.example/", "phone": "+358 10 555", "email": "help@kaisla.example"}
        change_brand(brand, changes={"help": kept, "colour": "#ffee00"})
    page = get("fi/", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(page.content).decode()
    assert 'href="https://kaisla.example/"' in text and 'href="tel:+35810555"' in text
    assert 'href="mailto:help@kaisla.example"' in text and "/help-theme/ffee00.css" in text
    # white on a brand's yellow could not be read
    style = Client().get("/help-theme/ffee00.css").content.decode()
    assert "--accent:light-dark(#" in style and "#ffee00," not in style.partition("--accent-hover")[0]


def test_a_brands_own_host_begins_with_its_help_centre(house: House, brand: Any, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["help.kaisla.example", "testserver"]
    with house.acting():
        change_brand(brand, changes={"help": {"domain": "help.kaisla.example"}})
    forget_all()
    there = Client(headers={"Host": "help.kaisla.example"})
    assert there.get("/")["Location"] == "/help/kaisla/"
    assert (
        "Sitemap: https://help.kaisla.example/help/kaisla/sitemap.xml"
        in there.get("/robots.txt").content.decode()
    )
    assert '"canonical" href="https://help.kaisla.example/help/kaisla/fi/"' in said("fi/")
    assert Client().get("/")["Location"].startswith("/login")


def test_an_empty_help_centre_leads_to_people(db: Any) -> None:
    forget_all()
    a_house("bare")
    page = Client().get("/help/bare/th/")
    assert page.status_code == 200 and 'class="bare"' in page.content.decode()
    assert Client(headers={"Accept-Language": "th"}).get("/help/bare/")["Location"] == "/help/bare/th/"
