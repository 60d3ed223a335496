"""What goes out must be read by every program: checked with the standard library's own strict reader."""

import email
import email.policy
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ground.channels.email.compose import compose, recipients, subject_line
from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.ports import Attached, Inbound, Outbound, Person
from dragoman.kit.errors import Rejected

HAVU = Person("email", "tuki@havu.example", "Havu — Tuki")
SOMCHAI = Person("email", "somchai@example.th", "สมชาย ใจดี")


def outbound(**changes: Any) -> Outbound:
    facts: dict[str, Any] = {
        "message_id": "<dabcdefghijklmnopqrst234567.5@havu.example>",
        "to": [SOMCHAI],
        "text": "สวัสดีค่ะ\n\nพัสดุจะถึงวันศุกร์",
        "language": "th",
        "sender": HAVU,
        "subject": "คำสั่งซื้อ 🎁",
    }
    return Outbound(**(facts | changes))


def raw(out: Outbound) -> bytes:
    into = BytesIO()
    compose(out, into)
    return into.getvalue()


def strict(out: Outbound) -> EmailMessage:
    message = email.message_from_bytes(raw(out), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def attached(name: str, data: bytes, content_type: str = "application/pdf", content_id: str = "") -> Attached:
    return Attached(name, content_type, len(data), lambda: BytesIO(data), content_id)


def test_text_and_page_say_the_same_in_the_customers_language() -> None:
    message = strict(outbound())
    assert message["subject"] == "คำสั่งซื้อ 🎁"
    assert message["to"].addresses[0].display_name == "สมชาย ใจดี"
    assert message["message-id"] == "<dabcdefghijklmnopqrst234567.5@havu.example>"
    assert message["content-language"] == "th"
    assert body(message, "plain") == "สวัสดีค่ะ\n\nพัสดุจะถึงวันศุกร์\n"
    assert '<html lang="th" dir="ltr">' in body(message, "html")
    assert "<p>พัสดุจะถึงวันศุกร์</p>" in body(message, "html")


def test_every_line_fits_and_ends_as_the_standard_says() -> None:
    data = raw(outbound(text="x" * 5000 + "\n.\nFrom here\n" + "ä " * 3000, subject="ä" * 400, cc=[HAVU] * 3))
    lines = data.split(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in lines)
    assert all(byte < 128 for byte in data)
    assert body(strict(outbound(text="a\n.\nFrom here")), "plain") == "a\n.\nFrom here\n"


@pytest.mark.parametrize("language", ["ar", "he", "fa", "ur"])
def test_right_to_left_languages_say_so(language: str) -> None:
    assert f'<html lang="{language}" dir="rtl">' in body(strict(outbound(language=language)), "html")


def test_the_note_and_the_folded_original() -> None:
    message = strict(
        outbound(
            note="แปลโดยเครื่อง",
            original="Hei, paketti <tulee> perjantaina.",
            original_language="fi",
            original_label="ต้นฉบับ",
        )
    )
    plain, page = body(message, "plain"), body(message, "html")
    assert plain.endswith("\n\nแปลโดยเครื่อง\n\n" + "_" * 32 + "\nต้นฉบับ\n\nHei, paketti <tulee> perjantaina.\n")
    assert "<details><summary>ต้นฉบับ</summary>" in page
    assert '<div lang="fi" dir="ltr"><p>Hei, paketti &lt;tulee&gt; perjantaina.</p></div>' in page


def test_an_answer_is_threaded_and_says_re_once() -> None:
    out = outbound(
        subject="VS: Re: RE: Tilaus",
        in_reply_to="in-2@example.th",
        references=["root@example.th", "in-2@example.th", "invented-1@dragoman.invalid", "ä@example"],
        reply_to="tuki+dabcdefghijklmnopqrst234567@havu.example",
    )
    message = strict(out)
    assert message["subject"] == "Re: Tilaus"
    assert message["in-reply-to"] == "<in-2@example.th>"
    assert message["references"].split() == ["<root@example.th>", "<in-2@example.th>"]
    assert message["reply-to"] == "tuki+dabcdefghijklmnopqrst234567@havu.example"
    assert "auto-submitted" not in message


def test_long_threads_keep_their_first_id_and_the_latest() -> None:
    ids = [f"{n}@example.th" for n in range(200)]
    found = strict(outbound(in_reply_to=ids[-1], references=ids))["references"].split()
    assert (found[0], found[-1], len(found)) == ("<0@example.th>", "<199@example.th>", 21)


def test_only_automatic_mail_says_that_it_is() -> None:
    assert strict(outbound(automatic=True, in_reply_to="a@b.example"))["auto-submitted"] == "auto-replied"
    assert strict(outbound(automatic=True))["auto-submitted"] == "auto-generated"


def test_files_and_pictures_in_the_page() -> None:
    data = bytes(range(256)) * 1000
    message = strict(
        outbound(
            html='<p>See <img src="cid:pic@x"></p>',
            attachments=[attached("lasku ä.pdf", data), attached("p.png", b"png", "image/png", "pic@x")],
        )
    )
    [invoice] = [part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert invoice.get_filename() == "lasku ä.pdf"
    assert invoice.get_content() == data
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds[:4] == ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related"]


def test_our_own_parser_reads_back_what_was_sent() -> None:
    data = raw(outbound(note="note", original="Hei", original_language="fi", original_label="Original"))
    [found] = [each for each in parse_mail(BytesIO(data)) if isinstance(each, Inbound)]
    assert found.automatic == "loop"
    assert found.text.startswith("สวัสดีค่ะ\n\nพัสดุจะถึงวันศุกร์")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_out_of_its_header(name: str, subject: str, text: str) -> None:
    out = outbound(
        to=[Person("email", "a@b.example", name)],
        subject=subject + "\r\nBcc: evil@example.net\n\nX",
        text=text,
        original_label="x\r\nEvil: 1",
        attachments=[attached(name, b"x")],
    )
    head = raw(out).split(b"\r\n\r\n")[0]
    fields = {line.split(b":")[0].lower() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")}
    assert fields <= {
        *(b"date", b"from", b"to", b"subject", b"message-id", b"content-language", b"x-dragoman-loop"),
        *(b"mime-version", b"content-type"),
    }


@pytest.mark.parametrize(
    "address", ["", "no-at", "a@b\r\nBcc: c@d.example", "a b@c.example", "<a@b.example>", "ä@b.example"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Rejected):
        raw(outbound(to=[Person("email", address)]))


def test_a_domain_in_another_script_goes_as_idna() -> None:
    assert b"<aino@xn--h-0fa.example>" in raw(outbound(to=[Person("email", "aino@hä.example", "Aino")]))


def test_a_new_thread_keeps_its_subject() -> None:
    assert subject_line(outbound(subject="Re: found it")) == "Re: found it"


def test_a_blind_copy_gets_the_mail_and_stands_in_no_header() -> None:
    hidden = Person("email", "boss@havu.example", "Boss")
    out = outbound(cc=[Person("email", "cc@example.org", "Cc")], bcc=[hidden])
    assert recipients(out) == ["somchai@example.th", "cc@example.org", "boss@havu.example"]
    assert b"boss@havu.example" not in raw(out)
    assert b"bcc" not in raw(out).lower().split(b"\r\n\r\n")[0]
    assert strict(out)["Cc"] == "Cc <cc@example.org>"


def test_a_mail_to_blind_copies_alone_has_a_group_in_to() -> None:
    out = outbound(to=[], bcc=[SOMCHAI])
    assert strict(out)["To"] == "undisclosed-recipients:;"


def test_an_address_in_another_script_waits_for_a_server_that_takes_it() -> None:
    out = outbound(to=[Person("email", "สมชาย@example.th")])
    with pytest.raises(Rejected):
        raw(out)
    into = BytesIO()
    compose(out, into, utf8=True)
    assert "To: สมชาย@example.th".encode() in into.getvalue()


def test_an_automatic_mail_says_so() -> None:
    assert strict(outbound(automatic=True))["Auto-Submitted"] == "auto-generated"
    assert strict(outbound(automatic=True, in_reply_to="<a@b.example>"))["Auto-Submitted"] == "auto-replied"
