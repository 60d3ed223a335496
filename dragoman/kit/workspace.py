"""Which workspace this unit of work acts in: a number, every workspace for a stated reason, or none.

Row-level security reads it through `ground/database`; nothing here knows what a workspace is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass


@dataclass(frozen=True)
class Everywhere:
    """Acting in all workspaces at once, with the reason that is told to the database."""

    reason: str


Acting = int | Everywhere | None

_current: ContextVar[Acting] = ContextVar("workspace", default=None)


def current() -> Acting:
    """Say who acts now: a workspace id, `Everywhere`, or None (nothing is visible)."""
    return _current.get()


def get_current_id() -> int:
    """Return the id of the workspace that acts now; raises RuntimeError outside of one."""
    acting = _current.get()
    if not isinstance(acting, int):
        raise RuntimeError("no single workspace acts here: wrap the call in acting_in()")
    return acting


@contextmanager
def acting_in(workspace_id: int) -> Iterator[None]:
    """Let all queries inside see and write the rows of one workspace only."""
    token = _current.set(int(workspace_id))
    try:
        yield
    finally:
        _current.reset(token)


@contextmanager
def everywhere(*, reason: str) -> Iterator[None]:
    """Let all queries inside see every workspace; `reason` must say why, in words."""
    if not reason.strip():
        raise ValueError("everywhere() needs a reason")
    token = _current.set(Everywhere(reason))
    try:
        yield
    finally:
        _current.reset(token)


def enter(acting: Acting) -> Token[Acting]:
    """Start acting, for a middleware that owns the whole context; give the token to `leave`."""
    return _current.set(acting)


def leave(token: Token[Acting]) -> None:
    """Stop what `enter` began."""
    _current.reset(token)
