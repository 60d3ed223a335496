"""A help centre for journeys and for the bench: articles in three languages, what a page weighs, what axe-core finds."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

from tests.journeys.installation import Installation

PAGES = ("", "topics/returns/", "broken/", "search?q=lamp")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BODY = (
    "## {0}\n\n1. {0} {0}.\n2. {0}.\n\n| {0} | {0} |\n|---|---|\n| {0} | 60 |\n\n[{0}](/returns/kaisla/)\n"
)
WORDS = {"fi": "Lamppu", "ar": "مصباح", "en": "Lamp"}


def write_articles(server: Installation) -> None:
    """Publish an article in three languages, with all that an article may hold."""
    for language, word in WORDS.items():
        article = {"key": "broken", "language": language, "title": f"{word} 1", "body": _BODY.format(word)}
        server.api("/articles", {**article, "category": "returns", "status": "published"})


def faults_of(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it stands."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, { runOnly: rules })", _RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def weight_of(page: Page, address: str) -> float:
    """Open a page with nothing kept and return the bytes of all it needs as they travelled, in kB."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda said: sizes.append(said["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    wire.detach()
    return sum(sizes) / 1000
