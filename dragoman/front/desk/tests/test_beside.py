"""What a macro in the customer's language says stands beside it, for an agent who does not read that language."""

import re
from time import perf_counter

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.texts.actions.macros import Written, save_macro
from dragoman.front.desk.replies.beside import _Shape
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db
REFUND = {
    "en": "Hello {customer.name|there}, your refund for {order} is on its way.\nBest, {agent.name}",
    "th": "สวัสดีค่ะ {customer.name|คุณลูกค้า} ทางร้านโอนเงินคืนสำหรับ {order} แล้วค่ะ\nด้วยความเคารพ {agent.name}",
    "de": "Hallo {customer.name|Sie}, die Erstattung für {order} ist unterwegs.\nGrüße, {agent.name}",
}


@pytest.fixture
def house(settings) -> House:
    settings.TRANSLATOR_URL = ""
    return a_house()


def saved(house: House, texts: dict[str, str], name: str = "Refund") -> int:
    with house.acting():
        return save_macro(house.workspace.pk, agent=house.greta, written=Written(name, texts)).pk


def thread(house: House, language: str, text: str) -> int:
    number = write(house, text, language=language).conversation_id
    settle()
    return number


def put_in(house: House, number: int, **body: str) -> str:
    client = Client()
    client.force_login(house.greta.user)
    given = {"text": "", "channel": "api", **body}
    answer = client.post(f"/desk/conversations/{number}/preview", given, headers={"HX-Request": "true"})
    return answer.content.decode()


def test_the_agents_text_stands_beside_the_customers(house):
    macro = saved(house, REFUND)
    number = thread(house, "th", "ขอเงินคืน KSL-20418 ค่ะ")
    page = put_in(house, number, phrase=f"macro:{macro}")
    assert "The customer reads Thai" in page and "In English, for you" in page
    assert "your refund for KSL-20418 is on its way.\nBest, Greta" in page and "Written by people" in page


@pytest.mark.parametrize("order", ["KSL-1 and KSL-2", "{order}"])
def test_a_gap_filled_by_hand_or_open_is_the_same_beside(house, order):
    saved(house, REFUND)
    number = thread(house, "de", "Wo bleibt mein Geld?")
    page = put_in(house, number, text=f"Hallo Sie, die Erstattung für {order} ist unterwegs.\r\nGrüße, Greta")
    assert f"Hello there, your refund for {order} is on its way." in page


@pytest.mark.parametrize("again", ["{number}", "{number} ", "{number}a", "a{number}"])
def test_a_macro_of_many_gaps_takes_no_time(house, again):
    slots = [f"{{{'abcdefghij'[number % 10]}.{'abcdefghij'[number // 10]}}}" for number in range(100)]
    hostile = again[-1:].join(slots) + again * 20 + "!"
    began = perf_counter()
    assert not _Shape.of(hostile + "z").place("a " * 20_000, iter(range(500)))
    assert not _Shape.of("a" + hostile + "z").place("aa" * 20_000, iter(range(500)))
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("macro", "text", "gaps"),
    [
        ("{name}: {order}, ok {name}!", "So\nJo: Mo: 7, ok Jo: Mo!", {"name": "Jo: Mo", "order": "7"}),
        ("Hi {name} of {order}", "Oh.\nHi  of 7  \nBye", {"name": "", "order": "7"}),
        ("Hi {name}.\nBye", "Hi A.\nHi B.\nBye", {"name": "B"}),
        ("Hi {name}, bye", f"Hi {'x' * 201}, bye", None),
    ],
)
def test_gaps_are_as_short_as_can_be(macro, text, gaps):
    there = _Shape.of(macro).place(text, iter(range(500)))
    assert (there and there.gaps) == gaps


def test_a_short_macro_is_of_its_language_and_not_translated_as_ours(house):
    saved(house, {"en": "Hi, our mistake.", "fi": "Hei, oma vika."})
    number = thread(house, "fi", "Missä tilaukseni on? En ole saanut sitä.")
    page = put_in(house, number, text="Hei, oma vika.")
    assert "The customer reads Finnish" in page and "Hi, our mistake." in page


def test_what_is_added_in_ones_own_language_is_told(house):
    macro = saved(house, REFUND)
    number = thread(house, "th", "ขอเงินคืน KSL-20418 ค่ะ")
    page = put_in(house, number, text="Sorry that it took so long.", phrase=f"macro:{macro}")
    assert "This is not in Thai and goes out as you wrote it:" in page
    assert "Sorry that it took so long.</q>" in page and "on its way." in page


