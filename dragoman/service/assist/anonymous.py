"""What somebody wrote, with whatever names or numbers one customer taken out."""

import re

from dragoman.core.conversations.models import Conversation
from dragoman.core.language.entities.find import find
from dragoman.core.language.redact import redacted

_PERSONAL = frozenset({"email", "phone", "address", "order_number", "tracking_number"})
_GAP = "…"


def without_people(text: str, language: str, conversation: Conversation) -> str:
    """Return a text with addresses, numbers of orders and parcels and the customer's own name as `…`."""
    spans = [(one.start, one.end) for one in redacted(text)]
    spans += [(one.start, one.end) for one in find(text, language or "en") if one.type in _PERSONAL]
    for part in conversation.customer.name.split():
        if len(part) > 1:
            spans += [
                found.span() for found in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE)
            ]
    kept, at = "", 0
    for start, end in sorted(spans):
        if start >= at:
            kept += text[at:start] + _GAP
        at = max(at, end)
    return (kept + text[at:]).strip()
