"""Remembered sentences that are near what is written: offered, never put in by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import scope_to
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.memory import NAME, suggestions
from dragoman.core.language.sentences import joined, sentences_of
from dragoman.kit.tags import same

MOST = 3


@dataclass(frozen=True)
class Offer:
    """A remembered sentence: `text` as it was approved, `taken` the whole answer with it ("" where a person must);
    `other_form`: in another form of address than the customer is spoken to."""

    score: int
    text: str
    differs: Sequence[tuple[str, str]]
    taken: str
    other_form: bool = False


def offers_for(conversation: Conversation, agent: Agent, preview: Preview | None) -> list[Offer]:
    """Return up to three sentences, the nearest first; none where the memory itself answered."""
    if preview is None or preview.engine in (NAME, "phrasebook") or not preview.source_text:
        return []
    source, target = preview.source_language, conversation.language
    if not target or same(source, target):
        return []
    scope = replace(scope_to(conversation, agent), purpose="reply")
    found = suggestions(preview.source_text, source=source, target=target, scope=scope, most=MOST)
    return [
        Offer(
            score=one.score,
            text=one.text,
            differs=one.differs,
            taken=_taken(preview, one.sentence, one.text, target),
            other_form=one.other_form,
        )
        for one in found
    ]


def _taken(preview: Preview, sentence: str, said: str, target: str) -> str:
    """Return the answer with one of its sentences as it is remembered."""
    written = sentences_of(preview.source_text, preview.source_language)
    if len(written) == 1:
        return said
    if preview.text is None:
        return ""
    there = sentences_of(preview.text, target)
    if len(there) != len(written):
        return ""
    texts = [
        said if mine.text == sentence else theirs.text for mine, theirs in zip(written, there, strict=True)
    ]
    return joined([one.gap for one in there], texts, target)
