"""The window before anybody writes: a shopper finds an answer or an order by themselves, or goes on to a person."""

import re

from playwright.sync_api import expect

from dragoman.front.portal.chat.texts import self_service_texts
from dragoman.front.portal.widget.tests.conftest import Shop

PARCEL = {
    "step": 3,
    "steps": 5,
    "label": "Step 3 of 5",
    "badge": "2 days late",
    "tone": "warn",
    "said": "In customs · Bangkok",
    "when": "",
    "advice": "Customs looks at it.",
}
ORDER = {
    "kind": "order",
    "number": "KSL-20418",
    "goods": ["Loimu"],
    "parcels": [PARCEL],
    "url": "/track/kaisla/?pass=x",
    "follow": "Track your parcel",
}
ARTICLE = {
    "id": 7,
    "title": "Returns",
    "heading": "Until when",
    "passage": "Thirty days after it came.",
    "language": "fi",
    "fallback": True,
    "path": "/help/kaisla/fi/returns/",
}


def test_a_shopper_helps_themselves_and_then_writes(shop: Shop) -> None:
    shop.far.home = {
        "tiles": ["search", "order", "return"],
        "return": "/returns/kaisla/?locale=en",
        "track": "/track/kaisla/",
    }
    shop.far.chat["suggest"] = True
    shop.far.articles, shop.far.order = [ARTICLE], ORDER
    shop.far.texts["en"] = self_service_texts()
    page = shop.chat()
    expect(page.locator(".hail")).to_be_focused()
    expect(page.locator(".write")).to_be_hidden()
    page.get_by_label("Search the help centre").fill("return a lamp")
    found = page.locator(".home .hit")
    expect(found).to_contain_text("Thirty days after it came.")
    expect(found).to_contain_text("suomi")
    expect(found).to_have_attribute(
        "href",
        f"{page.evaluate('new URL(document.querySelector(`[data-brand]`).src).origin')}/help/kaisla/fi/returns/",
    )
    page.get_by_role("button", name="Where is my order?").click()
    page.get_by_label("Number of the order or of the parcel").fill("ksl 20418")
    page.get_by_label("E-mail or postcode of the order").fill("99999")
    page.get_by_role("button", name="Show where it is").click()
    expect(page.locator(".lookup [role=alert]")).to_have_text("Nothing fits these two.")
    page.get_by_label("E-mail or postcode of the order").fill("10110")
    page.get_by_label("E-mail or postcode of the order").press("Enter")
    card = page.locator(".track")
    expect(card).to_contain_text("2 days late")
    expect(card.get_by_role("img", name="Step 3 of 5")).to_be_visible()
    expect(page.locator("a.tile")).to_have_attribute("href", re.compile(r"number=KSL-20418$"))
    page.get_by_role("button", name="Write to us").click()
    text = page.get_by_role("textbox", name="Message")
    expect(text).to_be_focused()
    expect(text).to_have_value("return a lamp")
    text.press_sequentially("!")
    expect(page.locator(".sug .hit")).to_contain_text("Returns")
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".sug")).to_be_hidden()
    expect(text).to_be_focused()
    page.get_by_role("button", name="Back to the start").click()
    expect(page.locator(".hail")).to_be_focused()
