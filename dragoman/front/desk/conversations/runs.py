"""The thread as it is drawn: runs of one channel on a rail, with notes and event lines between."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """An event in words, with its icon and instant; `undo` is the page that takes it back.

    `say` is (key, text) of a phrase that tells the customer of it, None where there is nothing to tell.
    """

    text: str
    icon: str
    at: datetime
    undo: str = ""
    say: tuple[str, str] | None = None


@dataclass(frozen=True)
class Run:
    """Messages that stand together; `kind` is channel, note or event."""

    kind: str
    channel: str = ""
    messages: list[Any] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def kind_of(direction: str) -> str:
    """Return the kind of run that a message of this direction stands in."""
    return {"note": "note", "event": "event"}.get(direction, "channel")


def runs_of(items: Iterable[tuple[str, str, Any]]) -> list[Run]:
    """Group (kind, channel, message or line) in their order; a change of kind or channel starts a new run."""
    runs: list[Run] = []
    for kind, channel, item in items:
        if not runs or runs[-1].kind != kind or (kind == "channel" and runs[-1].channel != channel):
            runs.append(Run(kind, channel))
        (runs[-1].lines if kind == "event" else runs[-1].messages).append(item)
    return runs
