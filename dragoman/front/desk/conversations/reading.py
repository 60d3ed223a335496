"""Which of a message's texts the reader sees first, and which is one key away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from dragoman.ground.design.functions import language_name
from dragoman.kit.tags import same

DOUBTFUL = 0.70


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


@dataclass(frozen=True)
class Reading:
    """A text to read first and, where there are two, the other one with how it came about.

    `untranslated` is a sentence for the reader who gets a language that they do not speak.
    """

    text: str
    language: str = ""
    other: str = ""
    other_language: str = ""
    engine: str = ""
    confidence: float | None = None
    machine: bool = False
    reviewed: bool = False
    untranslated: str = ""

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
    text: str, *, language: str, translations: Mapping[str, Translated], readers: Sequence[str]
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
            )
    return Reading(text, language, untranslated=what_to_configure(language))


def what_to_configure(language: str) -> str:
    """Say what an administrator has to do so that this language can be translated."""
    named = language_name(language)
    return _("For %(language)s, set TRANSLATOR_URL to an engine that knows it.") % {"language": named}
