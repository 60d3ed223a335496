"""Mailboxes: what is stored, what is shown, and the trial that really connects."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.test import Client
from pytest_django import Settings

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import Connection
from dragoman.core.connections.secrets import secrets_of
from tests.people import House

IMAP = {
    "way_in": "imap",
    "imap_host": "imap.kaisla.example",
    "imap_security": "tls",
    "imap_user": "help@kaisla.example",
    "log_in": "password",
    "imap_password": "sesame",
    "way_out": "own",
    "smtp_host": "smtp.kaisla.example",
    "smtp_security": "starttls",
    "smtp_user": "help@kaisla.example",
    "smtp_password": "p@ss/word",
}


def only_box(house: House) -> Connection:
    with house.acting():
        return Connection.objects.get()


def connect(house: House, client: Client, **changes: object) -> Connection:
    form = {**IMAP, "address": "Help@kaisla.example", "brand": house.brand.pk, **changes}
    answer = client.post("/settings/mailboxes/new", form)
    assert answer.status_code == 302, answer.content.decode()
    return only_box(house)


@pytest.fixture
def smtp_port() -> Iterator[int]:
    """A mail server on this machine that takes everything."""
    server = Controller(Sink(), hostname="127.0.0.1", port=0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    server.start()
    yield server.port
    server.stop()


def test_a_mailbox_is_connected_and_its_secrets_are_sealed(house: House, as_greta: Client) -> None:
    assert "No mailbox yet" in as_greta.get("/settings/mailboxes").content.decode()
    box = connect(house, as_greta)
    assert box.address == "help@kaisla.example"
    assert "sesame" not in str(box.settings)
    assert box.settings["smtp"] == "smtp://help%40kaisla.example@smtp.kaisla.example:587?starttls=1"
    with house.acting():
        secrets = secrets_of(box)
    assert secrets["imap_password"] == "sesame"
    assert secrets["url"] == "smtp://help%40kaisla.example:p%40ss%2Fword@smtp.kaisla.example:587?starttls=1"


def test_a_secret_is_never_shown_and_an_empty_field_keeps_it(house: House, as_greta: Client) -> None:
    box = connect(house, as_greta)
    page = as_greta.get(f"/settings/mailboxes/{box.pk}").content.decode()
    assert "sesame" not in page
    assert "p@ss" not in page
    assert "imap.kaisla.example" in page
    changed = {**IMAP, "imap_password": "", "smtp_password": "", "imap_folder": "Support"}
    assert as_greta.post(f"/settings/mailboxes/{box.pk}", changed).status_code == 302
    with house.acting():
        secrets = secrets_of(only_box(house))
    assert secrets["imap_folder"] == "Support"
    assert secrets["imap_password"] == "sesame"
    assert "p%40ss%2Fword" in secrets["url"]


def test_tokens_replace_a_password_and_the_old_one_is_forgotten(house: House, as_greta: Client) -> None:
    box = connect(house, as_greta)
    form = {
        **IMAP,
        "log_in": "oauth",
        "token_url": "https://oauth2.example/token",
        "client_id": "dragoman",
        "refresh_token": "1//refresh",
        "smtp_password": "",
    }
    assert as_greta.post(f"/settings/mailboxes/{box.pk}", form).status_code == 302
    with house.acting():
        secrets = secrets_of(only_box(house))
    assert secrets["refresh_token"] == "1//refresh"
    assert "imap_password" not in secrets


def test_what_a_way_needs_is_asked_for_beside_its_field(house: House, as_greta: Client) -> None:
    form = {
        **IMAP,
        "address": "help@kaisla.example",
        "brand": house.brand.pk,
        "imap_host": "",
        "imap_password": "",
    }
    answer = as_greta.post("/settings/mailboxes/new", form)
    assert answer.status_code == 422
    assert answer.content.decode().count("This is needed.") == 2


def test_an_address_serves_one_mailbox_in_the_installation(
    house: House, as_greta: Client, other_house: House, as_mallory: Client
) -> None:
    connect(house, as_greta)
    form = {**IMAP, "address": "help@kaisla.example", "brand": other_house.brand.pk}
    answer = as_mallory.post("/settings/mailboxes/new", form)
    assert answer.status_code == 409
    assert "connected already" in answer.content.decode()


def test_the_trial_connects_and_says_what_worked_and_what_did_not(
    house: House, as_greta: Client, smtp_port: int
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    box = connect(
        house,
        as_greta,
        imap_host="127.0.0.1",
        imap_port=closed,
        imap_security="none",
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_security="none",
        smtp_user="",
        smtp_password="",
    )
    page = as_greta.post(f"/settings/mailboxes/{box.pk}/test").content.decode()
    assert "nothing listens at this port" in page
    assert "The server takes mail from this mailbox." in page
    box = only_box(house)
    assert box.state == Connection.State.FAILING
    assert "cannot be read" in box.last_error
    assert "Failing" in as_greta.get("/settings/mailboxes").content.decode()


def test_a_mailbox_without_imap_waits_for_a_mail_server(
    house: House, as_greta: Client, smtp_port: int, settings: Settings
) -> None:
    settings.MAIL_LISTEN = settings.MAIL_URL = f"smtp://127.0.0.1:{smtp_port}"
    box = connect(house, as_greta, way_in="listen", way_out="installation")
    assert box.settings == {}
    page = as_greta.post(f"/settings/mailboxes/{box.pk}/test").content.decode()
    assert f"Ready at 127.0.0.1:{smtp_port}" in page
    assert only_box(house).state == Connection.State.WORKING


def test_a_mailbox_is_switched_off_and_on(house: House, as_greta: Client) -> None:
    box = connect(house, as_greta)
    as_greta.post(f"/settings/mailboxes/{box.pk}/switch")
    assert only_box(house).state == Connection.State.OFF
    as_greta.post(f"/settings/mailboxes/{box.pk}/switch")
    assert only_box(house).state == Connection.State.NEW


def test_mallory_and_agents_reach_no_mailbox(house: House, as_lars: Client, as_mallory: Client) -> None:
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example")
    for path in ("", "/test", "/switch"):
        assert as_mallory.post(f"/settings/mailboxes/{box.pk}{path}", IMAP).status_code == 404
        assert as_lars.post(f"/settings/mailboxes/{box.pk}{path}", IMAP).status_code == 403
    assert as_mallory.get(f"/settings/mailboxes/{box.pk}").status_code == 404
    assert as_lars.get("/settings/mailboxes").status_code == 403
    form = {**IMAP, "address": "mine@northbound.example", "brand": house.brand.pk}
    assert as_mallory.post("/settings/mailboxes/new", form).status_code == 422, "another workspace's brand"
    assert only_box(house).state == Connection.State.NEW
