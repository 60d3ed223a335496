"""What a translation is, wherever it came from: a phrase, the memory, an engine or a person."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Translation:
    """A text in another language; `confidence` 0..1, `machine` False where people wrote it.

    `faults` are words for what is wrong with it, listed in the room's README; with any, the confidence is at
    most 0.5.
    """

    text: str
    engine: str
    confidence: float
    faults: tuple[str, ...] = ()
    machine: bool = True
