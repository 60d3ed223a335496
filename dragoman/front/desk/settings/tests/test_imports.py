"""Mail kept elsewhere comes in by the browser: in pieces, counted, resumed, never twice, for leads alone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import imports
from dragoman.core.conversations.events import MailImportStarted
from dragoman.core.conversations.mail_files import mails_in
from dragoman.core.conversations.models import MailImport, Message
from dragoman.core.conversations.tasks import bring_in


def mail(number: int, text: str) -> bytes:
    return (
        f"From: Aada <aada{number}@example.com>\r\nTo: help@kaisla.example\r\nSubject: Tilaus {number}\r\n"
        f"Message-ID: <m{number}@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def mbox(*mails: bytes) -> bytes:
    return b"".join(b"From aada@example.com Thu Nov 26 10:00:00 2026\n" + one + b"\n" for one in mails)


@pytest.fixture
def box(house):
    with house.acting():
        return add_mailbox(house.brand, address="help@kaisla.example")


def run(house) -> MailImport:
    with house.acting():
        found = MailImport.objects.order_by("-pk")[0]
        bring_in(MailImportStarted(import_id=found.pk))
        return MailImport.objects.get(pk=found.pk)


def texts(house) -> list[str]:
    with house.acting():
        return sorted(Message.objects.filter(direction="in").values_list("text", flat=True))


def test_files_are_taken_counted_and_a_second_time_change_nothing(house, as_greta, box):
    body = mbox(mail(1, "Missä paketti on?"), mail(2, "สวัสดีค่ะ"), mail(1, "Missä paketti on?"))
    for taken, doubled in ((3, 1), (0, 4)):
        files = [
            SimpleUploadedFile("old.mbox", body),
            SimpleUploadedFile("one.eml", mail(3, ">From the sea")),
        ]
        answer = as_greta.post("/settings/import", {"mailbox": box.pk, "files": files})
        assert answer.status_code == 302, answer.content.decode()
        done = run(house)
        assert (done.state, done.taken, done.doubled, done.unreadable) == ("done", taken, doubled, 0)
        assert done.read == done.size == len(body) + len(mail(3, ">From the sea"))
    assert texts(house) == [">From the sea", "Missä paketti on?", "สวัสดีค่ะ"]
    assert "there already 4" in as_greta.get("/settings/import").content.decode()


def test_the_file_that_could_not_be_read_is_named(house, as_greta, box, monkeypatch):
    files = [SimpleUploadedFile("good.eml", mail(1, "Hei")), SimpleUploadedFile("bad.eml", mail(2, "Moi"))]
    whole = imports._bring
    monkeypatch.setattr(
        imports, "_bring", lambda found, words: "unreadable" if b"Moi" in words else whole(found, words)
    )
    as_greta.post("/settings/import", {"mailbox": box.pk, "files": files})
    assert run(house).unreadable == 1
    page = as_greta.get("/settings/import").content.decode()
    assert "<bdi>bad.eml</bdi>: 1 mail could not be read" in page and "<bdi>good.eml</bdi>" not in page


def test_pieces_join_wherever_they_were_cut_and_one_sent_twice_counts_once(house, as_greta, box):
    body = mbox(*(mail(number, f"ข้อความ {number}") for number in range(5)))
    number = as_greta.post("/settings/import/begin", {"mailbox": box.pk, "name": "พัสดุ.mbox"}).json()["id"]
    url = f"/settings/import/{number}/piece"
    for at in range(0, len(body), 97):
        for _again in range(2):
            as_greta.post(
                f"{url}?file=0&at={at}", body[at : at + 97], content_type="application/octet-stream"
            )
    assert (
        as_greta.post(f"{url}?file=0&at=999999", b"x", content_type="application/octet-stream").status_code
        == 409
    )
    assert as_greta.post(f"{url}?start=1").status_code == 200
    assert run(house).taken == 5 and len(texts(house)) == 5


def test_after_a_crash_it_goes_on_where_it_was(house, as_greta, box, monkeypatch):
    body = mbox(*(mail(number, f"Message {number}") for number in range(6)))
    as_greta.post("/settings/import", {"mailbox": box.pk, "files": [SimpleUploadedFile("a.mbox", body)]})
    monkeypatch.setattr(imports, "NOTED", 2)
    whole = imports._bring
    calls: list[int] = []

    def dies(found, words):
        calls.append(1)
        if len(calls) == 4:
            raise SystemExit
        return whole(found, words)

    monkeypatch.setattr(imports, "_bring", dies)
    with pytest.raises(SystemExit):
        run(house)
    done = run(house)
    assert (done.taken + done.doubled, len(texts(house))) == (6, 6)


def test_the_form_says_what_is_missing(house, as_greta, box):
    answer = as_greta.post("/settings/import", {"mailbox": box.pk})
    assert answer.status_code == 422 and "Choose a file" in answer.content.decode()


def test_mallory_and_agents_bring_nothing_in(house, as_greta, as_lars, as_mallory, box):
    number = as_greta.post("/settings/import/begin", {"mailbox": box.pk, "name": "a.mbox"}).json()["id"]
    files = {"mailbox": box.pk, "files": [SimpleUploadedFile("a.mbox", mbox(mail(1, "x")))]}
    assert as_lars.post("/settings/import", files).status_code == 403
    assert as_mallory.post("/settings/import/begin", {"mailbox": box.pk, "name": "a"}).status_code == 422
    assert (
        as_mallory.post(f"/settings/import/{number}/piece?at=0", b"x", content_type="a/b").status_code == 404
    )


def test_quoted_from_lines_and_files_without_an_end_are_read():
    inside = b"From: a@example.com\n\nHello\n>From Turku\n>>From Espoo\nFrom here on\n"
    (found,) = [words for words, _read in mails_in(io.BytesIO(mbox(inside)[:-1]))]
    assert found is not None and b"\nFrom Turku\n>From Espoo\nFrom here on" in found


def test_what_is_no_mbox_is_one_mail_and_nothing_is_nothing():
    assert len(list(mails_in(io.BytesIO(b"Subject: x\n\nFrom me, at 10:00\n\nFrom you 10:00\n")))) == 1
    assert list(mails_in(io.BytesIO(b""))) == []
