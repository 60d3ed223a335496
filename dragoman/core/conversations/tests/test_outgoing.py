"""What leaves the house for agents: pushes only their browser can read, mails in their language, each once."""

import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.core import mail as sent
from django.db import connection
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions import status
from dragoman.core.conversations.actions.followers import follow
from dragoman.core.conversations.actions.notes import add_note
from dragoman.core.conversations.mentions import Mention
from dragoman.core.conversations.models import Conversation
from dragoman.core.notifications.actions import Browser, Choice, choose, mark_read, subscribe
from dragoman.core.notifications.models import Notification, PushSubscription
from dragoman.core.notifications.push import check_endpoint, send_push
from dragoman.core.notifications.tasks import mail_to, push_to, send_due
from dragoman.kit import web_push
from dragoman.kit.errors import OutsideError, Refusal
from dragoman.kit.tests.test_web_push import read
from tests.people import PASSWORD, House, a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Service:
    """A push service as RFC 8030 has it, and the browser behind it."""

    answer: int = 201
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    origin: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(web_push.CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    def browser(self) -> Browser:
        """Return what this browser hands over."""
        point = web_push.encode(web_push.public_point(self.key))
        return Browser(f"{self.origin}/push/abc", point, web_push.encode(self.auth), "Firefox · Linux")

    def opened(self) -> list[dict[str, Any]]:
        """Return the messages as the browser reads them."""
        return [json.loads(read(body, self.key, self.auth)) for _headers, body in self.got]


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    settings.DEBUG = True  # this machine may be a push service while developing
    settings.MAIL_FROM = "Desk <desk@shop.example>"
    made = Service()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(made.answer)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Door)
    made.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def house() -> House:
    return a_house()


@pytest.fixture
def aino(house: House) -> Agent:
    with house.acting():
        return add_agent(
            house.workspace.pk, email="aino@kaisla.example", name="Aino Mäkelä", password=PASSWORD
        )


def opened(house: House, text: str = "สวัสดีค่ะ พัสดุอยู่ไหน") -> Conversation:
    received = write(house, text)
    settle()
    with house.acting():
        return Conversation.objects.get(pk=received.conversation_id)


def mention(
    house: House, conversation: Conversation, aino: Agent, text: str = "@Aino Mäkelä secret words"
) -> None:
    with house.acting():
        add_note(conversation, agent=house.greta, text=text, mentions=[Mention(agent_id=aino.pk)])
    settle()


def due_now(house: House) -> None:
    past = timezone.now() - timedelta(seconds=1)
    with house.acting():
        Notification.objects.filter(push_at__isnull=False).update(push_at=past)
        Notification.objects.filter(mail_at__isnull=False).update(mail_at=past)


def push(house: House, agent: Agent) -> None:
    with house.acting():
        push_to.func(workspace_id=house.workspace.pk, agent_id=agent.pk)


def mail(house: House, agent: Agent) -> None:
    with house.acting():
        mail_to.func(workspace_id=house.workspace.pk, agent_id=agent.pk)


