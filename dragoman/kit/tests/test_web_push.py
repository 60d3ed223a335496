"""Web push against the RFC's own example, and read back as a browser would."""

import json
import os

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from dragoman.kit import web_push
from dragoman.kit.web_push import CURVE, MOST, Keys, decode, encode

# RFC 8291, section 5 and appendix A
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def read(body: bytes, key: ec.EllipticCurvePrivateKey, auth: bytes) -> bytes:
    """Open a message as the browser does, written from RFC 8188 and 8291 and not from our code."""
    salt, length = body[:16], body[20]
    sender, sealed = body[21 : 21 + length], body[21 + length :]
    ours = web_push.public_point(key)
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))

    def derive(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
        return HKDF(hashes.SHA256(), size, salt, info).derive(secret)

    ikm = derive(shared, auth, b"WebPush: info\x00" + ours + sender, 32)
    cek = derive(ikm, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derive(ikm, salt, b"Content-Encoding: nonce\x00", 12)
    opened = AESGCM(cek).decrypt(nonce, sealed, None)
    return opened.rstrip(b"\x00").removesuffix(b"\x02")


def test_the_example_of_the_rfc_comes_out_byte_for_byte():
    sender = ec.derive_private_key(int.from_bytes(decode(SENDER)), CURVE)
    body = web_push.encrypt(PLAIN, web_push.keys_of(RECEIVER, AUTH), salt=decode(SALT), sender=sender)
    assert encode(body) == BODY


@given(st.binary(max_size=MOST).filter(lambda content: not content.endswith(b"\x02")))
def test_what_is_sent_is_what_the_browser_reads(content: bytes):
    key, auth = ec.generate_private_key(CURVE), os.urandom(16)
    body = web_push.encrypt(content, Keys(web_push.public_point(key), auth))
    assert len(body) <= 4096
    assert read(body, key, auth) == content


def test_the_token_names_the_services_origin_and_is_signed_by_the_key_beside_it():
    key = web_push.private_key(b"7" * 32)
    header = web_push.authorization(
        "https://push.example:8443/a/b?c", key, subject="mailto:desk@shop.example", expires=1_800_000_000
    )
    scheme, _, rest = header.partition(" ")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = fields["t"].split(".")
    assert scheme == "vapid"
    assert json.loads(decode(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(decode(claims)) == {
        "aud": "https://push.example:8443",
        "exp": 1_800_000_000,
        "sub": "mailto:desk@shop.example",
    }
    raw = decode(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decode(fields["k"]))
    whole = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(whole, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    assert public.public_numbers() == key.public_key().public_numbers()


def test_the_same_secret_is_the_same_key_and_another_is_another():
    point = web_push.public_point(web_push.private_key(b"a" * 32))
    assert web_push.public_point(web_push.private_key(b"a" * 32)) == point
    assert web_push.public_point(web_push.private_key(b"b" * 32)) != point


@pytest.mark.parametrize(("point", "auth"), [("", ""), (RECEIVER, "AA"), ("AAAA", AUTH), ("!!", AUTH)])
def test_what_are_no_keys_is_refused(point: str, auth: str):
    with pytest.raises(ValueError):
        web_push.keys_of(point, auth)


def test_too_much_is_refused():
    key = web_push.public_point(ec.generate_private_key(CURVE))
    with pytest.raises(ValueError):
        web_push.encrypt(b"x" * (MOST + 1), Keys(key, b"0" * 16))
