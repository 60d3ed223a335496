"""Small mails made on the spot, for tests about one oddity each."""

from io import BytesIO
from typing import Any

from dragoman.ground.channels.email.parse import parse_mail
from dragoman.ground.channels.ports import Inbound, Receipt

PEOPLE = {
    "From": "Aino <aino@example.fi>",
    "To": "tuki@havu.example",
    "Subject": "Hello",
    "Message-ID": "<1@example.fi>",
    "Date": "Fri, 6 Jun 2025 10:00:00 +0300",
}


def mail(body: str | bytes = "Hi\n", *extra: str, **fields: str | None) -> bytes:
    """Return a mail; `fields` replace headers (`_` is `-`, None leaves one out), `extra` are raw header lines."""
    wanted: dict[str, str | None] = {
        **PEOPLE,
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    lines = [*extra, *(f"{name}: {value}" for name, value in wanted.items() if value is not None)]
    head = "\n".join(lines).encode("utf-8", "surrogateescape")
    return head + b"\n\n" + (body if isinstance(body, bytes) else body.encode())


def multipart(kind: str, *parts: str | bytes, boundary: str = "b0") -> tuple[bytes, str]:
    """Return (body, Content-Type) of a multipart; each part has its own headers."""
    pieces = [
        b"--" + boundary.encode() + b"\n" + (part if isinstance(part, bytes) else part.encode())
        for part in parts
    ]
    return b"\n".join(
        pieces
    ) + b"\n--" + boundary.encode() + b"--\n", f'multipart/{kind}; boundary="{boundary}"'


def facts(data: bytes, **options: Any) -> tuple[Inbound, list[Receipt]]:
    """Return the one message and the receipts a mail becomes."""
    found = list(parse_mail(BytesIO(data), **options))
    [inbound] = [each for each in found if isinstance(each, Inbound)]
    return inbound, [each for each in found if isinstance(each, Receipt)]


def read(data: bytes, **options: Any) -> Inbound:
    """Return the message a mail becomes."""
    return facts(data, **options)[0]
