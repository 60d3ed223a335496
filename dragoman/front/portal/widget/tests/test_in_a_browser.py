"""The widget in a real browser, on a shop with a strict policy and another origin."""

import re

from playwright.sync_api import expect

from dragoman.front.portal.widget.tests.conftest import Shop

STORED = "() => [document.cookie, Object.keys(localStorage), Object.keys(sessionStorage)]"


def test_nothing_is_stored_before_the_first_message(shop: Shop) -> None:
    page = shop.chat()
    page.locator("select").select_option("fi")
    expect(page.locator(".root")).to_have_attribute("lang", "fi")
    page.evaluate("Dragoman.identify({email: 'aino@example.com', signature: 'x', expires: 1})")
    assert page.evaluate(STORED) == ["", [], []]
    shop.write("Missä tilaukseni on?")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    assert page.evaluate(STORED) == ["", ["dragoman:kaisla"], []]
    assert shop.context.cookies() == []


def test_consent_lets_the_shop_store_earlier_and_reset_forgets(shop: Shop) -> None:
    page = shop.visit()
    page.evaluate("Dragoman.consent()")
    assert page.evaluate(STORED)[1] == ["dragoman:kaisla"]
    page.evaluate("Dragoman.reset()")
    assert page.evaluate(STORED)[1] == []


