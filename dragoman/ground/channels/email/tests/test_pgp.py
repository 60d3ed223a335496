"""OpenPGP: a signature is believed only if it fits, and the key is the sender's, known and within its dates."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from pysequoia import Cert, SignatureMode, Tsk, sign
from pysequoia.packet import PacketPile

from dragoman.ground.channels.email import pgp
from dragoman.ground.channels.email.tests.mails import mail, multipart, read
from dragoman.ground.channels.ports import Inbound

PART = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nMiss\xc3\xa4 on tilaukseni?\r\n"
WORDS = "Missä on tilaukseni?\n- 2 paitaa\n\n-- \nAino\n"


@cache
def made_for(owner: str) -> Tsk:
    return Tsk.generate(user_id=owner)


def pair(owner: str = "Aino <aino@example.fi>") -> Tsk:
    return made_for(owner)


def trusting(*certs: Cert) -> dict[str, str]:
    return {"pgp_keys": "\n".join(str(each) for each in certs)}


def public(owner: str = "Aino <aino@example.fi>") -> Cert:
    return pair(owner).extract_certificate()


def mime(shown: bytes = PART, *, by: Tsk | None = None) -> bytes:
    made = sign((by or pair()).signer(), PART, mode=SignatureMode.DETACHED)
    body, kind = multipart(
        'signed; protocol="application/pgp-signature"; micalg=pgp-sha512',
        shown.replace(b"\r\n", b"\n"),
        b"Content-Type: application/pgp-signature; name=signature.asc\n\n" + made,
    )
    return mail(body, Content_Type=kind)


def inline(words: str = WORDS, *, by: Tsk | None = None) -> bytes:
    made = sign((by or pair()).signer(), words.encode(), mode=SignatureMode.CLEAR)
    return mail(made, "Content-Transfer-Encoding: 8bit", Content_Type="text/plain; charset=utf-8")


def judged(found: Inbound) -> tuple[list[str], list[str]]:
    return [each.state for each in found.seals], [each for each in found.marks if "sign" in each]


WAYS = pytest.mark.parametrize("made", [mime, inline])


@WAYS
def test_a_fitting_signature_of_a_known_key_is_valid(made: Callable[..., bytes]) -> None:
    found = read(made(), secrets=trusting(public("Mallory <m@example.com>"), public()))
    assert judged(found) == (["valid"], ["signed"])
    assert found.seals[0].who == "aino@example.fi"
    assert "Missä on tilaukseni?" in found.text
    assert "PGP" not in found.text + found.quoted


@WAYS
def test_an_unknown_key_proves_nothing(made: Callable[..., bytes]) -> None:
    assert judged(read(made())) == (["signed"], ["unproven_signature"])
    other = trusting(public("Mallory <m@example.com>"))
    assert judged(read(made(), secrets=other)) == (["signed"], ["unproven_signature"])


@WAYS
def test_another_key_than_the_senders_known_one_is_told(made: Callable[..., bytes]) -> None:
    forged = made(by=pair("Aino (me, truly) <aino@example.fi>"))
    found = read(forged, secrets=trusting(public()))
    assert judged(found) == (["invalid"], ["bad_signature"])
    assert "another key" in found.seals[0].why


@WAYS
def test_a_known_key_of_somebody_else_does_not_speak_for_the_sender(made: Callable[..., bytes]) -> None:
    mallory = "Mallory <m@example.com>"
    found = read(made(by=pair(mallory)), secrets=trusting(public(mallory)))
    assert judged(found) == (["invalid"], ["bad_signature"])


@WAYS
def test_a_changed_text_is_told(made: Callable[..., bytes]) -> None:
    altered = made().replace(b"tilaukseni", b"rahani")
    found = read(altered, secrets=trusting(public()))
    assert judged(found) == (["invalid"], ["bad_signature"])
    assert "changed" in found.seals[0].why


@WAYS
def test_an_expired_or_revoked_key_is_told(made: Callable[..., bytes]) -> None:
    past = public().set_expiration(datetime.now(UTC) - timedelta(seconds=5), pair().certifier())
    assert judged(read(made(), secrets=trusting(past))) == (["expired"], ["expired_signature"])
    packets = list(PacketPile.from_bytes(bytes(public())))
    revocation = list(PacketPile.from_bytes(bytes(public().revoke(pair().certifier()))))
    revoked = Cert.from_packets([packets[0], *revocation, *packets[1:]])
    assert judged(read(made(), secrets=trusting(revoked))) == (["expired"], ["expired_signature"])


def test_words_beside_a_signed_text_are_not_signed() -> None:
    data = inline().replace(
        b"-----BEGIN PGP SIGNED", b"Please pay to my new account.\n\n-----BEGIN PGP SIGNED"
    )
    found = read(data, secrets=trusting(public()))
    assert judged(found) == (["signed"], ["unproven_signature"])
    assert "new account" in found.text


def test_a_signed_part_beside_an_unsigned_one_does_not_vouch_for_it() -> None:
    inner = mime().split(b"\n\n", 1)[1]
    kind = b'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary="b0"\n\n'
    body, outer = multipart("mixed", "Content-Type: text/plain\n\nPay me.\n", kind + inner, boundary="out")
    found = read(mail(body, Content_Type=outer), secrets=trusting(public()))
    assert judged(found) == (["signed"], ["unproven_signature"])


def test_a_page_shown_instead_of_the_signed_words_is_not_signed() -> None:
    words = inline().split(b"\n\n", 1)[1]
    body, kind = multipart(
        "alternative",
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + words,
        "Content-Type: text/html\n\n<p>Pay me</p>",
    )
    found = read(mail(body, Content_Type=kind), secrets=trusting(public()))
    assert judged(found) == (["signed"], ["unproven_signature"])


def test_a_clearsigned_answer_folds_its_quotation() -> None:
    found = read(inline("Yes please.\n\nOn 1 May 2025, Shop <tuki@havu.example> wrote:\n> Shall we?\n"))
    assert (found.text, "Shall we?" in found.quoted) == ("Yes please.", True)


@pytest.mark.parametrize(
    "junk", [b"", b"\0" * 50, b"-----BEGIN PGP SIGNATURE-----\n\nxx\n-----END PGP SIGNATURE-----"]
)
def test_a_broken_signature_is_told_as_unread(junk: bytes) -> None:
    seal = pgp.check_detached(junk, PART, sender="aino@example.fi", secrets=trusting(public()))
    assert (seal.state, seal.why) == ("signed", "it cannot be read")


def test_keys_are_read_each_once_and_private_ones_refused() -> None:
    text = f"My key:\n{public()}\n{public()}\nhers:\n{public('Mallory <m@example.com>')}"
    assert [key.addresses for key in pgp.read_keys(text)] == [{"aino@example.fi"}, {"m@example.com"}]
    for wrong in ("", "no key", str(pair())):
        with pytest.raises(pgp.NoKey):
            pgp.read_keys(wrong)
