"""Sending through the Postfix beside us, which encrypts with a certificate that it made itself, as Debian's does."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dragoman.ground.channels.email import send
from dragoman.ground.channels.email.tests.test_compose import outbound
from dragoman.kit.errors import Unavailable
from tests.serving import free_port


class Taker:
    """Keeps what comes in."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail."""
        assert session.ssl is not None
        self.mails.append(envelope.content)
        return "250 taken"


def self_made(folder: Path) -> ssl.SSLContext:
    """Return a server's context with a fresh self-signed certificate for another name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "debian")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    now = datetime.now(UTC)
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "server.pem"
    file.write_bytes(secret + pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return context


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Controller]:
    """A mail server that takes nothing unencrypted."""
    made = Controller(
        Taker(),
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=self_made(tmp_path),
        require_starttls=True,
    )
    made.start()
    yield made
    made.stop()


def test_the_server_beside_us_may_have_made_its_own_certificate(server: Controller) -> None:
    url = f"smtp://127.0.0.1:{server.port}"
    send.check({"url": url}, timeout=5)
    send.send_mail(outbound(), {"url": url})
    assert len(server.handler.mails) == 1


def test_a_server_elsewhere_may_not(server: Controller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "is_loopback", lambda _host: False)
    with pytest.raises(Unavailable, match="certificate verify failed"):
        send.check({"url": f"smtp://127.0.0.1:{server.port}"}, timeout=5)
    assert server.handler.mails == []
