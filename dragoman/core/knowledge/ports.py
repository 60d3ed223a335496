"""What articles ask upwards: who knows what is wrong with a text before it is published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from dragoman.kit.registry import Registry


@dataclass(frozen=True)
class Draft:
    """A text as it is being written; `market` is empty where it is read in every market of its language."""

    workspace_id: int
    language: str
    title: str
    body: str
    market: str = ""
    brand_id: int | None = None
    key: str = ""
    summary: str = ""


@dataclass(frozen=True)
class Remark:
    """What somebody should look at: `quote` is the place in the text, `source` where a law or fact stands.

    `level` is `bad` for what readers would stumble over, `warn` for what a person decides, `note` for advice.
    """

    code: str
    said: str
    level: str = "warn"
    quote: str = ""
    source: str = ""
    url: str = ""


class Checker(Protocol):
    """Looks at one text; raises nothing."""

    def remarks(self, draft: Draft) -> Iterable[Remark]:
        """Yield what should be looked at."""
        ...


checkers: Registry[Checker] = Registry("checker of articles")
