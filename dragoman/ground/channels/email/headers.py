"""The header block of a mail or of one of its parts, read from bytes without ever refusing."""

import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from dragoman.ground.channels.email.charset import clean, decode

MAX_VALUE = 64 * 1024
ENCODED_WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
FIELD_NAME = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:(.*)$", re.DOTALL)
PARAMETER = re.compile(r";\s*([\w*-]+)\s*=\s*(\"[^\"]*\"|[^;\s]+)")
# What the standard library's parameter reader raises on nonsense, seen in fuzzing.
BAD_PARAMETER = (ValueError, LookupError, TypeError, AttributeError)


@dataclass
class Headers:
    """Fields in order as (lower-case name, raw value); `fallback` is the charset of raw 8-bit values."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    fallback: str = ""
    default_type: str = "text/plain"

    def all(self, name: str) -> list[str]:
        """Return every value of `name`, unfolded, encoded words left alone."""
        return [self._plain(value) for key, value in self.fields if key == name]

    def get(self, name: str) -> str:
        """Return the first value of `name` as it stands, or ""."""
        return next((self._plain(value) for key, value in self.fields if key == name), "")

    def text(self, name: str) -> str:
        """Return the first value of `name` for people: encoded words decoded, blanks collapsed."""
        return " ".join(decode_words(self.get(name)).split())

    def __contains__(self, name: str) -> bool:
        return any(key == name for key, _ in self.fields)

    def _plain(self, value: bytes) -> str:
        value = value[:MAX_VALUE]
        text, mended = decode(value, "")
        if mended and self.fallback:
            text, _ = decode(value, self.fallback)
        return clean(text).replace("\n", " ").strip()

    @property
    def content_type(self) -> str:
        """Return `main/sub` in lower case; what cannot be read is text/plain, as RFC 2045 says."""
        if "content-type" not in self:
            return self.default_type
        word = self.get("content-type").split(";")[0].strip().strip("\"'").lower()
        if word == "text":
            return "text/plain"
        if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", word):
            return word
        return "application/octet-stream" if word and self.is_base64 else "text/plain"

    @property
    def is_base64(self) -> bool:
        """Say whether the body comes as base64."""
        return "base64" in self.get("content-transfer-encoding").lower()

    def parameter(self, name: str, wanted: str) -> str:
        """Return one parameter of header `name` (RFC 2231 and encoded words understood), or ""."""
        value = self.get(name)
        if ";" not in value:
            return ""
        carrier = Message()
        try:
            carrier[name] = value
            found = carrier.get_param(wanted, "", header=name)
            if isinstance(found, tuple):
                charset, _, raw = found
                found, _ = decode(raw.encode("latin-1", "replace"), charset or "")
            return decode_words(str(found)).strip()
        except BAD_PARAMETER:
            pairs = {key.lower(): word.strip('"') for key, word in PARAMETER.findall(value)}
            return decode_words(pairs.get(wanted, "")).strip()

    @property
    def disposition(self) -> str:
        """Return `inline`, `attachment` or ""."""
        word = self.get("content-disposition").split(";")[0].strip().lower()
        return word if word in ("inline", "attachment") else ("attachment" if word else "")

    @property
    def file_name(self) -> str:
        """Return the name the sender gave the file, decoded, or ""."""
        return self.parameter("content-disposition", "filename") or self.parameter("content-type", "name")

    @property
    def date(self) -> datetime | None:
        """Return the Date header in UTC, or None where it is missing or impossible."""
        try:
            found = parsedate_to_datetime(self.get("date"))
            found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
        return found if 1980 <= found.year <= 2200 else None


def split_fields(lines: list[bytes]) -> list[tuple[str, bytes]]:
    """Turn header lines into fields; continuations are joined, lines that are no field are dropped."""
    fields: list[tuple[str, bytes]] = []
    for line in lines:
        line = line.rstrip(b"\r\n")
        if line[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            if len(value) < MAX_VALUE:
                fields[-1] = (name, value + b" " + line.strip())
        elif match := FIELD_NAME.match(line):
            fields.append((match[1].decode("ascii").lower(), match[2].strip()))
    return fields


def is_field(line: bytes) -> bool:
    """Say whether a line can belong to a header block."""
    return line[:1] in (b" ", b"\t") or FIELD_NAME.match(line) is not None


def decode_words(value: str) -> str:
    """Decode RFC 2047 words wherever they stand; neighbours are joined as bytes, so a split letter heals."""
    pieces: list[tuple[str, str | None, bytes]] = []
    end = 0
    for match in ENCODED_WORD.finditer(value):
        between = value[end : match.start()]
        charset, data = match[1].lower(), _word_bytes(match[2].lower(), match[3])
        joins = bool(pieces) and not between.strip()
        if joins and pieces[-1][1] == charset and charset != "iso-2022-jp":
            pieces[-1] = (pieces[-1][0], charset, pieces[-1][2] + data)
        else:
            pieces.append(("" if joins else between, charset, data))
        end = match.end()
    if not pieces:
        return value
    text = "".join(before + (decode(data, charset)[0] if charset else "") for before, charset, data in pieces)
    return clean(text + value[end:])


def _word_bytes(how: str, content: str) -> bytes:
    """Return the bytes of one encoded word; blanks, missing padding and stray letters are forgiven."""
    raw = content.encode("utf-8", "replace")
    if how == "q":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    raw = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    if len(raw) % 4 == 1:
        raw = raw[:-1]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
