"""One JSON call to a shop over HTTP: numbers stay exact, failures are told in the words of the port."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Final
from urllib.parse import quote, urlsplit

import httpx
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable

from .ports import Account, NotSent

_CONNECT: Final = 5.0  # seconds
_PATIENCE: Final = 30.0
_LONGEST: Final = 120.0
_LARGEST: Final = 32_000_000  # bytes of an answer
_MARKED: Final = re.compile(r'"\\u0000(-?[\d.]+)\\u0000"')
_UNREACHED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# one pool of connections for all shops, and no cookies: a log-in at one is nothing to the next
_client: Final = httpx.Client(
    trust_env=False,
    follow_redirects=False,
    cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
)


class Unreached(Unavailable):
    """The shop did not take the call in: it was not reached, or asked to come later. Nothing was done."""


class Missing(Rejected):
    """The shop has no such thing."""


class Broken(Unavailable):
    """The shop answered with a fault of its own: unknown what it did. `code` is its word for it, if it has one."""

    def __init__(self, message: str, *, code: str = "", retry_after: float | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        self.code = code


def base_of(account: Account) -> str:
    """Return the address of a shop without a final slash; raises Rejected for what is no address."""
    parts = urlsplit(account.address.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.username:
        raise Rejected(str(_("The address of the shop begins with https:// and names a machine.")))
    return account.address.strip().rstrip("/")


def check_sealed(account: Account) -> None:
    """Raise Rejected where a key would travel in the open: http is for this machine alone."""
    parts = urlsplit(base_of(account))
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise Rejected(
            str(_("The address of the shop begins with https://: its key must not travel in the open."))
        )


def patience_of(account: Account) -> float:
    """Return how long an answer may take, in seconds: the setting `timeout`, else 30."""
    try:
        return min(_LONGEST, max(1.0, float(account.settings.get("timeout") or _PATIENCE)))
    except ValueError:
        return _PATIENCE


@contextmanager
def nothing_done_yet() -> Iterator[None]:
    """Raise NotSent for whatever fails inside: nothing but questions was asked of the shop so far."""
    try:
        yield
    except Unavailable as error:
        raise NotSent from error


@contextmanager
def first_step() -> Iterator[None]:
    """Raise NotSent where the shop did not take the call inside; a call it may have heard stays Unavailable."""
    try:
        yield
    except Unreached as error:
        raise NotSent from error


def ask(
    account: Account,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str | int] | None = None,
    body: Any = None,
) -> httpx.Response:
    """Return a 2xx answer; raises Unreached, Unavailable (unknown whether it was done) or Rejected (its own words).

    A body is sent as JSON; bytes are sent as they are.
    """
    timeout = httpx.Timeout(patience_of(account), connect=_CONNECT)
    try:
        answer = _client.request(
            method,
            base_of(account) + path,
            content=body if body is None or isinstance(body, bytes) else exact_json(body),
            params=dict(query) if query else None,
            headers={"Accept": "application/json", "Content-Type": "application/json", **(headers or {})},
            timeout=timeout,
        )
    except _UNREACHED as error:
        place = {"place": urlsplit(account.address).netloc}
        raise Unreached(str(_("Nothing answers at %(place)s.") % place)) from error
    except httpx.TimeoutException as error:
        raise Unavailable(str(_("The shop did not answer in time."))) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(str(_("The connection to the shop broke."))) from error
    return _judged(answer)


def _judged(answer: httpx.Response) -> httpx.Response:
    status = answer.status_code
    if status == 429:
        raise Unreached(str(_("The shop asks to slow down.")), retry_after=seconds_of(answer))
    if status >= 500 or status == 408:
        words = _("The shop answered %(status)s: %(words)s") % {
            "status": status,
            "words": complaint_of(answer),
        }
        raise Broken(str(words), code=code_of(answer), retry_after=seconds_of(answer))
    if status in {301, 302, 303, 307, 308}:
        raise Rejected(
            str(
                _("The shop sends us on to %(place)s.") % {"place": answer.headers.get("location", "?")[:200]}
            )
        )
    if status in {401, 403}:
        raise Rejected(
            str(_("The shop does not let us in: %(words)s") % {"words": complaint_of(answer) or status})
        )
    if status in {404, 410}:
        raise Missing(complaint_of(answer) or f"HTTP {status}")
    if status >= 400:
        raise Rejected(complaint_of(answer) or f"HTTP {status}")
    if len(answer.content) > _LARGEST:
        raise Unavailable(str(_("The answer of the shop is too large.")))
    return answer


def exact_json(body: Any) -> bytes:
    """Return JSON in which a Decimal is a number with exactly its figures: no float is ever near it."""
    text = json.dumps(body, default=_marked, ensure_ascii=False)
    return _MARKED.sub(r"\1", text).encode()


def _marked(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return f"\0{value:f}\0"
    raise TypeError(f"{type(value).__name__} is no JSON")


def safe(part: str) -> str:
    """Return an id as one part of a path."""
    return quote(part, safe="")


def json_of(answer: httpx.Response) -> Any:
    """Return the JSON of an answer with its decimals exact; raises Unavailable for anything else."""
    try:
        return answer.json(parse_float=Decimal)
    except ValueError:
        raise Unavailable(str(_("The answer was no JSON: is this the address of the shop’s API?"))) from None


def seconds_of(answer: httpx.Response) -> float | None:
    """Return how long to wait by `Retry-After`, in seconds; both of its forms are read (RFC 9110, 10.2.3)."""
    told = answer.headers.get("retry-after", "").strip()
    if not told:
        return None
    try:
        return max(0.0, float(told))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def code_of(answer: httpx.Response) -> str:
    """Return the shop's word for a fault, such as `rest_forbidden`; empty where it has none."""
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("code") or "")[:100] if isinstance(told, dict) else ""


def complaint_of(answer: httpx.Response) -> str:
    """Return what the shop said about its refusal, shortened."""
    try:
        told = answer.json()
    except ValueError:
        return "" if "<html" in answer.text[:500].lower() else answer.text[:200].strip()
    if not isinstance(told, dict):
        return str(told)[:300]
    for name in ("message", "errors", "error", "detail"):
        if told.get(name):
            return _filled(_said(told[name]), told.get("parameters"))[:300]
    return str(told)[:300]


def _filled(words: str, parameters: Any) -> str:
    """Return words with what belongs into them: `%fieldName` and `%1`, as Magento leaves them."""
    if isinstance(parameters, list):
        parameters = {str(place): one for place, one in enumerate(parameters, start=1)}
    for name, value in parameters.items() if isinstance(parameters, dict) else ():
        words = words.replace(f"%{name}", str(value))
    return words


def _said(found: Any) -> str:
    if isinstance(found, list):
        return "; ".join(_said(one) for one in found)
    if isinstance(found, dict):
        return _said(found["message"]) if "message" in found else str(found)
    return str(found)
