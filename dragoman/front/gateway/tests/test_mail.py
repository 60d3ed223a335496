"""The mail listener over loopback: stored before it is acknowledged, clear words for all that goes wrong."""

import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from dragoman.front.gateway.mail import SIZE_LIMIT, MailIn, MailListener
from dragoman.kit.errors import Rejected, Unavailable

AINO = "aino@example.fi"
TUKI = "tuki@havu.example"
MAIL = b"Subject: Hei\r\n\r\nMoi\r\n"


class Shelf:
    """Where accepted mails are kept in these tests."""

    def __init__(self) -> None:
        self.mails: list[tuple[MailIn, bytes]] = []
        self.lock = threading.Lock()

    def accept(self, mail: MailIn) -> str:
        data = mail.body.read()
        with self.lock:
            self.mails.append((mail, data))
            return str(len(self.mails))


@contextmanager
def listening(accept: Callable[[MailIn], str], **options: Any) -> Iterator[int]:
    listener = MailListener(accept, **options)
    port = listener.start()
    try:
        yield port
    finally:
        listener.stop(grace=2)


def client(port: int) -> smtplib.SMTP:
    return smtplib.SMTP("127.0.0.1", port, local_hostname="client.example", timeout=20)


def test_a_mail_is_kept_word_for_word_below_its_trace() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.sendmail(AINO, [TUKI], MAIL + b".dots\r\n\0 and \xff bytes\r\n")
    [(mail, data)] = shelf.mails
    assert (mail.peer, mail.mail_from, mail.recipients) == ("127.0.0.1", AINO, (TUKI,))
    assert data == (
        b"Return-Path: <aino@example.fi>\r\nDelivered-To: tuki@havu.example\r\n"
        + MAIL
        + b".dots\r\n\0 and \xff bytes\r\n"
    )


def test_a_blind_copy_is_told_to_nobody() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.sendmail(AINO, [TUKI, "secret@other.example"], MAIL)
    [(mail, data)] = shelf.mails
    assert mail.recipients == (TUKI, "secret@other.example")
    assert b"other.example" not in data


def test_a_bounce_has_no_sender() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.sendmail("", [TUKI], MAIL)
    assert shelf.mails[0][0].mail_from == ""
    assert shelf.mails[0][1].startswith(b"Return-Path: <>\r\n")


def test_what_it_offers() -> None:
    with listening(Shelf().accept) as port, client(port) as server:
        server.ehlo()
        assert server.esmtp_features["size"] == str(SIZE_LIMIT)
        assert {"8bitmime", "smtputf8", "pipelining"} <= set(server.esmtp_features)
        assert "auth" not in server.esmtp_features


def test_addresses_in_other_scripts() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.sendmail("สมชาย@example.th", ["ทีม@havu.example"], MAIL, mail_options=["SMTPUTF8"])
    assert shelf.mails[0][0].recipients == ("ทีม@havu.example",)
    assert shelf.mails[0][0].utf8


def test_an_unknown_address_is_refused_and_the_known_one_gets_its_mail() -> None:
    shelf = Shelf()
    with listening(shelf.accept, knows=lambda address: address == TUKI) as port, client(port) as server:
        refused = server.sendmail(AINO, [TUKI, "nobody@havu.example"], MAIL)
    assert refused == {"nobody@havu.example": (550, b"5.1.1 No such address here")}
    assert shelf.mails[0][0].recipients == (TUKI,)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Unavailable("the database rests"), 451),
        (Rejected("blocked sender"), 550),
        (KeyError("a bug of ours"), 451),
    ],
)
def test_what_could_not_be_stored_is_never_acknowledged(fault: Exception, code: int) -> None:
    def accept(mail: MailIn) -> str:
        raise fault

    with listening(accept) as port, client(port) as server:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            server.sendmail(AINO, [TUKI], MAIL)
        assert refusal.value.smtp_code == code
        assert b"bug" not in bytes(refusal.value.smtp_error)
        assert server.noop()[0] == 250


def test_the_answer_waits_until_the_mail_is_stored() -> None:
    stored = threading.Event()

    def accept(mail: MailIn) -> str:
        time.sleep(0.3)
        stored.set()
        return "1"

    with listening(accept) as port, client(port) as server:
        server.sendmail(AINO, [TUKI], MAIL)
        assert stored.is_set()


