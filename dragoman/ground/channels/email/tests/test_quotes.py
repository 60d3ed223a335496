"""New text and quotation, in every language of the screens and in every program's manner."""

import time

import pytest

from dragoman.ground.channels.email.quotes import is_attribution, split

ATTRIBUTIONS = {
    "en": "On Wed, Jun 4, 2025 at 12:03 PM Havu <tuki@havu.example> wrote:",
    "en yahoo": "On Wednesday, June 4, 2025, 12:03:11 PM GMT+1, Havu <tuki@havu.example> wrote:",
    "fi gmail": "ke 4. kesäk. 2025 klo 12.03 Havu (tuki@havu.example) kirjoitti:",
    "fi apple": "Havu <tuki@havu.example> kirjoitti 4.6.2025 kello 12.03:",
    "et": "Kuupäev K, 4. juuni 2025 kell 12:03 kirjutas Havu (<tuki@havu.example>):",
    "pl gmail": "śr., 4 cze 2025 o 12:03 Havu <tuki@havu.example> napisał(a):",
    "pl apple": "Wiadomość napisana przez Havu <tuki@havu.example> w dniu 4 cze 2025, o godz. 12:03:",
    "pl thunderbird": "W dniu 4.06.2025 o 12:03, Havu pisze:",
    "nl": "Op wo 4 jun 2025 om 12:03 schreef Havu <tuki@havu.example>:",
    "nl apple": "Op 4 jun. 2025 om 12:03 heeft Havu <tuki@havu.example> het volgende geschreven:",
    "de": "Am Mi., 4. Juni 2025 um 12:03 Uhr schrieb Havu <tuki@havu.example>:",
    "de thunderbird": "Am 04.06.25 um 12:03 schrieb Havu:",
    "fr": "Le mer. 4 juin 2025 à 12:03, Havu <tuki@havu.example> a écrit :",
    "es": "El mié, 4 jun 2025 a las 12:03, Havu (<tuki@havu.example>) escribió:",
    "pt": "Em qua., 4 de jun. de 2025 às 12:03, Havu <tuki@havu.example> escreveu:",
    "it": "Il giorno mer 4 giu 2025 alle ore 12:03 Havu <tuki@havu.example> ha scritto:",
    "sv": "Den ons 4 juni 2025 kl 12:03 skrev Havu <tuki@havu.example>:",
    "da": "Den ons. 4. jun. 2025 kl. 12.03 skrev Havu <tuki@havu.example>:",
    "nb": "ons. 4. juni 2025 kl. 12:03 skrev Havu <tuki@havu.example>:",
    "ru gmail": "ср, 4 июн. 2025 г. в 12:03, Havu <tuki@havu.example>:",
    "ru apple": "4 июня 2025 г., в 12:03, Havu <tuki@havu.example> написал(а):",
    "ru mail.ru": "Среда, 4 июня 2025, 12:03 +03:00 от Havu <tuki@havu.example>:",
    "uk": "ср, 4 черв. 2025 р. о 12:03 Havu <tuki@havu.example> пише:",
    "tr": "Havu <tuki@havu.example>, 4 Haz 2025 Çar, 12:03 tarihinde şunu yazdı:",
    "ar": "في الأربعاء، 4 يونيو 2025 في 12:03 م تمت كتابة ما يلي بواسطة Havu <tuki@havu.example>:",
    "he": "\u202b"
    "בתאריך יום ד׳, 4 ביוני 2025 ב-12:03 מאת \u202aHavu\u202c <\u202atuki@havu.example\u202c>:\u202c",
    "ja gmail": "2025年6月4日(水) 12:03 Havu <tuki@havu.example>:",
    "ja apple": "2025/06/04 12:03、Havu <tuki@havu.example>のメール:",
    "zh": "Havu <tuki@havu.example> 于2025年6月4日周三 12:03写道：",
    "zh-tw": "Havu <tuki@havu.example> 於 2025年6月4日 週三 下午12:03寫道：",
    "ko": "2025년 6월 4일 (수) 오후 12:03, Havu <tuki@havu.example>님이 작성:",
    "vi": "Vào Th 4, 4 thg 6, 2025 vào lúc 12:03 Havu <tuki@havu.example> đã viết:",
    "id": "Pada Rab, 4 Jun 2025 pukul 12.03 Havu <tuki@havu.example> menulis:",
    "th": "ในวันที่ พ. 4 มิ.ย. 2025 เวลา 12:03 น. Havu <tuki@havu.example> เขียนว่า:",
}
OUTLOOK = {
    "en": ("From: Havu", "Sent: Wednesday", "To: Aino", "Subject: Order"),
    "fi": ("Lähettäjä: Havu", "Lähetetty: keskiviikko", "Vastaanottaja: Aino", "Aihe: Tilaus"),
    "et": ("Saatja: Havu", "Saadetud: kolmapäev", "Adressaat: Aino", "Teema: Tellimus"),
    "pl": ("Od: Havu", "Wysłano: środa", "Do: Aino", "Temat: Zamówienie"),
    "nl": ("Van: Havu", "Verzonden: woensdag", "Aan: Aino", "Onderwerp: Bestelling"),
    "de": ("Von: Havu", "Gesendet: Mittwoch", "An: Aino", "Betreff: Bestellung"),
    "fr": ("De : Havu", "Envoyé : mercredi", "À : Aino", "Objet : Commande"),
    "es": ("De: Havu", "Enviado el: miércoles", "Para: Aino", "Asunto: Pedido"),
    "pt": ("De: Havu", "Enviada em: quarta-feira", "Para: Aino", "Assunto: Pedido"),
    "it": ("Da: Havu", "Inviato: mercoledì", "A: Aino", "Oggetto: Ordine"),
    "sv": ("Från: Havu", "Skickat: onsdag", "Till: Aino", "Ämne: Order"),
    "da": ("Fra: Havu", "Sendt: onsdag", "Til: Aino", "Emne: Ordre"),
    "ru": ("От: Havu", "Отправлено: среда", "Кому: Aino", "Тема: Заказ"),
    "uk": ("Від: Havu", "Надіслано: середа", "Кому: Aino", "Тема: Замовлення"),
    "tr": ("Kimden: Havu", "Gönderildi: Çarşamba", "Kime: Aino", "Konu: Sipariş"),
    "ar": ("من: Havu", "تاريخ الإرسال: الأربعاء", "إلى: Aino", "الموضوع: طلب"),
    "he": ("מאת: Havu", "נשלח: יום רביעי", "אל: Aino", "נושא: הזמנה"),
    "ja": ("差出人: Havu", "送信日時: 2025年6月4日", "宛先: Aino", "件名: 注文"),
    "zh": ("发件人: Havu", "发送时间: 2025年6月4日", "收件人: Aino", "主题: 订单"),
    "ko": ("보낸 사람: Havu", "보낸 날짜: 2025년", "받는 사람: Aino", "제목: 주문"),
    "vi": ("Từ: Havu", "Đã gửi: Thứ tư", "Đến: Aino", "Chủ đề: Đơn hàng"),
    "id": ("Dari: Havu", "Dikirim: Rabu", "Kepada: Aino", "Subjek: Pesanan"),
    "th": ("จาก: Havu", "ส่ง: วันพุธ", "ถึง: Aino", "เรื่อง: สั่งซื้อ"),
}


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_an_attribution_and_its_quotation_are_folded(line: str) -> None:
    found = split(f"My answer.\n\n{line}\n\n> Their words\n> and more\n")
    assert found.text == "My answer."
    assert found.quoted == f"{line}\n\n> Their words\n> and more"


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_quotation_without_angles_is_folded_to_the_end(line: str) -> None:
    found = split(f"My answer.\n\n{line}\n\nTheir words\nand more")
    assert found.text == "My answer."
    assert found.quoted.endswith("Their words\nand more")


