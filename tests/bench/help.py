"""What the help centre costs: bytes of a whole page as they travel, and pages and searches a second of one process."""

import time
import urllib.request
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from tests.bench.sections import Figures, Size, section
from tests.journeys import help_pages
from tests.journeys.console import CHROMIUM
from tests.journeys.installation import Installation
from tests.serving import Desk, a_desk


@section("help")
def measure(home: Path, size: Size) -> Figures:
    """Measure the pages of a help centre on an installation of their own."""
    with a_desk(home) as desk:
        server = _brand(desk)
        help_pages.write_articles(server)
        figures: dict[str, object] = {}
        if CHROMIUM:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_page()
                for path in help_pages.PAGES:
                    weight = help_pages.weight_of(page, f"{desk.url}/help/kaisla/fi/{path}")
                    figures[f"whole page, kB on the wire: /{path}"] = round(weight, 1)
                browser.close()
        for path in ("", "broken/"):
            figures[f"median ms: /{path}"] = _median(f"{desk.url}/help/kaisla/fi/{path}", size.repeat)
        # what one address may search in a minute is less than what is measured elsewhere (`knowledge`)
        words = f"{desk.url}/help/kaisla/fi/instant?q={quote('lamppu rikki')}"
        figures["median ms: results while typing"] = _median(words, min(size.repeat, 40))
    return figures


def _brand(desk: Desk) -> Installation:
    desk.run("workspace", "create", "kaisla")
    desk.token = desk.run("token", "create", "--workspace", "kaisla")
    return cast("Any", Installation)(**{**desk.__dict__})


def _median(address: str, times: int) -> float:
    took = []
    for _time in range(times):
        began = time.perf_counter()
        urllib.request.urlopen(address, timeout=20).read()
        took.append(time.perf_counter() - began)
    return round(sorted(took)[len(took) // 2] * 1000, 1)
