"""The settings and the log-in in a real browser: passkeys, forms without a script, and every screen readable."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.front.desk.settings.places import GROUPS
from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MAILBOX = "help@kaisla.example"
AGENTS_PAGES = ("/login", "/account/password/reset/", "/account/signup/", "/invitation/no-such-token")
# what the menu leads to is looked at by itself: a new place cannot be forgotten
MENU = tuple(place.href for _label, places in GROUPS for place in places)
PAGES = (
    *MENU,
    "/settings/",
    "/settings/agents/1",
    "/settings/teams/new",
    "/settings/brands/new",
    "/settings/brands/1",
    "/settings/brands/1/chat",
    "/settings/mailboxes/new",
    "/settings/mailboxes/1",
    "/settings/mailboxes/1/keys",
    "/settings/masking/brands/1",
    "/settings/macros/new",
    "/settings/hours/new",
    "/settings/markets/de",
    "/settings/markets/coverage",
    "/settings/markets/de/service_hours/policy",
    "/settings/markets/de/import_relief/correction",
    "/settings/envelopes/1",
    "/account/password/change/",
    "/account/logout/",
)
# what is looked at from right to left on a phone too: words of many languages stand in them
LANGUAGE_PAGES = (
    "/settings/glossary",
    "/settings/glossary/1",
    "/settings/memory",
    "/settings/phrasebook?q=parcel",
    "/settings/brands/1/tone",
    "/settings/brands/1/manners",
    "/settings/translation",
    "/review/orders",
    "/review/orders/1",
    "/review/quality",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with Greta, who owns the workspace, and one envelope."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        console.customer_writes(running, "Where is my order KSL-20418?", number=1)
        words = [
            ("th", "ใบปะหน้าส่งคืน"),
            ("de", "Verbraucherinformationspflichtenverordnung"),
            ("ar", "ملصق الإرجاع"),
        ]
        running.api("/glossary", {"terms": [{"language": tag, "text": word} for tag, word in words]})
        sentences = {"source": "We answer from 9 to 17.", "target": "نجيب من 9 إلى 17."}
        running.api("/memory", {"source_language": "en", "target_language": "ar", **sentences})
        macro = running.api("/macros", {"name": "Hours", "texts": {"en": "We answer from 9 to 17."}})
        order = {"title": "Autumn macros for Thailand, Japan and the Gulf", "source": "en"}
        texts = [f"macro:{macro['id']}"]
        running.api("/language/orders", {**order, "targets": ["th", "ar"], "texts": texts})
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with console.chromium() as running:
        yield running


def log_in(page: Page, origin: str) -> None:
    """Give address and password on the page that is open, or on the log-in."""
    page.goto(f"{origin}/login")
    page.fill("[name=login]", console.AGENT)
    page.fill("[name=password]", console.PASSWORD)
    page.press("[name=password]", "Enter")


def confirm(page: Page) -> None:
    """Answer "Is it you?" where it is asked."""
    if page.locator("h1", has_text="Is it you?").count():
        page.fill("[name=password]", console.PASSWORD)
        page.press("[name=password]", "Enter")


@pytest.fixture
def owner(server: Installation, browser: Browser) -> Iterator[Page]:
    """Greta's browser on a wide screen, logged in."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    log_in(page, server.console)
    page.wait_for_selector("#list")
    yield page
    context.close()


@pytest.fixture(scope="module", autouse=True)
def mailbox(server: Installation, browser: Browser) -> None:
    """Connect a mailbox, so that its page can be looked at."""
    context = browser.new_context()
    page = context.new_page()
    log_in(page, server.console)
    page.wait_for_selector("#list")
    page.goto(f"{server.console}/settings/mailboxes/new")
    page.fill("[name=address]", "first@kaisla.example")
    page.check("[value=listen]")
    page.get_by_role("button", name="Save").click()
    context.close()


