"""What mail servers and programs report about a mail of ours: failed, late, delivered, read, complained about.

RFC 3464 (delivery), RFC 8098 (read receipts), RFC 5965 (complaints), and the free words of Exim, qmail, Exchange,
Postfix and the large providers where there is no machine-readable part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.ground.channels.email.charset import decode
from dragoman.ground.channels.email.headers import Headers, split_fields
from dragoman.ground.channels.email.ids import bare_id
from dragoman.ground.channels.ports import Receipt

MAX_REASON = 500
MAX_RECIPIENTS = 50
MAX_SPOKEN = 100_000
LATE_SUBJECT = re.compile(
    r"delayed|delay(ed)? notification|still being retried|not (yet )?been delivered|could not send message for past"
    r"|warning: message .{1,60} delayed|delivery warning"
    r"|delivery status notification \(delay\)|verzögert|remise différée|retardé"
    r"|rimandat|retrasad|atrasad|viivästy|försenad|vertraagd|opóźnion|задерж|затрим|gecik|配信遅延|延迟|延遲|지연",
    re.IGNORECASE,
)
ID_LINE = re.compile(r"^[>\s]{0,20}Message-ID:\s{0,5}(<[^<>\s]{3,500}>)", re.IGNORECASE | re.MULTILINE)
ADDRESS = r"[^\s<>()\[\]:;,\"'@]{1,64}@[^\s<>()\[\]:;,\"'@]{3,200}"
# Where a copy of the mail, or its headers, begins in a free report: what stands below names other people.
COPY_BEGINS = re.compile(
    r"^[-\s>]{0,20}(this is a copy of|below this line is a copy|original message|returned message|unsent message"
    r"|message headers? follow|message (content|text) follows|copy of the message|undelivered message"
    r"|the (text|body|header) of (your|the) message|the following is (a copy|the) )"
    r"|^(received|return-path): ",
    re.IGNORECASE | re.MULTILINE,
)
FAILED_LINES = (
    re.compile(rf"^\s{{0,20}}<({ADDRESS})>:?", re.MULTILINE),
    re.compile(rf"^\s{{0,20}}({ADDRESS})\s{{0,5}}$", re.MULTILINE),
    re.compile(rf"^\s{{0,20}}({ADDRESS})\s?[:\-.,(\s]", re.MULTILINE),
    re.compile(rf"(?:recipients?|user|to|for|address)\b\W{{0,10}}[<'\"]?({ADDRESS})", re.IGNORECASE),
    re.compile(rf"[<\"'\[(]({ADDRESS})[>\"'\])]"),
    re.compile(rf"({ADDRESS})"),
)


@dataclass(frozen=True)
class Report:
    """What a report says to machines: who could not be reached, news about the mail, `kind` for the classifier."""

    bounced: Sequence[str] = ()
    receipts: Sequence[Receipt] = ()
    kind: str = ""

    @property
    def names_nobody(self) -> bool:
        """Say whether a machine-readable part left out what it is for."""
        return (
            self.kind == "bounce" and not self.bounced and not any(each.recipient for each in self.receipts)
        )


def read_report(report: bytes, *, original: Headers | None, spoken: str) -> Report:
    """Read a delivery report's fields (RFC 3464); `original` are the returned headers, `spoken` its words.

    A report that says neither failed nor anything good about anybody counts as a bounce: it is safer to be seen.
    """
    blocks = [Headers(split_fields(block)) for block in _blocks(report)]
    external_id = original_id(original, spoken) or _stated_id(blocks)
    found: dict[str, tuple[str, str]] = {}
    for block in blocks:
        recipient = _address(block.get("final-recipient") or block.get("original-recipient"))
        asked = _address(block.get("original-recipient"))
        state = _state(block)
        if state and (recipient or "action" in block):
            found.setdefault(asked or recipient, (state, _reason(block, recipient)))
    receipts = [
        Receipt(external_id, state, reason=reason if state in ("failed", "deferred") else "", recipient=who)  # type: ignore[arg-type]
        for who, (state, reason) in list(found.items())[:MAX_RECIPIENTS]
        if external_id
    ]
    receipts.sort(key=lambda receipt: receipt.state == "failed")
    bounced = [who for who, (state, _reason_) in found.items() if state == "failed" and who]
    failed = not found or any(state == "failed" for state, _reason_ in found.values())
    return Report(bounced, receipts, "bounce" if failed else "receipt")


def _state(block: Headers) -> str:
    """Return what became of one recipient, "" for a block about none."""
    action = block.get("action").lower().strip().split(" ")[0].strip(";,.")
    status = block.get("status").strip()
    if action in ("failed", "failure", "fail", "error"):
        return "failed"
    if action in ("delayed", "delay", "deferred"):
        return "deferred"
    if action in ("delivered", "relayed", "expanded"):
        return "delivered"
    return {"5": "failed", "4": "deferred", "2": "delivered"}.get(status[:1], "")


def read_free_bounce(headers: Headers, *, original: Headers | None, spoken: str) -> Report:
    """Read a report without a machine-readable part: who failed and, where it is quoted, which mail."""
    failed = [_address(word) for value in headers.all("x-failed-recipients") for word in value.split(",")]
    top = spoken[:MAX_SPOKEN]
    if begins := COPY_BEGINS.search(top):
        top = top[: begins.start()]
    if not failed:
        failed = _failed_in(top, headers)
    external_id = original_id(original, spoken) or bare_id(headers.get("in-reply-to"))
    reason = " ".join(top.split())[:MAX_REASON]
    is_late = LATE_SUBJECT.search(headers.text("subject")) is not None
    state = "deferred" if is_late else "failed"
    people = [each for each in dict.fromkeys(failed) if each][:MAX_RECIPIENTS]
    receipts = [
        Receipt(external_id, state, reason=reason, recipient=who)  # type: ignore[arg-type]
        for who in (people or [""])
        if external_id
    ]
    return Report([] if is_late else people, receipts, "receipt" if is_late else "bounce")


def _failed_in(top: str, headers: Headers) -> list[str]:
    """Return the addresses a free report names, by the surest pattern that finds any."""
    own = {word.lower() for value in headers.all("to") for word in re.findall(ADDRESS, value)}
    for pattern in FAILED_LINES:
        found = [word.lower().strip(".'`") for word in pattern.findall(top)[:MAX_RECIPIENTS]]
        found = [word for word in found if word not in own and not _is_machine(word)]
        if found:
            return found
    return []


def _is_machine(address: str) -> bool:
    return re.match(r"(mailer-daemon|postmaster|abuse|noreply|no-reply)@", address) is not None


def read_disposition(report: bytes, headers: Headers) -> Report:
    """Read a read receipt (RFC 8098): the mail was displayed, or arrived; `headers` are the receipt's own."""
    for block in (Headers(split_fields(lines)) for lines in _blocks(report)):
        if "disposition" not in block:
            continue
        about = bare_id(block.get("original-message-id"))
        about = about or bare_id(headers.get("in-reply-to") or headers.get("references").split(" ")[-1])
        recipient = _address(block.get("final-recipient") or block.get("original-recipient"))
        word = block.get("disposition").lower()
        if about:
            # deleted, dispatched, processed: nobody says that it was read, but it did arrive
            is_read = "displayed" in word or "read" in word.split(";")[-1]
            state = "read" if is_read else "delivered"
            receipt = Receipt(about, state, at=headers.date, recipient=recipient)  # type: ignore[arg-type]
            return Report(receipts=[receipt], kind="receipt")
        return Report(kind="receipt")
    return Report(kind="receipt")


