"""Mails no person wrote: machine replies, bounces, lists, our own come back (RFC 3834, 3464, 8098)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ground.channels.email.charset import decode
from dragoman.ground.channels.email.headers import Headers, split_fields
from dragoman.ground.channels.email.ids import bare_id
from dragoman.ground.channels.ports import Automatic, Receipt

LOOP_HEADER = "x-dragoman-loop"
MAX_REASON = 500
MACHINES = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|double-bounce|bounces?)([+\-=].*)?@", re.IGNORECASE
)
BULK = {"bulk", "list", "junk"}
LIST_HEADERS = (
    "list-id", "list-post", "list-unsubscribe", "list-help", "mailing-list", "feedback-id",
    "x-mailinglist",
)  # fmt: skip
REPLY_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-vacation", "x-mail-autoreply")
# How programs without a header begin the subject of an absence note.
AWAY = (
    "automatic reply:", "auto:", "autoreply:", "auto-reply", "out of office", "automaattinen vastaus",
    "poissa", "automaatvastus", "automatyczna odpowiedź", "autoodpowiedź", "automatisch antwoord",
    "afwezig", "automatische antwort", "abwesenheit", "abwesend", "réponse automatique",
    "absence du bureau", "respuesta automática", "resposta automática", "risposta automatica",
    "autosvar", "automatiskt svar", "automatisk svar", "автоответ", "автоматический ответ",
    "автоматична відповідь", "otomatik yanıt", "رد تلقائي", "תשובה אוטומטית", "自動応答", "自動返信",
    "自动回复", "自動回覆",
    "자동 회신", "자동회신", "부재중", "trả lời tự động", "balasan otomatis",
    "ตอบกลับอัตโนมัติ", "automatická odpověď",
)  # fmt: skip
FAILED_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (status )?(notification )?\(?failure|mail delivery failed"
    r"|failure notice|delivery has failed|unzustellbar|non remis|no se puede entregar|não entregue"
    r"|配信不能|退信",
    re.IGNORECASE,
)
ID_LINE = re.compile(r"^\s*Message-ID:\s*(<[^<>\s]{3,500}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Report:
    """What a report says to machines: who could not be reached and news about the mail it is about."""

    bounced: Sequence[str] = ()
    receipts: Sequence[Receipt] = ()


def classify(headers: Headers, *, sender: str, mailbox: Sequence[str], reported: bool) -> Automatic:
    """Name the kind of machine, or "" for a person.

    `mailbox` are the addresses the mail was delivered to, `reported` says that it carries a delivery report.
    """
    if LOOP_HEADER in headers or (sender and sender in mailbox):
        return "loop"
    if reported or _is_bounce(headers, sender):
        return "bounce"
    if _is_reply(headers):
        return "auto_reply"
    return "list" if _is_bulk(headers) else ""


def _is_bounce(headers: Headers, sender: str) -> bool:
    if "x-failed-recipients" in headers:
        return True
    return MACHINES.match(sender) is not None and (
        FAILED_SUBJECT.search(headers.text("subject")) is not None or headers.get("return-path") == "<>"
    )


def _is_reply(headers: Headers) -> bool:
    submitted = headers.get("auto-submitted").lower().split(";")[0].strip()
    if submitted and submitted != "no":
        return True
    if any(name in headers for name in REPLY_HEADERS):
        return True
    if headers.get("precedence").lower() in ("auto_reply", "auto-reply"):
        return True
    if headers.content_type == "multipart/report" or "".join(headers.get("return-path").split()) == "<>":
        return True
    return headers.text("subject").lower().startswith(AWAY)


def _is_bulk(headers: Headers) -> bool:
    if headers.get("precedence").lower() in BULK or any(name in headers for name in LIST_HEADERS):
        return True
    suppress = headers.get("x-auto-response-suppress").lower()
    return any(word in suppress for word in ("all", "autoreply", "oof"))


def read_report(report: bytes, *, original: Headers | None, spoken: str) -> Report:
    """Read a delivery report's fields (RFC 3464); `original` are the returned headers, `spoken` its words."""
    blocks = [Headers(split_fields(block)) for block in _blocks(report)]
    external_id = original_id(original, spoken)
    bounced: list[str] = []
    receipts: list[Receipt] = []
    for block in blocks:
        recipient = _address(block.get("final-recipient") or block.get("original-recipient"))
        action = block.get("action").lower().strip()
        if action == "failed" or (not action and recipient and block.get("status").startswith("5")):
            bounced.append(recipient)
            if external_id:
                receipts.append(Receipt(external_id, "failed", reason=_reason(block, recipient)))
        elif action in ("delivered", "relayed", "expanded") and external_id:
            receipts.append(Receipt(external_id, "delivered"))
    return Report([each for each in dict.fromkeys(bounced) if each], receipts[:1] if receipts else ())


def read_free_bounce(headers: Headers, *, original: Headers | None, spoken: str) -> Report:
    """Read a bounce without a report part (Exim, qmail): who failed and, where it is quoted, which mail."""
    failed = [_address(word) for value in headers.all("x-failed-recipients") for word in value.split(",")]
    if not failed:
        failed = [word.lower() for word in re.findall(r"^<([^<>\s]+@[^<>\s]+)>:", spoken, re.MULTILINE)]
    external_id = original_id(original, spoken)
    reason = " ".join(spoken.split())[:MAX_REASON]
    receipts = [Receipt(external_id, "failed", reason=reason)] if external_id else []
    return Report([each for each in dict.fromkeys(failed) if each], receipts)


def read_disposition(report: bytes) -> Report:
    """Read a read receipt (RFC 8098): the mail it is about was displayed."""
    for block in (Headers(split_fields(lines)) for lines in _blocks(report)):
        about = bare_id(block.get("original-message-id"))
        if about and "displayed" in block.get("disposition").lower():
            return Report(receipts=[Receipt(about, "read")])
    return Report()


def original_id(original: Headers | None, spoken: str) -> str:
    """Return the id of the mail a report is about: from what it returned, else from a line that quotes it."""
    if original is not None and (found := bare_id(original.get("message-id"))):
        return found
    match = ID_LINE.search(spoken)
    return bare_id(match[1]) if match else ""


def _blocks(report: bytes) -> list[list[bytes]]:
    """Split a report into its groups of fields at the blank lines."""
    groups: list[list[bytes]] = [[]]
    for line in report.splitlines():
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group][:200]


def _address(value: str) -> str:
    """Return the address of `rfc822; <who@where>`, lower case."""
    return value.split(";")[-1].strip().strip("<>").strip().lower()[:254]


def _reason(block: Headers, recipient: str) -> str:
    """Tell an agent why, in the far server's own words."""
    said = block.get("diagnostic-code")
    said = said.split(";", 1)[1].strip() if ";" in said else said
    words = [recipient, block.get("status"), decode(said.encode("utf-8", "replace"), "utf-8")[0]]
    return " ".join(" ".join(word for word in words if word).split())[:MAX_REASON]
