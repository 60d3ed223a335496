"""One JSON call to an engine over HTTP, with its failures told in our two words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from socket import gaierror
from ssl import SSLError
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.hosts import is_loopback

_CONNECT = 3.0  # seconds
_LONGEST_PATIENCE = 120
_LARGEST = 2_000_000  # bytes of an answer


@dataclass(frozen=True)
class Address:
    """Where an engine listens: `base` without a final slash, and the options behind the question mark."""

    base: str
    options: dict[str, str] = field(default_factory=dict)


def address(url: str, *, host: str = "") -> Address:
    """Read `scheme://host:port/path?key=..&tls=1`; ValueError without a host, or for a key on an open road.

    `host` is a vendor's own, used where the URL names none: `scheme://?key=..`; such an engine is reached over TLS
    unless it is on this machine. No key leaves this machine unencrypted unless `tls=0` says so.
    """
    parts = urlsplit(url)
    if host and not parts.hostname:
        return address(f"{parts.scheme}://{host}/?{parts.query}", host=host)
    if not parts.hostname:
        raise ValueError(f"{parts.scheme}:// needs a host, such as {parts.scheme}://127.0.0.1:5000")
    # not parse_qs: a plus in a key is a plus
    options = {
        name: unquote(value)
        for name, _equals, value in (part.partition("=") for part in parts.query.split("&"))
        if name
    }
    place = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if parts.port:
        place += f":{parts.port}"
    is_here = is_loopback(parts.hostname)
    tls = options.get("tls", "1" if parts.port == 443 or (host and not is_here) else "")
    secure = tls in {"1", "true", "yes"}
    if options.get("key") and not (secure or is_here or tls):
        raise ValueError(
            f"{parts.scheme}:// would send its key unencrypted: add tls=1, or tls=0 on a private line"
        )
    return Address(f"{'https' if secure else 'http'}://{place}{parts.path.rstrip('/')}", options)


def patience_of(place: Address, usual: float) -> float:
    """Return how long an answer may take, in seconds: the option `timeout`, else what is usual."""
    try:
        wanted = float(place.options.get("timeout") or usual)
    except ValueError:
        raise ValueError("timeout= is a number of seconds") from None
    if not 1 <= wanted <= _LONGEST_PATIENCE:
        raise ValueError(f"timeout= is between 1 and {_LONGEST_PATIENCE} seconds")
    return wanted


class Door:
    """The connections to one engine; `patience` is how long an answer may take, in seconds.

    `bearer` gives a token for every call.
    """

    def __init__(
        self,
        base: str,
        *,
        patience: float,
        headers: dict[str, str] | None = None,
        bearer: Callable[[], str] | None = None,
    ) -> None:
        self._bearer = bearer
        self._patience = patience
        # The engine is named by the operator; a proxy from the environment must not see its texts.
        self._client = httpx.Client(
            base_url=base,
            headers=headers,
            trust_env=False,
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        patience: float | None = None,
    ) -> Any:
        """Return the JSON of a 2xx answer; raises Unavailable (down, busy, garbage) or Rejected (4xx).

        `patience` is for this call alone, in seconds; it is never longer than the engine's own.
        """
        headers = {"Authorization": f"Bearer {self._bearer()}"} if self._bearer else None
        wait = self._patience if patience is None else min(patience, self._patience)
        timeout = httpx.Timeout(wait, connect=min(_CONNECT, wait))
        try:
            answer = self._client.request(
                method, path, json=body, params=query, headers=headers, timeout=timeout
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(_why(error, self._client.base_url)) from error
        if answer.status_code == 429:
            raise Unavailable("the engine asks to slow down", retry_after=_seconds(answer))
        if answer.status_code >= 500 or answer.status_code == 408:
            raise Unavailable(
                f"the engine answered {answer.status_code}: {_complaint(answer)}",
                retry_after=_seconds(answer),
            )
        if answer.status_code >= 400:
            raise Rejected(f"the engine refused ({answer.status_code}): {_complaint(answer)}")
        try:
            if not answer.is_success or len(answer.content) > _LARGEST:
                raise ValueError
            return answer.json()
        except ValueError:
            raise Unavailable(f"the answer ({answer.status_code}) was not the JSON expected") from None


def _why(error: Exception, base: httpx.URL) -> str:
    """Say in words why nothing came from an engine, and what its operator may look at.

    It is said again in the language of each who reads it: an engine's rest outlasts one request.
    """
    place = {"place": base.netloc.decode(), "host": base.host}
    words = _words_for(error)
    return lazy(lambda: str(words) % place, str)()


def _words_for(error: Exception) -> str | Promise:
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and len(causes) < 8:
        causes.append(cause)
    if any(isinstance(one, gaierror) for one in causes):
        return _("No machine is called %(host)s. Look at the address.")
    if any(isinstance(one, SSLError) for one in causes):
        return _("%(place)s does not speak TLS, or its certificate is not valid. Look at the encryption.")
    if isinstance(error, httpx.ConnectError):
        return _("Nothing listens at %(place)s. Does the engine run, and is this its address?")
    if isinstance(error, httpx.TimeoutException):
        return _("%(place)s did not answer in time.")
    return _("%(place)s broke off, or speaks another language than HTTP. Look at the encryption.")


def _seconds(answer: httpx.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers.get("retry-after", "")))
    except ValueError:
        return None


def _complaint(answer: httpx.Response) -> str:
    """Return what the engine said about its refusal, shortened."""
    try:
        told = answer.json()
    except ValueError:
        return answer.text[:200]
    error = told.get("error", told) if isinstance(told, dict) else told
    return str(error.get("message", error) if isinstance(error, dict) else error)[:200]
