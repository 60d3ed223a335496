"""Signatures fold away, in every language of the screens and further ones; the writer's own words never do."""

import pytest

from dragoman.ground.channels.email.quotes import split
from dragoman.ground.channels.email.signatures import is_device_line
from dragoman.ground.channels.email.tests.mails import mail, read

DEVICE_LINES = {
    "en": "Sent from my iPhone",
    "en outlook": "Get Outlook for Android<https://aka.ms/x>",
    "en proton": "Sent with Proton Mail secure email.",
    "en yahoo": "Sent from Yahoo Mail on Android",
    "en samsung": "Sent from my Galaxy",
    "fi": "Lähetetty iPhonesta",
    "fi android": "Lähetetty Samsung Galaxy -älypuhelimesta.",
    "de": "Von meinem iPhone gesendet",
    "de gmx": "Diese Nachricht wurde von meinem Android Mobiltelefon mit GMX Mail gesendet.",
    "de web.de": "Gesendet mit der WEB.DE Mail App",
    "pl": "Wysłane z iPhone'a",
    "nl": "Verstuurd vanaf mijn iPhone",
    "et": "Saadetud minu iPhone'ist",
    "th": "ส่งจาก iPhone ของฉัน",
    "ja": "iPhoneから送信",
    "ja ipad": "私のiPadから送信",
    "ar": "مرسل من الـ iPhone الخاص بي",
    "fr": "Envoyé de mon iPhone",
    "es": "Enviado desde mi iPhone",
    "pt": "Enviado do meu iPhone",
    "it": "Inviato da iPhone",
    "sv": "Skickat från min iPhone",
    "da": "Sendt fra min iPhone",
    "nb": "Sendt fra min iPad",
    "cs": "Odesláno z iPhonu",
    "ru": "Отправлено с iPhone",
    "uk": "Надіслано з iPhone",
    "tr": "iPhone'umdan gönderildi",
    "zh": "发自我的 iPhone",
    "zh-tw": "從我的 iPhone 傳送",
    "ko": "나의 iPhone에서 보냄",
    "vi": "Đã gửi từ iPhone của tôi",
    "id": "Dikirim dari iPhone saya",
    "hu": "Elküldve az iPhone-omról",
    "ro": "Trimis de pe iPhone-ul meu",
    "el": "Στάλθηκε από το iPhone μου",
    "he": "נשלח מה-iPhone שלי",
    "hi": "मेरे iPhone से भेजा गया",
}


@pytest.mark.parametrize("line", DEVICE_LINES.values(), ids=DEVICE_LINES)
def test_what_a_phone_adds_is_folded(line: str) -> None:
    found = split(f"Where is it?\n\n{line}\n\nOn 4.6.2025 at 12:03, Havu wrote:\n> Old\n")
    assert found.text == "Where is it?"
    assert found.quoted == f"{line}\n\nOn 4.6.2025 at 12:03, Havu wrote:\n> Old"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from Helsinki on Monday.",
        "I sent it from my iPhone shop",
        "The lamp was sent with the wrong cable",
        "Was it sent from your mail centre?",
        "Lähetetty eilen",
        "Gesendet habe ich es gestern",
        "Enviado el lunes pasado",
    ],
)
def test_a_sentence_about_sending_is_no_signature(line: str) -> None:
    assert not is_device_line(line)


def test_a_signature_below_its_delimiter_is_folded_and_kept() -> None:
    found = split("Hello,\nwhere is it?\n\n-- \nAino Virtanen\nHelsinki\n")
    assert (found.text, found.quoted) == ("Hello,\nwhere is it?", "-- \nAino Virtanen\nHelsinki")


def test_a_mail_that_is_all_signature_keeps_its_words() -> None:
    assert split("-- \nAino").text == "-- \nAino"
    assert split("Sent from my iPhone").text == "Sent from my iPhone"


def test_a_rule_in_the_middle_of_a_long_text_is_no_signature() -> None:
    text = "Part one\n--\n" + "\n".join(f"line {number}" for number in range(40))
    assert split(text).text == text


GMAIL = '<div dir="ltr">Hi</div><div class="gmail_signature">Aino</div><div class="gmail_quote"><div class="gmail_attr">On x wrote:</div><blockquote>Old</blockquote></div>'
OUTLOOK_WEB = '<div>Hi</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Från:</b> Havu</div><div>Old</div>'
OUTLOOK_DESKTOP = '<p class="MsoNormal">Hi</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Havu</p></div><p>Old</p>'
OUTLOOK_BARE = "<p>Hi</p><p><b>Lähettäjä:</b> Havu<br><b>Lähetetty:</b> ke<br><b>Vastaanottaja:</b> Aino<br><b>Aihe:</b> x</p><p>Old</p>"
APPLE = '<div>Hi</div><div><br><blockquote type="cite"><div>On 4 Jun 2025, at 12:03, Havu wrote:</div>Old</blockquote></div>'
THUNDERBIRD = '<p>Hi</p><div class="moz-cite-prefix">Am 4.6.2025 um 12:03 schrieb Havu:</div><blockquote type="cite" cite="mid:x">Old</blockquote>'
YAHOO = (
    '<div>Hi</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Wednesday, Havu wrote:</div>Old</div>'
)
PROTON = (
    '<div>Hi</div><div class="protonmail_quote">On Wednesday, Havu wrote:<blockquote>Old</blockquote></div>'
)
YANDEX = (
    '<div>Hi</div><div>04.06.2025, 12:03, "Havu" &lt;tuki@havu.example&gt;:</div><blockquote>Old</blockquote>'
)
MAIL_RU = "<p>Hi<br>Среда, 4 июня 2025, 12:03 +03:00 от Havu &lt;tuki@havu.example&gt;:<br></p><blockquote style='x'>Old</blockquote>"
QQ = "<div>Hi</div><div><includetail></includetail></div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> Havu<br><b>发送时间:</b> x<br><b>收件人:</b> Aino<br><b>主题:</b> y</div><div>Old</div>"
GMX = '<div>Hi</div><div name="quote" style="margin:10px"><div><b>Gesendet:</b> x<br><b>Von:</b> Havu<br><b>An:</b> Aino<br><b>Betreff:</b> y</div><div>Old</div></div>'


@pytest.mark.parametrize(
    "page",
    [
        GMAIL,
        OUTLOOK_WEB,
        OUTLOOK_DESKTOP,
        OUTLOOK_BARE,
        APPLE,
        THUNDERBIRD,
        YAHOO,
        PROTON,
        YANDEX,
        MAIL_RU,
        QQ,
        GMX,
    ],
    ids=[
        "gmail",
        "outlook-web",
        "outlook-desktop",
        "outlook-bare",
        "apple",
        "thunderbird",
        "yahoo",
        "proton",
        "yandex",
        "mail.ru",
        "qq",
        "gmx",
    ],
)
def test_pages_fold_their_quotation_as_their_program_marks_it(page: str) -> None:
    found = read(mail(page, Content_Type="text/html; charset=utf-8"))
    assert found.text == "Hi"
    assert "Old" in found.quoted
    assert '<details class="dragoman-quoted">' in found.html


def test_a_blockquote_of_the_writers_own_is_not_folded() -> None:
    found = read(
        mail(
            "<p>Your page says:</p><blockquote>Free returns</blockquote><p>Is that so?</p>",
            Content_Type="text/html",
        )
    )
    assert found.text.split("\n\n") == ["Your page says:", "Free returns", "Is that so?"]
    assert "<details" not in found.html
