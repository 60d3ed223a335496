"""What cannot wait is told from what can, in every language; a mood is no urgency."""

import tomllib

import pytest

from dragoman.core.language import training, urgency
from dragoman.core.language.urgency import has_written_before, is_loud, urgency_of

SOON = {
    "en": ("Where is my dress? The wedding is on Saturday!", "occasion"),
    "fi": ("Missä mekko viipyy, häät ovat lauantaina", "occasion"),
    "et": ("Pulmad on laupäeval, kus mu kleit on?", "occasion"),
    "pl": ("Wesele jest w sobotę, a sukienki nie ma", "occasion"),
    "nl": ("De bruiloft is zaterdag en de jurk is er nog niet", "occasion"),
    "de": ("Die Hochzeit ist am Samstag, wo bleibt das Kleid?", "occasion"),
    "fr": ("Le mariage est samedi, où est la robe ?", "occasion"),
    "es": ("La boda es el sábado, ¿dónde está el vestido?", "occasion"),
    "pt-BR": ("O casamento é sábado, cadê o vestido?", "occasion"),
    "th": ("งานแต่งวันเสาร์นี้แล้ว ชุดยังไม่มาเลย", "occasion"),
    "ja": ("土曜日の結婚式に着るのにまだ届きません", "occasion"),
    "ar": ("العرس يوم السبت والفستان ما وصل", "occasion"),
    "sv": ("Vi flyger i morgon, var är väskan?", "travel"),
    "ru": ("Срочно! Где мой заказ?", "now"),
    "tr": ("Acil lazım, siparişim nerede?", "now"),
    "ko": ("급해요, 주문한 거 언제 와요?", "now"),
    "vi": ("Mình cần gấp, đơn hàng đâu rồi shop?", "now"),
    "hi": ("तीसरी बार लिख रहा हूँ, पार्सल कहाँ है?", "again"),
}


@pytest.mark.parametrize("language", SOON)
def test_what_cannot_wait_is_told_with_its_reason(language: str) -> None:
    text, reason = SOON[language]
    seen = urgency_of(text, language, intent="order_status")
    assert (seen.level, seen.reason) == ("high", reason)


@pytest.mark.parametrize(
    ("text", "language", "intent", "level"),
    [
        ("The charger caught fire in my hands", "en", "", "urgent"),
        ("Das Ladegerät hat Feuer gefangen", "de", "damaged_item", "urgent"),
        ("My insulin was due yesterday and I need it today", "en", "delivery_delay", "urgent"),
        ("Do you sell insulin pumps?", "en", "product_availability", "normal"),
        ("Do you have wedding dresses?", "en", "product_availability", "normal"),
        ("No rush, but where is my order?", "en", "order_status", "low"),
        ("Es ist nicht dringend", "de", "order_status", "low"),
        ("Thanks for the quick answer, no need to hurry!", "en", "thanks", "normal"),
        ("You are scammers", "en", "complaint", "normal"),
        ("Can I change the address before it ships?", "en", "change_address", "high"),
        ("Why does nobody check before it ships?", "en", "damaged_item", "normal"),
        ("Cho em gặp nhân viên tư vấn", "vi", "speak_to_human", "normal"),
        ("", "en", "", "normal"),
        ("👍", "", "", "normal"),
        ("\u202e\x00\u2066", "ar", "", "normal"),
        ("urgent " * 30_000, "en", "", "high"),
    ],
)
def test_words_that_only_look_like_it_are_none(text: str, language: str, intent: str, level: str) -> None:
    assert urgency_of(text, language, intent=intent).level == level


def test_few_of_the_examples_are_urgent_in_any_language() -> None:
    for tag in training.languages():
        mine = [one for one in training.examples() if one.language == tag]
        raised = [
            one
            for one in mine
            if urgency_of(one.text, tag, intent=one.intent, sentiment=one.sentiment).level
            in {"high", "urgent"}
        ]
        assert len(raised) <= 0.06 * len(mine), (tag, [one.text for one in raised][:20])


def test_every_language_has_words_of_every_kind() -> None:
    assert set(urgency.languages()) == set(training.languages())
    for tag in urgency.languages():
        kinds = tomllib.loads((urgency._FOLDER / f"{tag}.toml").read_text("utf-8"))
        assert set(kinds) - {"none"} == {*urgency.REASONS, "when"}, tag
        assert all(len(kinds[kind]) >= 2 for kind in kinds if kind != "none"), tag


def test_shouting_and_writing_again_are_seen() -> None:
    assert is_loud("WHERE IS MY ORDER") and is_loud("hello?!") and is_loud("now!!")
    assert (
        not is_loud("Where is my IKEA order?")
        and not is_loud("")
        and not is_loud("KSL-20418 by DHL EXPRESS to me please")
    )
    assert has_written_before("Kolmas kerta kun kirjoitan", "fi")
    assert not has_written_before("The third shirt is too small", "en")


def test_thanks_with_a_day_and_a_hurry_are_urgent():
    text = "ขอบคุณค่ะ แล้วจะได้ของวันไหนคะ ต้องใช้วันศุกร์นี้ ด่วนมากค่ะ"
    assert urgency_of(text, "th", sentiment="positive").level == "high"
    assert (
        urgency_of("Danke für die schnelle Hilfe, das ging ja sofort!", "de", sentiment="positive").level
        != "high"
    )
