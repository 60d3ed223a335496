"""The demo's shop: only in the demo, strict, in six languages, with mail both ways."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.test import Client, override_settings

from dragoman.core.connections.models import Connection
from dragoman.core.customers.models import Customer, Identity
from dragoman.front.portal.demo.post import mailbox_of, send_as_customer
from dragoman.front.portal.demo.shops import find_shop
from dragoman.kit.errors import Unavailable
from tests.people import House, a_house


class _Listener:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.came = threading.Event()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))  # type: ignore[attr-defined]
        self.came.set()
        return "250 kept"


@pytest.fixture
def listener() -> Iterator[_Listener]:
    """An SMTP server on a free port of this machine, named by MAIL_LISTEN."""
    kept = _Listener()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    with override_settings(MAIL_LISTEN=f"smtp://127.0.0.1:{port}"):
        yield kept
    controller.stop()


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """Kaisla with a mailbox and a Thai customer."""
    cache.clear()
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        ROOT_URLCONF="dragoman.front.portal.urls", MIDDLEWARE=[], DEMO=True, STORAGES=plain
    ):
        made = a_house()
        with made.acting():
            Connection.objects.create(
                workspace_id=made.workspace.pk,
                channel="email",
                brand=made.brand,
                name="Mail",
                address="help@kaisla.example",
            )
            somchai = Customer.objects.create(workspace_id=made.workspace.pk, name="สมชาย", language="th")
            Identity.objects.create(
                workspace_id=made.workspace.pk, customer=somchai, kind="email", value="somchai@example.com"
            )
        yield made


def test_there_is_no_shop_outside_the_demo(house: House) -> None:
    with override_settings(DEMO=False):
        assert Client().get("/demo/shop/kaisla/").status_code == 404
    assert Client().get("/demo/shop/nobody/").status_code == 404


@pytest.mark.parametrize("language", ["en", "fi", "th", "ja", "ar", "de"])
@pytest.mark.parametrize("slug", ["kaisla", "northbound"])
def test_both_shops_are_complete_in_six_languages(slug: str, language: str) -> None:
    english, shop = find_shop(slug, "en"), find_shop(slug, language)
    assert english and shop and shop.language == language
    assert shop.words.keys() == english.words.keys()
    assert shop.goods.keys() == english.goods.keys()
    assert len(shop.goods["facts"]) == len(shop.goods["nav"]) == 3
    assert not any("{" in question for question in shop.questions)


def test_the_page_is_strict_cookieless_and_in_its_language(house: House) -> None:
    answer = Client().get("/demo/shop/kaisla/?lang=ar")
    page = answer.content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "style=" not in page and "<script>" not in page and " onclick" not in page
    assert "'unsafe" not in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert 'data-brand="kaisla"' in page


def test_a_customer_writes_a_real_mail(house: House, listener: _Listener) -> None:
    form = {"who": "somchai@example.com", "subject": "โคมไฟ\r\nBcc: x@example.com", "text": "คำสั่งซื้ออยู่ที่ไหน"}
    answer = Client().post("/demo/shop/kaisla/?lang=th", form)
    assert (answer.status_code, "mail=sent" in answer["Location"]) == (302, True)
    assert listener.came.wait(5)
    (sender, receivers, content) = listener.mails[0]
    assert (sender, receivers) == ("somchai@example.com", ["help@kaisla.example"])
    assert b"\nBcc:" not in content


def test_another_sites_form_writes_no_mail(house: House, listener: _Listener) -> None:
    answer = Client().post(
        "/demo/shop/kaisla/?lang=th", {"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert listener.mails == []


def test_where_nobody_listens_the_customer_is_told(house: House) -> None:
    with override_settings(MAIL_LISTEN="smtp://127.0.0.1:9"):
        with pytest.raises(Unavailable):
            send_as_customer("Aino", "aino@example.com", to="help@kaisla.example", subject="", text="Hei")
        answer = Client().post("/demo/shop/kaisla/?lang=fi", {"text": "Hei"})
    assert "mail=failed" in answer["Location"]


def test_the_mailbox_shows_only_my_own_mail(house: House, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    head = "From: help@kaisla.example\nSubject: {}\nTo: {}\nContent-Type: text/plain; charset=utf-8\n\n{}\n"
    (folder / "1.eml").write_text(head.format("Vastaus", "Aino <aino@example.com>", "Matkalla"), "utf-8")
    (folder / "2.eml").write_text(head.format("Other", "mallory@example.com", "Secret"), "utf-8")
    (folder / "3.eml").write_bytes(b"\xff\xfe\x00not a mail")
    with override_settings(MAIL_URL=f"folder://{tmp_path}"):
        assert [(mail.subject, mail.text) for mail in mailbox_of("aino@example.com")] == [
            ("Vastaus", "Matkalla")
        ]
    with override_settings(MAIL_URL="smtp://127.0.0.1:25"):
        assert mailbox_of("aino@example.com") == []