def test_where_nobody_wrote_it_in_ones_own_language_an_engine_is_asked_or_that_is_said(house, settings):
    text = "ทางร้านจะแถมสติกเกอร์แมวให้ด้วยนะคะ"
    saved(house, {"th": text})
    number = thread(house, "th", "ของถึงไหนแล้วคะ")
    assert "Nobody wrote it in English" in put_in(house, number, text=text)
    settings.TRANSLATOR_URL = "fake://"
    assert "Machine translated" in put_in(house, number, text=text)


def test_a_card_is_seen_before_it_goes_out_however_fast_one_sends(house):
    number = thread(house, "de", "Wo bleibt mein Geld? Ich warte seit zwei Wochen darauf.")
    client = Client()
    client.force_login(house.greta.user)
    at = f"/desk/conversations/{number}"
    body = {"text": "Ihre Karte 4111 1111 1111 1111 wurde belastet, das tut uns leid.", "channel": "api"}
    held = client.post(f"{at}/send", body, headers={"HX-Request": "true"})
    page = held.content.decode()
    assert held.status_code == 409 and "Look again before it goes out: Card numbers." in page
    token = re.search(r'name="preview_token" value="([^"]+)"', page)[1]
    assert client.post(f"{at}/send", {**body, "preview_token": token}).status_code == 302


def test_a_card_typed_on_after_the_preview_is_seen_before_it_goes_out(house):
    number = thread(house, "de", "Wo bleibt mein Geld? Ich warte seit zwei Wochen darauf.")
    client = Client()
    client.force_login(house.greta.user)
    text = "Ihre Karte wurde leider belastet, das tut uns sehr leid."
    token = re.search(r'name="preview_token" value="([^"]+)"', put_in(house, number, text=text))[1]
    at = f"/desk/conversations/{number}/send"
    body = {"text": f"{text} Die Karte: 4111 1111 1111 1111.", "channel": "api", "preview_token": token}
    held = client.post(at, body, headers={"HX-Request": "true"})
    page = held.content.decode()
    assert held.status_code == 409 and "Look again before it goes out: Card numbers." in page
    fresh = re.search(r'name="preview_token" value="([^"]+)"', page)[1]
    assert client.post(at, {**body, "preview_token": fresh}).status_code == 302
    again = {**body, "text": f"{text} Wir melden uns."}
    assert client.post(at, again).status_code == 302


def test_a_card_in_a_translation_changed_by_hand_is_seen_too(house, settings):
    settings.TRANSLATOR_URL = "fake://"
    number = thread(house, "de", "Wo bleibt mein Geld? Ich warte seit zwei Wochen darauf.")
    text = "The refund goes to the card you paid with."
    page = put_in(house, number, text=text)
    token = re.search(r'name="preview_token" value="([^"]+)"', page)[1]
    assert "Look again" not in page
    said = "Wir erstatten auf 4111 1111 1111 1111."
    assert "Look again" in put_in(house, number, text=text, preview_token=token, amended=said)


def test_who_reads_the_customers_language_is_shown_it_once(house):
    saved(house, REFUND)
    number = thread(house, "th", "ขอเงินคืนค่ะ")
    with house.acting():
        house.greta.languages = [{"tag": "th", "level": "native"}]
        house.greta.save()
    assert "for you" not in put_in(house, number, text=REFUND["th"])


def test_macros_of_others_are_shown_to_nobody(house):
    macro = saved(house, REFUND)
    number = thread(house, "th", "ขอเงินคืนค่ะ")
    with house.acting():
        seat = add_agent(
            house.workspace.pk, email="p@kaisla.example", name="P", role="agent", password="x" * 12
        )
        written = Written("Mine", {"en": "Secret.", "th": "ความลับนะคะ"})
        save_macro(house.workspace.pk, agent=seat, written=written, owner=seat)
    assert "Secret." not in put_in(house, number, text="ความลับนะคะ")
    outside = a_house("mallory-shop", owner="mallory")
    client = Client()
    client.force_login(outside.greta.user)
    body = {"text": "", "channel": "api", "phrase": f"macro:{macro}"}
    assert client.post(f"/desk/conversations/{number}/preview", body).status_code == 404