@pytest.mark.parametrize("lines", OUTLOOK.values(), ids=OUTLOOK)
def test_a_copied_header_block_opens_the_quotation(lines: tuple[str, ...]) -> None:
    block = "\n".join(lines)
    assert split(f"Answer\n\n{block}\n\nOld").text == "Answer"
    assert split(f"Answer\n\n________________________________\n{block}\n\nOld").text == "Answer"


def test_an_answer_below_the_quotation_is_the_new_text() -> None:
    found = split("On 4.6.2025 at 12:03, Havu wrote:\n> Which colour?\n\nBlue, please.\n")
    assert found.text == "Blue, please."
    assert "Which colour?" in found.quoted


def test_answers_between_the_lines_keep_the_lines_they_answer() -> None:
    text = "Hello,\n\n> Which colour?\nBlue.\n> Which size?\nLarge.\n\n> Best, Havu\n"
    found = split(text)
    assert found.text == "Hello,\n\n> Which colour?\nBlue.\n> Which size?\nLarge."
    assert found.quoted == "> Best, Havu"


@pytest.mark.parametrize(
    "text",
    [
        "I wrote to you on 4.6.2025 at 12:03 and nobody answered.",
        "From: Helsinki\nI would like it sent to Tampere.",
        "My order:\n2 x lamp\nDelivery: Tuesday",
        "As your shop wrote:\nfree returns",
        "-----\nA line above",
        "Two options:\n- 10:30\n- 12:00",
    ],
)
def test_ordinary_sentences_are_not_taken_for_quotation(text: str) -> None:
    assert split(text).text == text
    assert split(text).quoted == ""


