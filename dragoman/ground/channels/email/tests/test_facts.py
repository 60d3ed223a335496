"""People, ways and ids a mail names, handed over as facts."""

import base64

import pytest

from dragoman.ground.channels.email.tests.mails import facts, mail, multipart, read
from dragoman.ground.channels.ports import Person


def test_an_author_behind_a_list_that_rewrote_from() -> None:
    found = read(
        mail(
            "Hei\n",
            "X-Original-From: Aino <aino@example.fi>",
            "List-ID: <tuki.havu.example>",
            From="'Aino' via Tuki <tuki@havu.example>",
        )
    )
    assert found.sender == Person("email", "aino@example.fi", "Aino")
    assert found.by == Person("email", "tuki@havu.example", "'Aino' via Tuki".strip("'"))
    assert found.wrapped_from == found.sender


def test_an_author_behind_a_list_that_left_only_reply_to() -> None:
    found = read(mail("Hei\n", From="Aino via Tuki <tuki@lists.example>", Reply_To="aino@example.fi"))
    assert found.sender == Person("email", "aino@example.fi", "Aino")


def test_reply_to_alone_changes_no_author() -> None:
    found = read(mail("Hei\n", Reply_To="other@example.fi"))
    assert found.sender.value == "aino@example.fi"
    assert [each.value for each in found.reply_to] == ["other@example.fi"]


def test_several_authors_and_who_handed_it_in() -> None:
    found = read(mail("Hei\n", From="A <a@x.example>, B <b@x.example>", Sender="secretary@x.example"))
    assert [each.value for each in found.authors] == ["a@x.example", "b@x.example"]
    assert (found.sender.value, found.by) == ("a@x.example", Person("email", "secretary@x.example"))


@pytest.mark.parametrize("sender", ["", "<>", "undisclosed", "Aino"])
def test_a_mail_without_a_usable_from_takes_who_signs_for_it(sender: str) -> None:
    assert (
        read(mail("Hei\n", "Return-Path: <aino@example.fi>", From=sender)).sender.value == "aino@example.fi"
    )


def test_all_addresses_our_server_took_it_for() -> None:
    found = read(
        mail(
            "Hei\n",
            "Delivered-To: catchall@havu.example",
            "X-Original-To: tilaus+fi@havu.example",
            "Envelope-To: myynti@havu.example",
            "Return-Path: <SRS0=x=y=example.fi=aino@relay.example>",
            To="undisclosed-recipients:;",
        )
    )
    assert list(found.delivered_to) == [
        "catchall@havu.example",
        "tilaus+fi@havu.example",
        "myynti@havu.example",
    ]
    assert (list(found.to), found.envelope_from) == ([], "srs0=x=y=example.fi=aino@relay.example")


def test_our_token_wherever_it_stands() -> None:
    token = "abcdefghijklmnopqrst234567"
    for data in (
        mail("Hei\n", Cc=f"tuki+d{token}@havu.example"),
        mail("Hei\n", f"Delivered-To: tuki+d{token}@havu.example"),
        mail("Hei\n", In_Reply_To=f"<d{token}.5@havu.example>"),
        mail(f"Hei\n\n> From: Havu <tuki+d{token}@havu.example>\n> Moi\n"),
        mail(f"Hei\n\nFrom: Havu\nSent: 1\nTo: Aino\nMessage-ID: <d{token}.5@havu.example>\n\nMoi\n"),
    ):
        assert list(read(data).reply_tokens) == [token]


def test_outlooks_key_of_the_conversation() -> None:
    index = bytes(range(22)) + b"12345"
    assert read(mail("Hei\n", Thread_Index=base64.b64encode(index).decode())).thread_index == index[:22].hex()
    assert read(mail("Hei\n", Thread_Index="nonsense")).thread_index == ""


@pytest.mark.parametrize(
    ("header", "is_spam", "score"),
    [
        ("X-Spam-Flag: YES\nX-Spam-Score: 7.5", True, 7.5),
        ("X-Spam-Status: No, score=-1.9 required=5.0", False, -1.9),
        ("X-Spam-Status: Yes, hits=12 required=5", True, 12.0),
        ("X-MS-Exchange-Organization-SCL: 6", True, 6.0),
        ("X-Forefront-Antispam-Report: CIP:1.2.3.4;SCL:1;SRV:", False, 1.0),
        ("X-Rspamd-Action: add header\nX-Spamd-Result: default: True [8.20 / 15.00]", True, 8.2),
        ("X-Spam-Score: +++", None, None),
        ("X-Other: 1", None, None),
    ],
)
def test_what_filters_on_the_way_thought(header: str, is_spam: bool | None, score: float | None) -> None:
    found = read(mail("Hei\n", header)).spam
    assert (found.is_spam, found.score) == (is_spam, score)


