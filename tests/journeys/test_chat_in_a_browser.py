"""A Thai shopper, a real browser and a real server: the answer in Thai, and nothing lost when the server dies."""

import json
import time
import urllib.request
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import console, help_pages
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


HELSINKI = ZoneInfo("Europe/Helsinki")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(scope="module")
def back_at(server: Installation) -> Iterator[datetime]:
    """The chat is answered again in two days at nine in Helsinki, and its away text says so; gone afterwards."""
    day = datetime.now(HELSINKI) + timedelta(days=2)
    week = [[["09:00", "10:00"]] if at == day.weekday() else [] for at in range(7)]
    written = server.api("/hours", {"time_zone": "Europe/Helsinki", "week": week, "channel": "chat"})
    _say_away(server, "th", "ขณะนี้ปิดทำการ กลับมา {back_at}")
    _say_away(server, "ar", "نحن غير متاحين الآن. نعود {back_at}.")
    _until_away(server)
    yield day.replace(hour=9, minute=0, second=0, microsecond=0)
    _call(server, "DELETE", f"/hours/{written['id']}")


def _call(server: Installation, method: str, path: str, body: dict[str, object] | None = None) -> None:
    request = urllib.request.Request(
        f"{server.console}/api/v1{path}",
        method=method,
        data=json.dumps(body).encode() if body is not None else None,
        headers={"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"},
    )
    urllib.request.urlopen(request, timeout=20).close()


def _until_away(server: Installation) -> None:
    """Wait until the chat knows of the hours and of its words: they are kept for some seconds."""
    for _try in range(100):
        with urllib.request.urlopen(f"{server.console}/chat/kaisla/config?locale=ar", timeout=20) as answer:
            facts = json.load(answer)
        if facts["back_at"] and (facts["chat"]["away"] or {}).get("language") == "ar":
            return
        time.sleep(0.3)
    raise AssertionError(facts)


def _say_away(server: Installation, language: str, words: str) -> None:
    away = server.api("/texts?kind=away&brand=kaisla")["items"][0]
    _call(server, "PUT", f"/texts/{away['id']}/variants/{language}", {"text": words})


# what the shop would have written into its page: the country its shopper is in
IN_THAILAND = """
new MutationObserver(() => {
  const script = document.querySelector("script[data-brand]");
  if (script) script.dataset.market = "TH";
}).observe(document, { childList: true, subtree: true });
"""


@pytest.mark.parametrize(
    ("language", "zone", "direction"), [("th", "Asia/Bangkok", "ltr"), ("ar", "Asia/Riyadh", "rtl")]
)
def test_outside_hours_the_chat_says_by_the_visitors_clock_when_somebody_is_back(
    server: Installation, chromium: Browser, back_at: datetime, language: str, zone: str, direction: str
) -> None:
    there = back_at.astimezone(ZoneInfo(zone))
    context = chromium.new_context(locale=language, timezone_id=zone)
    page = context.new_page()
    page.goto(f"{server.shop}/demo/shop/kaisla/?lang={language}")
    page.locator(".launcher").click()
    expect(page.locator(".root")).to_have_attribute("dir", direction)
    hours, hello = page.locator(".hours"), page.locator(".hello")
    expect(hello).not_to_contain_text("{back_at}")
    day = page.evaluate(
        "([tag, at]) => new Intl.DateTimeFormat(tag, { weekday: 'long' }).format(new Date(at))",
        [language, back_at.isoformat()],
    )
    for said in (hours, hello):
        expect(said).to_contain_text(day)
        text = said.text_content() or ""
        clock = f"{there.hour}:00" if language == "th" else f"{there.hour % 12 or 12}:00"
        assert any(one in text for one in (clock, clock.rjust(5, "0"), clock.translate(ARABIC))), text
    expect(hello.locator("p")).to_have_attribute("lang", language)
    context.close()


def test_the_country_that_the_page_says_is_the_conversations(server: Installation, chromium: Browser) -> None:
    context = chromium.new_context(locale="en-GB", timezone_id="Asia/Bangkok")
    page = context.new_page()
    page.add_init_script(IN_THAILAND)
    page.goto(f"{server.shop}/demo/shop/kaisla/?lang=en")
    page.locator(".launcher").click()
    _write(page, "Where is my lamp?")
    expect(page.locator(".me .by bdi")).to_have_count(2)
    assert _newest(server)["market"] == "TH"
    context.close()


def test_everybody_can_use_the_help_centre(server: Installation, chromium: Browser) -> None:
    """No fault for axe-core in light, dark and from right to left, under 60 kB, and the chat at hand."""
    help_pages.write_articles(server)
    for language, theme, width in (("fi", "light", 1280), ("fi", "dark", 390), ("ar", "light", 390)):
        # axe-core is no script of ours: the page's policy would keep it out
        context = chromium.new_context(
            color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True
        )
        page = context.new_page()
        for path in help_pages.PAGES:
            assert help_pages.weight_of(page, f"{server.console}/help/kaisla/{language}/{path}") < 60
            page.locator(".lang-sw summary").click()
            assert help_pages.faults_of(page) == [], (language, theme, path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (language, path)
        context.close()
    context = chromium.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{server.console}/help/kaisla/en/")
    page.locator("#find").press_sequentially("lamp")
    expect(page.locator("#found .hits a").first).to_be_visible()
    page.locator("#find").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lamp 1")
    page.locator(".side [data-chat]").click()
    expect(page.locator("dragoman-chat .panel")).to_be_visible()
    assert faults == []
    context.close()
