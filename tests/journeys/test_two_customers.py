"""The main job: a Thai shopper chats, a Finnish one writes a mail, Greta answers both in English from one screen.

Set PICTURES to a folder to keep a picture of each step.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.config.demo import EMAIL, PASSWORD
from tests.journeys import console
from tests.journeys.installation import Installation, installation

# the demo is made within it, which takes a slow machine some minutes
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

TOY = Path(__file__).parents[2] / "dragoman/ground/providers/translation/tests/toy.argosmodel"
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """What `make demo` starts, with the toy engine of English to Finnish plugged in."""
    pytest.importorskip("ctranslate2")
    home = tmp_path_factory.mktemp("demo")
    with installation(home, command="demo", TRANSLATOR_URL=f"ctranslate2://{TOY}") as running:
        running.token = running.command("token", "create", "--workspace", "demo")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for both customers and the agent, each with a context of their own."""
    with console.chromium() as running:
        yield running


@pytest.fixture
def greta(demo: Installation, browser: Browser) -> Iterator[Page]:
    """Greta at her desk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults = console.watch(page)
    page.goto(f"{demo.console}/login")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#list")
    page.goto(f"{demo.console}/?view=unassigned")
    yield page
    context.close()
    assert faults == []


def shop(demo: Installation, browser: Browser, slug: str, language: str) -> Page:
    """Open a demo shop as a fresh customer."""
    page = browser.new_context(viewport={"width": 1200, "height": 900}, locale=language).new_page()
    page.goto(f"{demo.shop}/demo/shop/{slug}/?lang={language}")
    return page


def keep(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for them."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png")


def newest(demo: Installation, channel: str) -> str:
    return str(demo.api(f"/conversations?channel={channel}&limit=1")["items"][0]["id"])


def answer(greta: Page, number: str, text: str, *, shows: str) -> str:
    """Open a conversation that stands in the list, write, look at the preview, send; return what was shown."""
    greta.locator(f"#row-{number} a, a#row-{number}").first.click()
    expect(greta.locator("#work")).to_have_attribute("data-conversation", number)
    greta.keyboard.press("r")
    greta.keyboard.type(text)
    expect(greta.locator("#preview")).to_contain_text(shows)
    shown = greta.locator("#preview .th").inner_text()
    greta.keyboard.press("Control+Enter")
    expect(greta.locator("#toasts")).to_contain_text("Sent")
    return shown


def test_a_thai_chat_and_a_finnish_mail_are_answered_in_english_from_one_screen(
    demo: Installation, browser: Browser, greta: Page
) -> None:
    somchai = shop(demo, browser, "kaisla", "th")
    somchai.locator("[data-ask]").first.click()
    somchai.locator(".write textarea").press("Enter")
    expect(somchai.locator(".me .by bdi").first).to_be_visible()
    chat = newest(demo, "chat")
    expect(greta.locator(f"#row-{chat}")).to_be_visible()
    keep(greta, "1-thai-question")
    shown = answer(greta, chat, "Your order KSL-20418 was shipped on 20 November 2026.", shows="พฤศจิกายน")
    keep(greta, "2-thai-answer")
    said = somchai.locator(".them .word").last
    expect(said).to_contain_text("KSL-20418")
    assert said.inner_text().strip() == shown.strip()
    keep(somchai, "3-thai-shopper")

    matti = shop(demo, browser, "kaisla", "fi")
    matti.fill("#text", "Hei! Missä tilaukseni KSL-20424 on?")
    matti.locator("#mail form button").last.click()
    expect(greta.locator("#list")).to_contain_text("KSL-20424")
    mail = newest(demo, "email")
    shown = answer(
        greta, mail, "Your order KSL-20424 was shipped on 20 November 2026.", shows="20. marraskuuta 2026"
    )
    keep(greta, "4-finnish-answer")
    expect(matti.locator("#mailbox")).to_contain_text("KSL-20424")
    expect(matti.locator("#mailbox")).to_contain_text("marraskuuta")
    keep(matti, "5-finnish-mailbox")
    stored = demo.api(f"/conversations/{mail}")["messages"][-1]
    assert stored["text"] == shown and stored["original"].startswith("Your order KSL-20424")


def test_free_text_goes_through_the_engine_is_previewed_marked_and_sent_as_previewed(
    demo: Installation, greta: Page
) -> None:
    body = {
        "external_id": "free-1",
        "from": {"email": "liisa@example.com"},
        "text": "Hei! Missä tilaukseni on?",
    }
    number = str(demo.api("/messages", {**body, "brand": "kaisla"})["conversation"])
    expect(greta.locator(f"#row-{number}")).to_be_visible()
    shown = answer(greta, number, "Your order is on the way.", shows="tilaukseni")
    expect(greta.locator("#thread")).to_contain_text("Machine translated")
    keep(greta, "6-free-text")
    stored = demo.api(f"/conversations/{number}")["messages"][-1]
    assert (stored["text"], stored["original"]) == (shown, "Your order is on the way.")
