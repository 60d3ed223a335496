"""The page of a mail: sandboxed and light, its own pictures shown, remote ones only on demand and only from the public internet."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import pytest
from django.core import signing

from dragoman.core.conversations.actions.receive import KeptFile
from dragoman.core.conversations.models import Message
from dragoman.core.conversations.thread import CONTENT_SALT, content_url, messages_of
from dragoman.front.gateway.mail_page import picture_url
from dragoman.ground.channels.email.html import read_page
from dragoman.ground.files.store import keep
from dragoman.kit import workspace
from dragoman.kit.guarded import NoPicture, fetch_picture, is_public
from tests.people import a_house, write

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
NEWSLETTER = (
    '<p>Hei</p><img src="https://cdn.example/a.png"><img src="https://cdn.example/open.gif" width="1" height="1">'
    '<img src="cid:logo@x">'
)


def a_mail(house, html: str = NEWSLETTER) -> Message:
    kept = keep(house.workspace.pk, BytesIO(PNG))
    file = KeptFile(kept.key, "logo.png", "image/png", kept.size, "logo@x")
    write(house, "Hei", external_id="html-1", html=read_page(html).html, attachments=[file])
    return Message.objects.get(external_id="html-1")


def test_a_mails_page_is_light_shut_in_and_loads_nothing_from_elsewhere(db, client):
    house = a_house()
    with house.acting():
        mail = a_mail(house)
        answer = client.get(content_url("h", mail.pk))
    page = answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert (
        "sandbox allow-popups" in policy and "allow-scripts" not in policy and "default-src 'none'" in policy
    )
    assert "color-scheme:light only" in page
    assert ' src="https://cdn.example' not in page
    assert 'src="/content/' in page  # the logo that came along
    logo = page.split('src="/content/')[1].split('"')[0]
    assert client.get(f"/content/{logo}").headers["Content-Type"] == "image/png"


def test_remote_pictures_come_through_us_when_asked_and_trackers_never(db, client):
    house = a_house()
    with house.acting():
        mail = a_mail(house)
        page = client.get(content_url("h", mail.pk) + "?pictures=1").content.decode()
        [seen] = messages_of(mail.conversation)
    assert page.count('src="/content/') == 2
    assert "cdn.example" not in page
    assert (seen.remote_pictures, seen.trackers) == (1, 1)


def test_the_message_fold_offers_the_pictures(db, client):
    house = a_house()
    with house.acting():
        mail = a_mail(house)
    client.force_login(house.greta.user)
    page = client.get(f"/conversations/{mail.conversation_id}").content.decode()
    assert "Show 1 remote picture" in page
    assert "1 tracking pixel was held back." in page


def test_no_picture_from_our_own_network_and_none_without_our_signature(db, client):
    house = a_house()
    with house.acting():
        own = picture_url("http://127.0.0.1:1/a.png")
        token = signing.dumps([house.workspace.pk, "p", "https://cdn.example/a.png"], salt="another")
    assert client.get(own).status_code == 404
    assert client.get(f"/content/{token}/").status_code == 404


def test_mallory_sees_no_mail_of_another_workspace(db, client):
    house, other = a_house(), a_house("hayloft", owner="mallory")
    with house.acting():
        mail = a_mail(house)
    forged = signing.dumps([other.workspace.pk, "h", mail.pk], salt=CONTENT_SALT)
    with workspace.acting_in(other.workspace.pk):
        assert client.get(f"/content/{forged}/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "172.16.0.1",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.1",
        "224.0.0.1",
        "nonsense",
    ],
)
def test_addresses_that_are_not_the_public_internet(address: str) -> None:
    assert not is_public(address)


def test_addresses_that_are() -> None:
    assert is_public("1.1.1.1")
    assert is_public("2606:4700::1111")


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a.png")
            self.end_headers()
            return
        body = {
            "/a.png": PNG,
            "/large.png": PNG + b"\0" * (6 * 1024 * 1024),
            "/a.svg": b"<svg/>",
            "/round": b"",
        }[self.path]
        self.send_response(302 if self.path == "/round" else 200)
        self.send_header("Location", "/round")
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def log_message(self, *words: object) -> None: ...


@pytest.fixture
def far_side() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_picture_is_fetched_over_a_redirect_and_named_by_its_bytes(far_side: int) -> None:
    found = fetch_picture(f"http://127.0.0.1:{far_side}/moved", allows=lambda _ip: True, ports=[far_side])
    assert (found.data, found.content_type) == (PNG, "image/png")


@pytest.mark.parametrize("path", ["/large.png", "/a.svg", "/round"])
def test_large_files_programs_and_endless_redirects_are_no_pictures(far_side: int, path: str) -> None:
    with pytest.raises(NoPicture):
        fetch_picture(f"http://127.0.0.1:{far_side}{path}", allows=lambda _ip: True, ports=[far_side])


@pytest.mark.parametrize(
    "address", ["ftp://a/x", "http://user@a/x", "http://a:22/x", "//a", "http://[", "http://localhost/x"]
)
def test_addresses_that_are_never_asked(address: str) -> None:
    with pytest.raises(NoPicture):
        fetch_picture(address)
