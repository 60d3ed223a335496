"""Recorded mails, written for the purpose: what each of them must become."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.ports import Inbound, Person, Receipt

PAYLOADS = Path(__file__).parent / "payloads"
ALL = sorted(PAYLOADS.glob("*.eml"))


def inbound(name: str) -> Inbound:
    with (PAYLOADS / f"{name}.eml").open("rb") as raw:
        found = [each for each in parse_mail(raw) if isinstance(each, Inbound)]
    assert len(found) == 1
    return found[0]


def receipts(name: str) -> list[Receipt]:
    with (PAYLOADS / f"{name}.eml").open("rb") as raw:
        return [each for each in parse_mail(raw) if isinstance(each, Receipt)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_recorded_mail_gives_a_sender_and_text_any_database_takes(path: Path) -> None:
    found = inbound(path.stem)
    assert found.sender.value
    assert found.external_id
    assert found.text
    for text in (found.text, found.quoted, found.html, found.subject, found.sender.name):
        assert "\0" not in text
        text.encode("utf-8")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_same_bytes_give_the_same_facts_twice(path: Path) -> None:
    first, second = inbound(path.stem), inbound(path.stem)
    assert (first.external_id, first.text, first.quoted) == (second.external_id, second.text, second.quoted)


def test_japanese_by_escape_sequences() -> None:
    found = inbound("japanese_iso2022")
    assert found.sender == Person("email", "yuki@example.jp", "山田ゆき")
    assert found.subject == "注文番号 HV-20418 について"
    assert found.text.startswith("はじめまして。\n注文した毛布が")
    assert found.sent_at == datetime(2025, 6, 3, 0, 12, 44, tzinfo=UTC)
    assert not found.marks


def test_japanese_vendor_characters_the_standard_leaves_out() -> None:
    assert inbound("japanese_row13").text == "①② 事項"


def test_gb2312_that_is_gbk_loses_no_character() -> None:
    found = inbound("gbk_as_gb2312")
    assert (found.sender.name, found.subject) == ("朱镕", "退货：镕字毛巾")
    assert "“镕”" in found.text
    assert "感谢" in found.quoted and "感谢" not in found.text


def test_thai_with_our_token_in_the_reply() -> None:
    found = inbound("thai_tis620")
    assert found.subject == "สอบถามสินค้า"
    assert found.text == "สินค้ายังไม่มาถึงครับ รบกวนตรวจสอบให้ด้วย"
    assert found.quoted.startswith("ในวันที่")
    assert list(found.reply_tokens) == ["abcdefghijklmnopqrst234567"]


def test_arabic_that_is_only_html() -> None:
    found = inbound("arabic_html")
    assert found.text == "مرحبا، لم يصل طلبي رقم 55123 بعد.\nشكرا"
    assert "سيصل طلبك غدا" in found.quoted
    assert found.language_hint == "ar"
    assert "@import" not in found.html


def test_a_finnish_outlook_reply() -> None:
    found = inbound("finnish_outlook_reply")
    assert found.text.endswith("hinta oli 49 €.\n\nTerveisin\nAino")
    assert found.quoted.startswith("________________________________\nLähettäjä: Havu Tuki")
    assert [each.name for each in found.cc] == ["Virtanen, Pekka", "Myynti Oy, Helsinki"]
    assert list(found.references) == [
        "HV.out.1@mail.havu.example",
        "dzyxwvutsrqponmlkjihg765432.7@mail.havu.example",
        "root@example.fi",
    ]
    assert list(found.reply_tokens) == ["zyxwvutsrqponmlkjihg765432"]
    assert "charset_mended" in found.marks


def test_a_gmail_reply_with_a_wrapped_attribution() -> None:
    found = inbound("gmail_reply")
    assert found.text == "Thanks, that works for me."
    assert found.quoted.startswith("On Wed, Jun 4, 2025")
    assert '<details class="dragoman-quoted">' in found.html
    assert list(found.reply_tokens) == ["mnopqrstuvwxyzabcdef234"]


def test_an_apple_reply_with_a_picture_in_the_text() -> None:
    found = inbound("apple_reply")
    assert found.subject == "Re: Retour de la lampe cassée"
    assert found.text == "Bonjour,\n\nvoici la photo demandée."
    assert 'src="cid:photo-1"' in found.html
    [picture] = found.attachments
    assert (picture.name, picture.content_id) == ("lampe cassée.png", "photo-1")
    assert picture.open().read(4) == b"\x89PNG"


def test_a_bounce_names_the_mail_and_the_reason() -> None:
    [receipt] = receipts("bounce")
    assert (receipt.external_id, receipt.state) == ("out-99@mail.havu.example", "failed")
    assert "User unknown" in receipt.reason
    found = inbound("bounce")
    assert found.automatic == "bounce"
    assert list(found.bounced) == ["gone@example.org"]
    assert list(found.references) == ["out-99@mail.havu.example"]
    assert list(found.reply_tokens) == ["qrstuvwxyzabcdefghij567"]


def test_a_bounce_without_a_machine_readable_part() -> None:
    [receipt] = receipts("exim_bounce")
    assert (receipt.external_id, receipt.state) == ("out-7@mail.havu.example", "failed")
    assert list(inbound("exim_bounce").bounced) == ["nobody@example.org"]


def test_a_read_receipt_is_news_about_our_mail() -> None:
    [receipt] = receipts("read_receipt")
    assert (receipt.external_id, receipt.state) == ("out-9@mail.havu.example", "read")
    assert receipt.recipient == "aino@example.fi"
    assert inbound("read_receipt").automatic == "receipt"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("vacation", "auto_reply"), ("list_mail", "list"), ("loop", "loop"), ("gmail_reply", "")],
)
def test_machines_are_told_from_people(name: str, kind: str) -> None:
    assert inbound(name).automatic == kind


def test_a_picture_inside_the_page() -> None:
    found = inbound("inline_image")
    assert found.text == "Dzień dobry, talerz jest pęknięty:"
    assert found.attachments[0].name == "pęknięcie.png"
    assert found.attachments[0].content_id == "talerz@x"


def test_nothing_active_and_nothing_remote_is_left_of_html() -> None:
    html = inbound("script_in_html").html.lower()
    for word in (
        "<script",
        "onerror=",
        "onload",
        "onclick",
        "<iframe",
        "<form",
        "<input",
        "javascript:",
        "url(",
    ):
        assert word not in html, word
    assert ' src="http' not in html and "srcset" not in html
    assert 'data-src="https://evil.example/d.png"' in html
    assert 'href="https://ok.example/"' in html


def test_broken_mime_gives_what_there_is() -> None:
    found = inbound("broken_mime")
    assert found.external_id == "nl-1@example.nl"
    assert found.text == "Waar is mijn pakket? € 5 te veel betaald."
    assert found.attachments[0].name == "passwd.pdf"
    assert found.attachments[0].open().read().startswith(b"%PDF-1.4")
    assert found.sent_at is None


def test_a_mail_without_an_id_gets_a_stable_one() -> None:
    found = inbound("no_message_id")
    assert "invented_id" in found.marks
    assert found.text == "안녕하세요. 뷁 상품은 언제 도착하나요?"
    data = (PAYLOADS / "no_message_id.eml").read_bytes()
    [again] = [
        each for each in parse_mail(BytesIO(b"Received: by x\r\n" + data)) if isinstance(each, Inbound)
    ]
    assert again.external_id == found.external_id


def test_emoji_alone_are_a_message() -> None:
    found = inbound("emoji_only")
    assert (found.subject, found.text) == ("😎", "😍️👍🏽")


def test_raw_eight_bit_headers_and_windows_characters_under_a_latin_label() -> None:
    found = inbound("latin1_raw_headers")
    assert found.sender.name == "Jürgen Müller"
    assert found.subject == "Grüße aus Köln – 10 €"
    assert found.text == "Der Preis war 10 € – zu viel.\n\nBitte um Rückruf."
    assert "alles Gute" in found.quoted


def test_utf_7_is_kept_unread_and_marked() -> None:
    found = inbound("utf7")
    assert "<script" not in found.html
    assert "+ADw-script" in found.text
    assert "charset_mended" in found.marks


def test_a_mail_that_is_only_quotation_stays_whole() -> None:
    found = inbound("forward_only")
    assert "Tack för ditt köp." in found.text
    assert not found.quoted


def test_an_attached_mail_is_a_file_and_flowed_lines_are_joined() -> None:
    found = inbound("forwarded_as_file")
    assert found.text == "Hei, se den vedlagte meldingen."
    assert [each.name for each in found.attachments] == ["Kvittering 12_2025.eml"]
    assert b"inside" in found.attachments[0].open().read()


def read(data: bytes) -> Inbound:
    [found] = [each for each in parse_mail(BytesIO(data)) if isinstance(each, Inbound)]
    return found


HEAD = b"From: a@b.example\nMIME-Version: 1.0\n"


def test_a_multipart_that_names_no_boundary_is_divided_or_read_as_text() -> None:
    assert read(HEAD + b"Content-Type: multipart/alternative;\n\nBlah blah\n").text == "Blah blah"
    parts = b"--word\nContent-Type: text/plain\n\none\n--word\nContent-Type: text/plain\n\ntwo\n--word--\n"
    assert read(HEAD + b"Content-Type: multipart/mixed\n\n" + parts).text == "one\n\ntwo"


def test_a_multipart_that_names_a_wrong_boundary_is_divided_all_the_same() -> None:
    parts = b"--word\nContent-Type: text/plain\n\none\n--word\nContent-Type: text/plain\n\ntwo\n--word--\n"
    assert read(HEAD + b"Content-Type: multipart/mixed; boundary=other\n\n" + parts).text == "one\n\ntwo"


def test_a_mail_that_is_only_another_mail_says_what_that_one_says() -> None:
    inner = b"From: c@d.example\nSubject: inner\n\nThe inner words.\n"
    found = read(HEAD + b"Content-Type: message/rfc822\n\n" + inner)
    assert found.text == "The inner words."
    assert [each.name for each in found.attachments] == ["inner.eml"]
    assert found.sender.value == "a@b.example"


def test_only_our_own_mail_server_can_vouch_for_a_sender() -> None:
    mail = b"Authentication-Results: mx.havu.example; dmarc=pass header.from=b.example\n" + HEAD + b"\nHi\n"

    def verified(data: bytes, trusted: str) -> bool:
        [found] = [each for each in parse_mail(BytesIO(data), trusted=trusted) if isinstance(each, Inbound)]
        return found.verified

    assert verified(mail, "mx.havu.example")
    assert not verified(mail, "")
    assert not verified(mail, "mx.other.example")
    assert not verified(mail.replace(b"from=b.example", b"from=c.example"), "mx.havu.example")
    assert not verified(b"Authentication-Results: mx.havu.example; dmarc=fail\n" + mail, "mx.havu.example")


def test_mail_from_one_of_our_own_addresses_is_a_loop() -> None:
    [found] = [
        each
        for each in parse_mail(BytesIO(HEAD + b"\nHi\n"), own=["A@b.example"])
        if isinstance(each, Inbound)
    ]
    assert found.automatic == "loop"
