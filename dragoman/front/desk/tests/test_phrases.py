"""Answering without any engine: phrases with what the thread knows, and exactly what stands in the way."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.access import get_conversation
from dragoman.core.conversations.actions.reply import Draft, preview_reply, send_reply
from dragoman.core.conversations.errors import OpenSlots
from dragoman.core.conversations.models import Message
from dragoman.core.conversations.slot_values import put_in, values_in, with_phrases
from dragoman.core.language.actions.phrases import make_phrase
from dragoman.core.language.own_phrases import owned
from dragoman.core.language.phrase_engine import sentences
from dragoman.core.language.phrase_near import nearest
from dragoman.core.texts.slots import open_slots, unknown_slots
from dragoman.front.desk.words import Say
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = ""
    owned.forget()
    return a_house()


@pytest.fixture
def thai(house):
    number = write(house, "พัสดุ KSL-20418 ถึงไหนแล้ว", language="th", name="Somchai").conversation_id
    settle()
    return number


def greta(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def previewed(house, number, text, **more):
    return greta(house).post(
        f"/desk/conversations/{number}/preview",
        {"text": text, "channel": "api", **more},
        headers={"HX-Request": "true"},
    )


def test_an_answer_of_several_phrases_is_previewed_as_people_wrote_it_and_sent(house, thai):
    text = "Your order KSL-20418 was shipped on 30 November 2026. Thank you for your patience."
    page = previewed(house, thai, text).content.decode()
    assert "Written by people" in page and "30 พฤศจิกายน" in page and "1.00" not in page
    with house.acting():
        conversation = get_conversation(house.greta, thai)
        shown = preview_reply(conversation, agent=house.greta, text=text)
        sent = send_reply(conversation, agent=house.greta, draft=Draft(text=text, preview_token=shown.token))
    assert sent.language == "th" and sent.engine == "phrasebook" and not sent.meta["machine"]


def test_phrases_are_found_and_shown_in_the_language_of_who_writes(house, thai):
    def searched() -> str:
        path = f"/desk/conversations/{thai}/phrases"
        return (
            greta(house).get(path, {"phrase_q": "viivästy"}, headers={"HX-Request": "true"}).content.decode()
        )

    # who does not speak the language of the screens writes the team's
    house.greta.ui_language = "fi"
    with house.acting():
        house.greta.save()
    assert "ขออภัย" not in searched()
    house.greta.languages = [{"tag": "en", "level": "good"}, {"tag": "fi", "level": "native"}]
    with house.acting():
        house.greta.save()
    page = searched()
    assert 'lang="fi"' in page and "ขออภัย" in page


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("th", "มีปัญหาค่ะ"),
        ("ja", "注文の件で困っています"),
        ("ar", "عندي سؤال بخصوص الطلب"),
        ("fi", "Se tilaukseni asia"),
        ("de", "Wegen der Bestellung"),
    ],
)
def test_the_purpose_beside_the_thread_is_told_in_it_as_well(house, language, text):
    number = write(house, text, language=language).conversation_id
    settle()
    with house.acting():
        intent = get_conversation(house.greta, number).intent
    page = greta(house).get(f"/conversations/{number}").content.decode()
    assert intent and f"Probably about: {Say.intent(intent)}" in page


def test_who_may_connect_an_engine_is_led_there_and_who_may_not_knows_whom_to_ask(house, thai):
    with house.acting():
        seat = add_agent(
            house.workspace.pk, email="p@kaisla.example", name="P", role="agent", password="x" * 12
        )
    at, body = f"/conversations/{thai}", {"text": "Something of my own.", "channel": "api"}
    lead, agent = greta(house), Client()
    agent.force_login(seat.user)
    for client, thread, preview in (
        (lead, "Connect an engine that knows it</a>", "Connect an engine that knows both</a>"),
        (
            agent,
            "A lead can connect an engine that knows it.",
            "A lead can connect an engine that knows both.",
        ),
    ):
        assert thread in client.get(at).content.decode()
        shown = client.post(f"/desk{at}/preview", body, headers={"HX-Request": "true"}).content.decode()
        assert "No engine translates from English to Thai." in shown
        assert preview in shown
        assert ("/settings/translation" in shown + client.get(at).content.decode()) is (client is lead)


def test_the_sentence_in_the_way_is_named_with_phrases_for_its_place(house, thai):
    text = "Thank you for contacting us. Sorry that the whole delivery is so delayed! Have a nice day!"
    page = previewed(house, thai, text).content.decode()
    assert page.count('data-sentence="Sorry that the whole delivery is so delayed!"') >= 1
    assert 'data-say="We are sorry for the delay."' in page
    assert "Thank you for contacting us." not in page.partition('class="blocks"')[2].partition("</ul>")[0]
    assert "1 sentence" not in page and "stands in the way" in page


def test_a_phrase_that_nobody_wrote_in_the_customers_language_blocks_and_says_so(house, thai):
    with house.acting():
        make_phrase(house.workspace.pk, agent=house.greta, language="en", text="Your bike is ready.")
    owned.forget()
    page = previewed(house, thai, "Your bike is ready.").content.decode()
    assert "nobody wrote it in Thai" in page and "disabled" in page
    listed = greta(house).get(f"/desk/conversations/{thai}/phrases?phrase_q=bike").content.decode()
    assert "Nobody wrote it in Thai" in listed


def test_what_the_thread_names_fills_slots_or_is_offered(house):
    number = write(
        house,
        "Bestellung KSL-20400 war gut. Wo bleibt KSL-20418? DHL sagt, Sendung 00340434161094042557, am 3.12.2026."
        " Bezahlt: 49,90 €.",
        language="de",
        name="Anna",
    ).conversation_id
    settle()
    write(house, "Ich meine Bestellung KSL-20555!", language="de", name="Anna")
    settle()
    with house.acting():
        values = values_in(get_conversation(house.greta, number), language="en")
    assert values["order"][0] == "KSL-20555" and "KSL-20418" in values["order"]
    assert values["amount"] == ["€49.90"] and values["carrier"] == ["DHL"] and values["name"] == ["Anna"]
    assert values["date"] == ["December 3, 2026"] and values["tracking"] == ["00340434161094042557"]
    assert put_in(values)["order"] == "KSL-20555" and "amount" not in put_in(values)
    listed = greta(house).get(f"/desk/conversations/{number}/phrases?phrase_q=shipped").content.decode()
    assert "Your order KSL-20555 was shipped on {date}." in listed
    page = previewed(house, number, "We refunded {amount} to you today.").content.decode()
    assert 'data-gap="{amount}"' in page and 'data-fill="€49.90"' in page


def test_nothing_goes_out_with_a_gap_whichever_way(house, thai):
    with house.acting():
        conversation = get_conversation(house.greta, thai)
        for text in ("Sent on {date}.", "{phrase:sorry_delay}", "Hi {customer.name|there}"):
            for way in ("translated", "original"):
                with pytest.raises(OpenSlots) as refused:
                    send_reply(conversation, agent=house.greta, draft=Draft(text=text, send_as=way))  # type: ignore[arg-type]
        assert refused.value.details["slots"] == ["customer.name"]
        assert not Message.objects.filter(direction="out").exists()


def test_a_macro_may_name_phrases(house, thai):
    with house.acting():
        conversation = get_conversation(house.greta, thai)
        said = with_phrases("{phrase:closing} – {phrase:none}", conversation, house.greta, language="de")
    assert said == "Mit freundlichen Grüßen – {phrase:none}"
    assert open_slots(said) == ["{phrase:none}"] and unknown_slots([said]) == []


@pytest.mark.parametrize(
    ("language", "sentence", "key"),
    [
        ("en", "I am so sorry about this delay in the delivery", "sorry_delay"),
        ("de", "Könnten Sie uns noch ein Foto vom Paket zusenden?", "ask_photo_parcel"),
        ("fi", "Voitko kertoa tilausnumeron?", "ask_order_number"),
        ("ja", "ご注文番号をお知らせください", "ask_order_number"),
    ],
)
def test_the_nearest_phrases_are_near(language, sentence, key):
    assert key in nearest(sentence, language)


def test_sentences_are_cut_where_people_end_them():
    text = "Kind regards,\nGreta"
    assert [one.key for one in sentences(text, "en", "de")] == ["closing"]
    told = sentences("Thank you for contacting us. Well, hmm. Have a nice day!", "en", "de")
    assert [(one.text, bool(one.key)) for one in told] == [
        ("Thank you for contacting us.", True),
        ("Well, hmm.", False),
        ("Have a nice day!", True),
    ]
    assert [one.key for one in sentences("Your order {order} was shipped on {date}.", "en", "de")] == [
        "order_shipped"
    ]
    thai = sentences("ขอขอบคุณที่ติดต่อเรา แมวของฉันสวยมาก", "th", "en")
    assert [bool(one.key) for one in thai] == [True, False]


def test_mallory_sees_no_phrases_of_a_conversation_of_others(house, thai):
    mallory = a_house("mallory-shop", owner="mallory")
    assert greta(mallory).get(f"/desk/conversations/{thai}/phrases").status_code == 404
    assert previewed(mallory, thai, "Hello").status_code == 404
