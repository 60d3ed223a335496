"""Mail over a real server: Dovecot on loopback takes it by LMTP and gives it by IMAP."""

import imaplib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.ground.channels.email.fetch import check, fetch, latest, wait
from dragoman.ground.channels.ports import Inbound, Outbound, Person, channels
from dragoman.kit.errors import Rejected, Unavailable

from .dovecot import PASSWORD, Dovecot, is_installed

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.skipif(not is_installed(), reason="Dovecot (dovecot-imapd, dovecot-lmtpd) is not installed"),
]
PAYLOADS = Path(__file__).parents[2] / "dragoman/ground/channels/email/tests/payloads"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    found = Dovecot.start()
    try:
        yield found
    finally:
        found.stop()


def read_all(secrets: dict[str, str], state: str = "", limit: int = 100) -> tuple[list[bytes], str]:
    mails = []
    for raw, at in fetch(secrets, state=state, limit=limit):
        with raw:
            mails.append(raw.read())
        state = at
    return mails, state


def flags(server: Dovecot, user: str) -> list[bytes]:
    client = imaplib.IMAP4("127.0.0.1", server.imap)
    client.login(user, PASSWORD)
    client.select(readonly=True)
    _, found = client.fetch("1:*", "(FLAGS)")
    client.logout()
    return [line for line in found if isinstance(line, bytes)]


def test_only_new_mail_comes_and_each_once(server: Dovecot) -> None:
    secrets = server.secrets("new")
    server.deliver("new", b"Subject: 1\r\n\r\none\r\n", b"Subject: 2\r\n\r\ntwo\r\n")
    first, state = read_all(secrets, limit=1)
    assert first[0].endswith(b"Subject: 1\r\n\r\none\r\n")
    second, state = read_all(secrets, state)
    assert [mail.endswith(b"Subject: 2\r\n\r\ntwo\r\n") for mail in second] == [True]
    assert read_all(secrets, state) == ([], state)
    server.deliver("new", b"Subject: 3\r\n\r\nthree\r\n")
    third, _ = read_all(secrets, state)
    assert len(third) == 1
    assert check(secrets) == 3


def test_a_mailbox_that_begins_today_leaves_the_old_mail(server: Dovecot) -> None:
    secrets = server.secrets("today")
    server.deliver("today", b"Subject: old\r\n\r\nold\r\n")
    state = latest(secrets)
    server.deliver("today", b"Subject: new\r\n\r\nnew\r\n")
    mails, _ = read_all(secrets, state)
    assert [b"Subject: new" in mail for mail in mails] == [True]


def test_numbers_that_begin_anew_are_read_from_the_beginning(server: Dovecot) -> None:
    secrets = server.secrets("anew")
    server.deliver("anew", b"Subject: 1\r\n\r\none\r\n")
    assert len(read_all(secrets, "1:999999")[0]) == 1


def test_nothing_is_marked_as_read_unless_asked_for(server: Dovecot) -> None:
    secrets = server.secrets("marks")
    server.deliver("marks", b"Subject: 1\r\n\r\none\r\n", b"Subject: 2\r\n\r\ntwo\r\n")
    read_all(secrets)
    assert not any(b"Seen" in line for line in flags(server, "marks"))
    mails = fetch({**secrets, "mark_seen": "1"}, limit=2)
    next(mails)
    assert not any(b"Seen" in line for line in flags(server, "marks"))
    list(mails)
    assert [b"Seen" in line for line in flags(server, "marks")] == [True, True]


def test_a_large_mail_comes_whole_in_pieces(server: Dovecot) -> None:
    body = b"".join(b"%07d" % n + b"x" * 60 + b"\r\n" for n in range(80_000))
    server.deliver("large", b"Subject: large\r\n\r\n" + body)
    [mail], _ = read_all(server.secrets("large"))
    assert mail.endswith(b"\r\n\r\n" + body)


