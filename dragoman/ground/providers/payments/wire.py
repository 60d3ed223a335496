"""One HTTP call to a payment vendor, and what its answer means: refused, missing, not heard, or nobody knows."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import httpx
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.money import BadMoney, to_major, to_minor

_UNHEARD: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
client: Final = httpx.Client(trust_env=False, follow_redirects=False)


class Unreached(Unavailable):
    """The vendor did not take the call in: nothing was done."""


class Missing(Rejected):
    """There is no such thing."""


class Closed(Rejected):
    """The vendor does not know who calls: nothing was done."""


def call(
    who: str, method: str, url: str, *, words: Callable[[dict[str, Any]], str], **told: Any
) -> dict[str, Any]:
    """Call a vendor and return its JSON, {} where it says nothing; `words` takes its own words out of an error.

    Raises Unreached, Missing, Rejected, Unavailable (nobody knows whether it was done).
    """
    try:
        answer = client.request(method, url, timeout=httpx.Timeout(30, connect=5), **told)
    except _UNHEARD as error:
        raise Unreached(str(_("%(who)s cannot be reached.") % {"who": who})) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(str(_("%(who)s did not answer.") % {"who": who})) from error
    try:
        found = answer.json() if answer.content else {}
    except ValueError:
        found = None
    said = words(found)[:300] if isinstance(found, dict) else ""
    status = answer.status_code
    if status == 429:
        wait = answer.headers.get("retry-after", "")
        raise Unreached(said or "HTTP 429", retry_after=float(wait) if wait.isdigit() else None)
    # 409, or Adyen's "transient-error": another call with the same key is under way, so that nobody knows yet
    passing = answer.headers.get("transient-error", "").lower() == "true"
    if status >= 500 or status in (408, 409) or passing:
        raise Unavailable(said or f"HTTP {status}")
    if status == 401:
        raise Closed(said or "HTTP 401")
    if status == 404:
        raise Missing(said or "HTTP 404")
    if status >= 300:
        raise Rejected(said or f"HTTP {status}")
    if not isinstance(found, dict):
        raise Unavailable(str(_("%(who)s’s answer cannot be read.") % {"who": who}))
    return found


def outgoing(minor: int, currency: str, digits: int, *, who: str) -> int:
    """Return minor units of ISO 4217 as a vendor counts them; raises Rejected where it cannot be said there."""
    amount = to_major(minor, currency).scaleb(digits)
    if amount != amount.to_integral_value():
        said = _("%(who)s cannot move an amount this fine in %(currency)s.")
        raise Rejected(str(said % {"who": who, "currency": currency}))
    return int(amount)


def incoming(amount: Decimal | int | str, currency: str, digits: int = 0) -> int:
    """Return what a vendor counts, with so many digits, as minor units of ISO 4217; raises Unavailable."""
    try:
        return to_minor(Decimal(amount).scaleb(-digits), currency)
    except (BadMoney, ArithmeticError) as error:
        raise Unavailable(str(error)) from error


def moment(text: Any) -> datetime | None:
    """Return a time that says its zone (RFC 3339), None for anything else."""
    try:
        found = datetime.fromisoformat(str(text or ""))
    except ValueError:
        return None
    return found if found.tzinfo else None


def safe(part: str, *, who: str) -> str:
    """Return an id that may stand in an address; raises Missing."""
    if not part or not part.isascii() or not all(one.isalnum() or one in "_-" for one in part):
        raise Missing(str(_("This is no id of %(who)s’s.") % {"who": who}))
    return part


def tail(details: Mapping[str, Any], name: str) -> str:
    """Return the last four figures of what a vendor calls a card by, and never more."""
    found = str(details.get(name) or "")[-4:]
    return found if found.isascii() and found.isdigit() else ""
