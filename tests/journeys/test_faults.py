"""Kill -9, and no database, in the middle of everything: all is stored, nothing twice, no reply goes out twice."""

import http.client
import json
import smtplib
import subprocess
import sys
import threading
import time
from email.message import EmailMessage
from pathlib import Path
from uuid import uuid4

import pytest

from dragoman.ground.database import postmaster
from tests.serving import Desk, a_desk

pytestmark = pytest.mark.slow

MESSAGES, MAILS, SENDERS = 500, 500, 8
DOWN = 10  # seconds without a database


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with a_desk(tmp_path_factory.mktemp("faults"), workspace="shop") as running:
        _add_mailbox(running)
        yield running


def _add_mailbox(desk: Desk) -> None:
    """Connect help@shop.example through the same actions as the settings page."""
    code = (
        "import django; django.setup()\n"
        "from dragoman.core.accounts.queries import get_workspace, get_brand\n"
        "from dragoman.core.connections.actions import add_mailbox\n"
        "from dragoman.kit import workspace\n"
        "w = get_workspace('shop')\n"
        "with workspace.acting_in(w.pk): add_mailbox(get_brand(w.pk), address='help@shop.example')\n"
    )
    environ = {**desk.environ(), "DJANGO_SETTINGS_MODULE": "dragoman.config.settings"}
    subprocess.run([sys.executable, "-c", code], env=environ, check=True, cwd=desk.home)


