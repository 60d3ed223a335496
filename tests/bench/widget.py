"""What the chat costs: bytes on a shop's page, the main thread's time there, and the server's memory for who only looks."""

import asyncio
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, sync_playwright

from dragoman.front.portal.widget.script import assemble
from dragoman.front.portal.widget.tests.conftest import CHROMIUM
from dragoman.front.portal.widget.tests.far_side import FarSide, serving
from tests.bench.meter import memory
from tests.bench.sections import Figures, Size, section
from tests.serving import Desk, a_desk

ROOT = Path(__file__).parents[2]
VISITS = 9
IDLE = 1000
SLOWER = 4  # Chromium's own throttle: about a cheap phone
# a thousand sessions made by the installation's own key: by its door an address may open sixty a minute
TOKENS = """
import django
django.setup()
from dragoman.core.accounts.queries import find_brand
from dragoman.ground.channels.chat import Session, sign_session
brand = find_brand("shop")
for number in range({count}):
    print(sign_session(Session(brand.workspace_id, brand.slug, f"{{number:032x}}")))
"""


@section("widget")
def measure(home: Path, size: Size) -> Figures:
    """Measure the script, its start in a browser with and without it, and a thousand idle visitors."""
    script = assemble()
    figures: dict[str, object] = {
        "script, kB gzipped": round(len(script.gzipped) / 1024, 1),
        "script, kB as read by the browser": round(len(script.body) / 1024, 1),
    }
    figures |= _in_a_browser() if CHROMIUM else {"main thread": "not measured: no chromium on this machine"}
    return figures | _idle_visitors(home)


def _in_a_browser() -> dict[str, object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            with serving(FarSide()) as (origin, shop):
                figures: dict[str, object] = {}
                for name, slower in (("", 1), (f", processor {SLOWER} times slower", SLOWER)):
                    visits = [_visit(browser, origin, shop, slower=slower) for _ in range(VISITS)]
                    script, tasks, heap = (statistics.median(column) for column in zip(*visits, strict=True))
                    figures[f"main thread at load, ms{name}"] = f"{tasks:.1f}, of it script {script:.1f}"
                    longest = max(visit[1] for visit in visits)
                    figures[f"worst of {VISITS} visits, ms{name}"] = f"{longest:.1f}"
                    figures[f"heap of the page with the chat closed, kB{name}"] = round(heap)
                return figures
        finally:
            browser.close()


def _visit(browser: Browser, origin: str, shop: str, *, slower: int) -> tuple[float, float, float]:
    """Load the shop without and with the chat; returns what the chat added: script ms, all tasks ms, heap kB.

    Milliseconds are the main thread's own processor time, so that a busy machine does not count as work.
    """
    context = browser.new_context()
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})

    def load(*, chat: bool) -> dict[str, float]:
        if not chat:
            page.route(
                f"{origin}/widget.js", lambda route: route.fulfill(body="", content_type="text/javascript")
            )
        page.goto("about:blank")
        cdp.send("HeapProfiler.collectGarbage")
        before = _metrics(cdp)
        page.goto(shop)
        if chat:
            page.locator(".launcher").wait_for()
        page.wait_for_timeout(500)
        page.unroute_all()
        spent = {name: value - before[name] for name, value in _metrics(cdp).items()}
        cdp.send("HeapProfiler.collectGarbage")
        return {**spent, "JSHeapUsedSize": _metrics(cdp)["JSHeapUsedSize"]}

    try:
        load(chat=False)
        without, with_chat = load(chat=False), load(chat=True)
    finally:
        context.close()
    added = {name: with_chat[name] - without[name] for name in with_chat}
    return added["ScriptDuration"] * 1000, added["TaskDuration"] * 1000, added["JSHeapUsedSize"] / 1024


def _metrics(cdp: CDPSession) -> dict[str, float]:
    return {one["name"]: one["value"] for one in cdp.send("Performance.getMetrics")["metrics"]}


def _idle_visitors(home: Path) -> dict[str, object]:
    """Open a thousand streams of a thousand shoppers on a started installation and see what the web process grew by."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    with a_desk(home) as desk:
        desk.run("workspace", "create", "shop")
        tokens = _tokens(desk)
        before, after = asyncio.run(_open_streams(desk, tokens))
    grown = {part: after[part] - before[part] for part in after}
    each = grown["web"] * 1024 / IDLE
    return {
        f"server memory per idle visitor, kB PSS ({IDLE} streams)": round(each, 1),
        "all parts together, MB PSS before and with them": f"{sum(before.values()):.0f}, {sum(after.values()):.0f}",
    }


def _tokens(desk: Desk) -> list[str]:
    environ = {
        **desk.environ(),
        "DJANGO_SETTINGS_MODULE": "dragoman.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    code = TOKENS.format(count=IDLE + 20)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


async def _open_streams(desk: Desk, tokens: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """Return memory by part with twenty streams open (everything is loaded then) and with a thousand more."""
    writers = [await _stream(desk, token) for token in tokens[:20]]
    await asyncio.sleep(3)
    before = memory(desk)
    for low in range(20, len(tokens), 50):
        writers += await asyncio.gather(*(_stream(desk, token) for token in tokens[low : low + 50]))
    await asyncio.sleep(5)
    after = memory(desk)
    for writer in writers:
        writer.close()
    return before, after


async def _stream(desk: Desk, token: str) -> asyncio.StreamWriter:
    reader, writer = await asyncio.open_connection("127.0.0.1", desk.port)
    writer.write(f"GET /chat/shop/live?session={quote(token)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    await reader.readuntil(b"hello")
    return writer
