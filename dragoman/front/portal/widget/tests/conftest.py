"""A real browser and the far side for the widget's tests."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from dragoman.front.portal.widget.tests.far_side import FarSide, serving

# a wait ends as soon as what it waits for is there; on a busy machine that takes its time
WAIT = 30_000
expect.set_options(timeout=WAIT)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Shop:
    """A shop page in a browser with the widget on it, and the far side behind the widget."""

    far: FarSide
    url: str
    context: BrowserContext
    page: Page
    faults: list[str]

    def visit(self, query: str = "") -> Page:
        """Open the shop page and wait for the launcher."""
        self.page.goto(f"{self.url}/?{query}")
        expect(self.page.locator(".launcher")).to_be_visible()
        return self.page

    def chat(self, query: str = "") -> Page:
        """Open the shop page and the chat on it."""
        page = self.visit(query)
        page.locator(".launcher").click()
        expect(page.locator(".panel")).to_be_visible()
        return page

    def write(self, text: str) -> None:
        """Send a message as the shopper."""
        self.page.locator(".write textarea").fill(text)
        self.page.locator(".write textarea").press("Enter")

    def told(self, *, delivered: int, read: int) -> None:
        """Wait until the page has told how far it got; fails after thirty seconds."""
        for _ in range(300):
            if self.far.receipts[-1:] == [{"delivered": delivered, "read": read}]:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(self.far.receipts)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file: a second one cannot start in this process while the first is open."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def shop(chromium: Browser) -> Iterator[Shop]:
    """A fresh shopper on a desk's screen."""
    yield from _visit(chromium, {"width": 1100, "height": 800})


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Shop]:
    """A fresh shopper on a phone."""
    yield from _visit(chromium, {"width": 390, "height": 780}, has_touch=True, is_mobile=True)


def _visit(browser: Browser, size: dict[str, int], **more: bool) -> Iterator[Shop]:
    far = FarSide()
    with serving(far) as (_, url):
        context = browser.new_context(viewport=size, locale="en-GB", **more)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(WAIT)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        yield Shop(far, url, context, page, faults)
        context.close()
    assert faults == []
