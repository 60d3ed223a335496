"""Sending against small servers on loopback that answer as they are told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dragoman.ground.channels.email.send import send_mail
from dragoman.ground.channels.email.tests.test_compose import attached, outbound
from dragoman.ground.channels.ports import Person, Sent, channels
from dragoman.kit.errors import Rejected, Unavailable


class ScriptedServer:
    """One SMTP or LMTP conversation: `answers` by command word override the friendly ones."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.commands: list[str] = []
        self.data = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        peer, _ = self.listener.accept()
        with peer, peer.makefile("rwb") as stream:
            self.say(stream, "220 ready")
            while line := stream.readline():
                command = line.decode().strip()
                word = command.split(" ")[0].upper()
                self.commands.append(command)
                answer = self.answers.get(command) or self.answers.get(word)
                if answer == "drop":
                    return
                if word in ("EHLO", "LHLO") and not answer:
                    answer = "250-here\r\n250-SIZE 1000000\r\n250 8BITMIME"
                self.say(stream, answer or {"DATA": "354 go", "QUIT": "221 bye"}.get(word, "250 ok"))
                if word == "DATA" and not (answer or "").startswith(("4", "5")):
                    while (line := stream.readline()) not in (b".\r\n", b""):
                        self.data += line
                    ending = self.answers.get(".", "250 stored")
                    if ending == "drop":
                        return
                    self.say(stream, ending)

    @staticmethod
    def say(stream: object, answer: str) -> None:
        stream.write(answer.encode() + b"\r\n")  # type: ignore[attr-defined]
        stream.flush()  # type: ignore[attr-defined]


@contextmanager
def server(**answers: str) -> Iterator[ScriptedServer]:
    found = ScriptedServer(
        {key.replace("_", " ").replace("dot", "."): value for key, value in answers.items()}
    )
    try:
        yield found
    finally:
        found.listener.close()
        found.thread.join(timeout=5)


def url(port: int, scheme: str = "smtp", extra: str = "") -> dict[str, str]:
    return {"url": f"{scheme}://127.0.0.1:{port}?timeout=5{extra}"}


def test_a_mail_goes_out_whole_with_its_dots() -> None:
    with server() as found:
        sent = send_mail(outbound(text=".\n..\nhello"), url(found.port))
    assert sent == "dabcdefghijklmnopqrst234567.5@havu.example"
    assert found.commands[1].startswith("mail FROM:<tuki@havu.example> size=")
    assert found.commands[2] == "rcpt TO:<somchai@example.th>"
    assert b"Message-ID: <dabcdefghijklmnopqrst234567.5@havu.example>\r\n" in found.data


def test_an_unknown_recipient_is_rejected_in_the_servers_words() -> None:
    with (
        server(RCPT="550 5.1.1 No such user") as found,
        pytest.raises(Rejected, match=r"550 5\.1\.1 No such user"),
    ):
        send_mail(outbound(), url(found.port))
    assert "data" not in [command.lower() for command in found.commands]


@pytest.mark.parametrize(
    "answers",
    [{"RCPT": "450 4.2.1 Try later"}, {"MAIL": "421 busy"}, {"EHLO": "drop"}, {"dot": "451 disk full"}],
)
def test_what_may_pass_later_is_unavailable(answers: dict[str, str]) -> None:
    with server(**answers) as found, pytest.raises(Unavailable):
        send_mail(outbound(), url(found.port))


def test_no_server_at_all_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unavailable):
        send_mail(outbound(), url(port))


def test_a_refused_mail_is_rejected() -> None:
    with server(dot="554 5.7.1 Spam") as found, pytest.raises(Rejected, match="Spam"):
        send_mail(outbound(), url(found.port))


def test_a_connection_lost_after_the_whole_mail_is_never_tried_again_by_itself() -> None:
    with server(dot="drop") as found, pytest.raises(Rejected, match="may have gone out"):
        send_mail(outbound(), url(found.port))


