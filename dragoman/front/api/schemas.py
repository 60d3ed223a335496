"""The shapes of the API, as contract.md promises them."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints

from dragoman.kit.errors import Refusal
from dragoman.kit.shapes import Market as Market
from dragoman.kit.shapes import Moment as Moment
from dragoman.kit.tags import is_known

T = TypeVar("T")
M = TypeVar("M", bound=Model)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
Line = Annotated[str, StringConstraints(max_length=500)]
Hint = Annotated[str, StringConstraints(max_length=35, pattern=r"^[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*$")]
Text = Annotated[str, StringConstraints(max_length=1_000_000)]
StatusName = Literal["open", "pending", "snoozed", "resolved", "closed"]
PriorityName = Literal["low", "normal", "high", "urgent"]


def _language(value: str) -> str:
    if not is_known(value):
        raise ValueError("there is no such language or region: give a tag such as fi or pt-BR")
    return value


Tag = Annotated[Hint, AfterValidator(_language)]


def _day(written: object) -> object:
    if isinstance(written, str) and not _DAY.fullmatch(written):
        raise ValueError("give a day as 2026-11-27")
    return written


def _near(day: date) -> date:
    if not 1970 <= day.year <= 2200:
        raise ValueError("give a day between the years 1970 and 2200")
    return day


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_near)]


def below_of(cursor: str | None) -> int | None:
    """Return the id below which a list of ids goes on, None for its beginning; raises Refusal `bad_cursor`."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise Refusal(
            "This cursor is not one of ours: start again without it.", code="bad_cursor", status=422
        )
    return int(cursor)


def page_below(found: QuerySet[M], cursor: str | None, limit: int) -> tuple[list[M], str | None]:
    """Return a page of rows, the newest first, and the cursor of the next; raises Refusal `bad_cursor`."""
    below = below_of(cursor)
    if below is not None:
        found = found.filter(pk__lt=below)
    rows = list(found.order_by("-pk")[: limit + 1])
    return rows[:limit], str(rows[limit - 1].pk) if len(rows) > limit else None


class In(Schema):
    """The base of all that comes in: an unknown field is an error that names it."""

    model_config = ConfigDict(extra="forbid")


class Listed(Schema, Generic[T]):
    """A page of a list; ask again with `cursor=next` until it is null."""

    items: list[T]
    next: str | None


