"""What an agent can do when the other mail server refused: read from its own words and enhanced codes (RFC 3463)."""

import re
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ADVICE: Final[tuple[tuple[re.Pattern[str], Promise], ...]] = (
    (
        re.compile(r"\b5\.2\.2\b|\b4\.2\.2\b|mailbox (is )?full|over ?quota|quota exceeded", re.IGNORECASE),
        _("Their mailbox is full. Try again in a few days, or reach them another way."),
    ),
    (
        re.compile(r"\b5\.3\.4\b|\b5\.2\.3\b|too (large|big)|size (limit|exceed)", re.IGNORECASE),
        _("The mail was too large for them. Send smaller files, or a link."),
    ),
    (
        re.compile(
            r"\b5\.1\.[0-36]\b|\b5\.2\.1\b|user unknown|unknown user|no such (user|address|mailbox|recipient)"
            r"|does not exist|mailbox (not found|unavailable|disabled)|address rejected",
            re.IGNORECASE,
        ),
        _("This address takes no mail. Look for a typing error, or ask the customer another way."),
    ),
    (
        re.compile(r"\b5\.1\.2\b|\b5\.4\.4\b|host (or domain )?(name )?not found|nxdomain", re.IGNORECASE),
        _("There is no such mail domain. Look for a typing error after the @."),
    ),
    (
        re.compile(
            r"\b5\.7\.\d+\b|spam|blocked|blacklist|blocklist|policy|dmarc|spf|dkim|unauthenticated",
            re.IGNORECASE,
        ),
        _(
            "Their server does not trust this mail. Ask a lead to check the mailbox's DNS records in the settings."
        ),
    ),
)


def advice(words: str) -> str:
    """Say what to do about a refusal, or nothing where its words say nothing known."""
    return next((str(said) for pattern, said in _ADVICE if pattern.search(words)), "")