def call(
    desk: Desk, method: str, path: str, body: object = None, *, patience: float = 60
) -> tuple[int, dict]:
    """Call the API, again and again while the server is down or its connection breaks."""
    until = time.monotonic() + patience
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=10)
            data = json.dumps(body) if body is not None else None
            headers = {"Authorization": f"Bearer {desk.token}", "Content-Type": "application/json"}
            connection.request(method, "/api/v1" + path, data, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status < 500:
                return answer.status, json.loads(content)
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        if time.monotonic() > until:
            raise TimeoutError(path)
        time.sleep(0.1)


def everything(desk: Desk) -> list[dict]:
    items, cursor = [], ""
    while cursor is not None:
        _status, page = call(desk, "GET", f"/conversations?limit=100{'&cursor=' + cursor if cursor else ''}")
        items, cursor = items + page["items"], page["next"]
    return items


def test_killed_web_and_worker_lose_and_double_no_message(desk):
    statuses: list[int] = []

    def send(number: int) -> None:
        for n in range(number, MESSAGES, SENDERS):
            body = {
                "external_id": f"m{n}",
                "from": {"email": f"c{n % 40}@example.com"},
                "text": f"message {n}",
            }
            statuses.append(call(desk, "POST", "/messages", body)[0])

    threads = [threading.Thread(target=send, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    for word in ("web", "worker", "web"):
        time.sleep(1.0)
        desk.kill(word)
    for thread in threads:
        thread.join()
    assert len(statuses) == MESSAGES and set(statuses) <= {200, 201}
    texts = sorted(
        message["text"]
        for row in everything(desk)
        for message in call(desk, "GET", f"/conversations/{row['id']}")[1]["messages"]
        if message["direction"] == "in"
    )
    assert texts == sorted(f"message {n}" for n in range(MESSAGES))


def _mail(number: int) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = f"Customer {number} <m{number}@example.org>"
    mail["To"] = "help@shop.example"
    mail["Subject"] = f"Question {number}"
    mail["Message-ID"] = f"<q{number}@example.org>"
    mail.set_content(f"Where is order KSL-{number}?")
    return mail


def _deliver(desk: Desk, number: int) -> None:
    """Send as a mail server does: try again until it is taken."""
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", desk.mail_port, timeout=10) as server:
                server.send_message(_mail(number))
            return
        except (OSError, smtplib.SMTPException):
            time.sleep(0.2)


def test_a_killed_worker_loses_and_doubles_no_mail(desk):
    def send(first: int) -> None:
        for number in range(first, MAILS, SENDERS):
            _deliver(desk, number)

    threads = [threading.Thread(target=send, args=(first,)) for first in range(SENDERS)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        time.sleep(1.0)
        desk.kill("worker")
    for thread in threads:
        thread.join()
    _deliver(desk, 7)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        mails = [row for row in everything(desk) if row["channel"] == "email"]
        if len(mails) >= MAILS:
            break
        time.sleep(1)
    assert sorted(row["subject"] for row in mails) == sorted(f"Question {n}" for n in range(MAILS))


def test_no_reply_goes_out_twice_though_the_worker_is_killed(desk):
    rows = [row for row in everything(desk) if row["channel"] == "email"][:40]
    for n, row in enumerate(rows):
        status, made = call(
            desk, "POST", f"/conversations/{row['id']}/replies", {"text": f"Answer {n}.", "translate": False}
        )
        assert status == 201, made
        if n in {10, 25}:
            desk.kill("worker")
    until = time.monotonic() + 120
    outbox = Path(desk.home) / "outbox"
    while time.monotonic() < until:
        states = [_delivery(desk, row["id"]) for row in rows]
        if not {"queued"} & set(states):
            break
        time.sleep(1)
    sent = list(outbox.rglob("*.eml"))
    assert len(sent) <= len(rows)
    assert states.count("sent") + states.count("unconfirmed") + states.count("sending") == len(rows)
    assert len(sent) >= states.count("sent")


def _delivery(desk: Desk, conversation: str) -> str:
    _status, found = call(desk, "GET", f"/conversations/{conversation}")
    return next(
        message["delivery"] for message in reversed(found["messages"]) if message["direction"] == "out"
    )


def test_a_database_gone_for_ten_seconds_loses_and_doubles_nothing_that_was_acknowledged(desk):
    acknowledged: list[str] = []
    refused: list[int] = []
    stop = threading.Event()

    def send_messages(number: int) -> None:
        while not stop.is_set():
            name = f"down-{number}-{uuid4()}"
            body = {"external_id": name, "from": {"email": f"d{number}@example.com"}, "text": name}
            status = _once(desk, body)
            (acknowledged.append(name) if status in {200, 201} else refused.append(status))
            # a program sends again what it is not sure of
            if status not in {200, 201} and call(desk, "POST", "/messages", body)[0] in {200, 201}:
                acknowledged.append(name)
            time.sleep(0.1)

    def send_mails() -> None:
        while not stop.is_set():
            number = 10_000 + len(acknowledged)
            _deliver(desk, number)
            acknowledged.append(f"Where is order KSL-{number}?")
            time.sleep(0.1)

    def chat() -> None:
        """Write as the widget does: the same message again until it is taken."""
        session = _chat(desk, "session", {"visitor": "f" * 32})["session"]
        while not stop.is_set():
            # no long number: one in ten of those passes for a card's, and is masked
            text = f"chat {len(acknowledged)}"
            body = {"external_id": str(uuid4()), "text": text, "locale": "en"}
            while not _chat(desk, "messages", body, session=session):
                time.sleep(1)
            acknowledged.append(text)
            # one shopper may send thirty in a minute
            time.sleep(1)

    threads = [threading.Thread(target=send_messages, args=(n,), daemon=True) for n in range(2)]
    threads += [threading.Thread(target=work, daemon=True) for work in (send_mails, chat)]
    for thread in threads:
        thread.start()
    time.sleep(2)
    until = time.monotonic() + DOWN
    while time.monotonic() < until:
        postmaster.stop(desk.home)
        time.sleep(0.2)
    time.sleep(5)
    stop.set()
    for thread in threads:
        # who wrote too much in a minute is let in again after one
        thread.join(120)
    assert not [thread.name for thread in threads if thread.is_alive()]
    assert refused and all(status >= 500 or status == 0 for status in refused)
    wanted, end = sorted(acknowledged), time.monotonic() + 60
    while (found := _texts(desk, set(wanted))) != wanted and time.monotonic() < end:
        time.sleep(1)
    assert found == wanted


def _chat(desk: Desk, path: str, body: dict, *, session: str = "") -> dict:
    """POST to the chat's door; what it said, or nothing where it did not take it."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
        headers = {"Content-Type": "application/json"}
        if session:
            headers["Authorization"] = f"Bearer {session}"
        connection.request("POST", f"/chat/shop/{path}", json.dumps(body), headers)
        answer = connection.getresponse()
        return json.loads(answer.read()) if answer.status < 300 else {}
    except (OSError, http.client.HTTPException, ValueError):
        return {}


def _once(desk: Desk, body: dict) -> int:
    """Send one message without patience; 0 where there was no answer at all."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=30)
        headers = {"Authorization": f"Bearer {desk.token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/v1/messages", json.dumps(body), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0


def _texts(desk: Desk, wanted: set[str]) -> list[str]:
    return sorted(
        message["text"].strip()
        for row in everything(desk)
        if row["preview"].strip() in wanted
        for message in call(desk, "GET", f"/conversations/{row['id']}")[1]["messages"]
        if message["direction"] == "in" and message["text"].strip() in wanted
    )
