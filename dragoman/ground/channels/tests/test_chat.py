"""The chat's envelope, session token and signed identity."""

import io
import json

import pytest

from dragoman.ground.channels.chat import (
    Session,
    chat,
    handle_of,
    identity_signature,
    is_signed_by,
    read_session,
    sign_session,
)
from dragoman.ground.channels.ports import Inbound
from dragoman.kit.errors import Forged

SOMCHAI = Session(7, "kaisla", "a" * 32, "somchai@example.com", "สมชาย", "")


def _parse(raw: bytes) -> Inbound:
    (found,) = chat.parse(io.BytesIO(raw))
    assert isinstance(found, Inbound)
    return found


def test_an_envelope_gives_back_what_the_shopper_wrote() -> None:
    body = {
        "external_id": "4f1d",
        "handle": "a" * 32,
        "text": "โคมไฟของฉันอยู่ที่ไหน",
        "locale": "th",
        "sent_at": "2026-11-23T08:00:00+00:00",
    }
    found = _parse(json.dumps(body).encode())
    assert (found.external_id, found.sender.value, found.language_hint) == ("4f1d", "a" * 32, "th")
    assert found.text == "โคมไฟของฉันอยู่ที่ไหน"
    assert found.marks == ()
    assert found.sent_at is not None


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"[1, 2]", b'"text"', b"{", b"[" * 100_000, b"null"])
def test_junk_is_kept_and_marked(raw: bytes) -> None:
    found = _parse(raw)
    assert "unreadable" in found.marks
    assert "\x00" not in found.text
    assert found.external_id == _parse(raw).external_id


@pytest.mark.parametrize("value", [1, None, ["a"], {"a": 1}])
def test_a_field_of_the_wrong_kind_is_read_as_absent(value: object) -> None:
    found = _parse(json.dumps({"external_id": value, "handle": "h", "text": value}).encode())
    assert found.text == ""
    assert found.external_id.startswith("invented-")


def test_a_session_survives_its_token() -> None:
    assert read_session(sign_session(SOMCHAI), brand="kaisla") == SOMCHAI


def test_a_session_of_another_brand_or_a_changed_one_is_refused() -> None:
    token = sign_session(SOMCHAI)
    with pytest.raises(Forged):
        read_session(token, brand="northbound")
    with pytest.raises(Forged):
        read_session(token[:-2] + "xx", brand="kaisla")
    with pytest.raises(Forged):
        read_session("", brand="kaisla")


def test_the_same_visitor_gets_the_same_thread_and_no_other_does() -> None:
    first = handle_of(7, "kaisla", "visitor:abc")
    assert first == handle_of(7, "kaisla", "visitor:abc")
    assert len({first, handle_of(8, "kaisla", "visitor:abc"), handle_of(7, "kaisla", "email:abc")}) == 3


def test_an_identity_counts_only_with_the_shops_signature() -> None:
    who = {
        "brand": "kaisla",
        "email": "aino@example.com",
        "name": "Aino",
        "phone": "",
        "expires": 1_800_000_000,
    }
    signature = identity_signature("secret", **who)  # type: ignore[arg-type]
    assert is_signed_by("secret", signature=signature, **who)  # type: ignore[arg-type]
    assert not is_signed_by("other", signature=signature, **who)  # type: ignore[arg-type]
    assert not is_signed_by("", signature=identity_signature("", **who), **who)  # type: ignore[arg-type]
    assert not is_signed_by("secret", signature=signature, **{**who, "email": "mallory@example.com"})  # type: ignore[arg-type]


def test_fields_cannot_be_shifted_into_one_another() -> None:
    shifted = {"brand": "kaisla", "email": "aino@example.com\nAino", "name": "", "phone": "", "expires": 1}
    signature = identity_signature("secret", **shifted)  # type: ignore[arg-type]
    assert not is_signed_by("secret", signature=signature, **shifted)  # type: ignore[arg-type]
