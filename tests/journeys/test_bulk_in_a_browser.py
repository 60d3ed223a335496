"""Many conversations changed at once in a real browser, by keyboard and with the bar."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with an agent."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        yield running


def test_three_rows_are_picked_kept_through_news_changed_and_given_back(server: Installation) -> None:
    texts = ("Missä tilaukseni on?", "สินค้าเสีย", "荷物が届きません")
    ids = [
        str(console.customer_writes(server, text, number=n, who=f"c{n}")["conversation"])
        for n, text in enumerate(texts)
    ]
    with console.chromium() as browser:
        page = console.log_in(server, browser.new_context(viewport={"width": 1440, "height": 900}))
        faults = console.watch(page)
        page.goto(f"{server.console}/?view=open")
        expect(page.locator("#live-word")).to_have_text("Live")
        expect(page.locator("#bulk")).to_be_hidden()
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#picked")).to_have_text("1 selected")
        boxes = page.locator("#rows .pick input")
        boxes.nth(2).click(modifiers=["Shift"])
        expect(page.locator("#picked")).to_have_text("3 selected")
        fourth = str(console.customer_writes(server, "Hei", number=9, who="late")["conversation"])
        expect(page.locator(f"#row-{fourth}")).to_be_visible()
        expect(page.locator("#rows .pick input:checked")).to_have_count(3)
        page.locator("#picks button[value=status]").click()
        page.locator("#bulk-box button[value='status:resolved']").click()
        expect(page.locator("#bulk-box")).to_contain_text("3 of 3 would change.")
        page.keyboard.press("Enter")
        expect(page.locator("#toasts")).to_contain_text("3 conversations changed")
        expect(page.locator(f"#row-{ids[0]}")).to_have_count(0)
        expect(page.locator("#bulk")).to_be_hidden()
        page.keyboard.press("z")
        expect(page.locator(f"#row-{ids[0]}")).to_be_visible()
        expect(page.locator("#rows .cv")).to_have_count(4)
        expect(page.locator("#live-word")).to_have_text("Live")
        page.locator("#rows .cv").first.focus()
        page.keyboard.press("*")
        expect(page.locator("#picked")).to_have_text("4 selected")
        page.keyboard.press("Escape")
        expect(page.locator("#bulk")).to_be_hidden()
        expect(page.locator("#rows .pick input:checked")).to_have_count(0)
        assert faults == []
