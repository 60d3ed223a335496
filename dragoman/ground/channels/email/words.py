"""Encoded words (RFC 2047) and parameters (RFC 2231) as programs really write them: broken in every known way."""

import binascii
import re
from urllib.parse import unquote_to_bytes

from dragoman.ground.channels.email.charset import clean, codec_for, decode

# The content may hold blanks and lone question marks; the ending may be missing at the end of a value.
ENCODED_WORD = re.compile(
    r"=\?([^?\s*]{0,60})(?:\*[^?\s]{0,20})?\?\s?([bBqQ])\s?\?"
    r"((?:(?!=\?[^?\s]{1,60}\?[bBqQ]\?)[^?]|\?(?!=))*)(?:\?=|(?==\?[^?\s]{1,60}\?[bBqQ]\?)|$)"
)
STATEFUL = ("iso-2022", "hz", "utf-7", "unicode-1-1-utf-7")
MAX_NESTED = 2
MAX_SECTIONS = 100
PAIR = re.compile(r"[;\s]*([\w.*-]{1,60})\s*=(?:=(?!\?))*\s*")
GAP = re.compile(r"[;\s]")
NEXT = re.compile(r";|\s(?=[\w*-]{1,40}\s?=(?![?=]))")
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")


def decode_words(value: str) -> str:
    """Decode encoded words wherever they stand; neighbours are joined as bytes, so a split letter heals."""
    for _ in range(MAX_NESTED):
        if "=?" not in value:
            break
        decoded = _decode_once(value)
        if decoded == value:
            break
        value = decoded
    return value


def _decode_once(value: str) -> str:
    pieces: list[tuple[str, str | None, bytes]] = []
    end = 0
    for match in ENCODED_WORD.finditer(value):
        between = value[end : match.start()]
        charset, data = match[1].lower(), _word_bytes(match[2].lower(), match[3])
        joins = bool(pieces) and not between.strip()
        if joins and pieces[-1][1] == charset and not _is_whole(charset, pieces[-1][2]):
            pieces[-1] = (pieces[-1][0], charset, pieces[-1][2] + data)
        else:
            pieces.append(("" if joins else between, charset, data))
        end = match.end()
    if not pieces:
        return value
    text = "".join(before + decode(data, charset or "")[0] for before, charset, data in pieces)
    return clean(text + value[end:])


def _is_whole(charset: str, data: bytes) -> bool:
    """Words of a stateful charset stand alone, unless the first stops in the middle of its state."""
    if not charset.startswith(STATEFUL):
        return False
    return b"\x1b$" not in data or data.rfind(b"\x1b(") > data.rfind(b"\x1b$")


def _word_bytes(how: str, content: str) -> bytes:
    """Return the bytes of one encoded word; blanks, missing padding and stray letters are forgiven."""
    raw = content.encode("utf-8", "replace")
    if how == "q":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    if b"=" in raw.rstrip(b"= "):
        # Several words pasted together: each has its own padding.
        return b"".join(_base64(piece) for piece in re.split(rb"=+", raw))
    return _base64(raw)


def _base64(raw: bytes) -> bytes:
    raw = re.sub(rb"[^A-Za-z0-9+/]", b"", raw.replace(b"-", b"+").replace(b"_", b"/"))
    if len(raw) % 4 == 1:
        raw = raw[:-1]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))


def read_parameter(value: str, wanted: str) -> str:
    """Return one parameter of a structured header value, decoded, or "".

    Understood: RFC 2231 with and without sections, in any order, with parts missing; encoded words in or out of
    quotes; a missing semicolon, quote or charset; names percent-encoded as browsers do.
    """
    plain, sections = "", dict[int, tuple[str, bool]]()
    for name, word in _pairs(value):
        base, star, rest = name.partition("*")
        if base != wanted:
            continue
        if not star:
            plain = plain or word
            continue
        number = rest.rstrip("*")
        place = int(number) if number.isdecimal() and number.isascii() and len(number) < 4 else 0
        if len(sections) < MAX_SECTIONS:
            sections.setdefault(place, (word, rest.endswith("*") or rest == ""))
    extended = _joined([sections[place] for place in sorted(sections)])
    found = extended or plain
    if not extended and PERCENT.search(found) and wanted in ("filename", "name"):
        found = _unpercented(found)
    return clean(decode_words(found)).strip()


def _pairs(value: str) -> list[tuple[str, str]]:
    """Return the `name=value` pairs behind the first word, names in lower case."""
    pairs: list[tuple[str, str]] = []
    at = len(re.split(r"[;\s]", value.lstrip(), maxsplit=1)[0]) + len(value) - len(value.lstrip())
    while at < len(value) and len(pairs) < MAX_SECTIONS * 2:
        found = PAIR.match(value, at)
        if found is None:
            skip = GAP.search(value, at + 1)
            if skip is None:
                break
            at = skip.end()
            continue
        word, at = _value(value, found.end())
        pairs.append((found[1].lower(), word))
    return pairs


def _value(value: str, at: int) -> tuple[str, int]:
    """Read one value from `at`: quoted with escapes, an encoded word, or up to the next semicolon."""
    if value[at : at + 1] in ('"', "'") and (close := _closing(value, at)) > at:
        inner = value[at + 1 : close]
        # A backslash in a Windows path is no escape.
        return re.sub(r'\\(["\\])', r"\1", inner), close + 1
    following = NEXT.search(value, at)
    end = following.start() if following else len(value)
    return value[at:end].strip().strip('"'), end


def _closing(value: str, at: int) -> int:
    """Return where the quote at `at` closes, or -1."""
    quote, place = value[at], at + 1
    last = len(value.rstrip()) - 1
    for _ in range(MAX_SECTIONS):
        place = value.find(quote, place)
        if place < 0:
            return -1
        back = place - 1
        while back > at and value[back] == "\\" and place - back < MAX_SECTIONS:
            back -= 1
        if (place - back) % 2 == 1 or place == last:
            return place
        place += 1
    return -1


def _joined(sections: list[tuple[str, bool]]) -> str:
    """Put sections together; the charset stands in the first, each may be percent-encoded or not."""
    if not sections:
        return ""
    first, is_encoded = sections[0]
    charset = ""
    if is_encoded and first.count("'") >= 1:
        label, _, rest = first.partition("'")
        if codec_for(label) or not label:
            charset = label
            first = rest.partition("'")[2] if "'" in rest[:20] else rest
            sections = [(first, True), *sections[1:]]
    data = b"".join(
        unquote_to_bytes(word) if encoded else word.encode("utf-8", "replace") for word, encoded in sections
    )
    return decode(data, charset)[0]


def _unpercented(name: str) -> str:
    """Undo percent-encoding where the result is certain: valid UTF-8 beyond ASCII."""
    data = unquote_to_bytes(name)
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        return name
    return name if data.isascii() and "%20" not in name else found
