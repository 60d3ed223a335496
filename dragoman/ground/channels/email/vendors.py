"""Mail houses we know by name: their servers, how one logs in, and where their authorization servers stand.

The OAuth addresses and scopes are those of Google's "Using OAuth 2.0 for web server applications" and "XOAUTH2
mechanism" and of Microsoft's "Authenticate an IMAP, POP or SMTP connection using OAuth".
"""

from dataclasses import dataclass, field

Server = tuple[str, int, str]  # host, port, security: tls or starttls


@dataclass(frozen=True)
class Vendor:
    """One mail house; without `authorize_url` it takes passwords alone."""

    name: str
    label: str
    imap: Server
    smtp: Server
    domains: tuple[str, ...] = ()
    exchangers: tuple[str, ...] = ()  # the ends of its MX hosts
    spf: str = ""
    authorize_url: str = ""
    token_url: str = ""
    scope: str = ""
    more: dict[str, str] = field(default_factory=dict)  # what its authorization page wants besides
    app_password_url: str = ""


GOOGLE = Vendor(
    "google",
    "Gmail",
    ("imap.gmail.com", 993, "tls"),
    ("smtp.gmail.com", 587, "starttls"),
    domains=("gmail.com", "googlemail.com"),
    exchangers=("google.com", "googlemail.com"),
    spf="_spf.google.com",
    authorize_url="https://accounts.google.com/o/oauth2/v2/auth",
    token_url="https://oauth2.googleapis.com/token",  # noqa: S106  # an address, no secret
    scope="https://mail.google.com/",
    # without both Google gives no refresh token to somebody who agreed before
    more={"access_type": "offline", "prompt": "consent"},
    app_password_url="https://myaccount.google.com/apppasswords",  # noqa: S106
)
MICROSOFT = Vendor(
    "microsoft",
    "Microsoft 365",
    ("outlook.office365.com", 993, "tls"),
    ("smtp.office365.com", 587, "starttls"),
    domains=("outlook.com", "hotmail.com", "live.com", "msn.com"),
    exchangers=("mail.protection.outlook.com", "olc.protection.outlook.com"),
    spf="spf.protection.outlook.com",
    authorize_url="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    token_url="https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",  # noqa: S106
    scope="https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
    more={"response_mode": "query"},
)
OTHERS = (
    Vendor(
        "yahoo",
        "Yahoo",
        ("imap.mail.yahoo.com", 993, "tls"),
        ("smtp.mail.yahoo.com", 465, "tls"),
        domains=("yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "ymail.com"),
        exchangers=("yahoodns.net",),
    ),
    Vendor(
        "icloud",
        "iCloud",
        ("imap.mail.me.com", 993, "tls"),
        ("smtp.mail.me.com", 587, "starttls"),
        domains=("icloud.com", "me.com", "mac.com"),
        exchangers=("icloud.com",),
        spf="icloud.com",
    ),
    Vendor(
        "fastmail",
        "Fastmail",
        ("imap.fastmail.com", 993, "tls"),
        ("smtp.fastmail.com", 465, "tls"),
        domains=("fastmail.com", "fastmail.fm"),
        exchangers=("messagingengine.com",),
        spf="spf.messagingengine.com",
    ),
    Vendor(
        "zoho",
        "Zoho Mail",
        ("imap.zoho.eu", 993, "tls"),
        ("smtp.zoho.eu", 465, "tls"),
        exchangers=("zoho.eu",),
        spf="zohomail.eu",
    ),
    Vendor(
        "gmx",
        "GMX",
        ("imap.gmx.net", 993, "tls"),
        ("mail.gmx.net", 587, "starttls"),
        domains=("gmx.de", "gmx.net", "gmx.at", "gmx.ch"),
        exchangers=("gmx.net",),
    ),
    Vendor(
        "webde",
        "WEB.DE",
        ("imap.web.de", 993, "tls"),
        ("smtp.web.de", 587, "starttls"),
        domains=("web.de",),
        exchangers=("web.de",),
    ),
)
# changed by tests, which stand in for a vendor with a server of their own
VENDORS: dict[str, Vendor] = {one.name: one for one in (GOOGLE, MICROSOFT, *OTHERS)}


def vendor_of_domain(domain: str) -> Vendor | None:
    """Find whose addresses end so."""
    return next((one for one in VENDORS.values() if domain.lower() in one.domains), None)


def vendor_of_exchanger(host: str) -> Vendor | None:
    """Find whose server takes a domain's mail."""
    name = host.lower().rstrip(".")
    return next(
        (
            one
            for one in VENDORS.values()
            for end in one.exchangers
            if name == end or name.endswith("." + end)
        ),
        None,
    )


def vendor_of_server(host: str) -> Vendor | None:
    """Find whose IMAP or SMTP server this is."""
    return next((one for one in VENDORS.values() if host and host in (one.imap[0], one.smtp[0])), None)