def test_a_passkey_is_added_and_logs_in_alone(server: Installation, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    faults = console.watch(page)
    here = server.shop  # "localhost": the number in the console's address can have no passkey
    log_in(page, here)
    page.wait_for_selector("#list")
    page.goto(f"{here}/settings/security")
    page.get_by_role("link", name="Add a passkey").click()
    confirm(page)
    page.fill("[name=name]", "Office computer")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{here}/settings/security")
    expect(page.get_by_text("Office computer")).to_be_visible()
    expect(page.get_by_text("10 codes are left.")).to_be_visible()

    page.goto(f"{here}/account/logout/")
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in with a passkey").click()
    page.wait_for_selector("#list")

    page.goto(f"{here}/account/logout/")
    page.get_by_role("button", name="Log out").click()
    log_in(page, here)
    page.get_by_role("button", name="Use a passkey or security key").click()
    page.wait_for_selector("#list")

    page.goto(f"{here}/settings/security")
    page.get_by_role("link", name="Remove").click()
    confirm(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert faults == []
    context.close()


def test_at_a_number_the_page_says_why_there_are_no_passkeys(server: Installation, owner: Page) -> None:
    owner.goto(f"{server.console}/settings/security")
    expect(owner.get_by_text(f"Open http://localhost:{server.port} instead.")).to_be_visible()
    expect(owner.get_by_role("link", name="Add a passkey")).to_have_count(0)


def test_forms_work_without_a_script(server: Installation, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    log_in(page, server.console)
    page.goto(f"{server.console}/settings/mailboxes/new")
    page.fill("[name=address]", MAILBOX)
    page.check("[value=listen]")
    expect(page.locator("[name=imap_host]")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Test").click()
    expect(page.get_by_text("for a mail server to hand mail over.")).to_be_visible()
    expect(page.get_by_text("The server takes mail from this mailbox.")).to_be_visible()
    page.goto(f"{server.console}/settings/tokens")
    page.fill("[name=name]", "Till")
    page.get_by_role("button", name="Make the token").click()
    assert page.locator("#token").inner_text().startswith("dgm_")
    page.goto(f"{server.console}/settings/profile")
    page.fill("[name=time_zone]", "tokyo")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[name=time_zone]")).to_have_value("Asia/Tokyo")
    context.close()


def test_leaving_with_unsaved_changes_asks_first(server: Installation, owner: Page) -> None:
    asked: list[str] = []

    def answer(dialog) -> None:  # type: ignore[no-untyped-def]
        asked.append(dialog.type)
        dialog.accept()

    owner.on("dialog", answer)
    owner.goto(f"{server.console}/settings/workspace")
    owner.fill("[name=name]", "Something else")
    owner.goto(f"{server.console}/settings/teams")
    assert asked == ["beforeunload"]


def test_the_chat_opens_on_its_try_page(server: Installation, owner: Page) -> None:
    faults = console.watch(owner)
    owner.goto(f"{server.console}/settings/brands")
    owner.get_by_role("link", name="Change").first.click()
    owner.get_by_role("link", name="Try the chat").click()
    owner.get_by_role("button", name="chat").first.click()
    expect(owner.get_by_role("textbox").first).to_be_visible()
    assert faults == []


def test_an_envelope_is_opened_and_the_line_stands_below(server: Installation, owner: Page) -> None:
    owner.goto(f"{server.console}/settings/envelopes/1")
    owner.get_by_role("button", name="Open it word for word").click()
    expect(owner.locator("pre.words")).to_contain_text("KSL-20418")
    expect(owner.locator("main .lines")).to_contain_text("Greta Lindholm")


def test_every_screen_can_be_read(server: Installation, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    faults = console.watch(page)
    measured(page, server, AGENTS_PAGES, (320, 1280))
    log_in(page, server.console)
    page.wait_for_selector("#list")
    measured(page, server, PAGES, (320, 1280))
    context.close()
    assert faults == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_said_in_many_languages_fits_a_phone(
    server: Installation, browser: Browser, language: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    log_in(page, server.console)
    page.wait_for_selector("#list")
    speak(page, server, language)
    for path in LANGUAGE_PAGES:
        page.goto(server.console + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.evaluate(BEYOND, 390) == [], path
        assert page.evaluate(SQUEEZED) == [], path
    speak(page, server, "en")
    context.close()


def speak(page: Page, server: Installation, language: str) -> None:
    """Show the console in another language."""
    page.goto(f"{server.console}/settings/profile")
    page.select_option("[name=ui_language]", language)
    page.locator("main form button.primary").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")


def test_every_screen_mirrors_for_arabic(server: Installation, browser: Browser) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 844}, locale="ar", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{server.console}/login")
    assert page.locator("html").get_attribute("dir") == "rtl"
    log_in(page, server.console)
    speak(page, server, "ar")
    measured(page, server, PAGES, (1280,))
    page.goto(f"{server.console}/settings/profile")
    nav, main = page.locator("nav.places").bounding_box(), page.locator("main").bounding_box()
    assert nav is not None
    assert main is not None
    assert nav["x"] > main["x"]
    speak(page, server, "en")
    context.close()


def measured(page: Page, server: Installation, paths: tuple[str, ...], widths: tuple[int, ...]) -> None:
    """Assert that pages answer, stay inside the window, and have readable texts and named controls, in both themes."""
    for path in paths:
        answer = page.goto(server.console + path)
        assert answer is not None
        assert answer.status in {200, 410}, path
        for width in console.each_look(page, widths):
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(BEYOND, width) == [], path
            assert page.evaluate(SQUEEZED) == [], path
            assert page.evaluate(console.CONTRAST) == [], path
            assert page.evaluate(console.NAMELESS) == [], path


BEYOND = """(width) => [...document.querySelectorAll("main *")].filter((e) => e.checkVisibility() &&
    !e.closest(".sr, [hidden], pre, select, .wide-table, .text-table, .scroll-x") && (e.getBoundingClientRect().right > width + 1 ||
    e.getBoundingClientRect().left < -1)).map((e) => e.outerHTML.slice(0, 80))"""


def test_a_token_is_made_and_tried_as_a_program_would(server: Installation, owner: Page) -> None:
    faults = console.watch(owner)
    owner.goto(f"{server.console}/settings/tokens")
    owner.fill("[name=name]", "Stock")
    owner.get_by_role("button", name="Make the token").click()
    owner.get_by_role("button", name="Make a call").click()
    said = owner.locator("#try-token [role=status]")
    expect(said).to_have_text("The token works. Calls left this minute: 5,999 of 6,000.")
    owner.fill("#token-tried", "dgm_wrong")
    owner.get_by_role("button", name="Make a call").click()
    expect(said).to_have_text("This is no token of ours, or it is revoked.")
    assert faults == []


# a search without room for its words, and a page's name that is cut
SQUEEZED = """() => [...document.querySelectorAll("main input[type=search], main h1.clip")].filter((e) => e.checkVisibility() &&
    (e.matches("input") ? e.clientWidth < 120 : e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 6))
    .map((e) => e.outerHTML.slice(0, 80))"""
