"""A mailbox on a real mail server is read by a running installation, and answered from it."""

import imaplib
import json
import subprocess
import sys
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.journeys.dovecot import Dovecot, is_installed
from tests.journeys.test_faults import call, everything
from tests.serving import a_desk

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_installed(), reason="Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd"
    ),
]
_CONNECT = """
import json, sys, django; django.setup()
from dragoman.core.accounts.queries import get_brand, get_workspace
from dragoman.core.connections.actions import add_mailbox
from dragoman.kit import workspace
w = get_workspace("shop")
with workspace.acting_in(w.pk):
    add_mailbox(get_brand(w.pk), address="help@shop.example",
        settings=json.loads(sys.argv[1]), secrets={"imap_password": sys.argv[2]})
"""


def letter(number: int, text: str) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "Matti Lehtonen <matti@example.com>", "help@shop.example"
    made["Subject"], made["Message-ID"] = f"Tilaus {number}", f"<l{number}@example.com>"
    made.set_content(text)
    return made


def wait_for(what, seconds: float = 60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = what()
        if found:
            return found
        time.sleep(0.3)
    raise AssertionError(f"nothing after {seconds} s")


def mails(server: Dovecot, user: str) -> list[EmailMessage]:
    """Return what lies in a user's INBOX."""
    secrets = server.secrets(user)
    with imaplib.IMAP4("127.0.0.1", server.imap) as reader:
        reader.login(user, secrets["imap_password"])
        reader.select()
        numbers = reader.search(None, "ALL")[1][0].split()
        raw = [reader.fetch(number, "(RFC822)")[1][0][1] for number in numbers]
    return [message_from_bytes(one, policy=policy.default) for one in raw]


def connect(desk, server: Dovecot) -> None:
    """Connect help@shop.example as the settings page does."""
    shown = server.secrets("help@shop.example")
    hidden = shown.pop("imap_password")
    shown["smtp"] = f"lmtp://127.0.0.1:{server.lmtp}"
    subprocess.run(
        [sys.executable, "-c", _CONNECT, json.dumps(shown), hidden],
        env={**desk.environ(), "DJANGO_SETTINGS_MODULE": "dragoman.config.settings"},
        check=True,
        cwd=desk.home,
    )


@pytest.fixture
def server():
    running = Dovecot.start()
    yield running
    running.stop()


def inbound(desk, number: str) -> list[str]:
    found = call(desk, "GET", f"/conversations/{number}")[1]["messages"]
    return [message["text"] for message in found if message["direction"] == "in"]


def test_mail_comes_in_by_imap_is_answered_in_finnish_and_the_answer_is_delivered(tmp_path, server):
    with a_desk(tmp_path, workspace="shop") as desk:
        server.deliver("help@shop.example", letter(1, "Hei!\n\nMissä tilaukseni KSL-20424 on?").as_bytes())
        connect(desk, server)
        [row] = wait_for(lambda: everything(desk))
        path = f"/conversations/{row['id']}"
        wait_for(lambda: call(desk, "GET", path)[1]["language"] == "fi")
        written = "Your order KSL-20424 was shipped on November 20, 2026."
        status, reply = call(desk, "POST", path + "/replies", {"text": written})
        assert status == 201 and "KSL-20424" in reply["text"] and reply["language"] == "fi"
        [answer] = wait_for(lambda: mails(server, "matti@example.com"))
        assert reply["text"] in answer.get_body(("plain",)).get_content()
        assert answer["In-Reply-To"] == "<l1@example.com>"
        # the customer answers our answer; the server pushes it and it joins the conversation
        again = letter(2, "Kiitos!")
        again["In-Reply-To"] = answer["Message-ID"]
        server.deliver("help@shop.example", again.as_bytes())
        assert wait_for(lambda: inbound(desk, row["id"])[1:]) == ["Kiitos!"]
        assert len(everything(desk)) == 1