def test_a_rude_goodbye_after_success_is_still_success() -> None:
    with server(QUIT="500 what?") as found:
        assert send_mail(outbound(), url(found.port))


def test_a_mail_larger_than_the_server_takes_is_rejected_before_it_is_sent() -> None:
    big = outbound(attachments=[attached("a.bin", b"x" * 2_000_000)])
    with server() as found, pytest.raises(Rejected, match="larger"):
        send_mail(big, url(found.port))
    assert not found.data


def test_lmtp_greets_in_its_own_way() -> None:
    with server() as found:
        send_mail(outbound(), url(found.port, "lmtp"))
    assert found.commands[0].startswith("lhlo")


def test_encryption_that_was_asked_for_and_is_not_offered_stops_the_mail() -> None:
    with server() as found, pytest.raises(Rejected, match="STARTTLS"):
        send_mail(outbound(), url(found.port, extra="&starttls=1"))
    assert not found.data


@pytest.mark.parametrize("address", ["", "http://x", "smtp://h:notaport", "imap://h"])
def test_an_address_that_is_no_mail_server_is_rejected(address: str) -> None:
    with pytest.raises(Rejected):
        send_mail(outbound(), {"url": address})


def test_the_folder_keeps_one_file_per_message_however_often_it_is_sent(tmp_path: Path) -> None:
    secrets = {"url": f"folder://{tmp_path}/out"}
    send_mail(outbound(), secrets)
    channels["email"].send(outbound(), secrets)
    assert len(list((tmp_path / "out" / "new").glob("*.eml"))) == 1
    send_mail(outbound(message_id="other@havu.example"), secrets)
    assert len(list((tmp_path / "out" / "new").glob("*.eml"))) == 2


def test_a_mail_to_nobody_is_rejected() -> None:
    with pytest.raises(Rejected, match="recipient"):
        send_mail(outbound(to=[]), {"url": "folder:///nowhere"})
    with pytest.raises(Rejected):
        send_mail(outbound(cc=[Person("email", "x")]), {"url": "folder:///nowhere"})


CC = Person("email", "cc@example.org")
BCC = Person("email", "bcc@example.org")


def test_a_refused_copy_stops_nobody_else_and_is_told() -> None:
    with server(**{"rcpt TO:<cc@example.org>": "550 5.1.1 no such user"}) as found:
        sent = send_mail(outbound(cc=[CC], bcc=[BCC]), url(found.port))
    assert isinstance(sent, Sent)
    [told] = sent.receipts
    assert (told.state, told.recipient) == ("failed", "cc@example.org")
    assert "no such user" in told.reason
    assert "rcpt TO:<bcc@example.org>" in found.commands
    assert found.data and b"bcc@example.org" not in found.data


def test_a_copy_put_off_puts_the_mail_off_for_all() -> None:
    with server(**{"rcpt TO:<cc@example.org>": "450 4.2.0 greylisted"}) as found, pytest.raises(Unavailable):
        send_mail(outbound(cc=[CC]), url(found.port))
    assert not found.data


def test_each_answer_of_lmtp_counts_for_its_recipient() -> None:
    with server() as found:
        found.answers["."] = "250 stored\r\n552 5.2.2 full"
        sent = send_mail(outbound(cc=[CC]), url(found.port, "lmtp"))
    assert isinstance(sent, Sent)
    assert [each.recipient for each in sent.receipts] == ["cc@example.org"]


def test_an_address_in_another_script_goes_where_the_server_takes_it() -> None:
    out = outbound(to=[Person("email", "สมชาย@example.th")])
    with server(EHLO="250-here\r\n250-8BITMIME\r\n250 SMTPUTF8") as found:
        send_mail(out, url(found.port))
    assert "rcpt TO:<สมชาย@example.th>" in found.commands
    with server() as found, pytest.raises(Rejected):
        send_mail(out, url(found.port))
