"""What a translation engine is: stateless functions behind one protocol, one file per vendor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.kit.registry import Registry


@dataclass(frozen=True)
class Translated:
    """One text in another language; `confidence` is 0..1, or None where the engine gives none."""

    text: str
    engine: str
    confidence: float | None = None


class Translator(Protocol):
    """An engine at one address."""

    name: str
    local: bool

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """Return the (source, target) pairs it can do, None where it cannot say; or raise Unavailable."""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translated | None]:
        """Translate in order, None for a text it cannot do; raises kit.errors.Unavailable or Rejected."""


# scheme of TRANSLATOR_URL -> factory(url) -> Translator
engines: Registry[type[Translator]] = Registry("translation engine")