def test_who_wrote_what_a_person_forwards() -> None:
    text = "FYI\n\n---------- Forwarded message ---------\nFrom: Somchai <somchai@example.th>\nDate: x\nSubject: Order\nTo: <aino@example.fi>\n\nWhere is it?\n"
    found = read(mail(text, Subject="Fwd: Order"))
    assert found.wrapped_from == Person("email", "somchai@example.th", "Somchai")
    assert found.sender.value == "aino@example.fi"
    assert read(mail(text, Subject="Order")).wrapped_from is None


def test_a_mail_forwarded_as_a_file_is_kept_and_named() -> None:
    body, kind = multipart(
        "mixed",
        "Content-Type: text/plain\n\nSee below\n",
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(mail("Tilaus\n", Subject="Vanha tilaus")).decode(),
    )
    found = read(mail(body, Content_Type=kind))
    assert found.text == "See below"
    assert [each.content_type for each in found.attachments] == ["message/rfc822"]


def test_an_invitation_is_a_line_and_a_file() -> None:
    event = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20250601T000000Z\n"
        "DTSTART:20250604T100000Z\nDTEND:20250604T110000Z\nSUMMARY:Nouto varastolta\nLOCATION:Helsinki\n"
        "ORGANIZER;CN=Aino:mailto:aino@example.fi\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    body, kind = multipart(
        "alternative",
        "Content-Type: text/plain\n\nTervetuloa\n",
        f"Content-Type: text/calendar; method=REQUEST\n\n{event}",
    )
    found = read(mail(body, Content_Type=kind))
    assert found.text == "Tervetuloa\n\n📅 Nouto varastolta · 2025-06-04 10:00–11:00 UTC · Helsinki · Aino"
    assert found.attachments[0].name.endswith(".ics")
    broken = body.replace(b"DTSTART:20250604T100000Z", b"DTSTART:nonsense")
    assert read(mail(broken, Content_Type=kind)).text.startswith("Tervetuloa")


def test_files_between_the_lines_of_a_text() -> None:
    uu = "begin 644 hei.txt\n#:&5I\n`\nend\n"
    found = read(mail(f"Liite alla.\n\n{uu}\nTerveisin Aino\n"))
    assert found.text.split() == ["Liite", "alla.", "Terveisin", "Aino"]
    [file] = found.attachments
    assert (file.name, file.open().read()) == ("hei.txt", b"hei")
    assert read(mail("begin 644 reading the manual\nand you will see\nthe end\n")).attachments == []


def test_the_first_piece_of_a_split_mail_is_read() -> None:
    found = read(
        mail(
            "Subject: Order\nContent-Type: text/plain\n\nFirst half\n",
            Content_Type='message/partial; id="x"; number=1; total=2',
        )
    )
    assert found.text == "First half"
    assert "partial" in found.marks


def test_a_pgp_signed_text_is_shown_and_an_encrypted_one_told() -> None:
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \nAino\n-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\n"
    found = read(mail(signed))
    assert found.text.startswith("Hello")
    assert "PGP" not in found.text
    assert [(each.kind, each.state) for each in found.seals] == [("pgp", "signed")]
    body, kind = multipart(
        "encrypted; protocol=application/pgp-encrypted",
        "Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
        "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----\nx\n",
    )
    found = read(mail(body, Content_Type=kind))
    assert "encrypted" in found.marks
    assert "encrypted.asc" in [each.name for each in found.attachments]


def test_receipts_come_before_the_message() -> None:
    found, receipts = facts(mail("Hei\n"))
    assert (found.text, receipts) == ("Hei", [])


def test_a_mail_with_the_line_ends_of_old_macs_is_read() -> None:
    found = read(mail("Where is it?\n\n> Order\n").replace(b"\n", b"\r"))
    assert (found.subject, found.text, found.sender.value) == ("Hello", "Where is it?", "aino@example.fi")
    assert found.marks == []
