"""The widget for every reader: contrast, names, sizes, phones, right to left, the page's own theme."""

import pytest
from playwright.sync_api import Page, expect

from dragoman.front.portal.widget.tests.conftest import Shop

# Walks every text in the shadow tree and measures it against the nearest painted ground (WCAG 1.4.3).
CONTRAST = """() => {
  const root = document.querySelector('dragoman-chat').shadowRoot;
  const parse = (value) => (value.match(/[\\d.]+/g) || []).map(Number)
    .map((part, place) => (value.startsWith('color(') && place < 3 ? part * 255 : part));
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at && at !== root; at = at.parentNode) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return null;
  };
  const poor = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.getClientRects().length) continue;
    if (node.closest('.sr, option, style')) continue;
    const behind = ground(node);
    if (!behind) continue;
    seen += 1;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.push([walker.currentNode.data, ratio.toFixed(2)]);
  }
  return {poor, seen};
}"""

# Controls without a name, ids used twice, and targets below 24 by 24 (WCAG 4.1.2, 2.5.8).
FAULTS = """() => {
  const root = document.querySelector('dragoman-chat').shadowRoot;
  const named = (node) => node.getAttribute('aria-label') || node.textContent.trim()
    || (node.id && root.querySelector(`label[for="${node.id}"]`)?.textContent.trim());
  const controls = [...root.querySelectorAll('button, a, select, textarea, input')];
  const shown = controls.filter((node) => node.getClientRects().length);
  const small = (node) => {
    const box = node.getBoundingClientRect();
    return box.width < 24 || box.height < 24;
  };
  const ids = [...root.querySelectorAll('[id]')].map((node) => node.id);
  return {
    nameless: shown.filter((node) => !named(node)).map((node) => node.outerHTML),
    small: shown.filter((node) => small(node)).map((node) => node.outerHTML),
    twice: ids.filter((id, place) => ids.indexOf(id) !== place),
    styled: root.querySelectorAll('[style]').length,
    seen: shown.length,
  };
}"""


def _talk(shop: Shop, page: Page) -> None:
    """Fill the thread with every kind of line."""
    page.locator("input[type=file]").set_input_files(
        [{"name": "a.txt", "mimeType": "text/plain", "buffer": b"abc"}]
    )
    shop.write("สวัสดีค่ะ")
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(1)
    shop.far.refuse_next = 1
    shop.write("Refused")
    expect(page.locator(".me.failed")).to_have_count(1)
    shop.far.say("مرحبًا", "ar", translation={"original": "Hello", "original_language": "en"})
    page.locator(".them .link").click()


@pytest.mark.parametrize("colour", ["#2a3fc9", "#7a4b1e", "#ffd400", "#808080", "#ffffff"])
@pytest.mark.parametrize("query", ["lang=en", "lang=ar&dark=1"])
def test_every_text_can_be_read_and_every_control_has_a_name(shop: Shop, query: str, colour: str) -> None:
    shop.far.open = False
    shop.far.colour = colour
    page = shop.chat(query)
    faults = page.evaluate(FAULTS)
    _talk(shop, page)
    page.wait_for_timeout(300)
    contrast = page.evaluate(CONTRAST)
    assert contrast["poor"] == []
    assert contrast["seen"] > 12
    for found in (faults, page.evaluate(FAULTS)):
        assert found["nameless"] == [] and found["twice"] == [] and found["small"] == []
        assert found["seen"] >= 5


@pytest.mark.parametrize(
    ("colour", "ground", "ink"),
    [
        ("#7a4b1e", "rgb(122, 75, 30)", "rgb(255, 255, 255)"),
        ("#ffd400", "rgb(229, 191, 0)", "rgb(23, 24, 29)"),
        ("#ffffff", "rgb(204, 204, 204)", "rgb(23, 24, 29)"),
        ("#000000", "rgb(0, 0, 0)", "rgb(255, 255, 255)"),
    ],
)
def test_the_shops_colour_is_taken_and_made_readable(shop: Shop, colour: str, ground: str, ink: str) -> None:
    shop.far.colour = colour
    look = "(node) => [getComputedStyle(node).backgroundColor, getComputedStyle(node).color]"
    assert shop.visit().locator(".launcher").evaluate(look) == [ground, ink]


def test_roles_say_what_things_are(shop: Shop) -> None:
    page = shop.visit()
    expect(page.get_by_role("button", name="Open chat")).to_have_attribute("aria-expanded", "false")
    page.locator(".launcher").click()
    expect(page.get_by_role("dialog", name="Kaisla support")).to_be_visible()
    expect(page.get_by_role("log", name="Messages")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    expect(page.get_by_role("combobox", name="Language")).to_have_value("en")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_system_decides_between_light_and_dark_and_the_page_overrides(shop: Shop, theme: str) -> None:
    shop.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page = shop.visit()
    expect(page.locator(".root")).to_have_attribute("data-theme", theme)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.locator(".root")).to_have_attribute("data-theme", "dark")
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    expect(page.locator(".root")).to_have_attribute("data-theme", "light")


@pytest.mark.parametrize("language", ["th", "ar"])
def test_on_a_phone_the_chat_fills_the_screen(phone: Shop, language: str) -> None:
    phone.page.emulate_media(reduced_motion="reduce")
    page = phone.chat(f"lang={language}")
    box = page.locator(".panel").bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 780)
    expect(page.locator(".panel")).to_have_attribute("aria-modal", "true")
    size = page.locator(".write textarea").evaluate("(node) => getComputedStyle(node).fontSize")
    assert size == "16px", "a smaller field makes a phone zoom in"
    for name in (".round.go", ".head .round"):
        target = page.locator(name).first.bounding_box()
        assert target and target["width"] >= 44 and target["height"] >= 44


def test_nothing_spills_at_three_hundred_and_twenty_pixels(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 320, "height": 560})
    page = shop.chat()
    shop.write("x" * 300)
    shop.far.say("https://shop.example/" + "y" * 300)
    expect(page.locator(".them")).to_have_count(1)
    spill = "() => [...document.querySelector('dragoman-chat').shadowRoot.querySelectorAll('.panel *')]"
    wide = page.evaluate(spill + ".filter((n) => n.getBoundingClientRect().right > 321).length")
    assert wide == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_reduced_motion_moves_nothing(shop: Shop) -> None:
    shop.page.emulate_media(reduced_motion="reduce")
    page = shop.chat()
    assert page.locator(".panel").evaluate("(node) => getComputedStyle(node).animationName") == "none"


def test_the_shops_own_rules_do_not_reach_inside(shop: Shop) -> None:
    page = shop.chat()
    look = "(node) => { const s = getComputedStyle(node); return [s.letterSpacing, s.color, s.fontSize]; }"
    assert page.locator(".head h2").evaluate(look) == ["normal", "rgb(23, 24, 29)", "16px"]