def test_a_message_is_sent_once_and_an_answer_comes_without_reload(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Where is my parcel?")
    expect(page.locator(".me .say")).to_have_text("Where is my parcel?")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.far.say("On its way", "en")
    expect(page.locator(".them .say")).to_contain_text("On its way")
    assert [body["text"] for body in shop.far.posted] == ["Where is my parcel?"]


def test_the_page_tells_what_came_and_what_stood_open(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Where is my parcel?")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.far.say("On its way", "en")
    expect(page.locator(".them .say")).to_contain_text("On its way")
    first = int(shop.far.messages[-1]["id"])
    shop.told(delivered=first, read=first)
    page.evaluate("Dragoman.close()")
    shop.far.say("It has arrived", "en")
    second = int(shop.far.messages[-1]["id"])
    shop.told(delivered=second, read=first)
    page.evaluate("Dragoman.open()")
    shop.told(delivered=second, read=second)


def test_an_answer_lost_on_the_way_back_doubles_nothing(shop: Shop) -> None:
    page = shop.chat()
    shop.far.lose_answers = 2
    shop.write("First")
    shop.write("Second")
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(2)
    assert [message["text"] for message in shop.far.messages] == ["First", "Second"]
    assert len(shop.far.posted) > 2
    expect(page.locator(".me .say")).to_have_text(["First", "Second"])


def test_messages_written_offline_go_out_in_order(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Hello")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.context.set_offline(True)
    for text in ("one", "two", "three"):
        shop.write(text)
    expect(page.locator(".net")).to_be_visible()
    expect(page.locator(".me .by", has_text="Sending")).to_have_count(3)
    shop.context.set_offline(False)
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(4)
    assert [message["text"] for message in shop.far.messages] == ["Hello", "one", "two", "three"]
    expect(page.locator(".net")).to_be_hidden()


def test_a_message_that_could_not_leave_survives_the_next_page(shop: Shop) -> None:
    page = shop.chat()
    shop.far.down = True
    shop.write("Do not lose me")
    expect(page.locator(".net")).to_be_visible()
    shop.far.down = False
    shop.page.goto(f"{shop.url}/?lang=en")
    expect(page.locator(".launcher")).to_be_visible()
    page.locator(".launcher").click()
    expect(page.locator(".me .by")).to_contain_text("Sent")
    assert [message["text"] for message in shop.far.messages] == ["Do not lose me"]


def test_what_came_while_the_line_was_dead_is_fetched_at_its_return(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Hello")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.far.down = True
    shop.far.cut_streams()
    for number in range(120):
        shop.far.say(f"answer {number}")
    page.wait_for_timeout(600)
    shop.far.down = False
    expect(page.locator(".them")).to_have_count(120)
    texts = [text.strip() for text in page.locator(".them .word").all_text_contents()]
    assert texts == [f"answer {number}" for number in range(120)]


def test_a_refused_message_says_why_and_can_be_tried_again(shop: Shop) -> None:
    page = shop.chat()
    shop.far.refuse_next = 1
    shop.write("Hello")
    expect(page.locator(".me.failed .by")).to_contain_text("This message cannot be stored.")
    shop.write("Another")
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(1)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".me .by", has_text="Sent")).to_have_count(2)


def test_the_thread_stays_when_the_page_changes_its_language(shop: Shop) -> None:
    shop.far.texts["ar"] = {"placeholder": "اكتب رسالتك", "sent": "أُرسلت"}
    page = shop.chat("lang=th")
    expect(page.locator(".root")).to_have_attribute("lang", "th")
    shop.write("โคมไฟของฉันอยู่ที่ไหน")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    page.evaluate("document.documentElement.lang = 'ar'")
    expect(page.locator(".root")).to_have_attribute("dir", "rtl")
    expect(page.locator(".me .say")).to_have_text("โคมไฟของฉันอยู่ที่ไหน")
    expect(page.locator(".me .say")).to_have_attribute("lang", "th")
    expect(page.locator(".me .by")).to_contain_text("أُرسلت")
    expect(page.get_by_placeholder("اكتب رسالتك")).to_be_visible()
    box, panel = page.locator(".me .say").bounding_box(), page.locator(".panel").bounding_box()
    assert box and panel and box["x"] - panel["x"] < 30, (
        "what the shopper wrote stands at the end side: left in Arabic"
    )


def test_a_machine_translation_is_marked_and_its_original_one_click_away(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Hei")
    shop.far.say(
        "Se on matkalla", "fi", translation={"original": "It is on its way", "original_language": "en"}
    )
    expect(page.locator(".them .by")).to_contain_text("Machine translated")
    fold = page.get_by_role("button", name="Show original")
    expect(page.get_by_text("It is on its way")).to_be_hidden()
    fold.click()
    expect(page.get_by_text("It is on its way")).to_be_visible()
    expect(page.get_by_role("button", name="Hide original")).to_have_attribute("aria-expanded", "true")


def test_files_are_judged_before_they_travel(shop: Shop) -> None:
    page = shop.chat()
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "photo.txt", "mimeType": "text/plain", "buffer": b"abc"},
            {"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"x" * 2000},
            {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
        ]
    )
    expect(page.locator(".foot .file")).to_have_count(1)
    expect(page.locator("#says")).to_contain_text("tool.exe")
    page.locator("input[type=file]").set_input_files(
        [{"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"x" * 2000}]
    )
    expect(page.locator("#says")).to_contain_text("film.mov is larger than")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".me .file")).to_contain_text("photo.txt")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    assert shop.far.files == [("photo.txt", 3)]


def test_off_duty_the_shopper_may_leave_an_address(shop: Shop) -> None:
    shop.far.open = False
    shop.far.back_at = "2026-11-24T06:00:00Z"
    page = shop.chat()
    expect(page.locator(".hours")).to_contain_text("A person answers from")
    page.get_by_label("Your e-mail address").fill("not an address")
    shop.write("Call me")
    expect(page.get_by_role("alert")).to_contain_text("This is not a whole e-mail address.")
    page.get_by_label("Your e-mail address").fill("somchai@example.com")
    page.locator(".write textarea").press("Enter")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    assert shop.far.posted[0]["email"] == "somchai@example.com"
    expect(page.locator(".mail")).to_be_hidden()


def test_the_shops_own_greeting_and_away_text_stand_in_their_own_language(shop: Shop) -> None:
    shop.far.chat = {
        **shop.far.chat,
        "greeting": {"text": "Tervetuloa\nKaislaan", "language": "fi"},
        "away": {"text": "عدنا غدًا", "language": "ar"},
    }
    page = shop.chat()
    greeting = page.locator(".hello p")
    expect(greeting).to_have_text("Tervetuloa\nKaislaan")
    assert (greeting.get_attribute("lang"), greeting.get_attribute("dir")) == ("fi", "auto")
    shop.far.open = False
    page.evaluate("Dragoman.close(); Dragoman.open()")
    expect(greeting).to_have_text("عدنا غدًا")
    shop.far.chat = {**shop.far.chat, "away": None}
    page.evaluate("Dragoman.close(); Dragoman.open()")
    expect(page.locator(".hello")).to_contain_text("Nobody is on duty right now")
    shop.write("Moi")
    expect(page.locator(".hello")).to_be_hidden()


def test_what_stands_in_the_way_stays_when_the_facts_come_again(shop: Shop) -> None:
    shop.far.open = False
    shop.far.back_at = "2026-11-24T06:00:00Z"
    page = shop.visit()
    shop.far.facts_go.clear()
    page.locator(".launcher").click()
    page.get_by_label("Your e-mail address").fill("not an address")
    shop.write("Call me")
    expect(page.get_by_role("alert")).to_contain_text("This is not a whole e-mail address.")
    told = page.locator(".hours").inner_text()
    shop.far.back_at = "2026-11-25T09:30:00Z"
    shop.far.facts_go.set()
    expect(page.locator(".hours")).not_to_have_text(told)
    expect(page.get_by_role("alert")).to_contain_text("This is not a whole e-mail address.")


def test_an_unread_answer_shows_on_the_launcher(shop: Shop) -> None:
    page = shop.chat()
    shop.write("Hello")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    shop.far.say("Here I am")
    expect(page.locator(".unread")).to_have_text("1")
    expect(page.get_by_role("button", name="Open chat, Unread messages: 1")).to_be_visible()
    page.locator(".launcher").click()
    expect(page.locator(".them .say")).to_contain_text("Here I am")
    page.keyboard.press("Escape")
    expect(page.locator(".unread")).to_be_hidden()


FOCUS = "() => document.activeElement.shadowRoot?.activeElement?.className || document.activeElement.tagName"


def test_on_a_full_screen_the_keyboard_stays_inside_until_escape(phone: Shop) -> None:
    page = phone.chat()
    seen = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUS))
    assert "BODY" not in seen and "A" not in seen
    assert {"round", "log", "round go"} <= seen
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS) == "launcher"


