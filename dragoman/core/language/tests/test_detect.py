"""A message's language is known, or it is known that it is not."""

import pytest

from dragoman.core.language.detect import LANGUAGES, detect
from dragoman.core.language.scripts import main_script
from dragoman.core.language.understand import understand

SENTENCES = {
    "en": "Where is my order, it should have been here on Friday?",
    "fi": "Missä tilaukseni on, sen piti tulla jo perjantaina?",
    "et": "Kus mu tellimus on, see pidi reedel kohale jõudma?",
    "pl": "Gdzie jest moje zamówienie, miało być już w piątek?",
    "nl": "Waar blijft mijn bestelling, die zou vrijdag komen?",
    "th": "พัสดุของฉันถึงไหนแล้ว",
    "de": "Wo bleibt meine Bestellung, sie sollte am Freitag kommen?",
    "fr": "Où est ma commande, elle devait arriver vendredi ?",
    "es": "¿Dónde está mi pedido? Tenía que llegar el viernes.",
    "pt-BR": "Onde está o meu pedido? Era para ter chegado na sexta-feira.",
    "it": "Dov'è il mio ordine? Doveva arrivare venerdì.",
    "sv": "Var är min beställning? Den skulle ha kommit i fredags.",
    "cs": "Kde je moje objednávka? Měla přijít už v pátek.",
    "ro": "Unde este comanda mea? Trebuia să ajungă vineri.",
    "hu": "Hol van a rendelésem? Pénteken kellett volna megérkeznie.",
    "tr": "Siparişim nerede? Cuma günü gelmesi gerekiyordu.",
    "ar": "أين طلبي؟ كان من المفترض أن يصل يوم الجمعة.",
    "he": "איפה ההזמנה שלי? היא הייתה אמורה להגיע ביום שישי.",
    "ru": "Где мой заказ? Он должен был прийти в пятницу.",
    "uk": "Де моє замовлення? Воно мало прийти у п'ятницю.",
    "ja": "注文した商品がまだ届きません。",
    "zh-Hans": "我的订单在哪里？应该星期五就到了。",
    "ko": "제 주문은 어디에 있나요?",
    "hi": "मेरा ऑर्डर कहाँ है?",
    "vi": "Đơn hàng của tôi đang ở đâu? Lẽ ra phải đến hôm thứ Sáu.",
    "el": "Πού είναι η παραγγελία μου; Έπρεπε να είχε φτάσει την Παρασκευή.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_known_among_all_languages(language: str) -> None:
    found = detect(SENTENCES[language], LANGUAGES, fallback="sv")
    assert (found.language, found.certain) == (language, True)


@pytest.mark.parametrize(
    "text", ["ok", "KSL-20418", "12:30", "👍👍", "", "https://example.com/fi/tilaus", "a@b.fi"]
)
def test_what_tells_no_language_keeps_the_one_of_the_conversation(text: str) -> None:
    found = detect(text, ["fi", "th", "en"], fallback="th")
    assert (found.language, found.certain) == ("th", False)


def test_a_text_without_letters_and_without_a_fallback_has_no_language() -> None:
    assert detect("12345 !!! 👍").language == ""


def test_a_doubtful_text_without_a_fallback_gets_the_best_guess() -> None:
    found = detect("ok")
    assert found.language in LANGUAGES
    assert not found.certain


def test_the_tag_comes_back_as_the_workspace_writes_it() -> None:
    assert detect(SENTENCES["pt-BR"], ["fi", "pt-BR"]).language == "pt-BR"
    assert detect(SENTENCES["zh-Hans"], ["zh-Hant", "zh-Hans"]).language == "zh-Hans"
    assert detect("我的訂單在哪裡？請問還沒發貨嗎", ["zh-Hans", "zh-Hant"]).language == "zh-Hant"
    assert detect("Hvor er bestillingen min? Jeg har ikke fått den ennå.", ["nb", "sv"]).language == "nb"


def test_brand_names_and_codes_do_not_hide_another_script() -> None:
    assert detect("iPhone 15 Pro Max case KSL-20418 เมื่อไหร่จะส่ง", ["en", "th"]).language == "th"
    assert main_script("พัสดุKSL20418ครับ") == "Thai"


def test_a_sentence_in_a_language_nobody_switched_on_is_not_taken_for_another() -> None:
    assert detect(SENTENCES["pl"], ["fi", "en"], fallback="fi").language == "pl"
    assert detect(SENTENCES["th"], ["fi", "en"], fallback="fi").language == "th"


def test_a_long_text_is_read_only_so_far() -> None:
    assert detect(SENTENCES["fi"] * 5_000, ["fi", "en"]).language == "fi"


def test_a_greeting_is_known_where_one_language_alone_says_it() -> None:
    assert detect("Hello!", ["fi", "en", "th"]).certain
    assert detect("Hello!", ["fi", "en", "th"], fallback="fi").language == "en"
    assert detect("Hei!", ["fi", "et"], fallback="et").language == "et"


@pytest.mark.parametrize(
    ("text", "usual", "language"),
    [
        ("ok takk, hvor er den", "nb", "nb"),
        ("ok tak, hvor er den", "da", "da"),
        ("og hvad med den anden pakke, som jeg bestilte i går?", "nb", "da"),
        ("Where is my order?", "fi", "en"),
        ("Missä tilaukseni on?", "en", "fi"),
        ("👍", "nb", "nb"),
    ],
)
def test_a_writers_usual_language_decides_where_a_short_text_hardly_does(
    text: str, usual: str, language: str
) -> None:
    assert detect(text, usual=usual, fallback=usual).language == language


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        (
            "Wo bleibt mein Paket, ich warte seit Wochen darauf! Please answer in English if you can.",
            {"de", "en"},
        ),
        ("Моя посылка не пришла. Where is it, I have been waiting for two weeks now?", {"ru", "en"}),
        ("Where is my order? I have been waiting for two weeks. Please answer.", {"en"}),
        ("", set()),
        ("👍 12345", set()),
    ],
)
def test_the_languages_of_a_mixed_message_are_told(text: str, languages: set[str]) -> None:
    seen = understand(text)
    assert set(seen.languages) == languages
    assert not seen.languages or seen.languages[0] == seen.language


def test_a_short_text_is_not_taken_for_a_fallback_that_it_plainly_is_not():
    seen = detect("Hei, oma vika.", fallback="en")
    assert (seen.language, seen.certain) == ("fi", False)
    # what is known of its writer stands, and so does a fallback that may be right
    assert detect("Hei, oma vika.", fallback="en", usual="en").language == "en"
    assert detect("ok", fallback="en").language == "en"
