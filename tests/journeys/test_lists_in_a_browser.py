"""A list as an agent makes it their own, in a real browser: searched by suggestions, saved, in one line, counted live."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with an agent and two conversations."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        console.customer_writes(
            running, "Missä tilaukseni KSL-20418 on? Kiitos avusta.", number=1, who="aino"
        )
        console.customer_writes(running, "สินค้าเสียค่ะ อยากขอคืนเงิน", number=2, who="somchai")
        yield running


def test_a_search_is_put_together_saved_counted_shown_in_one_line_and_removed(server: Installation) -> None:
    with console.chromium() as browser:
        page = console.log_in(server, browser.new_context(viewport={"width": 1440, "height": 900}))
        faults = console.watch(page)
        page.goto(f"{server.console}/?view=open")
        expect(page.locator("#live-word")).to_have_text("Live")

        # the box offers operators and their values; the field itself keeps the focus
        page.keyboard.press("/")
        box = page.locator("#views [name=q]")
        options = page.locator("#views [role=option]")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.type("finn")
        expect(options.first).to_contain_text("lang:fi")
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-activedescendant", "views-option-1")
        page.keyboard.press("Enter")
        expect(box).to_have_value("lang:fi ")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(box).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=lang%3Afi*")
        expect(page.locator("#rows .cv")).to_have_count(1)

        # saved under a name; its number comes beside the page and follows
        page.keyboard.press("v")
        page.locator("#save-view [name=name]").fill("Finnish")
        page.keyboard.press("Enter")
        expect(page.locator("#list-title")).to_have_text("Finnish")
        number = page.locator("#saved .count")
        expect(number).to_have_text("1")
        console.customer_writes(server, "Lamppu on rikki, voisitteko auttaa?", number=3, who="pekka")
        expect(number).to_have_text("2", timeout=12_000)

        # one line, remembered by the server
        row = page.locator("#rows .cv").first
        tall = row.bounding_box()["height"]
        page.keyboard.press("d")
        expect(page.locator("#list")).to_have_attribute("data-density", "one")
        assert row.bounding_box()["height"] < tall / 1.5
        page.reload()
        expect(page.locator("#list")).to_have_attribute("data-density", "one")

        # renamed, opened by Ctrl-K, removed, brought back
        page.keyboard.press("v")
        page.locator("#save-view [name=name]").fill("Suomi")
        page.locator("#save-view .primary").click()
        expect(page.locator("#list-title")).to_have_text("Suomi")
        page.goto(f"{server.console}/today")
        page.keyboard.press("Control+k")
        page.keyboard.type("suomi")
        expect(page.locator("#palette [role=option]").first).to_contain_text("Suomi")
        page.keyboard.press("Enter")
        expect(page.locator("#list-title")).to_have_text("Suomi")
        page.keyboard.press("v")
        page.locator("#save-view .sure summary").click()
        page.get_by_role("button", name="Remove the view").click()
        expect(page.locator("#saved .vlist")).to_have_count(0)
        expect(page.locator("#list-title")).not_to_have_text("Suomi")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#saved")).to_contain_text("Suomi")

        # what was searched for is offered again, and forgotten by a key
        page.goto(f"{server.console}/?view=open")
        expect(page.locator("#live-word")).to_have_text("Live")
        page.keyboard.press("/")
        expect(options.first).to_contain_text("lang:fi")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Delete")
        expect(options.first).to_contain_text("from:")
        assert faults == []