def test_beside_a_page_the_keyboard_may_leave_and_escape_returns_to_what_opened_the_chat(shop: Shop) -> None:
    page = shop.visit()
    page.evaluate("() => { document.querySelector('#help').onclick = () => dragoman.open('Hello'); }")
    page.locator("#help").click()
    expect(page.locator(".panel")).to_be_visible()
    expect(page.locator(".write textarea")).to_have_value("Hello")
    seen = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(FOCUS))
    assert {"A", "BODY"} & seen
    page.locator(".write textarea").focus()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "help"


def test_a_line_break_and_an_unfinished_composition_do_not_send(shop: Shop) -> None:
    page = shop.chat()
    box = page.locator(".write textarea")
    box.fill("one")
    box.press("Shift+Enter")
    box.press_sequentially("two")
    composing = (
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
    )
    box.evaluate(f"(node) => node.dispatchEvent({composing})")
    expect(page.locator(".me")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".me .say")).to_have_text(re.compile("one\ntwo"))


def test_blocked_storage_still_lets_the_shopper_talk(shop: Shop) -> None:
    shop.page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = shop.chat()
    shop.write("Hello")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    shop.far.say("Hello to you")
    expect(page.locator(".them .say")).to_contain_text("Hello to you")


def test_markup_in_a_message_is_only_text(shop: Shop) -> None:
    page = shop.chat()
    shop.write("<img src=x onerror=alert(1)>")
    shop.far.say("<script>alert(2)</script>")
    expect(page.locator(".them .say")).to_contain_text("<script>alert(2)</script>")
    assert page.locator(".log img, .log script").count() == 0


def test_another_person_on_the_same_device_starts_afresh(shop: Shop) -> None:
    page = shop.visit()
    person = "{email: '%s@example.com', signature: 'x', expires: 1}"
    page.evaluate(f"Dragoman.identify({person % 'aino'})")
    page.locator(".launcher").click()
    shop.write("Only for Aino")
    expect(page.locator(".me .by")).to_contain_text("Sent")
    visitor = shop.far.sessions[-1]["visitor"]
    page.evaluate(f"Dragoman.identify({person % 'mallory'})")
    expect(page.locator(".me")).to_have_count(1)
    shop.write("Mallory here")
    assert shop.far.sessions[-1]["visitor"] != visitor
