"""Cards, accounts, national numbers and secrets are masked; orders, parcels and articles never are."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.language.personal.codes import codes
from dragoman.core.language.redact import masked, redacted


def _types(text: str) -> list[str]:
    return [one.type for one in redacted(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my card is 4111 1111 1111 1111", "card"),
        ("5555-5555-5555-4444 is declined", "card"),
        ("IBAN FI21 1234 5600 0007 85 kiitos", "iban"),
        ("DE89370400440532013000", "iban"),
        ("henkilötunnus 131052-308T", "national_id"),
        ("Meu CPF é 390.533.447-05", "national_id"),
        ("PESEL 44051401359", "national_id"),
        ("BSN 111222333", "national_id"),
        ("personnummer 880320-0016", "national_id"),
        ("Steuer-ID 36 574 261 809", "national_id"),
        ("DNI 12345678Z", "national_id"),
        ("codice fiscale RSSMRA85T10A562S", "national_id"),
        ("เลขบัตร 1-1017-00230-70-8", "national_id"),
        ("isikukood 36805280109", "national_id"),
        ("my password is hunter2", "password"),
        ("Passwort: Sommerwind", "password"),
        ("salasanani on Kesa2024", "password"),
        ("パスワードはtaro1234です", "password"),
        ("รหัสผ่านคือ abc1234", "password"),
        ("key sk-abc123def456ghi789jkl", "token"),
        ("write to anna@example.com", "email"),
        ("call +358 40 512 7784", "phone"),
        ("4111.1111.1111.1111", "card"),
        ("4111 - 1111 - 1111 - 1111", "card"),
        ("4111\u00a01111\u20091111\u00a01111", "card"),
        ("4111 1111\n1111 1111", "card"),
        ("4111 1111 1111 1111 123", "card"),
        ("card 4111 1111 1111 1111 12/28 123", "card"),
        ("٤١١١ ١١١١ ١١١١ ١١١١", "card"),
        ("๔๑๑๑๑๑๑๑๑๑๑๑๑๑๑๑", "card"),
        ("４１１１－１１１１－１１１１－１１１１", "card"),
        ("amex 3782 822463 10005", "card"),
        ("6212345678900000003", "card"),
        ("for order 20418 I used 4111 1111 1111 1111", "card"),
        ("my order was paid by card 4111111111111111", "card"),
        ("We refund 4111 1111 1111 1111 today.", "card"),
        ("de89.3704.0044.0532.0130.00", "iban"),
        ("IBANFI2112345600000785", "iban"),
        ("numéro de sécu 185072A00400314", "national_id"),
        ("samordningsnummer 850764-2398", "national_id"),
        ("RSS MRA 85T10 A562S", "national_id"),
        ("hunter2 is my password", "password"),
        ("mijn wachtwoord voor het account is Kat2020", "password"),
        ("https://x.example/reset?token=abcd1234efgh5678", "token"),
    ],
)
def test_what_nobody_needs_is_masked(text: str, kind: str) -> None:
    assert kind in _types(text)
    assert f"[{kind}]" in masked(text, redacted(text))


@pytest.mark.parametrize(
    "text",
    [
        "order number 123456782",
        "Bestellung 44051401359",
        "order 4111111111111111",
        "tracking RR473124829GB and 1Z999AA10123456784",
        "zamówienie nr 44051401359",
        "item no. 330871, size 42, 2026-12-03, 49,90 €",
        "my password is not working",
        "salasana ei toimi",
        "KSL-20418",
        "bestellt am 23.11.2026, Lieferung 03.12.2026",
        "I paid $1,249.00 on 2026-10-28",
        "24 900 forintért vettem",
        "パスワードは合っているはずなのに",
        "заказ 5120-774836, 12 350 рублей",
        "the barcode says 4006381333931",
        "IMEI 356938035643809",
        "https://track.example/4111111111111111",
        "orders 4111111111111111 and 5555555555554444",
        "USPS 9400 1000 0000 0000 0000 00",
    ],
)
def test_what_answers_the_customer_stays(text: str) -> None:
    assert redacted(text) == []


CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "said",
    [
        "CVV 123", "cvc: 1234", "CVC2=123", "cvv123", "CVV is 123", "CID 1234", "the security code is 123", "123 is the CVV",
        "123 (CVV)", "CVV:\n123", "Prüfziffer 123", "Kartenprüfnummer: 123", "Sicherheitscode lautet 123",
        "beveiligingscode is 123", "cryptogramme : 123", "code de sécurité 123", "código de seguridad es 123",
        "código de segurança: 123", "codice di sicurezza è 123", "turvakoodi on 123", "turvakood 123", "säkerhetskoden är 123",
        "sikkerhedskoden er 123", "sikkerhetskode: 123", "kod CVV to 123", "bezpečnostní kód 123", "codul de securitate este 123",
        "biztonsági kód: 123", "güvenlik kodu 123", "код безопасности 123", "код безпеки: 123", "κωδικός ασφαλείας είναι 123",
        "رمز الأمان ١٢٣", "קוד אבטחה 123", "セキュリティコードは123です", "安全码是123", "보안코드는 123입니다", "सुरक्षा कोड 123 है",
        "mã bảo mật là 123", "รหัส CVV คือ 123", "เลขหลังบัตร ๑๒๓",
    ],
)  # fmt: skip
def test_the_code_of_a_card_is_masked_beside_its_number_alone(said: str) -> None:
    text = f"{CARD}, {said}"
    spans = redacted(text)
    assert [one.type for one in spans] == ["card", "card"]
    assert masked(text, spans).count("[card]") == 2 and not any(
        map(str.isdigit, masked(text, spans)[:-1][6:].replace("CVC2", ""))
    )
    assert redacted(said) == []


@pytest.mark.parametrize(
    "said",
    [
        "order 1234", "order 1234 (CVV was asked)", "I paid 250 €", "the CVV field took 250 EUR", "CVV and order 1234",
        "my CVV was declined in 2026", "12/2028", "Prüfziffer fehlt, Bestellung 4567", "size 123", "CVV 12345", "CVV 12",
    ],
)  # fmt: skip
def test_orders_amounts_and_years_beside_a_card_stay(said: str) -> None:
    text = f"{CARD} is my card, {said}."
    assert masked(text, redacted(text)) == f"[card] is my card, {said}."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my password is Hunter2!", "my password is [password]"),
        ("my password is Hunter2!!", "my password is [password]"),
        ("password: abc123.", "password: [password]."),
        ("(password: Hunter2!)", "(password: [password])"),
        ("my password is 'Hunter2!'.", "my password is '[password]'."),
        ("my password is Hunter2!, thanks", "my password is [password], thanks"),
        ("my password is wrong!", "my password is wrong!"),
        ("パスワードはtaro1234！", "パスワードは[password]！"),
    ],
)
def test_the_exclamation_mark_of_a_password_is_masked_and_the_end_of_a_sentence_stays(
    text: str, left: str
) -> None:
    assert masked(text, redacted(text)) == left


def test_places_are_code_points_and_several_things_are_found() -> None:
    text = "🙂 4111 1111 1111 1111, anna@example.com"
    spans = redacted(text)
    assert [text[one.start : one.end] for one in spans] == ["4111 1111 1111 1111", "anna@example.com"]
    assert masked(text, spans) == "🙂 [card], [email]"


def test_a_card_after_another_number_and_a_comma_is_one() -> None:
    text = f"order 1234, {CARD}"
    assert masked(text, redacted(text)) == "order 1234, [card]"


def test_a_row_of_cards_is_a_row_of_spans() -> None:
    text = "4111 1111 1111 1111 5555 5555 5555 4444, 378282246310005"
    assert masked(text, redacted(text)) == "[card] [card], [card]"


def test_only_the_types_asked_for_are_found() -> None:
    text = "card 4111 1111 1111 1111, mail anna@example.com, password: hunter2"
    assert [one.type for one in redacted(text, {"password"})] == ["password"]
    assert redacted(text, set()) == []


def test_a_phone_far_into_a_text_is_found_and_words_keep_their_places() -> None:
    text = "Straße ﬁn " * 12_000 + "call +358 40 512 7784, BSN 111222333"
    assert [text[one.start : one.end] for one in redacted(text)] == ["+358 40 512 7784", "111222333"]


@pytest.mark.parametrize(
    "unit",
    [
        "4111 1111 1111 1111 ",
        "7 ",
        "12 ",
        "12.",
        "FI21 1234 5600 0007 85 ",
        "password is ",
        "a@",
        "44051401359\n",
    ],
)
def test_the_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        best = 9.0
        for _again in range(3):
            began = time.process_time()
            redacted(text)
            best = min(best, time.process_time() - began)
        return best

    redacted("4111 1111 1111 1111 password 12345678")
    # four times the text: four times the time, sixteen times if every place looked at every other
    assert seconds(28_000) < 8 * max(seconds(7_000), 0.005)


@given(st.text(max_size=200))
def test_spans_never_overlap_nor_leave_the_text(text: str) -> None:
    spans = redacted(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "text", ["وكلمة المرور: Sommer2024!", "رقم الطلب 20418 وكلمة السر: Sommer2024!", "והסיסמה: Sommer2024!"]
)
def test_a_password_after_a_word_that_begins_with_and(text):
    assert [one.type for one in redacted(text)] == ["password"]


def test_a_long_text_that_names_the_code_again_and_again_takes_no_more_time_a_word():
    def took(times: int) -> float:
        text = "4111 1111 1111 1111 " + "cvv 😀 " * times
        began = time.process_time()
        list(codes(text))
        return time.process_time() - began

    took(10)
    assert took(32_000) < 40 * max(took(4_000), 0.001)


@pytest.mark.parametrize(
    "text",
    [
        "Seriennummer 0170471874",
        "Artikelnummer 231.144.02",
        "Kod produktu 951-9869",
        "Codice articolo 0173971",
        "Codice cliente 099341333",
        "เลขสมาชิก 033801412",
        "A 2246 7493 rendelés nem jött meg",
        "på etiketten står 3315/9425",
        "can you check 2026/000123 for me",
        "Номер клієнта 44461799240",
        "Kaupan numero 55-12093 lukee kuitissa",
    ],
)
def test_a_number_of_things_or_of_an_account_is_no_phone(text: str) -> None:
    assert redacted(text) == []


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("请打13812345678联系我", "13812345678"),
        ("9812345678 पर कॉल करें", "9812345678"),
        ("Rückruf unter 0171/2345678 bitte", "0171/2345678"),
        ("soita 040 123 4567", "040 123 4567"),
    ],
)
def test_a_phone_is_still_found(text: str, phone: str) -> None:
    assert [text[one.start : one.end] for one in redacted(text)] == [phone]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("call about order 40021, +358 40 123 4567", "call about order 40021, [phone]"),
        ("call me about order 5512: +358 40 123 4567", "call me about order 5512: [phone]"),
        ("please call 040 123 4567 about order 40021", "please call [phone] about order 40021"),
        ("call me about my order, 040 123 4567", "call me about my order, [phone]"),
    ],
)
def test_a_number_after_a_word_of_orders_is_no_phone_and_its_neighbour_is(text: str, shown: str) -> None:
    assert masked(text, redacted(text)) == shown


def test_groups_that_go_on_are_no_card_unless_a_sentence_goes_on_after_a_true_one() -> None:
    assert _types("bonus card 6362 9201 3344 5567 8") == []
    assert _types("bonus card 6362 9201 3344 5567 8 does not work") == []
    assert _types("4111-1111-1111-1111-12") == []
    assert _types("my card 4111 1111 1111 1111 12 28") == ["card"]
    assert _types("my card 4111 1111 1111 1111 2 times charged") == ["card"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mot de passe c'est azerty1234", "mot de passe c'est [password]"),
        ("mot de passe c’est azerty1234", "mot de passe c’est [password]"),
        ("mon mdp c chat1234", "mon mdp c [password]"),
        ("login: mika / Kissa123!", "login: mika / [password]"),
        ("login mika@example.com / Kissa123!", "login [email] / [password]"),
        ("username: mika/Kissa123", "username: mika/[password]"),
        ("my pin for the card is 4821", "my pin for the card is [password]"),
    ],
)
def test_a_password_is_masked_as_people_say_it(text: str, shown: str) -> None:
    assert masked(text, redacted(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "mon mot de passe c'est oublié",
        "login: https://example.com/abc123",
        "login 404/Error500",
        "user: mika / KSL-1042",
        "login: example.com/cart2 does not open",
    ],
)
def test_what_is_no_password_beside_a_word_for_one_stays(text: str) -> None:
    assert redacted(text) == []
