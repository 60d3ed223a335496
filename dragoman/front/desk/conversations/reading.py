"""Which of a message's texts the reader sees first, and which is one key away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from dragoman.core.language.entities.find import find
from dragoman.core.language.understand import OUTSIDE, SURE, purpose_and_mood
from dragoman.kit.tags import same

from .doubts import doubts_of

DOUBTFUL = 0.70
_TELLING = frozenset({"order_number", "tracking_number", "amount", "date"})
_MOST_NAMED = 6
_GIST_OF = 1_000  # characters: what a message is about is said by then


class Translated(Protocol):
    """A translation as the heart gives it."""

    @property
    def text(self) -> str: ...
    @property
    def engine(self) -> str: ...
    @property
    def confidence(self) -> float | None: ...
    @property
    def reviewed(self) -> bool: ...
    @property
    def machine(self) -> bool: ...
    @property
    def faults(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Known:
    """The purpose a conversation is known to have ("" for none); `alone`: of one message, which it is told of then."""

    purpose: str = ""
    alone: bool = False


UNKNOWN: Final = Known()


@dataclass(frozen=True)
class Gist:
    """What a text that nobody translated is about: its purpose ("" where unsure), what it names, as written."""

    purpose: str
    named: tuple[tuple[str, str], ...]  # (type of entity, text)


@dataclass(frozen=True)
class Reading:
    """A text to read first and, where there are two, the other one with how it came about, and `doubts` in it.

    `untranslated`: the reader gets a language that they do not speak; `gist` says what can be said of it without an
    engine.
    """

    text: str
    language: str = ""
    other: str = ""
    other_language: str = ""
    engine: str = ""
    confidence: float | None = None
    machine: bool = False
    reviewed: bool = False
    doubts: tuple[str, ...] = ()
    untranslated: bool = False
    gist: Gist | None = None

    @property
    def doubtful(self) -> bool:
        """Say whether a machine was so unsure that the original must be read."""
        return (
            self.machine and not self.reviewed and self.confidence is not None and self.confidence < DOUBTFUL
        )


def reads(language: str, readers: Sequence[str]) -> bool:
    """Say whether somebody with these languages reads `language`; an unknown one counts as read."""
    return not language or any(same(language, tag) for tag in readers)


def reading_of_theirs(
    text: str,
    *,
    language: str,
    translations: Mapping[str, Translated],
    readers: Sequence[str],
    known: Known = UNKNOWN,
) -> Reading:
    """Return how a customer's message is read: translation first, unless the reader knows the language."""
    if reads(language, readers) or not text:
        return Reading(text, language)
    for tag in readers:
        made = next((made for key, made in translations.items() if same(key, tag)), None)
        if made is not None:
            return Reading(
                text=made.text,
                language=tag,
                other=text,
                other_language=language,
                engine=made.engine,
                confidence=made.confidence if made.machine else None,
                machine=made.machine,
                reviewed=made.reviewed,
                doubts=() if made.reviewed else doubts_of(made.faults),
            )
    return Reading(
        text,
        language,
        untranslated=True,
        gist=gist_of(text[:_GIST_OF], language, known=known),
    )


def gist_of(text: str, language: str, *, known: Known = UNKNOWN) -> Gist:
    """Return what a text is probably about, without any engine.

    A guess too unsure to stand by itself is told where the conversation is known to be about the same: what is named
    beside the thread is named in it.
    """
    guess, confidence, named = _seen_in(text, language)
    if known.alone and known.purpose:
        guess = known.purpose
    elif confidence < SURE and guess != known.purpose:
        guess = ""
    return Gist("" if guess in ("other", OUTSIDE) else guess, named)


# a thread is read anew at every change, and its messages are as they were
@lru_cache(maxsize=4_000)
def _seen_in(text: str, language: str) -> tuple[str, float, tuple[tuple[str, str], ...]]:
    """Return the likeliest purpose, how likely it is, and what a text names."""
    purpose, confidence, _mood = purpose_and_mood(text, language)
    found = find(text, language)
    named = dict.fromkeys((one.type, one.text) for one in found if one.type in _TELLING)
    return purpose, confidence, tuple(named)[:_MOST_NAMED]
