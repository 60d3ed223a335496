"""The composer's remarks on tone, and a translation that is changed by hand before it is sent."""

import re

import pytest
from django.test import Client

from dragoman.core.accounts.queries import seats
from dragoman.core.conversations.models import Conversation, Message
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    return a_house()


def agent(house) -> Client:
    client = Client()
    client.force_login(house.greta.user)
    return client


def conversation_of(house, text: str) -> int:
    write(house, text)
    settle()
    with house.acting():
        return Conversation.objects.get().pk


def preview(house, number: int, **fields) -> str:
    scripted = {"HX-Request": "true"}
    answer = agent(house).post(
        f"/desk/conversations/{number}/preview", {"channel": "api", **fields}, headers=scripted
    )
    return answer.content.decode()


def token_in(page: str) -> str:
    return re.search(r'name="preview_token" value="([^"]+)"', page)[1]


def test_what_would_offend_is_said_with_what_to_write(house):
    number = conversation_of(house, "Where is my parcel? I have waited for weeks now.")
    page = preview(house, number, text="Please calm down, it is on its way.")
    assert "Curt or dismissive" in page and "I understand that this is upsetting" in page
    assert "Curt or dismissive" not in preview(house, number, text="It is on its way.")


def test_a_translation_changed_by_hand_is_what_goes_out_and_the_engines_is_kept(house):
    number = conversation_of(house, "Missä pakettini on? Olen odottanut sitä jo kaksi viikkoa.")
    page = preview(house, number, text="We are looking into it at the moment, dear friend.")
    token = token_in(page)
    changed = preview(
        house,
        number,
        text="We are looking into it at the moment, dear friend.",
        preview_token=token,
        amended="Selvitämme.",
    )
    assert "changed by you" in changed and token_in(changed) != token
    body = {
        "channel": "api",
        "text": "We are looking into it at the moment, dear friend.",
        "preview_token": token_in(changed),
    }
    agent(house).post(f"/desk/conversations/{number}/send", body)
    with house.acting():
        message = Message.objects.get(direction="out")
    assert message.text == "Selvitämme." and message.meta["amended_from"].startswith("[fi]")


def test_what_was_typed_last_goes_out_though_no_preview_followed(house):
    number = conversation_of(house, "Missä pakettini on? Olen odottanut sitä jo kaksi viikkoa.")
    text = "We are looking into it at the moment, dear friend."
    token = token_in(preview(house, number, text=text))
    body = {"channel": "api", "text": text, "preview_token": token, "amended": "Selvitämme asiaa."}
    agent(house).post(f"/desk/conversations/{number}/send", body)
    with house.acting():
        assert Message.objects.get(direction="out").text == "Selvitämme asiaa."


def test_a_change_of_an_earlier_draft_is_not_sent_with_another(house):
    number = conversation_of(house, "Missä pakettini on? Olen odottanut sitä jo kaksi viikkoa.")
    token = token_in(preview(house, number, text="We are looking into it at the moment, dear friend."))
    page = preview(
        house, number, text="Something else altogether now.", preview_token=token, amended="Selvitämme."
    )
    assert "Selvitämme" not in page


def test_leads_set_the_tone_of_a_brand_and_try_it(house, django_capture_on_commit_callbacks):
    address = f"/settings/brands/{house.brand.pk}/tone"
    client = agent(house)
    tried = client.post(
        address, {"try": "1", "text": "Calm down now, it is on its way.", "market": "GB"}
    ).content.decode()
    assert "Curt or dismissive" in tried and "Offends" in tried
    assert client.post(address, {"try": "1", "text": "Hello", "market": "ZZ"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"may_emoji": "on", "longest": "20", "heard": ["long"]})
    page = client.get(address).content.decode()
    assert 'value="20"' in page and re.search(r'value="long"[^>]*checked', page)
    assert not re.search(r'value="greeting"[^>]*checked', page)


def test_mallory_sees_no_tone_of_ours(house):
    mallory = Client()
    mallory.force_login(a_house("mallory", owner="mallory").greta.user)
    assert mallory.get(f"/settings/brands/{house.brand.pk}/tone").status_code == 404


def test_half_a_reply_in_another_language_is_said_and_many_words_stand_in_one_line(house):
    number = conversation_of(house, "注文した椅子の脚が割れていました。写真を送ります。")
    page = preview(
        house, number, text="We are sorry for the delay. 破損箇所の写真をお送りいただけますでしょうか。"
    )
    assert "In another language than the customer reads" in page
    assert "In another language" not in preview(house, number, text="破損箇所の写真をお送りいただけますか。")


def test_what_must_agree_is_not_written_word_by_word(house):
    number = conversation_of(house, "Wo bleibt mein Paket? Ich warte seit drei Wochen darauf.")
    page = preview(house, number, text="Du hast recht, und du bekommst dein Geld zurück.")
    assert page.count("Too familiar for this market") == 1 and "data-mend" not in page


def test_an_agents_own_word_of_politeness_is_asked_for_once_and_kept(house):
    number = conversation_of(house, "พัสดุของฉันอยู่ที่ไหนคะ รอมาสองสัปดาห์แล้ว")
    said = "เรากำลังตรวจสอบพัสดุของคุณอยู่"
    page = preview(house, number, text=said)
    assert 'name="own_form" value="man"' in page and ">ครับ</button>" in page and ">ค่ะ</button>" in page
    page = preview(house, number, text=said, own_form="man")
    with house.acting():
        house.greta.refresh_from_db()
    assert house.greta.gender == "man" and "Kept in your profile" in page
    assert "own_form" not in page and f'data-mend="{said}ครับ"' in page
    # a seat is known for some seconds; the change is told when the transaction is over
    seats.forget()
    assert "own_form" not in preview(house, number, text=said)


def test_no_form_but_those_there_are_is_kept(house):
    number = conversation_of(house, "พัสดุของฉันอยู่ที่ไหนคะ รอมาสองสัปดาห์แล้ว")
    preview(house, number, text="เรากำลังตรวจสอบพัสดุของคุณอยู่", own_form="owner")
    with house.acting():
        house.greta.refresh_from_db()
    assert house.greta.gender == ""
