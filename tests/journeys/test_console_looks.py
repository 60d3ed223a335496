"""Every screen of the console can be read: contrast, width, names, in both themes, on a phone, right to left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = "แ" + "ก" * 400 + " https://example.com/" + "a" * 300


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with a few conversations, some of them unkind to a layout."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        texts = ["Where is my order KSL-20418?", "พัสดุของฉันยังไม่ถึงเลยค่ะ", "أين طلبي KSL-20419؟", LONG, "🙂"]
        for number, text in enumerate(texts):
            console.customer_writes(running, text, number=number, who=f"customer{number}")
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all screens."""
    with console.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def conversation(server: Installation) -> str:
    """The path of a conversation with a note, an answer and an event line."""
    found = console.customer_writes(server, "Thank you!", number=9, who="customer0")["conversation"]
    server.api(f"/conversations/{found}/notes", {"text": "She has called twice."})
    server.api(f"/conversations/{found}/replies", {"text": "It left today.", "language": "en"})
    return f"/conversations/{found}?view=all"


def opened(server: Installation, browser: Browser, *, width: int, theme: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)  # type: ignore[arg-type]
    return console.log_in(server, context)


def test_every_screen_can_be_read(server: Installation, browser: Browser, conversation: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 844}, reduced_motion="reduce")
    page = console.log_in(server, context)
    faults = console.watch(page)
    for path in (
        "/?view=all",
        conversation,
        f"{conversation}#context",
        "/customers",
        "/keys",
        "/filters",
        "/?q=KSL",
    ):
        page.goto(server.console + path)
        for width in console.each_look(page, (320, 390, 1024, 1440)):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(console.CONTRAST) == [], path
            assert page.evaluate(console.NAMELESS) == [], path
    page.context.close()
    assert faults == []


def test_long_words_and_lines_stay_inside_their_panes(server: Installation, browser: Browser) -> None:
    found = console.customer_writes(server, LONG, number=10, who="customer3")["conversation"]
    page = opened(server, browser, width=390, theme="light")
    page.goto(f"{server.console}/conversations/{found}")
    inside = "document.querySelector('#thread').scrollWidth <= document.querySelector('#main').clientWidth"
    assert page.evaluate(inside)
    page.context.close()
