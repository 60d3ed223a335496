"""What headers say about people, ways and verdicts: facts for whoever decides, believed by nobody here."""

import base64
import binascii
import re

from dragoman.ground.channels.email.addresses import people, read_people
from dragoman.ground.channels.email.headers import Headers
from dragoman.ground.channels.email.ids import MAX_REFERENCES, ids_in
from dragoman.ground.channels.ports import Person, Spam

DELIVERED_TO = (
    "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to",
    "x-forwarded-to", "x-original-recipient", "x-ms-exchange-organization-originalenveloperecipients",
    "x-failed-to", "x-real-to", "x-resolved-to", "apparently-to",
)  # fmt: skip
# Where services that put their own address into From keep the author's.
REAL_AUTHOR = (
    "x-original-from", "x-original-sender", "x-mailman-original-from", "x-google-original-from",
    "x-zoho-original-from", "original-from",
)  # fmt: skip
VIA = re.compile(r"\bvia\b", re.IGNORECASE)
ID_IN_TEXT = re.compile(
    r"^[>\s]{0,20}(?:Message-ID|In-Reply-To|References)\s?:\s?(<[^\s<>]{3,250}>)", re.I | re.M
)
FORWARDED_FROM = re.compile(r"^[>\s*]{0,20}[^:：\n]{2,24}[:：]\s{0,3}\*?([^\n]{3,300}@[^\n]{3,300})$", re.M)
NUMBER = re.compile(r"-?\d{1,4}(?:\.\d{1,4})?")
THREAD_KEY_BYTES = 22
SCORE_LIMIT = 5.0


def author(headers: Headers) -> Person:
    """Return who wrote: From, or whoever a list or service put into another header; else who else signs for it."""
    found = people(headers, "from")
    if found and (real := _behind(headers, found[0])) is not None:
        return real
    if found:
        return found[0]
    for name in ("sender", "x-sender", "reply-to", "return-path", "x-envelope-from", "resent-from"):
        if others := people(headers, name):
            return others[0]
    return Person("email", "", headers.text("from")[:200])


def _behind(headers: Headers, shown: Person) -> Person | None:
    """Return the author behind an address that a list or forwarding service rewrote ("Aino via Shop")."""
    is_list = "list-id" in headers or "x-google-group-id" in headers or "x-forwarded-for" in headers
    if not (is_list or VIA.search(shown.name)):
        return None
    for name in REAL_AUTHOR:
        for person in people(headers, name):
            if person.value and person.value != shown.value:
                return Person("email", person.value, person.name or _without_via(shown.name))
    answers = people(headers, "reply-to")
    if VIA.search(shown.name) and len(answers) == 1 and answers[0].value != shown.value:
        return Person("email", answers[0].value, answers[0].name or _without_via(shown.name))
    return None


def _without_via(name: str) -> str:
    return re.sub(r"\s+\(?via\b.*$", "", name, flags=re.IGNORECASE | re.DOTALL).strip("'\" ")


def handed_in_by(headers: Headers, writer: Person) -> Person | None:
    """Return who really handed the mail in, where that is somebody else: Resent-From, Resent-Sender, Sender."""
    for person in people(headers, "resent-from", "resent-sender", "sender"):
        if person.value != writer.value:
            return person
    shown = people(headers, "from")
    return shown[0] if shown and shown[0].value != writer.value else None


def first_author(headers: Headers, *, writer: Person, quoted: str) -> Person | None:
    """Return the first author of a forwarded mail: rewritten by a service, or named in the text a person forwards."""
    shown = people(headers, "from")
    if shown and shown[0].value != writer.value:
        return writer
    if match := FORWARDED_FROM.search(quoted[:4000]):
        found = next(
            iter(read_people(match[1].replace("*", "").replace("[mailto:", "<").replace("]", ">"))), None
        )
        return found if found and found.value != writer.value else None
    return None


def delivered_to(headers: Headers) -> list[str]:
    """Return the addresses our own server took this mail for, nearest first."""
    return [person.value for person in people(headers, *DELIVERED_TO)]


def envelope_from(headers: Headers) -> str:
    """Return the Return-Path's address, "" for none or the empty one."""
    found = people(headers, "return-path", "x-envelope-from", "envelope-from")
    return found[0].value if found else ""


def ids_in_text(text: str) -> list[str]:
    """Return message ids from header lines that were copied into a text."""
    found = [each for value in ID_IN_TEXT.findall(text[:200_000]) for each in ids_in(value)]
    return list(dict.fromkeys(found))[:MAX_REFERENCES]


def thread_index(headers: Headers) -> str:
    """Return Outlook's conversation key: the first 22 bytes of Thread-Index as hex, or ""."""
    word = re.sub(r"\s+", "", headers.get("thread-index"))[:400]
    try:
        data = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return data[:THREAD_KEY_BYTES].hex() if len(data) >= THREAD_KEY_BYTES else ""


def spam(headers: Headers) -> Spam:
    """Read the verdict of filters on the way, the most certain header first."""
    for name in ("x-spam-flag", "x-spam", "x-spam-status", "x-rspamd-action", "x-bogosity"):
        word = headers.get(name).lower()
        if word:
            verdict = _says(word)
            if verdict is not None:
                return Spam(verdict, _score(headers), name)
    if (level := _microsoft(headers)) is not None:
        return Spam(level >= SCORE_LIMIT, level, "x-ms-exchange-organization-scl")
    score = _score(headers)
    return Spam(None, score, "x-spam-score") if score is not None else Spam()


def _says(word: str) -> bool | None:
    if re.match(r"(yes|true|spam|reject|add header|rewrite subject|soft reject)\b", word):
        return True
    return False if re.match(r"(no|false|ham|no action|greylist)\b", word) else None


def _score(headers: Headers) -> float | None:
    for name in ("x-spam-score", "x-spamd-result", "x-rspamd-score", "x-spam-status"):
        value = headers.get(name)
        match = re.search(
            r"(?:score|hits)\s*=\s*(-?\d{1,4}(?:\.\d{1,4})?)|\[\s*(-?\d{1,4}\.\d{1,4})\s*/", value
        )
        if match:
            return float(match[1] or match[2])
        if name != "x-spam-status" and (number := NUMBER.match(value.strip())):
            return float(number[0])
    return None


def _microsoft(headers: Headers) -> float | None:
    """Return Microsoft's spam confidence level (-1 to 9)."""
    value = headers.get("x-ms-exchange-organization-scl")
    match = NUMBER.match(value.strip()) or re.search(
        r"\bSCL:(-?\d)", headers.get("x-forefront-antispam-report")
    )
    return float(match[match.lastindex or 0]) if match else None
