"""Mail kept elsewhere comes in by the browser: in pieces, counted, resumed, never twice, for leads alone."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import imports
from dragoman.core.conversations.events import MailImportStarted
from dragoman.core.conversations.mail_files import is_mail, mails_in
from dragoman.core.conversations.models import Conversation, MailImport, Message
from dragoman.core.conversations.tasks import bring_in


def mail(number: int, text: str, fields: str = "") -> bytes:
    return (
        f"{fields}From: Aada <aada{number}@example.com>\r\nTo: help@kaisla.example\r\nSubject: Tilaus {number}\r\n"
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


def dated(number: int, when: str, more: str = "") -> bytes:
    return mail(number, f"Mail {number}", f"Date: {when}\r\n{more}")


def bring(house, as_greta, box, *mails: bytes, **form) -> list[Conversation]:
    files = [SimpleUploadedFile("a.mbox", mbox(*mails))]
    answer = as_greta.post("/settings/import", {"mailbox": box.pk, "files": files, **form})
    assert answer.status_code == 302, answer.content.decode()
    run(house)
    with house.acting():
        return list(Conversation.objects.order_by("pk"))


def test_old_mail_keeps_its_dates_and_is_nobodys_work(house, as_greta, box):
    first = mail(1, "Missä?", "Date: Mon, 03 Nov 2025 10:00:00 +0200\r\n")
    later = mail(
        1, "Siis missä?", "Date: Tue, 04 Nov 2025 10:00:00 +0200\r\nReferences: <m1@example.com>\r\n"
    )
    later = later.replace(b"Message-ID: <m1@", b"Message-ID: <m1b@")
    (one,) = bring(house, as_greta, box, first, later, first)
    assert (one.status, one.unread, one.assignee_id) == ("resolved", False, None)
    begun, last = datetime(2025, 11, 3, 8, tzinfo=UTC), datetime(2025, 11, 4, 8, tzinfo=UTC)
    assert (one.created_at, one.last_message_at, one.resolved_at) == (begun, last, begun)
    with house.acting():
        times = list(Message.objects.order_by("pk").values_list("direction", "created_at", "sent_at"))
    assert times == [("in", begun, begun), ("in", last, last)]


def test_old_mail_of_an_open_conversation_takes_its_place_in_it(house, as_greta, box):
    now = timezone.now()
    (new,) = bring(house, as_greta, box, dated(1, "Mon, 03 Nov 2025 10:00:00 +0200"), dates="new")
    assert (new.status, new.unread) == ("open", True) and new.created_at >= now
    old = mail(2, "Vanha", "Date: Sat, 01 Nov 2025 10:00:00 +0000\r\nReferences: <m1@example.com>\r\n")
    old = old.replace(b"aada2@", b"aada1@")
    with house.acting():
        Conversation.objects.update(unread=False)
    (kept,) = bring(house, as_greta, box, old)
    assert (kept.status, kept.unread, kept.preview) == ("open", False, "Mail 1")
    assert kept.last_message_at == new.last_message_at
    assert kept.created_at == datetime(2025, 11, 1, 10, tzinfo=UTC)


def test_old_mail_joins_a_closed_conversation_without_opening_another(house, as_greta, box):
    bring(house, as_greta, box, dated(1, "Mon, 03 Nov 2025 10:00:00 +0000"))
    with house.acting():
        Conversation.objects.update(status="closed")
    more = dated(2, "Wed, 05 Nov 2025 10:00:00 +0000", "References: <m1@example.com>\r\n")
    (one,) = bring(house, as_greta, box, more.replace(b"aada2@", b"aada1@"))
    assert (one.status, one.unread) == ("closed", False)
    assert one.last_message_at == datetime(2025, 11, 5, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "when", ["Mon, 03 Nov 2185 10:00:00 +0000", "yesterday", "Thu, 01 Jan 1981 00:00:00 +0000"]
)
def test_a_date_that_cannot_be_true_is_not_believed(house, as_greta, box, when):
    before = timezone.now() - timedelta(seconds=1)
    (one,) = bring(house, as_greta, box, dated(1, when))
    assert (one.status, one.unread) == ("resolved", False)
    assert before < one.last_message_at <= timezone.now()


def test_what_is_no_mail_is_named_and_left_out(house, as_greta, box):
    files = [
        SimpleUploadedFile("good.eml", mail(1, "Hei")),
        SimpleUploadedFile("bill.pdf", b"%PDF-1.4\nFrom: nobody\nDate: never\n\n\x00\x01"),
        SimpleUploadedFile("empty.eml", b""),
    ]
    assert as_greta.post("/settings/import", {"mailbox": box.pk, "files": files}).status_code == 302
    assert (run(house).taken, texts(house)) == (1, ["Hei"])
    page = as_greta.get("/settings/import").content.decode()
    assert "<bdi>bill.pdf</bdi>: no mail in it" in page and "<bdi>empty.eml</bdi>: no mail in it" in page
    assert "<bdi>good.eml</bdi>" not in page


def test_a_mail_is_known_by_its_fields():
    for words in (
        b"From: a@b.example\n\nx",
        b"\xef\xbb\xbfReceived: by x\r\n\tfor y\r\nSubject: x\r\n\r\n",
        mail(1, "x"),
    ):
        assert is_mail(words)
    for words in (
        b"%PDF-1.4\nFrom: a",
        b"PK\x03\x04",
        b"Dear all,\nFrom: me\n",
        b"Note: x\n\nFrom: a",
        b"{}",
        b"",
    ):
        assert not is_mail(words)


def test_quoted_from_lines_and_files_without_an_end_are_read():
    inside = b"From: a@example.com\n\nHello\n>From Turku\n>>From Espoo\nFrom here on\n"
    (found,) = [words for words, _read in mails_in(io.BytesIO(mbox(inside)[:-1]))]
    assert found is not None and b"\nFrom Turku\n>From Espoo\nFrom here on" in found


def test_what_is_no_mbox_is_one_mail_and_nothing_is_nothing():
    assert len(list(mails_in(io.BytesIO(b"Subject: x\n\nFrom me, at 10:00\n\nFrom you 10:00\n")))) == 1
    assert list(mails_in(io.BytesIO(b""))) == []
