"""Remembering answers for a short while, with a way to forget at once."""

import threading
import time
import weakref
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_all: "weakref.WeakSet[Memo[Any, Any]]" = weakref.WeakSet()


class Memo(Generic[K, V]):
    """Keeps what `load(key)` said for `seconds`; at most `size` answers; None is never kept."""

    def __init__(self, *, seconds: float, size: int = 4096) -> None:
        self._seconds = seconds
        self._size = size
        self._kept: dict[K, tuple[float, V]] = {}
        self._lock = threading.Lock()
        _all.add(self)

    def get(self, key: K, load: Callable[[], V | None]) -> V | None:
        """Return the kept answer, or load it; concurrent loaders of one key may both load."""
        kept = self._kept.get(key)
        now = time.monotonic()
        if kept is not None and kept[0] > now:
            return kept[1]
        value = load()
        if value is not None:
            self.put(key, value)
        return value

    def put(self, key: K, value: V) -> None:
        """Keep another answer from now on."""
        with self._lock:
            if len(self._kept) >= self._size and key not in self._kept:
                self._kept.clear()
            self._kept[key] = (time.monotonic() + self._seconds, value)

    def peek(self, key: K) -> V | None:
        """Return the kept answer, or None; never loads."""
        kept = self._kept.get(key)
        return kept[1] if kept is not None and kept[0] > time.monotonic() else None

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


def forget_all() -> None:
    """Make every memo of this process forget: its database is another one now."""
    for memo in list(_all):
        memo.forget()