def test_thirty_megabytes_of_files_pass_and_thirty_one_are_answered_552() -> None:
    shelf = Shelf()
    line = b"QUJD" * 19 + b"\r\n"
    with listening(shelf.accept) as port:
        with client(port) as server:
            server.sendmail(AINO, [TUKI], MAIL + line * (30 * 1024 * 1024 // 57))
        assert len(shelf.mails) == 1
        too_large = MAIL + line * (31 * 1024 * 1024 // 57)
        with client(port) as server, pytest.raises(smtplib.SMTPSenderRefused) as refusal:
            server.sendmail(AINO, [TUKI], too_large)
        assert refusal.value.smtp_code == 552
        with client(port) as server:
            server.helo("old.example")
            server.mail(AINO)
            server.rcpt(TUKI)
            assert server.data(too_large)[0] == 552
            assert server.noop()[0] == 250
    assert len(shelf.mails) == 1


def test_one_line_of_a_megabyte() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.sendmail(AINO, [TUKI], MAIL + b"x" * 1_000_000 + b"\r\n.\r\nend\r\n")
    assert shelf.mails[0][1].endswith(b"x\r\n.\r\nend\r\n")


def test_a_connection_lost_in_the_middle_stores_nothing() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port:
        with socket.create_connection(("127.0.0.1", port)) as raw:
            stream = raw.makefile("rwb")
            for command in (b"EHLO x", b"MAIL FROM:<a@b.example>", b"RCPT TO:<tuki@havu.example>", b"DATA"):
                stream.write(command + b"\r\n")
                stream.flush()
                while stream.readline()[3:4] == b"-":
                    pass
            stream.readline()
            stream.write(b"Subject: half\r\n\r\nthis is")
            stream.flush()
        time.sleep(0.1)
        with client(port) as server:
            server.sendmail(AINO, [TUKI], MAIL)
    assert [data.splitlines()[2] for _, data in shelf.mails] == [b"Subject: Hei"]


def test_a_lone_dot_ends_a_mail_only_between_full_line_ends() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, client(port) as server:
        server.ehlo()
        server.mail(AINO)
        server.rcpt(TUKI)
        server.docmd("DATA")
        server.send(b"Subject: one\r\n\r\nx\n.\r\nMAIL FROM:<evil@example.net>\r\n\n.\n\r\n.\r\n")
        assert server.getreply()[0] == 250
    [(mail, data)] = shelf.mails
    assert b"MAIL FROM:<evil@example.net>" in data
    assert mail.mail_from == AINO


def test_pipelined_commands_are_answered_in_order() -> None:
    shelf = Shelf()
    with listening(shelf.accept) as port, socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        stream = raw.makefile("rwb")
        stream.readline()
        stream.write(b"HELO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<tuki@havu.example>\r\nDATA\r\n")
        stream.flush()
        assert [stream.readline()[:3] for _ in range(4)] == [b"250", b"250", b"250", b"354"]
        stream.write(MAIL + b".\r\nMAIL FROM:<c@d.example>\r\nQUIT\r\n")
        stream.flush()
        assert [stream.readline()[:3] for _ in range(3)] == [b"250", b"250", b"221"]
    assert len(shelf.mails) == 1


def test_two_hundred_mails_at_once() -> None:
    shelf = Shelf()

    def deliver(number: int) -> None:
        with client(port) as server:
            server.sendmail(AINO, [TUKI], b"Subject: %d\r\n\r\nMoi\r\n" % number)

    with listening(shelf.accept) as port, ThreadPoolExecutor(200) as senders:
        list(senders.map(deliver, range(200)))
    subjects = {data.splitlines()[2] for _, data in shelf.mails}
    assert subjects == {b"Subject: %d" % number for number in range(200)}


def test_too_many_connections_are_told_to_come_back() -> None:
    with listening(Shelf().accept, max_connections=2) as port, client(port) as first, client(port) as second:
        first.noop()
        second.noop()
        with pytest.raises(smtplib.SMTPConnectError) as refusal:
            client(port)
        assert refusal.value.smtp_code == 421


def test_a_silent_client_is_hung_up_on() -> None:
    with (
        listening(Shelf().accept, timeout=0.3) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as raw,
    ):
        raw.recv(100)
        assert raw.recv(100) == b""


def test_lmtp_answers_once_per_recipient() -> None:
    shelf = Shelf()
    with listening(shelf.accept, protocol="lmtp") as port, smtplib.LMTP("127.0.0.1", port) as server:
        server.ehlo()
        server.mail(AINO)
        server.rcpt(TUKI)
        server.rcpt("toinen@havu.example")
        assert server.data(MAIL)[0] == 250
        assert server.getreply()[0] == 250
        assert server.docmd("NOOP")[0] == 250
    assert len(shelf.mails) == 1


def test_stopping_lets_the_mail_in_hand_finish() -> None:
    begun, shelf = threading.Event(), Shelf()

    def accept(mail: MailIn) -> str:
        begun.set()
        time.sleep(0.4)
        return shelf.accept(mail)

    listener = MailListener(accept)
    port = listener.start()
    with ThreadPoolExecutor(1) as pool, client(port) as server:
        answer = pool.submit(server.sendmail, AINO, [TUKI], MAIL)
        begun.wait(5)
        listener.stop(grace=5)
        assert answer.result() == {}
    assert len(shelf.mails) == 1


def test_a_taken_port_is_said_at_once() -> None:
    with listening(Shelf().accept) as port, pytest.raises(OSError):
        MailListener(Shelf().accept).start(port=port)
