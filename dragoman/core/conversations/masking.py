"""Masking what comes in, before anything is stored, understood, indexed or told: texts, file names, designed mails."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from dragoman.core.accounts.masking import masking_of
from dragoman.core.language.personal.found import Span
from dragoman.core.language.redact import masked, redacted

from .masked_html import replaced, words_of

# what of a message's facts somebody wrote; the others are addresses, numbers and fingerprints
_WRITTEN = ("subject", "names", "left_out", "order", "page", "consent")
# what an agent needs to be able to note: whom to call back
_NEVER_IN_NOTES = frozenset({"email", "phone"})
# in `meta`: how many of which type were masked, and nothing of what they were
KEPT = "masked"


def types_for(workspace_id: int, brand_id: int) -> frozenset[str]:
    """Return what is masked of what comes in for a brand."""
    return masking_of(workspace_id).of(brand_id)


def types_for_notes(workspace_id: int, brand_id: int) -> frozenset[str]:
    """Return what is masked of what agents note."""
    return types_for(workspace_id, brand_id) - _NEVER_IN_NOTES


def tried(text: str, types: Collection[str]) -> tuple[str, Counter[str]]:
    """Return what would become of a text, and how many of which type; nothing is kept."""
    masker = Masker(types)
    return masker.text(text), masker.count


class Masker:
    """Masks types of personal data and counts what it masked."""

    def __init__(self, types: Collection[str]) -> None:
        """Mask these types."""
        self._types = types
        self.count: Counter[str] = Counter()

    def text(self, text: str) -> str:
        """Return a text with what is found as `[type]`."""
        spans = self._found(text)
        self.count.update(one.type for one in spans)
        return masked(text, spans) if spans else text

    def html(self, html: str) -> str:
        """Return the same of safe markup, in its words and in what its attributes say.

        Nothing is counted twice: what a page says beyond the `count` so far was not in its text.
        """
        if not html:
            return html
        said: Counter[str] = Counter()
        changes = []
        for words in words_of(html):
            spans = self._found(words.text)
            if spans:
                said.update(one.type for one in spans if not words.hidden)
                changes.append((words, spans))
        self.count |= said
        return replaced(html, changes) if changes else html

    def meta(self, meta: Mapping[str, Any]) -> dict[str, Any]:
        """Return a message's facts with what people wrote in them masked; that stands elsewhere too: not counted."""
        return {key: self._within(value) if key in _WRITTEN else value for key, value in meta.items()}

    def _within(self, value: Any) -> Any:
        if isinstance(value, str):
            return masked(value, self._found(value))
        if isinstance(value, Mapping):
            return {key: self._within(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self._within(one) for one in value]
        return value

    def _found(self, text: str) -> list[Span]:
        return redacted(text, self._types) if text else []