def read_complaint(report: bytes, *, original: Headers | None, spoken: str) -> Report:
    """Read a feedback report (ARF, RFC 5965): somebody called a mail of ours spam; it did arrive."""
    blocks = [Headers(split_fields(lines)) for lines in _blocks(report)]
    external_id = original_id(original, spoken)
    who = next((_address(block.get("original-rcpt-to").strip("<>")) for block in blocks), "")
    receipts = [Receipt(external_id, "delivered", recipient=who)] if external_id else []
    return Report(receipts=receipts, kind="complaint")


def original_id(original: Headers | None, spoken: str) -> str:
    """Return the id of the mail a report is about: from what it returned, else from a line that quotes it."""
    if original is not None and (found := bare_id(original.get("message-id"))):
        return found
    match = ID_LINE.search(spoken[:MAX_SPOKEN])
    return bare_id(match[1]) if match else ""


def _stated_id(blocks: list[Headers]) -> str:
    """Return the id that some servers write into the report itself."""
    for block in blocks:
        for name in ("x-original-message-id", "original-message-id", "x-supplementary-info"):
            value = block.get(name)
            if "<" in value and "@" in value:
                return bare_id(value)
    return ""


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
    word = value.split(";")[-1].strip()
    match = re.search(rf"<?({ADDRESS})>?", word)
    return (match[1] if match else word.strip("<> ")).lower()[:254]


def _reason(block: Headers, recipient: str) -> str:
    """Tell an agent why, in the far server's own words."""
    said = block.get("diagnostic-code")
    said = said.split(";", 1)[1].strip() if ";" in said[:20] else said
    words = [recipient, block.get("status"), decode(said.encode("utf-8", "replace"), "utf-8")[0]]
    if until := block.get("will-retry-until"):
        words.append(f"(tried until {until})")
    return " ".join(" ".join(word for word in words if word).split())[:MAX_REASON]
