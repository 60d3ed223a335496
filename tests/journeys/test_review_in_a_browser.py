"""Review in a real browser: by keyboard alone, live, on a phone, from right to left, in the dark."""

import json
import os
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# pictures to look at are kept where somebody asks for them
SHOTS = os.environ.get("DRAGOMAN_SHOTS", "")
TEXT = "Thank you for your message. Your parcel KSL-20418 left today. The refund of 60 € comes in 5 days."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server that holds whatever goes into Thai, Arabic or Japanese."""
    home = tmp_path_factory.mktemp("home")
    with installation(home, workspace="kaisla", TRANSLATOR_URL="fake://?confidence=0.74") as running:
        pairs = [{"target": tag} for tag in ("th", "ar", "ja")]
        rules = [
            {
                "name": "Refunds",
                "when": {"amount_over": 50, "currency": "EUR", "made": []},
                "outcome": "hold",
            },
            {"name": "New markets", "when": {"pairs": pairs, "made": []}, "outcome": "hold"},
        ]
        policy = {"rules": rules, "stand_in_minutes": 25}
        patch(running, "/language/review-policy", policy)
        warm(running)
        yield running


def warm(server: Installation) -> None:
    """Let the first translation of a fresh process, which reads all phrasebooks, not be a journey's."""
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    body = json.dumps({"texts": [TEXT], "source": "en", "target": "th"}).encode()
    asked = urllib.request.Request(f"{server.console}/api/v1/language/translate", data=body, headers=headers)
    urllib.request.urlopen(asked, timeout=90).close()


def patch(server: Installation, path: str, body: dict) -> None:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    asked = urllib.request.Request(
        f"{server.console}/api/v1{path}", data=json.dumps(body).encode(), headers=headers, method="PATCH"
    )
    urllib.request.urlopen(asked, timeout=20).close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with console.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def context(server: Installation, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    console.log_in(server, made)
    yield made
    made.close()


def answer(server: Installation, number: int, *, language: str, says: str, text: str = TEXT) -> str:
    came = console.customer_writes(server, says, number=number, who=f"who{number}")
    at = f"/conversations/{came['conversation']}"
    patch(server, at, {"language": language, "language_locked": True})
    sent = server.api(f"{at}/replies", {"text": text, "author": "Aino"})
    assert sent["review"]["state"] == "waiting" and sent["delivery"] == "scheduled"
    return str(came["conversation"])


def shot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def test_a_reviewer_decides_by_keyboard_and_the_list_lives(
    server: Installation, context: BrowserContext
) -> None:
    page = context.new_page()
    faults = console.watch(page)
    page.goto(f"{server.console}/review")
    expect(page.locator("main .empty")).to_be_visible()
    shot(page, "review-empty")
    number = answer(server, 1, language="th", says="พัสดุของฉันอยู่ที่ไหน เมื่อไหร่จะได้เงินคืน")
    # the page opens by itself what came
    page.wait_for_selector("#review-form")
    answer(server, 2, language="ja", says="返金はいつですか。")
    expect(page.locator("#review-lines .qi")).to_have_count(2)
    page.goto(f"{server.console}/review")
    page.wait_for_selector("#review-form")
    assert console.CONTRAST and page.evaluate(console.CONTRAST) == []
    assert page.evaluate(console.NAMELESS) == []
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(re.compile(r"/review/reply/\d+$"))
    page.keyboard.press("k")
    page.wait_for_selector("#review-form")
    assert first
    page.keyboard.press("e")
    field = page.locator("textarea.edit:focus")
    expect(field).to_be_visible()
    last = page.locator("textarea.edit").last
    last.fill(last.input_value().replace("60", "50"))
    page.wait_for_selector(".checks .b")
    shot(page, "review-light")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    expect(page.locator(".checks .b")).to_have_count(0)
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    page.wait_for_selector("#rejecting textarea:focus")
    page.keyboard.press("Escape")
    page.locator("#reviewed").click()
    page.keyboard.press("a")
    page.wait_for_selector(".toasts.now")
    expect(page.locator("#review-lines .qi")).to_have_count(1)
    page.goto(f"{server.console}/conversations/{number}")
    expect(page.locator("#thread")).to_contain_text("Reviewed by Greta Lindholm")
    assert faults == []
    page.close()


def test_v_sends_the_draft_to_review(server: Installation, context: BrowserContext) -> None:
    page = context.new_page()
    came = console.customer_writes(
        server, "Where is my order, please? It should have come.", number=40, who="anna"
    )
    page.goto(f"{server.console}/conversations/{came['conversation']}")
    page.fill("#draft", "It left today.")
    page.wait_for_selector("#preview .preview-line")
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    expect(page.locator("#thread")).to_contain_text("Waiting for review")
    shot(page, "composer-waiting")
    page.close()


@pytest.mark.parametrize("look", ["phone", "dark", "ar"])
def test_it_is_readable_everywhere(server: Installation, browser: Browser, look: str) -> None:
    size = {"width": 390, "height": 844} if look == "phone" else {"width": 1440, "height": 900}
    scheme = "dark" if look == "dark" else "light"
    made = browser.new_context(viewport=size, color_scheme=scheme, has_touch=look == "phone")
    page = console.log_in(server, made)
    if look == "ar":
        server.command(
            "agent",
            "add",
            "salma@kaisla.example",
            "--workspace",
            "kaisla",
            "--name",
            "Salma",
            "--password",
            console.PASSWORD,
            "--role",
            "lead",
        )
        page.goto(f"{server.console}/settings/profile")
        page.select_option("[name=ui_language]", "ar")
        page.locator("form:has([name=ui_language]) button.primary").click()
        page.wait_for_load_state()
    answer(
        server,
        {"phone": 11, "dark": 12, "ar": 13}[look],
        language="ar",
        says="متى يصل المبلغ؟ طلبي KSL-20418",
    )
    page.goto(f"{server.console}/review")
    expect(page.locator("#review-lines .qi").first).to_be_visible()
    shot(page, f"review-{look}-list")
    if look == "phone":
        expect(page.locator("#review-form")).to_be_hidden()
    page.locator("#review-lines .qi").last.click()
    page.wait_for_selector("#review-form textarea")
    shot(page, f"review-{look}")
    assert page.evaluate(console.CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("settings/review", "settings/review/rules/new"):
        page.goto(f"{server.console}/{name}")
        page.wait_for_selector("main h1")
        shot(page, f"{name.replace('/', '-')}-{look}")
        assert page.evaluate(console.CONTRAST) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if look == "ar":
        page.goto(f"{server.console}/settings/profile")
        page.select_option("[name=ui_language]", "en")
        page.locator("form:has([name=ui_language]) button.primary").click()
        page.wait_for_load_state()
    made.close()
