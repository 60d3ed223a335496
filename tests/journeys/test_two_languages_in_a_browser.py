"""An agent who reads Finnish alone and customers who do not: two rounds each way, with the phrasebook and with an engine.

The customer sits in the shop's chat, the agent at the keyboard; neither ever sees the other's language first.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.ground.providers.translation.tests.far_side import serving
from tests.journeys import console
from tests.journeys.installation import Installation, installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# sentence by sentence; @ is an order number, in whatever way it comes
JAPANESE = {
    "注文 @ の椅子の脚が割れていました。": "Tilauksen @ tuolin jalka oli haljennut.",
    "交換してもらえますか。": "Voitteko vaihtaa sen?",
    "ありがとうございます。": "Kiitos.",
    "古い椅子は返送が必要ですか。": "Täytyykö vanha tuoli lähettää takaisin?",
}
FINNISH = {
    "Olemme pahoillamme, että tuoli oli rikki.": "椅子が壊れていたとのこと、誠に申し訳ございません。",
    "Lähetämme tilauksen @ tuolin huomenna uudestaan.": "ご注文 @ の椅子を明日改めてお送りいたします。",
    "Vanhaa tuolia ei tarvitse palauttaa.": "古い椅子のご返送は不要です。",
}


class Libre:
    """A LibreTranslate as its public API page describes it, which knows Japanese and Finnish."""

    tables = {("ja", "fi"): JAPANESE, ("fi", "ja"): FINNISH}

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def __call__(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if (method, path) == ("GET", "/languages"):
            names = {"ja": "Japanese", "fi": "Finnish"}
            return 200, [{"code": code, "name": names[code], "targets": list(names)} for code in names]
        assert (method, path, body["format"]) == ("POST", "/translate", "text")
        self.asked.append(body)
        table = self.tables[body["source"], body["target"]]
        texts = body["q"] if isinstance(body["q"], list) else [body["q"]]
        said = [self.said(text, table) for text in texts]
        return 200, {"translatedText": said if isinstance(body["q"], list) else said[0]}

    @staticmethod
    def said(text: str, table: dict[str, str]) -> str:
        found = []
        for sentence, other in table.items():
            if match := re.search(re.escape(sentence).replace("@", r"(\S+)"), text):
                found.append((match.start(), match.expand(other.replace("@", r"\1"))))
        return " ".join(said for _, said in sorted(found)) or text


@pytest.fixture(scope="module")
def libre() -> Iterator[tuple[str, Libre]]:
    answering = Libre()
    with serving(answering) as place:
        yield place, answering


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server without an engine, on a machine where one may be connected."""
    home = tmp_path_factory.mktemp("home")
    with installation(home, workspace="kaisla", TRANSLATOR_OURS="127.0.0.1") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with console.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def agent(server: Installation, browser: Browser) -> Iterator[Page]:
    """Greta: her team writes Finnish, and her screens are Finnish."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = console.log_in(server, context)
    faults = console.watch(page)
    for place, field in (("workspace", "language"), ("profile", "ui_language")):
        page.goto(f"{server.console}/settings/{place}")
        page.select_option(f"[name={field}]", "fi")
        page.locator(f"form:has([name={field}]) button.primary").click()
        page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    yield page
    context.close()
    assert faults == []


def shopper(server: Installation, browser: Browser, language: str) -> Page:
    page = browser.new_context(viewport={"width": 1200, "height": 860}).new_page()
    page.goto(f"{server.shop}/demo/shop/kaisla/?lang={language}")
    page.locator(".launcher").click()
    return page


def write(page: Page, text: str) -> None:
    page.locator(".write textarea").fill(text)
    page.locator(".write textarea").press("Enter")
    # it says when it was sent
    expect(page.locator(".me").last.locator(".by bdi")).to_have_count(2)


def open_newest(server: Installation, agent: Page, *, says: str) -> None:
    """Open the conversation that came last."""
    newest = server.api("/conversations?limit=1")["items"][0]
    agent.goto(f"{server.console}/conversations/{newest['id']}")
    expect(agent.locator("#thread")).to_contain_text(says)


def take(agent: Page, key: str, words: str) -> None:
    """Take the first phrase that has these words, as a quick hand does, and send it at once."""
    agent.keyboard.press(key)
    expect(agent.locator("#phrases input")).to_be_focused()
    agent.keyboard.type(words)
    agent.keyboard.press("Enter")
    agent.keyboard.press("Control+Enter")
    expect(agent.locator("#draft")).to_have_value("")
    expect(agent.locator("#draft")).to_be_focused()


def test_with_the_phrasebook_alone(server: Installation, browser: Browser, agent: Page) -> None:
    customer = shopper(server, browser, "th")
    said = customer.locator(".them .word")
    write(customer, "สวัสดีค่ะ คำสั่งซื้อ KSL-20418 ถึงไหนแล้วคะ")
    open_newest(server, agent, says="KSL-20418")
    # many ask so: people wrote the sentence in both languages, and the number stays what it is
    expect(agent.locator("#thread")).to_contain_text("Missä tilaukseni KSL-20418 on?")
    take(agent, "p", "tullissa")
    expect(said).to_have_text(["ขณะนี้พัสดุของคุณอยู่ที่ศุลกากร"])
    write(customer, "ต้องเสียภาษีไหมคะ")
    expect(agent.locator("#thread")).to_contain_text("ต้องเสียภาษีไหมคะ")
    take(agent, "/", "tullimaksuja")
    expect(said).to_have_text(["ขณะนี้พัสดุของคุณอยู่ที่ศุลกากร", "คุณไม่ต้องชำระค่าภาษีศุลกากร"])
    # the turns of a chat are no news, and who sends what nobody can say is told so
    expect(agent.locator("#thread .event")).to_have_count(0)
    agent.keyboard.type("Veneemme lähtee satamasta keskipäivällä.")
    agent.keyboard.press("Control+Enter")
    expect(agent.locator("#toasts [role=alert]")).to_contain_text("thai")
    expect(agent.locator("#draft")).to_have_value("Veneemme lähtee satamasta keskipäivällä.")
    agent.fill("#draft", "")
    customer.context.close()


def test_with_a_server_that_speaks_as_libretranslate_does(
    server: Installation, browser: Browser, agent: Page, libre: tuple[str, Libre]
) -> None:
    place, answering = libre
    agent.goto(f"{server.console}/settings/translation/new/libretranslate")
    agent.fill("[name=address]", f"http://{place}/")
    agent.locator("form:has([name=address]) button.primary").click()
    agent.wait_for_url(re.compile(r"/engines/\d+$"))
    customer = shopper(server, browser, "ja")
    said = customer.locator(".them .word")
    write(customer, "注文 KSL-20418 の椅子の脚が割れていました。交換してもらえますか。")
    open_newest(server, agent, says="Tilauksen KSL-20418 tuolin jalka oli haljennut. Voitteko vaihtaa sen?")
    agent.keyboard.press("r")
    agent.keyboard.type("Olemme pahoillamme, että tuoli oli rikki. ")
    agent.keyboard.type("Lähetämme tilauksen KSL-20418 tuolin huomenna uudestaan.")
    first = "椅子が壊れていたとのこと、誠に申し訳ございません。 ご注文 KSL-20418 の椅子を明日改めてお送りいたします。"
    expect(agent.locator("#preview .th")).to_have_text(first)
    agent.keyboard.press("Control+Enter")
    expect(said).to_have_text([first])
    write(customer, "ありがとうございます。古い椅子は返送が必要ですか。")
    expect(agent.locator("#thread")).to_contain_text("Täytyykö vanha tuoli lähettää takaisin?")
    # before the preview came: it waits for it, and sends what it shows
    agent.keyboard.type("Vanhaa tuolia ei tarvitse palauttaa.")
    agent.keyboard.press("Control+Enter")
    expect(said).to_have_text([first, "古い椅子のご返送は不要です。"])
    assert all("KSL-20418" not in text for body in answering.asked for text in body["q"])
    customer.context.close()
