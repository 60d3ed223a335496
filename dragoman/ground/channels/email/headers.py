"""The header block of a mail or of one of its parts, read from bytes without ever refusing."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dragoman.ground.channels.email.charset import clean, decode
from dragoman.ground.channels.email.words import decode_words, read_parameter

MAX_VALUE = 64 * 1024
# Content types as some programs shorten or misspell them.
SHORT_TYPES = {
    "text": "text/plain", "plain": "text/plain", "plain/text": "text/plain", "html": "text/html",
    "text/htm": "text/html", "text/plain-text": "text/plain", "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg", "image/x-png": "image/png", "multipart": "multipart/mixed",
    "application/x-pkcs7-mime": "application/pkcs7-mime", "message/global": "message/rfc822",
    "application/x-pkcs7-signature": "application/pkcs7-signature", "application/vnd.ms-tnef": "application/ms-tnef",
}  # fmt: skip
FIELD_NAME = re.compile(rb"^([!-9;-~]{1,80})[ \t]*:(.*)$", re.DOTALL)


@dataclass
class Headers:
    """Fields in order as (lower-case name, raw value); `fallback` is the charset of raw 8-bit values."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    fallback: str = ""
    default_type: str = "text/plain"
    _read: dict[tuple[bytes, str], str] = field(default_factory=dict, repr=False, compare=False)

    def all(self, name: str) -> list[str]:
        """Return every value of `name`, unfolded, encoded words left alone."""
        return [self._plain(value) for key, value in self.fields if key == name]

    def get(self, name: str) -> str:
        """Return the first value of `name` as it stands, or ""."""
        for key, value in self.fields:
            if key == name:
                return self._plain(value)
        return ""

    def text(self, name: str) -> str:
        """Return the first value of `name` for people: encoded words decoded, blanks collapsed."""
        return " ".join(decode_words(self.get(name)).split())

    def __contains__(self, name: str) -> bool:
        return name in [key for key, _value in self.fields]

    def _plain(self, value: bytes) -> str:
        """Decode a value once, however often it is asked for."""
        known = self._read.get((value, self.fallback))
        if known is None:
            known = self._read[value, self.fallback] = self._decoded(value[:MAX_VALUE])
        return known

    def _decoded(self, value: bytes) -> str:
        if value.isascii() and (plain := value.decode("ascii")).isprintable():
            return plain.strip()
        text, mended = decode(value, "")
        if mended and self.fallback:
            text, _ = decode(value, self.fallback)
        return clean(text).replace("\n", " ").strip()

    @property
    def content_type(self) -> str:
        """Return `main/sub` in lower case; what cannot be read is text/plain, as RFC 2045 says."""
        if "content-type" not in self:
            return self.default_type
        word = re.split(r"[\s;,(]", self.get("content-type").strip().strip("\"'"), maxsplit=1)[0].lower()
        word = SHORT_TYPES.get(word, word).strip("\"'")
        if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,80}", word):
            return word
        return "application/octet-stream" if word and self.is_base64 else "text/plain"

    @property
    def is_base64(self) -> bool:
        """Say whether the body comes as base64."""
        return "base64" in self.get("content-transfer-encoding").lower()

    def parameter(self, name: str, wanted: str) -> str:
        """Return one parameter of header `name` (RFC 2231 and encoded words understood), or ""."""
        return read_parameter(self.get(name), wanted)

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
