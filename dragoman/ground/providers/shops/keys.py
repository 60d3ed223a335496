"""Our key of a wish, kept where the shop keeps a reason: what was done is found again by it."""

from typing import Final

_MOST: Final = 250


def mark_of(key: str) -> str:
    """Return a key as it stands in a shop."""
    return f"[dragoman {key}]"


def with_key(reason: str, key: str) -> str:
    """Return a reason that ends with a key."""
    mark = mark_of(key)
    return f"{reason.strip()[: _MOST - len(mark) - 1]} {mark}".strip()


def has_key(reason: object, key: str) -> bool:
    """Say whether a shop's reason ends with a key."""
    return isinstance(reason, str) and mark_of(key) in reason


def without_key(reason: str) -> str:
    """Return a reason without any key, for people."""
    head, found, _rest = reason.rpartition("[dragoman ")
    return head.strip() if found else reason
