"""The first steps as somebody new goes through them: brand, a mailbox on a real server, chat, people; then DNS."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import console
from tests.journeys.dovecot import PASSWORD, Dovecot, is_installed
from tests.journeys.installation import Installation, installation
from tests.names import name_server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.mailserver,
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_installed(), reason="Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd"
    ),
]
ADDRESS = "help@kaisla.example"
# what every key and every press of a button or choice takes, unhurried (seconds); the limit is five minutes
KEY, PRESS, LIMIT = 0.35, 5.0, 300.0


class Hands:
    """Counts what somebody types and presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.presses = page, 0, 0

    def type(self, name: str, text: str) -> None:
        """Type into a field."""
        self.keys += len(text)
        self.page.fill(f"[name={name}]", text)

    def press(self, name: str, role: str = "button") -> None:
        """Press what is called so, and wait for the page."""
        self.presses += 1
        self.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()

    @property
    def seconds(self) -> float:
        """Return how long that takes somebody who does not hurry."""
        return self.keys * KEY + self.presses * PRESS


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    running = Dovecot.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A plain workspace with its owner; a name server of ours knows one record of its domain."""
    zone = {(f"_dmarc.{ADDRESS.partition('@')[2]}", "TXT"): ['"v=DMARC1; p=none"']}
    with name_server(zone) as names:
        more = {"DNS_SERVER": f"127.0.0.1:{names.port}", "DRAGOMAN_BASE_URL": "http://localhost"}
        with installation(tmp_path_factory.mktemp("home"), workspace="kaisla", **more) as running:
            console.seat_greta(running)
            yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with console.chromium() as running:
        yield running


@pytest.fixture
def page(server: Installation, browser: Browser) -> Iterator[Page]:
    """Greta's browser right after her log-in."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.goto(f"{server.console}/login")
    page.fill("[name=login]", console.AGENT)
    page.fill("[name=password]", console.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#list, .welcome")
    yield page
    context.close()


def test_the_first_steps_take_less_than_five_minutes_and_end_at_a_translated_message(
    server: Installation, page: Page, dovecot: Dovecot
) -> None:
    dovecot.deliver(ADDRESS, b"From: Matti <matti@example.com>\r\nSubject: Tilaus\r\n\r\nHei!\r\n")
    hands, faults = Hands(page), console.watch(page)
    expect(page.get_by_role("heading", name="What do your customers know you as?")).to_be_visible()
    hands.type("name", "Kaisla Finland")
    hands.press("Save and go on")
    hands.type("address", ADDRESS)
    hands.press("Look it up")
    hands.type("imap_password", PASSWORD)
    hands.type("imap_host", "127.0.0.1")
    hands.type("imap_port", str(dovecot.imap))
    page.select_option("[name=imap_security]", "none")
    hands.presses += 1
    hands.press("Try and connect")
    expect(page.get_by_text("The mailbox works: mail comes in and goes out.")).to_be_visible()
    hands.press("Go on with the first steps", "link")
    expect(page.get_by_role("heading", name="Put the chat on your shop")).to_be_visible()
    hands.press("Go on", "link")
    hands.type("people", "lars@kaisla.example\naino@kaisla.example")
    hands.press("Invite and go on")
    expect(page.get_by_text("aino@kaisla.example was invited.")).to_be_visible()
    hands.press("Send me a test message")
    expect(page.locator("#thread")).to_contain_text("Where is my order?")
    assert hands.seconds < LIMIT, (hands.keys, hands.presses)
    # the list beside it has the message, and the mailbox's mail comes by itself
    expect(page.locator("#list")).to_contain_text("Somchai")
    expect(page.locator("#list")).to_contain_text("Matti", timeout=60_000)
    assert faults == []


def test_a_forwarded_mailbox_and_the_records_of_its_domain(server: Installation, page: Page) -> None:
    page.goto(f"{server.console}/settings/mailboxes/connect")
    hands = Hands(page)
    hands.type("address", "orders@kaisla.example")
    hands.press("Look it up")
    hands.press("Give me an address")
    expect(page.locator("#forward")).to_contain_text("kaisla-")
    hands.press("DNS", "link")
    card = page.locator("section.card", has=page.get_by_role("heading", name="DMARC"))
    expect(card).to_contain_text("Found")
    spf = page.locator("section.card", has=page.get_by_role("heading", name="SPF"))
    expect(spf).to_contain_text("Missing")
    hands.press("Make a key and sign")
    dkim = page.locator("section.card", has=page.get_by_role("heading", name="DKIM", exact=True))
    expect(dkim).to_contain_text("v=DKIM1")
    expect(dkim).to_contain_text("Missing")