def test_a_line_of_the_writer_above_a_wrapped_attribution_stays_with_the_writer() -> None:
    found = split("Call me at 12:30\nOn 4 June 2025 at 12:03, Havu <tuki@havu.example>\nwrote:\n\n> Old\n")
    assert found.text == "Call me at 12:30"


def test_a_mail_that_is_all_quotation_stays_whole() -> None:
    text = "> one\n> two"
    assert split(text).text == text


@pytest.mark.parametrize(
    "text", ["On a " + "b c " * 25_000, "From: a\n" * 20_000, "> " * 50_000, "-" * 100_000, ":\n" * 50_000]
)
def test_hostile_lines_cost_no_more_than_their_length(text: str) -> None:
    begun = time.process_time()
    split(text)
    assert time.process_time() - begun < 2


def test_an_endless_line_is_no_attribution() -> None:
    assert not is_attribution("On 4.6.2025 12:03 " + "x" * 5000 + " wrote:")


@pytest.mark.parametrize(
    "attribution",
    [
        "Aino Virtanen wrote:\n> Where?",
        "Aino Virtanen wrote:\n\n> Where?",
        "2011/4/7 Aino <aino@example.fi>\n> Where?",
        "---- Aino Virtanen wrote ----\nWhere?",
        "------On 12/29/2017 17:32, Aino wrote-----\nWhere?",
        "Sent from my mobileAino <aino@example.fi> wrote:\nWhere?",
        "Date: Wed, 16 May 2012 00:15:02 -0600\nTo: tuki@havu.example\nFrom: aino@example.fi\nWhere?",
        "Date: Wed, 16 May 2012 00:15:02 -0600\nSubject: Order\nTo: tuki@havu.example\n\nWhere?",
        "From: aino@example.fi\nDate: Thu, 24 Mar 2016 08:07:12 -0700\n\nWhere?",
        "On 1 May 2025 at 10:00, Aino wrote:\n> See\n(https://havu.example/a)\n> Where?",
    ],
)
def test_small_programs_attributions_fold_what_follows(attribution: str) -> None:
    found = split(f"On its way.\n\n{attribution}")
    assert found.text == "On its way."
    assert "Where?" in found.quoted


def test_an_attribution_behind_the_last_word_is_taken_apart() -> None:
    found = split("It is here On Wed, Apr 4, 2012 at 3:59 PM, aino@example.fi wrote:\n> Hi")
    assert (found.text, found.quoted.endswith("> Hi")) == ("It is here", True)


@pytest.mark.parametrize(
    "text",
    [
        "Visit us now\n>>> >>>  http://havu.example <<<\nand click the link above",
        "My neighbour wrote:\nthe parcel is with the police.\nWhat now?",
        "My order\nDate: 4 May 2025\nTo: Helsinki\nis late",
        "Colours: red, blue\nDate: 2025-05-04 10:00\nSubject to change?",
    ],
)
def test_words_that_look_like_small_attributions_stay(text: str) -> None:
    assert split(text).quoted == ""


def test_words_below_a_marked_quotation_under_a_header_block_are_new() -> None:
    head = "From: Aino <aino@example.fi>\nDate: Thu, 24 Mar 2016 08:07:12 -0700\n\n> Which one?\n\n"
    found = split(head + "The blue one.\n")
    assert (found.text, "Which one?" in found.quoted) == ("The blue one.", True)
