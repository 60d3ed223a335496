"""Lists in a real browser: many rows changed at once; searched by suggestions, saved, in one line, counted live."""

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


def test_a_segment_is_counted_while_it_is_made_and_narrows_the_list(server: Installation) -> None:
    for name, market in (("สมชาย", "TH"), ("美咲", "JP"), ("Aino", "FI")):
        server.api("/customers", {"name": name, "market": market})
    with console.chromium() as browser:
        page = console.log_in(server, browser.new_context(viewport={"width": 1440, "height": 900}))
        faults = console.watch(page)
        page.goto(f"{server.console}/customers/segments")
        page.get_by_role("link", name="New segment").click()
        count = page.locator("#segment-count")
        page.locator("#fact-0").select_option("market")
        page.locator("#value-0-1").select_option("TH")
        expect(count).to_contain_text("1 customer")
        expect(count).to_contain_text("สมชาย")
        page.locator("#value-0-2").select_option("JP")
        expect(count).to_contain_text("2 customers")
        page.get_by_role("button", name="and also").click()
        page.locator("#fact-1").select_option("conversations")
        # typing counts anew and leaves the field to whoever types
        page.locator("#value-1-1").press_sequentially("1")
        expect(count).to_contain_text("0 customers")
        expect(page.locator("#value-1-1")).to_be_focused()
        page.locator("#op-1").select_option("at_most")
        expect(count).to_contain_text("2 customers")
        page.locator("#segment-name").fill("Asia")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Asia")).to_be_visible()
        expect(page.locator("tbody tr")).to_have_count(2)
        page.goto(f"{server.console}/customers/segments")
        expect(page.locator(".segments .num")).to_have_text("2 customers")
        assert page.evaluate(console.CONTRAST) == [] and page.evaluate(console.NAMELESS) == []
        assert faults == []


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
        # in the narrow list of a wide screen the bar is two lines
        assert page.locator("#picks").bounding_box()["height"] < 80
        page.locator("#picks button[value=status]").click()
        page.locator("#bulk-box button[value='status:resolved']").click()
        expect(page.locator("#bulk-box")).to_contain_text("3 of 3 would change.")
        page.keyboard.press("Enter")
        expect(page.locator("#toasts")).to_contain_text("3 conversations changed")
        expect(page.locator(f"#row-{ids[0]}")).to_have_count(0)
        expect(page.locator("#bulk")).to_be_hidden()
        # what was done is said below the rows, not over them
        page.wait_for_function(
            "document.querySelector('#rows')?.getBoundingClientRect().bottom"
            " <= document.querySelector('#toasts .toast')?.getBoundingClientRect().top"
        )
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


def test_a_search_is_put_together_saved_counted_shown_in_one_line_and_removed(server: Installation) -> None:
    console.customer_writes(server, "Var är min beställning? Tack för hjälpen!", number=21, who="astrid")
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
        page.keyboard.type("swed")
        expect(options.first).to_contain_text("lang:sv")
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-activedescendant", "views-option-1")
        page.keyboard.press("Enter")
        expect(box).to_have_value("lang:sv ")
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(box).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=lang%3Asv*")
        expect(page.locator("#live-word")).to_have_text("Live")
        expect(page.locator("#rows .cv")).to_have_count(1)

        # saved under a name; its number comes beside the page and follows
        page.keyboard.press("v")
        page.locator("#save-view [name=name]").fill("Swedish")
        page.keyboard.press("Enter")
        expect(page.locator("#list-title")).to_have_text("Swedish")
        expect(page.locator("#live-word")).to_have_text("Live")
        number = page.locator("#saved .count")
        expect(number).to_have_text("1")
        console.customer_writes(server, "Lampan är trasig, kan ni hjälpa mig?", number=22, who="lotta")
        expect(number).to_have_text("2")

        # one line, remembered by the server
        row = page.locator("#rows .cv").first
        tall = row.bounding_box()["height"]
        page.keyboard.press("d")
        expect(page.locator("#list")).to_have_attribute("data-density", "one")
        assert row.bounding_box()["height"] < tall / 1.5
        page.reload()
        expect(page.locator("#list")).to_have_attribute("data-density", "one")
        expect(page.locator("#live-word")).to_have_text("Live")

        # renamed, opened by Ctrl-K, removed, brought back
        page.keyboard.press("v")
        page.locator("#save-view [name=name]").fill("Svenska")
        page.locator("#save-view .primary").click()
        expect(page.locator("#list-title")).to_have_text("Svenska")
        page.goto(f"{server.console}/today", wait_until="networkidle")
        page.keyboard.press("Control+k")
        page.keyboard.type("svenska")
        expect(page.locator("#palette [role=option]").first).to_contain_text("Svenska")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?view=mine&q=lang%3Asv*")
        expect(page.locator("#list-title")).to_have_text("Svenska")
        expect(page.locator("#live-word")).to_have_text("Live")
        page.keyboard.press("v")
        page.locator("#save-view .sure summary").click()
        page.get_by_role("button", name="Remove the view").click()
        expect(page.locator("#saved .vlist")).to_have_count(0)
        expect(page.locator("#list-title")).not_to_have_text("Svenska")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#saved")).to_contain_text("Svenska")

        # what was searched for is offered again, and forgotten by a key
        page.goto(f"{server.console}/?view=open")
        expect(page.locator("#live-word")).to_have_text("Live")
        page.keyboard.press("/")
        expect(options.first).to_contain_text("lang:sv")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Delete")
        expect(options.first).to_contain_text("from:")
        assert faults == []
