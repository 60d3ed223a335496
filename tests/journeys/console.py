"""A browser with an agent logged in to a fresh installation's console, and what to measure on its pages."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.installation import Installation
from tests.prepared import GRETA as AGENT
from tests.prepared import PASSWORD

# a wait ends as soon as what it waits for is there; on a busy machine that takes its time
expect.set_options(timeout=60_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

# Every visible text node, the colours it is drawn in, and the WCAG ratio between them.
CONTRAST = """
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
  };
  const light = (rgb) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest("script, style, template, noscript, .sr, [hidden], option")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest("button:disabled, [aria-disabled=true]")) continue;
    const under = ground(element);
    const ink = over(rgba(getComputedStyle(element).color), under);
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const where = element.className || element.tagName;
    if (ratio < 4.5) weak.push(`${ratio.toFixed(2)} ${where}: ${node.data.trim().slice(0, 40)}`);
  }
  return weak;
}
"""

# What a screen reader would find without a name.
NAMELESS = """
() => [...document.querySelectorAll("button, a[href], input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => element.checkVisibility())
  .filter((e) => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length || e.title))
  .map((element) => element.outerHTML.slice(0, 120))
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, or skip with a clear line why there is none."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def seat_greta(server: Installation) -> None:
    """See that Greta has a seat: somebody can log in."""
    assert server.token, "a prepared home has Greta, another has nobody yet"


def log_in(server: Installation, context: BrowserContext) -> Page:
    """Log in as Greta through the front door and return the page."""
    page = context.new_page()
    page.goto(f"{server.console}/login")
    page.fill("[name=login]", AGENT)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{server.console}/**")
    page.wait_for_selector("#list, .welcome")
    if page.locator(".welcome").count():
        # an empty workspace's owner is led to the first steps
        page.goto(f"{server.console}/")
        page.wait_for_selector("#list")
    return page


def watch(page: Page) -> list[str]:
    """Collect what must not happen on a page: script errors and breaches of its policy."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    return faults


def customer_writes(server: Installation, text: str, *, number: int, who: str = "somchai") -> dict[str, Any]:
    """Let a customer write by the API channel and return the ids."""
    body = {
        "channel": "api",
        "external_id": f"journey-{who}-{number}",
        "from": {"email": f"{who}@example.com", "name": who.title()},
        "text": text,
    }
    return dict(server.api("/messages", body))


def each_look(page: Page, widths: Sequence[int]) -> Iterator[int]:
    """Show an open page in each width, and in the widest and narrowest in the dark too, and give the width.

    It is not loaded anew. Its context must have `reduced_motion`, or a colour is measured on its way to the other theme.
    """
    for theme, shown in (("light", widths), ("dark", dict.fromkeys((widths[-1], widths[0])))):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        for width in shown:
            page.set_viewport_size({"width": width, "height": 844})
            yield width
