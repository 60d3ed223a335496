"""An agent's work in a real browser: by keyboard, live, and with JavaScript off."""

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

numbers = itertools.count(1)
FINNISH = "Missä tilaukseni KSL-20418 on?"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server with an agent and no translation engine but the phrasebook."""
    with installation(tmp_path_factory.mktemp("home"), workspace="kaisla") as running:
        console.seat_greta(running)
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all journeys."""
    with console.chromium() as running:
        yield running


@pytest.fixture
def greta(server: Installation, browser: Browser) -> Iterator[Page]:
    """Greta at her desk; a fault in the page or a breach of its policy fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = console.log_in(server, context)
    faults = console.watch(page)
    page.goto(f"{server.console}/?view=open")
    expect(page.locator("#live-word")).to_have_text("Live")
    yield page
    context.close()
    assert faults == []


def written(server: Installation, text: str = FINNISH, who: str = "") -> str:
    number = next(numbers)
    told = console.customer_writes(server, text, number=number, who=who or f"matti{number}")
    return str(told["conversation"])


def test_a_new_conversation_appears_by_itself(server: Installation, greta: Page) -> None:
    pk = written(server)
    expect(greta.locator(f"#row-{pk}")).to_be_visible()


def test_a_finnish_question_is_answered_by_keyboard_with_a_phrase(server: Installation, greta: Page) -> None:
    pk = written(server)
    expect(greta.locator(f"#row-{pk}")).to_be_visible()
    greta.keyboard.press("j")
    expect(greta.locator(f"#row-{pk}")).to_be_focused()
    greta.keyboard.press("Enter")
    expect(greta.locator("#work")).to_have_attribute("data-conversation", pk)
    greta.keyboard.press("p")
    # at once, as a quick hand does: what was typed is meant, not what the list shows at that moment
    greta.keyboard.type("shipped")
    greta.keyboard.press("Enter")
    expect(greta.locator("#draft")).to_have_value("Your order KSL-20418 was shipped on {date}.")
    expect(greta.locator("#preview")).to_contain_text("{date}")
    greta.keyboard.type("12 November 2026")
    expect(greta.locator("#preview")).to_contain_text("12. marraskuuta 2026")
    shown = greta.locator("#preview .th").inner_text()
    greta.keyboard.press("Control+Enter")
    expect(greta.locator("#toasts")).to_contain_text("Sent")
    expect(greta.locator("#draft")).to_have_value("")
    said = [m["text"] for m in server.api(f"/conversations/{pk}")["messages"] if m["direction"] == "out"]
    assert said == [shown]


def test_a_message_arrives_while_somebody_writes_and_the_draft_stays(
    server: Installation, greta: Page
) -> None:
    pk = written(server, who="pekka")
    greta.goto(f"{server.console}/conversations/{pk}")
    greta.keyboard.press("r")
    greta.keyboard.type("I am just writing")
    written(server, "Ja vielä yksi asia!", who="pekka")
    expect(greta.locator("#thread")).to_contain_text("Ja vielä yksi asia!")
    expect(greta.locator("#draft")).to_have_value("I am just writing")
    expect(greta.locator("#draft")).to_be_focused()


def test_a_draft_survives_a_reload(server: Installation, greta: Page) -> None:
    pk = written(server)
    greta.goto(f"{server.console}/conversations/{pk}")
    greta.fill("#draft", "Half a sentence")
    greta.reload()
    expect(greta.locator("#draft")).to_have_value("Half a sentence")


def test_a_preview_follows_the_form_of_address(server: Installation, greta: Page) -> None:
    pk = written(server, "Wo ist mein Paket? Ich habe schon zwei Wochen darauf gewartet.")
    greta.goto(f"{server.console}/conversations/{pk}")
    greta.fill("#draft", "Is there anything else we can help you with?")
    expect(greta.locator("#preview .th")).to_contain_text("Ihnen")
    greta.locator("#address [name=register]").select_option("casual")
    expect(greta.locator("#preview .th")).to_contain_text("dir")
    greta.locator("#toasts [data-do=undo]").click()
    expect(greta.locator("#preview .th")).to_contain_text("Ihnen")


def test_nothing_goes_out_untranslated_without_a_yes(server: Installation, greta: Page) -> None:
    pk = written(server)
    greta.goto(f"{server.console}/conversations/{pk}")
    greta.fill("#draft", "Our boat leaves the harbour at noon.")
    expect(greta.locator("#preview")).to_contain_text("No engine translates from English to Finnish")
    expect(greta.locator(".send-button")).to_be_disabled()
    greta.locator("#preview summary").click()
    greta.locator("#preview button", has_text="Yes, send in English").click()
    expect(greta.locator("#thread")).to_contain_text("Sent as written, without translation")


def test_resolve_undo_note_and_assign_work_by_keyboard(server: Installation, greta: Page) -> None:
    pk = written(server)
    greta.goto(f"{server.console}/conversations/{pk}")
    expect(greta.locator("#live-word")).to_have_text("Live")
    greta.keyboard.press("e")
    expect(greta.locator("#head")).to_contain_text("Reopen")
    greta.keyboard.press("z")
    expect(greta.locator("#head")).to_contain_text("Resolve")
    greta.keyboard.press("m")
    expect(greta.locator("#thread")).to_contain_text("Greta Lindholm took this")
    greta.keyboard.press("n")
    greta.keyboard.type("Only for us")
    greta.keyboard.press("Control+Enter")
    expect(greta.locator("#thread .note")).to_contain_text("Only for us")


def test_the_palette_opens_and_runs_a_command(server: Installation, greta: Page) -> None:
    pk = written(server)
    greta.goto(f"{server.console}/conversations/{pk}")
    greta.keyboard.press("Control+k")
    expect(greta.locator("#palette")).to_be_visible()
    greta.keyboard.type("all keys")
    expect(greta.locator("#palette-list [aria-selected=true]")).to_contain_text("All keys")
    greta.keyboard.press("Enter")
    expect(greta.locator("#keys")).to_be_visible()


def test_the_original_is_one_key_away(server: Installation, greta: Page) -> None:
    pk = written(server, "คำสั่งซื้อ KSL-20418 ของฉันอยู่ที่ไหน")
    greta.goto(f"{server.console}/conversations/{pk}")
    original = greta.locator("#thread .il-o")
    expect(greta.locator("#thread .il-t")).to_have_attribute("lang", "en")
    expect(original).to_be_hidden()
    greta.keyboard.press("o")
    expect(original).to_be_visible()
    expect(original).to_have_attribute("lang", "th")


def test_the_page_finds_its_stream_again_after_the_server_died(server: Installation, greta: Page) -> None:
    server.kill_web()
    expect(greta.locator("#live-word")).not_to_have_text("Live")
    server.wait_until_up()
    pk = written(server)
    expect(greta.locator(f"#row-{pk}")).to_be_visible(timeout=30_000)
    expect(greta.locator("#live-word")).to_have_text("Live")


def test_reading_and_replying_work_with_javascript_off(server: Installation, browser: Browser) -> None:
    pk = written(server)
    context = browser.new_context(viewport={"width": 1200, "height": 900}, java_script_enabled=False)
    page = console.log_in(server, context)
    page.goto(f"{server.console}/?view=open")
    page.click(f"#row-{pk}")
    page.fill("#draft", "Your order KSL-20418 was shipped on 12 November 2026.")
    page.click(".preview-button")
    expect(page.locator("#preview")).to_contain_text("12. marraskuuta 2026")
    page.click(".send-button")
    expect(page.locator("#thread .ours")).to_contain_text("Your order KSL-20418")
    page.click("#composer label:has([value=note])")
    page.fill("#draft", "Written without a script")
    page.click(".note-button")
    expect(page.locator("#thread .note")).to_contain_text("Written without a script")
    page.click("#head [data-do=resolve]")
    expect(page.locator("#head")).to_contain_text("Reopen")
    context.close()


def test_keys_leave_the_cursor_where_one_goes_on(server: Installation, greta: Page) -> None:
    pk = written(server)
    greta.goto(f"{server.console}/conversations/{pk}")
    expect(greta.locator("#live-word")).to_have_text("Live")
    greta.keyboard.press("b")
    expect(greta.get_by_label("Number of the other conversation")).to_be_focused()
    greta.goto(f"{server.console}/conversations/{pk}")
    expect(greta.locator("#live-word")).to_have_text("Live")
    greta.keyboard.press("w")
    expect(greta.get_by_label("To", exact=True)).to_be_focused()
    greta.goto(f"{server.console}/?view=all&q=lang:fi")
    expect(greta.locator("#live-word")).to_have_text("Live")
    greta.keyboard.press("v")
    name = greta.locator("#save-view input[name=name]")
    expect(name).to_be_focused()
    greta.keyboard.type("Finnish post")
    expect(name).to_have_value("Finnish post")


def test_the_menu_of_the_last_message_is_whole(server: Installation, greta: Page) -> None:
    # long enough that its newest message stands at the end of the pane
    for n in range(6):
        pk = written(server, f"line {n}" + "\nmore" * 6, who="pitka")
    pk = written(server, "ok", who="pitka")
    greta.goto(f"{server.console}/conversations/{pk}")
    expect(greta.locator("#live-word")).to_have_text("Live")
    menu = greta.locator("#thread .menu-of").last
    menu.locator("summary").click()
    # a menu is opened first and turned upwards by the event of that, so the browser is asked until it is inside
    greta.wait_for_function(
        "() => { const box = document.querySelector('.thread-wrap').getBoundingClientRect(); const sheet = "
        "document.querySelector('.menu-of[open] .sheet').getBoundingClientRect();"
        " return sheet.top >= box.top && sheet.bottom <= box.bottom; }"
    )


def test_tall_letters_do_not_make_a_message_scroll(server: Installation, greta: Page) -> None:
    pk = written(server, "مرحبًا، أين طلبي؟\nلم يصل الطرد بعد.\nأنتظر منذ أسبوع.\nشكرًا جزيلًا لكم")
    greta.goto(f"{server.console}/conversations/{pk}")
    told = greta.locator("#thread .msg .il-t").first
    expect(told).to_contain_text("شكرًا")
    assert told.evaluate("(box) => box.scrollHeight <= box.clientHeight")


def test_what_is_typed_after_a_send_or_its_undo_stands_in_the_text(server: Installation, greta: Page) -> None:
    pk = written(server, "Where is my order KSL-20418?")
    greta.goto(f"{server.console}/conversations/{pk}")
    expect(greta.locator("#live-word")).to_have_text("Live")
    draft, toasts = greta.locator("#draft"), greta.locator("#toasts")
    for undo in ("click", "Control+z", "z"):
        draft.fill("On its way.")
        expect(greta.locator("#preview")).to_contain_text("goes out as you wrote it")
        greta.keyboard.press("Control+Enter")
        expect(toasts).to_contain_text("Sent")
        expect(draft).to_have_value("")
        expect(draft).to_be_focused()
        if undo == "click":
            toasts.get_by_role("button").click()
        else:
            if undo == "z":
                greta.keyboard.press("Escape")
            greta.keyboard.press(undo)
        expect(draft).to_have_value("On its way.")
        expect(draft).to_be_focused()
        greta.keyboard.type(" Extra text")
        expect(draft).to_have_value("On its way. Extra text")
    expect(greta.locator("#preview")).to_contain_text("goes out as you wrote it")
    greta.keyboard.press("Control+Enter")
    expect(greta.locator("#thread .ours")).to_contain_text("On its way. Extra text")
    expect(draft).to_have_value("")
    greta.keyboard.type("more")
    expect(draft).to_have_value("more")
    expect(greta.locator("#head")).to_contain_text("Resolve")


def test_who_goes_on_before_the_answer_went_out_is_told_and_finds_it_again(
    server: Installation, greta: Page
) -> None:
    other, pk = written(server, "Do you ship to Norway?"), written(server, "Where is my order KSL-20418?")
    greta.goto(f"{server.console}/conversations/{pk}?view=open")
    expect(greta.locator("#live-word")).to_have_text("Live")
    held: list[Route] = []
    greta.route("**/preview", lambda route: held.append(route))
    greta.locator("#draft").fill("On its way.")
    greta.keyboard.press("Control+Enter")
    expect(greta.locator("#composer")).to_have_attribute("data-going", "1")
    greta.locator(f"#row-{other}").click()
    expect(greta.locator("#work")).to_have_attribute("data-conversation", str(other))
    expect(greta.locator("#toasts")).to_have_text("Not sent.")
    greta.unroute("**/preview")
    greta.locator(f"#row-{pk}").click()
    expect(greta.locator("#draft")).to_have_value("On its way.")
    expect(greta.locator("#thread .ours")).to_have_count(0)
