"""A card, an account, a national id, a password and a key that customers send stand nowhere but in sealed envelopes."""

import io
import json
import logging
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from dragoman.core.connections.actions import add_mailbox
from dragoman.core.conversations.actions import envelopes
from dragoman.core.conversations.models import Envelope, Message
from dragoman.front.portal.chat import door
from dragoman.front.portal.chat.tests.conftest import Widget
from dragoman.kit import workspace
from tests.people import House, a_house, settle

pytestmark = pytest.mark.django_db(transaction=True)

SECRETS = {
    "card": "4111 1111 1111 1111",
    "iban": "FI21 1234 5600 0007 85",
    "national_id": "131052-308T",
    "password": "hunter2Xq",
    "token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
}
TEXT = (
    "Hello, order KSL-20418. My card {card} was charged, refund to {iban}. My hetu is {national_id}, "
    "my password is {password} and the key {token}."
).format(**SECRETS)
# however a column or a log line writes them
PIECES = ["41111111", "4111 1111", "FI21 1234", "FI21123456", "131052", "hunter2", "ghp_16C7"]


@pytest.fixture
def house(settings, tmp_path: Path) -> House:  # type: ignore[no-untyped-def]
    settings.MAIL_URL = f"folder://{tmp_path}/outbox"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    cache.clear()
    door._brands.forget()
    return a_house()


def _by_mail(house: House) -> None:
    raw = (
        f"From: {SECRETS['card']} <anna@home.example>\nTo: help@kaisla.example\nSubject: {SECRETS['card']}\n"
        "Message-ID: <1@home.example>\nContent-Type: multipart/mixed; boundary=b\n\n"
        f"--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\n{TEXT}\n\n> {TEXT}\n"
        f"--c\nContent-Type: text/html\n\n<p>{TEXT.replace('1111 1111', '<b>1111</b>&nbsp;1111')}</p>\n--c--\n"
        f'--b\nContent-Type: image/png\nContent-Disposition: attachment; filename="{SECRETS["card"]}.png"\n\nx\n--b--\n'
    )
    with house.acting():
        box = add_mailbox(house.brand, address="help@kaisla.example")
        envelopes.open_envelope(
            envelopes.store_envelope("email", f"email:{box.pk}", io.BytesIO(raw.encode()))
        )


def _by_api(house: House, **more: str) -> None:
    body = {
        "channel": "api",
        "external_id": f"e{len(more)}",
        "from": {"email": "anna@home.example"},
        "text": TEXT,
    }
    answer = Client().post(
        "/api/v1/messages",
        json.dumps({**body, "subject": SECRETS["iban"], "html": f"<p>{TEXT}</p>"}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {house.token}", **more},
    )
    assert answer.status_code == 201, answer.content


def _by_chat() -> None:
    widget = Widget()
    assert widget.write(TEXT, name=SECRETS["card"], order=SECRETS["card"]).status_code == 201
    assert not any(piece in json.dumps(widget.thread()) for piece in PIECES)


def _left() -> dict[str, list[str]]:
    """Return, of every column of every table, the rows that hold a piece of a secret."""
    found: dict[str, list[str]] = {}
    with workspace.everywhere(reason="test"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT t::text FROM {table} t WHERE t::text ~* %s", ["|".join(PIECES)])
            rows = [row[:400] for (row,) in cursor.fetchall()]
            if rows:
                found[table] = rows
    return found


def test_what_is_masked_is_found_nowhere(house: House, caplog, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    caplog.set_level(logging.DEBUG)
    _by_mail(house)
    _by_api(house)
    _by_api(house, **{"Idempotency-Key": "once"})
    _by_chat()
    settle()
    assert _left() == {}
    assert not any(piece in caplog.text for piece in PIECES)
    said = "".join(capsys.readouterr())
    assert not any(piece in said for piece in PIECES)
    files = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert files
    assert not any(piece.encode() in path.read_bytes() for path in files for piece in PIECES)
    with house.acting():
        messages = list(Message.objects.filter(direction="in").order_by("pk"))
        assert len(messages) == 4
        for message in messages:
            assert {kind: f"[{kind}]" in message.text for kind in SECRETS} == dict.fromkeys(SECRETS, True)
            assert "KSL-20418" in message.text
            assert set(message.meta["masked"]) == set(SECRETS)
            # whoever may can still read it word for word
            envelope = Envelope.objects.get(pk=message.envelope_id)
            assert envelope.masked
            assert b"hunter2Xq" in envelopes.read_envelope(envelope, agent=house.greta)
