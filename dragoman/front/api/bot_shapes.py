"""The shapes of `/bot`: settings, flows with versions and tests, rehearsals, results, rules of teams."""

import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StrictBool, StrictInt, StringConstraints

from dragoman.service.bot.flow_shapes import Body
from dragoman.service.bot.models import Hours

from .schemas import In, Tag

Slug = Annotated[str, StringConstraints(max_length=63)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Word = Annotated[str, StringConstraints(max_length=30)]
Said = Annotated[str, StringConstraints(max_length=4000)]
Fact = Annotated[str, StringConstraints(max_length=200)]


class BotIn(In):
    """What a brand's bot is to be; `languages` and `intents` empty: all. That it says it is a bot is no setting."""

    on: StrictBool
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    channels: Annotated[list[Literal["chat", "email", "api"]], Field(max_length=3)] = ["chat"]
    languages: Annotated[list[Tag], Field(max_length=60)] = []
    intents: Annotated[list[Word], Field(max_length=23)] = []
    hours: Hours = Hours.ALWAYS
    after_minutes: Annotated[StrictInt, Field(ge=1, le=1440)] = 5
    team: Annotated[str, StringConstraints(max_length=20)] | None = None
    wording: StrictBool = False


class BotOut(Schema):
    """What a brand's bot does."""

    brand: str
    on: bool
    name: str
    channels: list[str]
    languages: list[str]
    intents: list[str]
    hours: str
    after_minutes: int
    team: str | None
    wording: bool


class FlowIn(In):
    """A new version of a flow; `publish`: customers get it at once, if it is sound and passes its tests."""

    key: Key
    name: Annotated[str, StringConstraints(max_length=120)] = ""
    brand: Slug | None = None
    body: Body
    note: Annotated[str, StringConstraints(max_length=200)] = ""
    publish: StrictBool = False


class FlowOut(Schema):
    """A flow with its newest version. `version` is the one customers get (0: ours, or none), `head` the newest."""

    key: str
    name: str
    status: str
    on: bool
    ours: bool
    version: int
    head: int
    brand: str | None
    body: dict[str, Any]


class SwitchIn(In):
    """Whether a flow is on."""

    on: StrictBool


class NumberIn(In):
    """Which version; left out: the newest."""

    version: Annotated[StrictInt, Field(ge=0, le=2**31 - 1)] | None = None


class VersionOut(Schema):
    """One version of a flow."""

    version: int
    note: str
    agent: str
    created_at: datetime.datetime
    live: bool
    body: dict[str, Any]


class FailedOut(Schema):
    """Where a test went another way."""

    test: str
    line: str
    what: str
    expected: str
    found: str


class TestedOut(Schema):
    """How the tests of a flow went."""

    passed: bool
    tests: int
    failures: list[FailedOut]


class SceneIn(In):
    """A conversation to rehearse. `choice:` and a value in `said` is a click; `known`: the shop signed who it is;
    `facts` take the place of the sample's (`parcel.status`, `cancel_order.outcome`), `body` that of the flow `key`."""

    said: Annotated[list[Said], Field(min_length=1, max_length=40)]
    brand: Slug = ""
    language: Tag | None = None
    known: StrictBool = False
    facts: Annotated[dict[str, Fact], Field(max_length=40)] = {}
    key: Key = "draft"
    body: Body | None = None


class SpokenOut(Schema):
    """One message and what the bot does with it."""

    said: str
    answer: str
    language: str
    outcome: str
    state: str
    flow: str
    why: str
    steps: list[str]
    tools: list[str]
    choices: list[dict[str, str]]
    sources: list[dict[str, str]]
    card: dict[str, Any] | None


class ResultsOut(Schema):
    """How the bot did: messages by outcome, conversations it was in, those a person was called to, and the rest."""

    outcomes: dict[str, int]
    conversations: int
    handed_over: int
    alone: int


class RuleIn(In):
    """Which team gets what is about `intent` and in `language`; left out: any."""

    team: Annotated[str, StringConstraints(max_length=20)]
    brand: Slug | None = None
    intent: Word = ""
    language: Tag | None = None


class RuleOut(Schema):
    """A rule."""

    id: str
    team: str
    brand: str | None
    intent: str
    language: str


class TalkOut(Schema):
    """Where the bot stands in a conversation."""

    conversation: str
    state: str
