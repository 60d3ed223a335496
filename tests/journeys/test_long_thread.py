"""A conversation of ten thousand messages opens and scrolls without freezing the page."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MESSAGES = 10_000
# of one page with its list, context and composer; a node is an element
MOST_NODES, MOST_NODES_MORE = 6_000, 4_000
# of the longest task of the part the page opened with, for four such parts and one that is drawn anew
MOST_FREEZE = 8
_FILL = """
import sys, django; django.setup()
from django.db import connection
from dragoman.core.conversations.models import Conversation, Message
from dragoman.kit import workspace
pk, many = int(sys.argv[1]), int(sys.argv[2])
with workspace.everywhere(reason="a test fills a thread"):
    found = Conversation.objects.get(pk=pk)
with workspace.acting_in(found.workspace_id):
    Message.objects.bulk_create([Message(workspace_id=found.workspace_id, conversation_id=pk,
        direction="in" if n % 3 else "out", channel="api", source="api", external_id=f"long-{n}", author="Somchai",
        text=f"line {n}: " + "Where is my parcel? " * 5, language="en", delivery="" if n % 3 else "sent")
        for n in range(many)], batch_size=1000)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        yield running


@pytest.fixture(scope="module")
def thread(server: Installation) -> str:
    """Return the number of a conversation with ten thousand messages."""
    pk = str(console.customer_writes(server, "Hello", number=1)["conversation"])
    environ = {
        **server.environ(),
        "DJANGO_SETTINGS_MODULE": "dragoman.config.settings",
    }
    subprocess.run([sys.executable, "-c", _FILL, pk, str(MESSAGES)], env=environ, check=True, cwd=server.home)
    return pk


def nodes(page: Page) -> int:
    return int(page.evaluate("document.querySelectorAll('*').length"))


def longest(page: Page) -> float:
    """Return the longest task since this was asked last, in seconds."""
    return float(page.evaluate("Math.max(0, ...window.tasks.splice(0)) / 1000"))


def test_ten_thousand_messages_open_scroll_and_page_back(server: Installation, thread: str) -> None:
    with console.chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = console.log_in(server, context)
        faults = console.watch(page)
        page.add_init_script(
            "window.tasks = []; new PerformanceObserver((list) => window.tasks.push("
            "...list.getEntries().map((one) => one.duration))).observe({ type: 'longtask', buffered: true })"
        )
        began = time.monotonic()
        page.goto(f"{server.console}/conversations/{thread}")
        expect(page.locator("#thread .msg").last).to_contain_text(f"line {MESSAGES - 1}:")
        opened = time.monotonic() - began
        # before its scripts are there, a link leads to a page of its own
        expect(page.locator("#live-word")).to_have_text("Live")
        first, calm = nodes(page), longest(page)
        # each is done thrice and the quickest counts: what else the machine does is no freeze of ours
        pages, news = [], []
        for _ in range(3):
            seen = page.locator("#thread .msg").count()
            page.get_by_role("link", name="Show earlier messages").click()
            expect(page.locator("#thread .msg")).to_have_count(seen + 100)
            pages.append(longest(page))
        more = (nodes(page) - first) / 3
        page.locator(".thread-wrap").evaluate("(box) => box.scrollTo(0, -box.scrollHeight)")
        expect(page.get_by_role("link", name="Show earlier messages")).to_be_in_viewport()
        # a new message keeps what was fetched, and the page too
        for number in (2, 3, 4):
            new = console.customer_writes(server, "one more word", number=number)["message"]
            # by its number: to look for a text in so many nodes takes the browser a second and more each time
            expect(page.locator(f"#m{new}")).to_contain_text("one more word", timeout=30_000)
            expect(page.locator("#thread .msg")).to_have_count(399 + number)
            news.append(longest(page))
        freeze = max(min(pages), min(news))
        print(
            f"\nopened in {opened:.2f} s, {first} nodes, {more:.0f} a page, longest task {calm * 1000:.0f} ms,"
            f" then {freeze * 1000:.0f} ms"
        )
        context.close()
    assert faults == []
    assert first < MOST_NODES and more < MOST_NODES_MORE
    assert freeze < MOST_FREEZE * max(calm, 0.05)


def test_a_link_to_a_message_far_above_opens_its_part_and_stays_there(
    server: Installation, thread: str
) -> None:
    with console.chromium() as browser:
        page = console.log_in(server, browser.new_context(viewport={"width": 1440, "height": 900}))
        faults = console.watch(page)
        page.goto(f"{server.console}/conversations/{thread}")
        newest = int(page.locator("#thread").get_attribute("data-newest") or 0)
        old = newest - 6_000
        # the address of a link that was copied before, opened anew
        page.goto(f"{server.console}/today")
        page.goto(f"{server.console}/conversations/{thread}?view=all#m{old}")
        message = page.locator(f"#m{old}")
        expect(message).to_be_in_viewport()
        expect(message).to_have_class(re.compile("is-linked"))
        expect(page.locator("#live-word")).to_have_text("Live")
        expect(page.get_by_role("link", name="Show the newest messages")).to_be_attached()
        # what comes in meanwhile does not take the reader away
        number = page.locator("#thread").get_attribute("data-newest")
        console.customer_writes(server, "are you there?", number=9)
        expect(page.locator("#rows .cv").first).to_contain_text("are you there?")
        expect(page.locator("#thread")).to_have_attribute("data-newest", number or "")
        expect(message).to_be_in_viewport()
        page.get_by_role("link", name="Show the newest messages").click()
        expect(page.get_by_text("are you there?").first).to_be_attached()
        page.goto(f"{server.console}/today")
        page.goto(f"{server.console}/messages/{old}")
        expect(message).to_be_in_viewport()
        assert faults == []
