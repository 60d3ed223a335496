"""What happens to public rates of exchange."""

from dataclasses import dataclass

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ReferenceRatesRead(Event):
    """A table of rates came in; `newest` is its newest day."""

    newest: str
