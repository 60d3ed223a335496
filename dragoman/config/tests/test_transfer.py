"""Mails from files come in once, whatever they are; conversations go out as JSON lines."""

import argparse
import json
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from dragoman.config.commands import transfer
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions.envelopes import open_envelope
from dragoman.core.conversations.models import Envelope, Message
from dragoman.kit.errors import Refusal
from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)


def a_mail(number: int, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Aada <aada{number}@example.com>", "help@kaisla.example"
    mail["Subject"], mail["Message-ID"] = f"Tilaus {number}", f"<m{number}@example.com>"
    mail.set_content(text)
    return mail


def with_a_mailbox() -> House:
    house = a_house()
    with house.acting():
        add_mailbox(house.brand, address="help@kaisla.example", name="Kaisla", settings={}, secrets={})
    return house


def bring(*words: str) -> int:
    parser = argparse.ArgumentParser()
    transfer.add(parser, "import")
    return transfer.run(argparse.Namespace(**vars(parser.parse_args(words)), command="import"))


def opened(house: House) -> list[str]:
    with house.acting():
        for envelope in Envelope.objects.order_by("pk"):
            open_envelope(envelope)
        return sorted(Message.objects.filter(direction="in").values_list("text", flat=True))


def test_mails_of_both_kinds_come_in_and_again_change_nothing(tmp_path: Path):
    house = with_a_mailbox()
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "one.eml").write_bytes(bytes(a_mail(1, "Missä paketti on?")))
    (folder / "broken.eml").write_bytes(b"\x00\xff no mail at all")
    box = mailbox.mbox(tmp_path / "old.mbox")
    for number in (2, 3):
        box.add(a_mail(number, f"From me, number {number}"))
    box.close()
    for _again in range(2):
        assert bring("eml", str(folder), "--mailbox", "help@kaisla.example") == 0
        assert bring("mbox", str(tmp_path / "old.mbox"), "--mailbox", "help@kaisla.example") == 0
    texts = [text.strip() for text in opened(house)]
    assert [text for text in texts if "number" in text or "paketti" in text] == [
        "From me, number 2",
        "From me, number 3",
        "Missä paketti on?",
    ]


def test_what_cannot_be_imported_is_said(tmp_path: Path):
    with_a_mailbox()
    with pytest.raises(Refusal, match="No mailbox takes mail for"):
        bring("eml", str(tmp_path), "--mailbox", "nobody@kaisla.example")
    with pytest.raises(Refusal, match="There is no file"):
        bring("mbox", str(tmp_path / "gone"), "--mailbox", "help@kaisla.example")
    with pytest.raises(Refusal, match=r"no \*\.eml"):
        bring("eml", str(tmp_path), "--mailbox", "help@kaisla.example")


def test_every_conversation_goes_out_and_no_file_is_overwritten(tmp_path: Path):
    house = with_a_mailbox()
    (tmp_path / "one.eml").write_bytes(bytes(a_mail(1, "Missä paketti on?")))
    bring("eml", str(tmp_path / "one.eml"), "--mailbox", "help@kaisla.example")
    opened(house)
    settle()
    target = tmp_path / "out.jsonl"
    options = argparse.Namespace(command="export", workspace="kaisla", file=str(target))
    assert transfer.run(options) == 0
    [line] = target.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["messages"][0]["text"].strip() == "Missä paketti on?"
    with pytest.raises(Refusal, match="is there already"):
        transfer.run(options)
