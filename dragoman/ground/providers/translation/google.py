"""Google Cloud Translation v3: `google://?project=..&location=global&key_file=/path/of/the/service-account.json`.

`credentials=` holds the content of that file instead; `glossary=` and `model=` name what was made there. Written from
the vendor's reference (projects.locations.translateText, .supportedLanguages); the token comes through the vendor's own
google-auth, the optional extra `google`.
"""

import importlib
import importlib.util
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.utils.translation import gettext as _

from dragoman.ground.providers.translation.batches import batches, checked
from dragoman.ground.providers.translation.glossaries import glossaries_in, glossary_for
from dragoman.ground.providers.translation.http import Address, Door, address, patience_of
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines
from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.hosts import is_loopback
from dragoman.kit.memo import Memo
from dragoman.kit.tags import match, normalise, same

_PATIENCE = 20.0  # seconds
_HOST = "translation.googleapis.com"
_TOKEN_HOSTS = frozenset({"oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com"})
_SCOPE = "https://www.googleapis.com/auth/cloud-translation"
_MOST_TEXTS = 1024
_MOST_CHARACTERS = 30_000  # code points
_WHAT_TO_INSTALL = "google:// needs an optional part: pip install 'dragoman[google]'"
# What Google calls otherwise than BCP 47 does.
_CODES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "no": "nb", "iw": "he", "pt": "pt-BR"}


@engines.register("google")
class Google:
    """One project of Google Cloud; it tells no confidence."""

    name = "google"
    host = _HOST
    local = False
    mask = "XZ{}ZX"
    # Its glossaries are made in a bucket beforehand: single terms cannot be handed over.
    takes_terms = False

    def __init__(self, url: str) -> None:
        place = address(url, host=_HOST)
        project, location = place.options.get("project", ""), place.options.get("location") or "global"
        if not project:
            raise ValueError(
                "google:// needs a project, such as google://?project=my-shop&key_file=/path.json"
            )
        self._parent = f"projects/{project}/locations/{location}"
        self._model = place.options.get("model", "")
        self._glossaries = glossaries_in(place.options.get("glossary", ""))
        self._bearer = _Bearer(_account(place))
        self._door = Door(place.base, patience=patience_of(place, _PATIENCE), bearer=self._bearer)
        self._known: Memo[str, tuple[dict[str, str], dict[str, str]]] = Memo(seconds=600)

    def _codes(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the vendor's code for each tag it can read and for each it can write."""
        return self._known.get("", self._ask_codes) or ({}, {})

    def _ask_codes(self) -> tuple[dict[str, str], dict[str, str]]:
        answer = self._door.ask("GET", f"/v3/{self._parent}/supportedLanguages")
        sources: dict[str, str] = {}
        targets: dict[str, str] = {}
        try:
            for entry in answer["languages"]:
                code = str(entry["languageCode"])
                tag = _CODES.get(code) or normalise(code)
                for kind, codes in (("supportSource", sources), ("supportTarget", targets)):
                    if tag and entry.get(kind):
                        codes.setdefault(tag, code)
        except (TypeError, KeyError, AttributeError) as error:
            raise Unavailable("the list of languages was not the one expected") from error
        return sources, targets

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return every pair of its languages; raises Unavailable or Rejected."""
        sources, targets = self._codes()
        return frozenset((one, other) for one in sources for other in targets if not same(one, other))

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate in batches of plain text, with the glossary that was made there for the pair."""
        sources, targets = self._codes()
        first, second = match(source, sources), match(target, targets)
        if first is None or second is None or same(first, second):
            return [None] * len(texts)
        asked: dict[str, Any] = {
            "mimeType": "text/plain",
            "sourceLanguageCode": sources[first],
            "targetLanguageCode": targets[second],
        }
        if self._model:
            asked["model"] = f"{self._parent}/models/{self._model}"
        glossary = glossary_for(self._glossaries, first, second)
        if glossary:
            asked["glossaryConfig"] = {
                "glossary": f"{self._parent}/glossaries/{glossary}",
                "ignoreCase": True,
            }
        said: list[str] = []
        for batch in batches(texts, texts_at_once=_MOST_TEXTS, characters=_MOST_CHARACTERS):
            answer = self._door.ask(
                "POST", f"/v3/{self._parent}:translateText", body={**asked, "contents": batch}
            )
            try:
                entries = (glossary and answer.get("glossaryTranslations")) or answer["translations"]
                said += checked([entry["translatedText"] for entry in entries], batch)
            except (TypeError, KeyError, AttributeError) as error:
                raise Unavailable("the answer was not the one expected") from error
        return [Translated(text, engine=self.name) if text.strip() else None for text in said]


def _account(place: Address) -> dict[str, Any]:
    """Return the service account; ValueError with what is expected."""
    written, path = place.options.get("credentials", ""), place.options.get("key_file", "")
    if not written and not path:
        raise ValueError("google:// needs key_file=, the JSON file of a service account")
    try:
        account = json.loads(written or Path(path).read_text("utf-8"))
        needed = {name: str(account[name]) for name in ("client_email", "private_key", "token_uri")}
        token_host = urlsplit(needed["token_uri"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        words = _("This is no JSON file of a Google service account: give the whole of it, from { to }.")
        raise ValueError(words) from error
    # A key file names where tokens come from: nobody but Google is asked, whatever it says.
    if token_host.hostname not in _TOKEN_HOSTS and not is_loopback(urlsplit(place.base).hostname or ""):
        raise ValueError(f"{token_host.hostname} gives no tokens for Google")
    return dict(account)


class _Bearer:
    """A token that is fetched when it is needed and again when it is nearly over."""

    def __init__(self, account: Mapping[str, Any]) -> None:
        self._account = account
        self._credentials: Any = None
        self._lock = threading.Lock()

    def __call__(self) -> str:
        """Return a token that is good for a while; raises Unavailable or Rejected."""
        if importlib.util.find_spec("google") is None or importlib.util.find_spec("google.auth") is None:
            raise Unavailable(_WHAT_TO_INSTALL)
        problems = importlib.import_module("google.auth.exceptions")
        with self._lock:
            try:
                if self._credentials is None:
                    service = importlib.import_module("google.oauth2.service_account")
                    self._credentials = service.Credentials.from_service_account_info(
                        self._account, scopes=[_SCOPE]
                    )
                if not self._credentials.valid:
                    self._credentials.refresh(_fetch)
            except problems.TransportError as error:
                raise Unavailable(f"no token from Google: {error}"[:200]) from error
            except (problems.RefreshError, problems.MalformedError) as error:
                if getattr(error, "retryable", False):
                    raise Unavailable(f"no token from Google: {error}"[:200]) from error
                raise Rejected(f"Google gives no token: {error}"[:200]) from error
            return str(self._credentials.token)


class _Answer:
    """What google-auth reads of an answer."""

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.headers = answer.headers
        self.data = answer.content


def _fetch(
    url: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    **_more: Any,
) -> _Answer:
    """Carry google-auth's calls, with a time-out and past no proxy."""
    problems = importlib.import_module("google.auth.exceptions")
    try:
        with httpx.Client(timeout=_PATIENCE, trust_env=False) as client:
            return _Answer(client.request(method, url, content=body, headers=dict(headers or {})))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise problems.TransportError(type(error).__name__) from error
