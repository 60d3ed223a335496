"""What makes the chat good company: typing, read marks, emoji, sound, copies, several tabs, pages that fight."""

import re

from playwright.sync_api import Page, expect

from dragoman.front.portal.widget.tests.conftest import Shop

BEEP = """
window.notes = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };
"""


def _begin(shop: Shop, query: str = "") -> Page:
    page = shop.chat(query)
    shop.write("Where is my parcel?")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    return page


def _item(page: Page, name: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("button", name=name).click()


def test_typing_is_seen_both_ways_and_an_answer_ends_it(shop: Shop) -> None:
    page = _begin(shop)
    page.wait_for_timeout(300)
    shop.far.type("typing")
    expect(page.locator(".typing")).to_have_text("Kaisla is typing")
    shop.far.type("still")
    expect(page.locator(".typing")).to_be_hidden()
    shop.far.type("typing")
    expect(page.locator(".typing")).to_be_visible()
    shop.far.say("On its way")
    expect(page.locator(".them .say")).to_contain_text("On its way")
    expect(page.locator(".typing")).to_be_hidden()
    page.locator(".write textarea").press_sequentially("thank you very much", delay=20)
    page.wait_for_timeout(200)
    assert shop.far.typings == ["typing"], "once is enough"
    page.locator(".write textarea").press("Enter")
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(2)
    assert shop.far.typings == ["typing", "still"]


def test_nobody_is_told_of_typing_before_the_first_message_or_where_the_shop_does_not_want_it(
    shop: Shop,
) -> None:
    page = shop.chat()
    page.locator(".write textarea").press_sequentially("hello")
    page.locator(".write textarea").press("Enter")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    assert shop.far.typings == []
    shop.far.chat["typing"] = False
    page = shop.chat()
    page.locator(".write textarea").press_sequentially("again")
    page.wait_for_timeout(300)
    assert shop.far.typings == []


def test_the_shopper_sees_that_the_shop_read(shop: Shop) -> None:
    page = _begin(shop)
    shop.far.read_up_to = 1
    shop.far.wake()
    expect(page.locator(".me .by")).to_contain_text("Read")
    shop.write("And another thing")
    expect(page.locator(".me").nth(1).locator(".by")).to_contain_text("Sent")


def test_a_closed_conversation_says_so(shop: Shop) -> None:
    page = _begin(shop)
    shop.far.closed = True
    shop.far.wake()
    expect(page.get_by_text("This conversation is closed. Write to open it again.")).to_be_visible()


def test_emoji_are_picked_by_keyboard_and_stand_where_the_cursor_was(shop: Shop) -> None:
    page = shop.chat()
    box = page.locator(".write textarea")
    box.fill("Thanks!")
    box.evaluate("(node) => node.setSelectionRange(6, 6)")
    page.get_by_role("button", name="Emoji", exact=True).press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Thanks😀!")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Emoji", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.locator(".emoji")).to_be_hidden()
    expect(page.locator(".panel")).to_be_visible()


def test_a_sound_is_heard_only_after_the_shopper_turned_it_on(shop: Shop) -> None:
    shop.page.add_init_script(BEEP)
    page = _begin(shop)
    shop.far.say("One")
    expect(page.locator(".them")).to_have_count(1)
    assert page.evaluate("notes") == 0
    _item(page, "Sound at an answer")
    page.keyboard.press("Escape")
    before = page.evaluate("notes")
    shop.far.say("Two")
    expect(page.locator(".them")).to_have_count(2)
    assert page.evaluate("notes") == before + 2
    _item(page, "Sound at an answer")
    shop.far.say("Three")
    expect(page.locator(".them")).to_have_count(3)
    assert page.evaluate("notes") == before + 2


