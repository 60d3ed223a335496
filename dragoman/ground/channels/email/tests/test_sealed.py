"""Signed and encrypted mails: shown, checked against what the mailbox trusts, never believed for less."""

import base64
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from dragoman.ground.channels.email.compose import compose
from dragoman.ground.channels.email.dkim_key import dns_record, new_key, signature
from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.email.tests.mails import mail, multipart, read
from dragoman.ground.channels.email.tests.test_compose import outbound
from dragoman.ground.channels.email.verdicts import believed
from dragoman.ground.channels.ports import Inbound

PART = b"Content-Type: text/plain; charset=utf-8\r\n\r\nWhere is my order?\r\n"


def certificate(
    address: str, key: rsa.RSAPrivateKey, issuer: tuple[x509.Certificate, rsa.RSAPrivateKey] | None = None
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0].subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.RFC822Name(address)]), critical=False)
    )
    return built.sign(issuer[1] if issuer else key, hashes.SHA256())


def pem(found: x509.Certificate) -> str:
    return found.public_bytes(serialization.Encoding.PEM).decode()


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ROOT_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ROOT = certificate("root@ca.example", ROOT_KEY)
AINO = certificate("aino@example.fi", KEY, (ROOT, ROOT_KEY))
TRUST = {"smime_trust": pem(ROOT)}


def signed(*, opaque: bool, part: bytes = PART, shown: bytes | None = None) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(part).add_signer(AINO, KEY, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary] + ([] if opaque else [pkcs7.PKCS7Options.DetachedSignature])
    cms = base64.encodebytes(builder.sign(serialization.Encoding.DER, options))
    if opaque:
        head = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"
        return mail(cms, "Content-Transfer-Encoding: base64", Content_Type=head)
    body, kind = multipart(
        'signed; protocol="application/pkcs7-signature"; micalg=sha-256',
        (shown or part).rstrip(b"\r\n").replace(b"\r\n", b"\n") + b"\n",
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\n"
        + cms,
    )
    return mail(body, Content_Type=kind)


@pytest.mark.parametrize("opaque", [True, False])
def test_a_signature_that_fits_is_valid_only_where_somebody_vouches(opaque: bool) -> None:
    found = read(signed(opaque=opaque), secrets=TRUST)
    assert found.text == "Where is my order?"
    assert [(each.state, each.who) for each in found.seals] == [("valid", "aino@example.fi")]
    [seal] = read(signed(opaque=opaque)).seals
    assert (seal.state, "vouches" in seal.why) == ("signed", True)


def test_a_changed_text_is_told() -> None:
    found = read(signed(opaque=False, shown=PART.replace(b"order", b"money")), secrets=TRUST)
    assert [each.state for each in found.seals] == ["invalid"]
    assert "bad_signature" in found.marks


def test_somebody_elses_certificate_proves_nothing() -> None:
    found = read(
        signed(opaque=True).replace(b"aino@example.fi>\nTo", b"mallory@example.fi>\nTo"), secrets=TRUST
    )
    assert [each.state for each in found.seals] == ["invalid"]


def test_an_encrypted_mail_is_kept_told_and_opened_with_the_mailboxes_key() -> None:
    box_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    box = certificate("tuki@havu.example", box_key)
    cms = (
        pkcs7.PKCS7EnvelopeBuilder()
        .set_data(PART)
        .add_recipient(box)
        .encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])
    )
    data = mail(
        base64.encodebytes(cms),
        "Content-Transfer-Encoding: base64",
        Content_Type="application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
    )
    found = read(data)
    assert ("encrypted" in found.marks, [each.name for each in found.attachments]) == (True, ["smime.p7m"])
    secret = box_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    assert (
        read(data, secrets={"smime_key": secret, "smime_certificate": pem(box)}).text == "Where is my order?"
    )


DKIM = {"dkim_key": new_key(), "dkim_selector": "d", "dkim_domain": "havu.example"}


def in_dns(name: bytes) -> bytes:
    wanted, value = dns_record(DKIM)
    return value.encode() if name.decode().rstrip(".") == wanted else b""


def dkim_mail() -> bytes:
    into = BytesIO()
    compose(outbound(), into)
    return signature(into, DKIM) + into.getvalue()


def verdicts_of(data: bytes, **options: object) -> tuple[str, str, str]:
    [found] = [each for each in parse_mail(BytesIO(data), **options) if isinstance(each, Inbound)]  # type: ignore[arg-type]
    return found.verdicts.dkim, found.verdicts.domain, found.verdicts.source


def test_dkim_is_checked_here_only_where_asked_and_the_server_said_nothing() -> None:
    assert verdicts_of(dkim_mail(), ask=in_dns) == ("pass", "havu.example", "self")
    assert verdicts_of(dkim_mail()) == ("", "", "")
    assert verdicts_of(dkim_mail().replace(b"Subject: ", b"Subject: x"), ask=in_dns) == ("fail", "", "self")
    assert verdicts_of(dkim_mail(), ask=lambda _name: b"") == ("fail", "", "self")
    assert verdicts_of(mail("Hi\n"), ask=in_dns) == ("none", "", "self")


def test_only_the_topmost_verdict_of_our_own_server_counts() -> None:
    ours = "Authentication-Results: mx.havu.example 1; spf=pass smtp.mailfrom=example.fi;\n dkim=pass (2048-bit; rsa) header.d=example.fi; dmarc=pass header.from=example.fi"
    found = read(mail("Hi\n", ours), trusted="mx.havu.example").verdicts
    assert (found.spf, found.dkim, found.dmarc, found.domain, found.source) == (
        "pass",
        "pass",
        "pass",
        "example.fi",
        "server",
    )
    other = "Authentication-Results: mx.other.example; dmarc=fail header.from=example.fi"
    assert read(mail("Hi\n", other, ours), trusted="mx.havu.example").verdicts.source == ""
    assert believed({"imap_host": "imap.gmail.com"}) == "mx.google.com"
    assert believed({"imap_host": "imap.gmail.com", "authserv_id": "x"}) == "x"
    assert believed({"imap_host": "imap.example"}) == ""
