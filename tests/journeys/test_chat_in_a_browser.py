"""A Thai shopper, a real browser and a real server: the answer in Thai, and nothing lost when the server dies."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with the shop Kaisla."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, or a clear line why there is none."""
    with console.chromium() as running:
        yield running


@pytest.fixture
def shopper(server: Installation, chromium: Browser) -> Iterator[Page]:
    """A fresh shopper on the Thai shop page; a fault in the page or a breach of its policy fails the test."""
    context = chromium.new_context(viewport={"width": 1200, "height": 860}, locale="th-TH")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"{server.shop}/demo/shop/kaisla/?lang=th")
    expect(page.locator(".launcher")).to_be_visible()
    assert context.cookies() == []
    yield page
    context.close()
    assert faults == []


def _write(page: Page, text: str) -> None:
    page.locator(".write textarea").fill(text)
    page.locator(".write textarea").press("Enter")


def _newest(server: Installation) -> dict[str, object]:
    newest = server.api("/conversations?limit=1")["items"][0]
    return dict(server.api(f"/conversations/{newest['id']}"))


def _texts(conversation: dict[str, object], direction: str) -> list[str]:
    messages = conversation["messages"]
    assert isinstance(messages, list)
    return [message["text"] for message in messages if message["direction"] == direction]


def test_a_thai_question_is_answered_in_thai(server: Installation, shopper: Page) -> None:
    shopper.locator("[data-ask]").first.click()
    expect(shopper.locator(".write textarea")).to_have_value("คำสั่งซื้อ KSL-20418 ของฉันอยู่ที่ไหน")
    shopper.locator(".write textarea").press("Enter")
    expect(shopper.locator(".me .by bdi")).to_have_count(2)
    conversation = _newest(server)
    assert conversation["language"] == "th"
    answer = {"text": "Your order KSL-20418 was shipped on 12 November 2026.", "language": "en"}
    server.api(f"/conversations/{conversation['id']}/replies", answer)
    said = shopper.locator(".them .word")
    expect(said).to_contain_text("KSL-20418")
    expect(said).to_contain_text("พฤศจิกายน")
    expect(said).to_have_attribute("lang", "th")


def test_nothing_is_lost_or_doubled_when_the_server_dies(server: Installation, shopper: Page) -> None:
    shopper.locator(".launcher").click()
    _write(shopper, "zero")
    expect(shopper.locator(".me .by bdi")).to_have_count(2)
    server.kill_web()
    for text in ("one", "two", "three"):
        _write(shopper, text)
    server.wait_until_up()
    expect(shopper.locator(".me .by bdi")).to_have_count(8)
    conversation = _newest(server)
    assert _texts(conversation, "in") == ["zero", "one", "two", "three"]
    server.kill_web()
    server.wait_until_up()
    for text in ("first", "second", "third"):
        body = {"text": text, "translate": False}
        server.api(f"/conversations/{conversation['id']}/replies", body)
    expect(shopper.locator(".them")).to_have_count(3)
    assert shopper.locator(".them .word").all_text_contents() == ["first", "second", "third"]
    assert shopper.locator(".me .say").all_text_contents() == ["zero", "one", "two", "three"]


def test_the_thread_waits_on_the_next_page_in_another_language(server: Installation, shopper: Page) -> None:
    shopper.locator(".launcher").click()
    _write(shopper, "สวัสดีค่ะ")
    expect(shopper.locator(".me .by bdi")).to_have_count(2)
    shopper.goto(f"{server.shop}/demo/shop/kaisla/?lang=ar")
    shopper.locator(".launcher").click()
    expect(shopper.locator(".root")).to_have_attribute("dir", "rtl")
    expect(shopper.locator(".me .say")).to_have_text("สวัสดีค่ะ")
