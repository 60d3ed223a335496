"""A mail domain in the DNS: where its servers are likely to be, which records should stand there, and what does.

The resolver may be replaced (tests ask a small server of their own). Nothing raises for the DNS's sake.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import dns.exception
import dns.resolver

from dragoman.ground.channels.email.vendors import Server, Vendor, vendor_of_domain, vendor_of_exchanger

LIFETIME = 4.0  # seconds one question may take: a person waits for the page
How = Literal["known", "mx", "srv", "guess", "nothing"]
State = Literal["found", "differs", "missing", "unknown"]
_SRV = (("_imaps._tcp", "tls", 0), ("_imap._tcp", "starttls", 0), ("_submissions._tcp", "tls", 1),
        ("_submission._tcp", "starttls", 1))  # fmt: skip


class NoAnswer(Exception):
    """The DNS could not be asked now: that says nothing about the record."""


def new_resolver(server: str = "") -> dns.resolver.Resolver:
    """Return a resolver with our patience: one that asks `server` (address or address:port), or this machine's own."""
    try:
        found = dns.resolver.Resolver(configure=not server)
    except dns.exception.DNSException:
        found = dns.resolver.Resolver(configure=False)
    if server:
        parts = urlsplit(f"//{server}")
        found.nameservers, found.port = [parts.hostname or ""], parts.port or 53
    found.lifetime = LIFETIME
    return found


def _ask(resolver: Any, name: str, kind: str) -> list[Any]:
    """Return the records of a name, none where it has none; NoAnswer where nobody could say."""
    try:
        return list(resolver.resolve(name, kind, search=False))
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, ValueError, OSError) as fault:
        raise NoAnswer(str(fault)) from fault


def texts_at(resolver: Any, name: str) -> list[str]:
    """Return the TXT records of a name, their pieces joined."""
    return [b"".join(one.strings).decode("utf-8", "replace") for one in _ask(resolver, name, "TXT")]


@dataclass(frozen=True)
class Guess:
    """Where a domain's mail servers probably are; `how` says how it was found out."""

    how: How
    vendor: Vendor | None = None
    imap: Server | None = None
    smtp: Server | None = None


def guess_servers(address: str, resolver: Any) -> Guess:
    """Guess the servers of an address: known houses, who takes its mail, SRV records (RFC 6186), usual names."""
    domain = address.rpartition("@")[2].lower()
    vendor = vendor_of_domain(domain)
    if vendor:
        return Guess("known", vendor, vendor.imap, vendor.smtp)
    try:
        exchangers = sorted(_ask(resolver, domain, "MX"), key=lambda one: int(one.preference))
        vendor = next((v for one in exchangers if (v := vendor_of_exchanger(str(one.exchange)))), None)
        if vendor:
            return Guess("mx", vendor, vendor.imap, vendor.smtp)
        return _by_srv(domain, resolver) or _by_name(domain, resolver) or Guess("nothing")
    except NoAnswer:
        return Guess("nothing")


def _by_srv(domain: str, resolver: Any) -> Guess | None:
    found: dict[int, Server] = {}
    for service, security, place in _SRV:
        for one in sorted(_ask(resolver, f"{service}.{domain}", "SRV"), key=lambda row: int(row.priority)):
            host = str(one.target).rstrip(".")
            if host:  # a lone dot says that the service is not offered
                found.setdefault(place, (host, int(one.port), security))
    return Guess("srv", None, found.get(0), found.get(1)) if found else None


def _by_name(domain: str, resolver: Any) -> Guess | None:
    imap = _first_that_exists((f"imap.{domain}", f"mail.{domain}"), resolver)
    smtp = _first_that_exists((f"smtp.{domain}", f"mail.{domain}"), resolver)
    if not imap and not smtp:
        return None
    ways = ((imap, 993, "tls"), (smtp, 587, "starttls"))
    first, second = ((host, port, security) if host else None for host, port, security in ways)
    return Guess("guess", None, first, second)


def _first_that_exists(hosts: Iterable[str], resolver: Any) -> str:
    return next((host for host in hosts if _ask(resolver, host, "A") or _ask(resolver, host, "AAAA")), "")


