"""What queries hand to screens and the API: frozen, complete, nothing to ask the database for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, Literal, TypeVar

from .mentions import Part, parts_of, unplaced
from .moods import mood_of

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `next` is the cursor of the following one, None at the end.

    Of a search: `hints` say what was not understood, `partial` that time ran out before the page was full.
    """

    items: Sequence[T]
    next: str | None
    hints: Sequence[str] = ()
    partial: bool = False


UNKNOWN: Final = "-"


@dataclass(frozen=True)
class Filters:
    """What a list of conversations is narrowed to; empty means all. Lists in one field mean either.

    UNKNOWN as market or language are those of which nobody knows it.

    `segment` is one of customers, by its number; where it is gone the list is empty.

    Junk stands in no list unless it is asked for: True is junk alone, None is both.
    """

    status: Sequence[str] = ()
    channel: str = ""
    brand: str = ""
    market: str = ""
    language: str = ""
    intent: str = ""
    mood: str = ""
    assignee: str = ""
    team: str = ""
    tag: str = ""
    segment: str = ""
    customer: int | None = None
    unassigned: bool = False
    without_team: bool = False
    drafted_by: int | None = None
    junk: bool | None = False
    q: str = ""


@dataclass(frozen=True)
class Row:
    """A conversation in a list."""

    id: int
    subject: str
    preview: str
    translated_preview: str
    status: str
    priority: str
    channel: str
    language: str
    market: str
    intent: str
    sentiment: str
    tension: int
    unread: bool
    tags: Sequence[str]
    junk: bool
    last_message_at: datetime
    snoozed_until: datetime | None
    customer_id: int
    customer_name: str
    assignee_id: int | None
    assignee_name: str
    team_id: int | None
    brand_slug: str
    brand_name: str
    passage: str = ""
    has_draft: bool = False
    passage_language: str = ""
    found_in: str = ""
    ours: bool = False
    undelivered: bool = False
    late: bool = False

    @property
    def number(self) -> int:
        """Return the number people say."""
        return self.id

    @property
    def mood(self) -> str:
        """Return the mood in one word: neutral, calm, tense or upset, "" where it is not known."""
        return mood_of(self.sentiment, self.tension)

    @property
    def preview_language(self) -> str:
        """Return the language of the preview."""
        return self.language


@dataclass(frozen=True)
class TranslationView:
    """A translation beside its message, with what is known to be wrong with it."""

    language: str
    text: str
    engine: str
    confidence: float | None
    reviewed: bool
    machine: bool
    faults: Sequence[str] = ()


Look = Literal["", "image", "pdf", "text", "audio", "video"]


@dataclass(frozen=True)
class AttachmentView:
    """A file of a message; `url` is relative and signed, `size` in bytes, `look` how it can be shown in place."""

    id: int
    name: str
    size: int
    content_type: str
    url: str
    is_image: bool
    content_id: str = ""
    look: Look = ""


@dataclass(frozen=True)
class Reviewed:
    """What a reviewer decided about an answer: accepted, edited or rejected, by whom and when."""

    state: str
    by: str
    at: str

    @property
    def moment(self) -> datetime:
        """Return when."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class MessageView:
    """A message as a thread shows it.

    For outgoing ones `text` is what the customer got and `original_text` what the agent wrote. `event` is
    {"kind": ...} of an event line. `due_at` is when a scheduled answer goes out (None: it waits for a person),
    `retry_at` when one that a server put off is tried again, `hold` is undo or planned for one that waited.
    `html_token` opens the mail's own HTML under `/content/<token>/`.
    `amended` says that a person changed an outgoing translation, the agent or a reviewer; `faults` what was wrong
    with it when it went out. `masked` is how many of which type of personal data were masked in it.
    `left` is what a shopper left beside a chat message, proved by nobody: `order`, `email`, `consent`, `page`.
    """

    id: int
    direction: str
    channel: str
    author_name: str
    author_kind: str
    agent_id: int | None
    text: str
    quoted: str
    html_token: str | None
    language: str
    created_at: datetime
    sent_at: datetime | None
    delivery: str
    failure: str
    original_text: str
    original_language: str
    engine: str
    confidence: float | None
    machine: bool
    marks: Sequence[str]
    subject: str = ""
    to: str = ""
    to_more: Sequence[str] = ()
    cc: Sequence[str] = ()
    bcc: Sequence[str] = ()
    due_at: datetime | None = None
    retry_at: datetime | None = None
    hold: str = ""
    envelope_id: int | None = None
    left_out: Sequence[Mapping[str, Any]] = ()
    remote_pictures: int = 0
    trackers: int = 0
    event: Mapping[str, Any] | None = None
    translations: Mapping[str, TranslationView] = field(default_factory=dict)
    attachments: Sequence[AttachmentView] = ()
    mentions: Sequence[Mapping[str, Any]] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    reviewed: Reviewed | None = None
    masked: Mapping[str, int] = field(default_factory=dict)
    amended: bool = False
    faults: Sequence[str] = ()

    @property
    def is_checked(self) -> bool:
        """Say whether a person looked at an outgoing translation: changed it, or let it out as a reviewer."""
        return self.amended or (self.reviewed is not None and self.reviewed.state in ("accepted", "edited"))

    @property
    def at(self) -> datetime:
        """Return when it stands in the thread: an answer that waited where it went out, all else where it came in."""
        return (self.sent_at if self.hold and self.direction == "out" else None) or self.created_at

    @property
    def parts(self) -> list[Part]:
        """Return the text cut into plain pieces and mentions."""
        return parts_of(self.text, self.mentions)

    @property
    def unplaced_mentions(self) -> list[Mapping[str, Any]]:
        """Return the mentions that do not stand in the text."""
        return unplaced(self.mentions)
