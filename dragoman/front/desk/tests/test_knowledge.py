"""The desk's knowledge base: agents draft, leads publish, nothing typed is lost, outsiders see nothing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from dragoman.core.accounts.actions import add_agent, change_agent, create_brand
from dragoman.core.accounts.models import Role
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.questions import suggest_question
from dragoman.core.knowledge.models import ArticleQuestion, Category
from dragoman.core.knowledge.queries import find_text, get_article
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
AT = "/knowledge/articles/returns"


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def greta(house: House) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def an_article(house: House, language: str = "en", title: str = "Returns", body: str = "30 days.", **more):
    with house.acting():
        return write_text(
            house.workspace.pk,
            ArticleWish("returns", language, title, body, **{"status": "published", **more}),
            agent=None,
        )


def typed(body: str = "14 days.", **more: str) -> dict[str, str]:
    return {
        "language": "en",
        "title": "Returns",
        "summary": "",
        "body": body,
        "seen": "1",
        "do": "save",
        **more,
    }


def colleague(house: House, role: str = Role.AGENT) -> Client:
    with house.acting():
        seat = add_agent(
            house.workspace.pk,
            email="ana@kaisla.example",
            name="Ana",
            role=role,
            password="long enough to log in",
        )
        user = seat.user
    client = Client()
    client.force_login(user)
    return client


def live_body(house: House, name: str = "en") -> str:
    with house.acting():
        text = find_text(get_article(house.workspace.pk, "returns"), name)
        return text.live.body if text and text.live else ""


def test_an_article_is_begun_saved_published_and_stands_in_list_and_table(
    house: House, greta: Client
) -> None:
    assert "No articles yet" in greta.get("/knowledge").content.decode()
    to = greta.post("/knowledge/new", {"title": "Returns", "language": "en", "key": ""}).headers["Location"]
    assert to == f"{AT}?language=en&title=Returns"
    assert 'value="Returns"' in greta.get(to).content.decode()
    assert greta.post(AT, typed(seen="0")).status_code == 302
    assert live_body(house) == ""
    greta.post(AT, typed(do="publish"))
    assert live_body(house) == "14 days."
    an_article(house, "th", "คืนสินค้า", "30 วัน")
    page = greta.get("/knowledge?view=table").content.decode()
    assert "Thai" in page and page.count('class="state published"') >= 2
    assert "Returns" in greta.get("/knowledge?q=14").content.decode()
    assert "No article is like this" in greta.get("/knowledge?q=banana").content.decode()
    taken = greta.post("/knowledge/new", {"title": "Returns", "language": "en"})
    assert taken.status_code == 422


def test_a_new_article_is_for_the_brand_that_is_chosen_and_for_no_neighbours(
    house: House, greta: Client
) -> None:
    with house.acting():
        second = create_brand(house.workspace.pk, slug="second", name="Second")
    page = greta.get("/knowledge/new").content.decode()
    assert ">Second</option>" in page
    foreign = a_house("mallory").brand
    for key, brand, whose in (("ours", second, second.pk), ("theirs", foreign, None)):
        begun = greta.post("/knowledge/new", {"title": key, "language": "en", "brand": brand.pk})
        assert (f'name="brand" value="{brand.pk}"' in greta.get(begun.url).content.decode()) == bool(whose)
        greta.post(begun.url, typed(title=key, seen="0", brand=str(brand.pk)))
        with house.acting():
            assert get_article(house.workspace.pk, key).brand_id == whose


def test_a_text_for_a_market_begins_as_its_languages(house: House, greta: Client) -> None:
    an_article(house, body="Back within 30 days.")
    page = greta.get(f"{AT}?language=en&market=GB").content.decode()
    assert "Back within 30 days." in page and 'name="seen" value="0"' in page


def test_nothing_typed_is_lost_when_somebody_else_saved_meanwhile(house: House, greta: Client) -> None:
    an_article(house)
    an_article(house, body="Theirs.")
    answer = greta.post(AT, typed("Mine, long thought about."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine, long thought about." in page and "Theirs." in page and 'name="seen" value="2"' in page
    empty = greta.post(AT, typed("", seen="2", title="Still here"))
    assert empty.status_code == 422 and "Still here" in empty.content.decode()


def test_an_agent_drafts_and_asks_a_lead_publishes(house: House, greta: Client) -> None:
    an_article(house)
    ana = colleague(house)
    assert ana.post(AT, typed(do="publish")).status_code == 403
    assert live_body(house) == "30 days."
    ana.post(AT, typed(do="review"))
    assert "In review" in ana.get(AT).content.decode()
    for path, data in (
        (f"{AT}/step", {"language": "en", "do": "archive"}),
        (f"{AT}/about", {"language": "en", "kind": "article"}),
        (f"{AT}/remove", {}),
        ("/knowledge/categories/new", {"language": "en", "text": "Shelf"}),
        ("/knowledge/synonyms", {"language": "en", "words": "a, b"}),
    ):
        assert ana.post(path, data).status_code == 403, path
    greta.post(f"{AT}/step", {"language": "en", "do": "publish"})
    assert live_body(house) == "14 days."


def test_light_agents_read_and_mallory_finds_nothing(house: House) -> None:
    an_article(house)
    light = colleague(house, Role.LIGHT)
    assert light.get(AT).status_code == 200
    assert light.post(AT, typed()).status_code == 403
    other = a_house("evil", owner="mallory")
    mallory = Client()
    mallory.force_login(other.greta.user)
    assert "30 days." not in mallory.get(AT).content.decode()
    for path in (f"{AT}/step", f"{AT}/about", f"{AT}/questions", f"{AT}/files", f"{AT}/remove"):
        assert mallory.post(path, {"language": "en", "do": "archive"}).status_code == 404, path
    assert mallory.get(f"{AT}/versions").status_code == 404
    assert live_body(house) == "30 days."


def test_versions_are_compared_and_brought_back_and_a_day_is_in_the_agents_zone(
    house: House, greta: Client
) -> None:
    with house.acting():
        change_agent(house.greta, changes={"time_zone": "Asia/Tokyo"})
    an_article(house)
    an_article(house, body="14 days.")
    page = greta.get(f"{AT}/versions").content.decode()
    assert "<del>" in page and "30" in page
    greta.post(f"{AT}/versions", {"language": "en", "version": "1"})
    assert greta.post(AT, typed("In summer.", seen="3", do="schedule", publish_at="")).status_code == 422
    greta.post(AT, typed("In summer.", seen="3", do="schedule", publish_at="2099-07-01T09:00"))
    with house.acting():
        text = find_text(get_article(house.workspace.pk, "returns"), "en")
        assert text and text.publish_at and text.publish_at.isoformat() == "2099-07-01T00:00:00+00:00"


def test_the_preview_is_what_customers_see_with_internal_parts_marked_and_faults_named(
    house: House, greta: Client
) -> None:
    an_article(house)
    body = "## Top\n\n#### Deep\n\n![](/help-files/1/none) [x](article:nowhere) {{snippet:none}} {name}\n\n[[internal]]Ask Ana[[/internal]] <script>x</script>"
    page = greta.post(f"{AT}/preview", typed(body)).content.decode()
    assert "Only your team reads this" in page and "<script>" not in page
    for said in (
        "leads nowhere",
        "Nobody wrote this snippet",
        "Not everybody sees this picture",
        "A level of headings is left out",
        "Nothing fills this in",
        "no such file",
    ):
        assert said in page, said


def test_a_stale_translation_shows_what_changed_and_is_said_to_be_right(house: House, greta: Client) -> None:
    an_article(house)
    an_article(house, "fi", "Palautus", "30 päivää.")
    an_article(house, body="14 days.")
    page = greta.get(f"{AT}?language=fi").content.decode()
    assert "What changed since in the source" in page and "14" in page
    assert "Returns" in greta.get("/knowledge?state=stale").content.decode()
    greta.post(f"{AT}/step", {"language": "fi", "do": "right"})
    assert "What changed since in the source" not in greta.get(f"{AT}?language=fi").content.decode()


def test_questions_pictures_and_what_stands_around_the_words_are_kept(house: House, greta: Client) -> None:
    an_article(house)
    with house.acting():
        article = get_article(house.workspace.pk, "returns")
        suggest_question(article, "en", "how do i send it back")
        question = ArticleQuestion.objects.get(state="suggested")
    greta.post(f"{AT}/questions", {"language": "en", "take": str(question.pk)})
    assert "how do i send it back" in greta.get(AT).content.decode()
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    greta.post(f"{AT}/files", {"language": "en", "file": SimpleUploadedFile("a.png", picture.getvalue())})
    bad = greta.post(
        f"{AT}/files", {"language": "en", "file": SimpleUploadedFile("a.exe", b"MZ")}, follow=True
    )
    assert "This is no picture" in bad.content.decode()
    with house.acting():
        kept = article.files.get()
    assert Client().get(kept.path).headers["Content-Type"] == "image/png"
    greta.post(
        f"{AT}/about", {"language": "en", "kind": "tutorial", "internal": "1", "owner": str(house.greta.pk)}
    )
    assert Client().get(kept.path).status_code == 404 and greta.get(kept.path).status_code == 200
    with house.acting():
        assert get_article(house.workspace.pk, "returns").kind == "tutorial"


def test_categories_are_named_ordered_and_removed_and_synonyms_kept(house: House, greta: Client) -> None:
    for name in ("Delivery", "Returns"):
        greta.post(
            "/knowledge/categories/new",
            {"language": ["en", ""], "market": ["", ""], "text": [name, ""], "icon": "truck"},
        )
    greta.post("/knowledge/categories", {"key": "returns", "to": "up"})
    with house.acting():
        assert [one.key for one in Category.objects.order_by("position")] == ["returns", "delivery"]
    assert greta.post("/knowledge/categories/new", {"language": "", "text": ""}).status_code == 422
    greta.post("/knowledge/categories/returns", {"remove": "1"})
    greta.post("/knowledge/synonyms", {"language": "ja", "words": "返品、返却"})
    page = greta.get("/knowledge/synonyms").content.decode()
    assert "返品, 返却" in page
    assert greta.post("/knowledge/synonyms", {"language": "ja", "words": "one"}).status_code == 422


def test_a_file_is_looked_at_then_brought_in_and_goes_out_again(house: House, greta: Client) -> None:
    file = SimpleUploadedFile(
        "fi.md", "---\ntitle: Palautus\nkey: returns\nlanguage: fi\n---\n30 päivää.\n".encode()
    )
    greta.post("/knowledge/import", {"file": file, "language": "en"})
    page = greta.get("/knowledge/import").content.decode()
    assert "1 text is new." in page and "Palautus" not in greta.get("/knowledge").content.decode()
    greta.post("/knowledge/import", {"confirm": "1", "language": "en"})
    assert live_body(house, "fi") == "30 päivää."
    out = greta.get("/knowledge/export.zip").content
    greta.post("/knowledge/import", {"file": SimpleUploadedFile("articles.zip", out), "language": "en"})
    assert "1 stays as it is." in greta.get("/knowledge/import").content.decode()
    nothing = greta.post(
        "/knowledge/import", {"file": SimpleUploadedFile("a.zip", b"PK\x03\x04"), "language": "en"}
    )
    assert nothing.status_code == 422


def test_webinars_and_paths_are_written_by_leads(house: House, greta: Client) -> None:
    an_article(house)
    with house.acting():
        brand = house.brand.pk
    facts = {
        "title": "Lamps", "language": "fi", "brand": str(brand), "state": "open", "starts_at": "2099-07-01T09:00",
        "minutes": "60", "seats": "5",
    }  # fmt: skip
    bad = greta.post("/knowledge/learning/webinars/new", {**facts, "starts_at": "", "about": "Kept words"})
    assert bad.status_code == 422 and "Kept words" in bad.content.decode()
    to = greta.post("/knowledge/learning/webinars/new", facts).headers["Location"]
    assert 'value="2099-07-01T09:00"' in greta.get(to).content.decode()
    path = {"language": ["en"], "market": [""], "text": ["Start"], "articles": "returns", "shown": "1"}
    greta.post("/knowledge/learning/paths/new", path)
    page = greta.get("/knowledge/learning").content.decode()
    assert "Lamps" in page and "Start" in page
    assert greta.post("/knowledge/learning/paths/start", {**path, "articles": "gone"}).status_code == 422
    ana = colleague(house)
    assert ana.post("/knowledge/learning/webinars/new", facts).status_code == 403
    assert ana.post("/knowledge/learning/paths/new", path).status_code == 403
    assert ana.post(to, {"remove": "1"}).status_code == 403
    assert greta.post(to, {"remove": "1"}).status_code == 302 and greta.get(to).status_code == 404