def test_the_page_title_counts_only_where_the_shop_asked(shop: Shop) -> None:
    page = _begin(shop)
    page.evaluate("Dragoman.close()")
    shop.far.say("One")
    expect(page.locator(".unread")).to_have_text("1")
    assert page.title() == "Shop"
    shop.far.chat["title_badge"] = True
    page = shop.visit()
    expect(page).to_have_title("(1) Shop")
    page.locator(".launcher").click()
    expect(page).to_have_title("Shop")


def test_what_the_shop_asks_for_stands_beside_the_first_message_and_goes_with_it(shop: Shop) -> None:
    shop.far.chat |= {
        "ask": [{"name": "name", "required": False}, {"name": "order", "required": True}],
        "consent": {"text": "", "language": "", "url": "https://shop.example/privacy"},
    }
    page = shop.chat()
    shop.write("Where is it?")
    expect(page.get_by_role("alert")).to_have_text("Order number: please fill this in.")
    expect(page.get_by_label("Order number")).to_be_focused()
    page.get_by_label("Your name (optional)").fill("สมชาย")
    page.get_by_label("Order number").fill("KSL-20418")
    page.locator(".write textarea").press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Please agree first.")
    assert shop.far.posted == []
    expect(page.get_by_role("link", name="Privacy policy")).to_have_attribute(
        "href", "https://shop.example/privacy"
    )
    page.get_by_label("I agree that").check()
    page.locator(".write textarea").press("Enter")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    expect(page.locator(".asked")).to_be_hidden()
    sent = shop.far.posted[0]
    assert (sent["name"], sent["order"]) == ("สมชาย", "KSL-20418")
    assert sent["consent"] == "I agree that what I write is kept to answer me."


def test_nothing_is_asked_where_the_shop_asks_for_nothing(shop: Shop) -> None:
    page = shop.chat()
    assert page.locator(".asked input").count() == 0


def test_a_copy_by_mail_says_what_happens_next(shop: Shop) -> None:
    page = _begin(shop)
    _item(page, "Send me a copy by e-mail")
    page.get_by_label("Where should the copy go?").fill("nonsense")
    page.get_by_role("button", name="Send the copy").click()
    expect(page.get_by_role("alert").filter(has_text="whole")).to_be_visible()
    page.get_by_label("Where should the copy go?").fill("somchai@example.com")
    page.get_by_role("button", name="Send the copy").click()
    expect(page.get_by_text("Confirm your address there")).to_be_visible()
    expect(page.locator(".write textarea")).to_be_focused()
    assert shop.far.copies[0]["email"] == "somchai@example.com"


def test_too_much_at_once_is_said_in_words_and_goes_out_by_itself(shop: Shop) -> None:
    page = shop.chat()
    shop.far.too_fast = 1
    shop.write("Hello")
    expect(page.locator(".net")).to_have_text("That was a lot at once.")
    expect(page.locator(".me .by")).to_contain_text("Sent", timeout=20_000)
    expect(page.locator(".net")).to_be_hidden()


def test_tabs_are_in_step_and_share_one_stream(shop: Shop) -> None:
    page = _begin(shop)
    other = shop.context.new_page()
    other.goto(f"{shop.url}/?")
    other.locator(".launcher").click()
    expect(other.locator(".me .say")).to_have_text("Where is my parcel?")
    other.wait_for_timeout(500)
    other.locator(".write textarea").fill("From the other tab")
    other.locator(".write textarea").press("Enter")
    expect(page.locator(".me .say")).to_have_text(["Where is my parcel?", "From the other tab"])
    shop.far.say("To both")
    for tab in (page, other):
        expect(tab.locator(".them .say")).to_contain_text("To both")
    leads = "document.querySelector('dragoman-chat').tabs.leads"
    assert [page.evaluate(leads), other.evaluate(leads)].count(True) == 1
    other.close()
    shop.far.say("Still here")
    expect(page.locator(".them")).to_have_count(2)
    assert page.evaluate(leads) is True


