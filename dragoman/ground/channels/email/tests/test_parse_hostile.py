"""Any bytes at all: the parser answers, marks what it could not read, and goes on."""

import random
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ground.channels.email.charset import decode
from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.email.words import decode_words
from dragoman.ground.channels.ports import Inbound

MAILS = [path.read_bytes() for path in sorted((Path(__file__).parent / "payloads").glob("*.eml"))]


def assert_storable(found: Inbound) -> None:
    """What every message promises: a name of its own, and no letter that no database takes."""
    assert len(found.external_id) > 0
    for text in (found.text, found.quoted, found.html, found.subject, found.sender.name, found.external_id):
        assert "\0" not in text
        text.encode("utf-8")
    assert len(set(found.marks)) == len(found.marks)


def read(data: bytes) -> Inbound:
    found = [each for each in parse_mail(BytesIO(data)) if isinstance(each, Inbound)]
    assert len(found) == 1
    assert_storable(found[0])
    return found[0]


@given(st.binary(max_size=4000))
@settings(max_examples=200, deadline=timedelta(seconds=5))
def test_random_bytes_give_one_message(data: bytes) -> None:
    found = read(data)
    assert found.external_id == read(data).external_id


@given(st.sampled_from(MAILS), st.integers(0, 2**32), st.integers(1, 40))
@settings(max_examples=300, deadline=timedelta(seconds=5))
def test_damaged_mails_give_one_message(mail: bytes, seed: int, faults: int) -> None:
    chance = random.Random(seed)
    data = bytearray(mail)
    for _ in range(faults):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 60)]
        elif kind == 2:
            data[at:at] = chance.choice(
                [b"\0", b"\r\n", b"--", b"=?", b"?=", b"<", b'"', b"\xff\xfe", b"=", b";", b":"]
            )
        else:
            start = chance.randrange(len(data))
            data[at:at] = data[start : start + chance.randrange(1, 200)]
        data = data or bytearray(b"x")
    found = read(bytes(data))
    assert read(bytes(data)).external_id == found.external_id


@given(st.binary(max_size=300), st.text(max_size=30))
@settings(deadline=timedelta(seconds=5))
def test_any_bytes_under_any_label_decode(data: bytes, label: str) -> None:
    text, mended = decode(data, label)
    assert isinstance(mended, bool)
    assert len(text) <= max(1, len(data))
    if data.isascii() and not label and b"\x1b" not in data:
        assert text == data.decode("ascii")


@given(st.text(max_size=300))
def test_any_header_value_decodes(value: str) -> None:
    plain = value.replace("=?", "")
    assert decode_words(plain).split() == plain.split()
    assert decode_words(f"Hello =?utf-8?Q?=C3=A4?= {plain}").startswith("Hello \u00e4")
    assert isinstance(decode_words(f"=?utf-8?B?{value}?= =?x?q?{value}?="), str)


@pytest.mark.parametrize(
    "charset",
    [
        "utf-7",
        "utf-16",
        "idna",
        "punycode",
        "unicode_escape",
        "base64",
        "zlib",
        "rot13",
        "undefined",
        "\0",
        "mbcs",
        "hex",
    ],
)
def test_codecs_that_are_no_charsets_do_no_harm(charset: str) -> None:
    found = read(
        f"From: a@b.example\nContent-Type: text/plain; charset={charset}\n\nHello \\x41 world\n".encode()
    )
    assert "Hello" in found.text or "unreadable" in found.marks or charset == "utf-16"


def test_nothing_at_all_is_marked_unreadable() -> None:
    assert "unreadable" in read(b"").marks
    assert "unreadable" in read(b"\0\0\0\0").marks


def test_one_line_of_a_hundred_kilobytes() -> None:
    begun = time.process_time()
    found = read(b"From: a@b.example\nSubject: long\n\n" + b"word " * 20_000 + b"\n")
    assert len(found.text) == 99_999
    assert time.process_time() - begun < 3


def test_one_header_of_a_hundred_kilobytes() -> None:
    found = read(b"From: a@b.example\nTo: " + b"c@d.example, " * 8_000 + b"\nSubject: x\n\nbody\n")
    assert found.text == "body"
    assert found.subject == "x"
    found = read(b"Subject: " + b":" * 100_000 + b"\nFrom: " + b"@:," * 30_000 + b"\n\nbody\n")
    assert found.text == "body"


def test_parts_within_parts_without_end() -> None:
    data = b"From: a@b.example\n"
    for level in range(300):
        data += b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
    found = read(data + b"\ninnermost\n")
    assert found.sender.value == "a@b.example"


def test_thousands_of_parts() -> None:
    data = (
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n'
        + b"--b\n\nx\n" * 5_000
        + b"--b--\n"
    )
    assert "truncated" in read(data).marks


def test_deeply_nested_markup() -> None:
    data = b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div>" * 3_000 + b"deep" + b"</div>" * 3_000
    assert read(data).text == "deep"


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=gmail_quote>" * 60_000,
        "<blockquote type=cite>a</blockquote>" * 10_000,
        "<table><tr><td>" * 20_000,
        "<b>" * 100_000 + "x",
        "<div style='" + "a:b;" * 100_000 + "'>x",
        "<" * 200_000,
        "<!--" * 50_000,
        "<script>" * 50_000,
    ],
)
def test_hostile_markup_costs_no_more_than_its_length(markup: str) -> None:
    begun = time.process_time()
    read(b"From: a@b.example\nContent-Type: text/html\n\n" + markup.encode())
    assert time.process_time() - begun < 4


def test_files_beyond_thirty_megabytes_are_listed_not_kept() -> None:
    one = b"--b\nContent-Type: application/zip; name=%s.zip\nContent-Transfer-Encoding: base64\n\n%s\n"
    megabyte = b"QUJD" * 19 + b"\n"
    big = megabyte * (24 * 1024 * 1024 // 57)
    data = b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n\nSee files\n'
    data += one % (b"first", big) + one % (b"second", big) + one % (b"third", b"QUJD") + b"--b--\n"
    found = read(data)
    assert found.text == "See files"
    assert [each.name for each in found.attachments] == ["first.zip", "third.zip"]
    assert [each.name for each in found.left_out] == ["second.zip"]
    assert found.attachments[0].size == 24 * 1024 * 1024 // 57 * 57
    first, again = found.attachments[0].open(), found.attachments[0].open()
    assert first.read(6) == b"ABCABC"
    assert again.read(3) == b"ABC"
    assert "truncated" in found.marks
