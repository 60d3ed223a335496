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


def test_a_bot_says_what_it_is_hands_over_and_the_end_is_asked_about(shop: Shop) -> None:
    shop.far.texts["en"] = self_service_texts()
    shop.far.bot = {"name": "Kuura", "disclosure": "You are talking to a bot"}
    page = shop.chat()
    expect(page.locator(".head .who")).to_have_text("Automatic assistant")
    expect(page.locator(".disclosed")).to_have_text("You are talking to a bot")
    shop.write("May I send it back?")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.far.say(
        "Within 30 days [1], as [9] says.",
        author={"name": "Kuura"},
        bot=True,
        sources=[{"title": "Returns", "path": "/help/kaisla/en/returns/", "quote": "30 days"}],
        choices=[{"value": "person", "label": "Talk to a person", "icon": "users"}],
        card=ORDER,
        state="",
    )
    answer = page.locator(".them")
    expect(answer.locator("sup a")).to_have_attribute("href", re.compile(r"/help/kaisla/en/returns/$"))
    expect(answer.locator(".word")).to_contain_text("as [9] says")
    expect(answer.locator(".track")).to_contain_text("KSL-20418")
    expect(page.locator(".legal").last).to_contain_text("Automatic answers may be wrong")
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator(".me")).to_have_count(2)
    assert (shop.far.posted[-1]["text"], shop.far.posted[-1]["choice"]) == ("Talk to a person", "person")
    expect(page.locator(".quick")).to_be_hidden()
    shop.far.say("Hello", author={"name": "Aino"}, translation={"original": "Hei", "original_language": "fi"})
    expect(page.locator(".event")).to_have_text("Aino has joined. What they write is translated for you.")
    expect(page.locator(".head .who")).to_have_text("Aino")
    expect(page.locator(".disclosed")).to_be_hidden()
    shop.far.closed, shop.far.survey = True, {"score": 0, "comment": "", "open": True}
    shop.far.wake()
    expect(page.get_by_role("radio", name="Excellent")).to_be_visible()
    page.locator(".csat .go").click()
    expect(page.locator(".csat [role=alert]")).to_have_text("Please choose one of the five faces.")
    page.get_by_role("radio", name="Good", exact=True).check()
    page.get_by_label("Comment (optional)").fill("Quick")
    page.locator(".csat .go").click()
    expect(page.locator(".csat")).to_contain_text("Thank you")
    assert shop.far.survey == {"score": 4, "comment": "Quick", "open": True}


def test_a_page_meets_its_reader_once_and_never_who_closed_the_chat(shop: Shop) -> None:
    shop.far.texts["en"] = self_service_texts()
    rule = {"text": "Questions?", "language": "en", "visitor": "first", "seconds": 0}
    shop.far.invites = [
        {**rule, "key": "1", "pages": ["/cart*"]},
        {**rule, "key": "2", "pages": ["/?*greet*"]},
        {**rule, "key": "3", "pages": [], "visitor": "returning"},
    ]
    page = shop.visit("greet=1")
    page.get_by_role("button", name="Questions?").click()
    expect(page.locator(".hello")).to_have_text("Questions?")
    assert page.evaluate("[localStorage.length, JSON.parse(sessionStorage['dragoman:kaisla'])]") == [0, ["2"]]
    page.keyboard.press("Escape")
    assert page.evaluate("sessionStorage['dragoman:kaisla']") == '["2","closed"]'
    page.evaluate("sessionStorage.clear()")
    shop.visit("greet=1&wait=1")
    page.wait_for_timeout(1300)
    expect(page.locator(".invite")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0
