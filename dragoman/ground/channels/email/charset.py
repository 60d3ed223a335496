"""Bytes of a mail into text, whatever the label says: wrong, missing and refused labels included."""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

from dragoman.ground.channels.email.guess import guess_by_letters

SAMPLE = 32 * 1024

# Labels that mean more than they say: the wider set holds the narrower one, so nothing is lost.
WIDER = {
    "ascii": "cp1252",
    "us_ascii": "cp1252",
    "ansi_x3.4_1968": "cp1252",
    "iso_8859_1": "cp1252",
    "iso8859_1": "cp1252",
    "latin1": "cp1252",
    "latin_1": "cp1252",
    "windows_1252": "cp1252",
    "iso_8859_9": "cp1254",
    "iso_8859_11": "cp874",
    "tis_620": "cp874",
    "tis620": "cp874",
    "windows_874": "cp874",
    "gb2312": "gb18030",
    "gb_2312": "gb18030",
    "gb_2312_80": "gb18030",
    "gbk": "gb18030",
    "x_gbk": "gb18030",
    "cp936": "gb18030",
    "ks_c_5601_1987": "cp949",
    "ks_c_5601": "cp949",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "sjis": "cp932",
    "x_sjis": "cp932",
    "windows_31j": "cp932",
    "big5": "big5hkscs",
    "iso_8859_8_i": "iso8859_8",
    "iso_8859_6_i": "iso8859_6",
    "utf8": "utf_8",
    "utf8mb4": "utf_8",
    "unicode_1_1_utf_8": "utf_8",
    "x_mac_roman": "mac_roman",
    "macintosh": "mac_roman",
    "mac": "mac_roman",
    "x_macintosh": "mac_roman",
    "x_mac_ce": "mac_latin2",
    "x_mac_centraleurroman": "mac_latin2",
    "x_mac_cyrillic": "mac_cyrillic",
    "x_mac_ukrainian": "mac_cyrillic",
    "x_mac_greek": "mac_greek",
    "x_mac_turkish": "mac_turkish",
    "x_mac_icelandic": "mac_iceland",
    "x_mac_japanese": "cp932",
    "x_mac_korean": "cp949",
    "x_mac_chinesesimp": "gb18030",
    "x_mac_chinesetrad": "big5hkscs",
    "x_mac_thai": "cp874",
    "ms_kanji": "cp932",
    "ms932": "cp932",
    "ms_936": "gb18030",
    "x_cp936": "gb18030",
    "cp_936": "gb18030",
    "gb18030_2000": "gb18030",
    "chinesebig5": "big5hkscs",
    "x_big5": "big5hkscs",
    "big5_hkscs": "big5hkscs",
    "cn_big5": "big5hkscs",
    "cp950": "big5hkscs",
    "x_euc_jp": "euc_jp",
    "x_euc": "euc_jp",
    "eucjp": "euc_jp",
    "ksc5601": "cp949",
    "ks_c_5601_1989": "cp949",
    "ksc_5601": "cp949",
    "x_windows_949": "cp949",
    "windows_949": "cp949",
    "koi8_ru": "koi8_u",
    "koi8": "koi8_r",
    "iso_8859_8_e": "iso8859_8",
    "iso_8859_6_e": "iso8859_6",
    "iso_ir_166": "cp874",
    "thai": "cp874",
    "dos_874": "cp874",
    "hz_gb_2312": "hz",
    "ansi": "cp1252",
    "x_ansi": "cp1252",
    "cp_1252": "cp1252",
    "cp_1251": "cp1251",
    "cp_1250": "cp1250",
    "cp_850": "cp850",
    "win_1251": "cp1251",
    "x_cp1251": "cp1251",
    "x_cp1250": "cp1250",
    "unicode": "utf_16",
    "iso_10646_ucs_2": "utf_16",
    "ucs_2": "utf_16",
    "unicode_1_1_utf_16": "utf_16",
    "iso_10646_utf_8": "utf_8",
    "utf_8_sig": "utf_8",
    "x_unicode_2_0_utf_8": "utf_8",
}
LATIN = {"cp1252", "cp1254"}
JAPANESE_ESCAPES = "iso2022_jp"
# Codecs that are not character sets of mail (utf-7 hides markup; escapes and idna are for programs).
REFUSED = {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
GUESSES = [
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "koi8_r", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "utf_16",
]  # fmt: skip
SEQUENCES = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
SURE = 3
DOUBLED = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
C1 = frozenset(map(chr, range(0x80, 0xA0)))
MAX_UNDOUBLED = 200_000
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def decode(data: bytes, label: str = "") -> tuple[str, bool]:
    """Return `data` as text and whether the label had to be mended; never raises, loses bytes as U+FFFD."""
    codec = codec_for(label[:200])
    if not codec:
        refused = re.search(r"utf.?7", label, re.IGNORECASE) is not None
        guessed, mended = _guess(data, mended=bool(label.strip()))
        return guessed, mended or refused
    if codec in LATIN:
        return _decode_latin(data, codec)
    if codec.startswith(JAPANESE_ESCAPES):
        return _decode_escapes(data, codec)
    is_utf8 = codec.replace("-", "_") == "utf_8"
    if not is_utf8 and _is_surely_utf8(data):
        return data.decode("utf_8"), True
    text = _strictly(data, codec)
    if text is not None:
        return _told(text) if is_utf8 else (text, False)
    for other in ("utf_8", codec):
        text = _strictly(data, other, trailing=4)
        if text is not None:
            return text, True
    lenient = data.decode(codec, "replace")
    if lenient.count("\ufffd") <= 1 + len(lenient) // 50:
        return lenient, True
    return _guess(data, mended=True)


@lru_cache(maxsize=512)
def codec_for(label: str) -> str:
    """Return Python's name for the character set called `label`, or "" where unknown or refused."""
    word = label.strip().strip("\"'= ").lower().split(";")[0].split(",")[0].strip().strip("\"'")
    key = re.sub(r"[\s-]+", "_", word)
    if key in WIDER:
        return WIDER[key]
    if key.startswith("_iso_2022_jp") or key.startswith("iso_2022_jp"):
        return JAPANESE_ESCAPES
    try:
        found = codecs.lookup(key.strip("_")) if key.isascii() and "\0" not in key else None
    except (LookupError, ValueError):
        return ""
    # `_is_text_encoding` keeps out base64, zlib and their like, as bytes.decode() itself does.
    if found is None or found.name in REFUSED or not getattr(found, "_is_text_encoding", True):
        return ""
    return WIDER.get(found.name.replace("-", "_"), found.name)


def _told(text: str) -> tuple[str, bool]:
    mended = undoubled(text)
    return mended, mended != text


def undoubled(text: str) -> str:
    """Undo UTF-8 that somebody had read as Latin and encoded again ("Ã¤"), where it is certain.

    Certain means: every letter beyond ASCII belongs to such a sequence, and there are two of them at least.
    """
    if not DOUBLED.search(text):
        return text
    try:
        data = b"".join(
            bytes((ord(letter),)) if letter in C1 else letter.encode("cp1252")
            for letter in text[:MAX_UNDOUBLED]
        )
        mended = data.decode("utf_8")
    except UnicodeError:
        return text
    letters = sum(not letter.isascii() for letter in mended[:SAMPLE])
    return mended if letters > 1 and len(text) <= MAX_UNDOUBLED else text


def clean(text: str) -> str:
    """Return `text` without NUL, controls and lone surrogates, which no database takes; LF ends lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return NOT_TEXT.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", text)


def _is_surely_utf8(data: bytes) -> bool:
    """Say whether bytes under another label are UTF-8: several sequences, and not one byte that does not fit."""
    if data.isascii():
        return False
    text = _strictly(data, "utf_8")
    return text is not None and len(SEQUENCES.findall(data[:SAMPLE])) >= SURE


def _strictly(data: bytes, codec: str, *, trailing: int = 0) -> str | None:
    """Decode without a fault, or None; `trailing` bytes at the end may be a character cut in half."""
    for cut in range(trailing + 1):
        kept = data[: len(data) - cut]
        if cut and not SEQUENCES.search(kept):
            return None  # one odd letter at the end is no half of a character
        try:
            return kept.decode(codec) + ("\ufffd" if cut else "")
        except (UnicodeError, ValueError):
            continue
    return None


def _decode_latin(data: bytes, codec: str) -> tuple[str, bool]:
    """Latin-1 and ASCII is what senders write who do not know: UTF-8 and escapes are told by shape."""
    if data.isascii():
        if b"\x1b$" in data:
            return _decode_escapes(data, JAPANESE_ESCAPES)
        return data.decode("ascii"), False
    text = _strictly(data, "utf_8", trailing=3)
    if text is not None:
        return text, True
    if _is_hardly_latin(data):
        return _guess(data, mended=True)
    mended = any(0x80 <= byte <= 0x9F for byte in data)
    return data.decode(codec, "replace"), mended


def _is_hardly_latin(data: bytes) -> bool:
    """Say whether bytes labelled Latin are another script: hardly a plain letter among the accented ones."""
    sample = data[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    plain = sum(0x41 <= byte & 0xDF <= 0x5A for byte in sample if byte < 0x80)
    return high >= 8 and high > 3 * plain


def _decode_escapes(data: bytes, codec: str) -> tuple[str, bool]:
    """Japanese by escape sequences, with the vendor characters the standard leaves out (row 13, kana)."""
    if not data.isascii():
        return _guess(data, mended=True)
    for name in (codec, "iso2022_jp_2004", "iso2022_jp_ext"):
        text = _strictly(data, name)
        if text is not None:
            return text, False
    pieces = re.split(rb"(\x1b[$(][A-Z@])", data)
    text = pieces[0].decode("ascii", "replace")
    for escape, run in zip(pieces[1::2], pieces[2::2], strict=True):
        if escape.startswith(b"\x1b$"):
            text += _shifted(run)
        elif escape == b"\x1b(I":
            text += bytes(byte | 0x80 for byte in run).decode("cp932", "replace")
        else:
            text += run.decode("ascii", "replace")
    return text, True


def _shifted(run: bytes) -> str:
    """Turn a run of two-byte JIS codes into text by way of the vendor's Shift_JIS."""
    out = bytearray()
    for high, low in zip(run[0::2], run[1::2], strict=False):
        if not (0x21 <= high <= 0x7E and 0x21 <= low <= 0x7E):
            out += b"?"
            continue
        first = (high - 0x21) // 2 + 0x81
        first += 0x40 if first > 0x9F else 0
        second = low + 0x7E if high % 2 == 0 else low + (0x1F if low < 0x60 else 0x20)
        out += bytes((first, second))
    return out.decode("cp932", "replace")


def _guess(data: bytes, *, mended: bool) -> tuple[str, bool]:
    """No usable label: UTF-8 first, escapes, then the statistics, then Latin, which never fails."""
    if data.isascii() and b"\x1b$" in data:
        return _decode_escapes(data, JAPANESE_ESCAPES)[0], True
    text = _strictly(data, "utf_8", trailing=3)
    if text is not None:
        return text, mended and not data.isascii()
    if codec := guess_by_letters(data[:SAMPLE]):
        return data.decode(codec, "replace"), True
    best = from_bytes(data[:SAMPLE], cp_isolation=GUESSES, threshold=0.3).best()
    codec = best.encoding if best else "cp1252"
    return data.decode(codec, "replace"), True