def test_a_push_reaches_the_browser_sealed_and_signed_and_once(house: House, aino: Agent, service: Service):
    conversation = opened(house)
    with house.acting():
        subscribe(aino, service.browser())
    mention(house, conversation, aino)
    due_now(house)
    push(house, aino)
    push(house, aino)
    [(headers, _body)] = service.got
    assert headers["content-encoding"] == "aes128gcm"
    assert int(headers["ttl"]) > 0
    assert len(headers["topic"]) <= 32
    token, point = (
        part.split("=", 1)[1] for part in headers["authorization"].removeprefix("vapid ").split(", ")
    )
    head, claims, signature = token.split(".")
    said = json.loads(web_push.decode(claims))
    assert said["aud"] == service.origin
    assert time.time() < said["exp"] <= time.time() + 24 * 3600
    assert said["sub"] == "mailto:desk@shop.example"
    raw = web_push.decode(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(web_push.CURVE, web_push.decode(point))
    whole = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(whole, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    [told] = service.opened()
    assert told["title"] == "Greta mentioned you"
    assert told["url"].startswith(f"/conversations/{conversation.pk}#m")
    assert "secret" not in json.dumps(told)


def test_no_customers_name_or_words_unless_the_agent_wishes(house: House, aino: Agent, service: Service):
    conversation = opened(house)
    with house.acting():
        subscribe(aino, service.browser())
        follow(conversation, agent=aino)
    write(house, "บัตร 4111")
    settle()
    due_now(house)
    push(house, aino)
    [told] = service.opened()
    assert "Somchai" not in json.dumps(told, ensure_ascii=False)
    assert "บัตร" not in json.dumps(told, ensure_ascii=False)
    with house.acting():
        choose(aino, Choice(choices={}, show_text=True))
    write(house, "บัตร 4222")
    settle()
    due_now(house)
    push(house, aino)
    assert "บัตร 4222" in service.opened()[-1]["body"]
    assert service.opened()[-1]["title"] == "Somchai wrote"


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(house: House, aino: Agent, service: Service, answer: int):
    service.answer = answer
    conversation = opened(house)
    with house.acting():
        subscribe(aino, service.browser())
    mention(house, conversation, aino)
    due_now(house)
    push(house, aino)
    with house.acting():
        assert not PushSubscription.objects.exists()


def test_a_service_that_is_down_is_tried_again_later(house: House, aino: Agent, service: Service):
    service.answer = 503
    conversation = opened(house)
    with house.acting():
        subscribe(aino, service.browser())
    mention(house, conversation, aino)
    due_now(house)
    push(house, aino)
    service.answer = 201
    due_now(house)
    push(house, aino)
    assert len(service.got) == 2


def test_what_was_read_is_neither_pushed_nor_mailed(
    house: House, aino: Agent, service: Service, settings: Any
):
    conversation = opened(house)
    with house.acting():
        subscribe(aino, service.browser())
    mention(house, conversation, aino)
    with house.acting():
        mark_read(aino, topic=f"conversation:{conversation.pk}")
    due_now(house)
    push(house, aino)
    mail(house, aino)
    assert service.got == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/a",
        "https://push.example:8443/a",
        "https://u@push.example/a",
        "ftp://x",
        "",
        "https://[",
    ],
)
def test_what_is_no_push_service_is_refused(endpoint: str, settings: Any):
    with pytest.raises(Refusal):
        check_endpoint(endpoint)


def test_a_name_that_leads_into_the_house_is_not_called(house: House, aino: Agent):
    point = web_push.encode(web_push.public_point(ec.generate_private_key(web_push.CURVE)))
    inside = PushSubscription(
        workspace_id=house.workspace.pk, agent=aino, endpoint="https://localhost/x", p256dh=point, auth="AAAA"
    )
    with pytest.raises(OutsideError):
        send_push(inside, {})


def mails_in(folder: Path) -> list[str]:
    return [path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.is_file()]


def test_a_mail_is_one_a_conversation_with_a_link_and_the_way_out(
    house: House, aino: Agent, settings: Any, tmp_path: Path
):
    settings.MAIL_URL = f"folder://{tmp_path}"
    settings.BASE_URL = "https://desk.shop.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent.outbox = []
    first = opened(house)
    mention(house, first, aino)
    mention(house, first, aino, "@Aino Mäkelä again")
    with house.acting():
        Agent.objects.filter(pk=aino.pk).update(seen_at=timezone.now() - timedelta(hours=1))
    due_now(house)
    mail(house, aino)
    mail(house, aino)
    [letter] = sent.outbox
    assert letter.to == ["aino@kaisla.example"]
    assert letter.body.count("Greta mentioned you") == 2
    assert f"https://desk.shop.example/conversations/{first.pk}#m" in letter.body
    assert "https://desk.shop.example/settings/notifications" in letter.body
    assert "secret words" not in letter.body


def test_no_mail_while_the_agent_is_at_the_console(house: House, aino: Agent, settings: Any):
    settings.MAIL_URL = "folder:///tmp/none"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent.outbox = []
    conversation = opened(house)
    mention(house, conversation, aino)
    with house.acting():
        Agent.objects.filter(pk=aino.pk).update(seen_at=timezone.now())
    due_now(house)
    mail(house, aino)
    assert sent.outbox == []
    with house.acting():
        assert Notification.objects.get().mail_at > timezone.now()


def test_a_digest_is_one_mail_of_all(house: House, aino: Agent, settings: Any):
    settings.MAIL_URL = "folder:///tmp/none"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sent.outbox = []
    with house.acting():
        choose(aino, Choice(choices={}, mail_when="daily"))
    one = opened(house)
    other = write(house, "toinen", who="mika@example.com")
    settle()
    with house.acting():
        for pk in (one.pk, other.conversation_id):
            status.assign(Conversation.objects.get(pk=pk), agent=house.greta, assignee=aino)
    settle()
    due_now(house)
    mail(house, aino)
    [letter] = sent.outbox
    assert letter.subject == "2 conversations with news"


def test_the_sweep_gives_each_agent_one_job(house: House, aino: Agent):
    conversation = opened(house)
    mention(house, conversation, aino)
    due_now(house)
    send_due()
    send_due()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE '%notifications%' ORDER BY 1"
        )
        names = [name.rpartition(".")[2] for (name,) in cursor.fetchall()]
    assert names == ["mail_to", "push_to"]