class SenderIn(In):
    """Who wrote: one of e-mail, phone (E.164) or handle at least."""

    email: Annotated[str, StringConstraints(max_length=254)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    handle: Annotated[str, StringConstraints(max_length=254)] | None = None
    name: Annotated[str, StringConstraints(max_length=200)] | None = None


class AttachmentIn(In):
    """A file along with a message; `data` is base64."""

    name: Annotated[str, StringConstraints(max_length=255)]
    content_type: Annotated[str, StringConstraints(max_length=120)] = "application/octet-stream"
    data: str


class MessageIn(In):
    """A customer's message over the API channel."""

    channel: Literal["api"] = "api"
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    thread: Annotated[str, StringConstraints(max_length=200)] | None = None
    brand: Annotated[str, StringConstraints(max_length=63)] | None = None
    sender: SenderIn = Field(alias="from")
    subject: Line | None = None
    text: Text
    html: Text | None = None
    language: Hint | None = None
    sent_at: Moment | None = None
    attachments: Annotated[list[AttachmentIn], Field(max_length=50)] = []


class MessageStored(Schema):
    """Where a message went."""

    message: str
    conversation: str
    customer: str
    duplicate: bool


class TranslationOut(Schema):
    """A message in another language; of an outgoing one what its writer wrote. `reviewed` says that a person looked at
    the translation, `faults` what is known to be wrong with it."""

    text: str
    engine: str
    confidence: float | None
    reviewed: bool
    faults: list[str] = []


class AttachmentOut(Schema):
    """A file; `url` is signed and good for seven days."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class MentionIn(In):
    """An agent or a team that a note names; write their name into the text as `@Name` where it should stand."""

    agent: str | None = None
    team: str | None = None


class MentionOut(Schema):
    """Who a note names; `told` is false where the seat is closed."""

    agent: str | None = None
    team: str | None = None
    name: str
    told: bool


class ReviewedOut(Schema):
    """Where an answer's review stands; `by` and `at` are of the decision."""

    state: Literal["waiting", "accepted", "edited", "rejected"]
    by: str | None
    at: datetime | None


class MessageOut(Schema):
    """A message of a conversation. For `out`, `text` is what the customer gets and `original` what was written."""

    id: str
    direction: Literal["in", "out", "note", "event"]
    channel: str
    author: str
    language: str
    text: str
    original: str | None
    original_language: str | None
    translations: dict[str, TranslationOut]
    attachments: list[AttachmentOut]
    marks: list[str]
    event: dict[str, Any] | None
    to: list[str]
    cc: list[str]
    bcc: list[str]
    sent_at: datetime
    send_at: datetime | None
    delivery: str | None
    failure: str | None
    mentions: list[MentionOut] = []
    review: ReviewedOut | None = None


class ConversationRow(Schema):
    """A conversation in a list."""

    id: str
    number: int
    subject: str
    status: StatusName
    priority: PriorityName
    brand: str
    market: str
    language: str
    intent: str | None
    sentiment: str | None
    mood: Literal["neutral", "calm", "tense", "upset"] | None
    channel: str
    customer: str
    customer_name: str
    assignee: str | None
    team: str | None
    tags: list[str]
    junk: bool
    preview: str
    last_message_at: datetime
    passage: str | None = None
    found_in: Literal["text", "note", "translation", "original", "subject", "file", "name"] | None = None


class FoundConversations(Listed[ConversationRow]):
    """A page of conversations. Of a search `hints` say what was not understood, `partial` that the page was cut for
    time: ask on with its `next`."""

    hints: list[str] = []
    partial: bool = False


class ConversationOut(ConversationRow):
    """A conversation with its messages."""

    language_locked: bool
    snoozed_until: datetime | None
    previous: str | None
    side_of: str | None
    side_threads: list[str]
    merged: list[str]
    sla: dict[str, Any]
    messages: list[MessageOut]


class PersonIn(In):
    """Somebody with a mail address."""

    email: Annotated[str, StringConstraints(min_length=3, max_length=254)]
    name: Annotated[str, StringConstraints(max_length=200)] = ""


People = Annotated[list[PersonIn], Field(max_length=50)]


class ReplyIn(In):
    """An answer. Without `translate` it is translated where the customer's language is another; `false` sends it as
    written, and a pair no engine can do is refused (409 `no_engine`) unless you say so. By mail `to`, `cc` and `bcc`
    name people beside the customer; with `send_at` it waits until then. `macro` stands for `text`, `order` is
    the number of the order it speaks of (422 `open_slots` names what is not known). `review` asks for a
    reviewer also where no rule does; what waits for one has `review.state` "waiting". A translation
    that broke a number, an address, a date or a term is refused (409 `broken_translation`) unless `accept_faults`."""

    text: Text | None = None
    macro: str | None = None
    order: Annotated[str, StringConstraints(max_length=80)] | None = None
    language: Tag | None = None
    translate: bool | None = None
    channel: Annotated[str, StringConstraints(max_length=30)] | None = None
    author: Annotated[str, StringConstraints(max_length=120)] | None = None
    to: People = []
    cc: People = []
    bcc: People = []
    send_at: Moment | None = None
    review: bool = False
    accept_faults: bool = False


class SideThreadIn(In):
    """A mail to an outsider beside a conversation; `forward` and `attachments` name what of it they get to see."""

    to: PersonIn
    cc: People = []
    subject: Line | None = None
    text: Text
    language: Tag | None = None
    reads: Tag | None = None
    translate: bool | None = None
    accept_faults: bool = False
    author: Annotated[str, StringConstraints(max_length=120)] | None = None
    forward: Annotated[list[str], Field(max_length=50)] = []
    attachments: Annotated[list[str], Field(max_length=50)] = []


class NoteIn(In):
    """A private note."""

    text: Text
    author: Annotated[str, StringConstraints(max_length=120)] | None = None
    mentions: Annotated[list[MentionIn], Field(max_length=30)] = []


class FollowersIn(In):
    """Who follows a conversation: all of them."""

    agents: Annotated[list[str], Field(max_length=200)]


class FollowerOut(Schema):
    """Somebody who follows a conversation."""

    id: str
    name: str


class ConversationPatch(In):
    """What may be changed of a conversation; what is absent stays."""

    status: StatusName | None = None
    priority: PriorityName | None = None
    assignee: str | None = None
    team: str | None = None
    tags: Annotated[list[Annotated[str, StringConstraints(max_length=50)]], Field(max_length=30)] | None = (
        None
    )
    subject: Line | None = None
    language: Tag | None = None
    language_locked: bool | None = None
    intent: Annotated[str, StringConstraints(max_length=30)] | None = None
    sentiment: Literal["negative", "neutral", "positive"] | None = None
    junk: bool | None = None
    snoozed_until: Moment | None = None


class TransferIn(In):
    """Hand over to an agent, a team, or both; null frees it."""

    assignee: str | None = None
    team: str | None = None
    note: Text | None = None