def test_waiting_ends_when_a_mail_comes(server: Dovecot) -> None:
    secrets = server.secrets("idle")
    server.deliver("idle", b"Subject: 0\r\n\r\nzero\r\n")
    heard = threading.Event()

    def deliver() -> None:
        # again and again: on a busy machine the first may come before the waiting begins, and count as known
        while not heard.wait(0.5):
            server.deliver("idle", b"Subject: 1\r\n\r\none\r\n")

    later = threading.Thread(target=deliver)
    later.start()
    begun = time.monotonic()
    try:
        assert wait(secrets, timeout=60)
        assert time.monotonic() - begun < 30
    finally:
        heard.set()
        later.join()


def test_waiting_ends_at_once_for_mail_that_came_before_it_began(server: Dovecot) -> None:
    secrets = server.secrets("before")
    server.deliver("before", b"Subject: 0\r\n\r\nzero\r\n")
    state = latest(secrets)
    server.deliver("before", b"Subject: 1\r\n\r\none\r\n")
    assert wait(secrets, timeout=20, state=state)


def test_waiting_ends_after_its_time(server: Dovecot) -> None:
    server.deliver("quiet", b"Subject: 0\r\n\r\nzero\r\n")
    begun = time.monotonic()
    assert not wait(server.secrets("quiet"), timeout=1)
    assert time.monotonic() - begun < 5


def test_a_wrong_password_is_a_clear_refusal(server: Dovecot) -> None:
    with pytest.raises(Rejected, match="refuses the log-in"):
        check({**server.secrets("new"), "imap_password": "wrong"})


def test_a_server_that_is_gone_may_come_back(server: Dovecot) -> None:
    with pytest.raises(Unavailable):
        check({**server.secrets("new"), "imap_port": "1"})


def test_every_recorded_mail_survives_the_real_server(server: Dovecot) -> None:
    paths = sorted(PAYLOADS.glob("*.eml"))
    server.deliver("recorded", *(path.read_bytes().replace(b"\0", b"") for path in paths))
    mails = list(fetch(server.secrets("recorded"), limit=200))
    assert len(mails) == len(paths)
    for path, (raw, _) in zip(paths, mails, strict=True):
        with raw, path.open("rb") as own:
            [found] = [each for each in channels["email"].parse(raw) if isinstance(each, Inbound)]
            [wanted] = [each for each in channels["email"].parse(own) if isinstance(each, Inbound)]
        assert (found.text, found.subject, found.sender) == (wanted.text, wanted.subject, wanted.sender), (
            path.name
        )


def test_a_reply_reaches_the_customer_and_the_answer_finds_its_thread(server: Dovecot) -> None:
    token = "abcdefghijklmnopqrst234567"
    reply = Outbound(
        message_id=f"<d{token}.1@havu.example>",
        to=[Person("email", "somchai@example.th", "สมชาย")],
        text="พัสดุจะถึงวันศุกร์",
        language="th",
        sender=Person("email", "tuki@havu.example", "Havu"),
        subject="คำสั่งซื้อ",
        reply_to=f"tuki+d{token}@havu.example",
        in_reply_to="in-1@example.th",
    )
    channels["email"].send(reply, {"url": f"lmtp://127.0.0.1:{server.lmtp}"})
    [mail], _ = read_all(server.secrets("somchai@example.th"))
    assert b"Reply-To: tuki+dabcdefghijklmnopqrst234567@havu.example" in mail
    answer = f"From: somchai@example.th\r\nTo: tuki+d{token}@havu.example\r\nIn-Reply-To: <d{token}.1@havu.example>\r\n"
    server.deliver("tuki", answer.encode() + "Subject: Re\r\n\r\nขอบคุณ\r\n".encode())
    [(raw, _)] = list(fetch(server.secrets("tuki")))
    with raw:
        [found] = [each for each in channels["email"].parse(raw) if isinstance(each, Inbound)]
    assert list(found.reply_tokens) == [token]
    assert found.text == "ขอบคุณ"
