"""Our signature holds where any other verifier looks at it, and a key that cannot sign stops the mail."""

from io import BytesIO

import dkim
import pytest

from dragoman.ground.channels.email.compose import compose
from dragoman.ground.channels.email.dkim_key import dns_record, new_key, signature
from dragoman.ground.channels.email.tests.test_compose import attached, outbound
from dragoman.kit.errors import Rejected

SECRETS = {"dkim_key": new_key(), "dkim_selector": "dragoman", "dkim_domain": "havu.example"}


def signed(secrets: dict[str, str]) -> bytes:
    into = BytesIO()
    compose(outbound(attachments=[attached("a.bin", b"\0\n\n" * 5000)]), into)
    return signature(into, secrets) + into.getvalue()


def in_dns(name: bytes, timeout: int = 5) -> bytes:
    wanted, value = dns_record(SECRETS)
    return value.encode() if name.decode().rstrip(".") == wanted else b""


def test_a_signed_mail_verifies_with_the_record_we_tell_people_to_publish() -> None:
    assert dkim.verify(signed(SECRETS), dnsfunc=in_dns)


def test_a_changed_subject_or_a_second_sender_breaks_the_signature() -> None:
    mail = signed(SECRETS)
    assert not dkim.verify(mail.replace(b"Subject: ", b"Subject: x"), dnsfunc=in_dns)
    assert not dkim.verify(mail.replace(b"\r\nTo: ", b"\r\nFrom: evil@x.example\r\nTo: "), dnsfunc=in_dns)


def test_no_key_means_no_signature() -> None:
    assert signature(BytesIO(b"a: b\r\n\r\n"), {}) == b""


@pytest.mark.parametrize(
    "broken", [{"dkim_key": "nonsense"}, {"dkim_selector": ""}, {"dkim_domain": ""}, {"dkim_key": "ключ"}]
)
def test_a_key_that_cannot_sign_stops_the_mail(broken: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        signed({**SECRETS, **broken})
