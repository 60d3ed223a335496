"""One call to a carrier over HTTP, its failures told in our two words; and reading what all of them write."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import pycountry
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Rejected, Unavailable

from .ports import Account

_PATIENCE: Final = httpx.Timeout(20.0, connect=5.0)
_LARGEST: Final = 5_000_000  # bytes of an answer
_LONGEST: Final = 300  # characters of what a vendor says of its refusal


class Answer:
    """What came back: its status below 500 and its JSON, {} where it has none."""

    def __init__(self, status: int, body: Any) -> None:
        self.status, self.body = status, body

    def refused(self, said: object) -> Rejected:
        """Return the refusal with what the vendor said."""
        return Rejected(f"{self.status}: {str(said or 'no reason given')[:_LONGEST]}")


def call(
    account: Account,
    method: str,
    path: str,
    *,
    home: str,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    body: Any = None,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """Ask `home`, or where the account is instead; raises Unavailable (down, busy), Rejected on 401, 403."""
    answer = _sent(account.address or home, method, path, headers=headers, params=query, json=body, data=form)
    if answer.status_code == 429 or answer.status_code >= 500:
        raise Unavailable(
            str(_("It answered with the error %(code)s.") % {"code": answer.status_code}),
            retry_after=_seconds(answer),
        )
    told = _json(answer)
    if answer.status_code in (401, 403):
        raise Answer(answer.status_code, told).refused(complaint(told))
    return Answer(answer.status_code, told)


def call_of_faults(account: Account, path: str, *, home: str, body: Any) -> Answer:
    """Post to a vendor that tells its refusals as faults of its own: a 500 with JSON is an answer.

    Raises Unavailable where it is down or busy.
    """
    answer = _sent(account.address or home, "POST", path, json=body)
    told = _json(answer)
    if answer.status_code == 429 or (answer.status_code >= 500 and not told):
        raise Unavailable(
            str(_("It answered with the error %(code)s.") % {"code": answer.status_code}),
            retry_after=_seconds(answer),
        )
    return Answer(answer.status_code, told)


def _sent(base: str, method: str, path: str, **more: Any) -> httpx.Response:
    try:
        with httpx.Client(base_url=base, timeout=_PATIENCE, trust_env=False) as client:
            return client.request(method, path, **more)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(
            str(_("%(place)s cannot be reached.") % {"place": urlsplit(base).netloc})
        ) from error


def _seconds(answer: httpx.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers.get("retry-after", "")))
    except ValueError:
        return None


def _json(answer: httpx.Response) -> Any:
    if not answer.content:
        return {}
    try:
        if len(answer.content) > _LARGEST:
            raise ValueError
        return answer.json()
    except ValueError:
        if answer.is_success:
            raise Unavailable(str(_("The answer was not the one expected."))) from None
        return {}


def read_json(body: bytes) -> Any:
    """Return what a webhook holds; raises Rejected where it is no JSON."""
    try:
        return json.loads(body)
    except ValueError:
        raise Rejected(str(_("This is no JSON."))) from None


def complaint(told: Any) -> str:
    """Return the words of an error, wherever a vendor puts them."""
    if isinstance(told, list):
        return complaint(told[0]) if told else ""
    if not isinstance(told, dict):
        return str(told or "")
    for name in (
        "message",
        "detail",
        "title",
        "error_description",
        "errorDescription",
        "faultstring",
        "moreInformation",
    ):
        if isinstance(told.get(name), str) and told[name]:
            return str(told[name])
    for name in ("meta", "errors", "error", "response", "fault", "data"):
        if said := complaint(told.get(name)):
            return said
    return ""


def at(told: object, name: str, *more: str) -> Any:
    """Return what stands at a path of names in JSON, None where it leads nowhere."""
    found: Any = told
    for one in (name, *more):
        found = found.get(one) if isinstance(found, dict) else None
    return found


def listed(told: object) -> list[dict[str, Any]]:
    """Return the objects of a list, [] where it is none."""
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def words(told: object, most: int = 500) -> str:
    """Return a text in one line, "" for anything else."""
    return " ".join(told.split())[:most] if isinstance(told, str) else ""


def moment(told: object) -> datetime | None:
    """Return a moment in UTC as vendors write it: ISO 8601, UTC where no offset stands, a day at its noon."""
    if not isinstance(told, str):
        return None
    text = told.strip()
    try:
        found = parse_datetime(text)
        if found is None:
            found = datetime.combine(date.fromisoformat(text[:10]), time(12))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def country(told: object) -> str:
    """Return ISO 3166-1 alpha-2 of a country's two or three letters, "" where they are none."""
    code = words(told, 3).upper()
    known = pycountry.countries
    found = known.get(alpha_2=code) if len(code) == 2 else known.get(alpha_3=code)
    return str(found.alpha_2) if found else ""


def place(*parts: object) -> str:
    """Return the parts of a place that are told, in one line."""
    return ", ".join(dict.fromkeys(said for one in parts if (said := words(one, 100))))