@dataclass(frozen=True)
class Wanted:
    """A record that should stand in the DNS; `value` is what to paste. `kind` is SPF, DKIM, DMARC or MX."""

    kind: str
    name: str
    value: str
    type: str = "TXT"


@dataclass(frozen=True)
class Seen:
    """What stands there: `there` word for word, `paste` what should stand there now."""

    wanted: Wanted
    state: State
    there: Sequence[str] = ()
    paste: str = ""


def check_record(wanted: Wanted, resolver: Any) -> Seen:
    """Read a record back and compare."""
    look = {"SPF": _spf, "DKIM": _dkim, "DMARC": _dmarc, "MX": _mx}[wanted.kind]
    try:
        return look(wanted, resolver)
    except NoAnswer:
        return Seen(wanted, "unknown", (), wanted.value)


def _spf(wanted: Wanted, resolver: Any) -> Seen:
    # records of one name come in any order
    texts = sorted(texts_at(resolver, wanted.name))
    there = [text for text in texts if text.lower().split(" ")[0] == "v=spf1"]
    if not there:
        return Seen(wanted, "missing", (), wanted.value)
    mechanism = wanted.value.split(" ")[1]
    has = mechanism.lower() in there[0].lower().split()
    if has and len(there) == 1:
        return Seen(wanted, "found", there, there[0])
    # two records are a fault in themselves (RFC 7208, 4.5): their mechanisms belong into one
    words = [word for text in there for word in text.split()[1:]]
    last = next((word for word in reversed(words) if re.fullmatch(r"[-~?+]?all", word, re.I)), "~all")
    kept = [word for word in dict.fromkeys(words) if not re.fullmatch(r"[-~?+]?all", word, re.I)]
    merged = [*kept, *([] if mechanism in kept else [mechanism])]
    return Seen(wanted, "differs", there, " ".join(["v=spf1", *merged, last]))


def _dkim(wanted: Wanted, resolver: Any) -> Seen:
    there = texts_at(resolver, wanted.name)
    if not there:
        return Seen(wanted, "missing", (), wanted.value)
    same = any(_tag(text, "p") == _tag(wanted.value, "p") for text in there)
    return Seen(wanted, "found" if same else "differs", there, wanted.value)


def _tag(record: str, name: str) -> str:
    found = re.search(rf"(?:^|;)\s*{name}\s*=\s*([^;]*)", record)
    return re.sub(r"\s", "", found[1]) if found else ""


def _dmarc(wanted: Wanted, resolver: Any) -> Seen:
    """Any policy is somebody's decision; one of the domain above counts where the domain has none (RFC 7489, 6.6.3)."""
    name = wanted.name
    while name.count(".") >= 2:
        there = [
            text for text in texts_at(resolver, name) if text.lower().replace(" ", "").startswith("v=dmarc1")
        ]
        if there:
            return Seen(wanted, "found" if len(there) == 1 else "differs", there, wanted.value)
        name = "_dmarc." + name.removeprefix("_dmarc.").partition(".")[2]
    return Seen(wanted, "missing", (), wanted.value)


def _mx(wanted: Wanted, resolver: Any) -> Seen:
    """Our host must take the mail; a host without MX is its own exchanger if it has an address (RFC 5321, 5.1)."""
    rows = _ask(resolver, wanted.name, "MX")
    there = [f"{int(one.preference)} {str(one.exchange).rstrip('.')}" for one in rows]
    ours = wanted.value.split(" ")[1].rstrip(".").lower()
    if any(line.split(" ")[1].lower() == ours for line in there):
        return Seen(wanted, "found", there, wanted.value)
    if there:
        return Seen(wanted, "differs", there, wanted.value)
    if wanted.name.lower() == ours:
        addresses = [str(one) for kind in ("A", "AAAA") for one in _ask(resolver, ours, kind)]
        if addresses:
            return Seen(wanted, "found", addresses, wanted.value)
    return Seen(wanted, "missing", (), wanted.value)
