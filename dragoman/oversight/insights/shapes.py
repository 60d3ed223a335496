"""What is told of a market: shares from 0 to 1, seconds and minutes; None where too few tell, or nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dragoman.core.playbooks.queries import Told

from .spans import Span
from .speaking_of import Spoken

# fewer conversations tell nothing of a market, and too much of a person
FEWEST: Final = 5


@dataclass(frozen=True)
class ChannelUse:
    """A channel that customers wrote over; `rank` 1 is the most used, `expected` its place in the playbook."""

    channel: str
    conversations: int
    share: float | None
    rank: int | None
    expected: int | None


@dataclass(frozen=True)
class LanguageUse:
    """A language that customers wrote; `expected` says that the playbook has it."""

    language: str
    conversations: int
    share: float | None
    expected: bool


@dataclass(frozen=True)
class Hours:
    """When customers write: by weekday (Monday first) and hour of the market's clock, and shares of all messages."""

    messages: int
    week: Sequence[Sequence[int]] | None
    in_hours: float | None
    on_holidays: float | None


@dataclass(frozen=True)
class FirstAnswer:
    """First answers to conversations begun over a channel ("" for all), and how long customers wait.

    `median` and `slow` (one in ten waits longer) count seconds by the clock on the wall. `urged` is the share that
    wrote again before the first answer; `patience` the median seconds until somebody unanswered wrote again, measured
    `times` times. `expected` is what the playbook says, in seconds.
    """

    channel: str
    conversations: int
    answered: int
    median: float | None
    slow: float | None
    urged: float | None
    patience: float | None
    times: int
    expected: int | None


@dataclass(frozen=True)
class Purpose:
    """A purpose with its share now and in as many days before, and the share of its conversations in a bad mood."""

    intent: str
    conversations: int
    share: float | None
    frustrated: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """Return by how much the share rose."""
        return None if self.share is None or self.before is None else self.share - self.before


@dataclass(frozen=True)
class Difference:
    """Where the playbook and the desk say two things; `kind` is the fact that may have to be mended."""

    code: str
    kind: str
    about: str = ""
    share: float | None = None
    rank: int | None = None
    expected: int | None = None
    seconds: float | None = None


NOTHING: Final = Spoken(0, 0, ())
NEVER: Final = Hours(0, None, None, None)


@dataclass(frozen=True)
class Research:
    """A market as the playbook expects it (`told`) and as it is measured.

    Below 5 conversations `too_few` is true and there are no shares. `presumed` conversations have no country that was
    told: their language points there, so languages are measured among the others (`placed`).
    """

    country: str
    brand_id: int | None
    span: Span
    told: Mapping[str, Told]
    conversations: int = 0
    customers: int = 0
    messages: int = 0
    presumed: int = 0
    presumed_share: float | None = None
    channels: Sequence[ChannelUse] = ()
    placed: int = 0
    languages: Sequence[LanguageUse] = ()
    hours: Hours = NEVER
    answers: Sequence[FirstAnswer] = ()
    purposes: Sequence[Purpose] = ()
    moods: Mapping[str, int] = field(default_factory=dict)
    mood_known: int = 0
    frustrated: float | None = None
    frustrated_before: float | None = None
    reopened: float | None = None
    returns: Spoken = NOTHING
    pains: Spoken = NOTHING
    differences: Sequence[Difference] = ()

    @property
    def too_few(self) -> bool:
        """Say whether there are too few conversations for shares."""
        return self.conversations < FEWEST

    def expects(self, kind: str) -> Any:
        """Return what the playbook says of a kind of fact as it holds, in plain JSON; None where it is unknown."""
        known = self.told.get(kind)
        return known.holds.plain if known and known.holds else None


def share(part: int, whole: int) -> float | None:
    """Return a part of a whole; None where the whole is too small to tell."""
    return part / whole if whole >= FEWEST else None
