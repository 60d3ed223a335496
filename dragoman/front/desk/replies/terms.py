"""The glossary's words in what is written and in what goes out, marked where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import scope_of
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.glossary import Entry, Found, terms_in
from dragoman.ground.design.functions import language_name
from dragoman.kit.tags import same

_MOST_WORDS = 6


@dataclass(frozen=True)
class Shown:
    """What an entry says: (language, word) pairs and its note."""

    words: Sequence[tuple[str, str]]
    note: str


@dataclass(frozen=True)
class Run:
    """A piece of a text; with an entry it is one of the glossary's words."""

    text: str
    entry: Shown | None = None


def shown_entry(entry: Entry, *languages: str) -> Shown:
    """Return what an entry says to who reads and writes these languages."""
    words = [
        (language_name(word.language) if word.language else _("Never translated"), word.text)
        for word in entry.words
        if word.use != "forbidden"
        and (not word.language or any(same(word.language, tag) for tag in languages))
    ]
    return Shown(words[:_MOST_WORDS], entry.note[:300])


def marked(text: str, found: Sequence[Found], *languages: str) -> list[Run]:
    """Return a text in runs, its terms apart."""
    runs: list[Run] = []
    at = 0
    for one in found:
        if one.start > at:
            runs.append(Run(text[at : one.start]))
        runs.append(Run(text[one.start : one.end], shown_entry(one.entry, *languages)))
        at = one.end
    return [*runs, Run(text[at:])] if text[at:] else runs


def marked_preview(conversation: Conversation, preview: Preview | None) -> list[Run]:
    """Return what the customer gets, in runs; empty where nothing is translated."""
    if preview is None or not preview.text or preview.reason != "translated":
        return []
    scope = scope_of(conversation)
    found = terms_in(preview.text, language=preview.target_language, scope=scope)
    return marked(preview.text, found, preview.source_language, preview.target_language)


def marked_draft(conversation: Conversation, preview: Preview | None) -> list[dict[str, Any]]:
    """Return where terms stand in the draft, in code points, with what the other language says for each."""
    if preview is None or not preview.source_text:
        return []
    scope = scope_of(conversation)
    places = []
    for one in terms_in(preview.source_text, language=preview.source_language, scope=scope):
        said = one.entry.said(preview.target_language, scope.market)
        places.append({"start": one.start, "end": one.end, "said": said[0] if said else ""})
    return places
