"""A conversation as a document: who said what, in the customer's words, the team's, or both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from dragoman.ground.design.functions import format_full
from dragoman.ground.design.paper import Paragraph, pdf_of
from dragoman.kit.tags import same

from .models import Conversation, Direction
from .shapes import AttachmentView, MessageView
from .thread import thread_of, views_of

Texts = Literal["original", "translation", "both"]
MOST: Final = 5000
_BATCH: Final = 500


@dataclass(frozen=True)
class Spoken:
    """One message of a transcript; `texts` are (language, text), `who` is customer, house or note."""

    id: int
    at: datetime
    who: Literal["customer", "house", "note"]
    author: str
    channel: str
    texts: list[tuple[str, str]]
    files: list[AttachmentView]


def transcript_of(
    conversation: Conversation, *, reader: str, texts: Texts = "original", notes: bool = False
) -> list[Spoken]:
    """Return the newest MOST messages, oldest first; `reader` is the language of translations.

    `original` is what passed between customer and shop, `translation` what the team reads of it. Notes only on demand,
    event lines and what was not sent never.
    """
    shown = [Direction.IN, Direction.OUT, *([Direction.NOTE] if notes else [])]
    rows = list(thread_of(conversation).filter(direction__in=shown).defer("tsv", "html")[:MOST])[::-1]
    found: list[Spoken] = []
    for start in range(0, len(rows), _BATCH):
        found += [
            _spoken(view, reader, texts)
            for view in views_of(rows[start : start + _BATCH])
            if view.direction != Direction.OUT
            or view.delivery in {"sent", "delivered", "read", "unconfirmed"}
        ]
    return sorted(found, key=lambda one: one.at)


def _spoken(view: MessageView, reader: str, texts: Texts) -> Spoken:
    who: Literal["customer", "house", "note"] = "customer"
    if view.direction != Direction.IN:
        who = "note" if view.direction == Direction.NOTE else "house"
    theirs = (view.language, view.text)
    ours = _ours(view, reader)
    chosen = {"original": (theirs, None), "translation": (ours or theirs, None), "both": (theirs, ours)}
    said = [pair for pair in chosen[texts] if pair is not None]
    return Spoken(view.id, view.at, who, view.author_name, view.channel, said, list(view.attachments))


def _ours(view: MessageView, reader: str) -> tuple[str, str] | None:
    """Return how the team reads a message, None where that is the text itself."""
    if view.original_text:
        return (view.original_language, view.original_text)
    made = next((made for tag, made in view.translations.items() if same(tag, reader)), None)
    return (made.language, made.text) if made else None


def plain_lines(spoken: list[Spoken]) -> Iterator[str]:
    """Yield a transcript as plain text, times in UTC."""
    for one in spoken:
        yield f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC  {one.author}\n"
        for _language, text in one.texts:
            yield f"{text}\n"
        for file in one.files:
            yield f"[{file.name}]\n"
        yield "\n"


def transcript_pdf(
    conversation: Conversation,
    spoken: list[Spoken],
    *,
    name: str,
    zone: str,
    beside: Callable[[datetime], str] | None = None,
) -> bytes:
    """Set a transcript as PDF, times in a zone and the reader's locale; `name` is the customer's. Raises NoFont.

    `beside` says a time by another clock, empty where it is the same.
    """
    found = [Paragraph(f"{conversation.brand.name} · #{conversation.number} · {name}", kind="small")]
    for one in spoken:
        said = [format_full(one.at, zone), beside(one.at) if beside else "", one.author]
        found.append(Paragraph(" · ".join(part for part in said if part), kind="head"))
        for language, text in one.texts:
            found.append(Paragraph(text, language, "text" if one.who == "customer" else "ours"))
        found += [Paragraph(f"[{file.name}]", kind="small") for file in one.files]
    return pdf_of(conversation.subject or name, found, language=conversation.language or "en")
