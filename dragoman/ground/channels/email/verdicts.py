"""Where a mail really comes from: our own server's verdicts (RFC 8601), else its DKIM signature, checked here.

`authserv_id` is the name our receiving server writes first into Authentication-Results; anybody can write such a
header, so only the topmost one under that name counts. `dkim_check` = 1 checks signatures here where the server
gave no verdict: that asks DNS, so it is off unless a mailbox wants it. SPF cannot be checked afterwards.
"""

import re
from collections.abc import Callable
from typing import BinaryIO, cast

import dkim
import dns.exception
import dns.resolver

from dragoman.ground.channels.email.headers import Headers
from dragoman.ground.channels.ports import Secrets, Verdict, Verdicts

MAX_CHECKED = 10 * 1024 * 1024
DNS_SECONDS = 4.0
# Servers whose mailboxes are known by where they are read from: host ending -> authserv-id.
KNOWN_SERVERS = {"gmail.com": "mx.google.com", "googlemail.com": "mx.google.com"}
RESULT = re.compile(r"^\s*(spf|dkim|dmarc|arc)\s*=\s*([a-z]+)", re.IGNORECASE)
DOMAIN = re.compile(r"\bheader\.(?:from|d|i)\s*=\s*@?\"?([a-z0-9.-]{1,253})", re.IGNORECASE)
WORDS = {"pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", "policy"}
COMMENT = re.compile(r"\([^()]{0,1000}\)")

Resolver = Callable[[bytes], bytes]


def believed(secrets: Secrets) -> str:
    """Return the authserv-id to believe: the mailbox's setting, else that of a known provider, else ""."""
    if named := secrets.get("authserv_id", "").strip():
        return named
    host = secrets.get("imap_host", "").lower()
    return next((name for ending, name in KNOWN_SERVERS.items() if host.endswith(ending)), "")


def read_verdicts(headers: Headers, *, trusted: str, sender: str) -> Verdicts:
    """Read the topmost Authentication-Results of the server named `trusted`; without one nothing is known."""
    if not trusted:
        return Verdicts()
    # Only the topmost line is ours for sure: a server adds on top (RFC 8601, 5), forged ones stand below.
    results = next(iter(headers.all("authentication-results")), "")
    name, _, rest = COMMENT.sub(" ", results).partition(";")
    if [word.lower() for word in name.split()[:1]] != [trusted.lower()]:
        return Verdicts()
    found: dict[str, Verdict] = {}
    domain = ""
    at = sender.rpartition("@")[2]
    for clause in rest.split(";")[:50]:
        match = RESULT.match(clause)
        if match is None or match[2].lower() not in WORDS:
            continue
        method, verdict = match[1].lower(), cast(Verdict, match[2].lower())
        names = [each.lower().rpartition("@")[2] for each in DOMAIN.findall(clause)]
        if method == "dmarc" and verdict == "pass" and at not in names:
            verdict = "neutral"  # it passed for another From than the one we read
        if found.get(method) != "pass":
            found[method] = verdict
        if verdict == "pass" and method in ("dmarc", "dkim") and names and domain != at:
            domain = names[0]
    return Verdicts(
        found.get("spf", ""),
        found.get("dkim", ""),
        found.get("dmarc", ""),
        found.get("arc", ""),
        domain,
        "server",
    )


def check_dkim(raw: BinaryIO, *, sender: str, ask: Resolver) -> Verdicts:
    """Check the DKIM signatures of a mail ourselves; `ask` returns the TXT record of a name or b""."""
    raw.seek(0)
    mail = raw.read(MAX_CHECKED + 1)
    if len(mail) > MAX_CHECKED:
        return Verdicts()
    at = sender.rpartition("@")[2]
    best: Verdict = "none"
    try:
        checker = dkim.DKIM(mail, minkey=1024)
        count = sum(1 for name, _value in checker.headers if name.lower() == b"dkim-signature")
    except (dkim.DKIMException, ValueError, IndexError):
        return Verdicts()
    for number in range(min(count, 5)):
        passed, domain = _checks(checker, number, ask)
        if passed and domain == at:
            return Verdicts(dkim="pass", domain=domain, source="self")
        best = "policy" if passed else ("fail" if best == "none" else best)
    return Verdicts(dkim=best, source="self")


def _checks(checker: dkim.DKIM, number: int, ask: Resolver) -> tuple[bool, str]:
    def answer(name: bytes, timeout: float = DNS_SECONDS) -> bytes:
        return ask(name)

    try:
        passed = bool(checker.verify(idx=number, dnsfunc=answer))
        domain = checker.domain or b""
    except (dkim.DKIMException, dns.exception.DNSException, ValueError, TypeError, LookupError, OSError):
        return False, ""
    return passed, domain.decode("ascii", "replace").lower().strip(".")


def ask_dns(name: bytes) -> bytes:
    """Return the TXT record of a name; b"" where there is none or nobody answers."""
    try:
        answer = dns.resolver.resolve(name.decode("ascii"), "TXT", lifetime=DNS_SECONDS)
        return b"".join(next(iter(answer)).strings)
    except (dns.exception.DNSException, UnicodeError, StopIteration, OSError):
        return b""
