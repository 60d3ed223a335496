"""Which engines this installation has, what they can do now, and which of them are down."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.home import is_at_home
from dragoman.core.language.phrase_engine import NAME as PHRASEBOOK
from dragoman.core.language.phrase_engine import PhrasebookEngine
from dragoman.core.language.vendors import check_host, url_of
from dragoman.ground.providers.translation.choose import engine_for, new_engine, urls_in
from dragoman.ground.providers.translation.ports import (
    ANY_MANNER,
    Translated,
    Translator,
    Unusable,
    Wish,
    pair_for,
)
from dragoman.kit.errors import OutsideError, Unavailable
from dragoman.kit.tags import same

log = logging.getLogger(__name__)

_FRESH = 60.0  # seconds for which an engine's list of pairs is believed
_REST = 15.0  # seconds for which an engine that failed is not asked again
_LONGEST_REST = 60.0

# A model says nothing of its pairs: it is taken to know all.
_Pairs = frozenset[tuple[str, str]] | None


class _Known(Protocol):
    """What can be said of an engine without translating anything."""

    local: bool

    def pairs(self) -> _Pairs:
        """Return the pairs it can do."""


@dataclass(frozen=True)
class EngineStatus:
    """One engine for `doctor` and the settings page; `address` holds no key, `pairs` is None for any."""

    name: str
    address: str
    local: bool
    answers: bool
    pairs: int | None
    languages: tuple[str, ...]
    problem: str = ""
    key: str = ""


@dataclass
class Machine:
    """A configured engine with what this process remembers of it."""

    url: str
    engine: Translator
    key: str = ""
    account_id: int | None = None
    _pairs: _Pairs = None
    _asked_at: float = float("-inf")
    _down_until: float = float("-inf")
    _was_asked: bool = False
    # a message, or one that is said in the language of whoever reads it
    _failure: object = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def problem(self) -> str:
        """Say why it does not answer, empty where it does."""
        return str(self._failure)

    @property
    def host(self) -> str:
        """Return where texts go, empty for an engine without a network."""
        return host_of(self.url, self.engine)

    @property
    def is_at_home(self) -> bool:
        """Say whether texts stay in the house."""
        return is_at_home(self.url, self.engine)

    def pairs(self) -> _Pairs:
        """Return its pairs, asked at most once a minute; raises Unavailable while it is down."""
        with self._lock:
            if time.monotonic() < self._asked_at + _FRESH:
                return self._pairs
            self.refuse_while_down()
            try:
                self._pairs = self.engine.pairs()
            except OutsideError as error:
                raise self._noted(error) from error
            self._asked_at, self._was_asked, self._failure = time.monotonic(), True, ""
            return self._pairs

    def can(self, source: str, target: str) -> bool:
        """Tell whether it does a pair; raises Unavailable where that cannot be known now."""
        if same(source, target):
            return False
        pairs = self.pairs()
        return pairs is None or pair_for(pairs, source, target) is not None

    def could(self, source: str, target: str) -> bool:
        """Tell the same from what was last known, for an engine that is down."""
        if same(source, target) or not self._was_asked:
            return False
        return self._pairs is None or pair_for(self._pairs, source, target) is not None

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate; raises Unusable, Unavailable, at once while it is down, or Rejected."""
        self.refuse_while_down()
        try:
            said = self.engine.translate(texts, source, target, wish)
        except Unusable as error:
            # the text may have made it so: others must not wait for that
            log.warning("translation engine %s: %s", self.engine.name, error)
            raise
        except OutsideError as error:
            raise self._noted(error) from error
        self._failure = ""
        return said

    def wake(self) -> None:
        """End its rest: somebody mended it and wants to know."""
        self._down_until = self._asked_at = float("-inf")

    def refuse_while_down(self) -> None:
        """Raise Unavailable while it rests after a failure."""
        if time.monotonic() < self._down_until:
            raise Unavailable(self.problem)

    def _noted(self, error: OutsideError) -> OutsideError:
        """Remember a failure, so that the next text does not wait for it again."""
        self._failure = error.args[0]
        self._down_until = time.monotonic() + min(error.retry_after or _REST, _LONGEST_REST)
        log.warning("translation engine %s: %s", self.engine.name, error)
        return error


@lru_cache(maxsize=8)
def _machines(setting: str) -> tuple[Machine, ...]:
    found = []
    for url in urls_in(setting):
        try:
            engine = engine_for(url)
            found.append(Machine(url, engine, key=f"{engine.name}@{host_of(url, engine)}"))
        except ValueError as error:
            log.error("translation engine left out: %s", error)
    return tuple(found)


def host_of(url: str, engine: Translator) -> str:
    """Return the host (and port, if it is named) of an engine: the vendor's own where the URL names none."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return place or getattr(engine, "host", "") or parts.path


def _setting() -> str:
    """Return the URLs: the translators in their order, then the language model for what they lack."""
    return f"{settings.TRANSLATOR_URL} {settings.LLM_URL}"


# (workspace, account) -> the URL from which it was made, and the engine
_of_accounts: dict[tuple[int, int], tuple[str, Machine]] = {}
_MOST_ACCOUNTS = 500
_accounts_lock = threading.Lock()


def machine_of(account: VendorAccount) -> Machine:
    """Return a workspace's engine with what this process remembers of it; ValueError where it cannot be one."""
    url, place = url_of(account), (account.workspace_id, account.pk)
    kept = _of_accounts.get(place)
    if kept and kept[0] == url:
        return kept[1]
    check_host(url)
    made = Machine(url, new_engine(url), key=account.key, account_id=account.pk)
    with _accounts_lock:
        if len(_of_accounts) >= _MOST_ACCOUNTS:
            _of_accounts.clear()
        _of_accounts[place] = (url, made)
    return made


def machines() -> tuple[Machine, ...]:
    """Return the configured engines in the order in which they are asked."""
    return _machines(_setting())


def forget() -> None:
    """Forget what is known of every engine: what they can do and which are down."""
    _machines.cache_clear()
    _of_accounts.clear()
    engine_for.cache_clear()


def can_or_could(machine: Machine, source: str, target: str) -> bool:
    """Tell whether it does a pair, from what was last known while it is down."""
    try:
        return machine.can(source, target)
    except OutsideError:
        return machine.could(source, target)


def engines_status() -> list[EngineStatus]:
    """Ask every engine how it is, the phrasebook first; wrong URLs are listed with what is expected."""
    return [_status(PHRASEBOOK, f"{PHRASEBOOK}://", PhrasebookEngine()), *_machine_statuses()]


def _machine_statuses() -> Iterator[EngineStatus]:
    known = {machine.url: machine for machine in machines()}
    for url in urls_in(_setting()):
        if url in known:
            yield status_of(known[url])
            continue
        try:
            engine_for(url)
        except ValueError as error:
            yield EngineStatus(urlsplit(url).scheme, _without_secrets(url), False, False, 0, (), str(error))


def status_of(machine: Machine) -> EngineStatus:
    """Ask one engine how it is."""
    address = _without_secrets(machine.url)
    if address.endswith("://"):
        address += machine.host
    found = _status(machine.engine.name, address, machine.engine)
    return replace(found, key=machine.key, local=machine.is_at_home)


def _status(name: str, address: str, engine: _Known) -> EngineStatus:
    try:
        pairs = engine.pairs()
    except OutsideError as error:
        return EngineStatus(name, address, engine.local, False, 0, (), str(error))
    languages = tuple(sorted({tag for pair in pairs or () for tag in pair}))
    return EngineStatus(name, address, engine.local, True, None if pairs is None else len(pairs), languages)


def _without_secrets(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
