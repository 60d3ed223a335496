"""Signatures below a new text: what follows "-- ", and the line a phone or program adds, in many languages.

Written from knowledge of the programs. Nothing is lost: whoever calls folds what is cut.
"""

import re

MAX_SIGNATURE_LINES = 25
MAX_LINE = 140
DEVICE = (
    r"(iphon|ipad|ipod|android|galaxy|samsung|huawei|xiaomi|redmi|oneplus|pixel|blackberry|nokia|motorola"
    r"|windows phone"
    r"|smartphone|mobile|outlook|yahoo|proton|gmail|mail|gmx|web\.de|tutanota|tablet|handy|telefon|phone|t-online|aol"
    r"|spark|bluemail|airmail|ios|mac|myphone|line|naver|qq|kiwi|thunderbird|k-9)"
)
# How the line begins or ends, by language; a device or program must be named in it as well.
BEGINS = (
    "sent from", "sent via", "sent with", "sent using", "get outlook", "written on", "typed on",
    "lähetetty", "saadetud", "hanki outlook", "hankige outlook",
    "gesendet", "von meinem", "diese nachricht wurde", "versendet", "holen sie sich outlook", "von unterwegs",
    "outlook für", "wysłan", "pobierz outlook", "pobierz program outlook", "verzonden", "verstuurd", "outlook voor",
    "download outlook", "envoyé", "télécharger outlook", "obtenir outlook", "téléchargez outlook",
    "enviado", "enviada", "mandado desde", "obtener outlook", "obtén outlook", "obter o outlook", "obtenha o outlook",
    "inviato", "scarica outlook", "ottieni outlook", "skickat", "skickade", "hämta outlook", "sendt", "hent outlook",
    "få outlook", "odesláno", "stáhnout outlook", "získejte outlook", "odoslané", "отправлено", "послано",
    "скачать outlook", "надіслано", "отримати outlook", "завантажити outlook", "gönderil",
    "发自", "發自", "从我的", "從我的", "自我的", "寄自", "来自", "來自", "获取", "下载", "取得", "傳送自", 
    "发送自",
    "나의", "내 ", "네이버", "đã gửi", "được gửi", "gửi từ", "tải outlook", "dikirim", "dapatkan outlook",
    "unduh outlook",
    "elküldve", "küldve", "trimis", "obțineți outlook", "στάλθηκε", "εστάλη", "λήψη του outlook",
    "נשלח", "मेरे", "भेजा", "ส่งจาก", "ส่งด้วย", "รับ outlook", "مرسل", "مُرسل", "أرسلت", "أُرسلت", "تم الإرسال",
    "إرسال من", "الحصول على outlook", "私の", "自分の",
)  # fmt: skip
ENDS = (
    "から送信", "から送信されました", "で送信", "を入手", "에서 보냄", "에서 보냈습니다", "에서 보낸 메일", "다운로드",
    "gönderildi",
    "edinin", "से भेजा गया", "lähetetty", "gesendet", "傳送", "发送", "發送", "saadetud", "küldve",
)  # fmt: skip
NAMES_DEVICE = re.compile(DEVICE, re.IGNORECASE)
MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff*_]")


def cut_signature(text: str) -> tuple[str, str]:
    """Return (text, signature); a mail that would be left without words keeps them all."""
    lines = text.split("\n")
    end = len(lines)
    start = _delimited(lines)
    if start is None:
        start = end
    while (above := _device_line(lines, start)) is not None:
        start = above
    body = "\n".join(lines[:start]).rstrip()
    if start == end or not body.strip():
        return text, ""
    return body, "\n".join(lines[start:]).strip("\n")


def _delimited(lines: list[str]) -> int | None:
    """Return where the part below a signature's delimiter begins, if it is short enough to be one."""
    for at in range(len(lines) - 1, max(-1, len(lines) - MAX_SIGNATURE_LINES - 2), -1):
        if lines[at].rstrip() == "--" and any(line.strip() for line in lines[at + 1 :]):
            return at
    return None


def _device_line(lines: list[str], end: int) -> int | None:
    """Return the line above `end` where it is what a device or program wrote there."""
    at = end - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at if at >= 0 and is_device_line(lines[at]) else None


def is_device_line(line: str) -> bool:
    """Say whether a line is "Sent from my iPhone" in any language."""
    plain = " ".join(MARKS.sub("", line).split()).lower().strip("-–— .!()[]<>|")
    if not plain or len(plain) > MAX_LINE or not NAMES_DEVICE.search(plain):
        return False
    if plain.endswith(("?", ":")):
        return False
    return plain.startswith(BEGINS) or plain.endswith(ENDS)
