"""A mailbox is connected by OAuth and used: Dovecot asks the authorization server about every token (XOAUTH2)."""

import base64
import dataclasses
import re
from collections.abc import Iterator

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import MISSING, SMTP, AuthResult
from django.core.cache import cache
from django.test import Client

from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from dragoman.front.desk.settings.mailboxes import wizard
from dragoman.ground.channels.email import fetch, send, vendors
from dragoman.kit.errors import Rejected
from tests.authorization import AuthorizationServer, authorization_server
from tests.journeys.dovecot import Dovecot, is_installed
from tests.names import name_server
from tests.people import PASSWORD, House, a_house
from tests.serving import free_port

pytestmark = [
    pytest.mark.mailserver,
    pytest.mark.skipif(
        not is_installed(), reason="Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd"
    ),
]
ADDRESS = AuthorizationServer.user


class Doorkeeper:
    """An SMTP server that lets in whoever brings a token of the authorization server."""

    port = 0

    def __init__(self, authorization: AuthorizationServer) -> None:
        self.authorization = authorization

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:
        """Read the one word of XOAUTH2."""
        said = base64.b64decode(words[1]).decode()
        found = re.fullmatch(r"user=([^\x01]+)\x01auth=Bearer ([^\x01]+)\x01\x01", said)
        is_good = bool(found and found[1] == ADDRESS and found[2] in self.authorization.access_tokens)
        return AuthResult(success=is_good, handled=False, auth_data=MISSING)


@pytest.fixture(scope="module")
def authorization() -> Iterator[AuthorizationServer]:
    with authorization_server() as server:
        server.redirect = "http://testserver/settings/mailboxes/oauth/back"
        yield server


@pytest.fixture(scope="module")
def dovecot(authorization: AuthorizationServer) -> Iterator[Dovecot]:
    running = Dovecot.start(authorization=authorization.origin)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def door(authorization: AuthorizationServer) -> Iterator[Doorkeeper]:
    keeper = Doorkeeper(authorization)
    server = Controller(
        keeper, hostname="127.0.0.1", port=free_port(), auth_required=True, auth_require_tls=False
    )
    server.start()
    keeper.port = server.port
    yield keeper
    server.stop()


@pytest.fixture
def house(transactional_db: None) -> House:
    cache.clear()
    return a_house()


@pytest.fixture
def greta(
    house: House,
    authorization: AuthorizationServer,
    dovecot: Dovecot,
    door: Doorkeeper,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Client]:
    """Greta, logged in, where Google's name leads to the servers of this test."""
    stand_in = dataclasses.replace(
        vendors.GOOGLE,
        authorize_url=f"{authorization.origin}/authorize",
        token_url=f"{authorization.origin}/token",
        imap=("127.0.0.1", dovecot.imap, "none"),
        smtp=("127.0.0.1", door.port, "none"),
    )
    monkeypatch.setitem(vendors.VENDORS, "google", stand_in)
    client = Client()
    client.post("/login", {"login": "greta@kaisla.example", "password": PASSWORD})
    with name_server({("kaisla.example", "MX"): ["10 aspmx.l.google.com."]}) as resolver:
        monkeypatch.setattr(wizard, "new_resolver", lambda _server: resolver)
        yield client


def connect(client: Client, house: House, authorization: AuthorizationServer) -> str:
    """Go the whole way a person goes and return the last page's words."""
    brand = str(house.brand.pk)
    ways = client.post("/settings/mailboxes/connect", {"address": ADDRESS, "brand": brand}).content.decode()
    app = re.search(r'href="(/settings/mailboxes/vendors/google[^"]*)"', ways)
    assert app
    known = {"client_id": authorization.client_id, "client_secret": authorization.client_secret}
    again = client.post(app[1].replace("&amp;", "&"), known, follow=True).content.decode()
    assert "Go on with Gmail" in again
    form = {"address": ADDRESS, "brand": brand, "vendor": "google"}
    out = re.search(
        r'href="(http://127[^"]+)"', client.post("/settings/mailboxes/oauth/leave", form).content.decode()
    )
    assert out
    back = httpx.get(out[1].replace("&amp;", "&")).headers["location"]
    return client.get(back.removeprefix("http://testserver"), follow=True).content.decode()


def test_a_mailbox_is_read_and_sends_with_tokens_and_a_withdrawn_permission_is_said(
    house: House, greta: Client, authorization: AuthorizationServer, dovecot: Dovecot, door: Doorkeeper
) -> None:
    dovecot.deliver(ADDRESS, b"From: Matti <matti@example.com>\r\nSubject: Tilaus\r\n\r\nHei!\r\n")
    assert "The mailbox works: mail comes in and goes out." in connect(greta, house, authorization)
    with house.acting():
        box = Connection.objects.get()
        known = secrets_of(box)
    assert box.state == Connection.State.WORKING and "imap_password" not in known
    [(mail, _state)] = fetch.fetch(known, state="1:0", limit=5)
    assert b"Hei!" in mail.read()
    send.check(known, timeout=5)  # logs in at the SMTP server, or raises
    # the permission is taken back: the token server refuses, and the page says what to do
    authorization.refresh_tokens.clear()
    tried = greta.post(f"/settings/mailboxes/{box.pk}/test").content.decode()
    assert "must be connected anew" in tried and "Log in anew" in tried
    # a token that the mail server does not know any more is refused by the server itself
    stale = {**known, "refresh_token": "", "access_token": "gone"}
    with pytest.raises(Rejected):
        fetch.check(stale)