def test_what_waits_in_two_tabs_is_all_kept(shop: Shop) -> None:
    page = _begin(shop)
    other = shop.context.new_page()
    other.goto(f"{shop.url}/?")
    other.locator(".launcher").click()
    shop.far.down = True
    for tab, text in ((page, "one"), (other, "two")):
        tab.locator(".write textarea").fill(text)
        tab.locator(".write textarea").press("Enter")
        expect(tab.locator(".me").last).to_contain_text("Sending")
    other.close()
    page.goto("about:blank")
    shop.far.down = False
    page.goto(f"{shop.url}/?")
    page.locator(".launcher").click()
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(3)
    assert sorted(message["text"] for message in shop.far.messages) == ["Where is my parcel?", "one", "two"]


def test_a_draft_waits_on_the_next_page(shop: Shop) -> None:
    page = _begin(shop)
    page.locator(".write textarea").fill("Half a sent")
    page.goto(f"{shop.url}/?lang=fi")
    page.locator(".launcher").click()
    expect(page.locator(".write textarea")).to_have_value("Half a sent")


def test_nothing_is_kept_before_consent_where_the_page_waits_for_it(shop: Shop) -> None:
    page = _begin(shop, "wait=1")
    keys = "() => Object.keys(localStorage)"
    assert page.evaluate(keys) == []
    page.evaluate("dragoman.consent()")
    assert page.evaluate(keys) == ["dragoman:kaisla"]
    page.evaluate("dragoman.consent(false)")
    assert page.evaluate(keys) == []
    shop.far.say("It goes on")
    expect(page.locator(".them .say")).to_contain_text("It goes on")


def test_a_page_that_unsets_everything_changes_nothing_inside(shop: Shop) -> None:
    look = """(node) => { const s = getComputedStyle(node); const box = node.getBoundingClientRect();
      return [s.color, s.display, s.fontSize, s.fontFamily, s.position, box.width, box.height, box.right]; }"""
    shop.page.emulate_media(reduced_motion="reduce")

    def looks(query: str) -> list[object]:
        page = shop.chat(query)
        page.wait_for_timeout(500)
        return [page.locator(one).evaluate(look) for one in (".dock", ".panel", ".head h2", ".write")]

    assert looks("hostile=1") == looks("")


def test_the_chat_stands_at_the_end_of_the_pages_own_direction(shop: Shop) -> None:
    def middle(query: str) -> float:
        box = shop.visit(query).locator(".launcher").bounding_box()
        assert box
        return box["x"]

    assert middle("lang=ar") > 550, "an Arabic chat on a page from left to right"
    assert middle("lang=ar&rtl=1") < 550
    shop.far.chat["position"] = "start"
    assert middle("lang=en") < 550
    assert middle("lang=ar&rtl=1") > 550


def test_an_address_in_a_message_can_be_followed_and_nothing_else_can(shop: Shop) -> None:
    page = _begin(shop)
    shop.far.say("Track it (https://track.example/a?b=1). Not javascript:alert(1)")
    link = page.locator(".them .say a")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://track.example/a?b=1")
    expect(link).to_have_attribute("rel", re.compile("noopener"))
    expect(page.locator(".them .word")).to_have_text(
        "Track it (https://track.example/a?b=1). Not javascript:alert(1)"
    )


def test_who_reads_further_up_is_told_of_something_new(shop: Shop) -> None:
    page = _begin(shop)
    for number in range(30):
        shop.far.say(f"answer {number}")
    expect(page.locator(".them")).to_have_count(30)
    page.locator(".log").evaluate("(node) => { node.scrollTop = 0; }")
    shop.far.say("The newest")
    page.get_by_role("button", name="New messages").click()
    expect(page.get_by_text("The newest")).to_be_in_viewport()
    expect(page.locator(".newer")).to_be_hidden()


def test_at_two_hundred_percent_everything_can_be_reached(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 640, "height": 400})
    page = shop.chat()
    shop.write("Hello")
    expect(page.locator(".me")).to_be_in_viewport()
    for name in (".round.go", ".head .round"):
        expect(page.locator(name).first).to_be_in_viewport(ratio=1)
