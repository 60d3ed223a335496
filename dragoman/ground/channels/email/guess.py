"""Which character set bytes without a usable label are in, told by the letters each language uses most.

The statistics of charset-normalizer need a page of text; a mail is often one line, and a subject less.
"""

import re

KOI8_UKRAINIAN = b"\xa4\xa6\xa7\xad\xb4\xb6\xb7\xbd"
KOI8_EXTRA = b"\xa3\xb3" + KOI8_UKRAINIAN
TURKISH = frozenset(b"\xfe\xf0\xfd\xdd\xde\xd0\xe7\xf6\xfc\xc7\xd6\xdc\xe2\xee\xfb\x92\x93\x94\x80\x85")
# The letters that fill a quarter and more of any ordinary text, by character set.
USUAL = {
    "gb18030": frozenset(
        "的我是不了在有人这到们你请个来上大和国时要以就出会可也对没还单发货收款退换什么问订购买电话谢您好吗给把被那里为去现天下家用品包裹"
    ),
    "big5hkscs": frozenset(
        "的我是不了在有人這到們你請個來上大和國時要以就出會可也對沒還單發貨收款退換什麼問訂購買電話謝您好嗎給把被那裡為去現天下家用品包裹"
    ),
    "cp949": frozenset(
        "이다는을를에가고하습니요지도기한의로서안해주아문시은어사인부세나자그라제품배송환불연락감합"
    ),
}
KANA = re.compile("[\u3041-\u3093\u30a1-\u30f6\u30fc]")
FOREIGN = re.compile("[\ue000-\uf8ff\uff61-\uff9f\u2500-\u257f]")
THAI_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4d]")
THAI_PLACED = re.compile("(?<=[\u0e01-\u0e2e\u0e31\u0e34-\u0e3a])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4d]")
ENOUGH = 0.12


def guess_by_letters(data: bytes) -> str:
    """Return a codec, or "" where the letters do not say it clearly."""
    high = bytes(byte for byte in data if byte >= 0x80)
    if len(high) < 6:
        return ""
    latin = sum(0x41 <= byte & 0xDF <= 0x5A for byte in data if byte < 0x80)
    if len(high) <= latin:
        letters = set(high)
        is_turkish = letters <= TURKISH and (0xFD in letters or {0xFE, 0xF0} <= letters)
        return "cp1254" if is_turkish else ""
    return _single_byte(high) or _many_byte(data)


def _single_byte(high: bytes) -> str:
    """Russian and Ukrainian in KOI8, Hebrew: sets that others decode without a fault."""
    small = sum(0xC0 <= byte <= 0xDF for byte in high)
    if small * 4 > len(high) * 3:
        vowels = sum(high.count(byte) for byte in (0xCF, 0xC5, 0xC1, 0xC9))
        others = sum(byte < 0xC0 and byte not in KOI8_EXTRA for byte in high)
        if vowels * 5 > len(high) and not others:
            return "koi8_u" if set(high) & set(KOI8_UKRAINIAN) else "koi8_r"
    if len(high) >= 8 and min(high) >= 0xE0 and max(high) <= 0xFA:
        return "cp1255"
    return ""


def _many_byte(data: bytes) -> str:
    """Thai, Chinese, Japanese, Korean: the set in which most letters are usual ones, if it is clear."""
    scores: dict[str, float] = {}
    for codec in ("cp874", *USUAL, "cp932", "euc_jp"):
        text = _whole(data, codec)
        letters = [letter for letter in text if not letter.isascii()]
        if not letters:
            continue
        if codec == "cp874":
            marks = len(THAI_MARKS.findall(text))
            placed = len(THAI_PLACED.findall(text))
            scores[codec] = marks / len(letters) if marks >= 2 and placed == marks else 0.0
        elif codec in USUAL:
            scores[codec] = sum(letter in USUAL[codec] for letter in letters) / len(letters)
        else:
            odd = len(FOREIGN.findall(text))
            scores[codec] = 0.6 * len(KANA.findall(text)) / len(letters) if odd * 5 < len(letters) else 0.0
    if not scores:
        return ""
    best, *rest = sorted(scores, key=lambda codec: -scores[codec])
    second = scores[rest[0]] if rest else 0.0
    return best if scores[best] >= ENOUGH and scores[best] > 1.3 * second else ""


def _whole(data: bytes, codec: str) -> str:
    """Decode without a fault, but for a character cut in half at the end; else ""."""
    for cut in (0, 1):
        try:
            return data[: len(data) - cut].decode(codec)
        except UnicodeError:
            continue
    return ""
