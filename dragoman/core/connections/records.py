"""The DNS records of a mailbox: what its domain should say so that its mail is believed."""

from urllib.parse import urlsplit

from django.conf import settings

from dragoman.ground.channels.email.dkim_key import dns_record, new_key
from dragoman.ground.channels.email.domain import Seen, Wanted, check_record, new_resolver
from dragoman.ground.channels.email.vendors import vendor_of_server
from dragoman.kit.hosts import is_loopback

from .actions import change_secrets
from .forwarding import mail_host
from .models import Connection
from .secrets import secrets_of

SELECTOR = "dragoman"


def make_dkim_key(box: Connection) -> None:
    """Make a key that signs what this mailbox sends; an old one is replaced."""
    domain = box.address.rpartition("@")[2]
    change_secrets(
        box,
        secrets={"dkim_key": new_key()},
        settings={"dkim_selector": SELECTOR, "dkim_domain": domain},
    )


def wanted_records(box: Connection) -> list[Wanted]:
    """List what should stand in the DNS for a mailbox."""
    domain = box.address.rpartition("@")[2]
    known = secrets_of(box)
    found = []
    sender = urlsplit(known.get("url", "")).hostname or ""
    vendor = vendor_of_server(sender)
    if vendor and vendor.spf:
        found.append(Wanted("SPF", domain, f"v=spf1 include:{vendor.spf} ~all"))
    elif sender and not is_loopback(sender):
        found.append(Wanted("SPF", domain, f"v=spf1 a:{sender} ~all"))
    elif sender or settings.MAIL_URL:
        found.append(Wanted("SPF", domain, f"v=spf1 a:{mail_host()} ~all"))
    if known.get("dkim_key"):
        name, value = dns_record(known)
        found.append(Wanted("DKIM", name, value))
    found.append(Wanted("DMARC", f"_dmarc.{domain}", f"v=DMARC1; p=none; rua=mailto:{box.address}"))
    if box.settings.get("forward"):
        found.append(Wanted("MX", mail_host(), f"10 {mail_host()}", type="MX"))
    elif not box.settings.get("imap_host"):
        found.append(Wanted("MX", domain, f"10 {mail_host()}", type="MX"))
    return found


def check_records(box: Connection) -> list[Seen]:
    """Read every record back."""
    resolver = new_resolver(settings.DNS_SERVER)
    return [check_record(wanted, resolver) for wanted in wanted_records(box)]
